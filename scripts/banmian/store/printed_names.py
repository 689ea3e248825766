"""Names as they were printed before an editor corrected a character: who looks at the paper knows only those."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

Row = tuple[str | int | None, ...]

_NEW = """
    SELECT person_id, organization_id, printed, kind FROM names_as_printed
    WHERE NOT EXISTS (
        SELECT 1 FROM aliases WHERE aliases.name = printed
            AND aliases.person_id IS names_as_printed.person_id
            AND aliases.organization_id IS names_as_printed.organization_id
    ) AND printed <> names_as_printed.name
    GROUP BY person_id, organization_id, printed ORDER BY min(mention_id)"""


def printed_names(connection: sqlite3.Connection) -> Iterator[Row]:
    """Rows of aliases, without their ids: each name as it was printed before a correction, of those who bear it."""
    yield from connection.execute(_NEW).fetchall()


def uncorrected_names(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[int, str]]:
    """The ids of people or organizations, each with the name that it had if nothing were corrected in a mention."""
    sql = f"SELECT {kind}_id, replace(name, surface, printed) FROM names_as_printed WHERE kind = ? ORDER BY mention_id"
    yield from connection.execute(sql, [kind])
