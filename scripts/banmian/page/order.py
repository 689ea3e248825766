"""The best order of the body lines of one article.

Columns move, lines don't: the lines are first taken in runs that surely stand together in file order, then the runs
are put into the best sequence by a beam search that is exact for as many runs as articles usually have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from banmian.page.links import Links

_SURE = 1.0
_BEAM = 160
_NARROW_BEAM = 16
_MANY_RUNS = 12
_NEAR = 16
_TURNS = 2
_MOST_CUTS = 5
_FEW_CUTS = 2
_ALWAYS = 1e6
_USUAL_END = 4.0

_States = dict[tuple[int, int], tuple[float, tuple[int, ...]]]


class Budget:
    """Counts the steps of a search, so that it ends on any page and does so at the same point everywhere."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> bool:
        """Take `steps` off; False once they are used up."""
        self._left -= steps
        return self._left >= 0

    @property
    def spent(self) -> bool:
        """Whether the search had to stop short of what it would have looked at."""
        return self._left < 0


@dataclass(frozen=True, slots=True)
class Order:
    """Body lines in reading order, the neighbours in it that are one paragraph, and the log odds of it all.

    `bounded` where the search gave up being exact.
    """

    score: float
    lines: tuple[int, ...]
    joins: tuple[tuple[int, int], ...]
    bounded: bool


def place_of(left: int, right: int, headings: frozenset[int], body: frozenset[int]) -> str:
    """Where `right` stands as seen from `left`, a line of the same article.

    next: the next line; heading: the next but for the article's own headings; over: the next of the article's body, but
    lines of others stand between; forward, backward: some lines on or back; far: further.
    """
    if right == left + 1:
        return "next"
    between = range(left + 1, right)
    if between and all(line in headings for line in between):
        return "heading"
    if between and not any(line in body for line in between):
        return "over"
    distance = right - left
    if 0 < distance <= _NEAR:
        return "forward"
    return "backward" if -_NEAR <= distance < 0 else "far"


class Orders:
    """Best orders for sets of lines of one page, each worked out once."""

    def __init__(self, links: Links, budget: Budget) -> None:
        self._links = links
        self._budget = budget
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], Order] = {}

    def best(self, body: tuple[int, ...], headings: tuple[int, ...]) -> Order:
        """The best order of `body` (ascending, not empty); only `headings` may stand between neighbours."""
        key = (body, headings)
        if key not in self._known:
            self._known[key] = self._search(body, frozenset(headings))
        return self._known[key]

    def free_link(self, left: int, right: int) -> float:
        """The score of a link seen by itself, without an article around it."""
        return self._links.score(left, right, place_of(left, right, frozenset(), frozenset(range(left, right + 1))))

    def total(self, lines: tuple[int, ...]) -> float:
        """The score of a body in this order, headings left out of account."""
        return self._links.start(lines[0]) + self._links.end(lines[-1]) + sum(self._steps(lines))

    def weakest(self, lines: tuple[int, ...]) -> float:
        """The lowest score among its links, and what its end lacks against the usual one."""
        return min([*self._steps(lines), self._links.end(lines[-1]) + _USUAL_END])

    def _steps(self, lines: tuple[int, ...]) -> list[float]:
        body = frozenset(lines)
        between = frozenset(range(min(lines), max(lines) + 1)) - body
        return [self._links.score(left, right, place_of(left, right, between, body)) for left, right in pairwise(lines)]

    def _search(self, body: tuple[int, ...], headings: frozenset[int]) -> Order:
        inside = frozenset(body)

        def link(left: int, right: int) -> float:
            return self._links.score(left, right, place_of(left, right, headings, inside))

        runs, base = self._runs(body, link)
        size = len(runs)
        if not self._budget.spend(size**3):
            runs, size = [list(body)], 1
            base = sum(link(left, right) for left, right in pairwise(body))
        firsts, lasts = [run[0] for run in runs], [run[-1] for run in runs]
        step = [[link(lasts[i], firsts[j]) if i != j else 0.0 for j in range(size)] for i in range(size)]
        states: _States = {(1 << i, i): (self._links.start(firsts[i]), (i,)) for i in range(size)}
        bounded = False
        for _ in range(size - 1):
            states, cut = _longer(states, step, _BEAM if size <= _MANY_RUNS else _NARROW_BEAM)
            self._budget.spend(len(states) * size)
            bounded |= cut
        score, path = max(
            ((score + self._links.end(lasts[last]), path) for (_, last), (score, path) in states.items()),
            key=lambda item: (item[0], [-k for k in item[1]]),
        )
        lines = tuple(line for k in path for line in runs[k])
        joins = tuple(
            (left, right)
            for left, right in pairwise(lines)
            if self._links.kind(left, right, place_of(left, right, headings, inside)) == "join"
        )
        return Order(score + base, lines, joins, bounded)

    def _runs(self, body: tuple[int, ...], link: Callable[[int, int], float]) -> tuple[list[list[int]], float]:
        """The lines in runs that surely stand together, and the score of the links inside them."""
        turns = self._turns(body, link)
        doubtful = []
        for left, right in pairwise(body):
            score = link(left, right)
            if right > left + 1 or right in turns or self._links.units[right].dateline:
                doubtful.append((-_ALWAYS, right))
            elif score < _SURE:
                doubtful.append((score, right))
        leads = sum(bool(self._links.units[line].dateline) for line in body)
        cuts = {right for score, right in sorted(doubtful)[: _MOST_CUTS if leads < 2 else _FEW_CUTS]}
        runs, base = [[body[0]]], 0.0
        for left, right in pairwise(body):
            if right in cuts:
                runs.append([right])
            else:
                runs[-1].append(right)
                base += link(left, right)
        return runs, base

    def _turns(self, body: tuple[int, ...], link: Callable[[int, int], float]) -> frozenset[int]:
        """The lines with which the body would best begin if its later part came first."""
        if len(body) < 3:
            return frozenset()
        start, end = self._links.start, self._links.end
        gains = sorted((start(right) + end(left) - link(left, right), right) for left, right in pairwise(body))
        return frozenset(right for _, right in gains[-_TURNS:])


def _longer(states: _States, step: list[list[float]], beam: int) -> tuple[_States, bool]:
    """The states one run longer: (runs used, last run) -> best score and path; and whether the beam cut any off."""
    longer: _States = {}
    for (used, last), (score, path) in states.items():
        for following, link in enumerate(step[last]):
            if used >> following & 1:
                continue
            state = (used | 1 << following, following)
            if state not in longer or score + link > longer[state][0]:
                longer[state] = (score + link, (*path, following))
    if len(longer) <= beam:
        return longer, False
    return dict(sorted(longer.items(), key=lambda item: (-item[1][0], item[1][1]))[:beam]), True
