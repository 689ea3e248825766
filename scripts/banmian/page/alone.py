"""Lines that stand alone: a line without a stop from which nothing goes on is rather a heading than a paragraph's end.

So the line ends above and below it are weighed together: a chain in which a line without a stop that goes on from above
but not below costs what such lines are worth on the page (forward-backward, Rabiner 1989). A page that lost its stops
has many of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

_TURNS = 3
_FARTHEST = 40.0
# Before the page was looked at: how many lines without a stop end a paragraph, how many stand alone; how much oftener
# any text goes on than not.
_ENDING, _ALONE, _USUAL = 0.3, 3.0, 4.0
_LEAST, _MOST = -5.0, -0.5


@dataclass(frozen=True, slots=True)
class End:
    """A line end: the number of the line above it, the log odds that the text goes on there, seen by itself.

    `stopless`: the line above has no stop; `alone`: nor has the line below, from which nothing can go on.
    """

    at: int
    odds: float
    stopless: bool
    alone: bool


def coupled(ends: Sequence[End]) -> list[float]:
    """The log odds of each line end, seen together with those beside it."""
    odds = [max(-_FARTHEST, min(_FARTHEST, end.odds)) for end in ends]
    runs = list(_runs(ends))
    found = odds
    for _ in range(_TURNS):
        cost = _cost(ends, found)
        found = [one for first, last in runs for one in _chain(ends[first:last], odds[first:last], cost)]
    return found


def _runs(ends: Sequence[End]) -> Iterator[tuple[int, int]]:
    """Where line ends follow one another without a gap: the first, and one past the last."""
    first = 0
    for at in range(1, len(ends) + 1):
        if at == len(ends) or ends[at].at != ends[at - 1].at + 1:
            yield first, at
            first = at


def _cost(ends: Sequence[End], odds: Sequence[float]) -> float:
    """What a line costs that has no stop, goes on from above and ends its paragraph: by how many there are."""
    ending, alone = _ENDING, _ALONE
    for at, end in enumerate(ends):
        above = ends[at - 1].at == end.at - 1 if at else False
        if end.stopless and above:
            goes_on, stays_off = _chance(odds[at - 1]), _chance(-odds[at])
            ending += goes_on * stays_off
            alone += (1 - goes_on) * stays_off
        if end.alone:
            ending += _chance(odds[at])
            alone += _chance(-odds[at])
    return max(_LEAST, min(_MOST, log(ending / alone / _USUAL)))


def _chain(ends: Sequence[End], odds: Sequence[float], cost: float) -> list[float]:
    """Log odds of a chain in which a stopless line that goes on from above and not below has this cost."""
    ahead = [0.0] * len(ends)
    for at in range(1, len(ends)):
        before = odds[at - 1] + ahead[at - 1]
        off_below = _sum(before + cost * ends[at].stopless, 0.0)
        ahead[at] = _sum(before, 0.0) - off_below
    behind = [cost * end.alone for end in ends]
    for at in range(len(ends) - 2, -1, -1):
        after = odds[at + 1] + behind[at + 1]
        on_above = _sum(after, cost * ends[at + 1].stopless)
        behind[at] += on_above - _sum(after, 0.0)
    return [own + before + after for own, before, after in zip(odds, ahead, behind, strict=True)]


def _sum(one: float, other: float) -> float:
    """The logarithm of the sum of what both are logarithms of."""
    return max(one, other) + log(1 + exp(-abs(one - other)))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, odds))))
