"""The best whole page: which lines make an article each, and in which order.

Articles are nearly contiguous in the file: an exact search splits the page into stretches that are read as one article
each (stretches.py, article.py); then the lines of neighbours are dealt out anew where that is better (improve.py). What
else was looked at tells how far each choice leads (rivals.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.cuts import stop_of
from banmian.page.improve import improved, other_divisions
from banmian.page.kinds import kinds_of_page
from banmian.page.lexicon import weighted, weights
from banmian.page.links import Links
from banmian.page.marks import Unit
from banmian.page.obey import obedient
from banmian.page.order import Budget
from banmian.page.rivals import Rivals
from banmian.page.rulings import Rulings
from banmian.page.stretches import split

_FEW_OPEN = 0.12
_LONG_LINE = 30
_TOO_LARGE = "the page is too large for the whole search: later parts were read more simply"
_STEPS = 5_000_000


@dataclass(frozen=True, slots=True)
class Solution:
    """The readings of a page's units, what the search could not do, and the stretches that it looked at."""

    readings: tuple[Reading, ...]
    reader: Reader
    warnings: tuple[str, ...]
    score: float
    stretches: tuple[tuple[float, Reading], ...] = ()

    def rivals(self) -> Rivals:
        """The pages that come next to this one."""
        best = page_score(self.readings)
        rivals = Rivals(self.readings)
        for score, reading in self.stretches:
            rivals.note(best - score, [reading])
        for loss, readings in other_divisions(self.reader, self.readings, page_score):
            rivals.note(loss, readings)
        for reading in self.readings:
            for loss, other in self.reader.other_orders(reading):
                rivals.note(loss, [other])
        return rivals


def solve(units: list[Unit], rulings: Rulings | None = None) -> Solution:
    """Read the units of a page as articles; whether its line ends lost stops is decided by what reads best."""
    search = Search(units, noisy=False, rulings=rulings)
    first = search.stretches()
    if _open_share(units) >= _FEW_OPEN and not first.warnings:
        other = Search(units, noisy=True, rulings=rulings)
        if other.rescored(first) >= first.score and (second := other.stretches()).score > first.score:
            search, first = other, second
    return search.improved(first)


def _open_share(units: Sequence[Unit]) -> float:
    """The share of long lines that no stop ends."""
    ends = [stop_of(unit.text) != "full" for unit in units if len(unit.text) > _LONG_LINE]
    return sum(ends) / len(ends) if ends else 0.0


class Search:
    """The search for the best reading of a page whose line ends did (`noisy`) or did not lose stops."""

    def __init__(self, units: list[Unit], noisy: bool, rulings: Rulings | None = None) -> None:
        self._budget = Budget(_STEPS)
        self.links = Links(units, noisy, rulings)
        ruled = {line: {kind: 0.0} for line, kind in self.links.rulings.kinds.items()}
        kinds = [ruled.get(line, own) for line, own in enumerate(kinds_of_page(units))]
        self.reader = Reader(self.links, kinds, self._budget)

    def rescored(self, solution: Solution) -> float:
        """The score that another search's solution would have in this one, its order kept."""
        ours, theirs = self.reader.orders, solution.reader.orders
        change = sum(
            ours.total(reading.body) - theirs.total(reading.body) for reading in solution.readings if reading.body
        )
        return solution.score + change + weighted("page", page_features(self.links, solution.readings))

    def stretches(self) -> Solution:
        """The best split of the page into stretches of one article each."""
        found = split(self.reader, page_score, self._budget)
        return self._solution(found.readings, found.rivals)

    def improved(self, solution: Solution) -> Solution:
        """The solution after every change between neighbours that raises its score."""
        readings = improved(self.reader, solution.readings, page_score, self._budget)
        readings = obedient(self.reader, readings)
        return self._solution(readings, solution.stretches)

    def _solution(self, readings: Sequence[Reading], stretches: tuple[tuple[float, Reading], ...]) -> Solution:
        warnings = [_TOO_LARGE] if self._budget.spent else []
        score = page_score(readings) + weighted("page", page_features(self.links, readings))
        return Solution(tuple(readings), self.reader, tuple(warnings), score, stretches)


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
