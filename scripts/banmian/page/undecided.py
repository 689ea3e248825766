"""The page as it is where nothing is decided, seen as the lines of the same page with decisions.

What an editor says that a line is, or where printed lines end, changes which lines the search sees. What was found
without that mostly stays so: a search within rulings also begins from there (solve.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from banmian.page.article import Reading
from banmian.page.marks import Unit

Others = tuple[tuple[float, tuple[Reading, ...]], ...]


@dataclass(frozen=True, slots=True)
class Free:
    """What a search without rulings came to; `others` are the pages that come next to one that was dealt out."""

    readings: tuple[Reading, ...]
    others: Others | None


def seen(units: Sequence[Unit], parts: Sequence[tuple[Sequence[Unit], Free]]) -> Free:
    """What was found of the parts of a page (one at least, in file order), of other units, as these units.

    A unit is read as the one that held its first character; one that there was not goes with the one above.
    """
    begins = [known[0].line.start if known else 0 for known, _ in parts]
    owners = [max(0, bisect_right(begins, unit.line.start) - 1) for unit in units]
    found = []
    for owner in sorted(set(owners)):
        known, free = parts[owner]
        starts = [unit.line.start for unit in known]
        own = {
            line: max(0, bisect_right(starts, units[line].line.start) - 1)
            for line, part in enumerate(owners)
            if part == owner
        }
        found.append(_seen(free, own))
    dealt = found[0].others if len(found) == 1 else None
    return Free(tuple(reading for free in found for reading in free.readings), dealt)


def _seen(free: Free, known: Mapping[int, int]) -> Free:
    """What was found, as the lines that each were a line of it before."""
    now: dict[int, list[int]] = {}
    for line, before in known.items():
        now.setdefault(before, []).append(line)
    others = free.others
    if others is not None:
        others = tuple((loss, _readings_seen(readings, now)) for loss, readings in others)
    return Free(_readings_seen(free.readings, now), others)


def _readings_seen(readings: Iterable[Reading], now: Mapping[int, list[int]]) -> tuple[Reading, ...]:
    found = []
    for reading in readings:
        kinds = tuple((line, kind) for before, kind in reading.kinds for line in now.get(before, ()))
        body = tuple(line for before in reading.body for line in now.get(before, ()))
        joined = {now[left][-1]: now[right][0] for left, right in reading.joins if left in now and right in now}
        if kinds:
            joins = tuple(link for link in pairwise(body) if joined.get(link[0]) == link[1])
            found.append(replace(reading, kinds=tuple(sorted(kinds)), body=body, joins=joins))
    return tuple(found)
