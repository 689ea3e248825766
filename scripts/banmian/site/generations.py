"""A published file that a build replaced is changed over to by the running site, between two requests.

A build moves a new file into the place of the old one. Here each file is a generation: its connections, opened
together, and all that is remembered of it. A request keeps the generation that it began with, so that no page is made
of two files; the next request has the new one. An old generation is closed when its last request is done.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, MutableMapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from queue import LifoQueue
from typing import TYPE_CHECKING, Any

from datasette.database import Database

from banmian.site import versions
from banmian.site.messages import both

if TYPE_CHECKING:
    from datasette.app import Datasette

_App = Callable[..., Awaitable[None]]
# Device, number, size and time of change.
_Identity = tuple[int, int, int, int]

# The generation of each database (by name) that this request sees.
_pinned: ContextVar[Mapping[str, Generation]] = ContextVar("pinned", default={})  # noqa: B039 - never changed in place


class Generation:
    """One file of a database: `kept` is what is remembered of it, `descriptor` the file itself, open for reading."""

    def __init__(self, identity: _Identity, descriptor: int, connections: list[sqlite3.Connection]) -> None:
        self.identity = identity
        self.descriptor = descriptor
        self.kept: dict[tuple[Hashable, ...], Any] = {}
        self.hash: str | None = None
        self.users = 0
        self.idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._connections = connections
        self._is_closed = False
        for connection in connections:
            self.idle.put(connection)

    def close(self) -> None:
        """Close the file. Nobody may be using it."""
        if not self._is_closed:
            self._is_closed = True
            for connection in self._connections:
                connection.close()
            os.close(self.descriptor)


class GenerationsDatabase(Database):  # type: ignore[misc]
    """A database that is read from the file that is there now; one that may be written to is Datasette's own."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._current: Generation | None = None
        self._refused: _Identity | None = None
        self._opening = asyncio.Lock()
        super().__init__(*arguments, **options)

    @property
    def generation(self) -> Generation:
        """The file that this request sees, or the current one where there is no request."""
        pinned = _pinned.get().get(self.name)
        if pinned is not None:
            return pinned
        if self._current is None:
            self._current = self._open()
        return self._current

    @property
    def kept(self) -> dict[tuple[Hashable, ...], Any]:
        """What is remembered of the file; a place for everything that is true of this one alone."""
        return self.generation.kept

    async def newest(self) -> Generation:
        """The generation for a new request: that of the file in its place, opened if need be."""
        current = self.generation
        identity = _identity(self.path)
        # While one request opens a new file, the others go on with the old one.
        if identity in (None, current.identity, self._refused) or self._opening.locked():
            return current
        async with self._opening:
            try:
                self._current = await asyncio.get_running_loop().run_in_executor(None, self._open)
            except (OSError, sqlite3.Error) as error:
                self._refused = identity
                print(both("errors.not_changed_over", file=self.path, reason=error), file=sys.stderr)
                return current
        self._retire(current)
        return self._current

    @contextmanager
    def used(self, generation: Generation) -> Iterator[Generation]:
        """While it is used, the file stays open."""
        generation.users += 1
        try:
            yield generation
        finally:
            generation.users -= 1
            self._retire(generation)

    def _retire(self, generation: Generation) -> None:
        if generation is not self._current and not generation.users:
            generation.close()

    def _open(self) -> Generation:
        """All connections that are needed at once, of one file. Raises OSError or sqlite3.Error where it is none."""
        while True:
            identity = _identity(self.path)
            descriptor = os.open(self.path, os.O_RDONLY)
            connections: list[sqlite3.Connection] = []
            try:
                for _ in range(self.ds.setting("num_sql_threads") or 1):
                    connections.append(self.connect())
                    self._all_file_connections.remove(connections[-1])
                    self.ds._prepare_connection(connections[-1], self.name)
                    (tables,) = connections[-1].execute("SELECT count(*) FROM sqlite_master").fetchone()
                    # An empty file is a database to SQLite; one that was being written is no successor.
                    if not tables and self._current is not None:
                        raise sqlite3.DatabaseError(both("errors.no_tables"))
                    if self._current is not None and (reason := versions.refusal(connections[-1])):
                        raise sqlite3.DatabaseError(reason)
            except BaseException:
                Generation(identity or (0, 0, 0, 0), descriptor, connections).close()
                raise
            opened = Generation(identity or (0, 0, 0, 0), descriptor, connections)
            # Another file may have taken its place in between.
            if identity is not None and identity == _identity(self.path):
                return opened
            opened.close()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run `fn` with a connection to the file that this request sees, in a thread as Datasette does."""
        if self.is_mutable or not self.path:
            return await super().execute_fn(fn)

        def in_thread(generation: Generation) -> Any:
            connection = generation.idle.get()
            try:
                return fn(connection)
            finally:
                generation.idle.put(connection)

        with self.used(self.generation) as generation:
            if self.ds.executor is None:
                return in_thread(generation)
            return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread, generation)

    @property
    def hash(self) -> str | None:
        """The checksum of the file."""
        if self.is_mutable or not self.path:
            return super().hash  # type: ignore[no-any-return]
        generation = self.generation
        if generation.hash is None:
            with os.fdopen(os.dup(generation.descriptor), "rb") as file:
                file.seek(0)
                generation.hash = hashlib.file_digest(file, "sha256").hexdigest()
        return generation.hash

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return super().size if self.is_mutable or not self.path else self.generation.identity[2]

    async def table_counts(self, limit: int = 10) -> Mapping[str, int | None]:
        """Rows of each table, counted once for each file."""
        if self.is_mutable or not self.path:
            return await super().table_counts(limit)  # type: ignore[no-any-return]
        key = ("table_counts",)
        if key not in self.kept:
            self._cached_table_counts = None
            self.kept[key] = await super().table_counts(limit)
        return self.kept[key]  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close all connections."""
        super().close()
        if self._current is not None:
            self._current.close()
            self._current = None


def _identity(path: str) -> _Identity | None:
    """What tells the file at `path` from another; None where there is none."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def wrap(app: _App, datasette: Datasette) -> _App:
    """`app`, each request of which sees one file of each database from its beginning to its end."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        # What the site asks of itself in a request sees what that sees.
        if scope["type"] != "http" or _pinned.get():
            await app(scope, receive, send)
            return
        own = [
            one for one in datasette.databases.values() if isinstance(one, GenerationsDatabase) and not one.is_mutable
        ]
        with ExitStack() as until_the_end:
            seen = {}
            for database in own:
                # In use before another request can change over.
                seen[database.name] = until_the_end.enter_context(database.used(await database.newest()))
            token = _pinned.set(seen)
            try:
                await app(scope, receive, send)
            finally:
                _pinned.reset(token)

    return wrapped
