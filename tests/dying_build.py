"""Builds that are killed: `python dying_build.py SEEDS BUILD NEW` looks at a build at each of its moments.

A moment is before a step that opens, moves or removes a file in BUILD, and before every 5th statement of SQL. What
lies on the disk then is what a kill at that moment leaves, so one build shows all of them: prints for each what the
build was about to do and what lay in BUILD as edition.db: the old one, the one of the folder NEW, or another. Then
builds are killed in earnest, at moments far apart, with the same printed. They are forks of this process, so that each
costs a tenth of a start.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from banmian import words

import build

FILE_EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "sqlite3.connect")
CONNECT = sqlite3.connect


class Steps:
    """Calls `at` before each step of a build with its number and name; `hook` is told of files (sys.addaudithook)."""

    def __init__(self, folder: Path, at: Callable[[int, str], None]) -> None:
        self.numbers = count()
        self.statements = 0
        self.folder = str(folder)
        self.at = at
        self.looking = False

    def hook(self, event: str, arguments: tuple) -> None:
        if event in FILE_EVENTS and str(arguments[0]).startswith(self.folder):
            self.step(f"{event} {Path(arguments[0]).name.rstrip('0123456789')}")

    def connect(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = CONNECT(*arguments, **options)
        connection.set_trace_callback(self.statement)
        return connection

    def statement(self, sql: str) -> None:
        self.statements += 1
        if self.statements % 5 == 0:
            self.step(f"statement {self.statements}")

    def step(self, name: str) -> None:
        # What a look opens is no step of the build.
        if not self.looking:
            self.looking = True
            self.at(next(self.numbers), name)
            self.looking = False


def built(seeds: Path, folder: Path, at: Callable[[int, str], None]) -> bool:
    """Build `seeds` into `folder`, with `at` called before each step; False where that killed it."""
    child = os.fork()
    if child == 0:
        with redirect_stdout(StringIO()):
            steps = Steps(folder, at)
            sys.addaudithook(steps.hook)
            sqlite3.connect = steps.connect
            build.main(["build", "--seeds", str(seeds), "--build", str(folder)], standalone_mode=False)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, status
    return not os.WIFSIGNALED(status)


def main(seeds: Path, folder: Path, new: Path) -> None:
    # Read once for all builds.
    words.frequency("")
    states = {(folder / "edition.db").read_bytes(): "old", (new / "edition.db").read_bytes(): "new"}

    def told(how: str, name: str) -> None:
        state = states.get((folder / "edition.db").read_bytes(), "another")
        print(how, name, state, sep="\t", file=sys.__stdout__, flush=True)

    def seen(number: int, name: str) -> None:
        told("seen", name)

    # What a build that was killed long ago left behind.
    (folder / ".edition.db.building-99999999").touch()
    before = folder.with_name("before")
    shutil.copytree(folder, before)
    built(seeds, folder, seen)
    for moment in (0, *(4**power for power in range(8))):
        shutil.rmtree(folder)
        shutil.copytree(before, folder)

        def killed(number: int, name: str, moment: int = moment) -> None:
            if number == moment:
                told("killed", name)
                os.kill(os.getpid(), signal.SIGKILL)

        if built(seeds, folder, killed):
            return


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
