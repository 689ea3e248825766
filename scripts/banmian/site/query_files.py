"""CSV of a query: of a canned one, with ?_stream=on, all of its rows; where it was cut, the file says so.

Datasette gives the first `max_returned_rows`, and nothing in the file tells. Here a cut file has a header
(Banmian-Cut: rows=5000), a name that ends in "-first-5000-rows.csv", and a last line of one cell that begins with #: a
reader that knows no comments stumbles over it, and rightly so.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs, quote

from datasette.database import Results

from banmian.site.messages import plain

_App = Callable[..., Awaitable[None]]
_Message = MutableMapping[str, Any]

# Rows of a canned query that are given as one file.
MOST = 100_000
_STREAM = "_stream"
_NAMED = re.compile(r'(filename="[^"]*?)(?:\.csv)?"')

# Whether this request asks for a whole file.
_is_whole: ContextVar[bool] = ContextVar("is_whole", default=False)
# How many rows the file of this request was cut to, if it was.
_cut_to: ContextVar[list[int] | None] = ContextVar("cut_to", default=None)


def wrap(app: _App) -> _App:
    """`app` whose CSV files say where they were cut."""

    async def wrapped(
        scope: MutableMapping[str, Any], receive: Any, send: Callable[[_Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(".csv"):
            await app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        _is_whole.set(_STREAM in asked)
        cut_to: list[int] = []
        _cut_to.set(cut_to)
        name = scope["path"].rpartition("/")[2]

        async def sending(message: _Message) -> None:
            if cut_to and message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message.get("headers", []), name, cut_to[0])}
            elif cut_to and not message.get("more_body", False):
                said = f"# {plain('data.cut_file', count=cut_to[0])}\r\n"
                message = {**message, "body": message.get("body", b"") + said.encode()}
            await send(message)

        await app(scope, receive, sending)

    return wrapped


def _headers(headers: list[tuple[bytes, bytes]], name: str, rows: int) -> list[tuple[bytes, bytes]]:
    """`headers` that also say that the file was cut, and name it so."""
    given = dict(headers).get(b"content-disposition", f'inline; filename="{quote(name)}"'.encode()).decode("latin-1")
    disposition = _NAMED.sub(rf'\1-first-{rows}-rows.csv"', given)
    kept = [(key, value) for key, value in headers if key != b"content-disposition"]
    return [*kept, (b"content-disposition", disposition.encode("latin-1")), (b"banmian-cut", b"rows=%d" % rows)]


def is_whole() -> bool:
    """Whether all rows of a canned query are asked for."""
    return _is_whole.get()


def limited(sql: str) -> str:
    """`sql` of a canned query for as many rows as a file may have, and one more."""
    return f"select * from (\n{sql}\n) limit {MOST + 1}"


def noted(results: Results) -> Results:
    """The rows that a file has of `results`; that they are not all is noted for the file to say."""
    cut_to = _cut_to.get()
    if len(results.rows) > MOST:
        results = Results(results.rows[:MOST], True, results.description)
    if results.truncated and cut_to is not None:
        cut_to.append(len(results.rows))
    return results
