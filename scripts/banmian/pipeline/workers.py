"""Editions read by several processes or a cluster, in order, and never more of them in memory than are needed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from banmian.names import Backend
from banmian.pipeline import opinions
from banmian.pipeline.kept import Kept
from banmian.pipeline.processes import Processes, WorkersError
from banmian.pipeline.progress import Progress
from banmian.pipeline.reading import ReadEdition, read_edition
from banmian.records import Page, Remark
from banmian.seeds import Edition
from banmian.words.remarks import in_both

__all__ = ["Hands", "WorkersError", "default_jobs", "read_editions"]

# How many editions each process may be ahead of the one that is written.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Hands:
    """What reads: `jobs` processes of this machine, or the cluster of the Dask `scheduler` at such an address.

    `second_opinion` names a backend for names, as module:function.
    """

    jobs: int = 1
    second_opinion: str | None = None
    scheduler: str | None = None


class _Readers(Protocol):
    """What reads editions elsewhere, `width` at once."""

    width: int

    def submit(self, edition: Edition, known: Sequence[Page | None]) -> None: ...

    def result(self, edition: Edition) -> ReadEdition: ...


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_editions(
    editions: Sequence[Edition], kept: Kept, hands: Hands, progress: Progress
) -> Iterator[tuple[Edition, ReadEdition]]:
    """Each edition and what was read of it; what is read anew is kept.

    Raises OpinionError where there is no such second opinion, WorkersError where what reads keeps dying, is not there
    or has other code.
    """
    backend = opinions.load(hands.second_opinion) if hands.second_opinion else None
    if hands.scheduler:
        try:
            from banmian.pipeline.cluster import Cluster
        except ModuleNotFoundError as error:
            raise WorkersError(in_both(Remark("cluster_not_installed", {"module": error.name}))) from error
        with Cluster(hands.scheduler, hands.jobs, hands.second_opinion, progress) as cluster:
            yield from _in_order(editions, kept, cluster, None, backend)
    else:
        with Processes(hands.jobs, hands.second_opinion) as processes:
            yield from _in_order(editions, kept, processes, hands.jobs, backend)


def _in_order(
    editions: Sequence[Edition], kept: Kept, readers: _Readers, jobs: int | None, backend: Backend | None
) -> Iterator[tuple[Edition, ReadEdition]]:
    waiting: deque[tuple[Edition, ReadEdition | None]] = deque()
    # Here first: processes that begin later begin with what it has loaded.
    here = jobs is not None
    for edition in editions:
        read = kept.edition(edition)
        if read is None and here:
            read, here = kept.keep(edition, read_edition(edition, kept.pages(edition), backend)), jobs == 1
        elif read is None:
            readers.submit(edition, kept.pages(edition))
        waiting.append((edition, read))
        if len(waiting) > readers.width * _AHEAD:
            yield _next(waiting, kept, readers)
    while waiting:
        yield _next(waiting, kept, readers)


def _next(
    waiting: deque[tuple[Edition, ReadEdition | None]], kept: Kept, readers: _Readers
) -> tuple[Edition, ReadEdition]:
    edition, read = waiting.popleft()
    return edition, read or kept.keep(edition, readers.result(edition))
