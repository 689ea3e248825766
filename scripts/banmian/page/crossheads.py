"""Whether a line between paragraphs is a crosshead or the next article's headline: what stands around it says.

Engines mark both alike. A dateline or byline below tells of a new article, so a page whose headlines have them says
much of the lines that have none; else that the page begins with a line marked so, the depth of the mark where it uses
several, numbers and length.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from banmian.page.cuts import stop_of
from banmian.page.lexicon import pattern
from banmian.page.marks import Unit
from banmian.page.surroundings import text_around
from banmian.page.topic import Topics

_LONG, _VERY_LONG, _SHORT = 18, 24, 8
_LONGEST = 40
_MUCH_SHORTER = 0.7
_FEWEST_BRIEFS, _BRIEF_LINES, _BRIEF = 3, 2, 300
_OPENING, _CLOSING = '“「『"', '”」』"'

Mark = tuple[int, bool]


def mark_of(unit: Unit) -> Mark:
    """How the line is marked: the depth of its #, whether it is bold."""
    return unit.level, unit.bold


def opens_article(unit: Unit) -> bool:
    """Whether the line begins as only an article does: a dateline, or a byline by itself or before the text."""
    first = next((part.kind for part in unit.parts if part.kind not in ("markup", "blank")), "")
    return bool(unit.dateline) or unit.whole == "byline" or first == "byline"


def closes_article(unit: Unit) -> bool:
    """Whether the line ends as only an article does: with a byline, or a jump to another page."""
    last = next((part.kind for part in reversed(unit.parts) if part.kind not in ("markup", "blank")), "")
    return unit.leaves or (last == "byline" and unit.whole is None)


@dataclass(frozen=True, slots=True)
class Marks:
    """How a page marks its headings: of each mark how many lines have it, how many open an article, are numbered.

    `size` is the mean length of the headings that surely open an article, `stray` how many articles begin below none:
    where columns moved, headings stand anywhere. `plain` counts those that begin below a short line without a mark.
    `brief`: below none of the marked lines stands more text than a brief has, as where all are headlines of briefs.
    """

    counts: Counter[Mark]
    leads: Counter[Mark]
    numbers: Counter[Mark]
    size: float
    stray: int
    plain: int
    brief: bool

    def share(self, counts: Counter[Mark], mark: Mark) -> float:
        """The share of the lines with the mark that `counts` counts."""
        return counts[mark] / self.counts[mark] if self.counts[mark] else 0.0

    def astray(self) -> float:
        """The share of the headings that open no article here which leads below none account for, one at most."""
        others = self.counts.total() - self.leads.total()
        return min(1.0, self.stray / others) if others else 0.0


def marks_of(units: Sequence[Unit]) -> Marks:
    """How the page `units` marks its headings."""
    counts: Counter[Mark] = Counter()
    leads: Counter[Mark] = Counter()
    numbers: Counter[Mark] = Counter()
    sizes: defaultdict[bool, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        if not _is_heading(unit):
            continue
        mark = mark_of(unit)
        counts[mark] += 1
        numbers[mark] += is_numbered(unit)
        led = at + 1 < len(units) and opens_article(units[at + 1])
        leads[mark] += led
        sizes[led or at == 0].append(len(unit.text))
    sure = sizes[True] or sizes[False] or [0]
    begun = [at for at, unit in enumerate(units) if unit.dateline and unit.whole is None]
    plain = sum(at > 0 and _is_plain_heading(units[at - 1]) for at in begun)
    stray = max(0, len(begun) - leads.total() - plain)
    return Marks(counts, leads, numbers, sum(sure) / len(sure), stray, plain, _are_brief(units))


def _is_heading(unit: Unit) -> bool:
    return bool(unit.level or unit.bold) and unit.whole is None and len(unit.text) <= _LONGEST


def _are_brief(units: Sequence[Unit]) -> bool:
    """Whether the page begins with a marked line, and one or two short paragraphs stand below each of three or more.

    All have the same mark. A lead or byline would tell better what the page is.
    """
    sections: list[list[Unit]] = []
    for unit in units:
        if unit.level:
            sections.append([])
        elif sections and unit.whole is None:
            sections[-1].append(unit)
    same = len({unit.level for unit in units if unit.level}) == 1 and units[0].level > 0
    whole = same and len(sections) >= _FEWEST_BRIEFS and all(sections) and not any(map(opens_article, units))
    return whole and all(
        len(section) <= _BRIEF_LINES and sum(len(unit.text) for unit in section) <= _BRIEF for section in sections
    )


def _is_plain_heading(unit: Unit) -> bool:
    """Whether the line, above a lead, is a heading without a mark: short, and no sentence ends or pauses with it."""
    bare = not unit.level and not unit.bold and unit.whole is None and not unit.dateline
    return bare and len(unit.text) <= _LONGEST and stop_of(unit.text) not in ("full", "pause")


def is_numbered(unit: Unit) -> bool:
    """Whether the line begins with a number of a list of parts: 一、 (二) 3."""
    return pattern("numbered").match(unit.text) is not None


def heading_features(units: Sequence[Unit], at: int, marks: Marks, topics: Topics) -> dict[str, float]:
    """What tells whether the line `at`, which has one before it and one after it, is a headline or a crosshead."""
    before, unit, after = units[at - 1 : at + 2]
    mark, size = mark_of(unit), len(unit.text)
    shallower = [one for one in marks.counts if 0 < one[0] < unit.level]
    above = sum(marks.counts[one] for one in shallower)
    led = any(marks.leads[one] for one in shallower)
    others = sum(count for one, count in marks.leads.items() if one != mark) + marks.plain * (mark != (0, False))
    headed, first = marks.counts.total(), mark_of(units[0])
    plain, led_marked = mark == (0, False), bool(marks.leads.total())
    led_plain = marks.plain > 0 and not led_marked and not marks.stray
    return {
        **text_around(units, at, topics),
        "others led": float(bool(marks.leads[mark]) and not marks.stray),
        "sole mark": float(len(marks.counts) == 1),
        "first otherwise": float(first not in ((0, False), mark)),
        "headings": log1p(headed),
        "only briefs": float(marks.brief),
        "numbered": float(is_numbered(unit)),
        "numbers on page": marks.share(marks.numbers, mark),
        "deep": float(unit.level > 0 and above > 0),
        "marked page": float(not unit.level and any(one[0] for one in marks.counts)),
        "bold": float(unit.bold),
        "leads on page": marks.share(marks.leads, mark),
        "leads astray for headings": marks.astray(),
        "several leads on page": float(marks.leads[mark] > 1 and not marks.stray),
        "leads by other marks": float(not marks.leads[mark] and others > 1),
        "lead by a shallower mark": float(not marks.leads[mark] and not marks.stray and led),
        "leads plain": float(plain and led_plain),
        "leads plain, others marked": float(plain and led_plain and bool(marks.counts)),
        "leads plain for marked": float(not plain and led_plain),
        "leads marked for plain": float(plain and led_marked and not marks.plain),
        "stray leads": float(marks.stray > 0),
        "several stray leads": float(marks.stray > 1),
        "long": float(size > _LONG),
        "very long": float(size > _VERY_LONG),
        "only one": float(marks.counts[mark] == 1),
        "as first": float(mark == mark_of(units[0]) and not marks.stray),
        "after break": float(stop_of(before.text) != "full"),
        "after end": float(closes_article(before)),
        "after heading": float(bool(before.level)),
        "before date": float(pattern("dated_opening").match(after.text) is not None),
        "quoted": float(unit.text[0] in _OPENING and unit.text[-1] in _CLOSING),
        "tail digit": float(unit.text[-1].isdigit()),
        "parted": float(any(one in unit.text for one in " :!?")),
        "short": float(size <= _SHORT),
        "much shorter": float(size < _MUCH_SHORTER * marks.size),
    }
