"""Addresses of Datasette that tell how this machine is set up, and methods that ask for more than reading.

What stays open under /-/: static files and what the plugins themselves answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound

from banmian.site.messages import plain

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

_App = Callable[..., Awaitable[None]]

# Those of Datasette 0.65 and, behind the line, of 1.0.
_NAMES = (
    *("actor", "allow-debug", "auth-token", "config", "databases", "logout", "messages", "metadata", "patterns"),
    *("permissions", "plugins", "settings", "threads", "versions"),
    # ---
    *("actions", "allowed", "api", "check", "create-token", "debug", "jump", "rules", "schema", "tables"),
)
ROUTE = rf"^/-/(?:{'|'.join(_NAMES)})(?:/.*|\.json)?$"

_READING = ("GET", "HEAD")
_ALLOW = (b"allow", b"GET, HEAD, OPTIONS")
# Where something is sent: the desk (site/desk.py), which stands only where `make desk` started the site, and what
# OpenRefine asks (site/reconcile.py), which only reads.
_SENT_TO = ("/-/desk", "/-/reconcile")


async def closed() -> Response:
    """The answer at a closed address: there is no such page."""
    raise NotFound(plain("errors.closed"))


def wrap(app: _App, base_url: str) -> _App:
    """`app`, asked for nothing but reading: OPTIONS are answered, every other method is refused with 405."""
    places = tuple(f"{base_url.rstrip('/')}{place}/" for place in _SENT_TO)

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        is_sent = scope["type"] == "http" and scope["method"] not in _READING
        may_be_sent = is_sent and scope["method"] == "POST" and f"{scope['path']}/".startswith(places)
        if not is_sent or may_be_sent:
            await app(scope, receive, send)
        else:
            is_asked = scope["method"] == "OPTIONS"
            body = b"" if is_asked else plain("errors.method").encode() + b"\n"
            headers = [_ALLOW, (b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
            headers += [(b"access-control-allow-methods", _ALLOW[1])] if is_asked else []
            await send({"type": "http.response.start", "status": 200 if is_asked else 405, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    return wrapped
