"""What the pages of the site show beyond what Datasette gives their templates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils import path_with_replaced_args, tilde_decode
from datasette.utils.asgi import NotFound

from banmian.site import row_pages
from banmian.site.articles import read_articles
from banmian.site.citations.files import box_of_query, box_of_row
from banmian.site.curves import MARKS, UNITS
from banmian.site.days import WEEKDAYS, read_calendar
from banmian.site.examples import ZIP, read_examples
from banmian.site.lasting import lasting_rows, shows_part
from banmian.site.menu import DOWNLOAD, titled_tables
from banmian.site.messages import plain
from banmian.site.over_time import KINDS, MOST, MOST_DATES, ONCE, read_over_time
from banmian.site.own_queries import joins
from banmian.site.parameters import read_choices
from banmian.site.parts import read_part
from banmian.site.printings import compare
from banmian.site.query_pages import QueryPage, read_query_page
from banmian.site.search_pages import search_vars

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Vars = dict[str, Any]

# What is no row and is cited by its address.
_CITED_TEMPLATES = frozenset(("query.html", "table.html"))
_EDITION_TABLES = {"build_info", "editions", "pages", "articles", "people", "organizations", "mentions"}
# The home page names the latest editions; the table holds the rest.
_LATEST = 30
# Characters of articles on it: those of a page as it is printed, not of a day of an agency.
_FRONT = 6_000
_LATEST_FIRST = "ORDER BY coalesce(date, date_latest, date_earliest) DESC, editions.id"
# Which these are is found before anything is counted.
_PAGES = f"""
    WITH latest AS MATERIALIZED (
        SELECT pages.id FROM pages JOIN editions ON editions.id = edition_id WHERE position = 1
        {_LATEST_FIRST} LIMIT {_LATEST}
    )
    {row_pages.EDITIONS} WHERE pages.id IN (SELECT id FROM latest) {_LATEST_FIRST}"""
# Counted by the build: to count millions of rows takes longer than a visitor waits.
_COUNTS = "SELECT substr(name, length('rows in ') + 1) AS name, value FROM build_info WHERE name LIKE 'rows in %'"
_PAGES_WITH_BASIS = """
    SELECT position, number, number_basis, name, name_basis FROM pages
    WHERE edition_id = :edition AND (number_basis IS NOT NULL OR name_basis IS NOT NULL) ORDER BY position"""
_TOLD_OF = "SELECT * FROM people ORDER BY mentions - signed DESC, id LIMIT 24"
_OFTEN = "SELECT * FROM organizations ORDER BY mentions DESC, id LIMIT 24"


def template_vars(
    datasette: Datasette, template: str, request: Request | None, database: str | None
) -> Callable[[], Awaitable[Vars]] | None:
    """What `template` needs; None where Datasette gives it all."""
    build = _BUILDERS.get(template)
    is_cited = request is not None and ("cited" in request.scope or template in _CITED_TEMPLATES)
    if request is None or not (build or is_cited):
        return None

    async def inner() -> Vars:
        name = database or await edition_database(datasette)
        if name is None:
            return {}
        found = await build(datasette, name, request) if build else {}
        found["shows_part"] = await shows_part(datasette.get_database(name))
        if is_cited:
            found["cited"] = await (box_of_row if "cited" in request.scope else box_of_query)(datasette, request, name)
        return found

    return inner


async def edition_database(datasette: Datasette) -> str | None:
    """The first published database that has the tables of an edition."""
    for name, database in datasette.databases.items():
        if name != "_internal" and set(await database.table_names()) >= _EDITION_TABLES:
            return str(name)
    return None


async def open_edition(datasette: Datasette, request: Request) -> str:
    """The same, for who may see the site. Raises Forbidden where this visitor may not, NotFound where there is none."""
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    name = await edition_database(datasette)
    if name is None:
        raise NotFound(plain("errors.no_editions"))
    return name


async def _home(datasette: Datasette, name: str, request: Request) -> Vars:
    database = datasette.get_database(name)
    pages = await lasting_rows(database, _PAGES)
    part = await read_part(database, pages[0]["page_id"], most=_FRONT) if pages else None
    queries = await datasette.get_canned_queries(name, request.actor)
    return {
        "edition_database": name,
        "pages": pages,
        "counts": {row["name"]: int(row["value"]) for row in await lasting_rows(database, _COUNTS)},
        "part": part,
        "articles": await read_articles(datasette, name, pages[0]["page_id"], part.ids) if part else [],
        "people": await lasting_rows(database, _TOLD_OF),
        "organizations": await lasting_rows(database, _OFTEN),
        "queries": list(queries.values()),
    }


async def _query(datasette: Datasette, name: str, request: Request) -> Vars:
    """What can be chosen for each parameter, and the page of the rows; nothing where somebody typed the SQL."""
    query = await datasette.get_canned_query(name, tilde_decode(request.url_vars.get("table", "")), request.actor)

    def asked_with(arguments: Mapping[str, object]) -> str:
        return "?" + str(path_with_replaced_args(request, arguments)).partition("?")[2]

    if query is None:
        return {"choices": {}, "asked_with": asked_with}
    database = datasette.get_database(name)
    parameters = query.get("parameters", {})
    params = {parameter: request.args.get(parameter) or "" for parameter in parameters}

    async def query_page(rows: int) -> QueryPage:
        return await read_query_page(database, query["sql"], params, rows)

    choices = await read_choices(database, parameters)
    return {"choices": choices, "query_page": query_page, "asked_with": asked_with}


async def _rights(datasette: Datasette, name: str, request: Request) -> Vars:
    """With ?edition= what is known of that edition and of its pages, else the first editions."""
    database = datasette.get_database(name)
    asked = request.args.get("edition")
    editions = f"SELECT * FROM editions WHERE id = coalesce(:edition, id) ORDER BY id LIMIT {_LATEST}"
    return {
        "edition_database": name,
        "asked": asked,
        "queries": await datasette.get_canned_queries(name, request.actor),
        "editions": (await database.execute(editions, {"edition": asked})).rows,
        "pages": (await database.execute(_PAGES_WITH_BASIS, {"edition": asked})).rows if asked else [],
    }


async def _calendar(datasette: Datasette, name: str, request: Request) -> Vars:
    shown = await read_calendar(datasette.get_database(name), request.args.get("year"))
    return {"edition_database": name, "shown": shown, "weekdays": WEEKDAYS}


async def _over_time(datasette: Datasette, name: str, request: Request) -> Vars:
    shown = await read_over_time(datasette.get_database(name), request)
    about = {"kinds": KINDS, "units": UNITS, "marks": MARKS, "most": MOST, "most_dates": MOST_DATES, "once": ONCE}
    return {"edition_database": name, "shown": shown, **about}


async def _printings(datasette: Datasette, name: str, request: Request) -> Vars:
    asked = [request.args.get(one) or "" for one in ("article", "other")]
    return {"edition_database": name, "shown": await compare(datasette.get_database(name), *asked)}


async def _questions(datasette: Datasette, name: str, request: Request) -> Vars:
    return {
        "edition_database": name,
        "queries": list((await datasette.get_canned_queries(name, request.actor)).values()),
    }


async def _sql(datasette: Datasette, name: str, request: Request) -> Vars:
    return {"edition_database": name, "tables": titled_tables(datasette, name), "joins": joins()}


async def _download(datasette: Datasette, name: str, request: Request) -> Vars:
    database = datasette.get_database(name)
    return {
        "edition_database": name,
        "size": database.size,
        "zip_name": ZIP,
        "zip_path": datasette.urls.path(f"{DOWNLOAD}/{ZIP}"),
        "examples": await read_examples(datasette, request, name),
        "tables": titled_tables(datasette, name),
        "counts": {row["name"]: int(row["value"]) for row in await database.execute(_COUNTS)},
    }


_BUILDERS: Mapping[str, Callable[[Any, str, Any], Awaitable[Vars]]] = {
    **row_pages.BUILDERS,
    "home.html": _home,
    "search_all.html": search_vars,
    "query.html": _query,
    "rights.html": _rights,
    "calendar.html": _calendar,
    "over_time.html": _over_time,
    "printings.html": _printings,
    "questions.html": _questions,
    "download.html": _download,
    "sql.html": _sql,
}
