"""The ways to deal out a page line by line, and the best of them (dealt.py): the beam of that search."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush, heappushpop


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """The lines of an article so far.

    `own` is what its kinds, links and beginning score, `worth` that with how its heading fits its text.
    """

    kinds: tuple[tuple[int, str], ...]
    body: tuple[int, ...]
    joins: tuple[tuple[int, int], ...]
    own: float
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A way to deal out the lines so far.

    `order` has the articles from top to bottom of the page, `seen` those of the column, `over` those that are over,
    `now` is that of the last line, `top` the one with which the column began, `below` what stood below each when it was
    last left. `score` is that of all articles, those that are left as if they ended, and of the ways between them.
    """

    score: float
    articles: tuple[Article, ...]
    order: tuple[int, ...]
    seen: frozenset[int]
    over: frozenset[int]
    below: tuple[int, ...]
    now: int
    top: int
    returns: int


# A way, and its rank: its score but for how its last article ends.
Step = tuple[float, Way]


class Best:
    """The best ways so far that take in a line, so `many` at most; of those that go on alike the best one."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._found: dict[object, Step] = {}
        # The best ranks with which different ways were first found: no way below all of them is among the best.
        self._ranks: list[float] = []

    def may_take(self, rank: float) -> bool:
        """Whether a way of that rank may be among the best."""
        return len(self._ranks) < self._many or rank > self._ranks[0]

    def take(self, rank: float, way: Way) -> None:
        """Know a way."""
        ends = tuple([one.body[-1] if one.body else one.kinds for one in way.articles])
        alike = ends, way.now, way.seen, way.over
        known = self._found.get(alike)
        if known is None or known[0] < rank:
            self._found[alike] = rank, way
        if known is None:
            (heappush if len(self._ranks) < self._many else heappushpop)(self._ranks, rank)

    def ways(self) -> list[Way]:
        """The best of all, the best first."""
        return [way for _, way in sorted(self._found.values(), key=lambda step: -step[0])[: self._many]]
