"""Editions read by several processes at once, in order, and never more of them in memory than are needed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from banmian.pipeline import opinions
from banmian.pipeline.kept import Kept
from banmian.pipeline.reading import ReadEdition, read_edition
from banmian.records import Page
from banmian.seeds import Edition

# How many editions each process may be ahead of the one that is written.
_AHEAD = 3
_MOST_DEATHS = 3


class WorkersError(Exception):
    """Processes that read died again and again; says at which edition, and what to do."""


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_editions(
    editions: Sequence[Edition], kept: Kept, jobs: int, second_opinion: str | None
) -> Iterator[tuple[Edition, ReadEdition]]:
    """Each edition and what was read of it; what is read anew is kept.

    Raises OpinionError where there is no such second opinion, WorkersError where processes keep dying.
    """
    backend = opinions.load(second_opinion) if second_opinion else None
    waiting: deque[tuple[Edition, ReadEdition | None]] = deque()
    cold = True
    with _Pool(jobs, second_opinion) as pool:
        for edition in editions:
            read = kept.edition(edition)
            if read is None and (cold or jobs == 1):
                # Here first: processes that begin later begin with what it has loaded.
                read, cold = kept.keep(edition, read_edition(edition, kept.pages(edition), backend)), False
            elif read is None:
                pool.submit(edition, kept.pages(edition))
            waiting.append((edition, read))
            if len(waiting) > jobs * _AHEAD:
                yield _next(waiting, kept, pool)
        while waiting:
            yield _next(waiting, kept, pool)


def _next(waiting: deque[tuple[Edition, ReadEdition | None]], kept: Kept, pool: _Pool) -> tuple[Edition, ReadEdition]:
    edition, read = waiting.popleft()
    return edition, read or kept.keep(edition, pool.result(edition))


class _Pool:
    """Processes that read editions; those that die are replaced, and what they had to do is done again."""

    def __init__(self, jobs: int, second_opinion: str | None) -> None:
        self._jobs = jobs
        self._second_opinion = second_opinion
        self._executor: ProcessPoolExecutor | None = None
        self._tasks: dict[str, tuple[Edition, Sequence[Page | None]]] = {}
        self._results: dict[str, Future[ReadEdition]] = {}
        self._deaths = 0

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def submit(self, edition: Edition, known: Sequence[Page | None]) -> None:
        """Have the edition read; `known` are the pages of it that need not be put together."""
        self._tasks[edition.id] = (edition, known)
        self._start([edition.id])

    def result(self, edition: Edition) -> ReadEdition:
        """The edition as it was read; waits for it."""
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
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("fork" if "fork" in methods else None)
            self._executor = ProcessPoolExecutor(self._jobs, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
        return self._executor

    def _replace(self, edition: Edition) -> None:
        """Other processes for those that died, and all that was not done once more."""
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            reason = f"processes that read died {self._deaths} times, the last time at edition {edition.id}"
            raise WorkersError(f"{reason}. Is there too little memory? Build with JOBS=1")
        if self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None
        self._start([name for name, result in self._results.items() if not result.done() or _died(result)])


def _read_there(edition: Edition, known: Sequence[Page | None], second_opinion: str | None) -> ReadEdition:
    return read_edition(edition, known, opinions.load(second_opinion) if second_opinion else None)


def _died(result: Future[ReadEdition]) -> bool:
    return result.cancelled() or isinstance(result.exception(), BrokenProcessPool)
