"""The Datasette plugin: search in Chinese, limits on connections, pages that read like a newspaper.

The only part of Banmian that imports Datasette. This module names the hooks; what they do stands in the modules beside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from datasette import hookimpl

from banmian.site import errors, limits, search

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


# Datasette registers an escape_fts of its own: the one registered last is the one that counts.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    search.register(conn)
    # Datasette writes to _internal, and asks an unpublished connection (/-/versions) what this SQLite can do.
    if database in datasette.databases and database != "_internal":
        limits.limit(conn)


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]] | None:
    return errors.answer(datasette, request, exception)
