"""A real Datasette over a database, asked without a network."""

from __future__ import annotations

import asyncio
import copy
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml
from datasette.app import Datasette
from jinja2.bccache import Bucket, BytecodeCache

METADATA = Path(__file__).parent.parent / "metadata.yml"


class CompiledTemplates(BytecodeCache):
    """Templates that one site of this process compiled, for the next; known by name and text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


@cache
def _metadata() -> dict[str, Any]:
    return yaml.safe_load(METADATA.read_text("utf-8"))


class Published:
    """Datasette as `make serve` starts it: immutable, the plugin loaded, with metadata.yml, other metadata, or none."""

    def __init__(self, database: Path, metadata: bool | dict[str, Any] = True, **settings: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self.datasette = Datasette(
            [],
            immutables=[str(database)],
            metadata=copy.deepcopy(_metadata()) if metadata is True else metadata or None,
            settings=settings,
        )
        self.datasette.jinja_env.bytecode_cache = TEMPLATES
        self.run(self.datasette.invoke_startup())

    def run(self, awaitable: Any) -> Any:
        return self._loop.run_until_complete(awaitable)

    def get(self, path: str) -> httpx.Response:
        """The page at an address, or where that leads."""
        return self.run(self.datasette.client.get(path, follow_redirects=True))

    def ask(self, path: str) -> httpx.Response:
        """What is answered at an address itself."""
        return self.run(self.datasette.client.get(path))

    def connection(self) -> sqlite3.Connection:
        """A connection of our own that Datasette prepared: its functions, the plugin's, and its limits."""
        database = self.datasette.get_database()
        connection = database.connect()
        self.datasette._prepare_connection(connection, database.name)
        return connection

    def close(self) -> None:
        self.datasette.get_database().close()
        self.datasette.executor.shutdown()
        self._loop.close()


@contextmanager
def served(database: Path, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server over `database`, started as `make serve` does, for a browser; with more `variables`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("datasette")), "serve", "-i", str(database)]
    command += ["--metadata", str(METADATA), "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, **(variables or {})}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/-/ready").close()
            break
        except OSError:
            assert server.poll() is None, "Datasette did not start"
            time.sleep(0.1)
    try:
        yield address
    finally:
        server.terminate()
        server.wait()
