"""Lines of a page known by the text that they begin or end with: how an editor names a line in editions.yml.

Line numbers change with every scan, text does not: a guard is as much of a line as tells it from all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from banmian.records import Remark

_LINE = re.compile("[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = "\ufeff\u200b"
# What OCR puts around a heading is no part of what is printed.
_OPENING = re.compile(r"(?:#{1,6}[ \t\u3000]*)?(?:\*\*)?")
_CLOSING = "**"
_SHORTEST = 10
_LIKE = 0.6


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line without the blanks around it: text[start:end]; `bare` is it without marks. `number` counts line feeds."""

    number: int
    start: int
    end: int
    printed: str
    bare: str


def printed_lines(text: str) -> list[PrintedLine]:
    """The lines of a page on which something stands, in file order."""
    lines, number, counted = [], 1, 0
    for match in _LINE.finditer(text):
        printed, start = match.group(), match.start()
        while printed and _is_blank(printed[0]):
            printed, start = printed[1:], start + 1
        while printed and _is_blank(printed[-1]):
            printed = printed[:-1]
        if printed:
            number += text.count("\n", counted, start)
            counted = start
            lines.append(PrintedLine(number, start, start + len(printed), printed, _bare(printed)))
    return lines


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _INVISIBLE


def _bare(printed: str) -> str:
    opening = _OPENING.match(printed)
    bare = printed[opening.end() :] if opening else printed
    return bare.removesuffix(_CLOSING) or printed


def line_at(lines: Sequence[PrintedLine], offset: int) -> PrintedLine:
    """The line that text[offset] or text[offset - 1] stands in. Raises ValueError where none does."""
    for line in lines:
        if line.start <= offset <= line.end:
            return line
    raise ValueError(f"no line stands at offset {offset}")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two ends by which a line is known."""

    name: str
    known_by: Callable[[str, str], bool]
    part: Callable[[str, int], str]


BEGINNING = Side("begins", str.startswith, lambda text, length: text[:length])
ENDING = Side("ends", str.endswith, lambda text, length: text[-length:])


def find(lines: Sequence[PrintedLine], guard: str, side: Side) -> list[PrintedLine]:
    """The lines that begin or end with `guard`, marks counted or not; of several the only one that is just it."""
    whole = [line for line in lines if guard in (line.bare, line.printed)]
    if len(whole) == 1:
        return whole
    return [line for line in lines if side.known_by(line.bare, guard) or side.known_by(line.printed, guard)]


def guard_of(lines: Sequence[PrintedLine], line: PrintedLine, side: Side) -> str | None:
    """As much of `line` as tells it from the others, at least 10 characters; None where another has the same text."""
    for length in range(min(_SHORTEST, len(line.bare)), len(line.bare) + 1):
        guard = side.part(line.bare, length)
        if not _is_blank(guard[0]) and not _is_blank(guard[-1]) and find(lines, guard, side) == [line]:
            return guard
    return None


def nearest(lines: Sequence[PrintedLine], guard: str, side: Side) -> Remark | None:
    """Where `guard`, which no line begins or ends with, may have gone; None where nothing is like it."""
    inside = [line for line in lines if guard in line.printed]
    if inside:
        text = side.part(inside[0].bare, len(guard))
        return Remark(f"inside_{side.name}", {"line": inside[0].number, "text": text})
    parts = {side.part(line.bare, len(guard)): line for line in reversed(lines)}
    for part in get_close_matches(guard, parts, 1, _LIKE):
        return Remark(f"line_{side.name}", {"line": parts[part].number, "text": part})
    return None
