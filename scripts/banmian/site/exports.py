"""CSV that Excel opens rightly and that runs no formula, and every answer with a link to source and rights."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from banmian.site.messages import plain

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A CSV without a single column: Datasette says 200 where the query failed.
_NO_COLUMNS = b"\r\n"
_CELL = re.compile(rb'("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)')
# What a spreadsheet takes for a formula. A number may have its sign: no cell tells whether it was text.
_FORMULA = re.compile(rb'"?(?![-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"?$)[=+\-@\t\r]')


def wrap(app: App, rights_path: str) -> App:
    """`app` whose .csv, .json, .xlsx and .db answers link to `rights_path`.

    ?_bom=1 makes a CSV one for spreadsheets: with a byte-order mark, and an apostrophe before each cell of text that
    would run as a formula, as `make export` does.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith((".csv", ".json", ".db", ".xlsx")):
            await app(scope, receive, send)
            return
        link = (b"link", f'<{rights_path}>; rel="license"'.encode("latin-1"))
        is_csv = scope["path"].endswith(".csv")
        for_spreadsheets = is_csv and parse_qs(scope["query_string"].decode("latin-1")).get("_bom", ["0"])[-1] != "0"
        start: Message | None = None
        harmless = _Harmless() if for_spreadsheets else None

        async def sending(message: Message) -> None:
            nonlocal start, harmless
            if message["type"] == "http.response.start":
                start = {**message, "headers": [*message.get("headers", []), link]}
                if not is_csv:
                    await send(start)
            elif is_csv and start is not None:
                # The first part of the body decides what the answer is.
                start, message = _answer(start, message)
                if start["status"] != 200:
                    harmless = None
                await send(start)
                start = None
                await send(harmless.part(message) if harmless else message)
            elif harmless:
                await send(harmless.part(message))
            else:
                await send(message)

        await app(scope, receive, sending)

    return wrapped


def _answer(start: Message, body: Message) -> tuple[Message, Message]:
    if start["status"] == 200 and body.get("body", b"") == _NO_COLUMNS:
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        refused = plain("errors.no_csv").encode() + b"\n"
        return {**start, "status": 400, "headers": headers}, {**body, "body": refused}
    if start["status"] == 200:
        # Datasette says text/plain, so that browsers show it.
        headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-type"]
        return {**start, "headers": [*headers, (b"content-type", b"text/csv; charset=utf-8")]}, body
    return start, body


class _Harmless:
    """Turns the parts of one CSV into those of one for spreadsheets; a part may end within a cell."""

    def __init__(self) -> None:
        self._rest = b""
        self._begins = True

    def part(self, message: Message) -> Message:
        """`message` with the cells that are complete; the last one brings whatever is left."""
        text, done, cells = self._rest + message.get("body", b""), 0, []
        while match := _CELL.match(text, done):
            cells.append(_harmless(match[1]) + match[2])
            done = match.end()
        self._rest = text[done:]
        if not message.get("more_body", False):
            cells.append(self._rest)
        mark = _BYTE_ORDER_MARK if self._begins else b""
        self._begins = False
        return {**message, "body": mark + b"".join(cells)}


def _harmless(cell: bytes) -> bytes:
    if not _FORMULA.match(cell):
        return cell
    return b"\"'" + cell[1:] if cell.startswith(b'"') else b"'" + cell
