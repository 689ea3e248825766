"""The parts of a printed line: marks, dateline, byline and jump set apart from what is read.

A line is a `Unit` of the page: its parts partition it, and `text` is what remains for the solver to place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from banmian.page.blocks import blocks_of
from banmian.page.forms import Part, add, dateline_of, jumps_of, parts_of
from banmian.page.signs import has_picture, is_item, level_of, signs
from banmian.page.source import Line, is_blank
from banmian.records import Remark
from banmian.words.characters import half_width, is_traditional, simplified
from banmian.words.headings import LONGEST_LEADLESS, reads_as_text

_RULE = re.compile(r"(?:[-—_=*·.~] ?){3,}|```[a-z]*")


@dataclass(frozen=True, slots=True)
class Seam:
    """Two printed lines that were put together before the search: the log odds of it, and what speaks for it.

    `odds` are the log odds that it is made of and what else tells how far it can be trusted, by name. Lines of a
    heading that are `parted` stay lines of its field: no word goes on across them.
    """

    score: float
    evidence: tuple[Remark, ...]
    odds: tuple[tuple[str, float], ...] = ()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A line as the solver sees it: `text` is its content with half-width punctuation, without marks and lead.

    `level` counts its #, `bold` says that ** enclose all of it. `whole` names the form that the entire line has
    (dateline, byline, author, caption, jump, furniture, table, rubric_frame), None where it has none. `resumes` and
    `leaves` say that a jump tells of text on another page, before this line or after it; `picture` that the line refers
    to a picture, `item` that the sign of a list opens it. Where a line of the page is one printed line only, a unit may
    be several: `printed` are all of them, the first one included, and `seams` what joins each to the next. How the page
    is set gives log odds that its text goes on in the next unit: `goes_on` against the end of a paragraph, `stays`
    against that of a column; 0 where nothing is known.
    """

    line: Line
    parts: tuple[Part, ...]
    text: str
    level: int
    bold: bool
    dateline: str
    whole: str | None
    resumes: bool = False
    leaves: bool = False
    picture: bool = False
    item: bool = False
    printed: tuple[Unit, ...] = ()
    seams: tuple[Seam, ...] = ()
    goes_on: float = 0.0
    stays: float = 0.0

    def stands_at(self, offset: int) -> bool:
        """Whether one of its printed lines holds this offset of the source."""
        return any(unit.line.start <= offset < unit.line.end for unit in self.printed or (self,))


def read_units(lines: Sequence[Line]) -> list[Unit]:
    """The lines of a page, each with its parts; those of tables and notes of the engine are not read further."""
    texts = [line.text for line in lines]
    blocks, traditional = blocks_of(texts), is_traditional(texts)
    return [_block(line, blocks[at]) if at in blocks else read_unit(line, traditional) for at, line in enumerate(lines)]


def _block(line: Line, kind: str) -> Unit:
    found, whole = ("content", "table") if kind == "table" else ("markup", "furniture")
    return Unit(line, (Part(found, 0, len(line.text)),), half_width(line.text), 0, False, "", whole)


def read_unit(line: Line, traditional: bool = False) -> Unit:
    """The parts of a line, which `traditional` text is read for as simplified.

    Never fails: what has no known form is content.
    """
    picture = has_picture(line.text)
    if _RULE.fullmatch(line.text):
        return _block(line, "markup")
    level, begin = level_of(line.text)
    places = _printed(line.text, begin)
    if not places:
        return replace(_block(line, "markup"), picture=picture)
    text = half_width("".join([line.text[at] for at in places]))
    text = simplified(text) if traditional else text
    if level and _is_text(text):
        level = 0
    parts, bold, whole = parts_of(text, level)
    shown = "".join(text[part.start : part.end] for part in parts if part.kind == "content")
    dateline = next((text[part.start : part.end] for part in parts if part.kind == "dateline"), "")
    jumps = jumps_of(text, parts, whole)
    parts = _placed(parts, places, len(line.text))
    if picture and whole is None and _is_told(line.text, places):
        whole = "caption"
    return Unit(line, tuple(parts), shown, level, bold, dateline, whole, *jumps, picture, is_item(line.text))


def _printed(text: str, begin: int) -> list[int]:
    """The places of the characters from `begin` on that are no signs, without the blanks around them."""
    places = list(range(begin, len(text)))
    if found := signs(text):
        taken = {at for start, end in found for at in range(start, end)}
        places = [at for at in places if at not in taken]
    while places and is_blank(text[places[0]]):
        del places[0]
    while places and is_blank(text[places[-1]]):
        places.pop()
    return places


def _is_text(text: str) -> bool:
    """Whether a line that is marked as a heading is none: a paragraph, or one that a dateline opens."""
    return reads_as_text(text) or (dateline_of(text, 0, len(text)) is not None and len(text) > LONGEST_LEADLESS)


def _is_told(line: str, places: Sequence[int]) -> bool:
    """Whether all that a line with a picture prints is what the picture's tag says of it."""
    return line[places[0] - 2 : places[0]] == "![" and line[places[-1] + 1 : places[-1] + 3] == "]("


def _placed(parts: Sequence[Part], places: Sequence[int], size: int) -> list[Part]:
    """The parts of what is printed as parts of the line, its signs markup between them."""
    found: list[Part] = []
    end = 0
    for part in parts:
        for start, stop in _runs(places[part.start : part.end]):
            add(found, "markup", end, start)
            end = add(found, part.kind, start, stop)
    add(found, "markup", end, size)
    return _merged(found)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[start], places[at - 1] + 1
            start = at


def _merged(parts: Sequence[Part]) -> list[Part]:
    """The parts with neighbours of markup made one."""
    merged: list[Part] = []
    for part in parts:
        if merged and merged[-1].kind == part.kind == "markup":
            merged[-1] = Part("markup", merged[-1].start, part.end)
        else:
            merged.append(part)
    return merged
