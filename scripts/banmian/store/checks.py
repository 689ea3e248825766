"""Whether a database says what it should: run on every new one before it is published."""

from __future__ import annotations

import hashlib
import mmap
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from banmian.store.index import INDEXES
from banmian.store.segmentation import segment
from banmian.words.span_kinds import FIELDS


class CheckError(Exception):
    """A database failed a check: a defect of Banmian or of the disk, never of the seeds."""


def check_database(
    connection: sqlite3.Connection, counts: Mapping[str, int], fresh: Sequence[int] | None = None
) -> None:
    """Raises CheckError, naming what is wrong, unless the file is sound and complete.

    A build killed half way leaves a file that integrity_check calls ok, so rows are counted against `counts`. To hold
    the whole index against its text costs more than to write it: with `fresh` that is done for these articles.
    """
    for (result,) in connection.execute("PRAGMA integrity_check"):
        if result != "ok":
            raise CheckError(f"integrity_check: {result}")
    for row in connection.execute("PRAGMA foreign_key_check"):
        raise CheckError(f"foreign_key_check: row {row[1]} of {row[0]} points to nothing in {row[2]}")
    for table, expected in counts.items():
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if found != expected:
            raise CheckError(f"{table} has {found} rows, expected {expected}")
    _check_indexes(connection, 0 if fresh is not None else 1)
    _check_segments(connection, fresh or ())
    _check_spelling(connection)
    _check_mentions(connection)


def _check_indexes(connection: sqlite3.Connection, rank: int) -> None:
    """Rank 1 compares an index with the text of its view, rank 0 only with itself."""
    for index in INDEXES:
        try:
            connection.execute(
                f"INSERT INTO {index.table}_fts ({index.table}_fts, rank) VALUES ('integrity-check', ?)", [rank]
            )
        except sqlite3.DatabaseError as error:
            raise CheckError(f"the index of {index.table} and its text differ: {error}") from error


def _check_segments(connection: sqlite3.Connection, fresh: Sequence[int]) -> None:
    """Whether the views of these articles give the text that was indexed."""
    columns = ", ".join(INDEXES[0].columns)
    for article in fresh:
        (row,) = connection.execute(f"SELECT {columns} FROM articles WHERE id = ?", [article])
        (seen,) = connection.execute(f"SELECT {columns} FROM articles_seg WHERE id = ?", [article])
        if seen != tuple(None if text is None else segment(text) for text in row):
            raise CheckError(f"the index of article {article} and its text differ")


def _check_spelling(connection: sqlite3.Connection) -> None:
    """Whether the spans of each file, or of each page of an engine's file, spell the text that was hashed."""
    texts = connection.execute(
        """SELECT DISTINCT source_file, source_part, coalesce(text_sha256, source_sha256) FROM pages"""
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


def _check_mentions(connection: sqlite3.Connection) -> None:
    for field in FIELDS:
        wrong = connection.execute(
            f"""SELECT mentions.id FROM mentions JOIN articles ON articles.id = mentions.article_id
                WHERE field = '{field}' AND substr({field}, start + 1, "end" - start) IS NOT surface LIMIT 1"""
        ).fetchone()
        if wrong:
            raise CheckError(f"mention {wrong[0]}: its offsets do not slice its surface out of the {field}")


def check_absent(path: Path, texts: Sequence[str]) -> None:
    """Raises CheckError where the file holds one of the texts, in whatever part of it."""
    if not texts:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for text in texts:
            if (at := content.find(text.encode())) >= 0:
                raise CheckError(f"what is withdrawn still stands in the database, at byte {at}: {text}")
