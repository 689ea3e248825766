"""What a build is doing, on the terminal: a bar with the time left, or, where nobody looks, a line now and then."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from types import TracebackType
from typing import Self

import click
from banmian.records import Remark
from banmian.words.remarks import in_both

# Seconds between two lines where there is no terminal.
_EVERY = 10


class Shown:
    """A Progress on standard output. Use as a context, which ends the last stage."""

    def __init__(self, every: float = _EVERY) -> None:
        self._every = every
        self._is_terminal = sys.stdout.isatty()
        self._stage = ExitStack()
        self._name = ""
        self._size = self._done = 0
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stage.close()

    def stage(self, name: str, size: int | None = None) -> None:
        """A stage begins, named as in remarks.tsv; where nobody knows how much there is to do it is only named."""
        self._stage.close()
        self._name, self._size, self._done = in_both(Remark(f"stage.{name}", {})), size or 0, 0
        self._began = time.monotonic()
        if not self._is_terminal:
            self._say_now_and_then(f"{self._name} …")
        elif size:
            self._bar = self._stage.enter_context(click.progressbar(length=size, label=self._name))
        else:
            click.echo(f"{self._name} …", nl=False)
            self._stage.callback(click.echo, "\r\033[K", nl=False)

    def step(self, size: int = 1) -> None:
        """So much of the stage is done."""
        self._done += size
        if self._is_terminal:
            self._bar.update(size)
            return
        if not 0 < self._done < self._size:
            return
        left = (time.monotonic() - self._began) / self._done * (self._size - self._done)
        said = {"percent": 100 * self._done // self._size, "left": str(timedelta(seconds=round(left)))}
        self._say_now_and_then(f"{self._name}: {in_both(Remark('stage_at', said))}")

    def note(self, text: str) -> None:
        """A line of its own, beside the bar."""
        click.echo(f"\n{text}" if self._is_terminal else text, err=True)

    def _say_now_and_then(self, text: str) -> None:
        now = time.monotonic()
        if now - self._said >= self._every:
            self._said = now
            click.echo(text)
