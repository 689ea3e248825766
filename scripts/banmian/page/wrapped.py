"""Printed lines put together into the fragments of paragraphs that they are, before the page is searched.

Where OCR gave a page printed line by printed line, most line ends are no ends of anything. Whether the next line goes
on is told by how the page is set (setting.py) and by the text across the line end; the rest is left to the search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from banmian.page.cuts import Strings, crossing, read_side
from banmian.page.hyphens import Hyphens, goes_on
from banmian.page.marks import Seam, Unit
from banmian.page.measure import measures
from banmian.page.setting import Gap, Odds, odds_of, signs_of, text_features
from banmian.page.topic import Topics
from banmian.records import Remark

# A line end without a stop is left to the search unless the text goes on as surely as this: there a column may end.
_LEFT_OPEN = 3.0
# How many lines around a join are compared; text that fits no better than this may go on elsewhere.
_WINDOW, _ASTRAY = 6, -0.5
_SURE = 9.0
# How many lines of the file apart two lines are that have an empty one between them.
_NEXT = 2
# Of a word or compound with a hyphen at the end of a line: on any page, no other line begins so.
_DIVIDED = Seam(_SURE, (Remark("divided"), Remark("next_line")), (("divided", 1.0),))
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
    divided = set(_divided(units, held))
    for above, below in strangers:
        if odds.keys() | divided >= set(range(above, below)):
            weakest = min(range(above, below), key=lambda at: (at in divided, odds.get(at, _UNKNOWN).all))
            odds.pop(weakest, None)
            divided.discard(weakest)
    hyphens = Hyphens([unit.text for unit in units] if gaps or divided else [])
    trust = _Trust(units, gaps, odds)
    made: list[Unit] = []
    run: list[Unit] = []
    seams: list[Seam] = []
    for at, unit in enumerate(units):
        run.append(unit)
        one = odds.get(at, _UNKNOWN)
        if at in divided:
            run[-1] = hyphens.without(unit, units[at + 1])
            seams.append(_DIVIDED)
        elif one.paragraph > 0 and one.column + one.text > _LEFT_OPEN:
            seams.append(Seam(round(one.all, 2), _evidence(gaps[at]), trust.odds(gaps[at], one)))
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
    sides = (None if measure is None else read_side(unit.text) for unit, measure in zip(units, found, strict=True))
    for at, (left, right) in enumerate(pairwise(sides)):
        above, below, here, there = units[at], units[at + 1], found[at], found[at + 1]
        if left and right and here and there and at not in held and _may_go_on(above, below):
            across = crossing(left, right, strings)
            text = text_features(left, right, across, here != there, below.item)
            alone = right.stop == "open" and at + 2 < len(units) and not _may_go_on(below, units[at + 2])
            yield Gap(at, signs_of(above, below, here, there), here, text, across, left.stop, alone)


def _divided(units: Sequence[Unit], held: Collection[int]) -> Iterator[int]:
    """The lines at whose end stands the hyphen of a word or compound that goes on in the next line of the file."""
    for at, (above, below) in enumerate(pairwise(units)):
        near = below.line.number - above.line.number <= _NEXT
        if near and at not in held and goes_on(above.text, below.text) and _may_go_on(above, below):
            yield at


def _may_go_on(above: Unit, below: Unit) -> bool:
    """Whether both are text without a mark or form that says that something ends or begins here."""
    plain = (
        not (above.level or below.level or above.bold or below.bold) and above.whole in _TEXT and below.whole in _TEXT
    )
    return plain and not (below.dateline or below.resumes or above.leaves)


class _Trust:
    """What tells how far the joins of the printed lines of a page can be trusted."""

    def __init__(self, units: Sequence[Unit], gaps: Mapping[int, Gap], odds: Mapping[int, Odds]) -> None:
        self._topics = Topics([unit.text for unit in units] if gaps else [], window=_WINDOW)
        inside = [one for at, one in odds.items() if one.paragraph > 0 and gaps[at].stop != "full"]
        # On a page that was dealt out by columns the text often does not fit where a paragraph would go on.
        self._astray = sum(one.text < _ASTRAY for one in inside) / max(1, len(inside))

    def odds(self, gap: Gap, odds: Odds) -> tuple[tuple[str, float], ...]:
        """The odds of a join and what else is known of it, by name."""
        likeness = self._topics.likeness_around(gap.at, gap.at + 1)
        return (
            ("paragraph", odds.paragraph),
            ("column", odds.column),
            ("text", odds.text),
            ("astray", self._astray * 10),
            ("likeness", likeness * 10),
            ("strangers", float(not likeness)),
            ("likeness astray", likeness * self._astray * 100),
            ("text astray", odds.text * self._astray * 10),
            ("dictionary", gap.text["dictionary"]),
            ("fluency", gap.crossing.fluency),
            ("turns", gap.text["turns"]),
            (f"stop {gap.stop}", 1.0),
            (f"ends {gap.signs.ending}", 1.0),
        )


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
