"""What the text around a line says of its opening an article, heading a section of one, or being text itself.

A headline is taken up by the text below and is new to the text above, which it ends; how that text opens, and how long
it has gone on since the last heading, tells the rest. Weights of `crosshead around`, `marked crosshead` and `headline
around` say how much (scripts/train/headings.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from banmian.page.cuts import read_side, stop_of
from banmian.page.lexicon import pattern
from banmian.page.marks import Unit
from banmian.page.topic import Topics

_SECTION = 6
_LEAD = 40
_MOST_SET = 4.0
_HUNDRED = 100


def text_around(units: Sequence[Unit], at: int, topics: Topics) -> dict[str, float]:
    """What stands around the line `at`, which has a line before it and one after it."""
    before, unit, after = units[at - 1 : at + 2]
    above, below = _section(units, at, -1), _section(units, at, 1)
    opens = after.text[:_LEAD]
    side = read_side(after.text)
    return {
        "taken up at once": topics.coverage(at, [at + 1]),
        "taken up": topics.coverage(at, below),
        "said before": topics.coverage(at, above),
        "likeness around": min(1.0, topics.likeness_around(at - 1, at + 1) * 10),
        "date soon": float(pattern("day").search(opens) is not None),
        "news": float(pattern("news_opening").match(opens) is not None),
        "goes on below": float(side.goes_on),
        "paragraph below": float(side.opens_paragraph),
        "clause below": float(side.opens_clause),
        "quote below": float(opens[0] in '“"「'),
        "text above": log1p(sum(len(units[line].text) for line in above) / _HUNDRED),
        "text below": log1p(sum(len(units[line].text) for line in below) / _HUNDRED),
        "lead short": float(len(after.text) < _LEAD),
        "size": len(unit.text) / 10,
        "stopped above": float(stop_of(before.text) == "full"),
        "set above": max(-_MOST_SET, min(_MOST_SET, before.goes_on)),
        "set below": max(-_MOST_SET, min(_MOST_SET, unit.goes_on)),
    }


def _section(units: Sequence[Unit], at: int, step: int) -> list[int]:
    """The lines from the one next to `at` on, up to what surely is none of its section."""
    found: list[int] = []
    line = at + step
    while 0 <= line < len(units) and len(found) < _SECTION:
        if units[line].level or (units[line].dateline and step > 0 and found):
            break
        found.append(line)
        if units[line].dateline and step < 0:
            break
        line += step
    return found
