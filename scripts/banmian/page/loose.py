"""Lines that break into a text without belonging to its order: running heads, jumps and captions.

The solver never sees them, so that the lines around them are neighbours. A jump leaves its trace: the line before it
(or after it) is marked as going on (or coming) from another page. A caption goes to the article that prints most of its
words, of the two around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from banmian.page.article import Reading
from banmian.page.marks import Unit

_APART = ("furniture", "jump")


@dataclass(frozen=True, slots=True)
class Placement:
    """The units of a page: those to be `placed` by the solver, `captions` to be given to articles, the rest `apart`."""

    placed: list[Unit]
    captions: list[Unit]
    apart: list[Unit]


def set_apart(units: Sequence[Unit]) -> Placement:
    """The units sorted by who deals with them, each list in file order; jumps noted at the lines beside them.

    A caption between a headline and what is no text of its own (another heading, the page's end) stays: the picture is
    the article.
    """
    placed: list[Unit] = []
    captions: list[Unit] = []
    apart: list[Unit] = []
    resumes = False
    for at, unit in enumerate(units):
        if unit.whole == "jump":
            apart.append(unit)
            resumes = resumes or unit.resumes
            if unit.leaves and placed and not placed[-1].level and placed[-1].whole is None:
                placed[-1] = replace(placed[-1], leaves=True)
        elif unit.whole == "furniture":
            apart.append(unit)
        elif unit.whole == "caption" and not _is_article(units, at):
            captions.append(unit)
        else:
            text = not unit.level and unit.whole is None
            placed.append(replace(unit, resumes=True) if resumes and text else unit)
            resumes = resumes and not text
    return Placement(placed, captions, apart)


def _is_article(units: Sequence[Unit], at: int) -> bool:
    rest = next((unit for unit in units[at + 1 :] if unit.whole not in _APART), None)
    return at > 0 and units[at - 1].level > 0 and (rest is None or rest.level > 0)


def with_captions(readings: Sequence[Reading], placed: Sequence[Unit], captions: Sequence[Unit]) -> list[Reading]:
    """The readings with the captions in them, as lines numbered on from those of `placed`."""
    given: dict[int, list[tuple[int, str]]] = {}
    owners = {line: number for number, reading in enumerate(readings) for line, _ in reading.kinds}
    strings = [_strings(reading, placed) for reading in readings]
    for line, caption in enumerate(captions, len(placed)):
        after = next((at for at, unit in enumerate(placed) if unit.line.start > caption.line.start), len(placed))
        around = [owners[at] for at in (after - 1, after) if at in owners]
        own = _pairs(caption.text)
        best = max(around, key=lambda number: len(own & strings[number]), default=0)
        given.setdefault(best, []).append((line, "caption"))
    if not readings and given:
        return [Reading(0.0, tuple(given[0]), (), ())]
    return [replace(reading, kinds=(*reading.kinds, *given.get(number, ()))) for number, reading in enumerate(readings)]


def _strings(reading: Reading, placed: Sequence[Unit]) -> frozenset[str]:
    return frozenset[str]().union(*[_pairs(placed[line].text) for line, _ in reading.kinds])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
