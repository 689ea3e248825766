"""A page's articles made better by exchanging columns between any two of them, while the whole page's score rises.

What an editor decided may tie lines of articles that stand far from each other, which no division of neighbours
(improve.py) brings together. So the text of each article is cut where it hangs together least, in reading order: two
articles exchange what comes after such a cut (as routes do in the move 2-opt* of Potvin and Rousseau, 1995), or one
gives a column to another, or to an article of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from banmian.page.article import Reader, Reading
from banmian.page.budget import Budget
from banmian.page.improve import thorough

_MOST_CHANGES = 24
_MOST_CUTS = 6
_SURE = 4.0
_EPSILON = 1e-6

Lines = tuple[int, ...]
Score = Callable[[Sequence[Reading]], float]


@dataclass(frozen=True, slots=True)
class Change:
    """How much the page gains where these two of its articles (or one) become others."""

    gain: float
    old: tuple[Reading, ...]
    new: tuple[Reading, ...]


def exchanged(
    reader: Reader,
    readings: Sequence[Reading],
    score: Score,
    budget: Budget,
    known: dict[tuple[Reading, ...], Change | None],
) -> list[Reading]:
    """The readings of a page after all exchanges that raise `score`, the greatest gain first; without one, the same.

    Of two articles that exchange anything something is decided of one: what was sure without that mostly stays so.
    `known` has the best exchanges of this search so far, by the readings that they change, and takes in others.
    """
    found = list(readings)
    decided = reader.links.rulings.lines

    def concerned(reading: Reading) -> bool:
        return not decided.isdisjoint(line for line, _ in reading.kinds)

    for _ in range(_MOST_CHANGES):
        best: Change | None = None
        for old in [*((one,) for one in found), *combinations(found, 2)]:
            if not any(map(concerned, old)):
                continue
            if budget.spent:
                return found
            if old not in known:
                known[old] = _best_change(reader, old, score)
            change = known[old]
            if change and (best is None or change.gain > best.gain):
                best = change
        if best is None:
            break
        new = [thorough(reader, reading) for reading in best.new]
        found = [reading for reading in found if reading not in best.old] + new
    return sorted(found, key=lambda reading: min(line for line, _ in reading.kinds))


def _best_change(reader: Reader, old: tuple[Reading, ...], score: Score) -> Change | None:
    before = score(old)
    best: Change | None = None
    for parts in _one(reader, *old) if len(old) == 1 else _two(reader, *old):
        new = [reader.read(tuple(sorted(part))) for part in parts if part]
        read = tuple(reading for reading in new if reading)
        if len(read) == len(new):
            gain = score(read) - before
            if gain > (best.gain if best else _EPSILON):
                best = Change(gain, old, read)
    return best


def _one(reader: Reader, reading: Reading) -> Iterator[tuple[set[int], ...]]:
    """The article with a column taken out of it."""
    lines = _lines(reading)
    for first, last in combinations(_cuts(reader, reading), 2):
        column = set(reading.body[first:last])
        if column != lines:
            yield lines - column, column


def _two(reader: Reader, one: Reading, other: Reading) -> Iterator[tuple[set[int], ...]]:
    """Two articles as one, with what ends them exchanged, or with a column or the heading of one in the other."""
    mine, theirs = _lines(one), _lines(other)
    yield (mine | theirs,)
    for first in _cuts(reader, one):
        for second in _cuts(reader, other):
            end, their_end = set(one.body[first:]), set(other.body[second:])
            yield mine - end | their_end, theirs - their_end | end
    for giver, taker in permutations((one, other)):
        given, taken = _lines(giver), _lines(taker)
        heading = given.difference(giver.body)
        for first, last in combinations(_cuts(reader, giver), 2):
            column = set(giver.body[first:last])
            yield given - column, taken | column
            if heading:
                yield given - column - heading, taken | column | heading
        if heading:
            yield given - heading, taken | heading
    heading, their_heading = mine.difference(one.body), theirs.difference(other.body)
    yield mine - heading | their_heading, theirs - their_heading | heading


def _lines(reading: Reading) -> set[int]:
    return {line for line, _ in reading.kinds}


def _cuts(reader: Reader, reading: Reading) -> list[int]:
    """Where the text may be cut, as indices of its body: before it, after it, and at its weakest links."""
    links = [
        (reader.links.score(left, right, "next") if right == left + 1 else reader.links.apart(left, right), at)
        for at, (left, right) in enumerate(pairwise(reading.body), 1)
    ]
    weakest = sorted(link for link in links if link[0] < _SURE)[:_MOST_CUTS]
    return [0, *sorted(at for _, at in weakest), len(reading.body)]
