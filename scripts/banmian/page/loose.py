"""Lines that break into a text without belonging to its order: running heads, jumps, captions and tables.

The solver never sees them, so that the lines around them are neighbours. A jump leaves its trace: the line before it
(or after it) is marked as going on (or coming) from another page. A caption or table goes to the article that prints
most of its words, of the two around it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from banmian.page.article import Reading
from banmian.page.marks import Unit
from banmian.page.pictures import with_captions_told
from banmian.words.span_kinds import SPAN_KINDS

_APART = tuple(name for name, kind in SPAN_KINDS.items() if kind.apart and kind.loose)
_BESIDE = tuple(name for name, kind in SPAN_KINDS.items() if kind.apart and not kind.loose)


@dataclass(frozen=True, slots=True)
class Placement:
    """The units of a page: `placed` by the solver, `beside` what is given to articles after that, the rest `apart`."""

    placed: list[Unit]
    beside: list[Unit]
    apart: list[Unit]


def set_apart(units: Sequence[Unit], stated: frozenset[int] = frozenset()) -> Placement:
    """The units sorted by who deals with them, each list in file order; jumps noted at the lines beside them.

    So is a dateline in a line of its own at the text that it opens. A caption between a headline and what is no text of
    its own (another heading, the page's end) stays: the picture is the article. `stated` are the offsets at which lines
    begin of which an editor decided what they are.
    """
    told = with_captions_told(units)
    units = [unit if unit.line.start in stated else other for unit, other in zip(units, told, strict=True)]
    placed: list[Unit] = []
    beside: list[Unit] = []
    apart: list[Unit] = []
    resumes, led = False, ""
    for at, unit in enumerate(units):
        if unit.whole == "dateline":
            beside.append(unit)
            led = unit.text
        elif unit.whole == "jump":
            apart.append(unit)
            resumes = resumes or unit.resumes
            if unit.leaves and placed and not placed[-1].level and placed[-1].whole is None:
                placed[-1] = replace(placed[-1], leaves=True)
        elif unit.whole in _APART:
            apart.append(unit)
        elif unit.whole in _BESIDE and not (unit.whole == "caption" and _is_article(units, at)):
            beside.append(unit)
        else:
            if not unit.level and unit.whole is None:
                unit = replace(unit, resumes=unit.resumes or resumes, dateline=unit.dateline or led)
                resumes, led = False, ""
            placed.append(unit)
    return Placement(placed, beside, apart)


def _is_article(units: Sequence[Unit], at: int) -> bool:
    if at == 0 or units[at - 1].level == 0:
        return False
    rest = next((units[below] for below in range(at + 1, len(units)) if units[below].whole not in _APART), None)
    return rest is None or rest.level > 0


def with_beside(
    readings: Sequence[Reading], placed: Sequence[Unit], beside: Sequence[Unit], homes: Mapping[int, int]
) -> list[Reading]:
    """The readings with what stood `beside` in them, as lines numbered on from those of `placed`.

    `homes` has, by offsets of the source, lines of the articles that an editor gave some of them to.
    """
    given: dict[int, list[tuple[int, str]]] = {}
    owners = {line: number for number, reading in enumerate(readings) for line, _ in reading.kinds}
    strings = [_strings(reading, placed) for reading in readings]
    for after, kind, lines in _blocks(placed, beside):
        around = [owners[at] for at in (after - 1, after) if at in owners]
        if kind == "dateline":
            opened = next((at for at in range(after, len(placed)) if placed[at].dateline and at in owners), after)
            around = [owners[opened]] if opened in owners else around
        own = frozenset[str]().union(*[_pairs(beside[line].text) for line in lines])
        best = max(around, key=lambda number: len(own & strings[number]), default=0)
        stated = {line: owners[home] for line in lines if (home := _home(beside[line], homes)) in owners}
        best = next(iter(stated.values()), best)
        for line in lines:
            given.setdefault(stated.get(line, best), []).append((line + len(placed), kind))
    if not readings and given:
        return [Reading(0.0, tuple(given[0]), (), ())]
    return [replace(reading, kinds=(*reading.kinds, *given.get(number, ()))) for number, reading in enumerate(readings)]


def _home(unit: Unit, homes: Mapping[int, int]) -> int | None:
    return next((home for offset, home in homes.items() if unit.line.start <= offset < unit.line.end), None)


def _blocks(placed: Sequence[Unit], beside: Sequence[Unit]) -> Iterator[tuple[int, str, list[int]]]:
    """What goes to one article: each caption, and the lines of a table together.

    Of each the line of `placed` that it stands before, its kind, and its own lines.
    """
    starts = [unit.line.start for unit in placed]
    blocks: list[tuple[int, str, list[int]]] = []
    for line, unit in enumerate(beside):
        after, kind = bisect_right(starts, unit.line.start), unit.whole or ""
        if kind == "table" and blocks and blocks[-1][:2] == (after, kind):
            blocks[-1][2].append(line)
        else:
            blocks.append((after, kind, [line]))
    yield from blocks


def _strings(reading: Reading, placed: Sequence[Unit]) -> frozenset[str]:
    return frozenset[str]().union(*[_pairs(placed[line].text) for line, _ in reading.kinds])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
