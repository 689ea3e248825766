"""What the search page, and an article that a search leads to, show beyond what Datasette gives their templates."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted

from banmian.site.lasting import is_public, lasting_rows
from banmian.site.listing import places_html, values_html
from banmian.site.narrowing import COUNTED, FILLED, Facet, File, read_facets
from banmian.site.nearly import refusal
from banmian.site.page_order import read_page_order
from banmian.site.pinyin import Entity, known_spellings, letters_of
from banmian.site.query_pages import FROM
from banmian.site.ranking import EXACT, Search, read_asked, search_of
from banmian.site.results import MOST as RESULTS
from banmian.site.results import Results, beside, search_results, too_slow

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

Vars = dict[str, Any]
# Characters of what may be a name.
_NAME = 8
_NUMBER = re.compile("[0-9]{1,6}")


async def search_vars(datasette: Datasette, name: str, request: Request) -> Vars:
    """What the search page shows: nothing found yet where nothing was typed."""
    database = datasette.get_database(name)
    search, first = search_of(request.args, "people"), _first(request)
    found: Vars = {"edition_database": name, "search": search, "page_size": RESULTS, "counted": COUNTED}
    found |= {"places_html": places_html, "values_html": values_html}
    found["unliteral"] = replace(search, literal=False).asked
    if not search.query.strip():
        return found
    results = too_slow(search)
    try:
        results = await database.execute_fn(lambda connection: search_results(connection, search, first))
        found["is_counted"] = False
        spelled, alike = await _spelled(database, search, results)
        results = await database.execute_fn(lambda connection: beside(connection, search, results, spelled, alike))
        results = replace(results, facets=await _facets(database, search, results))
        found["is_counted"] = True
    # Of the functions and of the statement that reads all names.
    except (sqlite3.OperationalError, QueryInterrupted) as error:
        if "interrupted" not in str(error):
            raise
    feed = f"{datasette.urls.path('/-/search.atom')}?{urlencode(search.asked)}"
    return {**found, "results": results, "feed": feed}


async def _facets(database: Database, search: Search, results: Results) -> Sequence[Facet]:
    """What the articles found can be narrowed to."""
    if not results.found:
        return ()
    order = await read_page_order(database)
    filled = [row["kind"] for row in await lasting_rows(database, FILLED)]
    file = File(order, filled, await is_public(database), results.words)
    found: Sequence[Facet] = await database.execute_fn(
        lambda connection: read_facets(connection, search, results.ids, file)
    )
    return found


async def _spelled(database: Database, search: Search, results: Results) -> tuple[list[Entity], list[Entity]]:
    """Whose name is spelled so in pinyin and, where it stands nowhere, who is spelled like it."""
    letters = None if search.literal else letters_of(search.query)
    if letters:
        return (await known_spellings(database, search.people)).named(letters), []
    if results.is_said or search.literal or len(search.query) > _NAME:
        return [], []
    return [], (await known_spellings(database, search.people)).alike(search.query)


def _first(request: Request) -> int:
    asked = request.args.get(FROM) or ""
    return int(asked) if _NUMBER.fullmatch(asked) else 0


async def mark_vars(database: Database, request: Request) -> Vars:
    """The search whose places ?mark= asks to mark in an article; none where it asks for none, or for too much."""
    search = Search(request.args.get("mark") or "", bool(request.args.get(EXACT)), {})
    if not search.query or refusal(search):
        return {"mark": "", "mark_asked": None}
    asked = await database.execute_fn(lambda connection: read_asked(connection, search))
    return {"mark": search.query, "mark_asked": asked, "mark_search": search.asked}
