"""One build at a time in a folder: a second one waits, whatever becomes of the first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = ".lock"


@contextmanager
def alone(build_folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Be the only build in the folder (made if need be); `waiting` is told the id of the process that is waited for.

    The system ends the lock with the process, and processes that it began don't have it. Raises OSError.
    """
    build_folder.mkdir(parents=True, exist_ok=True)
    with (build_folder / _LOCK).open("a+") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            lock.seek(0)
            waiting(lock.read().strip())
            fcntl.lockf(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
