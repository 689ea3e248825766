"""A database each of whose statements has an end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import nullcontext
from contextvars import ContextVar
from typing import Any

from datasette.database import Database, Results

from banmian.site.guards import clock
from banmian.site.guards.connections import uncounted

# Milliseconds that the statement may take which this task is about to run; None for Datasette's setting.
_milliseconds: ContextVar[int | None] = ContextVar("milliseconds", default=None)
# Whether that may be a visitor's.
_is_anybodys: ContextVar[bool] = ContextVar("is_anybodys", default=False)


class GuardedDatabase(Database):  # type: ignore[misc]
    """A database that interrupts what runs longer than it may, wherever SQLite is at that moment."""

    async def execute(
        self, sql: str, params: Any = None, truncate: bool = False, custom_time_limit: int | None = None, **options: Any
    ) -> Results:
        """Run a query as Datasette does."""
        token, anybodys = _milliseconds.set(custom_time_limit), _is_anybodys.set(True)
        try:
            return await super().execute(sql, params, truncate, custom_time_limit, **options)
        finally:
            _milliseconds.reset(token)
            _is_anybodys.reset(anybodys)

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run a function of a connection as Datasette does; its statements together have the time of one.

        Functions are our own, and so are their statements: only of what anybody may ask rows are counted.
        """
        most = self.ds.sql_time_limit_ms
        seconds = min(_milliseconds.get() or most, most) / 1000
        rows = nullcontext if _is_anybodys.get() else uncounted

        def timed(connection: sqlite3.Connection) -> Any:
            with clock.at_most(seconds, connection), rows(connection):
                return fn(connection)

        return await super().execute_fn(timed)
