"""A new database is built beside the old one, checked, and moved into its place in one step."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from banmian.store.checks import check_absent, check_database, check_fresh
from banmian.store.write import Writer

_UNFINISHED = ".edition.db.building-"


@dataclass(slots=True)
class NewDatabase:
    """The database being built. Call `publish` when all is written; without it the file is removed."""

    writer: Writer
    path: Path
    connection: sqlite3.Connection

    def publish(
        self,
        target: Path,
        fresh: Sequence[str] | None = None,
        absent: Sequence[str] = (),
        begin: Callable[[str], None] = lambda stage: None,
    ) -> None:
        """Compact, check and move to `target`. Raises CheckError and publishes nothing where a check fails.

        `fresh` are the pages that were read anew, if not all were: of rows and index only theirs are checked.
        `absent` are texts that the file must not hold. `begin` is told which stage begins, compact or check.
        """
        begin("compact")
        self.connection.execute("VACUUM")
        begin("check")
        if fresh is None:
            check_database(self.connection, self.writer.counts)
        else:
            check_fresh(self.connection, self.writer.counts, fresh)
        self.connection.close()
        check_absent(self.path, absent)
        move_into_place(self.path, target)


@contextmanager
def new_database(folder: Path) -> Iterator[NewDatabase]:
    """An empty database in `folder`."""
    with unfinished(folder) as path:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            # No journal: a build that fails is thrown away as a whole. The page size makes a large file 9 % smaller.
            connection.execute("PRAGMA page_size = 16384")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA foreign_keys = OFF")
            yield NewDatabase(Writer(connection), path, connection)
        finally:
            connection.close()


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Where a file in `folder` (made if need be) is written before it is moved into its place; removed if it is not.

    What earlier, killed builds left behind is removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(folder)
    path = folder / f"{_UNFINISHED}{os.getpid()}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def move_into_place(path: Path, target: Path) -> None:
    """Put a whole database in the place of another one, in one step, safe on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(path, target)
    _sync_folder(target.parent)


def _remove_left_behind(folder: Path) -> None:
    for path in folder.glob(f"{_UNFINISHED}*"):
        process = path.name.removeprefix(_UNFINISHED)
        if not process.isdecimal() or not _is_running(int(process)):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
