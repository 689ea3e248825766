"""The pages of pictures: all of them, each with its choices and its table, and as a file to take away."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from datasette.utils.asgi import Request, Response

from banmian.site.lasting import lasting_rows
from banmian.site.menu import PICTURES
from banmian.site.over_time import ONCE
from banmian.site.pages import open_edition
from banmian.site.parameters import read_choices
from banmian.site.pictures.asked import OF_ALL_TEXT, OF_PERSON, QUERIES, Asked, Ways, read_asked
from banmian.site.pictures.bars import draw_mentions, draw_organizations, draw_speech
from banmian.site.pictures.coverage import draw_coverage
from banmian.site.pictures.drawn import Drawn
from banmian.site.pictures.network import draw_together
from banmian.site.pictures.parts import draw_parts

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

_DRAW: Mapping[str, Callable[[Database, Asked, Ways], Awaitable[Drawn]]] = {
    "together": draw_together,
    "mentions": draw_mentions,
    "speech": draw_speech,
    "parts": draw_parts,
    "organizations": draw_organizations,
    "coverage": draw_coverage,
}
# How many names and editions are proposed while one types.
_PROPOSED = 100
_REPRINTS = "SELECT count(*) AS reprints FROM reprints WHERE article_id <> first_article_id"
_FILE = "image/svg+xml; charset=utf-8"
_EDITION = "SELECT *, id AS edition_id FROM editions WHERE id = :edition"
_PERSON = """
    SELECT key, name, address FROM people WHERE key = :person
    UNION ALL SELECT key, name, address FROM people WHERE name = :person LIMIT 1"""
# A file that is taken away knows no style sheet, and programs that draw know no variables in one.
_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([\w-]+)\)")


def routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """The routes of all pictures."""
    names = "|".join(QUERIES)
    return [(rf"^{PICTURES}$", overview), (rf"^{PICTURES}/(?P<name>{names})(?P<suffix>\.svg)?$", of_picture)]


async def overview(datasette: Datasette, request: Request) -> Response:
    """All pictures of what is asked, small."""
    name = await open_edition(datasette, request)
    asked = read_asked(request, "mentions")
    shown = await _of_all(datasette, name, request, asked)
    return Response.html(await datasette.render_template("pictures.html", shown, request))


async def of_picture(datasette: Datasette, request: Request) -> Response:
    """One picture, as a page or as a file."""
    name = await open_edition(datasette, request)
    asked = read_asked(request, request.url_vars["name"])
    is_file = bool(request.url_vars["suffix"])
    root = datasette.absolute_url(request, "/").rstrip("/") if is_file else ""
    ways = Ways(datasette, name, root)
    drawn = await _DRAW[asked.name](datasette.get_database(name), asked, ways)
    shown = {**await _of_all(datasette, name, request, asked), "drawn": drawn}
    if not is_file:
        return Response.html(await datasette.render_template("picture.html", shown, request))
    page = datasette.absolute_url(request, shown["href"](asked.name))
    shown |= {"style": _plain_style(), "page": page, "page_shown": unquote(page)}
    return Response(await datasette.render_template("picture_file.html", shown, request), content_type=_FILE)


async def _of_all(datasette: Datasette, name: str, request: Request, asked: Asked) -> dict[str, Any]:
    """What every page of pictures shows: the form, and what it says."""
    database = datasette.get_database(name)
    query = await datasette.get_canned_query(name, QUERIES[asked.name], request.actor) or {}
    choices = {key: about for key, about in query.get("parameters", {}).items() if key in ("edition", "person")}

    def href(picture: str, suffix: str = "") -> str:
        said = asked.parameters if picture in OF_PERSON else asked.scope
        path = datasette.urls.path(f"{PICTURES}/{picture}{suffix}")
        return f"{path}?{urlencode(said)}" if said else str(path)

    edition = person = None
    if asked.edition:
        edition = (await database.execute(_EDITION, {"edition": asked.edition})).first()
    if asked.person:
        person = (await database.execute(_PERSON, {"person": asked.person})).first()
    return {
        "metadata": datasette.metadata(),
        "edition_database": name,
        "asked": asked,
        "edition": edition,
        "person": person,
        "choices": {
            key: replace(found, options=found.options[:_PROPOSED])
            for key, found in (await read_choices(database, choices)).items()
        },
        "names": tuple(QUERIES),
        "of_person": OF_PERSON,
        "reprints": {
            "asked": ONCE,
            "count": 0 if asked.name in OF_ALL_TEXT else (await lasting_rows(database, _REPRINTS))[0]["reprints"],
        },
        "href": href,
        "query": QUERIES[asked.name],
        "ways": Ways(datasette, name, ""),
        # What metadata.yml says stands there in both languages.
    }


def _plain_style() -> str:
    """The style of pictures in the colours of light pages, without a variable."""
    folder = resources.files("banmian.site") / "static"
    colours: dict[str, str] = {}
    # Those of dark pages come second.
    for variable, value in _VARIABLE.findall((folder / "site.css").read_text("utf-8")):
        colours.setdefault(variable, value.strip())
    style = (folder / "pictures.css").read_text("utf-8")
    return _USED.sub(lambda used: colours[used[1]], style.partition("/* On pages")[0])
