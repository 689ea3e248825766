"""The lines of a page's source, and the text of its fields: where corrections enter and offsets stay true.

Everything that reads a page works on corrected text; everything that it returns points into the source. A correction is
an atom: no line, part or span begins or ends inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from banmian.records import Correction, Field, Piece

_LINE_BREAK = re.compile("[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b"
_WIDE = ("W", "F", "A")


def width_of(text: str) -> float:
    """How wide `text` is printed: a full-width character is 1, any other a half; what is invisible is nothing."""
    return sum([0.0 if c in _INVISIBLE else 1.0 if east_asian_width(c) in _WIDE else 0.5 for c in text])


def is_blank(character: str) -> bool:
    """Whether nothing is printed for it: white space, a byte-order mark, a zero-width space."""
    return character.isspace() or character in _INVISIBLE


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line without the blanks around it: source[start:end]; `text` is that slice, corrected.

    `cuts[k]` is the source offset at which text[k] begins (of a correction's characters: where the correction begins),
    cuts[len(text)] is `end`. `number` counts line feeds, from 1; `indent` the blanks before it, of a full-width
    character's width each.
    """

    number: int
    start: int
    end: int
    text: str
    cuts: Sequence[int]
    indent: float = 0.0


def checked(text: str, corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections in source order. Raises ValueError where one doesn't fit the text or overlaps another."""
    ordered = sorted(corrections, key=lambda correction: correction.start)
    end = 0
    for correction in ordered:
        found = text[correction.start : correction.end]
        if correction.start < end or correction.start >= correction.end:
            raise ValueError(f"correction at {correction.start} is empty or overlaps another: state one range for each")
        if found != correction.printed:
            raise ValueError(f"correction at {correction.start} expects {correction.printed!r}, the page has {found!r}")
        if _LINE_BREAK.search(correction.corrected):
            raise ValueError(f"correction at {correction.start} puts in a line break: correct each line by itself")
        end = correction.end
    return ordered


def read_lines(text: str, corrections: Sequence[Correction]) -> list[Line]:
    """The lines of `text` on which something is printed, in file order. `corrections` as `checked` returns them."""
    starts = [correction.start for correction in corrections]

    def corrected(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < corrections[at].end

    breaks = [match.start() for match in _LINE_BREAK.finditer(text) if not corrected(match.start())]
    lines, begin, number, counted = [], 0, 1, 0
    for stop in [*breaks, len(text)]:
        start, end = begin, stop
        while start < end and is_blank(text[start]) and not corrected(start):
            start += 1
        while end > start and is_blank(text[end - 1]) and not corrected(end - 1):
            end -= 1
        if start < end:
            number += text.count("\n", counted, start)
            counted = start
            line = _line(text, number, start, end, corrections)
            lines.append(replace(line, indent=width_of(text[begin:start])) if start > begin else line)
        begin = stop + 1
    return lines


def _line(text: str, number: int, start: int, end: int, corrections: Sequence[Correction]) -> Line:
    inside = [c for c in corrections if start <= c.start and c.end <= end]
    if not inside:
        return Line(number, start, end, text[start:end], range(start, end + 1))
    shown, cuts, at = "", [], start
    for correction in inside:
        shown += text[at : correction.start] + correction.corrected
        cuts += [*range(at, correction.start), *[correction.start] * len(correction.corrected)]
        at = correction.end
    return Line(number, start, end, shown + text[at:end], [*cuts, *range(at, end + 1)])


def field(text: str, groups: Iterable[Sequence[tuple[int, int]]], corrections: Sequence[Correction]) -> Field:
    """A field put together from source ranges: those of a group follow each other, a newline joins the groups."""
    shown, pieces = "", []
    for group in groups:
        shown += "\n" if shown else ""
        for start, end in group:
            for source_start, source_end, string in _corrected_pieces(text, start, end, corrections):
                if string:
                    pieces.append(Piece(len(shown), len(shown) + len(string), source_start, source_end))
                    shown += string
    return Field(shown, tuple(pieces))


def _corrected_pieces(
    text: str, start: int, end: int, corrections: Sequence[Correction]
) -> Iterable[tuple[int, int, str]]:
    at = start
    for correction in corrections:
        if start <= correction.start and correction.end <= end:
            yield at, correction.start, text[at : correction.start]
            yield correction.start, correction.end, correction.corrected
            at = correction.end
    yield at, end, text[at:end]
