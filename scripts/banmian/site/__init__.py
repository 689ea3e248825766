"""The Datasette plugin: search in Chinese, limits on connections, pages that read like a newspaper.

The only part of Banmian that imports Datasette. This module names the hooks; what they do stands in the modules beside.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Awaitable, Callable, Generator
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette import hookimpl
from datasette.filters import FilterArguments
from datasette.utils import tilde_encode
from datasette.utils.asgi import Response
from datasette.views.index import IndexView
from jinja2 import ChoiceLoader, Environment, PackageLoader

from banmian import words
from banmian.site import (
    addresses,
    cells,
    closeness,
    columns,
    crawlers,
    desk,
    errors,
    exports,
    facets,
    feeds,
    generations,
    guards,
    hits,
    hosts,
    issues,
    known,
    languages,
    menu,
    messages,
    named_parameters,
    own_queries,
    pages,
    paging,
    permissions,
    pinyin,
    private_people,
    query_files,
    query_pages,
    quoting,
    reconcile,
    releases,
    rendering,
    romanized,
    search,
    snippets,
    unsure,
    versions,
    whole,
    workbooks,
)
from banmian.site.citations import files
from banmian.site.examples import ZIP, rows_examples
from banmian.site.guards import closed, connections, health
from banmian.site.pictures import answers as pictures
from banmian.store.addresses import address
from banmian.words.span_kinds import ABOVE, BELOW, BESIDE, SPAN_KINDS

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Routes = list[tuple[str, Callable[..., Awaitable[Response]]]]

_RIGHTS = "/-/rights"
_CALENDAR = "/-/calendar"
_PAGES = {
    _CALENDAR: "calendar.html",
    menu.OVER_TIME: "over_time.html",
    menu.PRINTINGS: "printings.html",
    menu.QUESTIONS: "questions.html",
    own_queries.PAGE: "sql.html",
    menu.DOWNLOAD: "download.html",
}


@hookimpl
def startup(datasette: Datasette) -> None:
    """Refuse tables of another version, and start jieba and OpenCC: the first search has no time for it."""
    files = [Path(database.path) for database in datasette.databases.values() if database.path]
    for file in filter(Path.is_file, files):
        versions.require(file)
    words.total()
    hits.prepare()
    paging.replace_databases(datasette)
    named_parameters.replace()
    permissions.remember_rules(datasette)


# Datasette registers an escape_fts of its own: the one registered last is the one that counts.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    search.register(conn)
    snippets.register(conn)
    hits.register(conn)
    closeness.register(conn)
    unsure.register(conn)
    pinyin.register(conn)
    romanized.register(conn)
    # Datasette writes to _internal, and asks an unpublished connection (/-/versions) what this SQLite can do.
    if database in datasette.databases and database != "_internal":
        private_people.leave_out(conn)
        connections.limit(conn)


# Two plugins with a template of one name are a coin toss at each start; our own loader in front decides it.
@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    assert env.loader is not None
    env.loader = ChoiceLoader([PackageLoader("banmian.site"), env.loader])
    env.template_class = rendering.AtOnce
    env.filters["tilde"] = lambda key: tilde_encode(str(key))
    env.filters |= {"told": quoting.told, "quoted": quoting.quoted, "prose": quoting.prose, "doubted": quoting.doubted}
    env.filters |= {"unquoted": unquote, "linked": lambda html: quoting.linked(html, datasette.urls.path)}
    env.filters["file_of"] = languages.file_of
    env.filters |= {"lang": quoting.attribute, "is_this_machine": hosts.is_this_machine}
    env.globals["own_queries_path"] = datasette.urls.path(own_queries.PAGE)
    env.globals["short_address"] = partial(own_queries.address, datasette)
    env.globals["codes"] = cells.CODES
    env.globals["called"] = columns.called
    env.globals["called_of_result"] = lambda *of: columns.called_of_result(datasette, *of)
    env.globals["without_values"] = columns.without_values
    env.globals["label_of"] = lambda *of: columns.label(datasette, *of)
    env.globals["what_is_wrong"] = lambda said, database=None: errors.in_words(
        said, {table: about["title"] for table, about in menu.titled_tables(datasette, database).items()}
    )
    env.globals |= {"language": languages.code, "other_languages": languages.others}
    env.globals |= {"say": messages.Say(), "in_words": unsure.in_words, "or_else": unsure.or_else}
    env.globals["span_kinds"] = SPAN_KINDS
    env.globals |= {"span_kinds_above": ABOVE, "span_kinds_below": BELOW, "span_kinds_beside": BESIDE}
    env.globals["addressed"] = lambda table, key: datasette.urls.path(address(table, key))
    env.globals["at"] = at = known.path_of(datasette)
    env.globals["line_address"] = lambda page, line=None: at(known.source_address(address("pages", page), line))
    env.globals["rows_examples"] = lambda request: rows_examples(datasette, request)
    env.globals["related"] = known.related
    env.globals["address_of_row"] = known.address_of_row
    env.globals["menu"] = lambda request=None: menu.menu(datasette, request)
    env.globals["titled"] = lambda *of: menu.titled(datasette, *of)
    env.globals |= {"by_subject": menu.by_subject, "is_list": menu.is_list}
    env.globals["questions_path"] = datasette.urls.path(menu.QUESTIONS)
    env.globals |= {"site_css": _digested("site.css"), "pictures_css": _digested("pictures.css")}
    env.globals |= {name.replace(".", "_"): _digested(name) for name in ("source.js", "page.js", "sql.js")}
    env.globals["rights_path"] = datasette.urls.path(_RIGHTS)
    env.globals["issues"] = issues.Issues(str(datasette.urls.path(_RIGHTS)), messages.Say())
    env.globals["calendar_path"] = datasette.urls.path(_CALENDAR)
    env.globals["printings_path"] = datasette.urls.path(menu.PRINTINGS)
    env.globals["pictures_path"] = datasette.urls.path(menu.PICTURES)
    env.globals["over_time_path"] = datasette.urls.path(menu.OVER_TIME)


def _digested(name: str) -> str:
    """The name of a static file with a digest of it, so that no browser shows an old one."""
    content = (resources.files(__package__) / "static" / name).read_bytes()
    return f"{name}?{hashlib.sha256(content).hexdigest()[:8]}"


@hookimpl
def extra_template_vars(
    template: str, database: str | None, request: Request | None, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]] | dict[str, Any]:
    return pages.template_vars(datasette, template, request, database) or {}


@hookimpl
def render_cell(row: Any, value: object, column: str, table: str | None, database: str, datasette: Datasette) -> object:
    return cells.render(datasette, row, value, column, table, database)


@hookimpl
def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> Callable[[], Awaitable[FilterArguments]]:
    return paging.filters(datasette, request, database, table)


# Around the hooks of Datasette and of every other plugin.
@hookimpl(hookwrapper=True)
def register_facet_classes() -> Generator[None, Any, None]:
    found = yield
    found.force_result([[facets.of_all_rows(facet) for facet in classes] for classes in found.get_result()])


# It reads alone, and OpenRefine has no form of ours.
@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    return str(scope["path"]).endswith(reconcile.PATH)


@hookimpl
def register_output_renderer() -> dict[str, Any]:
    return {"extension": workbooks.EXTENSION, "render": workbooks.render, "can_render": workbooks.can_render}


# Before datasette-search-all's, which asks of each table first whether it can be searched.
@hookimpl(tryfirst=True)
def register_routes() -> Routes:
    own: Routes = [(r"^/$", home), (f"^{_RIGHTS}$", rights), (f"^{menu.SEARCH}$", search_page)]
    own.append((rf"^{own_queries.SHORT}/(?P<code>[\w-]+)$", short_address))
    own += [(f"^{path}$", _of_editions(template)) for path, template in _PAGES.items()]
    own.append((rf"^{menu.DOWNLOAD}/{re.escape(ZIP)}(?P<sum>\.sha256)?$", whole.answer))
    own.append((r"^/(?P<database>[^/.]+)\.db$", whole.database_file))
    own.append((rf"^{re.escape(feeds.SEARCH)}$", feeds.of_search))
    own += [(f"^{menu.RELEASES}$", releases.page), (rf"^{menu.RELEASES}\.atom$", releases.feed)]
    own.append((f"^{reconcile.PATH}$", reconcile.answer))
    own.append((r"^/-/cite(?P<suffix>\.gbt7714\.txt|\.bib|\.ris|\.csl\.json)$", files.of_query))
    own += [(r"^/robots\.txt$", crawlers.robots), (r"^/sitemap\.xml$", crawlers.index)]
    own.append((crawlers.ROUTE, crawlers.addresses))
    own += [(r"^/-/health$", health.health), (r"^/-/ready$", health.ready)]
    return [*own, *pictures.routes(), (closed.ROUTE, closed.closed), *desk.routes(), *addresses.routes()]


async def home(datasette: Datasette, request: Request) -> Response:
    """The front page. Datasette's own view counts every table, and asks of each whether it can be searched."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    if await pages.edition_database(datasette) is None:
        request.scope["url_route"]["kwargs"]["format"] = None
        return await IndexView(datasette).get(request)
    return Response.html(await datasette.render_template("home.html", {"metadata": datasette.metadata()}, request))


async def short_address(datasette: Datasette, request: Request) -> Response:
    """The query that has a short address."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    return await own_queries.answer(datasette, request, await pages.edition_database(datasette))


async def rights(datasette: Datasette, request: Request) -> Response:
    """The page that says where everything comes from and whose it is."""
    return Response.html(await datasette.render_template("rights.html", {"metadata": datasette.metadata()}, request))


async def search_page(datasette: Datasette, request: Request) -> Response:
    """The search over all that is published."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    asked = {"q": request.args.get("q") or ""}
    return Response.html(await datasette.render_template("search_all.html", asked, request))


def _of_editions(template: str) -> Callable[[Datasette, Request], Awaitable[Response]]:
    """A page that is made of the editions alone; where there are none, the way home."""

    async def shown(datasette: Datasette, request: Request) -> Response:
        await datasette.ensure_permissions(request.actor, ["view-instance"])
        if await pages.edition_database(datasette) is None:
            return Response.redirect(datasette.urls.instance())
        return Response.html(await datasette.render_template(template, {"metadata": datasette.metadata()}, request))

    return shown


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[exports.App], exports.App]:
    def wrapped(app: exports.App) -> exports.App:
        inner = known.wrap(query_pages.wrap(exports.wrap(query_files.wrap(app), datasette.urls.path(_RIGHTS))))
        guarded = generations.wrap(guards.wrap(inner, datasette), datasette)
        return languages.wrap(guarded, datasette.setting("base_url"))

    return wrapped


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]] | None:
    return errors.answer(datasette, request, exception)
