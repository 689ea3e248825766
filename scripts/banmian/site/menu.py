"""The way around the site: the menu that stands on every page, titles for the way back, and questions by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from banmian.site.quoting import told

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

QUESTIONS, DOWNLOAD, OVER_TIME, PRINTINGS = "/-/questions", "/-/download", "/-/over-time", "/-/printings"
PICTURES, RELEASES, SEARCH = "/-/pictures", "/-/releases", "/-/search"
# The message of each entry, its address, and the tables or pages whose rows stand below it.
_ENTRIES = (
    ("menu.front_page", "/", ()),
    ("menu.editions", "/-/calendar", ("/-/calendar", "editions", "pages")),
    ("menu.articles", "/articles", ("articles", "articles_listed")),
    ("menu.people", "/people", ("people", "people_listed")),
    ("menu.organizations", "/organizations", ("organizations", "organizations_listed")),
    ("menu.questions", QUESTIONS, (QUESTIONS, "/-/sql", PRINTINGS)),
    ("menu.pictures", PICTURES, (PICTURES, OVER_TIME)),
    ("menu.search", SEARCH, (SEARCH,)),
    ("menu.download", DOWNLOAD, (DOWNLOAD, RELEASES)),
    ("menu.about", "/-/rights", ("/-/rights",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu: the key of its message, where it leads, and whether the page that is shown is below it."""

    message: str
    href: str
    here: bool


def menu(datasette: Datasette, request: Request | None) -> Sequence[Entry]:
    """The entries of the menu as a page that answers this request shows them."""
    path = "" if request is None else request.scope.get("route_path") or request.path
    # /people/<key>, Datasette's /edition/people, and /-/pictures/<name>.
    parts = path.strip("/").split("/")
    places = {path, *(["/" + "/".join(parts[:2])] if parts[0] == "-" else parts[:2])}
    return [
        Entry(message, datasette.urls.path(href), path == href or any(place in places for place in below))
        for message, href, below in _ENTRIES
    ]


def is_list(query: str) -> bool:
    """Whether a query is the list of an entry of the menu, which stands above it in place of the questions."""
    return any(query in below for _, _, below in _ENTRIES)


def titled(datasette: Datasette, database: str, table: str | None = None, title: str | None = None) -> str:
    """What a database, a table, or what has this `title`, is called on the page; its name where it has no title."""
    title = title or datasette.metadata("title", database=database, table=table, fallback=False)
    return told(title or table or database)


def titled_tables(datasette: Datasette, database: str) -> Mapping[str, Mapping[str, Any]]:
    """What metadata.yml says of the tables of a database that have a title."""
    about = datasette.metadata("tables", database=database, fallback=False) or {}
    return {table: said for table, said in about.items() if said.get("title")}


def by_subject(queries: Iterable[Mapping[str, Any]]) -> Sequence[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Queries, which stand in the order of their groups, with what those are about; '' where they have none."""
    return [(group, list(own)) for group, own in groupby(queries, key=lambda query: str(query.get("group") or ""))]
