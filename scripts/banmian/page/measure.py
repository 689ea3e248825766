"""Which lines of a page are printed lines, and how wide the column is in which they were set.

OCR gives a page as paragraphs, as fragments of columns, or printed line by printed line. Printed lines tell themselves
by their width: most fill the measure of their column, the others end a paragraph. The likeliest measure of each line is
found by a Viterbi search over the measures that the page shows; any line may also have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from banmian.page.cuts import stop_of
from banmian.page.marks import Unit
from banmian.page.source import width_of

_LEAST, _MOST = 5, 64
_FEWEST = 3
_CANDIDATES = 40
_SWITCH = 7.0
_FREE = 4.2
_LONGEST_OVER = 16.0
# Of lines set in a measure: how many fill it, miss it by a mark, lack an indent, end a paragraph, are longer.
_FULL, _NEAR, _INDENT, _SHORT, _LONG = 0.6, 0.1, 0.1, 0.15, 0.05
# How many of the lines that fill their measure, and of lines at large, end with a stop.
_STOPPED_FULL, _STOPPED = 0.1, 0.6

Costs = list[float]


def measures(units: Sequence[Unit]) -> list[float | None]:
    """For each line the measure of its column in full-width characters, None where it is no printed line.

    Half-width characters count a half or, where that fits the page better, as much as any other.
    """
    shown = [unit.line.indent + width_of(unit.line.text) for unit in units]
    counted = [unit.line.indent + len(unit.line.text) for unit in units]
    by_width, by_count = _best(units, shown), _best(units, counted)
    return by_width[1] if by_width[0] <= by_count[0] else by_count[1]


def missing(unit: Unit, measure: float) -> float:
    """By how much the line is narrower than its column; negative where it is wider.

    Of the two ways to count half-width characters the one that comes nearer.
    """
    shown = unit.line.indent + width_of(unit.line.text)
    counted = unit.line.indent + len(unit.line.text)
    return min(measure - shown, measure - counted, key=abs)


def _best(units: Sequence[Unit], widths: Sequence[float]) -> tuple[float, list[float | None]]:
    """The cost of the likeliest measures, and those measures."""
    tried = _candidates(units, widths)
    stopped = [stop_of(unit.text) == "full" for unit in units]
    states: list[float | None] = [None, *tried]
    costs: Costs = [0.0] + [_SWITCH] * len(tried)
    known: dict[tuple[float, bool, bool], Costs] = {}
    came: list[list[int]] = []
    for unit, width, stop in zip(units, widths, stopped, strict=True):
        cheapest = min(range(len(states)), key=costs.__getitem__)
        switched = costs[cheapest] + _SWITCH
        came.append([at if cost <= switched else cheapest for at, cost in enumerate(costs)])
        marked = unit.level > 0
        if (width, stop, marked) not in known:
            free = _FREE - log(_STOPPED if stop else 1 - _STOPPED)
            own = [free] + [_FREE if marked else _cost(width, measure, stop) for measure in tried]
            known[width, stop, marked] = own
        costs = [min(cost, switched) + here for cost, here in zip(costs, known[width, stop, marked], strict=True)]
    at = min(range(len(states)), key=costs.__getitem__)
    total, found = costs[at], []
    for previous in reversed(came):
        found.append(states[at])
        at = previous[at]
    return total, found[::-1]


def _candidates(units: Sequence[Unit], widths: Sequence[float]) -> list[float]:
    counts = Counter(
        width for unit, width in zip(units, widths, strict=True) if not unit.level and _LEAST <= width <= _MOST
    )
    often = sorted(counts, key=lambda width: (-counts[width], width))
    return [width for width in often[:_CANDIDATES] if counts[width] >= _FEWEST]


def _cost(width: float, measure: float, stop: bool) -> float:
    """Minus the log odds of a line of this width in a column of that measure."""
    lacks = measure - width
    if abs(lacks) <= 0.5:
        return -log(_FULL) - log(_STOPPED_FULL if stop else 1 - _STOPPED_FULL)
    if abs(lacks) <= 1.5:
        return -log(_NEAR / 2) - log(_STOPPED_FULL if stop else 1 - _STOPPED_FULL)
    if 1.5 < lacks <= 2.5 and not stop:
        return -log(_INDENT)
    if lacks > 0:
        return -log(_SHORT / measure) - log(_STOPPED if stop else 1 - _STOPPED)
    return -log(_LONG / _LONGEST_OVER) - (log(_STOPPED if stop else 1 - _STOPPED)) + (-lacks > _LONGEST_OVER) * _FREE
