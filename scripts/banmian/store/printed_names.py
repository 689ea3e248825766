"""Names as they were printed before an editor corrected a character: who looks at the paper knows only those."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

Row = tuple[str | int | None, ...]

_CORRECTED = """
    SELECT mentions.id AS mention, kind, person_id, organization_id, coalesce(people.name, organizations.name), surface,
        source_end - source_start, corrections.start - source_start, printed, corrected
    FROM corrections JOIN mentions ON mentions.page_id = corrections.page_id
        AND source_start <= corrections.start AND corrections."end" <= source_end
    LEFT JOIN people ON people.id = person_id LEFT JOIN organizations ON organizations.id = organization_id
    ORDER BY mentions.id, corrections.start"""
_KNOWN = """
    SELECT person_id, organization_id, name FROM aliases
    UNION SELECT id, NULL, name FROM people UNION SELECT NULL, id, name FROM organizations"""


def printed_names(connection: sqlite3.Connection) -> Iterator[Row]:
    """Rows of aliases, without their ids: each name as it was printed before a correction, of those who bear it."""
    known = set(connection.execute(_KNOWN))
    for kind, person, organization, _, _, printed in _corrected(connection):
        if (person, organization, printed) not in known:
            known.add((person, organization, printed))
            yield person, organization, printed, kind


def uncorrected_names(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[int, str]]:
    """The ids of people or organizations, each with the name that it had if nothing were corrected in a mention."""
    for of, person, organization, name, surface, printed in _corrected(connection):
        if of == kind:
            yield person if kind == "person" else organization, name.replace(surface, printed)


def _corrected(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int, str, str, str]]:
    """Kind, person, organization, name and surface of each mention with a correction in it, and what was printed."""
    for _, rows in groupby(connection.execute(_CORRECTED).fetchall(), key=itemgetter(0)):
        (_, kind, person, organization, name, surface, length, *_), *_ = found = list(rows)
        if printed := _printed(surface, length, [row[-3:] for row in found]):
            yield kind, person, organization, name, surface, printed


def _printed(surface: str, length: int, corrections: Iterable[tuple[int, str, str]]) -> str | None:
    """The surface before these corrections (place in the source, printed, corrected); `length` is that in the source.

    None for one that goes on in another column: what stands between its fragments is no part of it.
    """
    for start, printed, corrected in corrections:
        if not surface.startswith(corrected, start):
            return None
        surface = surface[:start] + printed + surface[start + len(corrected) :]
    return surface if len(surface) == length else None
