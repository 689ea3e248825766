"""The best whole page: which lines make an article each, and in which order.

Articles are nearly contiguous in the file: an exact search splits the page into stretches that are read as one article
each (article.py); then the lines of neighbours are divided anew where that is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from banmian.page.article import Reader, Reading
from banmian.page.cuts import stop_of
from banmian.page.kinds import kinds_of_page
from banmian.page.lexicon import weighted, weights
from banmian.page.links import Links
from banmian.page.marks import Unit
from banmian.page.order import Budget

_LONGEST_ARTICLE = 45
_SHORTER_ARTICLE = 16
_SURE_JOIN = 6.0
_ROUNDS = 3
_FEW_OPEN = 0.12
_FAR_BEHIND = 0.0
_LONG_LINE = 30
_MOST_BLOCKS = 9
_SURE_BLOCK = 2.0
_WEAK = 1.5
_EPSILON = 1e-6
_GROUPED = (("kicker", "kicker"), ("kicker", "headline"), ("headline", "subheadline"), ("headline", "byline"))
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
    clean = _Search(units, noisy=False).solution()
    if _open_share(units) < _FEW_OPEN or clean.warnings:
        return clean
    search = _Search(units, noisy=True)
    if search.rescored(clean) < clean.score - _FAR_BEHIND:
        return clean
    noisy = search.solution()
    return clean if clean.score >= noisy.score else noisy


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

    def solution(self) -> Solution:
        readings = _stretches(self._reader, self._count, self._budget)
        readings = _untangled(self._reader, readings, self._budget)
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


def _untangled(reader: Reader, readings: list[Reading], budget: Budget) -> list[Reading]:
    """Divide the lines of neighbours anew where a column or a heading of one stands in the other."""
    readings = list(readings)
    for _ in range(_ROUNDS):
        changed = False
        at = 0
        while at < len(readings) and not budget.spent:
            for count in (1, 2):
                if not any(_doubtful(reader, reading) for reading in readings[at : at + count]):
                    continue
                better = _divided(reader, readings[at : at + count])
                if better:
                    readings[at : at + count] = better
                    changed = True
            at += 1
        if not changed:
            break
    return readings


def _doubtful(reader: Reader, reading: Reading) -> bool:
    """Whether the article has a weak link, end or heading, as one has that lacks a column or holds one too many."""
    headings = sum(kind == "headline" for _, kind in reading.kinds)
    return headings != 1 or not reading.body or reader.orders.weakest(reading.body) < _WEAK


def _divided(reader: Reader, readings: list[Reading]) -> list[Reading] | None:
    """The best division of these articles' lines into two of the pattern ABAB, if it beats what there is."""
    if len(readings) == 1 and sum(kind == "headline" for _, kind in readings[0].kinds) < 2:
        return None
    blocks = _blocks(reader, readings)
    best, found = page_score(readings) + _EPSILON, None
    marked = [any(reader.is_marked(line) for line in block) for block in blocks]
    for i, j, k in combinations(range(1, len(blocks) + 1), 3):
        if sum(marked) > 1 and (not any(marked[:i] + marked[j:k]) or not any(marked[i:j] + marked[k:])):
            continue
        pair: list[Reading] = []
        for part in ([*blocks[:i], *blocks[j:k]], [*blocks[i:j], *blocks[k:]]):
            reading = reader.read(tuple(sorted(line for block in part for line in block)))
            if reading is None or not reading.body:
                break
            pair.append(reading)
        if len(pair) < 2:
            continue
        score = page_score(pair)
        if score > best:
            best, found = score, pair
    return found


def _blocks(reader: Reader, readings: list[Reading]) -> list[list[int]]:
    """The lines of all in file order, cut into blocks where they hang together least."""
    kinds = {line: kind for reading in readings for line, kind in reading.kinds}
    lines = sorted(kinds)
    holds = {below: _hold(reader, kinds, above, below) for above, below in pairwise(lines)}
    weakest = sorted((hold, below) for below, hold in holds.items() if hold < _SURE_BLOCK)
    cuts = {below for _, below in weakest[: _MOST_BLOCKS - 1]}
    blocks: list[list[int]] = [[]]
    for line in lines:
        if line in cuts:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _hold(reader: Reader, kinds: dict[int, str], above: int, below: int) -> float:
    """How firmly two neighbours stand together, on the scale of links."""
    pair = kinds[above], kinds[below]
    units, links = reader.links.units, reader.links
    if pair == ("body", "body") and not units[below].dateline:
        return links.score(above, below, "next") if below == above + 1 else 0.0
    grouped = pair in (
        ("kicker", "headline"),
        ("headline", "subheadline"),
        ("headline", "byline"),
        ("kicker", "kicker"),
    )
    return _SURE_BLOCK if grouped and below == above + 1 else -_SURE_BLOCK
