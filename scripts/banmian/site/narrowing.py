"""What a search can be narrowed to: editions, times, people, organizations and fields, with how many articles of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from banmian.site.page_order import Numbers, PageOrder, numbers
from banmian.site.ranking import FILTERS, Search, among, read_ids_of_each
from banmian.site.search import in_field
from banmian.store.index import INDEXES

# Values of each kind that are listed.
LISTED = 8
# Articles of which the values are counted: more of them take longer than the search.
COUNTED = 1_500
# Numbers of what is counted, and of how many articles each.
_Counts = tuple[Numbers, Numbers]

_EDITIONS = """
    SELECT * FROM (
        SELECT 'edition' AS facet, editions.id AS value, coalesce(newspaper || ' ', '') || coalesce(
            date, nullif(coalesce(date_earliest, '') || ' – ' || coalesce(date_latest, ''), ' – '), editions.id
        ) AS label, counted.value AS articles
        FROM json_each(:edition) AS counted JOIN editions ON editions.id = counted.key ORDER BY counted.id
    )"""
_ENTITIES = """
    SELECT * FROM (
        SELECT '{facet}', entity.key, name, counted.value
        FROM json_each(:{facet}) AS counted JOIN (SELECT * FROM {table}) AS entity ON entity.id = counted.key
        ORDER BY counted.id
    )"""
_KNOWN = "SELECT id FROM {people} WHERE id IN (SELECT value FROM json_each(:ids))"
# Articles whose names stand in one row: to make a row of each takes as long again.
_TOGETHER = 32
_MENTIONED = """
    SELECT (SELECT group_concat(names) FROM json_each(some.value) AS one JOIN article_names ON article_id = one.value)
    FROM json_each(:ids) AS some"""
# The fields that any article has, as the build counted them.
FILLED = "SELECT DISTINCT kind FROM span_counts WHERE in_article"
_NAMED = ("edition", "person", "organization")


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
class File:
    """The file that was searched: the `order` of its pages, the fields that are `filled` in any article.

    `is_public`: people without a public role are left out. `words` is what its index was asked for.
    """

    order: PageOrder
    filled: Collection[str]
    is_public: bool
    words: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A filter that is set: its value in words, and the search without it."""

    name: str
    label: str
    without: Mapping[str, str]


def read_facets(connection: sqlite3.Connection, search: Search, ids: Numbers, file: File) -> list[Facet]:
    """The kinds with a choice among the articles of these ids; of more than COUNTED so many, evenly spread, count."""
    spread = ids[np.arange(COUNTED) * len(ids) // COUNTED] if len(ids) > COUNTED else ids
    pages, articles = np.unique(file.order.articles.pages_of(spread), return_counts=True)
    people, organizations = _mentioned(connection, spread.tolist())
    editions = _added_up(file.order.editions[pages], articles)
    counts = {
        "edition": (np.array(file.order.edition_ids, dtype=object)[editions[0]], editions[1]),
        "person": _known(connection, search, file, people),
        "organization": organizations,
    }
    fields = [] if "field" in search.filters else [field for field in INDEXES[0].columns if field in file.filled]
    listed = {facet: json.dumps(dict(zip(*_first(counted), strict=True))) for facet, counted in counts.items()}
    sql = (
        _EDITIONS,
        _ENTITIES.format(facet="person", table=search.people),
        _ENTITIES.format(facet="organization", table="organizations"),
    )
    rows = connection.execute(" UNION ALL ".join(sql), listed).fetchall()
    found = _times(search, file.order, pages, articles)
    for facet, (values, _) in counts.items():
        found.append(_facet(search, facet, [row for row in rows if row["facet"] == facet], len(values)))
    found.append(_fields(connection, search, spread, file.words, fields))
    return [facet for facet in found if facet.values and (facet.kinds > 1 or facet.name in ("person", "organization"))]


def _times(search: Search, order: PageOrder, pages: Numbers, articles: Numbers) -> list[Facet]:
    """Years and months. An inferred date counts where both its ends are of one."""
    found = []
    for name, periods in (("year", order.years), ("month", order.months)):
        of_pages = order.periods_of(periods, pages)
        counted = _added_up(of_pages[of_pages >= 0], articles[of_pages >= 0])
        values = [
            Value(periods.names[place], number, _narrowed(search, name, periods.names[place]))
            for place, number in zip(*_first(counted), strict=True)
        ]
        found.append(Facet(name, values, len(counted[0])))
    return found


def _added_up(places: Numbers, articles: Numbers) -> _Counts:
    """The sum of the `articles` that stand beside each place."""
    different, at = np.unique(places, return_inverse=True)
    return different, np.bincount(at, articles, len(different)).astype(np.int64)


def _mentioned(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[_Counts, _Counts]:
    """The people and the organizations that these articles mention, by their numbers, and in how many of them."""
    cursor = connection.cursor()
    cursor.row_factory = None
    together = json.dumps([ids[first : first + _TOGETHER] for first in range(0, len(ids), _TOGETHER)])
    names = ",".join(names for (names,) in cursor.execute(_MENTIONED, {"ids": together}) if names)
    # Lists of numbers as one: to read each by itself takes five times as long.
    listed = np.fromstring(names.replace("[", "").replace("]", ""), dtype=np.int64, sep=",")
    numbers, articles = np.unique(listed, return_counts=True)
    is_person = numbers > 0
    return (numbers[is_person], articles[is_person]), (-numbers[~is_person], articles[~is_person])


def _known(connection: sqlite3.Connection, search: Search, file: File, people: _Counts) -> _Counts:
    """Those who may be found on this site."""
    if search.people == "people" and not file.is_public:
        return people
    cursor = connection.cursor()
    cursor.row_factory = None
    known = cursor.execute(_KNOWN.format(people=search.people), among(people[0].tolist()))
    is_known = np.isin(people[0], numbers(number for (number,) in known))
    return people[0][is_known], people[1][is_known]


def _first(counts: _Counts) -> tuple[Sequence[Any], Sequence[int]]:
    """Those that are listed, the commonest first."""
    values, articles = counts
    first = np.lexsort((values, -articles))[:LISTED]
    return values[first].tolist(), articles[first].tolist()


def _facet(search: Search, name: str, rows: Sequence[sqlite3.Row], kinds: int) -> Facet:
    values = [Value(row["label"], row["articles"], _narrowed(search, name, row["value"])) for row in rows]
    return Facet(name, values, kinds)


def _narrowed(search: Search, name: str, value: str) -> Mapping[str, str]:
    set_to = {"from": value, "to": value} if name in ("year", "month") else {name: value}
    return replace(search, filters={**search.filters, **set_to}).asked


def _fields(connection: sqlite3.Connection, search: Search, ids: Numbers, words: str, fields: Sequence[str]) -> Facet:
    """In which fields it stands: an article may be counted in several."""
    found = read_ids_of_each(connection, [in_field(words, field) for field in fields])
    counted = [(field, int(np.isin(ids, there).sum())) for field, there in zip(fields, found, strict=True)]
    values = [
        Value(field, articles, _narrowed(search, "field", field))
        for field, articles in sorted(counted, key=lambda one: -one[1])
        if articles
    ]
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
