"""Pages of the rows of a canned query, for those who read them; JSON and CSV hold all that Datasette gives.

Datasette lays out up to `max_returned_rows` on one page: megabytes that nobody reads and every visitor waits for.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from datasette.database import QueryInterrupted

from banmian.site.lasting import lasting

if TYPE_CHECKING:
    from datasette.database import Database

_App = Callable[..., Awaitable[None]]

SIZE = 100
# Milliseconds that may pass to say of how many rows a page shows some.
_PATIENCE = 200
FROM = "_from"
SORT, SORT_DOWN = "_sort", "_sort_desc"
_NUMBER = re.compile(r"[0-9]{1,9}")

# By which column the rows of a query are asked for, and whether downwards.
_sort: ContextVar[tuple[str, bool] | None] = ContextVar("sort", default=None)
# What a visitor typed as SQL.
_typed: ContextVar[str] = ContextVar("typed", default="")
# From which row on the query of this request is asked for, where it is asked for as a page.
_offset: ContextVar[int | None] = ContextVar("offset", default=None)


@dataclass(frozen=True, slots=True)
class QueryPage:
    """Rows `first` to `last` of a query, counted from 1; `total` where that was quick to know.

    `before` and `after` are the values of ?_from= of the pages around it, None where there is none.
    """

    first: int
    last: int
    total: int | None
    before: int | None
    after: int | None


def wrap(app: _App) -> _App:
    """`app`, told which page of a query is asked for, and in which order; files (.json, .csv ...) have no pages."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            arguments = parse_qs(scope["query_string"].decode("latin-1"))
            sorts = [(arguments[key][-1], key == SORT_DOWN) for key in (SORT, SORT_DOWN) if key in arguments]
            _sort.set(sorts[0] if sorts else None)
            _typed.set(_bare(arguments.get("sql", [""])[-1]))
            if "." not in scope["path"].rpartition("/")[2]:
                asked = arguments.get(FROM, ["0"])[-1]
                _offset.set(int(asked) if _NUMBER.fullmatch(asked) else 0)
        await app(scope, receive, send)

    return wrapped


def _bare(sql: str) -> str:
    return sql.strip().rstrip(";").rstrip()


def is_typed(sql: str) -> bool:
    """Whether this is the SQL that a visitor typed."""
    return bool(_typed.get()) and _bare(sql) == _typed.get()


def in_order(sql: str) -> str:
    """`sql` of a query for its rows in the order that is asked for; as it is where none is, or of no column."""
    asked = _sort.get()
    if asked is None or not asked[0] or "]" in asked[0]:
        return sql
    return f"select * from (\n{_bare(sql)}\n) order by [{asked[0]}]{' desc' if asked[1] else ''}"


def page_of(sql: str) -> str:
    """`sql` of a canned query for the rows of the page that is asked for, and one more; as it is where none is."""
    offset = _offset.get()
    return sql if offset is None else f"select * from (\n{sql}\n) limit {SIZE + 1} offset {offset}"


async def read_query_page(database: Database, sql: str, params: dict[str, Any], rows: int) -> QueryPage:
    """Where the page stands whose query returned `rows`, of which SIZE are shown."""
    offset = _offset.get() or 0
    shown = min(rows, SIZE)
    total: int | None = offset + rows
    if rows > SIZE or (offset and not rows):
        # Where nothing was chosen, nobody waits for it again; of what may be chosen there is no end.
        count = partial(_count, database, sql, params)
        total = await (count() if any(params.values()) else lasting(database, "total", sql, ask=count))
    before = max(offset - SIZE, 0) if offset else None
    return QueryPage(offset + 1, offset + shown, total, before, offset + SIZE if rows > SIZE else None)


async def _count(database: Database, sql: str, params: dict[str, Any]) -> int | None:
    try:
        found = await database.execute(f"select count(*) from (\n{sql}\n)", params, custom_time_limit=_PATIENCE)
    except QueryInterrupted:
        return None
    return int(found.single_value())
