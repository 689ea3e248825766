"""Atom feeds: the latest articles that name a person or an organization, or that contain what is searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response
from lxml import etree

from banmian.site.messages import brief
from banmian.site.nearly import refusal
from banmian.site.pages import open_edition
from banmian.site.ranking import found_sql, search_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

SUFFIX = ".atom"
SEARCH = f"/-/search{SUFFIX}"
_MOST = 50
_NAMESPACE = "http://www.w3.org/2005/Atom"
# The column by which mentions refer to what has a feed.
FEEDS = {"people": "person_id", "organizations": "organization_id"}
_ARTICLES = """
    SELECT articles.address, articles.headline, articles.key, editions.newspaper,
        date, coalesce(date, nullif(coalesce(date_earliest, '') || ' – ' || coalesce(date_latest, ''), ' – ')) AS days
    FROM articles JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
    WHERE articles.id IN ({chosen})
    ORDER BY coalesce(date, date_latest, date_earliest) DESC NULLS LAST, articles.id LIMIT :most"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
# What no XML may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: an address that stays, which it is known by, a title, when it was last other, and what it says."""

    address: str
    title: str
    time: str
    summary: str


async def feed_of_row(datasette: Datasette, request: Request, name: str, table: str, number: str, url: str) -> Response:
    """The feed of the person or organization with this number of `table`, whose page is at `url`."""
    database = datasette.get_database(name)
    row = (await database.execute(f"SELECT name FROM {table} WHERE id = ?", [number])).first()
    chosen = f"SELECT article_id FROM mentions WHERE {FEEDS[table]} = :id"
    return await _feed(datasette, request, database, row["name"], url, url + SUFFIX, chosen, {"id": number})


async def of_search(datasette: Datasette, request: Request) -> Response:
    """The feed of what is searched for with ?q=."""
    name = await open_edition(datasette, request)
    database = datasette.get_database(name)
    search = search_of(request.args, "people")
    asked = urlencode(search.asked)
    page = datasette.absolute_url(request, f"{datasette.urls.path('/-/search')}?{asked}")
    own = datasette.absolute_url(request, f"{datasette.urls.path(SEARCH)}?{asked}")
    chosen = found_sql(search) if search.query.strip() and refusal(search) is None else "SELECT NULL"
    title = brief("titles.search_for", query=search.query)
    return await _feed(datasette, request, database, title, page, own, chosen, search.parameters)


async def _feed(
    datasette: Datasette,
    request: Request,
    database: Database,
    title: str,
    page: str,
    own: str,
    chosen: str,
    params: Mapping[str, Any],
) -> Response:
    rows = (await database.execute(_ARTICLES.format(chosen=chosen), {**params, "most": _MOST})).rows
    # Of what has no exact day the file's own time is the latest that can be said.
    built = built_at(database)
    times = [f"{row['date']}T00:00:00Z" if row["date"] and _DAY.match(row["date"]) else built for row in rows]
    entries = [
        Entry(
            datasette.absolute_url(request, datasette.urls.path(row["address"])),
            row["headline"] or row["key"],
            time,
            " ".join(_known((row["newspaper"], row["days"]))),
        )
        for row, time in zip(rows, times, strict=True)
    ]
    return atom(title, page, own, entries, built)


def built_at(database: Database) -> str:
    """When the file of the database was written, as a feed says it."""
    return datetime.fromtimestamp(Path(database.path).stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def atom(title: str, page: str, own: str, entries: Sequence[Entry], built: str) -> Response:
    """The feed at `own` of what stands at `page`; `built` is its time where it has no entry."""
    feed = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap={None: _NAMESPACE})
    _add(feed, page, f"{title} · {brief('site.name')}", max((entry.time for entry in entries), default=built), page)
    etree.SubElement(feed, f"{{{_NAMESPACE}}}link", rel="self", type="application/atom+xml", href=own)
    author = etree.SubElement(feed, f"{{{_NAMESPACE}}}author")
    etree.SubElement(author, f"{{{_NAMESPACE}}}name").text = brief("site.name")
    for one in entries:
        entry = etree.SubElement(feed, f"{{{_NAMESPACE}}}entry")
        _add(entry, one.address, one.title, one.time, one.address)
        if one.summary:
            etree.SubElement(entry, f"{{{_NAMESPACE}}}summary").text = _xml(one.summary)
    body = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _add(element: Any, identity: str, title: str, updated: str, page: str) -> None:
    """What both a feed and an entry must have. `identity` is an address that stays."""
    for name, text in (("id", identity), ("title", title), ("updated", updated)):
        etree.SubElement(element, f"{{{_NAMESPACE}}}{name}").text = _xml(text)
    etree.SubElement(element, f"{{{_NAMESPACE}}}link", rel="alternate", type="text/html", href=page)


def _known(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", " ".join(text.split()))
