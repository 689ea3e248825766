"""The keys of a database that is being written: those that were kept are put in the place of those that it made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from banmian.keys.entities import Articles, EntityHere
from banmian.keys.former import FormerKey
from banmian.keys.places import AROUND, Around
from banmian.store.addresses import TABLES, address
from banmian.store.files import connect
from banmian.store.printed_names import uncorrected_names
from banmian.words.span_kinds import HEADINGS

_TEXTS = "SELECT key, coalesce(headline, '') || char(10) || body FROM articles"


_FIELDS = " ".join(f"WHEN '{name}' THEN {name}" for name in HEADINGS)


class KeyTables:
    """The tables of a database being written whose rows have keys."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def entities(self, kind: str) -> tuple[list[int], list[EntityHere]]:
        """The ids and names of all people or organizations, in the order of their ids."""
        table, _ = TABLES[kind]
        others: dict[int, list[str]] = {}
        names = f"SELECT {kind}_id, name FROM aliases WHERE {kind}_id IS NOT NULL ORDER BY id"
        for entity, name in (*self.connection.execute(names), *uncorrected_names(self.connection, kind)):
            others.setdefault(entity, []).append(name)
        rows = self.connection.execute(f"SELECT id, key, name FROM {table} ORDER BY id").fetchall()
        ids = [id_ for id_, *_ in rows]
        return ids, [EntityHere(key, name, tuple(others.get(id_, ()))) for id_, key, name in rows]

    def articles_of(self, kind: str, ids: Sequence[int]) -> Articles:
        """A function that gives the keys of the articles that mention the entity with this index in `ids`."""
        sql = f"""
            SELECT DISTINCT articles.key FROM mentions JOIN articles ON articles.id = article_id
            WHERE {kind}_id = ? ORDER BY article_id"""

        @cache
        def articles(number: int) -> Sequence[str]:
            return [key for (key,) in self.connection.execute(sql, [ids[number]])]

        return articles

    def places_of(self, kind: str, ids: Sequence[int]) -> PlaceTable:
        """The places of the entities with these ids."""
        return PlaceTable(self.connection, f"{kind}_id", {id_: number for number, id_ in enumerate(ids)})

    def give(self, kind: str, keys: Mapping[int, str]) -> None:
        """Give each row of the table of this kind, by id, its key, and the address that follows from it."""
        table, _ = TABLES[kind]
        present = dict(self.connection.execute(f"SELECT id, key FROM {table}"))
        changed = [(id_, key) for id_, key in keys.items() if present[id_] != key]
        # Where two change places, neither may have the other's key for a moment.
        free = f"UPDATE {table} SET key = char(0) || id WHERE id = ?"
        self.connection.executemany(free, [[id_] for id_, _ in changed])
        rows = [(key, address(table, key), id_) for id_, key in changed]
        self.connection.executemany(f"UPDATE {table} SET key = ?, address = ? WHERE id = ?", rows)

    def moved(self, published: Path) -> list[str]:
        """The keys of articles of the database `published` whose text has another key now; [] where there is none."""
        try:
            with closing(connect(published)) as old:
                before = dict(old.execute(_TEXTS))
        except sqlite3.Error:
            return []
        now = dict(self.connection.execute(_TEXTS))
        texts = set(now.values())
        return sorted(key for key, text in before.items() if now.get(key) != text and text in texts)


class PlaceTable:
    """The places (keys/places.py) of mentions whose `column` names one of `numbers`: its id -> its index."""

    def __init__(self, connection: sqlite3.Connection, column: str, numbers: Mapping[int, int]) -> None:
        self._connection = connection
        self._column = column
        self._numbers = numbers

    def first(self) -> dict[int, Around]:
        """The place of the first mention of each."""
        return dict(self._found(f"SELECT min(id) FROM mentions GROUP BY {self._column}"))

    def all(self) -> Iterator[tuple[int, Around]]:
        """The place of each mention."""
        return self._found("SELECT id FROM mentions")

    def _found(self, mentions: str) -> Iterator[tuple[int, Around]]:
        sql = f"""
            SELECT {self._column}, key, substr(text, max(1, start - {AROUND - 1}), min({AROUND}, start)),
                substr(text, "end" + 1, {AROUND})
            FROM (
                SELECT {self._column}, articles.key, start, "end", CASE field {_FIELDS} ELSE body END AS text
                FROM mentions JOIN articles ON articles.id = article_id
                WHERE {self._column} IS NOT NULL AND mentions.id IN ({mentions})
            )"""
        for id_, key, before, after in self._connection.execute(sql):
            yield self._numbers[id_], (key, before, after)


def former_rows(former: Iterable[FormerKey]) -> list[tuple[str, str, str, str | None, str | None]]:
    """Rows of former_keys: of a key that was split one for each that it went into."""
    return [
        (one.kind, one.key, one.happened, successor, one.since)
        for one in sorted(former, key=lambda one: (one.kind, one.key))
        for successor in one.successors or (None,)
    ]
