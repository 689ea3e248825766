"""An article as a search lists it: its headline and the first places of what was searched for, each with an address."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from banmian.site.hits import Place, context, marked, places_in
from banmian.site.menu import SEARCH
from banmian.site.messages import Say
from banmian.site.narrowing import Facet
from banmian.site.quoting import quoted
from banmian.site.ranking import EXACT, Read, Search
from banmian.site.search import Asked


@dataclass(frozen=True, slots=True)
class Found:
    """One place of an article, with what stands around it; `address` leads to it, marked."""

    field: str
    context: Markup
    address: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found; `tier` says how well (ranking.py).

    `places` are its first places, of `places_found`; `address` leads to it with all of them marked.
    """

    row: sqlite3.Row
    tier: int
    title: Markup
    places: Sequence[Found]
    places_found: int
    address: str


def listed(found: Sequence[Read], search: Search, asked: Asked, most: int) -> list[Hit]:
    """These articles, with the first `most` places of each, cut from their texts."""
    marking = urlencode({"mark": search.query} | ({EXACT: "1"} if search.literal else {}))
    return [_hit(one.row, one.how.tier, marking, search, asked, most) for one in found]


def places_html(found: Sequence[Found], say: Say, path: Callable[[str], str]) -> Markup:
    """The places as a list in HTML; `path` makes an address of the site of one in it.

    A template takes three times as long for the hundreds that a page may have.
    """
    items = []
    for place in found:
        kind = "" if place.field == "body" else f"<small>{escape(say.kind(place.field))}</small> "
        items.append(f'<li>{kind}<a href="{escape(path(place.address))}">{quoted(place.context)}</a></li>')
    return Markup(f'\n<ul class="places">{"".join(items)}</ul>\n')


def values_html(facet: Facet, say: Say, path: Callable[[str], str]) -> Markup:
    """What a search can be narrowed to of one kind, as the items of a list in HTML."""
    items = []
    for value in facet.values:
        label = say.kind(value.label) if facet.name == "field" else quoted(value.label)
        href = escape(f"{path(SEARCH)}?{urlencode(value.asked)}")
        articles = say("search.articles_count", count=value.articles)
        items.append(f'<li><a href="{href}">{label}</a> <small>{articles}</small></li>')
    return Markup("".join(items))


def count_places(rows: Iterable[sqlite3.Row], search: Search, asked: Asked) -> int:
    """The places in all these texts."""
    return sum(len(_places(row, search, asked)) for row in rows)


def _hit(row: sqlite3.Row, tier: int, marking: str, search: Search, asked: Asked, most: int) -> Hit:
    places = _places(row, search, asked)
    headline = [place for place in places if place.field == "headline"]
    title = escape(row["headline"] or row["key"])
    address = f"{row['address']}?{marking}"
    first = [
        Found(place.field, context(row[place.field], place), f"{address}#{place.anchor}") for place in places[:most]
    ]
    return Hit(
        row, tier, marked(title, 0, headline, anchored=False) if headline else title, first, len(places), address
    )


def _places(row: sqlite3.Row, search: Search, asked: Asked) -> list[Place]:
    places, field = places_in(row, asked), search.filters.get("field")
    return places if field is None else [place for place in places if place.field == field]
