"""Whether the site runs (/-/health), and whether it can answer from its database (/-/ready)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

if TYPE_CHECKING:
    from datasette.app import Datasette

_NOW = {"cache-control": "no-store"}
_TABLES = "SELECT count(*) FROM sqlite_master"


async def health() -> Response:
    """200 where the process answers at all."""
    return Response.text("ok\n", headers=_NOW)


async def ready(datasette: Datasette) -> Response:
    """200 where every published file can be read, 503 where one can't."""
    try:
        for database in datasette.databases.values():
            if database.path:
                await database.execute(_TABLES)
    except (sqlite3.Error, QueryInterrupted):
        return Response.text("not ready\n", status=503, headers=_NOW)
    return Response.text("ready\n", headers=_NOW)
