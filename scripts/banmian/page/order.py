"""The best order of the body lines of one article.

Columns move, lines don't: the lines are first taken in runs that surely stand together in file order, then the runs
are put into the best sequence, which is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from banmian.page.budget import Budget
from banmian.page.links import Links, place_apart

_SURE = 1.0
_TURNS = 2
_MOST_CUTS = 5
_ALL_CUTS = 9
_FEW_CUTS = 2
_ALWAYS = 1e6
_USUAL_END = 4.0
_EPSILON = 1e-6

# What an order is known by: the body, ascending, the headings that stand between its lines, and whether it is thorough.
BodyKey = tuple[tuple[int, ...], tuple[int, ...], bool]


@dataclass(frozen=True, slots=True)
class Order:
    """Body lines in reading order, and the log odds of it."""

    score: float
    lines: tuple[int, ...]


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
    return place_apart(left, right)


class Orders:
    """Best orders for sets of lines of one page, each worked out once."""

    def __init__(self, links: Links, budget: Budget) -> None:
        self._links = links
        self._budget = budget
        self._known: dict[BodyKey, Order] = {}
        # Of a body in this order the lowest score among its links, and what its end lacks against the usual one.
        self.weakest = cache(self._weakest)

    def best(self, body: tuple[int, ...], headings: tuple[int, ...], thorough: bool = False) -> Order:
        """The best order of `body` (ascending, not empty); only `headings` may stand between neighbours.

        `thorough` takes fewer neighbours for granted.
        """
        key = self.key_of(body, headings, thorough)
        if key not in self._known:
            self._known[key] = self._search(body, frozenset(key[1]), _ALL_CUTS if thorough else _MOST_CUTS)
        return self._known[key]

    def key_of(self, body: tuple[int, ...], headings: tuple[int, ...], thorough: bool) -> BodyKey:
        """What the best order of `body` is known by."""
        return body, tuple([line for line in headings if body[0] < line < body[-1]]), thorough

    def without(self, body: tuple[int, ...], headings: tuple[int, ...], link: tuple[int, int]) -> Order | None:
        """The best order of `body` (ascending) in which the second line of `link` doesn't follow the first, if any."""
        order = self._search(body, frozenset(headings), _ALL_CUTS, link)
        return None if link in pairwise(order.lines) else order

    def free_link(self, left: int, right: int) -> float:
        """The score of a link seen by itself, without an article around it."""
        return self._links.score(left, right, "next") if right == left + 1 else self._links.apart(left, right)

    def lead(self, lines: tuple[int, ...], left: int, right: int) -> float | None:
        """How much likelier the link of two neighbours in `lines` is of its kind than of the other, if there is one."""
        body = frozenset(lines)
        between = frozenset(range(min(lines), max(lines) + 1)) - body
        return self._links.lead(left, right, place_of(left, right, between, body))

    def total(self, lines: tuple[int, ...]) -> float:
        """The score of a body in this order, headings left out of account."""
        return self._links.start(lines[0]) + self._links.end(lines[-1]) + sum(self._steps(lines))

    def of(self, lines: tuple[int, ...], headings: frozenset[int]) -> Order:
        """A body in this order with its score; `headings` of its article may stand between neighbours."""
        if not lines:
            return Order(0.0, ())
        body = frozenset(lines)
        links = [
            self._links.score(left, right, place_of(left, right, headings, body)) for left, right in pairwise(lines)
        ]
        return Order(self._links.start(lines[0]) + self._links.end(lines[-1]) + sum(links), lines)

    def _weakest(self, lines: tuple[int, ...]) -> float:
        return min([*self._steps(lines), self._links.end(lines[-1]) + _USUAL_END])

    def _steps(self, lines: tuple[int, ...]) -> list[float]:
        body = frozenset(lines)
        between = frozenset(range(min(lines), max(lines) + 1)) - body
        return [self._links.score(left, right, place_of(left, right, between, body)) for left, right in pairwise(lines)]

    def joins(self, lines: tuple[int, ...], headings: frozenset[int]) -> tuple[tuple[int, int], ...]:
        """The neighbours in this order that are one paragraph."""
        body = frozenset(lines)
        return tuple(
            (left, right)
            for left, right in pairwise(lines)
            if self._links.kind(left, right, place_of(left, right, headings, body)) == "join"
        )

    def _search(
        self, body: tuple[int, ...], headings: frozenset[int], most: int, banned: tuple[int, int] | None = None
    ) -> Order:
        inside = frozenset(body)
        chain = [
            self._links.score(left, right, "next" if right == left + 1 else place_of(left, right, headings, inside))
            for left, right in pairwise(body)
        ]
        if banned:
            chain = [-_ALWAYS if link == banned else score for link, score in zip(pairwise(body), chain, strict=True)]
        firsts = self._runs(body, chain, most)
        if not self._budget.spend(len(firsts) ** 3):
            firsts = [0]
        ends = [*firsts[1:], len(body)]
        base = sum(score for after, score in enumerate(chain, 1) if after not in firsts)
        starts, steps, finals = self._steps_between(body, chain, firsts, ends)
        for row, end in zip(steps, ends, strict=True) if banned else ():
            for column, first in enumerate(firsts):
                row[column] = -_ALWAYS if (body[end - 1], body[first]) == banned else row[column]
        path, score, tried = best_path(starts, steps, finals)
        self._budget.spend(tried * len(firsts))
        lines = tuple(line for run in path for line in body[firsts[run] : ends[run]])
        return Order(score + base, lines)

    def _steps_between(
        self, body: tuple[int, ...], chain: list[float], firsts: list[int], ends: list[int]
    ) -> tuple[list[float], list[list[float]], list[float]]:
        """What it scores to begin with each run, to go from one (row) to another (column), and to end with each."""
        links = self._links
        steps = [
            [
                0.0 if own == first else chain[end - 1] if end == first else links.apart(body[end - 1], body[first])
                for first in firsts
            ]
            for own, end in zip(firsts, ends, strict=True)
        ]
        return [links.start(body[first]) for first in firsts], steps, [links.end(body[end - 1]) for end in ends]

    def _runs(self, body: tuple[int, ...], chain: list[float], most: int) -> list[int]:
        """Where runs of lines begin that surely stand together, as indices of `body`; chain[k] links k and k + 1."""
        turns = self._turns(body, chain)
        doubtful = []
        for at, score in enumerate(chain, 1):
            if body[at] > body[at - 1] + 1 or at in turns or body[at] in self._links.leads:
                doubtful.append((-_ALWAYS, at))
            elif score < _SURE:
                doubtful.append((score, at))
        leads = len(self._links.leads.intersection(body))
        return [0, *sorted(at for _, at in sorted(doubtful)[: most if leads < 2 else _FEW_CUTS])]

    def _turns(self, body: tuple[int, ...], chain: list[float]) -> frozenset[int]:
        """The places in `body` with which it would best begin if its later part came first."""
        if len(body) < 3:
            return frozenset()
        start, end = self._links.start, self._links.end
        gains = sorted((start(body[at]) + end(body[at - 1]) - score, at) for at, score in enumerate(chain, 1))
        return frozenset(at for _, at in gains[-_TURNS:])


def best_path(starts: list[float], steps: list[list[float]], ends: list[float]) -> tuple[tuple[int, ...], float, int]:
    """The path through all nodes with the highest score, that score, and how many partial paths were looked at.

    Exact: depth first, leaving out what can't beat the best path so far even if every node that is left were entered
    by its best step. Of equal paths the first in lexical order is returned.
    """
    size = len(starts)
    best = tuple(range(size))
    most = starts[0] + sum([steps[k][k + 1] for k in range(size - 1)]) + ends[-1]
    if size == 1:
        return best, most, 1
    entered = [max([*column[:node], *column[node + 1 :]]) for node, column in enumerate(zip(*steps, strict=True))]
    rest, tried, backward = sum(entered) + max(ends) + _EPSILON, 0, range(size - 1, -1, -1)
    # (the most that a path can score that begins so, what it scores so far, the path); the last is looked at first.
    left: list[tuple[float, float, tuple[int, ...]]] = [
        (starts[node] + rest - entered[node], starts[node], (node,)) for node in backward
    ]
    while left:
        bound, score, path = left.pop()
        if bound < most:
            continue
        tried += 1
        step = steps[path[-1]]
        if len(path) == size - 1:
            node = next(node for node in backward if node not in path)
            if score + step[node] + ends[node] > most:
                most, best = score + step[node] + ends[node], (*path, node)
            continue
        for node in backward:
            if node not in path and bound + step[node] - entered[node] >= most:
                left.append((bound + step[node] - entered[node], score + step[node], (*path, node)))
    return best, most, tried
