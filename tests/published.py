"""A real Datasette over a database, asked without a network."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import yaml
from banmian import words
from datasette.app import Datasette

METADATA = Path(__file__).parent.parent / "metadata.yml"


class Published:
    """Datasette as `make serve` starts it: immutable, the plugin loaded, with metadata.yml, other metadata, or none."""

    def __init__(self, database: Path, metadata: bool | dict[str, Any] = True) -> None:
        self._loop = asyncio.new_event_loop()
        self.datasette = Datasette(
            [],
            immutables=[str(database)],
            metadata=yaml.safe_load(METADATA.read_text("utf-8")) if metadata is True else metadata or None,
        )
        self.run(self.datasette.invoke_startup())
        # The site reads jieba's dictionary while it starts; a question before that may be too slow for its limit.
        words.total()

    def run(self, awaitable: Any) -> Any:
        return self._loop.run_until_complete(awaitable)

    def get(self, path: str) -> httpx.Response:
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
