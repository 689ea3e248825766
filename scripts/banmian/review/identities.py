"""Who is who: the questions about names in a database, as the entries of `identities` that an editor completes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from banmian.records import Remark
from banmian.seeds.entries import NAME_CHOICES, comment, identity_entry, quoted
from banmian.store.candidates import context
from banmian.store.files import connect
from banmian.store.identities import stale_answer
from banmian.words.remarks import from_json, in_both

Row = Mapping[str, Any]

# Without a limit: as many uncertain names as an editor looks at in one sitting.
_WEAK_SHOWN = 50
# From such a confidence on nobody is asked.
_CERTAIN = 0.8
# As deep as the list stands in editions.yml, so that it can be pasted as it is.
_INDENT = " " * 6
_GONE = "SELECT entity, line, decided, names, missing FROM identity_answers WHERE NOT applied ORDER BY line"
_CANDIDATES = """
    SELECT identity_candidates.*,
        (SELECT source_file FROM pages WHERE pages.edition_id = identity_candidates.edition_id
         ORDER BY position LIMIT 1) AS source_file
    FROM identity_candidates WHERE status = 'open' ORDER BY id LIMIT :limit"""
_WEAK = """
    SELECT names_to_check.*, pages.edition_id, pages.source_file
    FROM names_to_check
    JOIN articles ON articles.id = article_id
    JOIN pages ON pages.id = articles.page_id
    WHERE names_to_check.role IS NULL
        AND coalesce(names_to_check.confidence, 0) < :certain
        AND NOT EXISTS (
            SELECT 1 FROM identity_answers
            WHERE entity = names_to_check.kind AND char(10) || names || char(10)
                LIKE '%' || char(10) || names_to_check.name || char(10) || '%')
    ORDER BY coalesce(names_to_check.confidence, 0), mention_id"""


def review_names(database_file: Path, limit: int | None) -> Iterator[str]:
    """Lines of YAML, a comment above each entry: who may be two, what may be one, and uncertain names.

    What changes most mentions comes first. Each of the two lists at most `limit` long; before them, the answers
    that no longer apply. Raises sqlite3.Error where the database can't be read.
    """
    connection = connect(database_file)
    connection.row_factory = sqlite3.Row
    try:
        for row in connection.execute(_GONE):
            about = (row["entity"], row["line"], row["decided"])
            gone = stale_answer(*about, row["names"].split("\n"), row["missing"].split("\n"))
            yield f"# {in_both(gone)}"
        found = _of_editions(connection.execute(_CANDIDATES, {"limit": -1 if limit is None else limit}).fetchall())
        yield from _listed(found, "Who is who", [(_about(row), row["entry"]) for row in found])
        weak = connection.execute(_WEAK, {"certain": _CERTAIN}).fetchall()
        shown = weak[: _WEAK_SHOWN if limit is None else limit]
        entries = [_weak_entry(connection, row) for row in shown]
        yield from _listed(shown, "Names found once, the least certain first", entries)
        if len(weak) > len(shown):
            yield f"# {len(weak) - len(shown)} more names found once that are not certain: LIMIT={len(weak)} shows all."
    finally:
        connection.close()


def _of_editions(rows: Sequence[Row]) -> list[Row]:
    """The rows of each edition together, the edition with the one that changes most first."""
    editions: dict[str, list[Row]] = {}
    for row in rows:
        editions.setdefault(row["edition_id"], []).append(row)
    return [row for of_edition in editions.values() for row in of_edition]


def _listed(rows: Sequence[Row], title: str, entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The entries, under a heading wherever another edition begins."""
    before = None
    for row, (about, entry) in zip(rows, entries, strict=True):
        if row["edition_id"] != before:
            before = row["edition_id"]
            edition, file = quoted(before), quoted(row["source_file"])
            yield f"# {title}. Fill in `as` where you are sure, remove the rest, put this under `identities:`"
            yield f"# of the edition {edition} in editions.yml, which lists {file}:"
            yield "#     identities:"
        yield ""
        yield f"{_INDENT}# {comment(about)}"
        yield from (_INDENT + line for line in entry.split("\n"))


def _about(row: Row) -> str:
    names = row["name"] if row["other_name"] is None else f"{row['name']} | {row['other_name']}"
    return f"{row['kind']} {row['entity']}: {names}: {in_both(*from_json(row['evidence']))}"


def _weak_entry(connection: sqlite3.Connection, row: Row) -> tuple[str, str]:
    about = Remark("found_once", {part: row[part] for part in ("confidence", "before", "surface", "after")})
    text = context(connection, row["mention_id"])
    return f"{row['kind']}: {in_both(about)}", identity_entry(row["kind"], [row["name"]], [text], NAME_CHOICES)
