"""The best whole page: which lines make an article each, and in which order.

Articles are nearly contiguous in the file: an exact search splits the page into stretches that are read as one article
each (article.py); then blocks of lines are moved between articles where that is better (improve.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.cuts import stop_of
from banmian.page.improve import improved
from banmian.page.kinds import kinds_of_page
from banmian.page.lexicon import weighted, weights
from banmian.page.links import Links
from banmian.page.marks import Unit
from banmian.page.order import Budget

_LONGEST_ARTICLE = 45
_SHORTER_ARTICLE = 16
_SURE_JOIN = 6.0
_FEW_OPEN = 0.12
_LONG_LINE = 30
_TOO_LARGE = "the page is too large for the whole search: later parts were read more simply"
_STEPS = 5_000_000


@dataclass(frozen=True, slots=True)
class Solution:
    """The readings of a page's units, and what the search could not do."""

    readings: tuple[Reading, ...]
    reader: Reader
    warnings: tuple[str, ...]
    score: float


def solve(units: list[Unit]) -> Solution:
    """Read the units of a page as articles; whether its line ends lost stops is decided by what reads best."""
    search = _Search(units, noisy=False)
    first = search.stretches()
    if _open_share(units) >= _FEW_OPEN and not first.warnings:
        other = _Search(units, noisy=True)
        if other.rescored(first) >= first.score and (second := other.stretches()).score > first.score:
            search, first = other, second
    return search.improved(first)


def _open_share(units: Sequence[Unit]) -> float:
    """The share of long lines that no stop ends."""
    ends = [stop_of(unit.text) != "full" for unit in units if len(unit.text) > _LONG_LINE]
    return sum(ends) / len(ends) if ends else 0.0


class _Search:
    def __init__(self, units: list[Unit], noisy: bool) -> None:
        self._budget = Budget(_STEPS)
        self._links = Links(units, noisy)
        self._reader = Reader(self._links, kinds_of_page(units), self._budget)
        self._count = len(units)

    def rescored(self, solution: Solution) -> float:
        """The score that another search's solution would have in this one, its order kept."""
        ours, theirs = self._reader.orders, solution.reader.orders
        change = sum(
            ours.total(reading.body) - theirs.total(reading.body) for reading in solution.readings if reading.body
        )
        return solution.score + change + weighted("page", page_features(self._links, solution.readings))

    def stretches(self) -> Solution:
        """The best split of the page into stretches of one article each."""
        return self._solution(_stretches(self._reader, self._count, self._budget))

    def improved(self, solution: Solution) -> Solution:
        """The solution after every change between neighbours that raises its score."""
        return self._solution(improved(self._reader, solution.readings, page_score, self._budget))

    def _solution(self, readings: Sequence[Reading]) -> Solution:
        warnings = [_TOO_LARGE] if self._budget.spent else []
        score = page_score(readings) + weighted("page", page_features(self._links, readings))
        return Solution(tuple(readings), self._reader, tuple(warnings), score)


def page_features(links: Links, readings: Sequence[Reading]) -> dict[str, float]:
    """What is known of the page as a whole."""
    kept = sum(not links.breaks_off(line) for reading in readings for line in reading.body)
    if not links.noisy:
        return {}
    return {"noisy": 1.0, "stops kept": float(kept), "open share": _open_share(links.units)}


def page_score(readings: Sequence[Reading]) -> float:
    """The sum of what the articles score, less what their being interleaved costs."""
    return sum(reading.score for reading in readings) + sum(map(_apart, readings))


def gaps_of(reading: Reading) -> int:
    """How often lines of other articles stand between those of this one."""
    lines = sorted(line for line, _ in reading.kinds)
    return sum(after > before + 1 for before, after in pairwise(lines))


def _apart(reading: Reading) -> float:
    return weights()["page article"] + weights()["page gap"] * gaps_of(reading)


def _stretches(reader: Reader, count: int, budget: Budget) -> list[Reading]:
    """The best split of the page into stretches of one article each."""
    best: list[tuple[float, int, Reading | None]] = [(0.0, 0, None)]
    possible = [_may_divide(reader, at) for at in range(count + 1)]
    for end in range(1, count + 1):
        options: list[tuple[float, int, Reading | None]] = []
        if possible[end]:
            longest = _SHORTER_ARTICLE if budget.spent else _LONGEST_ARTICLE
            for begin in range(end - 1, max(-1, end - 1 - longest), -1):
                if not possible[begin] or best[begin][0] == float("-inf"):
                    continue
                reading = reader.read(tuple(range(begin, end)))
                if reading is None:
                    if _headlines(reader, begin, end) > 4:
                        break
                    continue
                options.append((best[begin][0] + page_score([reading]), begin, reading))
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
    return sum(reader.is_marked(line) for line in range(begin, end))


def _may_divide(reader: Reader, at: int) -> bool:
    """Whether an article may end before the line `at`: not inside a sentence that surely goes on."""
    if at in (0, len(reader.kinds)) or "body" not in reader.kinds[at - 1] or "body" not in reader.kinds[at]:
        return True
    return not (reader.links.breaks_off(at - 1) and reader.links.score(at - 1, at, "next") > _SURE_JOIN)
