"""What the search page shows: articles ranked, exact hits first, then people and organizations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup, escape

from banmian.site.articles import Row
from banmian.site.hits import Place, context, marked, places_in
from banmian.site.lasting import is_public
from banmian.site.search import escape_fts_width, escape_fts_words
from banmian.site.snippets import CLOSE, OPEN, as_html, readable

if TYPE_CHECKING:
    from datasette.database import Database

MOST = 20
# Places of one article on the page of a search: a page of a newspaper has few more of one word.
LISTED = 100

# What stands before a name in a text that was copied, and after it, read backwards: such as the colon after who speaks.
_BEFORE = re.compile(r'\A[^\w"-]+')
_AFTER = re.compile(r'\A[^\w"*]+')

_COUNT = "SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH :match"
_ARTICLES = """
    WITH hits AS (
        SELECT rowid AS id, rank AS relevance,
            rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :exact) AS exact
        FROM articles_fts WHERE articles_fts MATCH :match ORDER BY exact DESC, relevance, id LIMIT :most
    )
    SELECT articles.*, hits.exact FROM hits JOIN articles ON articles.id = hits.id
    ORDER BY hits.exact DESC, hits.relevance, hits.id"""
_ENTITIES = """
    SELECT entity.*, hits.name_found, hits.aliases_found
    FROM (
        SELECT rowid, rank, highlight({table}_fts, 0, :open, :close) AS name_found,
            highlight({table}_fts, 1, :open, :close) AS aliases_found
        FROM {table}_fts WHERE {table}_fts MATCH :name ORDER BY rank LIMIT :most
    ) AS hits JOIN {table} AS entity ON entity.id = hits.rowid ORDER BY hits.rank, entity.id"""


@dataclass(frozen=True, slots=True)
class Found:
    """One place of an article, with what stands around it; `address` leads to it, marked."""

    field: str
    context: Markup
    address: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found; `exact` is False where only the words were found, apart from each other.

    `places` are its first places, at most LISTED of `places_found`.
    """

    row: Row
    exact: bool
    title: Markup
    snippet: Markup | None = None
    places: Sequence[Found] = ()
    places_found: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """At most MOST hits of each kind; `articles_found` counts all, `places_found` the places in the articles listed."""

    articles: Sequence[Hit]
    articles_found: int
    places_found: int
    people: Sequence[Hit]
    organizations: Sequence[Hit]


async def search_results(database: Database, query: str) -> Results:
    """Search everywhere for what was typed."""
    match, exact = escape_fts_words(query), escape_fts_width(query)
    name = escape_fts_width(bare(query) or query)
    params: dict[str, str | int] = {"match": match, "exact": exact, "name": name, "open": OPEN, "close": CLOSE}
    params["most"] = MOST
    count = (await database.execute(_COUNT.format(table="articles"), params)).single_value()
    articles = (await database.execute(_ARTICLES, params)).rows
    hits = await database.execute_fn(lambda _: [_hit(row, query) for row in articles])
    hides = await is_public(database)
    return Results(
        hits,
        count,
        sum(hit.places_found for hit in hits),
        [hit for hit in await _entities(database, "people", params) if hit.row["public_role"] or not hides],
        await _entities(database, "organizations", params),
    )


def _hit(row: Row, query: str) -> Hit:
    places = places_in(row, query)
    headline = [place for place in places if place.field == "headline"]
    title = marked(escape(row["headline"] or row["key"]), 0, headline, anchored=False)
    listed = [
        Found(place.field, context(row[place.field], place), _address(row, query, place)) for place in places[:LISTED]
    ]
    return Hit(row, bool(row["exact"]), title, places=listed, places_found=len(places))


def _address(row: Row, query: str, place: Place) -> str:
    return f"{row['address']}?{urlencode({'mark': query})}#{place.anchor}"


async def _entities(database: Database, table: str, params: dict[str, str | int]) -> list[Hit]:
    rows = await database.execute(_ENTITIES.format(table=table), params)
    return [
        Hit(row, True, _html(row["name_found"]) or escape(row["name"]), _html(row["aliases_found"])) for row in rows
    ]


def bare(query: str) -> str:
    """`query` without the signs around it that belong to no name and no syntax."""
    return _AFTER.sub("", _BEFORE.sub("", query)[::-1])[::-1]


def _html(marked: str | None) -> Markup | None:
    text = readable(marked)
    return None if text is None else as_html(text) or escape(text)
