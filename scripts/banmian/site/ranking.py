"""The ranked search as the canned query `search` states it: page, feed and files show one answer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from banmian.site.closeness import FIRST, closeness
from banmian.site.page_order import Numbers
from banmian.site.search import Asked, escape_fts, in_field, once, some_of

_QUERY = "search"
# Where the statement knows what to look for, where it chooses by edition and the like, and where rows have an order.
_KNOWN, _CHOSEN, _HITS = "), chosen as (", "where (coalesce(:edition", "), hits as ("
# What was asked for, once it is known: the statement begins with it instead.
_TERMS = ("typed", "forms", "words", "other_forms", "other_words")
_GIVEN = f"WITH terms AS (SELECT {', '.join(f':{name} AS {name}' for name in _TERMS)}"
# What narrows a search, in the order of the page; each is a parameter of the query and of the page's address.
FILTERS = ("edition", "from", "to", "person", "organization", "field")
EXACT = "exact"
# The parts of `found`, one behind the other: those with what was typed that are ranked, the rest of them, all others.
_ARMS = ("as_typed", "behind", "otherwise")
_RANKED = "SELECT id, tier FROM {found} ORDER BY tier, relevance, id LIMIT :most OFFSET :first"
_FOUND = """
    SELECT {what} FROM articles_fts WHERE articles_fts MATCH {words}
    AND ((SELECT made = '' FROM choice) OR rowid IN (SELECT id FROM chosen))"""
# Some thousand to a row: to make a row of each takes as long as to find them all, and no text may hold any number.
_SLICES = """
    slices (first) AS (
        SELECT 0 UNION ALL SELECT first + 16384 FROM slices WHERE first + 16384 <= (SELECT max(id) FROM articles)
    )"""
_IDS = ", {slices} SELECT ({found} AND rowid BETWEEN first AND first + 16383) FROM slices"
_IDS_OF_EACH = """
    WITH {slices} SELECT asked.key, (
        SELECT group_concat(rowid) FROM articles_fts
        WHERE articles_fts MATCH asked.value AND rowid BETWEEN first AND first + 16383
    ) FROM json_each(:asked) AS asked JOIN slices"""
# With what their editions and pages say of when and where they were printed.
_TEXTS = """
    SELECT articles.*, edition_id, newspaper, newspaper_basis, date, date_earliest, date_latest, date_basis, number
    FROM json_each(:ids) JOIN articles ON articles.id = value
    JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id"""
# How well an article answers: what was typed stands in it, another form of it, all its words, or some of them.
TYPED, OTHER_FORM, WORDS, SOME_WORDS = range(4)
# No bound: SQL's LIMIT of everything.
ALL = -1


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, whether nothing else is to be found, and what it was narrowed to: values of FILTERS by name.

    `people` is what a statement takes people FROM (private_people.py).
    """

    query: str
    literal: bool
    filters: Mapping[str, str]
    people: str = "people"

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the canned query."""
        none = dict.fromkeys(FILTERS, "")
        return {"q": self.query, EXACT: "1" if self.literal else "", **none, **self.filters}

    @property
    def asked(self) -> dict[str, str]:
        """What of the parameters was given, as it stands in an address."""
        return {name: value for name, value in self.parameters.items() if value}


def search_of(arguments: Mapping[str, str], people: str = "people") -> Search:
    """The search that the arguments of an address ask for."""
    given = {name: value for name in FILTERS if (value := (arguments.get(name) or "").strip())}
    return Search(once(arguments.get("q") or ""), bool(arguments.get(EXACT)), given, people)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the index is asked for: expressions for what was typed, its other forms too, and its words apart too.

    `other_forms` and `other_words` are the same for what does not have what was typed. `names` are the other names of
    what it names, as JSON; None where nothing but what was typed is to be found.
    """

    names: str | None
    typed: str
    forms: str
    words: str
    other_forms: str
    other_words: str

    @property
    def parameters(self) -> dict[str, str]:
        """What stands for them in a statement."""
        return {name: getattr(self, name) for name in _TERMS}


class Ranked(NamedTuple):
    """An article that answers: its id, and how well it does. A tuple: one character makes as many as there are."""

    id: int
    tier: int


@dataclass(frozen=True, slots=True)
class Read:
    """An article that answers, and its row."""

    how: Ranked
    row: sqlite3.Row


@cache
def _canned() -> str:
    """The canned query up to `found`, the rows that answer, without order."""
    text = (resources.files("banmian.site") / "queries" / f"{_QUERY}.sql").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    return "\n".join(lines).partition(_HITS)[0] + ")"


def _statement(search: Search, begin: str | None = None) -> str:
    """The canned query up to `found`; whoever may not be followed on this site is named by nothing that is found.

    `begin` stands instead of all before what is chosen by edition and the like.
    """
    canned = _canned() if begin is None else begin + _KNOWN + _canned().partition(_KNOWN)[2]
    if search.people == "people" or "person" not in search.filters:
        return canned
    known = f":person IN (SELECT key FROM {search.people})"
    return canned.replace(_CHOSEN, f"WHERE {known} AND {_CHOSEN.removeprefix('where ')}")


def found_sql(search: Search) -> str:
    """A SELECT of the ids of what answers."""
    return f"{_statement(search)} {_FOUND.format(what='rowid', words='(SELECT words FROM terms)')}"


def read_terms(connection: sqlite3.Connection, search: Search) -> Terms:
    """What the index is to be asked for."""
    sql = f"{_canned().partition(_KNOWN)[0]}) SELECT names, {', '.join(_TERMS)} FROM terms"
    return Terms(*connection.execute(sql, search.parameters).fetchone())


def read_asked(connection: sqlite3.Connection, search: Search) -> Asked:
    """What was asked for, with the other names of what it names."""
    return Asked.of(search.query, read_terms(connection, search).names)


def read_ranked(
    connection: sqlite3.Connection, search: Search, terms: Terms, most: int = ALL, first: int = 0
) -> list[Ranked]:
    """Up to `most` articles that answer, the best first, without the `first` of them."""
    found: list[Ranked] = []
    # Where enough hold what was typed, nobody asks for the others.
    for name in _ARMS if terms.words != terms.typed else _ARMS[:-1]:
        left = most if most == ALL else most - len(found)
        if not left:
            break
        arm = _arm(connection, search, terms, name, left, first)
        first = max(first - _size(connection, search, terms, name), 0) if first and not arm else 0
        found += arm
    return found


def _size(connection: sqlite3.Connection, search: Search, terms: Terms, name: str) -> int:
    sql = f"{_statement(search, _GIVEN)} SELECT count(*) FROM {name}"
    (size,) = connection.execute(sql, {**search.parameters, **terms.parameters}).fetchone()
    return int(size)


def _arm(
    connection: sqlite3.Connection, search: Search, terms: Terms, name: str, most: int, first: int
) -> list[Ranked]:
    """The articles of one part of `found`."""
    sql = f"{_statement(search, _GIVEN)} {_RANKED.format(found=name)}"
    given = {**search.parameters, **terms.parameters, "most": most, "first": first}
    cursor = connection.cursor()
    # Nobody counts tuples: to count them takes as long as to rank them.
    cursor.row_factory = None
    return list(map(Ranked._make, cursor.execute(sql, given)))


def read_texts(connection: sqlite3.Connection, ids: Sequence[int]) -> list[sqlite3.Row]:
    """Those rows of `articles`, in this order, each with when and where it was printed."""
    rows = {row["id"]: row for row in connection.execute(_TEXTS, among(ids))}
    return [rows[number] for number in ids]


def read_page(
    connection: sqlite3.Connection, ranked: Sequence[Ranked], asked: Asked, is_first: bool = True
) -> list[Read]:
    """These articles, at most FIRST; those of the first page in the order of how closely they answer."""
    page = ranked[:FIRST]
    found = [Read(*pair) for pair in zip(page, read_texts(connection, [one.id for one in page]), strict=True)]
    if not is_first:
        return found
    places = {one.id: place / FIRST for place, one in enumerate(page, 1)}
    return sorted(
        found,
        key=lambda one: (one.how.tier, places[one.how.id] - closeness(asked, one.row["headline"], one.row["body"])),
    )


def read_some(connection: sqlite3.Connection, search: Search, most: int, without: Sequence[int]) -> list[Read]:
    """Up to `most` articles with some of the words, the best first, but those of the ids `without`."""
    some = None if search.literal else some_of(search.query)
    if some is None:
        return []
    asked = replace(search, query=some)
    found = read_ranked(connection, asked, read_terms(connection, asked), FIRST + len(without))
    left = [one for one in found if one.id not in without]
    return read_page(connection, left, Asked(search.query))[:most]


def read_ids(connection: sqlite3.Connection, search: Search, terms: Terms) -> Numbers:
    """The ids of everything that answers, in order: what was typed and its other forms stand where its words do."""
    found = _FOUND.format(what="group_concat(rowid)", words=":words")
    sql = f"{_statement(search, _GIVEN)}{_IDS.format(slices=_SLICES, found=found)}"
    cursor = connection.cursor()
    cursor.row_factory = None
    return _numbers(ids for (ids,) in cursor.execute(sql, {**search.parameters, **terms.parameters}))


def read_ids_of_each(connection: sqlite3.Connection, expressions: Sequence[str]) -> list[Numbers]:
    """The ids of all that the index has for each of these, in order."""
    cursor = connection.cursor()
    cursor.row_factory = None
    rows = cursor.execute(_IDS_OF_EACH.format(slices=_SLICES), {"asked": json.dumps(expressions)}).fetchall()
    return [_numbers(ids for of, ids in rows if of == number) for number in range(len(expressions))]


def _numbers(texts: Iterable[str | None]) -> Numbers:
    return np.fromstring(",".join(filter(None, texts)), dtype=np.int64, sep=",")


def count(connection: sqlite3.Connection, search: Search) -> int:
    """How many articles answer."""
    terms = read_terms(connection, search)
    sql = f"{_statement(search, _GIVEN)} {_FOUND.format(what='count(*)', words=':words')}"
    (articles,) = connection.execute(sql, {**search.parameters, **terms.parameters}).fetchone()
    return int(articles)


def count_each(connection: sqlite3.Connection, search: Search, texts: Sequence[str]) -> list[int]:
    """In how many articles each of these texts stands, of those to which the search is narrowed."""
    field = search.filters.get("field")
    asked = json.dumps([in_field(escape_fts(f'"{text}"'), field) for text in texts])
    found = _FOUND.format(what="count(*)", words="asked.value")
    sql = f"{_statement(search, _GIVEN)} SELECT ({found}) AS articles FROM json_each(:asked) AS asked"
    given = {**search.parameters, **dict.fromkeys(_TERMS, ""), "asked": asked}
    return [row["articles"] for row in connection.execute(sql, given)]


def among(ids: Sequence[int]) -> Mapping[str, Any]:
    """The parameter :ids of statements over json_each(:ids)."""
    return {"ids": json.dumps(ids)}
