"""Why a person has a page across editions for the public: office, byline, renown, an editor; else there is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from banmian.names.people.public_roles import SIGNING, is_public, is_renowned
from banmian.records import Remark
from banmian.seeds.public_people import PublicPeople

# A namesake of whom everybody knows has a key of its own.
_RENOWNED = "UPDATE people SET public_role = 'renown' WHERE key = name AND is_renowned(name)"
_BYLINES = f"""
    UPDATE people SET public_role = 'byline' WHERE id IN (
        SELECT person_id FROM mentions WHERE part IN ({", ".join(f"'{part}'" for part in SIGNING)}))"""
_OFFICES = """
    UPDATE people SET public_role = 'office' WHERE id IN (
        SELECT person_id FROM positions WHERE is_public(title))"""


def fill_public_roles(connection: sqlite3.Connection, decided: Sequence[PublicPeople]) -> list[Remark]:
    """Fill people.public_role; what editors decided comes last. Returns what is decided of people who are not there."""
    connection.create_function("is_public", 1, is_public, deterministic=True)
    connection.create_function("is_renowned", 1, is_renowned, deterministic=True)
    connection.execute(_RENOWNED)
    connection.execute(_BYLINES)
    connection.execute(_OFFICES)
    gone = []
    for one in decided:
        role = "editor" if one.is_public else None
        for name in one.names:
            found = connection.execute("UPDATE people SET public_role = ? WHERE key = ?", [role, name])
            if not found.rowcount:
                gone.append(Remark("person_not_there", {"entry": one.line, "name": name}))
    return gone
