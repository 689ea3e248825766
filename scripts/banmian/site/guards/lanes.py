"""A fair share: what takes long waits for its like, so that pages are answered at once whatever else is asked.

Datasette asks the database with a few threads (num_sql_threads). What visitors write themselves (SQL, conditions,
facets, searches), lists of rows, and whole tables as files have a lane each, of fewer threads than there are. Who waits
in a lane waits in a queue that has an end: then the answer is 429, with the seconds after which to ask again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from banmian.site.guards.bounds import GIVE_WAY, LANES, STALLED, LaneBounds

_App = Callable[..., Awaitable[None]]
_Scope = MutableMapping[str, Any]

SQL, LISTS, FILES = "sql", "lists", "files"

_WRITTEN = ("sql", "_where", "_through", "q", "_stream")
_WRITTEN_BEGINNINGS = ("_search", "_facet")

# Pictures count the rows of a table.
_COUNTING = "/-/pictures/"

_is_inside: ContextVar[bool] = ContextVar("is_inside", default=False)
_is_quick: ContextVar[bool] = ContextVar("is_quick", default=False)


class Lane:
    """At most `bounds.at_once` inside, at most `bounds.waiting` before it, each at most `bounds.patience` seconds."""

    def __init__(self, bounds: LaneBounds) -> None:
        self.bounds = bounds
        self._free = asyncio.Semaphore(bounds.at_once)
        self._waiting = 0

    async def enter(self) -> bool:
        """Wait for a place; False where there is none to be had."""
        if self._free.locked() and self._waiting >= self.bounds.waiting:
            return False
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), self.bounds.patience)
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return True

    def leave(self) -> None:
        """Give the place to the next one."""
        self._free.release()


class Quick:
    """The requests outside of all lanes: while one is under way, nobody who waits in a lane begins.

    A page asks its database several times; between two of these each lane would put in a page of its own.
    """

    def __init__(self) -> None:
        self._under_way = 0
        self._none = asyncio.Event()
        self._none.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """One more is under way."""
        self._under_way += 1
        self._none.clear()
        token = _is_quick.set(True)
        try:
            yield
        finally:
            _is_quick.reset(token)
            self._under_way -= 1
            if not self._under_way:
                self._none.set()

    async def give_way(self) -> None:
        """Wait until none is under way, but not for ever: where there are always some, lanes go on slowly.

        What a page asks of the site itself does not wait for that page.
        """
        if _is_quick.get():
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._none.wait(), GIVE_WAY)


def lane_of(path: str, query_string: bytes, databases: Iterable[str]) -> str | None:
    """The lane of a request by its path, from the root of the site; None for what is quick."""
    if path.startswith(("/-/static", "/-/health", "/-/ready")):
        return None
    asked = parse_qs(query_string.decode("latin-1"), keep_blank_values=True)
    parts = path.strip("/").split("/")
    is_of_database = parts[0].partition(".")[0] in databases
    extension = parts[-1].rpartition(".")[2] if "." in parts[-1] else ""
    if is_of_database and extension == "db":
        return None
    if extension == "xlsx" or (extension == "csv" and "_stream" in asked):
        return FILES
    if any(key in _WRITTEN or key.startswith(_WRITTEN_BEGINNINGS) for key in asked):
        return SQL
    is_list = path.startswith(_COUNTING) or (is_of_database and (len(parts) == 2 or bool(asked)))
    return LISTS if is_list else None


def wrap(
    app: _App,
    lanes: Mapping[str, Lane],
    quick: Quick,
    which: Callable[[_Scope], str | None],
    refuse: Callable[..., _App],
) -> _App:
    """`app`, each request in its lane; `refuse` gives the app that answers 429 to ask again after some seconds."""

    async def wrapped(scope: _Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _is_inside.get():
            await app(scope, receive, send)
            return
        name = which(scope)
        if name is None:
            with quick.one():
                await app(scope, receive, send)
            return
        lane = lanes[name]
        if not await lane.enter():
            await refuse(lane.bounds.again)(scope, receive, send)
            return
        await quick.give_way()
        token = _is_inside.set(True)
        inside = True

        def leave() -> None:
            nonlocal inside
            if inside:
                inside = False
                lane.leave()

        async def sending(message: MutableMapping[str, Any]) -> None:
            # What is answered whole is known now: a slow reader keeps nobody waiting.
            if name != FILES:
                leave()
                await send(message)
            else:
                await asyncio.wait_for(send(message), STALLED)

        try:
            await app(scope, receive, sending)
        except TimeoutError:
            # One who reads no more: the server closes the connection where an answer does not end.
            if name != FILES:
                raise
        finally:
            leave()
            _is_inside.reset(token)

    return wrapped


def new_lanes() -> dict[str, Lane]:
    """The lanes of one site."""
    return {name: Lane(LANES[name]) for name in (SQL, LISTS, FILES)}
