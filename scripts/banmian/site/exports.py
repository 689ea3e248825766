"""CSV that Excel opens rightly, and every answer with a link to source and rights."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A CSV without a single column: Datasette says 200 where the query failed.
_NO_COLUMNS = b"\r\n"


def wrap(app: App, rights_path: str) -> App:
    """`app` whose .csv, .json and .db answers link to `rights_path`; ?_bom=1 puts a byte-order mark before a CSV."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith((".csv", ".json", ".db")):
            await app(scope, receive, send)
            return
        link = (b"link", f'<{rights_path}>; rel="license"'.encode("latin-1"))
        is_csv = scope["path"].endswith(".csv")
        wants_mark = is_csv and parse_qs(scope["query_string"].decode("latin-1")).get("_bom", ["0"])[-1] != "0"
        start: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = {**message, "headers": [*message.get("headers", []), link]}
                if not is_csv:
                    await send(start)
            elif is_csv and start is not None:
                # The first part of the body decides what the answer is.
                start, message = _answer(start, message, wants_mark)
                await send(start)
                start = None
                await send(message)
            else:
                await send(message)

        await app(scope, receive, sending)

    return wrapped


def _answer(start: Message, body: Message, wants_mark: bool) -> tuple[Message, Message]:
    text = body.get("body", b"")
    if start["status"] != 200:
        return start, body
    if text == _NO_COLUMNS:
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        refused = b"This query failed: open it without .csv to see why.\n"
        return {**start, "status": 400, "headers": headers}, {**body, "body": refused}
    return start, {**body, "body": _BYTE_ORDER_MARK + text} if wants_mark else body
