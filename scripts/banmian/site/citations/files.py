"""A citation as an answer of the site: a file of one form, or the box in which a page shows all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from datasette.utils import tilde_decode
from datasette.utils.asgi import Request, Response

from banmian.site import own_queries
from banmian.site.citations.citation import Citation
from banmian.site.citations.formats import FORMATS, Format, cite_key
from banmian.site.citations.read import cited_query, cited_row, is_edition
from banmian.site.messages import brief
from banmian.site.quoting import own_half

if TYPE_CHECKING:
    from datasette.app import Datasette

# What says of an address how it is shown or cut, not what was asked.
_PASSING = frozenset(("_from", "_hide_sql", "_show_sql", "_next", "_bom", "_dl", "_stream", "_format"))
# Characters of a query that stand in a title.
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A form of a citation as a page shows it: its name, its text and where the same is a file."""

    name: str
    text: str
    href: str


def citation_file(form: Format, citation: Citation) -> Response:
    """The citation in one form, to be saved."""
    name = cite_key(citation.key).replace(":", "-")[:100] + form.suffix
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(form.written(citation), headers=headers, content_type=form.content_type)


async def box_of_row(datasette: Datasette, request: Request, name: str) -> Sequence[Shown]:
    """What the page of an article, a name or a mention shows of its citation."""
    table, number = request.scope["cited"]
    citation = await cited_row(datasette.get_database(name), table, number, request.scope["canonical"])
    return _box(citation, lambda form: citation.url + form.suffix)


async def cited_address(datasette: Datasette, request: Request) -> Citation | None:
    """The citation of what this request asks for, as a page or a file; None where it is none that is cited."""
    if (cited := request.scope.get("cited")) is not None:
        database = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
        table, number = cited
        return await cited_row(database, table, number, request.scope["canonical"])
    path, dot, ending = request.path.rpartition(".")
    path = path if dot and "/" not in ending else request.path
    return await _cited(datasette, request, f"{path}?{request.query_string}" if request.query_string else path)


async def box_of_query(datasette: Datasette, request: Request, name: str) -> Sequence[Shown]:
    """What the page of a table or query shows of its citation."""
    of = f"{request.path}?{request.query_string}" if request.query_string else request.path
    citation = await _cited(datasette, request, of)
    if citation is None:
        return ()
    asked = urlencode({"of": of})
    return _box(citation, lambda form: f"{datasette.urls.path('/-/cite' + form.suffix)}?{asked}")


def _box(citation: Citation, href: Callable[[Format], str]) -> Sequence[Shown]:
    return [Shown(form.name, form.written(citation), str(href(form))) for form in FORMATS]


async def of_query(datasette: Datasette, request: Request) -> Response:
    """The citation of the table or query whose address is ?of=, in the form that the end of the address names."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    form = next(form for form in FORMATS if form.suffix == request.url_vars["suffix"])
    citation = await _cited(datasette, request, request.args.get("of") or "")
    if citation is None:
        return Response.text(brief("errors.cite_what"), status=400)
    return citation_file(form, citation)


async def _cited(datasette: Datasette, request: Request, of: str) -> Citation | None:
    """The citation of the table or query at the address `of` of this site; None where that is neither."""
    path, _, query = of.partition("?")
    base = str(datasette.urls.instance()).rstrip("/")
    route, _, name = path.removeprefix(base).lstrip("/").partition("/")
    arguments = parse_qsl(query)
    database = next((one for one in datasette.databases.values() if one.route == tilde_decode(route)), None)
    if database is None or "/" in name or not await is_edition(database):
        return None
    sql = dict(arguments).get("sql")
    name = tilde_decode(name)
    title = await _title(datasette, request, database.name, name, sql)
    if title is None:
        return None
    kept = [(key, value) for key, value in arguments if value and key not in _PASSING]
    asked = ", ".join(f"{key} = {value}" for key, value in kept if key != "sql")
    url = datasette.absolute_url(request, path) + (f"?{urlencode(kept)}" if kept else "")
    if sql and not name and [key for key, _ in kept] == ["sql"]:
        url = own_queries.address(datasette, request, sql)
    digest = hashlib.sha256(url.encode()).hexdigest()[:8]
    key = f"{name or 'sql'}-{digest}" if kept else name
    return await cited_query(database, key, f"{title} ({asked})" if asked else title, url, sql)


async def _title(datasette: Datasette, request: Request, database: str, name: str, sql: str | None) -> str | None:
    if not name:
        words = " ".join((sql or "").split())
        return brief("cite.query", sql=words[:_TITLE] + "…" * (len(words) > _TITLE)) if words else None
    if query := await datasette.get_canned_query(database, name, request.actor):
        return own_half(query.get("title") or name)
    published = datasette.get_database(database)
    if name in [*await published.table_names(), *await published.view_names()]:
        return brief("cite.table", name=own_half(datasette.table_metadata(database, name).get("title") or name))
    return None
