"""What SQLite refuses is the visitor's error: status 400, where Datasette would say 500."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request, Response

if TYPE_CHECKING:
    from datasette.app import Datasette

_TOO_MUCH = "This request needs more memory than one request may take."
_TOO_LONG = "This request takes longer than one request may take."


def answer(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Awaitable[Response]] | None:
    """The answer to a request that SQLite's limits stopped; None for every other error, which Datasette answers."""
    if isinstance(exception, MemoryError):
        message = _TOO_MUCH
    elif isinstance(exception, QueryInterrupted):
        message = _TOO_LONG
    elif isinstance(exception, sqlite3.DatabaseError):
        message = str(exception)
    else:
        return None

    async def respond() -> Response:
        error = {"ok": False, "error": message, "status": 400, "title": "Invalid SQL"}
        if request.path.endswith(".json"):
            return Response.json(error, status=400)
        page = await datasette.render_template("error.html", error, request=request)
        return Response.html(page, status=400)

    return respond
