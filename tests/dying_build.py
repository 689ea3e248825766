"""Builds that are killed: `python dying_build.py SEEDS BUILD NEW` kills one at each of its moments.

A moment is before a step that opens, moves or removes a file in BUILD, and before every 25th statement of SQL. Prints
for each what the build was about to do and what then lay in BUILD as edition.db: the old one, the one of the folder
NEW, or another. The builds are forks of this process, so that each costs a tenth of a start.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import redirect_stdout
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from banmian import words

import build

FILE_EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "sqlite3.connect")
CONNECT = sqlite3.connect


class Blow:
    """Kills this process before its step number `moment`, once `hook` is told of them (sys.addaudithook)."""

    def __init__(self, moment: int, folder: Path) -> None:
        self.left = moment
        self.statements = 0
        self.folder = str(folder)

    def hook(self, event: str, arguments: tuple) -> None:
        if event in FILE_EVENTS and str(arguments[0]).startswith(self.folder):
            self.step(f"{event} {Path(arguments[0]).name.rstrip('0123456789')}")

    def connect(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = CONNECT(*arguments, **options)
        connection.set_trace_callback(self.statement)
        return connection

    def statement(self, sql: str) -> None:
        self.statements += 1
        if self.statements % 25 == 0:
            self.step(f"statement {self.statements}")

    def step(self, name: str) -> None:
        if self.left == 0:
            print(name, end="\t", file=sys.__stdout__, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


def is_killed(seeds: Path, folder: Path, moment: int) -> bool:
    """Build `seeds` into `folder`; False where the build ended by itself before `moment`."""
    child = os.fork()
    if child == 0:
        with redirect_stdout(StringIO()):
            blow = Blow(moment, folder)
            sys.addaudithook(blow.hook)
            sqlite3.connect = blow.connect
            build.main(["build", "--seeds", str(seeds), "--build", str(folder)], standalone_mode=False)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, status
    return os.WIFSIGNALED(status)


def main(seeds: Path, folder: Path, new: Path) -> None:
    words.frequency("")
    states = {(folder / "edition.db").read_bytes(): "old", (new / "edition.db").read_bytes(): "new"}
    # What a build that was killed long ago left behind.
    (folder / ".edition.db.building-99999999").touch()
    before = folder.with_name("before")
    folder.rename(before)
    for moment in count():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)
        if not is_killed(seeds, folder, moment):
            return
        print(states.get((folder / "edition.db").read_bytes(), "another"), flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
