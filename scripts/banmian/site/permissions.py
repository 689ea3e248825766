"""Who may see a table, asked once: Datasette copies all the metadata each time that it looks for an answer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasette.app import Datasette

# Of Datasette 0.65.5: (database, table) -> what metadata say of who may see it, asked for each table of a page.
_RULES = "_table_permission_allows"


def remember_rules(datasette: Datasette) -> None:
    """Keep what the metadata say of who may see a table, which is the same as long as the site runs."""
    if hasattr(datasette, _RULES):
        setattr(datasette, _RULES, cache(getattr(datasette, _RULES)))
