"""Headers of every answer: what a browser may run, whom it tells, how long it may keep what it was given.

Of files that are opened immutable every answer lasts until others take their place: the tag of an answer is a digest
of these files, of the site's own, of what was set and of the language, and whoever has it is answered 304 without a
question to the database.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from banmian.site import languages
from banmian.site.guards.bounds import FRESH, HSTS

if TYPE_CHECKING:
    from datasette.app import Datasette

_App = Callable[..., Awaitable[None]]
_Headers = list[tuple[bytes, bytes]]

# Styles may stand in a page: Datasette writes the names of columns into one, for narrow windows.
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_ALWAYS = {
    b"content-security-policy": "; ".join(f"{kind} {allowed}" for kind, allowed in _SOURCES.items()).encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    # Queries of visitors stand in the address.
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}
# Pages of other sites may read what is data, without cookies.
_CORS = {b"access-control-allow-origin": b"*", b"access-control-expose-headers": b"Link, ETag, Retry-After"}
_STATIC = ("/-/static/", "/-/static-plugins/")
_DIGESTED = re.compile(rb"[0-9a-f]{6,64}")
# Statements of visitors may ask for the time or for chance.
_ASKING = frozenset(("sql", "_where"))
# Where the checksum of a file is remembered, as long as the file is there.
_CHECKSUM = ("checksum",)
_OF_NOW = ("/-/desk", "/-/health", "/-/ready", "/-/releases")


class Tag:
    """The tag of every answer that depends on what is published alone."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette
        self._own: str | None = None

    async def read(self) -> bytes | None:
        """The tag while the published files are those that this request sees; None where a file may change."""
        published = [database for database in self._datasette.databases.values() if database.path]
        if not published or any(database.is_mutable for database in published):
            return None
        if self._own is None:
            self._own = await asyncio.to_thread(self._digest)
        digest = hashlib.sha256(self._own.encode())
        for database in published:
            if _CHECKSUM not in database.kept:
                # It reads the whole file.
                database.kept[_CHECKSUM] = await asyncio.to_thread(lambda read: read.hash, database)
            digest.update(f"{database.name} {database.kept[_CHECKSUM]}\n".encode())
        digest.update(str(languages.column()).encode())
        return b'W/"' + digest.hexdigest()[:24].encode() + b'"'

    def _digest(self) -> str:
        """What the site itself is: its files, and what was set."""
        said = {"metadata": self._datasette.metadata(), "settings": self._datasette.settings_dict()}
        digest = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode())
        for file in _files(resources.files("banmian.site")):
            digest.update(file.read_bytes())
        return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from () if one.name == "__pycache__" else _files(one)
        else:
            yield one


def wrap(app: _App, own_tag: Callable[[], Awaitable[bytes | None]], base_url: str) -> _App:
    """`app` with headers; `own_tag` gives the tag of its lasting answers."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = "/" + scope["path"].removeprefix(base_url.rstrip("/")).lstrip("/")
        asked = {name.lower(): value for name, value in scope["headers"]}
        lasting = await own_tag() if _is_lasting(scope, path, asked) else None

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headed(scope, path, message, lasting)}
            await send(message)

        if lasting and lasting in asked.get(b"if-none-match", b"").split(b", "):
            await sending({"type": "http.response.start", "status": 304, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await app(scope, receive, sending)

    return wrapped


def _is_lasting(scope: MutableMapping[str, Any], path: str, asked: MutableMapping[bytes, bytes]) -> bool:
    """Whether the answer depends on the address and what is published alone."""
    return (
        scope["method"] in ("GET", "HEAD")
        and b"cookie" not in asked
        and b"authorization" not in asked
        and not path.startswith((*_STATIC, *_OF_NOW))
        and not _ASKING & parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).keys()
    )


def _headed(
    scope: MutableMapping[str, Any], path: str, start: MutableMapping[str, Any], lasting: bytes | None
) -> _Headers:
    added = dict(_ALWAYS)
    if "." in path.rpartition("/")[2]:
        added |= _CORS
    if scope.get("scheme") == "https":
        added[b"strict-transport-security"] = f"max-age={HSTS}".encode()
    given = [(name.lower(), value) for name, value in start.get("headers", [])]
    names = {name for name, _ in given}
    if start["status"] in (200, 304):
        if path.startswith(_STATIC) and _DIGESTED.fullmatch(scope["query_string"]):
            added[b"cache-control"] = b"public, max-age=31536000, immutable"
        elif lasting and b"etag" not in names and b"set-cookie" not in names:
            added |= {b"etag": lasting, b"cache-control": f"public, max-age={FRESH}".encode()}
    return [*((name, value) for name, value in given if name not in added), *added.items()]
