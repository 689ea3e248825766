"""What SQLite refuses or what an address gets wrong is the visitor's error: status 400, where Datasette says 500."""

from __future__ import annotations

import re
import sqlite3
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode
from datasette.utils.asgi import Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from banmian.site import columns, languages, quoting
from banmian.site.messages import Say, plain
from banmian.words.lists import rows

if TYPE_CHECKING:
    from datasette.app import Datasette

# Datasette's modules that read the filters and facets of an address. They take for granted that they are well formed.
_READERS = frozenset({"datasette.filters", "datasette.facets"})
# So does Datasette with this number, which may also be asked for.
_TIME_LIMIT = "_timelimit"

# What is said of a column that is not there, and of a table.
_NO_COLUMN, _NO_TABLE = "errors.sql_column", "errors.sql_table"

# How Datasette calls the error that it makes of an interrupted query, with a script in it.
_INTERRUPTED = "SQL Interrupted"


def answer(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Awaitable[Response]] | None:
    """The answer to a request that asks for what can't be; None for every other error, which Datasette answers."""
    message = _message(request, exception)
    if message is None:
        return None

    async def respond() -> Response:
        error = {"ok": False, "error": message, "status": 400, "title": plain("errors.bad_request")}
        if request.path.endswith(".json"):
            return Response.json(error, status=400)
        asked = {name: tilde_decode(request.url_vars.get(name) or "") for name in ("database", "table")}
        page = await datasette.render_template("error.html", error | asked, request=request)
        return Response.html(page, status=400)

    return respond


def in_words(said: object, tables: Mapping[str, str] | None = None) -> Markup:
    """What is wrong, as HTML in the language of the page: of what Datasette or SQLite said, or of what we said.

    `tables` are those that may have been meant, with their titles in both languages.
    """
    text = str(said)
    for refusal, key in _refusals():
        if found := refusal.fullmatch(text):
            values = {name: Markup("<code>{}</code>").format(value) for name, value in found.groupdict().items()}
            return Say()(key, **values) + _meant(key, found.groupdict().get("name", ""), tables or {})
    is_foreign = languages.column() == languages.CHINESE and not quoting.has_chinese(text)
    if is_foreign and text:
        return Say()("errors.said", reason=Markup('<code lang="en">{}</code>').format(text))
    return quoting.prose(said)


def _meant(key: str, name: str, tables: Mapping[str, str]) -> Markup:
    """The columns or tables whose names, or what pages call these tables, are like what is none."""
    asked = name.rpartition(".")[2].lower()
    if key == _NO_COLUMN:
        like = get_close_matches(asked, columns.names(), 3)
    elif key == _NO_TABLE:
        names = {title.strip().lower(): table for table, both in tables.items() for title in quoting.halves(both) or ()}
        names |= {table: table for table in tables}
        like = list(dict.fromkeys(names[one] for one in get_close_matches(asked, names, 3)))
    else:
        return Markup()
    shown = Markup(" ").join(map(Markup("<code>{}</code>").format, like))
    return (
        Say()("errors.sql_nearly" if key == _NO_COLUMN else "errors.sql_nearly_table", names=shown) if like else shown
    )


@cache
def _refusals() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(refusal), key) for refusal, key in rows("banmian.site", "refusals.tsv")]


def _message(request: Request, exception: Exception) -> str | None:
    """What to tell the visitor; None where it is not the visitor's error."""
    message = None
    if isinstance(exception, MemoryError) or _is_without_reason(exception):
        message = plain("errors.too_much")
    elif isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == _INTERRUPTED:
        message = plain("errors.too_long")
    elif isinstance(exception, sqlite3.DatabaseError):
        message = str(exception)
    elif isinstance(exception, DatasetteError) and exception.status == 500:
        # Datasette's default for what it refuses, such as to sort by a column that isn't there.
        message = str(exception.message)
    elif isinstance(exception, ValueError | LookupError | TypeError) and _is_misread(request, exception):
        message = plain("errors.unreadable", reason=exception)
    return message


def _is_without_reason(exception: Exception) -> bool:
    """Whether Python's sqlite3 failed and said nothing, as it does at times at a limit of memory or depth."""
    return isinstance(exception, SystemError) and "sqlite3" in str(exception)


def _is_misread(request: Request, exception: Exception) -> bool:
    if isinstance(exception, ValueError) and not request.args.get(_TIME_LIMIT, "0").isdecimal():
        return True
    frames = traceback.walk_tb(exception.__traceback__)
    return any(frame.f_globals.get("__name__") in _READERS for frame, _ in frames)
