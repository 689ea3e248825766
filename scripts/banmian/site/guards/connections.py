"""Limits on every connection that Datasette opens, so that no SQL from a stranger takes the machine or leaks.

Datasette lets visitors write SELECTs and stops what runs too long, but its clock does not tick inside one function call
or one allocation. So SQLite's own limits bound each string, pattern, program and result row, an authorizer denies what
is slow beyond them or tells of others, a ceiling holds for all memory that SQLite takes, and rows are counted as they
come. What is stopped becomes an answer with status 400.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from banmian.site.guards import bounds, functions
from banmian.site.messages import plain

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: bounds.LIKE_PATTERN,
    sqlite3.SQLITE_LIMIT_COLUMN: bounds.COLUMNS,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: bounds.COMPOUND_SELECT,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: bounds.EXPRESSION_DEPTH,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: bounds.SQL_LENGTH,
    sqlite3.SQLITE_LIMIT_VDBE_OP: bounds.PROGRAM,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}

# Tables that SQLite makes up: other visitors' queries, the whole file's pages, a program's inner state.
_TABLES = frozenset(
    {
        "bytecode",
        "completion",
        "dbstat",
        "fts3tokenize",
        "sqlite_dbpage",
        "sqlite_memstat",
        "sqlite_stmt",
        "tables_used",
    }
)
# Of the pragmas that can be read as tables, those that describe one table or index.
_PRAGMA_TABLES = frozenset(
    f"pragma_{name}"
    for name in [
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "table_info",
        "table_list",
        "table_xinfo",
    ]
)
# format and printf loop for seconds over a precision that they cannot fulfil; json_patch takes the square of the time
# that its objects take; rtreecheck reads a whole table; the others leak, load or log.
_FUNCTIONS = frozenset(
    {
        "edit",
        "format",
        "fts3_tokenizer",
        "json_patch",
        "load_extension",
        "printf",
        "readfile",
        "rtreecheck",
        "sqlite_compileoption_get",
        "sqlite_compileoption_used",
        "sqlite_log",
        "sqlite_offset",
        "sqlite_source_id",
        "writefile",
    }
)
_DENIED = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})


def limit(connection: sqlite3.Connection) -> None:
    """Put every limit on `connection`, whose rows stay sqlite3.Row. The ceiling for memory holds for the process."""
    longest = _longest_string(connection)
    connection.execute(f"PRAGMA hard_heap_limit={bounds.HEAP}").fetchall()
    for category, most in _LIMITS.items():
        connection.setlimit(category, most)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    if longest > bounds.SLOW_LENGTH:
        functions.register(connection, longest)
    connection.set_authorizer(_authorize)
    connection.row_factory = _CountedRows()


@contextmanager
def uncounted(connection: sqlite3.Connection) -> Iterator[None]:
    """Rows of `connection` as SQLite has them, for statements of ours, which say how much they read at most.

    To count cells and to look for letters that are none takes as long as to read them: the store writes no such text.
    """
    rows, texts = connection.row_factory, connection.text_factory
    connection.row_factory, connection.text_factory = sqlite3.Row, str
    try:
        yield
    finally:
        connection.row_factory, connection.text_factory = rows, texts


def _longest_string(connection: sqlite3.Connection) -> int:
    """Bytes that one string may have: enough for the longest cell that the build counted, in its segmented form."""
    try:
        row = connection.execute("SELECT value FROM build_info WHERE name = 'longest cell'").fetchone()
    except sqlite3.OperationalError:
        row = None
    return bounds.BYTES_PER_CHARACTER * int(row[0] if row else bounds.LONGEST_CELL) + bounds.ROOM


# Denies by name and leaves the rest: the databases are opened read-only and Datasette lets nothing but SELECT pass,
# while what FTS5 asks for inside differs between versions of SQLite.
def _authorize(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    denied = (
        action in _DENIED
        or (action == sqlite3.SQLITE_READ and _is_denied_table((first or "").lower()))
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS)
    )
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def _is_denied_table(table: str) -> bool:
    return table in _TABLES or (table.startswith("pragma_") and table not in _PRAGMA_TABLES)


class _CountedRows:
    """A row factory that stops a result which grows too large. One connection serves one cursor at a time."""

    def __init__(self) -> None:
        self._cursor: weakref.ref[sqlite3.Cursor] | None = None
        self._size = self._cells = 0

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        if self._cursor is None or self._cursor() is not cursor:
            self._cursor = weakref.ref(cursor)
            self._size = self._cells = 0
        for cell in row:
            if cell.__class__ is str or cell.__class__ is bytes:
                self._size += len(cell)
        self._cells += len(row)
        if self._size > bounds.RESULT:
            raise sqlite3.OperationalError(plain("errors.too_large", most=bounds.RESULT))
        if self._cells > bounds.CELLS:
            raise sqlite3.OperationalError(plain("errors.too_many_cells", most=bounds.CELLS))
        return sqlite3.Row(cursor, row)
