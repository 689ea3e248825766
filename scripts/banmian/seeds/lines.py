"""Lines of a page known by the text that they begin or end with: how an editor names a line in editions.yml.

Line numbers change with every scan, text does not: a guard is as much of a line as tells it from all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from banmian.records import Remark

_LINE = re.compile("[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = "\ufeff\u200b"
# What OCR puts around a heading, or before an item, is no part of what is printed.
_OPENING = re.compile(r"(?:[-*+>][ \t\u3000]+)?(?:#{1,6}[ \t\u3000]*)?(?:\*\*)?")
_BOLD = "**"
# Full-width letters, digits and signs, and curly quotation marks: the same as the half-width and straight ones.
_HALF_WIDTH = {
    0x3000: " ",
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "“”„‟＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‛"), "'"),
}
# A dateline, a byline in brackets: what stands before the first words of a text, and after its last ones.
_LONGEST_LEAD = 60
_AFTER_LEAD = re.compile(r"[)\]】〕:]+[ ]*|[ ]+")
_STOPS = re.compile("[。!?;]")
_TAIL = re.compile(r"[ ]*[(\[【〔][^()\[\]【】〔〕]{1,40}[)\]】〕]$")
_SHORTEST_AFTER_LEAD = 4
_SHORTEST = 10
_LIKE = 0.6
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line without the blanks around it: text[start:end]; `number` counts line feeds.

    `bare` is it without marks, `plain` that with half-width signs: what guards are compared with.
    """

    number: int
    start: int
    end: int
    printed: str
    bare: str
    plain: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Text that a line begins or ends with; `nth` (from 1) of those that do, None where it means one line only."""

    text: str
    nth: int | None = None


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
            bare = _bare(printed)
            lines.append(PrintedLine(number, start, start + len(printed), printed, bare, _plain(bare)))
    return lines


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _INVISIBLE


def _bare(printed: str) -> str:
    opening = _OPENING.match(printed)
    bare = printed[opening.end() :] if opening else printed
    return bare.removesuffix(_BOLD).strip() or printed


def _plain(text: str) -> str:
    """`text` as guards are compared: signs half-width, no marks, no blanks around it."""
    return text.translate(_HALF_WIDTH).replace(_BOLD, "").strip() or text


def line_at(lines: Sequence[PrintedLine], offset: int) -> PrintedLine:
    """The line that text[offset] or text[offset - 1] stands in. Raises ValueError where none does."""
    for line in lines:
        if line.start <= offset <= line.end:
            return line
    raise ValueError(f"no line stands at offset {offset}")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two ends by which a line is known; `inner` are its texts without what is set before or after them."""

    name: str
    known_by: Callable[[str, str], bool]
    part: Callable[[str, int], str]
    inner: Callable[[str], list[str]]


def _without_lead(plain: str) -> list[str]:
    """What follows a dateline or byline, wherever in the first characters one may end."""
    stop = _STOPS.search(plain)
    ends = (found.end() for found in _AFTER_LEAD.finditer(plain, 0, _LONGEST_LEAD))
    return [plain[end:] for end in ends if stop is None or end <= stop.start()]


def _without_tail(plain: str) -> list[str]:
    tail = _TAIL.search(plain)
    return [plain[: tail.start()]] if tail else []


BEGINNING = Side("begins", str.startswith, lambda text, length: text[:length], _without_lead)
ENDING = Side("ends", str.endswith, lambda text, length: text[-length:], _without_tail)


def find(lines: Sequence[PrintedLine], guard: str, side: Side) -> list[PrintedLine]:
    """The line that is just `guard`; where not just one is, all that `find_all` finds."""
    forms = _forms(guard)
    exact = [line for line in lines if line.plain in forms]
    return exact if len(exact) == 1 else find_all(lines, guard, side)


def find_all(lines: Sequence[PrintedLine], guard: str, side: Side) -> list[PrintedLine]:
    """The lines that begin or end with `guard`, be it after a dateline or before a byline: those that `nth` counts.

    Marks, and whether signs are half- or full-width, don't count.
    """
    forms = _forms(guard)
    inner = [form for form in forms if len(form) >= _SHORTEST_AFTER_LEAD]

    def is_known(line: PrintedLine) -> bool:
        whole = any(side.known_by(line.plain, form) for form in forms)
        return whole or any(side.known_by(text, form) for form in inner for text in side.inner(line.plain))

    return [line for line in lines if is_known(line)]


def _forms(guard: str) -> frozenset[str]:
    return frozenset((_plain(guard), _plain(_bare(guard.strip()))))


def guard_of(lines: Sequence[PrintedLine], line: PrintedLine, side: Side) -> Guard:
    """As much of `line` as tells it from the others, at least 10 characters; where none does, all and which of them."""
    for length in range(min(_SHORTEST, len(line.bare)), len(line.bare) + 1):
        text = side.part(line.bare, length)
        if not _is_blank(text[0]) and not _is_blank(text[-1]) and find(lines, text, side) == [line]:
            return Guard(text)
    return Guard(line.bare, find_all(lines, line.bare, side).index(line) + 1)


def nearest(lines: Sequence[PrintedLine], guard: str, side: Side) -> Remark | None:
    """Where `guard`, which no line begins or ends with, may have gone; None where nothing is like it."""
    plain = _plain(_bare(guard))
    inside = next((line for line in lines if plain in line.plain), None)
    if inside:
        return Remark(f"inside_{side.name}", {"line": inside.number, "text": side.part(inside.bare, len(guard))})
    unquoted = guard.strip("“”\"‘’'「」")
    if unquoted and unquoted != guard and len(found := find(lines, unquoted, side)) == 1:
        return Remark("without_quotes", {"line": found[0].number})
    parts = {side.part(line.bare, len(guard)): line for line in reversed(lines)}
    for part in get_close_matches(guard, parts, 1, _LIKE):
        return Remark(f"line_{side.name}", {"line": parts[part].number, "text": part})
    return None


def nearest_text(lines: Sequence[PrintedLine], text: str) -> Remark | None:
    """Where the page has something like `text`, which stands nowhere on it; None where nothing is like it."""
    plain = text.translate(_HALF_WIDTH)
    found: list[tuple[float, int, str]] = []
    for line in lines:
        here = line.printed.translate(_HALF_WIDTH)
        match = SequenceMatcher(None, here, plain, autojunk=False).find_longest_match()
        start = max(0, min(match.a - match.b, len(here) - len(plain)))
        there = here[start : start + len(plain)]
        likeness = SequenceMatcher(None, there, plain, autojunk=False).ratio()
        found.append((likeness, -line.number, line.printed[start : start + len(plain)]))
    likeness, number, there = max(found, default=(0.0, 0, ""))
    return Remark("line_has", {"line": -number, "text": there}) if likeness >= _ALIKE else None
