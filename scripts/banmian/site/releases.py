"""The page of releases, and their feed: when there was one, and what had changed since the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from banmian.pipeline.public import folder_of
from banmian.site.feeds import SUFFIX, Entry, atom, built_at
from banmian.site.menu import RELEASES, titled
from banmian.site.messages import brief
from banmian.site.pages import open_edition
from banmian.site.quoting import halves
from banmian.store import released
from banmian.store.addresses import TABLES, address
from banmian.store.released import Released, read_releases

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

# The latest ones, and so many keys of each list.
_MOST, _KEYS = 50, 20
_KEY = dict(TABLES.values())
_CALLED = {"articles": "coalesce(headline, key)", "people": "name", "organizations": "name"}
_NAMES = "SELECT {column} AS key, {called} AS name FROM {table} WHERE {column} IN (SELECT value FROM json_each(:keys))"


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a table: how many rows were added, changed, withdrawn, and of the first two name and address.

    Only what is in the published database is named.
    """

    table: str
    counts: Mapping[str, int]
    named: Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A release with its changes, table by table."""

    release: Released
    changed: Sequence[Changed]


async def page(datasette: Datasette, request: Request) -> Response:
    """All releases that lie beside the database, the latest first."""
    name = await open_edition(datasette, request)
    database = datasette.get_database(name)
    found, unreadable = _releases(database)
    names = {table: await _names(database, table, found) for table in _KEY}
    shown = {
        "metadata": datasette.metadata(),
        "edition_database": name,
        "releases": [Shown(one, _changed(datasette, one, names)) for one in found[:_MOST]],
        "older": max(0, len(found) - _MOST),
        "unreadable": unreadable,
        "feed": datasette.urls.path(RELEASES + SUFFIX),
    }
    return Response.html(await datasette.render_template("releases.html", shown, request))


async def feed(datasette: Datasette, request: Request) -> Response:
    """The releases as a feed; one without entries where there is none."""
    name = await open_edition(datasette, request)
    database = datasette.get_database(name)
    at = datasette.absolute_url(request, datasette.urls.path(RELEASES))
    entries = [
        Entry(
            f"{at}#release-{one.number}",
            brief("releases.number", number=one.number),
            f"{one.date}T00:00:00Z",
            _summary(datasette, name, one),
        )
        for one in _releases(database)[0][:_MOST]
    ]
    return atom(brief("releases.title"), at, at + SUFFIX, entries, built_at(database))


def _releases(database: Database) -> tuple[Sequence[Released], Sequence[str]]:
    """Those of the folder of results in which the database lies; that of the public lies in a folder there."""
    here = Path(database.path).parent
    build = here.parent if folder_of(here.parent) == here else here
    return read_releases(build / released.RELEASES)


def _summary(datasette: Datasette, name: str, release: Released) -> str:
    if release.since is None:
        return brief("releases.first")
    said = [
        brief(
            "releases.counts",
            table=_first_half(titled(datasette, name, one.table)),
            added=len(one.added),
            changed=len(one.changed),
            withdrawn=len(one.withdrawn),
        )
        for one in release.changes
    ]
    return brief("releases.since", number=release.since) + " " + " ".join(said or [brief("releases.none_changed")])


def _first_half(title: str) -> str:
    """A feed is in the first language alone."""
    found = halves(title)
    return found[0] if found else title


async def _names(database: Database, table: str, releases: Sequence[Released]) -> Mapping[str, str]:
    """Key -> name of what the database has of the rows that are shown of this table."""
    lists = [
        keys for one in releases[:_MOST] for of in one.changes if of.table == table for keys in (of.added, of.changed)
    ]
    keys = json.dumps([key for one in lists for key in one[:_KEYS]])
    sql = _NAMES.format(table=table, column=_KEY[table], called=_CALLED.get(table, _KEY[table]))
    return {row["key"]: row["name"] for row in await database.execute(sql, {"keys": keys})}


def _changed(datasette: Datasette, release: Released, names: Mapping[str, Mapping[str, str]]) -> Sequence[Changed]:
    shown = []
    for one in release.changes:
        known = names.get(one.table, {})
        lists = {"added": one.added, "changed": one.changed, "withdrawn": one.withdrawn}
        named = {
            what: [(known[key], datasette.urls.path(address(one.table, key))) for key in keys[:_KEYS] if key in known]
            for what, keys in lists.items()
        }
        shown.append(Changed(one.table, {what: len(keys) for what, keys in lists.items()}, named))
    return shown
