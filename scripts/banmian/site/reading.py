"""Our own statements, several of them in one go: to hand one to a thread and back takes longer than most of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted

if TYPE_CHECKING:
    from datasette.database import Database

Row = Mapping[str, Any]
# A statement and its parameters.
Statement = tuple[str, Sequence[object] | Mapping[str, object]]


async def read_all(database: Database, *statements: Statement) -> list[list[Row]]:
    """The rows of each of these statements, which together have the time of one; QueryInterrupted where that is up."""
    found: list[list[Row]] = await database.execute_fn(
        lambda connection: [rows_of(connection, *statement) for statement in statements]
    )
    return found


async def read_rows(database: Database, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
    """The rows of one."""
    (rows,) = await read_all(database, (sql, params))
    return rows


def rows_of(
    connection: sqlite3.Connection, sql: str, params: Sequence[object] | Mapping[str, object] = ()
) -> list[Any]:
    """The same of a connection."""
    try:
        return connection.execute(sql, params).fetchall()
    except sqlite3.OperationalError as error:
        # As Datasette calls it, which answers it with a page of its own.
        if error.args == ("interrupted",):
            raise QueryInterrupted(error, sql, params) from error
        raise
