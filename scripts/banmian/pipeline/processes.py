"""Processes of this machine that read editions; those that die are replaced, and what they had to do is done again."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from banmian.pipeline import opinions
from banmian.pipeline.reading import ReadEdition, prepare, read_edition
from banmian.records import Page
from banmian.seeds import Edition

_MOST_DEATHS = 3


class WorkersError(Exception):
    """What reads died again and again, or can't be used; says which, at which edition, and what to do."""


class Processes:
    """`width` processes, begun when the first edition is submitted. Use as a context, which ends them."""

    def __init__(self, width: int, second_opinion: str | None) -> None:
        self.width = width
        self._second_opinion = second_opinion
        self._executor: ProcessPoolExecutor | None = None
        self._tasks: dict[str, tuple[Edition, Sequence[Page | None]]] = {}
        self._results: dict[str, Future[ReadEdition]] = {}
        self._deaths = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error:
            for process in multiprocessing.active_children():
                process.terminate()
        self._end()

    def submit(self, edition: Edition, known: Sequence[Page | None]) -> None:
        """Have the edition read; `known` are the pages of it that need not be put together."""
        self._tasks[edition.id] = (edition, known)
        self._start([edition.id])

    def result(self, edition: Edition) -> ReadEdition:
        """The edition as it was read; waits for it. Raises WorkersError where processes keep dying."""
        while True:
            try:
                read = self._results[edition.id].result()
            except BrokenProcessPool:
                self._replace(edition)
            else:
                del self._tasks[edition.id], self._results[edition.id]
                return read

    def _start(self, names: Sequence[str]) -> None:
        for name in names:
            try:
                self._results[name] = self._running().submit(_read_there, *self._tasks[name], self._second_opinion)
            except BrokenProcessPool as error:
                self._results[name] = Future()
                self._results[name].set_exception(error)

    def _running(self) -> ProcessPoolExecutor:
        if self._executor is None:
            prepare()
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("fork" if "fork" in methods else None)
            self._executor = ProcessPoolExecutor(self.width, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
        return self._executor

    def _end(self) -> None:
        # Who does not wait ends, once in many times, in a traceback about a closed pipe.
        if self._executor:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _replace(self, edition: Edition) -> None:
        """Other processes for those that died, and all that was not done once more."""
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            reason = f"processes that read died {self._deaths} times, the last time at edition {edition.id}"
            raise WorkersError(f"{reason}. Is there too little memory? Build with JOBS=1")
        self._end()
        self._start([name for name, result in self._results.items() if not result.done() or _died(result)])


def _read_there(edition: Edition, known: Sequence[Page | None], second_opinion: str | None) -> ReadEdition:
    return read_edition(edition, known, opinions.load(second_opinion) if second_opinion else None)


def _died(result: Future[ReadEdition]) -> bool:
    return result.cancelled() or isinstance(result.exception(), BrokenProcessPool)
