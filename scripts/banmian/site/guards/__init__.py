"""What keeps one visitor from taking the machine from the others, or from learning what is not published.

The numbers stand in bounds.py, each with its reason. They hold however Datasette is started.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Request, Response

from banmian.site.guards import closed, extent, headers, lanes
from banmian.site.messages import plain

if TYPE_CHECKING:
    from datasette.app import Datasette

_App = Callable[..., Awaitable[None]]

# Datasette makes its app anew for each request of its own client.
_lanes: WeakKeyDictionary[Datasette, tuple[dict[str, lanes.Lane], lanes.Quick]] = WeakKeyDictionary()


def wrap(app: _App, datasette: Datasette) -> _App:
    """`app` behind all guards of requests, the outermost first: headers, methods, lanes, sizes."""
    base_url = datasette.setting("base_url")
    own, quick = _lanes.setdefault(datasette, (lanes.new_lanes(), lanes.Quick()))

    def which(scope: MutableMapping[str, Any]) -> str | None:
        path = "/" + scope["path"].removeprefix(base_url.rstrip("/")).lstrip("/")
        routes = {database.route or name for name, database in datasette.databases.items()}
        return lanes.lane_of(path, scope["query_string"], routes)

    def refuse(seconds: int) -> _App:
        async def refused(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            await (await _busy(datasette, Request(scope, receive), seconds)).asgi_send(send)

        return refused

    in_lanes = lanes.wrap(extent.wrap(app), own, quick, which, refuse)
    return headers.wrap(closed.wrap(in_lanes, base_url), headers.Tag(datasette).read, base_url)


async def _busy(datasette: Datasette, request: Request, seconds: int) -> Response:
    """What is answered where a lane is full: after how many seconds to ask again, and what is open meanwhile."""
    again = {"retry-after": str(seconds), "cache-control": "no-store"}
    error = {
        "ok": False,
        "error": plain("errors.busy", seconds=seconds),
        "status": 429,
        "title": plain("errors.is_busy"),
    }
    if "." in request.path.rpartition("/")[2]:
        return Response.json(error, status=429, headers=again)
    return Response.html(await datasette.render_template("error.html", error), status=429, headers=again)
