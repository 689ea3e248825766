"""A real Datasette over a database, asked without a network."""

from __future__ import annotations

import asyncio
import copy
import os
import socket
import sqlite3
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import httpx
import uvicorn
import yaml
from datasette.app import Datasette
from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

_Any = TypeVar("_Any")

# So many connections of its own a test may use beside each other.
_AT_ONCE = 4
METADATA = Path(__file__).parent.parent / "metadata.yml"


class CompiledTemplates(BytecodeCache):
    """Templates that one site of this process compiled, for the next; known by name and text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        # One that waits and one that does not make other code of one text.
        key = f"{self.get_cache_key(name, filename)} {environment.is_async}"
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


@cache
def _metadata() -> dict[str, Any]:
    return yaml.load(METADATA.read_text("utf-8"), yaml.CSafeLoader)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop of all sites of this process, in a thread of its own: Playwright has one in that of the tests."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def finished(coroutine: Coroutine[Any, Any, _Any]) -> _Any:
    """What a coroutine gives, once it is done."""
    return asyncio.run_coroutine_threadsafe(coroutine, _loop()).result()


class Published:
    """Datasette as `make serve` starts it: immutable, the plugin loaded, with metadata.yml, other metadata, or none."""

    run = staticmethod(finished)

    def __init__(self, database: Path, metadata: bool | dict[str, Any] = True, **settings: Any) -> None:
        self.datasette = Datasette(
            [],
            immutables=[str(database)],
            metadata=copy.deepcopy(_metadata()) if metadata is True else metadata or None,
            settings=settings,
        )
        self.datasette.jinja_env.bytecode_cache = TEMPLATES
        self._given: list[sqlite3.Connection] = []
        finished(self.datasette.invoke_startup())

    def get(self, path: str) -> httpx.Response:
        """The page at an address, or where that leads."""
        return finished(self.datasette.client.get(path, follow_redirects=True))

    def ask(self, path: str) -> httpx.Response:
        """What is answered at an address itself."""
        return finished(self.datasette.client.get(path))

    def connection(self) -> sqlite3.Connection:
        """A connection of our own that Datasette prepared: its functions, the plugin's, and its limits."""
        database = self.datasette.get_database()
        connection = database.connect()
        self._given.append(connection)
        # What a function of theirs holds is not collected, and SQLite's memory of this process is bounded.
        for old in self._given[:-_AT_ONCE]:
            old.close()
        del self._given[:-_AT_ONCE]
        self.datasette._prepare_connection(connection, database.name)
        return connection

    def close(self) -> None:
        self.datasette.get_database().close()
        self.datasette.executor.shutdown()
        for connection in self._given:
            connection.close()


@contextmanager
def served(database: Path, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server over `database`, for a browser, with more environment `variables` meanwhile.

    It is what `datasette serve` starts, but in this process: one of its own would import and compile everything anew.
    """
    with mock.patch.dict(os.environ, variables or {}), socket.create_server(("127.0.0.1", 0)) as listening:
        site = Published(database)
        server = uvicorn.Server(uvicorn.Config(site.datasette.app(), lifespan="on", log_level="error"))
        serving = asyncio.run_coroutine_threadsafe(server.serve(sockets=[listening]), _loop())
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            serving.result()
            site.close()
