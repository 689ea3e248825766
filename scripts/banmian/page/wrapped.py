"""Printed lines put together into the fragments of paragraphs that they are, before the page is searched.

Where OCR gave a page printed line by printed line, most line ends are no ends of anything. Whether the next line goes
on is told by how the page is set (setting.py) and by the text across the line end; the rest is left to the search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from banmian.page.cuts import Strings, crossing, read_side
from banmian.page.hyphens import Hyphens
from banmian.page.marks import Seam, Unit
from banmian.page.measure import measures
from banmian.page.setting import Gap, Odds, odds_of, signs_of, text_features
from banmian.records import Remark

# A line end without a stop is left to the search unless the text goes on as surely as this: there a column may end.
_LEFT_OPEN = 3.0
_UNKNOWN = Odds(0.0, 0.0, 0.0)
_TEXT = (None, "author")


def put_together(
    units: Sequence[Unit], held: Collection[int] = (), strangers: Iterable[tuple[int, int]] = ()
) -> list[Unit]:
    """The units with printed lines that go on in the next one made one unit; those of `held` stay as they are.

    Of two `strangers` neither comes into the unit of the other.
    """
    gaps = {gap.at: gap for gap in gaps_of(units, held)}
    odds = dict(zip(gaps, odds_of(list(gaps.values())), strict=True))
    for above, below in strangers:
        if odds.keys() >= set(range(above, below)):
            del odds[min(range(above, below), key=lambda at: odds[at].all)]
    hyphens = Hyphens([unit.text for unit in units] if gaps else [])
    made: list[Unit] = []
    run: list[Unit] = []
    seams: list[Seam] = []
    for at, unit in enumerate(units):
        run.append(unit)
        one = odds.get(at, _UNKNOWN)
        if one.paragraph > 0 and one.column + one.text > _LEFT_OPEN:
            run[-1] = hyphens.without(unit, units[at + 1])
            seams.append(Seam(round(one.all, 2), _evidence(gaps[at])))
        else:
            made.append(_unit(run, seams, one))
            run, seams = [], []
    return made


def _unit(printed: list[Unit], seams: list[Seam], end: Odds) -> Unit:
    first, last = printed[0], printed[-1]
    stays = end.column if end.paragraph > 0 else 0.0
    unit = first if end is _UNKNOWN else replace(first, goes_on=end.paragraph, stays=stays)
    if not seams:
        return unit
    text = "".join([unit.text for unit in printed])
    return replace(unit, text=text, leaves=last.leaves, printed=tuple(printed), seams=tuple(seams))


def gaps_of(units: Sequence[Unit], held: Collection[int] = ()) -> Iterator[Gap]:
    """The places where a printed line may go on in the next one."""
    found = measures(units)
    if not any(found):
        return
    strings = Strings(unit.text for unit in units)
    sides = [None if measure is None else read_side(unit.text) for unit, measure in zip(units, found, strict=True)]
    for at, (left, right) in enumerate(pairwise(sides)):
        above, below, here, there = units[at], units[at + 1], found[at], found[at + 1]
        if left and right and here and there and at not in held and _may_go_on(above, below):
            across = crossing(left, right, strings)
            text = text_features(left, right, across, here != there, below.item)
            alone = right.stop == "open" and at + 2 < len(units) and not _may_go_on(below, units[at + 2])
            yield Gap(at, signs_of(above, below, here, there), here, text, across, left.stop, alone)


def _may_go_on(above: Unit, below: Unit) -> bool:
    """Whether both are text without a mark or form that says that something ends or begins here."""
    plain = (
        not (above.level or below.level or above.bold or below.bold) and above.whole in _TEXT and below.whole in _TEXT
    )
    return plain and not (below.dateline or below.resumes or above.leaves)


def _evidence(gap: Gap) -> tuple[Remark, ...]:
    reasons = []
    if gap.crossing.word:
        reasons.append(Remark("word_across", {"word": gap.crossing.word}))
    if gap.crossing.matched:
        reasons.append(Remark("closes", {"mark": gap.crossing.matched}))
    if gap.signs.ending != "short":
        reasons.append(Remark("full_line"))
    if gap.stop != "full":
        reasons.append(Remark("breaks_off"))
    return (*reasons, Remark("next_line"))
