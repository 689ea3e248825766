"""In which language a page is read: Chinese, or English where that was chosen.

?_lang= of any page chooses; a cookie keeps the choice, so that addresses stay one for both. What is no page (JSON, CSV,
feeds) is the same for all, and never depends on the cookie; of citations and workbooks, which have words of ours,
?_lang= in their own address chooses.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

_App = Callable[..., Awaitable[None]]

# By their column in the tables of messages; the first one is shown until another is chosen.
CODES = ("zh-CN", "en")
CHINESE, ENGLISH = 0, 1
ASKED = "_lang"
COOKIE = "language"
# Seconds: a year.
_KEPT = 31_536_000
_NAMES = {code.partition("-")[0]: column for column, code in enumerate(CODES)}
_NO_PAGE = re.compile(
    r"/-/static(?:-plugins)?/|/-/(?:reconcile|health|ready)(?:/|\Z)"
    r"|\.(?:json|csv|xlsx|db|zip|sha256|txt|bib|ris|atom|xml|blob|css|js)\Z"
)
_WITH_WORDS = re.compile(r"\.(?:gbt7714\.txt|bib|ris|csl\.json|xlsx)(?=\?|\Z)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for a page: the column of the language, and the address of the page without ?_lang=."""

    column: int
    path: str
    arguments: tuple[tuple[str, str], ...]


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


def column() -> int | None:
    """The column of the language of the page that is made; None where what is made is no page."""
    reader = _reader.get()
    return None if reader is None else reader.column


def code() -> str:
    """The language of the page that is made, as HTML names it."""
    return CODES[column() or 0]


def file_of(address: str) -> str:
    """The address of a file as a page links to it: one with words of ours is of the language of the page."""
    if column() in (None, CHINESE) or not _WITH_WORDS.search(address):
        return address
    name = next(name for name, at in _NAMES.items() if at == column())
    return f"{address}{'&' if '?' in address else '?'}{ASKED}={name}"


def others() -> list[tuple[str, str]]:
    """The other languages of the page that is made: code, and the address that chooses it; none where it is no page."""
    reader = _reader.get()
    if reader is None:
        return []
    return [
        (CODES[at], f"{reader.path}?{urlencode([*reader.arguments, (ASKED, name)])}")
        for name, at in _NAMES.items()
        if at != reader.column
    ]


def wrap(app: _App, base_url: str) -> _App:
    """`app`, which is told the language of each page that is asked for, and nothing of how it was chosen."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        is_file = scope["type"] != "http" or bool(_NO_PAGE.search(scope["path"]))
        if is_file and not (scope["type"] == "http" and _WITH_WORDS.search(scope["path"])):
            _reader.set(None)
            await app(scope, receive, send)
            return
        arguments = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = next((value for key, value in arguments if key == ASKED), None)
        if is_file:
            rest = [(key, value) for key, value in arguments if key != ASKED]
            _reader.set(Reader(_NAMES[asked], scope["path"], tuple(rest)) if asked in _NAMES else None)
            await app({**scope, "query_string": urlencode(rest).encode("ascii")} if asked else scope, receive, send)
            return
        headers, kept = _without_choice(scope["headers"])
        if asked is not None:
            arguments = [(key, value) for key, value in arguments if key != ASKED]
            scope = {**scope, "query_string": urlencode(arguments).encode("ascii")}
        chosen = asked if asked in _NAMES else kept
        path = quote(scope["path"]) if not scope.get("raw_path") else scope["raw_path"].decode("latin-1").split("?")[0]
        reader = Reader(_NAMES.get(chosen or "", CHINESE), path, tuple(arguments))
        _reader.set(reader)

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headed(message, asked in _NAMES, reader.column, base_url)}
            await send(message)

        await app({**scope, "headers": headers}, receive, sending)

    return wrapped


def _without_choice(headers: list[tuple[bytes, bytes]]) -> tuple[list[tuple[bytes, bytes]], str | None]:
    """The headers of a request without our cookie, and what it holds: a page that only differs by it lasts."""
    rest, kept = [], None
    for name, value in headers:
        if name.lower() != b"cookie":
            rest.append((name, value))
            continue
        cookies = [one.strip() for one in value.decode("latin-1").split(";")]
        others = [one for one in cookies if one.partition("=")[0] != COOKIE]
        kept = next((one.partition("=")[2] for one in cookies if one not in others), kept)
        if others:
            rest.append((name, "; ".join(others).encode("latin-1")))
    return rest, kept


def _headed(start: MutableMapping[str, Any], is_chosen: bool, column: int, base_url: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer; one that sets the cookie is kept by nobody, or the choice would not be made again."""
    headers = list(start.get("headers", []))
    # Pages from a kept copy and guards say it nowhere else.
    headers += [] if any(name.lower() == b"vary" for name, _ in headers) else [(b"vary", b"Cookie")]
    if is_chosen:
        name = CODES[column].partition("-")[0]
        cookie = f"{COOKIE}={name}; Path={base_url}; Max-Age={_KEPT}; SameSite=Lax; HttpOnly"
        headers = [(key, value) for key, value in headers if key.lower() not in (b"cache-control", b"etag")]
        headers += [(b"set-cookie", cookie.encode()), (b"cache-control", b"no-store")]
    return headers
