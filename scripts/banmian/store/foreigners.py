"""Foreigners whom several editions call by a whole name and its last part, or in two spellings, become one row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from banmian.names.identity import foreign
from banmian.names.identity.foreign import Known
from banmian.store import claims

# The article in which a name means another one (None: all), that name, and the other one.
Move = tuple[int | None, str, str]
_NAMES = """
    SELECT people.key, count(DISTINCT article_id) FROM people JOIN mentions ON person_id = people.id
    WHERE key = name GROUP BY 1 ORDER BY 1"""
_IN = """
    SELECT DISTINCT people.key, article_id FROM people JOIN mentions ON person_id = people.id
    WHERE people.key IN (SELECT value FROM json_each(?))"""
_OF_OFFICE = """
    SELECT DISTINCT title, coalesce(organization_id, 0), people.key
    FROM positions JOIN people ON people.id = person_id WHERE key = name AND length(key) > 2 ORDER BY 1, 2, 3"""


def foreigners(connection: sqlite3.Connection) -> Iterator[Move]:
    """(None, name, the one that is kept for it) of names of foreigners that are surely one person's."""
    articles = dict(connection.execute(_NAMES))
    families = foreign.families(articles)
    offices = [
        [name for *_, name in rows if name in articles]
        for _, rows in groupby(connection.execute(_OF_OFFICE).fetchall(), lambda row: row[:2])
    ]
    alike = list(foreign.alike(offices))
    asked = {name for names in families.values() for name in names} | {name for pair in alike for name in pair}
    known = known_of(connection, {name: articles[name] for name in asked})
    found: dict[str, str] = {}
    where = _where(connection, {name for names in families.values() for name in names})
    for last, names in families.items():
        together = {name for name in names if not where[name].isdisjoint(where.get(last, ()))}
        for name, kept in foreign.one_family(last, names, known, together).items():
            found.setdefault(name, kept)
    for rarer, commoner in foreign.spellings(known, alike):
        one, other = found.get(rarer, rarer), found.get(commoner, commoner)
        if one != other:
            kept, moved = foreign.fuller(other, one)
            found.update({name: kept for name, before in found.items() if before == moved} | {moved: kept})
    yield from ((None, name, kept) for name, kept in found.items() if kept not in found)


def _where(connection: sqlite3.Connection, names: Collection[str]) -> dict[str, set[int]]:
    """Name -> the articles that have it."""
    found: dict[str, set[int]] = {name: set() for name in names}
    for name, article in connection.execute(_IN, [json.dumps(sorted(names))]):
        found[name].add(article)
    return found


def known_of(connection: sqlite3.Connection, articles: Mapping[str, int]) -> dict[str, Known]:
    """What is known of the people with these keys, each with the number of articles that name it."""
    said = claims.of_people(connection, articles)
    return {
        name: Known(
            tuple(one.claims for one in said.get(name, ())),
            count,
            bool(said.get(name) and claims.divided(name, said[name])[1]),
        )
        for name, count in articles.items()
    }
