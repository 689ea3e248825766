"""The parts of a printed line: marks, dateline, byline and jump set apart from what is read.

A line is a `Unit` of the page: its parts partition it, and `text` is what remains for the solver to place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from banmian.page.lexicon import pattern
from banmian.page.source import Line, is_blank

_HALF_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_HASHES = re.compile(r"#{1,6}(?:\s+|(?=[^#\s])(?!.*#))")
_LONGEST_LEAD = 80


@dataclass(frozen=True, slots=True)
class Part:
    """line.text[start:end] is of this kind: markup, dateline, byline, jump, blank or content."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A line as the solver sees it: `text` is its content with half-width punctuation, without marks and lead.

    `level` counts its #, `bold` says that ** enclose all of it. `whole` names the form that the entire line has
    (byline, author, caption, jump, furniture), None where it has none.
    """

    line: Line
    parts: tuple[Part, ...]
    text: str
    level: int
    bold: bool
    dateline: str
    whole: str | None


def half_width(text: str) -> str:
    """`text` with full-width letters, digits and punctuation made half-width, character by character."""
    return text.translate(_HALF_WIDTH)


def read_unit(line: Line) -> Unit:
    """The parts of a line. Never fails: what has no known form is content."""
    text = half_width(line.text)
    parts: list[Part] = []
    at, end = 0, len(text)
    hashes = _HASHES.match(text)
    level = hashes.group().count("#") if hashes and hashes.end() < end else 0
    if hashes and level:
        at = _add(parts, "markup", 0, hashes.end())
    bold = text.startswith("**", at) and text.endswith("**") and text.count("**") == 2 and end - at > 4
    closing: list[Part] = []
    if bold:
        at = _add(parts, "markup", at, at + 2)
        closing.append(Part("markup", end - 2, end))
        end -= 2
    whole = _whole_form(text[at:end])
    if not level and whole is None:
        at = _read_lead(text, at, end, parts)
        end = _read_tail(text, at, end, closing)
    _add_content(parts, text, at, end)
    parts += reversed(closing)
    shown = "".join(text[part.start : part.end] for part in parts if part.kind == "content")
    dateline = next((text[part.start : part.end] for part in parts if part.kind == "dateline"), "")
    return Unit(line, tuple(parts), shown, level, bold, dateline, whole)


def _add(parts: list[Part], kind: str, start: int, end: int) -> int:
    if start < end:
        parts.append(Part(kind, start, end))
    return end


def _add_content(parts: list[Part], text: str, at: int, end: int) -> None:
    """The content, bold words in it freed of their **."""
    paired = text.count("**", at, end) % 2 == 0
    while paired and (bold := text.find("**", at, end)) >= 0:
        _add(parts, "content", at, bold)
        at = _add(parts, "markup", bold, bold + 2)
    _add(parts, "content", at, end)


def _whole_form(text: str) -> str | None:
    if len(text) > 120:
        return None
    for name in ("jump", "furniture", "caption", "byline", "author"):
        if pattern(name).fullmatch(text):
            return name
    return None


def _read_lead(text: str, at: int, end: int, parts: list[Part]) -> int:
    """Set dateline and byline at the head of a paragraph apart. Returns where the content begins."""
    found = _dateline(text, at, end)
    if found is None:
        return at
    begin, stop = found
    _add(parts, "markup", at, begin)
    at = _add(parts, "dateline", begin, stop)
    after = at
    if text.startswith("**", after):
        after += 2
    byline = pattern("bracketed_byline").match(text, _past_blanks(text, after, end), end)
    if byline:
        _add(parts, "markup", at, byline.start("byline"))
        _add(parts, "byline", *byline.span("byline"))
        at, after = byline.end("byline"), byline.end()
    after = _past_blanks(text, after, end)
    return _add(parts, "markup", at, after)


def _dateline(text: str, at: int, end: int) -> tuple[int, int] | None:
    """Where the dateline that opens the content stands: within ** or bare with something set off after it."""
    begin = at + 2 if text.startswith("**", at) else at
    match = pattern("dateline").match(text, begin, end)
    if not match:
        return None
    stop = match.end()
    if begin > at:
        return (begin, stop) if text.startswith("**", stop) else None
    return (begin, stop) if stop < end and (text[stop] in " (:,*" or is_blank(text[stop])) else None


def _read_tail(text: str, at: int, end: int, closing: list[Part]) -> int:
    """Set a jump or a bracketed byline at the end of a paragraph apart. Returns where the content ends."""
    opens = max(text.rfind("(", at, end), -1)
    if opens <= at or end - opens > _LONGEST_LEAD // 2:
        return end
    if pattern("jump").fullmatch(text, opens, end):
        closing.append(Part("jump", opens, end))
        return opens
    byline = pattern("bracketed_byline").fullmatch(text, opens, end)
    if byline and opens > at + 12:
        closing += [
            Part("markup", byline.end("byline"), end),
            Part("byline", *byline.span("byline")),
            Part("markup", opens, byline.start("byline")),
        ]
        return opens
    return end


def _past_blanks(text: str, at: int, end: int) -> int:
    while at < end and is_blank(text[at]):
        at += 1
    return at
