"""The parameters that a query names, as SQLite reads it.

Datasette takes comments out before strings: two hyphens in a string hid every parameter after them.
"""

from __future__ import annotations

import re

from datasette.database import Database

# What stands first at a place is what it is: strings, names in quotes, comments; then :parameters.
_PARTS = re.compile(
    r"""'(?:''|[^'])*'|"(?:""|[^"])*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?(?:\*/|\Z)|:(?P<name>\w+)""", re.DOTALL
)


def named_parameters(sql: str) -> list[str]:
    """The names of the parameters of a query, in order, each as often as it stands there."""
    return [found["name"] for found in _PARTS.finditer(sql) if found["name"]]


async def _derive(database: Database, sql: str) -> list[str]:
    return named_parameters(sql)


def replace() -> None:
    """Have Datasette's page of a query ask for these."""
    # Datasette imports its plugins before this view is whole.
    from datasette.views import database

    database.derive_named_parameters = _derive
