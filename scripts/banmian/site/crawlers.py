"""What search engines ask for: /robots.txt and /sitemap.xml, with every address that stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from datasette.utils.asgi import NotFound, Request, Response

from banmian.site.messages import plain
from banmian.site.pages import edition_database

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

# The most that one sitemap may have (sitemaps.org).
MOST = 50_000
# What has addresses. Of people those with a public role, on every site: others did not choose to be found.
_TABLES = {
    "editions": "editions",
    "pages": "pages",
    "articles": "articles",
    "organizations": "organizations",
    "people": "(SELECT * FROM people WHERE public_role IS NOT NULL)",
}
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# Questions of visitors are without end.
_ROBOTS = "User-agent: *\nDisallow: {root}*?\nDisallow: {root}-/search\nSitemap: {sitemap}\n"

ROUTE = rf"^/sitemap-(?P<table>{'|'.join(_TABLES)})-(?P<number>[1-9][0-9]{{0,5}})\.xml$"


async def robots(datasette: Datasette, request: Request) -> Response:
    """What crawlers may ask for: all but queries and searches."""
    sitemap = datasette.absolute_url(request, datasette.urls.path("/sitemap.xml"))
    return Response.text(_ROBOTS.format(root=datasette.urls.instance(), sitemap=sitemap))


async def index(datasette: Datasette, request: Request) -> Response:
    """The list of sitemaps, each of at most MOST addresses."""
    database = await _database(datasette)
    paths = []
    for table, rows in _TABLES.items():
        count = (await database.execute(f"SELECT count(*) FROM {rows}")).single_value()
        paths += [datasette.urls.path(f"/sitemap-{table}-{n + 1}.xml") for n in range(-(-count // MOST))]
    return _xml(datasette, request, "sitemapindex", "sitemap", paths)


async def addresses(datasette: Datasette, request: Request) -> Response:
    """One sitemap: the addresses of a table, in the order of their keys."""
    database = await _database(datasette)
    start = (int(request.url_vars["number"]) - 1) * MOST
    sql = f"SELECT address FROM {_TABLES[request.url_vars['table']]} ORDER BY id LIMIT {MOST} OFFSET {start}"
    paths = [datasette.urls.path(row["address"]) for row in await database.execute(sql)]
    if not paths:
        raise NotFound(plain("errors.not_found"))
    return _xml(datasette, request, "urlset", "url", paths)


async def _database(datasette: Datasette) -> Database:
    name = await edition_database(datasette)
    if name is None:
        raise NotFound(plain("errors.not_found"))
    return datasette.databases[name]


def _xml(datasette: Datasette, request: Request, whole: str, one: str, paths: Sequence[str]) -> Response:
    root = datasette.absolute_url(request, "/").rstrip("/")
    lines = "".join(f"<{one}><loc>{escape(root + path)}</loc></{one}>\n" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} {_SPACE}>\n{lines}</{whole}>\n'
    return Response(text, content_type="application/xml; charset=utf-8")
