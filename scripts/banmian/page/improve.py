"""A page's articles made better by dividing the lines of neighbours anew, while the whole page's score rises.

The exact search over stretches (solve.py) can't read an article that stands in two places. Here the lines of neighbours
are cut into blocks where they hang together least, and the blocks dealt out again: an article before, two articles in
each other's columns (ABAB or ABA), an article after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, combinations_with_replacement, pairwise
from operator import itemgetter

from banmian.page.article import Reader, Reading
from banmian.page.budget import Budget

_ROUNDS = 3
_MOST_ARTICLES = 4
_MOST_BLOCKS = 10
_MOST_DIVISIONS = 500
_SURE_BLOCK = 4.0
_HEADING = 1.5
_WEAK = 1.5
_EPSILON = 1e-6

Lines = tuple[int, ...]
Cuts = tuple[int, ...]
Score = Callable[[Sequence[Reading]], float]


def improved(
    reader: Reader,
    readings: Sequence[Reading],
    score: Score,
    budget: Budget,
    known: dict[tuple[Reading, ...], list[Reading]],
) -> list[Reading]:
    """The readings of a page after every division anew that raises `score`; without one, the same.

    `known` has what neighbours were divided into in this search so far, and takes in others.
    """
    found = [thorough(reader, reading) for reading in readings]
    tried: list[list[Reading]] = []
    for _ in range(_ROUNDS):
        before = found.copy()
        for size in range(1, _MOST_ARTICLES + 1):
            at = 0
            while at + size <= len(found) and not budget.spent:
                window = found[at : at + size]
                if window not in tried and sum(_doubtful(reader, one) for one in window) >= (size + 1) // 2:
                    tried.append(window)
                    if (key := tuple(window)) not in known:
                        known[key] = _divided(reader, window, score)
                    found[at : at + size] = known[key]
                at += 1
        if found == before or budget.spent:
            break
    return found


def other_divisions(
    reader: Reader, readings: Sequence[Reading], score: Score, most: int
) -> Iterator[tuple[float, list[Reading]]]:
    """Other divisions of one article or two neighbours, about `most` in all, and how much less each scores than theirs.

    Where there are more, the likeliest of each are taken.
    """
    windows = [list(readings[at : at + size]) for size in (1, 2) for at in range(len(readings) - size + 1)]
    doubtful = [ours for ours in windows if any(_doubtful(reader, reading) for reading in ours)]
    divisions = []
    for ours in doubtful:
        blocks, holds = _blocks(reader, ours)
        divisions.append((ours, blocks, _divisions(reader, blocks, holds)))
    few = sum(len(found) for _, _, found in divisions) <= most
    for ours, blocks, found in divisions:
        for cuts in found if few else found[: most // len(divisions)]:
            if divided := _readings(reader, _dealt(blocks, cuts)):
                yield score(ours) - score(divided), divided


def thorough(reader: Reader, reading: Reading) -> Reading:
    """The same lines read with more of their kinds and orders weighed, where that scores more."""
    again = reader.read(tuple(line for line, _ in reading.kinds), thorough=True)
    return again if again and again.score > reading.score else reading


def _doubtful(reader: Reader, reading: Reading) -> bool:
    """Whether the article has a weak link, end or heading, as one has that lacks a column or holds one too many."""
    headings = sum(kind == "headline" for _, kind in reading.kinds)
    return headings != 1 or not reading.body or reader.orders.weakest(reading.body) < _WEAK


def _divided(reader: Reader, readings: list[Reading], score: Score) -> list[Reading]:
    """The best division of these articles' lines, or what there was."""
    best, found = score(readings) + _EPSILON, readings
    blocks, holds = _blocks(reader, readings)
    for cuts in _divisions(reader, blocks, holds):
        divided = _readings(reader, _dealt(blocks, cuts))
        if divided and (reached := score(divided)) > best:
            best, found = reached, divided
    if found is not readings:
        found = [thorough(reader, reading) for reading in found]
    return found


def _divisions(reader: Reader, blocks: Sequence[Lines], holds: Sequence[float]) -> list[Cuts]:
    """Where the blocks are cut, for the likeliest ways to deal them out.

    These are one article before, two in each other's columns, one after. Where there are marked headlines enough, each
    of the two holds one. holds[k] is how firmly block k stands with the one before it.
    """
    marked = list(accumulate([any(map(reader.is_marked, block)) for block in blocks], initial=0))
    found = []
    for cuts, held in _all_cuts(len(blocks)):
        i, j, k, m, n = cuts
        one = marked[j] - marked[i] + marked[m] - marked[k]
        other = marked[k] - marked[j] + marked[n] - marked[m]
        if one + other < 2 or (one and other):
            found.append((sum(held(holds)), cuts))
    return [cuts for _, cuts in sorted(found)[:_MOST_DIVISIONS]]


@cache
def _all_cuts(count: int) -> list[tuple[Cuts, Callable[[Sequence[float]], tuple[float, ...]]]]:
    """All ways to cut so many blocks for two articles in each other's columns, and what holds at cuts between blocks.

    The first block, with which nothing holds, is taken in twice, so that there are always several.
    """
    return [
        (cuts, itemgetter(*[cut for cut in set(cuts) if 0 < cut < count], 0, 0))
        for cuts in combinations_with_replacement(range(count + 1), 5)
        if cuts[0] < cuts[1] < cuts[2] < cuts[3]
    ]


def _dealt(blocks: Sequence[Lines], cuts: Sequence[int]) -> list[Lines]:
    i, j, k, m, n = cuts
    dealt = [blocks[:i], [*blocks[i:j], *blocks[k:m]], [*blocks[j:k], *blocks[m:n]], blocks[n:]]
    return [tuple([line for block in part for line in block]) for part in dealt if part]


def _readings(reader: Reader, parts: Sequence[Lines]) -> list[Reading]:
    """The parts read as articles with a body; empty where one can't be."""
    found = []
    for lines in parts:
        reading = reader.read(lines)
        if reading is None or not reading.body:
            return []
        found.append(reading)
    return found


def _blocks(reader: Reader, readings: Sequence[Reading]) -> tuple[list[Lines], list[float]]:
    """The lines of all in file order, cut into blocks where they hang together least.

    Beside them, how firmly each block stands with the one before it.
    """
    kinds = {line: kind for reading in readings for line, kind in reading.kinds}
    lines = sorted(kinds)
    holds = [(_hold(reader, kinds, above, below), at) for at, (above, below) in enumerate(pairwise(lines), 1)]
    weakest = sorted((hold, at) for hold, at in holds if hold < _SURE_BLOCK)[: _MOST_BLOCKS - 1]
    inner = sorted((at, hold) for hold, at in weakest)
    cuts = [0, *(at for at, _ in inner), len(lines)]
    return [tuple(lines[start:end]) for start, end in pairwise(cuts)], [0.0, *(hold for _, hold in inner)]


def _hold(reader: Reader, kinds: dict[int, str], above: int, below: int) -> float:
    """How firmly two neighbours stand together, on the scale of links."""
    if below > above + 1:
        return 0.0
    if kinds[above] == kinds[below] == "body" and not reader.links.units[below].dateline:
        return reader.links.score(above, below, "next")
    if "body" in (kinds[above], kinds[below]):
        return -_SURE_BLOCK
    return -_SURE_BLOCK if reader.is_marked(below) else _HEADING
