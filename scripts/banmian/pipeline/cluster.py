"""A Dask cluster that reads editions. Only the builder keeps and writes; whatever the cluster loses is read again.

This is the only module that knows Dask, and only a build with a scheduler asks for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from distributed import Client, Future, KilledWorker
from distributed.client import FutureCancelledError

from banmian.pipeline import opinions
from banmian.pipeline.processes import Processes, WorkersError
from banmian.pipeline.progress import Progress
from banmian.pipeline.reader import reader_digest, what_reads
from banmian.pipeline.reading import ReadEdition, read_edition
from banmian.records import Page, Remark
from banmian.seeds import Edition
from banmian.words.remarks import in_both

# Seconds: until a scheduler must answer, between two looks at the cluster, and how long it may be without a worker.
_CONNECT = 10
_LOOK = 1
_PATIENCE = 15
# Differences of code that a message names.
_SHOWN = 5
# A worker may have several threads; what reads is of one.
_ONE_AT_A_TIME = threading.Lock()


class OtherCodeError(Exception):
    """A worker's code is not the builder's."""


class _LostError(Exception):
    """The cluster is gone."""


class Cluster:
    """The workers at `address`; once they are all gone, `jobs` processes of this machine. Use as a context.

    Raises WorkersError where nobody answers there, no worker comes, or one has other code than this.
    """

    def __init__(self, address: str, jobs: int, second_opinion: str | None, progress: Progress) -> None:
        self._address = address
        self._second_opinion = second_opinion
        self._progress = progress
        self._here = Processes(jobs, second_opinion)
        self._is_lost = False
        self._tasks: dict[str, tuple[Edition, Sequence[Page | None]]] = {}
        self._results: dict[str, Future] = {}
        self._looks_alone = 0
        # What becomes of the cluster is said here, in our words. Dask gives some of its loggers levels of their own.
        for name in [one for one in logging.root.manager.loggerDict if one.split(".")[0] == "distributed"]:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise _refused("cluster_silent", address=address, reason=str(error)) from error
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
            self._ask_for_code()
        except TimeoutError as error:
            self._close()
            raise _refused("cluster_without_workers", address=address) from error
        except WorkersError:
            self._close()
            raise
        self.width = len(self._client.nthreads())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._here.__exit__(kind, error, traceback)
        self._close()

    def submit(self, edition: Edition, known: Sequence[Page | None]) -> None:
        """Have the edition read; `known` are the pages of it that need not be put together."""
        self._tasks[edition.id] = (edition, known)
        if self._is_lost:
            self._here.submit(edition, known)
            return
        try:
            self._results[edition.id] = self._client.submit(
                _read_there, edition, known, self._second_opinion, reader_digest(), pure=False
            )
        except Exception as error:
            if self._client.status == "running" and not isinstance(error, OSError):
                raise
            self._go_on_here()

    def result(self, edition: Edition) -> ReadEdition:
        """The edition as it was read; waits for it. Raises WorkersError where workers keep dying or have other code."""
        read = None
        if not self._is_lost:
            try:
                read = self._from_there(edition)
            except _LostError:
                self._go_on_here()
        if read is None:
            read = self._here.result(edition)
        del self._tasks[edition.id]
        self._results.pop(edition.id, None)
        return read

    def _from_there(self, edition: Edition) -> ReadEdition:
        future = self._results[edition.id]
        while True:
            try:
                read: ReadEdition = future.result(timeout=_LOOK)
                return read
            except KilledWorker as error:
                raise _refused("cluster_dies", address=self._address, edition=edition.id) from error
            except TimeoutError:
                self._look()
            except Exception as error:
                if self._client.status != "running" or isinstance(error, FutureCancelledError):
                    raise _LostError from error
                # What other code makes of an edition may fail in any way.
                try:
                    self._ask_for_code()
                except OSError as silent:
                    # The client takes a scheduler that died for there, until it has tried in vain to reach it.
                    raise _LostError from silent
                raise

    def _look(self) -> None:
        """See whether the cluster is there yet. Raises _LostError where it is not."""
        try:
            self.width = len(self._client.nthreads())
        except Exception as error:
            raise _LostError from error
        self._looks_alone = 0 if self.width else self._looks_alone + 1
        if self._client.status != "running" or self._looks_alone * _LOOK > _PATIENCE:
            raise _LostError

    def _go_on_here(self) -> None:
        self._is_lost = True
        self.width = self._here.width
        said = Remark("cluster_gone", {"address": self._address, "count": self._here.width})
        self._progress.note(in_both(said))
        for task in self._tasks.values():
            self._here.submit(*task)

    def _ask_for_code(self) -> None:
        """Raises WorkersError that names a worker with other code, and what differs."""
        here = _facts(self._second_opinion)
        there = self._client.run(_facts, self._second_opinion, on_error="return")
        for worker, found in sorted(there.items()):
            if found != here:
                raise _refused("cluster_differs", worker=worker, what=_differences(here, found))

    def _close(self) -> None:
        try:
            self._client.close(timeout=_CONNECT)
        except (OSError, TimeoutError):
            # There is nobody any more to say goodbye to.
            return


def _facts(second_opinion: str | None) -> dict[str, str]:
    return {**what_reads(), **opinions.facts(second_opinion)}


def _differences(here: Mapping[str, str], there: Any) -> list[str]:
    if not isinstance(there, Mapping):
        return [str(there)]
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    return [*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]


def _read_there(edition: Edition, known: Sequence[Page | None], second_opinion: str | None, digest: str) -> ReadEdition:
    with _ONE_AT_A_TIME:
        if reader_digest() != digest:
            raise OtherCodeError
        return read_edition(edition, known, opinions.load(second_opinion) if second_opinion else None)


def _refused(kind: str, **values: object) -> WorkersError:
    return WorkersError(in_both(Remark(kind, values)))
