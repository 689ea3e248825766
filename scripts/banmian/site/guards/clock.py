"""Stops statements when their time is up, between any two rows.

Datasette looks at the clock every 1,000 steps of SQLite's program: of a statement that calls a slow function, that may
be half a minute. Here a thread interrupts what is late; SQLite sees that at each turn of each loop, and it costs
nothing where nothing is late.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from banmian.site.guards.bounds import TICK


class _Clock:
    def __init__(self) -> None:
        self._deadlines: dict[sqlite3.Connection, float] = {}
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def set(self, connection: sqlite3.Connection, seconds: float) -> None:
        with self._change:
            self._deadlines[connection] = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
                self._thread.start()
            self._change.notify()

    def unset(self, connection: sqlite3.Connection) -> None:
        with self._change:
            del self._deadlines[connection]

    def _run(self) -> None:
        while True:
            with self._change:
                while not self._deadlines:
                    self._change.wait()
                # With the lock held: no statement but the one that is late can be on this connection.
                now = time.monotonic()
                for connection, deadline in self._deadlines.items():
                    if deadline <= now:
                        # One that was closed meanwhile has nothing to interrupt.
                        with suppress(sqlite3.ProgrammingError):
                            connection.interrupt()
            time.sleep(TICK)


_clock = _Clock()


@contextmanager
def at_most(seconds: float, connection: sqlite3.Connection) -> Iterator[None]:
    """Statements on `connection` that still run after `seconds` end in sqlite3.OperationalError("interrupted")."""
    _clock.set(connection, seconds)
    try:
        yield
    finally:
        _clock.unset(connection)
