"""OpenRefine asks which person or organization a name is: the reconciliation API 0.2, read alone.

A name is looked up among full names and aliases as a whole, then among those that contain it. The identifiers are the
keys of our addresses, which no rebuild changes. datasette-reconcile knows neither aliases nor keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from banmian.site.messages import plain
from banmian.site.pages import open_edition
from banmian.store.addresses import address

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

PATH = "/-/reconcile"
_TYPES = {"people": "person_id", "organizations": "organization_id"}
# Queries in one request, and candidates of one of them.
_QUERIES, _CANDIDATES = 50, 10
# Bytes of a form.
_LONGEST = 200_000
# A name that is asked for as a whole scores 100, by an alias 90; one that contains it, the share of it that it is.
_FOUND = """
    SELECT key, name, mentions, score FROM (
        SELECT id, 100 AS score FROM {table} WHERE name = :name
        UNION ALL SELECT {column}, 90 FROM aliases WHERE name = :name AND {column} IS NOT NULL
        UNION ALL SELECT id, 80.0 * length(:name) / length(name) FROM {table}
            WHERE instr(name, :name) > 0 AND name <> :name
    ) JOIN {table} USING (id)
    GROUP BY id ORDER BY max(score) DESC, mentions DESC, id LIMIT :most"""


async def answer(datasette: Datasette, request: Request) -> Response:
    """What the service is, or with queries= (a JSON object of them) the candidates of each."""
    name = await open_edition(datasette, request)
    asked = request.args.get("queries")
    if request.method == "POST":
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > _LONGEST:
            return _open({"error": plain("errors.reconcile")}, 400)
        asked = (await request.post_vars()).get("queries", asked)
    if asked is None:
        return _open(_manifest(datasette, request))
    try:
        queries = json.loads(asked)
        names = {
            key: (str(query["query"]).strip(), query.get("type"), query.get("limit")) for key, query in queries.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _open({"error": plain("errors.reconcile")}, 400)
    if len(names) > _QUERIES:
        return _open({"error": plain("errors.reconcile")}, 400)
    database = datasette.get_database(name)
    return _open({key: {"result": await _candidates(database, *query)} for key, query in names.items()})


async def _candidates(database: Database, name: str, kind: object, limit: object) -> list[Mapping[str, Any]]:
    kinds = [table for table in _TYPES if kind is None or table in (kind if isinstance(kind, list) else [kind])]
    most = min(limit, _CANDIDATES) if isinstance(limit, int) and limit > 0 else _CANDIDATES
    found: list[Mapping[str, Any]] = []
    for table in kinds if name else ():
        sql = _FOUND.format(table=table, column=_TYPES[table])
        for row in await database.execute(sql, {"name": name, "most": most}):
            found.append(
                {
                    "id": address(table, row["key"]).removeprefix("/"),
                    "name": row["name"],
                    "type": [{"id": table, "name": table}],
                    "score": row["score"],
                    "match": False,
                }
            )
    found = sorted(found, key=lambda one: -one["score"])[:most]
    # Only what alone bears the name as a whole needs no second look.
    whole = [one for one in found if one["score"] >= 90]
    return [{**one, "match": len(whole) == 1 and one is whole[0]} for one in found]


def _manifest(datasette: Datasette, request: Request) -> Mapping[str, Any]:
    site = datasette.absolute_url(request, datasette.urls.instance()).rstrip("/")
    return {
        "versions": ["0.2"],
        "name": "Banmian",
        "identifierSpace": f"{site}/",
        "schemaSpace": f"{site}/edition/",
        "defaultTypes": [{"id": table, "name": table} for table in _TYPES],
        "view": {"url": f"{site}/{{{{id}}}}"},
        "batchSize": _QUERIES,
    }


def _open(value: Mapping[str, Any], status: int = 200) -> Response:
    """An answer that programs in other pages may read: nothing here is secret."""
    return Response.json(value, status=status, headers={"access-control-allow-origin": "*"})
