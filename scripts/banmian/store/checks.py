"""Whether a database says what it should: run on every new one before it is published."""

from __future__ import annotations

import hashlib
import json
import mmap
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from banmian.store.index import INDEXES
from banmian.store.segmentation import segment
from banmian.words.span_kinds import FIELDS


class CheckError(Exception):
    """A database failed a check: a defect of Banmian or of the disk, never of the seeds."""


# The pages that a list names, as JSON, or all: NULL.
_OF_PAGES = "(:pages IS NULL OR {column} IN (SELECT value FROM json_each(:pages)))"


def check_database(connection: sqlite3.Connection, counts: Mapping[str, int], with_index: bool = True) -> None:
    """Raises CheckError, naming what is wrong, unless the file is sound and complete.

    A build killed half way leaves a file that integrity_check calls ok, so rows are counted against `counts`. To hold
    the whole index against its text (`with_index`) costs more than to write it.
    """
    for (result,) in connection.execute("PRAGMA integrity_check"):
        if result != "ok":
            raise CheckError(f"integrity_check: {result}")
    _check_keys(connection)
    _check_counts(connection, counts)
    _check_indexes(connection, int(with_index))
    _check_spelling(connection, None)
    _check_mentions(connection, None)
    _check_statements(connection, None)


def check_fresh(connection: sqlite3.Connection, counts: Mapping[str, int], fresh: Sequence[str]) -> None:
    """The same for the keys, the counts, and of the rows and the index those of the pages `fresh`, by id.

    For a database most of whose pages were read, and checked, by earlier builds, and whose file was written anew.
    """
    _check_keys(connection)
    _check_counts(connection, counts)
    _check_indexes(connection, 0)
    pages = json.dumps(fresh)
    _check_segments(connection, pages)
    _check_spelling(connection, pages)
    _check_mentions(connection, pages)
    _check_statements(connection, pages)


def _check_keys(connection: sqlite3.Connection) -> None:
    for row in connection.execute("PRAGMA foreign_key_check"):
        raise CheckError(f"foreign_key_check: row {row[1]} of {row[0]} points to nothing in {row[2]}")


def _check_counts(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    for table, expected in counts.items():
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if found != expected:
            raise CheckError(f"{table} has {found} rows, expected {expected}")


def _check_indexes(connection: sqlite3.Connection, rank: int) -> None:
    """Rank 1 compares an index with the text of its view, rank 0 only with itself."""
    for index in INDEXES:
        try:
            connection.execute(
                f"INSERT INTO {index.table}_fts ({index.table}_fts, rank) VALUES ('integrity-check', ?)", [rank]
            )
        except sqlite3.DatabaseError as error:
            raise CheckError(f"the index of {index.table} and its text differ: {error}") from error


def _check_segments(connection: sqlite3.Connection, pages: str) -> None:
    """Whether the views of the articles of these pages give the text that was indexed."""
    columns = ", ".join(INDEXES[0].columns)
    of_pages = f"SELECT id FROM articles WHERE {_OF_PAGES.format(column='page_id')}"
    for (article,) in connection.execute(of_pages, {"pages": pages}).fetchall():
        (row,) = connection.execute(f"SELECT {columns} FROM articles WHERE id = ?", [article])
        (seen,) = connection.execute(f"SELECT {columns} FROM articles_seg WHERE id = ?", [article])
        if seen != tuple(None if text is None else segment(text) for text in row):
            raise CheckError(f"the index of article {article} and its text differ")


def _check_spelling(connection: sqlite3.Connection, pages: str | None) -> None:
    """Whether the spans of each file, or of each page of an engine's file, spell the text that was hashed.

    With `pages` that of the files in which they stand.
    """
    texts = connection.execute(
        f"""SELECT DISTINCT source_file, source_part, coalesce(text_sha256, source_sha256) FROM pages
            WHERE {_OF_PAGES.format(column="id")}""",
        {"pages": pages},
    ).fetchall()
    for file, part, expected in texts:
        at, digest = 0, hashlib.sha256()
        spans = connection.execute(
            """SELECT start, "end", text FROM source_spans JOIN pages ON pages.id = page_id
               WHERE source_file = ? AND source_part IS ? ORDER BY start""",
            [file, part],
        )
        for start, end, text in spans:
            if start != at:
                raise CheckError(f"{file}: the spans leave a gap or overlap at offset {at}")
            at = end
            digest.update(text.encode())
        if digest.hexdigest() != expected:
            raise CheckError(f"{file}: the spans do not spell the file")


def _check_mentions(connection: sqlite3.Connection, pages: str | None) -> None:
    for field in FIELDS:
        wrong = connection.execute(
            f"""SELECT mentions.id FROM mentions JOIN articles ON articles.id = mentions.article_id
                WHERE field = '{field}' AND substr({field}, start + 1, "end" - start) IS NOT surface
                    AND {_OF_PAGES.format(column="mentions.page_id")} LIMIT 1""",
            {"pages": pages},
        ).fetchone()
        if wrong:
            raise CheckError(f"mention {wrong[0]}: its offsets do not slice its surface out of the {field}")


def _check_statements(connection: sqlite3.Connection, pages: str | None) -> None:
    wrong = connection.execute(
        f"""SELECT statements.id FROM statements JOIN articles ON articles.id = article_id
            WHERE length(text) <> "end" - start AND {_OF_PAGES.format(column="page_id")} LIMIT 1""",
        {"pages": pages},
    ).fetchone()
    if wrong:
        raise CheckError(f"statement {wrong[0]}: its offsets lead out of the body")


def check_absent(path: Path, texts: Sequence[str]) -> None:
    """Raises CheckError where the file holds one of the texts, in whatever part of it."""
    if not texts:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for text in texts:
            if (at := content.find(text.encode())) >= 0:
                raise CheckError(f"what is withdrawn still stands in the database, at byte {at}: {text}")
