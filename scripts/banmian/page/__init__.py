"""The text of a page -> its articles in reading order, with every character accounted for.

source.py finds the lines, blocks.py the tables among them, marks.py their parts (forms.py: of what they print),
signs.py what engines write beside the text, characters.py as what its characters are read; loose.py sets those apart
that break into it (pictures.py: captions), wrapped.py puts printed lines together (measure.py, setting.py and alone.py
say how the page is set), two_lines.py the two lines of a headline, file_order.py says how surely the file is in order,
kinds.py what each of them may be (crossheads.py, surroundings.py: crosshead or headline; heading_lines.py: which line
of a heading is which); cuts.py and topic.py weigh the text, links.py scores how lines go on, order.py and article.py
read sets of lines as an article, solve.py finds the best whole page (dealt.py: one whose columns were read one after
the other, ways.py keeps its ways; parts.py: a very long one in parts), assemble.py turns it into records, with what
speaks for each choice (evidence.py) and how far it can be trusted (trust.py, doubted.py); obey.py says whether a page
follows what an editor decided, confirmed.py what is certain by that, memory.py (known.py, undecided.py) keeps what was
found for the next decision; damage.py tells what went wrong before the page came here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from banmian.page.assemble import Assembly
from banmian.page.confirmed import confirmed
from banmian.page.damage import damage_of
from banmian.page.loose import set_apart
from banmian.page.marks import Unit, read_unit, read_units
from banmian.page.memory import Memories
from banmian.page.obey import unheeded, warnings_of
from banmian.page.parts import merged, parts_of, stretches_of
from banmian.page.solve import solve
from banmian.page.source import checked, is_blank, read_lines
from banmian.page.statements import rulings_of, stated_ends, stated_lines, stated_strangers, with_kinds
from banmian.page.two_lines import with_whole_headlines
from banmian.page.wrapped import put_together
from banmian.records import Correction, Page, Remark, Ruling

__all__ = ["read_page"]


def read_page(
    text: str, corrections: Sequence[Correction] = (), rulings: Sequence[Ruling] = (), deciding: bool = False
) -> Page:
    """The page put together: spans that partition `text`, articles in the order of their first span, joins, warnings.

    A ruling that says what is so without it changes nothing but how certain that is. Where somebody is `deciding` about
    the page, what was found is kept, so that the next reading, with another ruling, takes a part of the time: the page
    is the same. Raises ValueError for a text with nothing printed in it, and for corrections that don't fit the text.
    """
    if all(is_blank(character) for character in text):
        raise ValueError("the page is empty: nothing but blanks stands in it")
    ordered = tuple(checked(text, corrections))
    memories = _memories(text, ordered) if deciding or rulings else None
    page = _read(text, ordered, (), memories)
    needed = unheeded(page, text, rulings)
    if needed:
        page = _read(text, ordered, tuple(needed), memories)
        if len(needed) < len(rulings) and unheeded(page, text, rulings):
            page = _read(text, ordered, tuple(rulings), memories)
    left = unheeded(page, text, rulings)
    warnings = (*page.warnings, *warnings_of(left, text))
    return confirmed(replace(page, warnings=warnings, unheeded=left), text, rulings)


# An editor decides about one page again and again.
@lru_cache(maxsize=2)
def _memories(text: str, corrections: tuple[Correction, ...]) -> Memories:
    """What is known of the text from earlier readings."""
    return Memories()


# Each reading begins with the page as it was before.
@lru_cache(maxsize=8)
def _read(
    text: str, corrections: tuple[Correction, ...], rulings: tuple[Ruling, ...], memories: Memories | None
) -> Page:
    """The best page that follows the rulings as far as was found."""
    printed = read_lines(text, corrections)
    units = with_kinds(read_units(printed), rulings)
    readable = [unit for unit in units if not all(is_blank(character) for character in unit.text)]
    bare = [unit for unit in units if all(is_blank(character) for character in unit.text)]
    lines = set_apart(readable, stated_lines(units, rulings))
    parts = [part for few in stretches_of(lines.placed, rulings) for part in parts_of(_as_set(few, rulings), rulings)]
    placed = [unit for part in parts for unit in part]
    begins = [0, *[part[0].line.start for part in parts[1:]]]
    beside, apart = (_by_parts(own, begins) for own in (lines.beside, [*lines.apart, *bare]))
    pages, lost = [], 0
    for part, within, *others in zip(parts, pairwise([*begins, len(text)]), beside, apart, strict=True):
        solution = solve(part, rulings_of(part, rulings) if rulings else None, len(placed), memories)
        lost += solution.lost_stops
        pages.append(Assembly(text, part, corrections, within).page(solution, *others))
    page = merged(pages, len(placed))
    stops = [Remark("lost_stops", {"count": lost})] if lost > 1 else []
    found = (*stops, *_crossings(text, corrections), *damage_of(printed, placed))
    return replace(page, warnings=(*page.warnings, *found))


def _as_set(units: Sequence[Unit], rulings: Sequence[Ruling]) -> list[Unit]:
    """The units with lines put together that are one as the page is set, unless an editor's word parts them."""
    held, strangers = stated_ends(units, rulings), list(stated_strangers(units, rulings))
    begins = [unit.line.start for unit in units]
    parted = {(begins[above], begins[below]) for above, below in strangers}
    ends = {begins[at] for at in held if 0 <= at < len(begins)}
    return with_whole_headlines(put_together(units, held, strangers), ends, parted)


def _by_parts(units: Sequence[Unit], begins: Sequence[int]) -> list[list[Unit]]:
    """The units of each part of the page, of those that begin at these offsets, the first at 0."""
    found: list[list[Unit]] = [[] for _ in begins]
    for unit in units:
        found[bisect_right(begins, unit.line.start) - 1].append(unit)
    return found


def _crossings(text: str, corrections: Sequence[Correction]) -> Iterator[Remark]:
    """What corrections change beside characters: one that takes in a mark or a dateline decides what a line is."""
    for line in read_lines(text, ()) if corrections else ():
        for correction in corrections:
            if correction.start < line.end and line.start < correction.end:
                touched = {
                    part.kind
                    for part in read_unit(line).parts
                    if part.start + line.start < correction.end and correction.start < part.end + line.start
                }
                if len(touched) > 1 or "markup" in touched:
                    what = {"printed": correction.printed, "parts": sorted(touched - {"content"})}
                    yield Remark("correction_crosses", {"line": line.number, **what})
