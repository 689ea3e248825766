"""What the search page shows: articles ranked, what was typed first, what they can be narrowed to, and names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from banmian.site.closeness import FIRST
from banmian.site.hits import FIELDS, marked, places_in
from banmian.site.listing import Hit, count_places, listed
from banmian.site.narrowing import Facet, Narrowed, read_narrowed
from banmian.site.near_names import near_names
from banmian.site.nearly import Nearly, read_nearly, refusal
from banmian.site.page_order import Numbers, numbers
from banmian.site.pinyin import Entity
from banmian.site.ranking import (
    EXACT,
    WORDS,
    Search,
    among,
    count_each,
    read_ids,
    read_page,
    read_ranked,
    read_some,
    read_terms,
)
from banmian.site.search import Asked, added, escape_fts_forms, escape_fts_width, some_of

MOST = FIRST
# Places of one article on the page of a search: a page of a newspaper has few more of one word.
LISTED = 100
# Of a search longer than that, in characters, so many.
_LONG, _FEW = 100, 3
# Articles below which those are listed too that have some of the words.
FEWEST = 10
# Articles of which all places are counted; of more, those of the articles listed.
COUNTED = 200

# What stands before a name in a text that was copied, and after it, read backwards: such as the colon after who speaks.
_BEFORE = re.compile(r'\A[^\w"-]+')
_AFTER = re.compile(r'\A[^\w"*]+')

_TEXTS = f"SELECT {', '.join(FIELDS)} FROM json_each(:ids) JOIN articles ON articles.id = value"
_ENTITIES = """
    SELECT entity.*, (
        SELECT group_concat(name, char(10)) FROM (SELECT name FROM aliases WHERE {column} = entity.id ORDER BY id)
    ) AS aliases, count(*) OVER () AS found
    FROM {table}_fts JOIN (SELECT * FROM {known}) AS entity ON entity.id = {table}_fts.rowid
    WHERE {table}_fts MATCH :match ORDER BY entity.name = :name DESC, entity.mentions DESC, entity.id LIMIT :most"""

_ROWS = "SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY mentions DESC, id LIMIT :most"
# Of each table the kind of name, and the column that refers to it.
_KINDS = {"people": ("person", "person_id"), "organizations": ("organization", "organization_id")}


@dataclass(frozen=True, slots=True)
class Name:
    """A person or organization that is called so, with the other names that the search found it by."""

    row: sqlite3.Row
    kind: str
    title: Markup
    aliases: Markup | None


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of what was typed that was looked for too, and in how many articles it stands."""

    typed: str
    form: str
    articles: int


@dataclass(frozen=True, slots=True)
class Results:
    """At most MOST articles, from `first` on, of `found`.

    `ids` are all articles found. `places` counts those of all articles where `all_places`, else of the
    articles listed. `names` are at most MOST of each kind, of `names_found`. `asked` is the search as it stands in its
    address, `literally` the same for what was typed alone. `refused` is the message that says why nothing was
    searched for. `wanted` has the other names of what was typed, `words` is what the index was asked for. `some` are
    articles with some of the words, where few have all; `spelled` are names that are spelled so in pinyin, `near`
    those like it.
    """

    asked: Mapping[str, str]
    literally: Mapping[str, str]
    narrowed: Sequence[Narrowed] = ()
    wanted: Asked | None = None
    words: str = ""
    articles: Sequence[Hit] = ()
    some: Sequence[Hit] = ()
    first: int = 0
    found: int = 0
    ids: Numbers = field(default_factory=lambda: numbers(()))
    places: int = 0
    all_places: bool = True
    names: Sequence[Name] = ()
    names_found: int = 0
    spelled: Sequence[Name] = ()
    near: Sequence[Name] = ()
    forms: Sequence[Form] = ()
    facets: Sequence[Facet] = ()
    nearly: Sequence[Nearly] = ()
    refused: str | None = None

    @property
    def is_said(self) -> bool:
        """Whether what was typed, or another form of it, stands in an article: not only its words apart."""
        return bool(self.articles) and self.articles[0].tier < WORDS


def search_results(connection: sqlite3.Connection, search: Search, first: int = 0) -> Results:
    """The articles that answer, without what stands beside them."""
    about = Results(search.asked, {**search.asked, EXACT: "1"}, read_narrowed(connection, search))
    if reason := refusal(search):
        return replace(about, refused=reason, nearly=read_nearly(connection, search))
    terms = read_terms(connection, search)
    asked = Asked.of(search.query, terms.names)
    ids = read_ids(connection, search, terms)
    ranked = read_ranked(connection, search, terms, MOST, first) if first < len(ids) else []
    # Each place has an address in which the whole search stands.
    most = LISTED if len(search.query) <= _LONG else _FEW
    hits = listed(read_page(connection, ranked, asked, not first), search, asked, most)
    return replace(
        about,
        wanted=asked,
        words=terms.words,
        articles=hits,
        first=first,
        found=len(ids),
        ids=ids,
        places=_count_places(connection, search, asked, ids, hits),
        all_places=len(ids) <= max(COUNTED, len(hits)),
        nearly=() if len(ids) else read_nearly(connection, search),
        some=_some(connection, search, ids.tolist()) if not first and len(ids) < FEWEST else (),
    )


def _some(connection: sqlite3.Connection, search: Search, ids: Sequence[int]) -> list[Hit]:
    found = read_some(connection, search, FEWEST - len(ids), ids)
    some = replace(search, query=some_of(search.query) or "")
    return listed(found, some, Asked(some.query), _FEW)


def beside(
    connection: sqlite3.Connection,
    search: Search,
    results: Results,
    spelled: Sequence[Entity] = (),
    alike: Sequence[Entity] = (),
) -> Results:
    """The results with what stands beside the articles: names and other forms.

    `spelled` are those that are spelled in pinyin as was typed, `alike` those whose names are spelled alike.
    """
    if results.wanted is None:
        return results
    people, people_found = _names(connection, "people", search)
    bodies, bodies_found = _names(connection, "organizations", search)
    return replace(
        results,
        names=sorted([*people, *bodies], key=lambda name: -name.row["mentions"]),
        names_found=people_found + bodies_found,
        spelled=_listed(connection, spelled),
        near=() if results.is_said else _listed(connection, [*alike, *near_names(connection, search)]),
        forms=_forms(connection, search, results.wanted),
    )


def too_slow(search: Search) -> Results:
    """What is shown where the time of a search is up."""
    return Results(search.asked, {**search.asked, EXACT: "1"}, refused="search.too_slow")


def _count_places(
    connection: sqlite3.Connection, search: Search, asked: Asked, ids: Numbers, hits: Sequence[Hit]
) -> int:
    """The places in all articles found; where these are many, those in the articles listed."""
    there = sum(hit.places_found for hit in hits)
    if len(ids) > COUNTED:
        return there
    others = sorted(set(ids.tolist()) - {hit.row["id"] for hit in hits})
    return there + count_places(connection.execute(_TEXTS, among(others)), search, asked)


def _forms(connection: sqlite3.Connection, search: Search, asked: Asked) -> list[Form]:
    """The other forms that stand somewhere."""
    forms = [(typed, form) for typed, form in added(asked) if '"' not in form]
    counted = count_each(connection, search, [form for _, form in forms]) if forms else []
    return [Form(*form, articles) for form, articles in zip(forms, counted, strict=True) if articles]


def _names(connection: sqlite3.Connection, table: str, search: Search) -> tuple[list[Name], int]:
    """Those of `table` that are called so, the commonest first, and how many there are."""
    called = bare(search.query) or search.query
    match = escape_fts_width(called) if search.literal else escape_fts_forms(called)
    kind, column = _KINDS[table]
    rows = connection.execute(
        _ENTITIES.format(table=table, column=column, known=search.people if table == "people" else table),
        {"match": match, "name": called, "most": MOST},
    ).fetchall()
    named = Asked(called, literal=search.literal)
    return [_name(row, kind, named) for row in rows], rows[0]["found"] if rows else 0


def _listed(connection: sqlite3.Connection, entities: Sequence[Entity]) -> list[Name]:
    """The commonest of these rows."""
    found: list[Name] = []
    for table, (kind, _) in _KINDS.items():
        ids = [number for of, number in entities if of == table]
        rows = connection.execute(_ROWS.format(table=table), {**among(ids), "most": MOST}) if ids else ()
        found += (Name(row, kind, escape(row["name"]), None) for row in rows)
    return sorted(found, key=lambda name: -name.row["mentions"])[:MOST]


def _name(row: sqlite3.Row, kind: str, asked: Asked) -> Name:
    texts = {**dict.fromkeys(FIELDS), "headline": row["name"], "body": row["aliases"]}
    places = places_in(texts, asked)
    title, aliases = (
        marked(escape(texts[field]), 0, [place for place in places if place.field == field], anchored=False)
        if texts[field]
        else None
        for field in ("headline", "body")
    )
    return Name(row, kind, title or Markup(), None if aliases is None else Markup(aliases.replace("\n", " ")))


def bare(query: str) -> str:
    """`query` without the signs around it that belong to no name and no syntax."""
    return _AFTER.sub("", _BEFORE.sub("", query)[::-1])[::-1]
