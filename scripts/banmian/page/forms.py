"""The parts of what a line prints: the dateline, byline or jump that stands before or behind its text, its marks.

They are known by their forms (patterns.txt); offsets are those of the printed text.
"""

from __future__ import annotations

from dataclasses import dataclass

from banmian.page.lexicon import pattern
from banmian.page.source import is_blank
from banmian.words.surnames import are_names

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


def parts_of(text: str, level: int) -> tuple[list[Part], bool, str | None]:
    """The parts of a line's printed text (of so many #), whether all of it is bold, and the form that all of it has.

    The form is None where it has none of those.
    """
    parts: list[Part] = []
    at, end = 0, len(text)
    bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2 and end > 4
    closing: list[Part] = []
    if bold:
        at = add(parts, "markup", 0, 2)
        closing.append(Part("markup", end - 2, end))
        end -= 2
    whole = _whole_form(text[at:end])
    if whole == "rubric_frame":
        at = add(parts, "markup", at, at + 1)
        closing.append(Part("markup", end - 1, end))
        end -= 1
    elif whole == "dateline":
        begin, stop, _ = dateline_of(text, at, end) or (at, end, end)
        at = add(parts, "markup", at, begin)
        if stop < end:
            closing.append(Part("markup", stop, end))
            end = stop
    elif not level and whole is None:
        at = _read_lead(text, at, end, parts)
        end = _read_tail(text, at, end, closing)
    _add_content(parts, text, at, end)
    return [*parts, *reversed(closing)], bold, whole


def jumps_of(text: str, parts: list[Part], whole: str | None) -> tuple[bool, bool]:
    """Whether the line says that the text goes on from another page, that it goes on on one."""
    if whole == "jump":
        back = pattern("jump_back").fullmatch(text) is not None
        return back, not back
    jumps = [part for part in parts if part.kind == "jump"]
    at_start = any(part.start == 0 for part in jumps)
    return at_start, len(jumps) > at_start


def dateline_of(text: str, at: int, end: int) -> tuple[int, int, int] | None:
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


def add(parts: list[Part], kind: str, start: int, end: int) -> int:
    """Add text[start:end] as a part where it is not empty. Returns its end."""
    if start < end:
        parts.append(Part(kind, start, end))
    return end


def _add_content(parts: list[Part], text: str, at: int, end: int) -> None:
    """The content, bold words in it freed of their **."""
    paired = text.count("**", at, end) % 2 == 0
    while paired and (bold := text.find("**", at, end)) >= 0:
        add(parts, "content", at, bold)
        at = add(parts, "markup", bold, bold + 2)
    add(parts, "content", at, end)


def _whole_form(text: str) -> str | None:
    """The form of the entire line. A caption may be a long one; everything else that is one form is short.

    A dateline opens a text, whatever the line looks like beside it.
    """
    if pattern("dateline").fullmatch(text):
        return "dateline"
    found = dateline_of(text, 0, len(text))
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
        at = add(parts, "jump", at, jump.end())
        at = add(parts, "blank", at, _past_blanks(text, at, end))
    found = dateline_of(text, at, end)
    if found is None:
        return _read_byline(text, at, end, at, parts)
    begin, stop, after = found
    add(parts, "markup", at, begin)
    at = add(parts, "dateline", begin, stop)
    return _read_byline(text, at, end, after, parts)


def _read_byline(text: str, at: int, end: int, after: int, parts: list[Part]) -> int:
    """Set a byline that opens what stands at `after` apart, and all from `at` on that belongs to the lead."""
    begin = _past_blanks(text, after, end)
    byline = pattern("bracketed_byline").match(text, begin, end)
    if byline is None and after > at - 1 and any(part.kind == "dateline" for part in parts):
        byline = pattern("spoken_byline").match(text, begin, end)
    if byline and byline.end() < end:
        add(parts, "markup", at, byline.start("byline"))
        add(parts, "byline", *byline.span("byline"))
        at, after = byline.end("byline"), byline.end()
    return add(parts, "markup", at, _past_blanks(text, after, end) if after > at or parts else at)


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
