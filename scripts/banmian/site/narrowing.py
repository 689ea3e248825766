"""What a search can be narrowed to: editions, times, people, organizations and fields, with how many articles of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from banmian.site.ranking import FILTERS, Search, among, count_in_fields
from banmian.store.index import INDEXES

# Values of each kind that are listed.
LISTED = 8
# Articles of which the values are counted: more of them take longer than the search.
COUNTED = 1_500

# An inferred date counts where both its ends are of one year, or month.
_TIMES = """
    SELECT * FROM (
        SELECT '{facet}' AS facet, substr(first, 1, {length}) AS value, substr(first, 1, {length}) AS label,
            count(*) AS articles, count(*) OVER () AS kinds
        FROM placed WHERE substr(first, 1, {length}) = substr(last, 1, {length})
        GROUP BY value ORDER BY articles DESC, value LIMIT :listed
    )"""
_EDITIONS = """
    SELECT * FROM (
        SELECT 'edition', edition, coalesce(newspaper || ' ', '') || coalesce(days, edition), count(*) AS articles,
            count(*) OVER ()
        FROM placed GROUP BY edition ORDER BY articles DESC, edition LIMIT :listed
    )"""
_ENTITIES = """
    SELECT * FROM (
        SELECT '{facet}', key, name, counted.articles, kinds FROM (
            SELECT id, count(*) AS articles, count(*) OVER () AS kinds FROM (
                SELECT DISTINCT article_id, {facet}_id AS id FROM json_each(:ids) CROSS JOIN mentions
                ON article_id = value WHERE {facet}_id IS NOT NULL
            ) WHERE id IN (SELECT id FROM {table}) GROUP BY id ORDER BY articles DESC, id LIMIT :listed
        ) AS counted JOIN (SELECT * FROM {table}) AS entity ON entity.id = counted.id
        ORDER BY counted.articles DESC, entity.id
    )"""
_PLACED = """
    WITH placed AS MATERIALIZED (
        SELECT articles.id, editions.id AS edition, newspaper, coalesce(date, date_earliest) AS first,
            coalesce(date, date_latest) AS last, coalesce(date, date_earliest || ' – ' || date_latest) AS days
        FROM json_each(:ids) JOIN articles ON articles.id = value
        JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
    )"""
_NAMES = ("year", "month", "edition", "person", "organization")


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what it is called, and how many articles it leaves; `asked` is the search narrowed to it."""

    label: str
    articles: int
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of a kind, of `kinds` that there are."""

    name: str
    values: Sequence[Value]
    kinds: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A filter that is set: its value in words, and the search without it."""

    name: str
    label: str
    without: Mapping[str, str]


def read_facets(connection: sqlite3.Connection, search: Search, ids: Sequence[int]) -> list[Facet]:
    """The kinds with a choice among the articles of these ids; of more than COUNTED so many, evenly spread, count."""
    spread = [ids[n * len(ids) // COUNTED] for n in range(COUNTED)] if len(ids) > COUNTED else ids
    given = {**among(spread), "listed": LISTED}
    counts = (
        _TIMES.format(facet="year", length=4),
        _TIMES.format(facet="month", length=7),
        _EDITIONS,
        _ENTITIES.format(facet="person", table=search.people),
        _ENTITIES.format(facet="organization", table="organizations"),
    )
    rows = connection.execute(_PLACED + " UNION ALL ".join(counts), given).fetchall()
    found = [_facet(search, name, [row for row in rows if row["facet"] == name]) for name in _NAMES]
    found.append(_fields(connection, search, given))
    return [facet for facet in found if facet.values and (facet.kinds > 1 or facet.name in ("person", "organization"))]


def _facet(search: Search, name: str, rows: Sequence[sqlite3.Row]) -> Facet:
    values = [Value(row["label"], row["articles"], _narrowed(search, name, row["value"])) for row in rows]
    return Facet(name, values, rows[0]["kinds"] if rows else 0)


def _narrowed(search: Search, name: str, value: str) -> Mapping[str, str]:
    set_to = {"from": value, "to": value} if name in ("year", "month") else {name: value}
    return replace(search, filters={**search.filters, **set_to}).asked


def _fields(connection: sqlite3.Connection, search: Search, given: Mapping[str, Any]) -> Facet:
    """In which fields it stands: an article may be counted in several."""
    if "field" in search.filters:
        return Facet("field", (), 0)
    counted = count_in_fields(connection, search, INDEXES[0].columns, given)
    found = sorted(((field, articles) for field, articles in counted if articles), key=lambda one: -one[1])
    values = [Value(field, articles, _narrowed(search, "field", field)) for field, articles in found]
    return Facet("field", values, len(values))


def read_narrowed(connection: sqlite3.Connection, search: Search) -> list[Narrowed]:
    """The filters that are set, a time from and to the same as one."""
    filters = dict(search.filters)
    found = []
    if "from" in filters and filters["from"] == filters.get("to"):
        value = filters.pop("from")
        del filters["to"]
        found.append(Narrowed("time", value, _without(search, "from", "to")))
    for name in FILTERS:
        if name in filters:
            found.append(Narrowed(name, _label(connection, name, filters[name]), _without(search, name)))
    return found


def _without(search: Search, *names: str) -> Mapping[str, str]:
    left = {name: value for name, value in search.filters.items() if name not in names}
    return replace(search, filters=left).asked


def _label(connection: sqlite3.Connection, name: str, value: str) -> str:
    tables = {"person": "people", "organization": "organizations"}
    if name not in tables:
        return value
    row = connection.execute(f"SELECT name FROM {tables[name]} WHERE key = ?", [value]).fetchone()
    return value if row is None else str(row["name"])
