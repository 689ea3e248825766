"""Addresses that stay: pages of articles, people, organizations, editions, pages and mentions by their keys.

They are Datasette's pages of rows, whose own addresses, by numbers that change with every build, lead here.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode

from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import Request, Response

from banmian.site import private_people, workbooks
from banmian.site.citations.files import citation_file
from banmian.site.citations.formats import FORMATS
from banmian.site.citations.read import CITED, cited_row
from banmian.site.feeds import FEEDS, SUFFIX, feed_of_row
from banmian.site.known import mention_address, source_address
from banmian.site.messages import plain
from banmian.site.pages import edition_database, open_edition
from banmian.site.row_pages import source_vars
from banmian.store.addresses import TABLES, address
from banmian.store.withdrawn import withdrawn_digests

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

# The kind of what a table holds, and the column of its key.
KINDS = {table: (kind, column) for kind, (table, column) in TABLES.items()}
_PLACE = re.compile(r"([0-9]{1,15})-([0-9]{1,15})\Z")
_TABLES = "|".join(KINDS)
_OF_MENTION = """
    SELECT pages.address, source_start, source_end
    FROM mentions JOIN pages ON pages.id = page_id WHERE mentions.id = ?"""
_MENTION = "SELECT id FROM mentions WHERE page_id = ? AND source_start = ? AND source_end = ? ORDER BY id"
_FORMER = "SELECT happened, successor FROM former_keys WHERE kind = ? AND key = ? ORDER BY successor"
# What those are called that something went into.
_CALLED = {"articles": "headline", "people": "name", "organizations": "name"}
_NAMES = """
    SELECT {column} AS key, {called} AS name FROM {table}
    WHERE {column} IN (SELECT successor FROM former_keys WHERE kind = ? AND key = ?)"""
_JSON = ".json"
CITATIONS = {form.suffix: form for form in FORMATS}
_DATA = (_JSON, f".{workbooks.EXTENSION}")
# How an address may end, the longest first.
_SUFFIXES = (*CITATIONS, SUFFIX, *_DATA)
# Of a key that nothing bears any more, by what happened to it: the status, and the messages of its page.
_GONE = {
    "split": (300, "former.split", "former.split_about"),
    "withdrawn": (410, "former.withdrawn", "former.withdrawn_about"),
    "unfound": (404, "former.unfound", "former.unfound_about"),
    "unread": (404, "former.unread", "former.unread_about"),
}


def routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """The routes of all addresses, before those of Datasette."""
    return [
        (rf"^/(?P<table>{_TABLES})/(?P<key>[^/]+)$", of_key),
        (r"^/pages/(?P<key>[^/]+)/source(?P<suffix>\.json|\.csv)?$", of_source),
        (rf"^/(?P<table>{_TABLES})/(?P<key>[^/]+)/(?P<other>\w+)(?P<suffix>\.json|\.csv|\.xlsx)?$", of_related),
        (r"^/mentions/(?P<page>[^/]+)/(?P<place>[^/]+)$", of_mention),
        (rf"^/(?P<table>{_TABLES}|mentions)$", whole_table),
        (rf"^/(?P<database>[^/.]+)/(?P<table>{_TABLES}|mentions)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$", of_number),
    ]


async def of_key(datasette: Datasette, request: Request) -> Response:
    """The page of what has a key, or where that went."""
    name = await open_edition(datasette, request)
    table = request.url_vars["table"]
    kind, column = KINDS[table]
    for key, suffix in _readings(request, request.url_vars["key"]):
        sql = f"SELECT {'id' if column == 'id' else 'id, key'} FROM main.{table} WHERE {column} = ?"
        row = (await datasette.get_database(name).execute(sql, [key])).first()
        if row is not None and await private_people.is_private(datasette.get_database(name), table, row["id"]):
            return await private_people.answer(datasette, request, key, suffix)
        if row is not None:
            return await _answer(datasette, request, name, table, str(row["id"]), address(table, key), suffix)
    for key, suffix in _readings(request, request.url_vars["key"]):
        if answer := await _former(datasette, request, name, kind, key, suffix):
            return answer
    return await _not_found(datasette, request, plain("errors.no_such_key", given=unquote(request.url_vars["key"])))


async def of_related(datasette: Datasette, request: Request) -> Response:
    """The rows of another table or view that belong to what has a key, such as its mentions.

    They are found by numbers, which change: so this leads there for now only.
    """
    name = await open_edition(datasette, request)
    database = datasette.get_database(name)
    variables = request.url_vars
    table, key = variables["table"], unquote(variables["key"])
    kind, column = KINDS[table]
    row = (await database.execute(f"SELECT id FROM main.{table} WHERE {column} = ?", [key])).first()
    other, reference = variables["other"], f"{kind}_id"
    if row is None or reference not in await database.table_columns(other):
        return await _not_found(datasette, request, plain("errors.no_such_key", given=f"{key}/{other}"))
    if await private_people.is_private(database, table, row["id"]):
        return await private_people.answer(datasette, request, key, variables["suffix"] or "")
    asked = urlencode([(reference, row["id"]), *parse_qsl(request.query_string, keep_blank_values=True)])
    return Response.redirect(f"{datasette.urls.table(name, other)}{variables['suffix'] or ''}?{asked}")


async def of_source(datasette: Datasette, request: Request) -> Response:
    """The page as it came in, beside what was made of it: with ?line= the part that has this line.

    Its data are those of a query.
    """
    name = await open_edition(datasette, request)
    key, suffix = unquote(request.url_vars["key"]), request.url_vars["suffix"] or ""
    known = await datasette.get_database(name).execute("SELECT 1 FROM pages WHERE id = ?", [key])
    if known.first() is not None and suffix:
        query = datasette.urls.query(name, "order_of_lines", format=suffix.removeprefix("."))
        return Response.redirect(f"{query}?{urlencode({'page': key})}")
    if known.first() is not None:
        path = datasette.urls.path(source_address(address("pages", key)))
        request.scope["canonical"] = datasette.absolute_url(request, path)
        shown = await source_vars(datasette, name, key, request)
        return Response.html(await datasette.render_template("source.html", shown, request))
    if answer := await _former(datasette, request, name, "page", key, ""):
        return answer
    return await _not_found(datasette, request, plain("errors.no_such_key", given=key))


async def of_mention(datasette: Datasette, request: Request) -> Response:
    """The page of a mention, known by its page and where it stands in the source file."""
    name = await open_edition(datasette, request)
    page = unquote(request.url_vars["page"])
    for place, suffix in _readings(request, request.url_vars["place"]):
        if offsets := _PLACE.match(place):
            start, end = int(offsets[1]), int(offsets[2])
            row = (await datasette.get_database(name).execute(_MENTION, [page, start, end])).first()
            if row is not None:
                path = mention_address(address("pages", page), start, end)
                return await _answer(datasette, request, name, "mentions", str(row["id"]), path, suffix)
    if answer := await _former(datasette, request, name, "page", page, ""):
        return answer
    said = plain("errors.no_mention", page=page, place=unquote(request.url_vars["place"]))
    return await _not_found(datasette, request, said)


async def whole_table(datasette: Datasette, request: Request) -> Response:
    """All that has an address of this kind: the list of them where there is one, unless more is asked of the table."""
    name = await open_edition(datasette, request)
    listed = f"{request.url_vars['table']}_listed"
    if not request.query_string and await datasette.get_canned_query(name, listed, request.actor):
        return Response.redirect(datasette.urls.query(name, listed))
    return Response.redirect(_with_query(request, datasette.urls.table(name, request.url_vars["table"])))


async def of_number(datasette: Datasette, request: Request) -> Response:
    """Datasette's address of a row leads to the one that stays."""
    variables = request.url_vars
    name = await edition_database(datasette)
    is_here = name is not None and tilde_decode(variables["database"]) == datasette.get_database(name).route
    if not is_here or variables["format"] not in (None, *(suffix[1:] for suffix in _DATA)):
        return await _row_view(datasette, request)
    row = await _addressed(datasette.get_database(name), variables["table"], tilde_decode(variables["pks"]))
    if row is None:
        return await _row_view(datasette, request)
    path = datasette.urls.path(row + (f".{variables['format']}" if variables["format"] else ""))
    return Response.redirect(_with_query(request, path), status=301)


async def _addressed(database: Database, table: str, number: str) -> str | None:
    if table == "mentions":
        row = (await database.execute(_OF_MENTION, [number])).first()
        return None if row is None else mention_address(*row)
    row = (await database.execute(f"SELECT address FROM main.{table} WHERE id = ?", [number])).first()
    return None if row is None else str(row["address"])


def _readings(request: Request, last: str) -> Sequence[tuple[str, str]]:
    """The keys that the last part of an address may be, and how what is asked for ends: "" for a page."""
    found = [(unquote(last), _JSON if request.args.get("_format") == "json" else "")]
    return [*found, *((unquote(last.removesuffix(end)), end) for end in _SUFFIXES if last.endswith(end))]


async def _answer(
    datasette: Datasette, request: Request, name: str, table: str, number: str, path: str, suffix: str
) -> Response:
    """What stands at an address: Datasette's page of the row, its data, or how it is cited."""
    database = datasette.get_database(name)
    canonical = datasette.absolute_url(request, datasette.urls.path(path))
    if suffix in CITATIONS and table in CITED:
        return citation_file(CITATIONS[suffix], await cited_row(database, table, number, canonical))
    if suffix == SUFFIX and table in FEEDS:
        return await feed_of_row(datasette, request, name, table, number, canonical)
    if suffix in CITATIONS or suffix == SUFFIX:
        return await _not_found(datasette, request, plain("errors.not_cited"))
    kwargs = {
        "database": tilde_encode(database.route),
        "table": table,
        "pks": tilde_encode(number),
        "format": suffix.removeprefix(".") or None,
    }
    scope = {**request.scope, "canonical": canonical, "url_route": {"kwargs": kwargs}}
    if table in CITED:
        scope["cited"] = table, number
    if below := request.scope.get("route_path"):
        # Datasette puts base_url before the path of the request, though that has it already.
        scope["raw_path"] = below.encode("ascii")
    return await _row_view(datasette, Request(scope, request.receive))


async def _row_view(datasette: Datasette, request: Request) -> Response:
    # Datasette imports its plugins before this view is whole.
    from datasette.views.row import RowView

    return await RowView(datasette).dispatch_request(request)


async def _former(
    datasette: Datasette, request: Request, name: str, kind: str, key: str, suffix: str
) -> Response | None:
    """The answer for a key that nothing bears any more: where it led to, or that it is gone; None for any other."""
    rows = (await datasette.get_database(name).execute(_FORMER, [kind, key])).rows
    for unnamed in () if rows else withdrawn_digests(Path(datasette.get_database(name).path or ""), kind, key):
        rows = rows or (await datasette.get_database(name).execute(_FORMER, [kind, unnamed])).rows
    if not rows:
        return None
    table = next(table for table, (of, _) in KINDS.items() if of == kind)
    happened = rows[0]["happened"]
    column = KINDS[table][1]
    called = _NAMES.format(table=table, column=column, called=_CALLED.get(table, column))
    names = {row["key"]: row["name"] for row in await datasette.get_database(name).execute(called, [kind, key])}
    to = [
        (names.get(row["successor"]) or row["successor"], datasette.urls.path(address(table, row["successor"])))
        for row in rows
        if row["successor"]
    ]
    if happened == "merged":
        _, path = to[0]
        return Response.redirect(_with_query(request, path + suffix), status=301)
    status, title, about = _GONE[happened]
    said = {"ok": False, "key": key, "happened": happened, "status": status}
    if suffix == _JSON:
        return Response.json({**said, "successors": [path for _, path in to]}, status=status)
    page = await datasette.render_template("former.html", {**said, "title": title, "about": about, "to": to}, request)
    return Response.html(page, status=status)


async def _not_found(datasette: Datasette, request: Request, message: str) -> Response:
    # To what is raised as not found Datasette answers with a redirect where the address has a percent sign.
    error = {"ok": False, "error": message, "status": 404, "title": plain("errors.not_found")}
    if request.path.endswith(_JSON):
        return Response.json(error, status=404)
    return Response.html(await datasette.render_template("error.html", error, request=request), status=404)


def _with_query(request: Request, path: str) -> str:
    return f"{path}?{request.query_string}" if request.query_string else str(path)
