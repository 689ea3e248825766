"""What can be chosen for the parameters of a query: stated with the query, or asked of the data."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted

from banmian.site.lasting import lasting

if TYPE_CHECKING:
    from datasette.database import Database

# More are suggested while one types, instead of listed in a box.
_MOST_IN_A_BOX = 40
_MOST = 500
# Milliseconds. A text box serves where this is not enough.
_PATIENCE = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """Values with their labels, the likeliest first; `is_long` where they are too many for a box."""

    options: tuple[tuple[str, str], ...]
    is_long: bool


async def read_choices(database: Database, parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Choices]:
    """The choices of those `parameters` of a query (as metadata.yml describes them) that have some."""
    found = {}
    for name, about in parameters.items():
        options = tuple((str(value), str(label)) for value, label in about.get("choices", {}).items())
        if sql := about.get("choices_sql"):
            options = await lasting(database, "choices", sql, ask=partial(_asked, database, sql)) or ()
        if options:
            found[name] = Choices(options, len(options) > _MOST_IN_A_BOX)
    return found


async def _asked(database: Database, sql: str) -> tuple[tuple[str, str], ...] | None:
    """The first rows of `sql`, value and label; None where it fails or takes too long."""
    try:
        answer = await database.execute(sql, truncate=True, custom_time_limit=_PATIENCE, log_sql_errors=False)
    except (QueryInterrupted, sqlite3.Error):
        return None
    # A row has a value, and a label where that says more.
    rows = [[str(cell) for cell in row if cell is not None] for row in answer.rows]
    return tuple((row[0], row[-1]) for row in rows if row)[:_MOST]
