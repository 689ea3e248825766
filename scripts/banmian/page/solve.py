"""The best whole page: which lines make an article each, and in which order.

Articles are nearly contiguous in the file: an exact search splits the page into stretches that are read as one article
each (article.py); then runs of lines that stand inside a neighbour's stretch are moved while the page's score grows.
"""

from __future__ import annotations

from dataclasses import dataclass

from banmian.page.article import Reader, Reading
from banmian.page.kinds import kinds_of
from banmian.page.lexicon import weights
from banmian.page.links import Links
from banmian.page.marks import Unit
from banmian.page.order import Budget

_LONGEST_ARTICLE = 45
_SURE_JOIN = 6.0
_ROUNDS = 6
_STEPS = 3_000_000


@dataclass(frozen=True, slots=True)
class Solution:
    """The readings of a page's units, and what the search could not do."""

    readings: tuple[Reading, ...]
    reader: Reader
    warnings: tuple[str, ...]


def solve(units: list[Unit]) -> Solution:
    """Read the units of a page as articles."""
    budget = Budget(_STEPS)
    links = Links(units)
    reader = Reader(links, [kinds_of(unit) for unit in units], budget)
    readings = _stretches(reader, len(units))
    readings = _moved(reader, readings)
    warnings = ["the page is too large for the whole search: later parts were read more simply"] if budget.spent else []
    return Solution(tuple(readings), reader, tuple(warnings))


def _stretches(reader: Reader, count: int) -> list[Reading]:
    """The best split of the page into stretches of one article each."""
    new_article = weights()["article"]
    best: list[tuple[float, int, Reading | None]] = [(0.0, 0, None)]
    possible = [_may_divide(reader, at) for at in range(count + 1)]
    for end in range(1, count + 1):
        options: list[tuple[float, int, Reading | None]] = []
        if possible[end]:
            for begin in range(end - 1, max(-1, end - 1 - _LONGEST_ARTICLE), -1):
                if not possible[begin] or best[begin][0] == float("-inf"):
                    continue
                reading = reader.read(tuple(range(begin, end)))
                if reading is None:
                    if _headlines(reader, begin, end) > 4:
                        break
                    continue
                options.append((best[begin][0] + reading.score + new_article, begin, reading))
        best.append(max(options, key=lambda option: (option[0], option[1]), default=(float("-inf"), 0, None)))
    readings: list[Reading] = []
    at = count
    while at > 0:
        _, begin, reading = best[at]
        if reading is None:
            raise AssertionError(f"no reading of the page ends at line {at}")
        readings.append(reading)
        at = begin
    return readings[::-1]


def _headlines(reader: Reader, begin: int, end: int) -> int:
    return sum(reader.kinds[line].keys() == {"headline"} for line in range(begin, end))


def _may_divide(reader: Reader, at: int) -> bool:
    """Whether an article may end before the line `at`: not inside a sentence that surely goes on."""
    if at in (0, len(reader.kinds)) or "body" not in reader.kinds[at - 1] or "body" not in reader.kinds[at]:
        return True
    return not (reader.links.is_join(at - 1) and reader.links.score(at - 1, at, "next") > _SURE_JOIN)


def _lines(reading: Reading) -> list[int]:
    return [line for line, _ in reading.kinds]


def _moved(reader: Reader, readings: list[Reading]) -> list[Reading]:
    """Move runs of body lines to neighbouring articles while that makes the page more likely."""
    readings = list(readings)
    stray = weights()["stray"]
    for _ in range(_ROUNDS):
        best: tuple[float, int, int, Reading, Reading] | None = None
        for source in range(len(readings)):
            for target in range(max(0, source - 2), min(len(readings), source + 3)):
                if source == target:
                    continue
                for run in _runs(reader, readings[source]):
                    left = reader.read(tuple(line for line in sorted(_lines(readings[source])) if line not in run))
                    right = reader.read(tuple(sorted([*_lines(readings[target]), *run])))
                    if left is None or right is None or not left.body:
                        continue
                    gain = left.score + right.score - readings[source].score - readings[target].score + stray
                    if gain > 1e-9 and (best is None or gain > best[0]):
                        best = (gain, source, target, left, right)
        if best is None:
            break
        _, source, target, left, right = best
        readings[source], readings[target] = left, right
    return readings


def _runs(reader: Reader, reading: Reading) -> list[frozenset[int]]:
    """The runs of lines, adjacent in file and in reading order, that could be a column of another article."""
    lines = reading.body
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1 and reader.links.score(runs[-1][-1], line, "next") > 2.5:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [frozenset(run) for run in runs]
