"""A database that does not change is asked once for what does not change: its tables, columns, keys and their counts.

Datasette asks anew for each page, with some fifty statements, and counts whole tables. Of a file that is opened
immutable every answer is kept; how many rows there are, the build has counted.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from copy import copy
from functools import wraps
from typing import Any, TypeVar

from datasette.database import Database, Results
from datasette.utils import Column

from banmian.site.generations import GenerationsDatabase
from banmian.site.guards.database import GuardedDatabase
from banmian.store.shown import PUBLIC

_COUNTED = "SELECT substr(name, length('rows in ') + 1) AS name, value FROM build_info WHERE name LIKE 'rows in %'"
# How Datasette asks for the version of a schema, how SQLite spells the name of a table, and how many rows that has.
_VERSION = "PRAGMA schema_version"
_SPELLED = "select name from sqlite_master where type in ('table', 'view') and name = ? collate nocase"
_ALL_ROWS = re.compile(r"select count\(\*\) from (?:(\w+)|\[([^\]]+)\])\s*\Z")
# How it counts the values of a column, of all rows: nothing that a visitor wrote can stand in it.
_FACET = re.compile(
    r"""SELECT (?P<column>NAME) as value, count\(\*\) as count from \(
    \s*select (?P<columns>NAME(?:, NAME)*) from (?P<table>NAME)\s*\)
    \s*where (?P=column) is not null\s*group by (?P=column) order by count desc, value limit (?P<most>\d+)""".replace(
        "\n    ", ""
    ).replace("NAME", r"(?:\[[^\]]+\]|\w+)"),
    re.IGNORECASE,
)

_IS_SHOWN = f"""
    SELECT EXISTS (SELECT 1 FROM build_info WHERE name = '{PUBLIC}'),
        EXISTS (SELECT 1 FROM editions WHERE shown <> 'full')"""

_COLUMNS = "SELECT cid, name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?, 'main')"

_NAMES, _COUNTS, _SCHEMA, _SHOWN = ("names",), ("counts",), ("schema",), ("shown",)
_ROWS = "rows"
_FACET_SIZE = "default_facet_size"

Row = Mapping[str, Any]
_Answer = TypeVar("_Answer")

_Method = Callable[..., Awaitable[Any]]


def _once(method: _Method) -> _Method:
    """`method` of a database, asked once for each table or view of a file that is immutable."""

    @wraps(method)
    async def asked(self: LastingDatabase, *arguments: Hashable, **options: Hashable) -> Any:
        # Nothing is kept of names that a visitor made up: there is no end of them.
        if self.is_mutable or (arguments and arguments[0] not in await self.names()):
            return await method(self, *arguments, **options)
        key = (method.__name__, arguments, *options.items())
        if key not in self.kept:
            self.kept[key] = await method(self, *arguments, **options)
        return copy(self.kept[key])

    return asked


# What a connection calls by the name of a table (private_people.py) has no key; the table itself is asked for.
async def _columns(self: Database, table: str) -> list[Column]:
    rows = await self.execute_fn(lambda connection: connection.execute(_COLUMNS, [table]).fetchall())
    return [Column(*row) for row in rows]


async def _primary_keys(self: Database, table: str) -> list[str]:
    keys = [column for column in await self.table_column_details(table) if column.is_pk]
    return [column.name for column in sorted(keys, key=lambda column: column.is_pk)]


class LastingDatabase(GuardedDatabase, GenerationsDatabase):
    """A database that keeps what it was asked about its schema, and the counts of the build."""

    async def names(self) -> frozenset[str]:
        """The names of all tables and views."""
        if _NAMES not in self.kept:
            tables, views = await super().table_names(), await super().view_names()
            self.kept[_NAMES] = frozenset([*tables, *views])
        return self.kept[_NAMES]  # type: ignore[no-any-return]

    async def counted(self) -> Mapping[str, int]:
        """How many rows each table and view has that the build has counted; nothing of a file that may change."""
        if self.is_mutable:
            return {}
        if _COUNTS not in self.kept:
            has_counts = "build_info" in await self.names()
            rows = await super().execute(_COUNTED) if has_counts else ()
            self.kept[_COUNTS] = {row["name"]: int(row["value"]) for row in rows}
        return self.kept[_COUNTS]  # type: ignore[no-any-return]

    async def shown(self) -> tuple[bool, bool]:
        """Whether this is the public's database, and whether it is one that keeps some of the text back."""
        if _SHOWN not in self.kept or self.is_mutable:
            has_editions = {"build_info", "editions"} <= await self.names()
            row = (await super().execute(_IS_SHOWN)).first() if has_editions else (0, 0)
            self.kept[_SHOWN] = bool(row[0]), bool(row[0] and row[1])
        return self.kept[_SHOWN]  # type: ignore[no-any-return]

    async def execute(self, sql: str, params: Any = None, *arguments: Any, **options: Any) -> Results:
        """Run a query as Datasette does, unless it asks for what is known already."""
        if self.is_mutable:
            return await super().execute(sql, params, *arguments, **options)
        if not params and (whole := _ALL_ROWS.match(sql)):
            count = (await self.counted()).get(whole[1] or whole[2])
            return await self._rows_of(whole[1] or whole[2], sql) if count is None else _single("count(*)", count)
        if sql == _SPELLED and params[0] in await self.names():
            return _single("name", params[0])
        if sql == _VERSION:
            if _SCHEMA not in self.kept:
                self.kept[_SCHEMA] = await super().execute(sql)
            return self.kept[_SCHEMA]
        if not params and (facet := _FACET.fullmatch(sql.strip())) and self._is_usual(facet):
            key = ("facet", facet["table"], facet["column"])
            if key not in self.kept:
                self.kept[key] = await super().execute(sql, params, *arguments, **options)
            return self.kept[key]
        return await super().execute(sql, params, *arguments, **options)

    def _is_usual(self, facet: re.Match[str]) -> bool:
        """Whether this asks for as many values as pages show, of a column that is there."""
        has_column = facet["column"] in facet["columns"].split(", ")
        return has_column and int(facet["most"]) == self.ds.setting(_FACET_SIZE) + 1

    @_once
    async def _rows_of(self, table: str, sql: str) -> Results:
        """How many rows there are of what the build has not counted: to count those of a view, all are made."""
        return await super().execute(sql)

    table_names = _once(Database.table_names)
    view_names = _once(Database.view_names)
    hidden_table_names = _once(Database.hidden_table_names)
    get_all_foreign_keys = _once(Database.get_all_foreign_keys)
    table_exists = _once(Database.table_exists)
    table_columns = _once(Database.table_columns)
    table_column_details = _once(_columns)
    primary_keys = _once(_primary_keys)
    fts_table = _once(Database.fts_table)
    label_column_for_table = _once(Database.label_column_for_table)
    foreign_keys_for_table = _once(Database.foreign_keys_for_table)
    get_table_definition = _once(Database.get_table_definition)
    get_view_definition = _once(Database.get_view_definition)


async def lasting(database: Database, *key: Hashable, ask: Callable[[], Awaitable[_Answer | None]]) -> _Answer | None:
    """What `ask` gives, kept by `key`: of a file that does not change it is asked until that is not None."""
    kept = {} if database.is_mutable else database.kept
    if key not in kept and (found := await ask()) is not None:
        kept[key] = found
    answer: _Answer | None = kept.get(key)
    return answer


async def lasting_rows(database: Database, sql: str) -> Sequence[Row]:
    """The rows of one of our own statements without parameters: of a file that does not change it is asked once."""

    async def ask() -> Sequence[Row]:
        rows: Sequence[Row] = (await database.execute(sql)).rows
        return rows

    return await lasting(database, _ROWS, sql, ask=ask) or ()


async def shows_part(database: Database) -> bool:
    """Whether this is the public's database, and one that keeps some of the text back."""
    return isinstance(database, LastingDatabase) and (await database.shown())[1]


async def is_public(database: Database) -> bool:
    """Whether this is the public's database."""
    return isinstance(database, LastingDatabase) and (await database.shown())[0]


def _single(column: str, value: object) -> Results:
    return Results([(value,)], False, ((column, *[None] * 6),))
