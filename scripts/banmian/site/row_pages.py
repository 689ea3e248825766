"""What the pages of rows show: of an edition, a page, an article, a person, an organization and a mention."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from datasette.utils import urlsafe_components
from markupsafe import Markup, escape

from banmian.site.articles import read_articles
from banmian.site.described import citation_tags, json_ld
from banmian.site.entities import read_entity, read_mention
from banmian.site.lasting import shows_part
from banmian.site.messages import remarked
from banmian.site.parts import read_part
from banmian.site.printings import read_printings
from banmian.site.query_pages import FROM
from banmian.site.quoting import quoted
from banmian.site.reading import Row
from banmian.site.search_pages import mark_vars
from banmian.site.source import read_source
from banmian.store.warnings import warning_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

Vars = dict[str, Any]

_HERE = ' class="here" aria-current="page"'
# A line or place with as many digits is none.
_DIGITS = 10
EDITIONS = """
    SELECT editions.*, pages.id AS page_id, pages.position, pages.number, pages.number_basis,
        pages.name, pages.name_basis, pages.source_file, pages.source_sha256, pages.source_form, pages.source_part,
        (SELECT count(*) FROM articles WHERE page_id = pages.id) AS articles
    FROM pages JOIN editions ON editions.id = pages.edition_id"""
_OF_PAGE = f"{EDITIONS} WHERE pages.id = :page"
_OF_EDITION = "SELECT *, id AS edition_id FROM editions WHERE id = :edition"
_PAGES_OF_EDITION = "SELECT * FROM pages WHERE edition_id = :edition ORDER BY position"
_ARTICLES_OF_EDITION = """
    SELECT page_id, headline, articles.key, articles.address FROM articles JOIN pages ON pages.id = page_id
    WHERE edition_id = :edition ORDER BY pages.position, articles.position LIMIT 500"""
# The issues before and after one of an exact date, of the same newspaper.
_NEXT_TO = """
    SELECT * FROM (
        SELECT id, date, 'before' AS side FROM editions
        WHERE (date, id) < (:date, :id) AND newspaper IS :newspaper ORDER BY date DESC, id DESC LIMIT 1)
    UNION ALL SELECT * FROM (
        SELECT id, date, 'after' FROM editions
        WHERE (date, id) > (:date, :id) AND newspaper IS :newspaper ORDER BY date, id LIMIT 1)"""
_MISSING = "SELECT page, pages, kind, reason FROM missing WHERE edition_id = :edition ORDER BY id"
_WARNINGS = "SELECT kind, line, details FROM warnings WHERE page_id = :page ORDER BY id"


async def _one(database: Database, sql: str, **params: object) -> Row:
    row: Row = (await database.execute(sql, params)).first()
    return row


async def _next_to(database: Database, edition: Row) -> Sequence[Row]:
    """The issue before an edition and the one after it, as far as there are any."""
    of = {key: edition[key] for key in ("id", "date", "newspaper")}
    return (await database.execute(_NEXT_TO, of)).rows if edition["date"] else []


async def _page(datasette: Datasette, name: str, request: Request) -> Vars:
    page_id = _row_key(request)
    database = datasette.get_database(name)
    others = "SELECT id, position, number FROM pages WHERE edition_id = :edition ORDER BY position"
    page = await _one(database, _OF_PAGE, page=page_id)
    part = await read_part(database, page_id, _number(request, FROM))
    return {
        "page": page,
        "part": part,
        "articles": await read_articles(datasette, name, page_id, part.ids),
        "next_to": await _next_to(database, page),
        "pages_of_edition": (await database.execute(others, {"edition": page["id"]})).rows,
        "warnings": [remarked(warning_of(row)) for row in await database.execute(_WARNINGS, {"page": page_id})],
    }


async def source_vars(datasette: Datasette, name: str, page_id: str, request: Request) -> Vars:
    """What the page as it came in shows: ?line= says which part of it."""
    database = datasette.get_database(name)
    return {
        "metadata": datasette.metadata(),
        "edition_database": name,
        "shows_part": await shows_part(datasette.get_database(name)),
        "page": await _one(database, _OF_PAGE, page=page_id),
        "source": await read_source(datasette, name, page_id, _number(request, "line")),
        "warnings": [remarked(warning_of(row)) for row in await database.execute(_WARNINGS, {"page": page_id})],
    }


async def _edition(datasette: Datasette, name: str, request: Request) -> Vars:
    database = datasette.get_database(name)
    of = {"edition": _row_key(request)}
    edition = await _one(database, _OF_EDITION, **of)
    return {
        "edition": edition,
        "next_to": await _next_to(database, edition),
        "pages": (await database.execute(_PAGES_OF_EDITION, of)).rows,
        "articles": (await database.execute(_ARTICLES_OF_EDITION, of)).rows,
        "missing": (await database.execute(_MISSING, of)).rows,
    }


async def _article(datasette: Datasette, name: str, request: Request) -> Vars:
    database = datasette.get_database(name)
    row = await _one(database, "SELECT id, page_id FROM articles WHERE id = :id", id=_row_key(request))
    marked = await mark_vars(database, request)
    ids = row["id"], row["id"]
    (article,) = await read_articles(datasette, name, row["page_id"], ids, is_alone=True, mark=marked["mark_asked"])
    beside = "SELECT id, key, headline, address FROM articles WHERE page_id = :page ORDER BY position"
    keywords = "SELECT word FROM keywords WHERE article_id = :id ORDER BY position"
    page = await _one(database, _OF_PAGE, page=row["page_id"])
    canonical = request.scope.get("canonical") or datasette.absolute_url(request, article.href)
    return {
        "page": page,
        "beside": _items(datasette, (await database.execute(beside, {"page": row["page_id"]})).rows, row["id"]),
        "article": article,
        **marked,
        "json_ld": json_ld(article, page, canonical),
        "citation_tags": citation_tags(article, page, canonical),
        "printings": await read_printings(database, row["id"]),
        "keywords": [found["word"] for found in await database.execute(keywords, {"id": row["id"]})],
    }


def _items(datasette: Datasette, articles: Sequence[Row], here: int) -> Markup:
    """Links to these articles as the items of a list. A page may hold hundreds: templates take ten times as long."""
    return Markup("").join(
        Markup(
            f"<li{_HERE if article['id'] == here else ''}>"
            f'<a href="{escape(datasette.urls.path(article["address"]))}">'
            f"{quoted(article['headline'] or article['key'])}</a></li>"
        )
        for article in articles
    )


async def _person(datasette: Datasette, name: str, request: Request) -> Vars:
    return await read_entity(datasette, name, "people", "person_id", _row_key(request), _number(request, FROM))


async def _organization(datasette: Datasette, name: str, request: Request) -> Vars:
    key = _row_key(request)
    return await read_entity(datasette, name, "organizations", "organization_id", key, _number(request, FROM))


async def _mention(datasette: Datasette, name: str, request: Request) -> Vars:
    return await read_mention(datasette, name, _row_key(request))


def _number(request: Request, parameter: str) -> int:
    """What this parameter says, 0 where it is no number."""
    asked = request.args.get(parameter) or ""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < _DIGITS else 0


def _row_key(request: Request) -> str:
    return str(urlsafe_components(request.url_vars["pks"])[0])


BUILDERS: Mapping[str, Callable[[Any, str, Any], Awaitable[Vars]]] = {
    "row-edition-editions.html": _edition,
    "row-edition-pages.html": _page,
    "row-edition-articles.html": _article,
    "row-edition-people.html": _person,
    "row-edition-organizations.html": _organization,
    "row-edition-mentions.html": _mention,
}
