"""People without a public role: on the public's site no page gathers what editions say of them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from banmian.site.lasting import is_public
from banmian.site.messages import plain
from banmian.store.shown import PUBLIC

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

_NOT_INDEXED = {"x-robots-tag": "noindex"}
_IS_PUBLIC = f"SELECT 1 FROM build_info WHERE name = '{PUBLIC}'"
# SQLite looks for a name among what is temporary first: each list, query and choice then has these people alone.
# Who must know them all, as an article its names, asks main.people.
_KNOWN = "CREATE TEMPORARY VIEW people AS SELECT * FROM main.people WHERE public_role IS NOT NULL"


def leave_out(connection: sqlite3.Connection) -> None:
    """Let `people` on a connection to the public's database be those who may be found and followed on this site."""
    try:
        is_public = connection.execute(_IS_PUBLIC).fetchone() is not None
    except sqlite3.OperationalError:
        # Not a database of ours.
        return
    if is_public:
        connection.execute(_KNOWN)


async def is_private(database: Database, table: str, number: object) -> bool:
    """Whether this row of a table is a person who has no page here."""
    if table != "people" or not await is_public(database):
        return False
    row = await database.execute("SELECT public_role FROM main.people WHERE id = ?", [number])
    return row.single_value() is None


async def answer(datasette: Datasette, request: Request, key: str, suffix: str) -> Response:
    """What stands at the address of such a person: why there is no page. To programs that is refused."""
    if suffix:
        error = {"ok": False, "error": plain("private.about"), "status": 403, "title": plain("private.title")}
        return Response.json(error, status=403, headers=_NOT_INDEXED)
    page = await datasette.render_template("private.html", {"name": key}, request)
    return Response.html(page, headers=_NOT_INDEXED)
