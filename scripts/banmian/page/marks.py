"""The parts of a printed line: marks, dateline, byline and jump set apart from what is read.

A line is a `Unit` of the page: its parts partition it, and `text` is what remains for the solver to place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from banmian.page.blocks import blocks_of
from banmian.page.lexicon import pattern
from banmian.page.signs import has_picture, is_item, level_of, signs
from banmian.page.source import Line, is_blank
from banmian.records import Remark
from banmian.words.characters import half_width, is_traditional, simplified
from banmian.words.headings import LONGEST_LEADLESS, reads_as_text
from banmian.words.surnames import are_names

_RULE = re.compile(r"(?:[-—_=*·.~] ?){3,}|```[a-z]*")
_LONGEST_LEAD = 80
_LONGEST_CAPTION = 200
_SHORT = 12
_ORNAMENTS = "▲■●◆□◎★☆△▼◇○▪•"
_WHOLE_FORMS = ("jump", "furniture", "caption", "byline", "author", "rubric_frame")
_LEAD_MARKS = (("**", "**"), ("【", "】"), ("〔", "〕"), ("[", "]"), ("(", ")"))


@dataclass(frozen=True, slots=True)
class Part:
    """line.text[start:end] is of this kind: markup, dateline, byline, jump, blank or content."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seam:
    """Two printed lines that were put together before the search: the log odds of it, and what speaks for it.

    `odds` are the log odds that it is made of and what else tells how far it can be trusted, by name.
    """

    score: float
    evidence: tuple[Remark, ...]
    odds: tuple[tuple[str, float], ...] = ()


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
    parts, bold, whole = _read(text, level)
    shown = "".join(text[part.start : part.end] for part in parts if part.kind == "content")
    dateline = next((text[part.start : part.end] for part in parts if part.kind == "dateline"), "")
    jumps = _jumps(text, parts, whole)
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
    return reads_as_text(text) or (_dateline(text, 0, len(text)) is not None and len(text) > LONGEST_LEADLESS)


def _is_told(line: str, places: Sequence[int]) -> bool:
    """Whether all that a line with a picture prints is what the picture's tag says of it."""
    return line[places[0] - 2 : places[0]] == "![" and line[places[-1] + 1 : places[-1] + 3] == "]("


def _placed(parts: Sequence[Part], places: Sequence[int], size: int) -> list[Part]:
    """The parts of what is printed as parts of the line, its signs markup between them."""
    found: list[Part] = []
    end = 0
    for part in parts:
        for start, stop in _runs(places[part.start : part.end]):
            _add(found, "markup", end, start)
            end = _add(found, part.kind, start, stop)
    _add(found, "markup", end, size)
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


def _read(text: str, level: int) -> tuple[list[Part], bool, str | None]:
    """The parts of a line's printed text, whether all of it is bold, and its form."""
    parts: list[Part] = []
    at, end = 0, len(text)
    bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2 and end > 4
    closing: list[Part] = []
    if bold:
        at = _add(parts, "markup", 0, 2)
        closing.append(Part("markup", end - 2, end))
        end -= 2
    whole = _whole_form(text[at:end])
    if whole == "rubric_frame":
        at = _add(parts, "markup", at, at + 1)
        closing.append(Part("markup", end - 1, end))
        end -= 1
    elif whole == "dateline":
        begin, stop, _ = _dateline(text, at, end) or (at, end, end)
        at = _add(parts, "markup", at, begin)
        if stop < end:
            closing.append(Part("markup", stop, end))
            end = stop
    elif not level and whole is None:
        at = _read_lead(text, at, end, parts)
        end = _read_tail(text, at, end, closing)
    _add_content(parts, text, at, end)
    return [*parts, *reversed(closing)], bold, whole


def _jumps(text: str, parts: list[Part], whole: str | None) -> tuple[bool, bool]:
    """Whether the line says that the text goes on from another page, that it goes on on one."""
    if whole == "jump":
        back = pattern("jump_back").fullmatch(text) is not None
        return back, not back
    jumps = [part for part in parts if part.kind == "jump"]
    at_start = any(part.start == 0 for part in jumps)
    return at_start, len(jumps) > at_start


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
    """The form of the entire line. A caption may be a long one; everything else that is one form is short.

    A dateline opens a text, whatever the line looks like beside it.
    """
    if pattern("dateline").fullmatch(text):
        return "dateline"
    found = _dateline(text, 0, len(text))
    if found is not None:
        return "dateline" if found[2] == len(text) else None
    for name in _WHOLE_FORMS:
        if len(text) <= (_LONGEST_CAPTION if name == "caption" else _LONGEST_LEAD) and pattern(name).fullmatch(text):
            return name
    run = pattern("signed_run").fullmatch(text)
    return "byline" if run and are_names(run.group("run")) else None


def _read_lead(text: str, at: int, end: int, parts: list[Part]) -> int:
    """Set the jump, dateline and byline that open a paragraph apart. Returns where the content begins."""
    jump = pattern("jump_back").match(text, at, end)
    if jump and jump.end() < end and (text[jump.end() - 1] in ")】]" or is_blank(text[jump.end()])):
        at = _add(parts, "jump", at, jump.end())
        at = _add(parts, "blank", at, _past_blanks(text, at, end))
    found = _dateline(text, at, end)
    if found is None:
        return _read_byline(text, at, end, at, parts)
    begin, stop, after = found
    _add(parts, "markup", at, begin)
    at = _add(parts, "dateline", begin, stop)
    return _read_byline(text, at, end, after, parts)


def _read_byline(text: str, at: int, end: int, after: int, parts: list[Part]) -> int:
    """Set a byline that opens what stands at `after` apart, and all from `at` on that belongs to the lead."""
    begin = _past_blanks(text, after, end)
    byline = pattern("bracketed_byline").match(text, begin, end)
    if byline is None and after > at - 1 and any(part.kind == "dateline" for part in parts):
        byline = pattern("spoken_byline").match(text, begin, end)
    if byline and byline.end() < end:
        _add(parts, "markup", at, byline.start("byline"))
        _add(parts, "byline", *byline.span("byline"))
        at, after = byline.end("byline"), byline.end()
    return _add(parts, "markup", at, _past_blanks(text, after, end) if after > at or parts else at)


def _dateline(text: str, at: int, end: int) -> tuple[int, int, int] | None:
    """Where the dateline that opens the content begins and stops, and where its marks end.

    It stands within ** or brackets, or bare with something set off after it; an ornament may stand before it.
    """
    begin, closing = at, ""
    while begin < end and (text[begin] in _ORNAMENTS or (begin > at and is_blank(text[begin]))):
        begin += 1
    for opens, closes in _LEAD_MARKS:
        if text.startswith(opens, begin):
            begin, closing = begin + len(opens), closes + closing
    framed = closing.strip("*")
    match = pattern("framed_dateline" if framed else "dateline").match(text, begin, end)
    if not match:
        return None
    stop = match.end()
    if closing:
        return (begin, stop, stop + len(closing)) if text.startswith(closing, stop) else None
    set_off = stop < end and (text[stop] in " (:,*〔【[" or is_blank(text[stop]))
    if not set_off:
        match = pattern("dated_lead").match(text, begin, end)
        stop = match.end() if match else end
    return (begin, stop, stop) if stop < end else None


def _read_tail(text: str, at: int, end: int, closing: list[Part]) -> int:
    """Set jumps and bylines at the end of a paragraph apart. Returns where the content ends."""
    while (found := _tail(text, at, end)) is not None:
        closing += found
        end = found[-1].start
    return end


def _tail(text: str, at: int, end: int) -> list[Part] | None:
    """The parts of a jump or byline that ends the content, the last one first."""
    window = max(at + 1, end - _LONGEST_LEAD // 2)
    jump = pattern("jump_at_end").search(text, window, end)
    if jump:
        start, stop = jump.span("jump") if jump.group("jump") else jump.span("bare")
        found = [Part("jump", start, stop), Part("blank", jump.start(), start)]
        return [part for part in found if part.start < part.end]
    window = max(window, at + _SHORT)
    byline = pattern("byline_at_end").search(text, window, end)
    if byline is None and text[end - 1 : end] == ")":
        opens = text.rfind("(", window, end)
        byline = pattern("bracketed_byline").fullmatch(text, opens, end) if opens > 0 else None
    if byline is None:
        return None
    found = [
        Part("markup", byline.end("byline"), end),
        Part("byline", *byline.span("byline")),
        Part("markup", byline.start(), byline.start("byline")),
    ]
    return [part for part in found if part.start < part.end]


def _past_blanks(text: str, at: int, end: int) -> int:
    while at < end and is_blank(text[at]):
        at += 1
    return at
