"""The full-text indexes: FTS5 over views that hold the segmented text, so that the text is stored once.

The comment in each CREATE statement is how Datasette and datasette-search-all find the index of a table.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from banmian.store.segmentation import TOKENIZER, segment, segment_sql
from banmian.words.span_kinds import HEADINGS


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An index over `table`; `source` is a SELECT that gives id and the columns, the longest column first."""

    table: str
    columns: tuple[str, ...]
    source: str


def _aliases(column: str) -> str:
    inner = f"SELECT name FROM aliases WHERE {column} = entity.id ORDER BY id"
    return f"(SELECT group_concat(name, char(10)) FROM ({inner}))"


# Longest column first: SQLite stores positions of the first column without a column number, a quarter of the index.
_ARTICLE_COLUMNS = ("body", "headline", *(name for name in HEADINGS if name != "headline"))
INDEXES = (
    SearchIndex("articles", _ARTICLE_COLUMNS, "SELECT * FROM articles"),
    SearchIndex(
        "organizations",
        ("name", "aliases"),
        f"SELECT id, name, {_aliases('organization_id')} AS aliases FROM organizations AS entity",
    ),
    SearchIndex(
        "people", ("name", "aliases"), f"SELECT id, name, {_aliases('person_id')} AS aliases FROM people AS entity"
    ),
)


def create_indexes(connection: sqlite3.Connection) -> None:
    """Create the views and empty indexes."""
    for index in INDEXES:
        columns = ",\n".join(f"{segment_sql(f'source.{column}')} AS {column}" for column in index.columns)
        connection.execute(
            f"CREATE VIEW {index.table}_seg AS SELECT source.id AS id,\n{columns}\nFROM ({index.source}) AS source"
        )
        connection.execute(
            f'CREATE VIRTUAL TABLE {index.table}_fts USING fts5 ({", ".join(index.columns)}, tokenize="{TOKENIZER}",'
            f" content='{index.table}_seg', content_rowid='id' /* content=\"{index.table}\" */)"
        )


# How many parts of an index may lie beside each other before they are put together: all, since that is done at the end.
_TOGETHER_LAST = {"automerge": 0, "crisismerge": 1 << 30}


def fill_indexes(connection: sqlite3.Connection) -> None:
    """Index every row. The text is segmented in Python: FTS5's own 'rebuild' over the views is ten times slower."""
    for index in INDEXES:
        _fill(connection, index)


def fill_again(connection: sqlite3.Connection, table: str) -> None:
    """Index every row of a table anew, whose texts are others now."""
    connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('delete-all')")
    _fill(connection, next(index for index in INDEXES if index.table == table))


def _fill(connection: sqlite3.Connection, index: SearchIndex) -> None:
    marks = ", ".join("?" * (len(index.columns) + 1))
    fts = f"{index.table}_fts"
    for setting, value in _TOGETHER_LAST.items():
        connection.execute(f"INSERT INTO {fts} ({fts}, rank) VALUES (?, ?)", [setting, value])
    rows = connection.execute(f"SELECT id, {', '.join(index.columns)} FROM ({index.source}) ORDER BY id")
    connection.executemany(
        f"INSERT INTO {fts} (rowid, {', '.join(index.columns)}) VALUES ({marks})",
        ((row[0], *(None if text is None else segment(text) for text in row[1:])) for row in rows),
    )
    connection.execute(f"INSERT INTO {fts} ({fts}) VALUES ('optimize')")
    for setting in _TOGETHER_LAST:
        connection.execute(f"DELETE FROM {fts}_config WHERE k = ?", [setting])
