"""The text of an article with its names, corrections and doubts marked, as HTML. Pure functions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape

from banmian.records import Correction, Piece
from banmian.site import languages
from banmian.site.messages import brief, plain

_Placed = TypeVar("_Placed", Correction, "Mark")
_start = attrgetter("start")
_source_start = attrgetter("source_start")
_source_end = attrgetter("source_end")
_ESCAPED = re.compile("[&<>\"']")


class SourceSpan(NamedTuple):
    """A printed run of the page that belongs to an article; `field_start` is where it stands in that field."""

    field: str
    field_start: int
    start: int
    end: int


class Mark(NamedTuple):
    """field[start:end] is marked: `kind` is a CSS class, `title` says what it is, `href` where it is explained.

    Where start is end, a place between two characters is marked, and `sign` is what is shown there. By `anchor` it is
    the target of links; `printed` is the address of the line that a name was printed in, and its number. A tuple: a
    page has hundreds.
    """

    start: int
    end: int
    kind: str
    title: str
    href: str | None = None
    sign: str | None = None
    anchor: str | None = None
    printed: tuple[str, int] | None = None


def pieces_of(spans: Iterable[SourceSpan], corrections: Sequence[Correction]) -> Mapping[str, Sequence[Piece]]:
    """For each field which of its characters were printed where, in the order of the source.

    A correction is a piece of its own.
    """
    pieces: dict[str, list[Piece]] = {}
    corrections = sorted(corrections, key=_start)
    for span in spans:
        at, source = span.field_start, span.start
        for correction in beginning_within(corrections, span.start, span.end):
            if correction.end <= span.end:
                before = correction.start - source
                corrected = at + before + len(correction.corrected)
                pieces.setdefault(span.field, []).extend(
                    [
                        Piece(at, at + before, source, correction.start),
                        Piece(at + before, corrected, correction.start, correction.end),
                    ]
                )
                at, source = corrected, correction.end
        pieces.setdefault(span.field, []).append(Piece(at, at + span.end - source, source, span.end))
    return {field: sorted(found, key=_source_start) for field, found in pieces.items()}


def places(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """Where source[start:end] stands in the field of `pieces`: one range for each piece that it touches.

    `pieces` stand in the order of the source, as pieces_of gives them.
    """
    found = []
    first_touched = bisect_right(pieces, start, key=_source_end)
    for piece in pieces[first_touched : bisect_left(pieces, end, key=_source_start)]:
        first, last = max(start, piece.source_start), min(end, piece.source_end)
        if first < last and piece.end - piece.start == piece.source_end - piece.source_start:
            found.append((piece.start + first - piece.source_start, piece.start + last - piece.source_start))
        elif first < last:
            found.append((piece.start, piece.end))
    return found


def beginning_within(placed: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Those of `placed`, which stand by their start, that begin between `start` and `end`, both inclusive."""
    return placed[bisect_left(placed, start, key=_start) : bisect_right(placed, end, key=_start)]


def annotate(text: str, start: int, names: Iterable[Mark], notes: Iterable[Mark]) -> Markup:
    """`text`, which begins at offset `start` of its field, as HTML with `names` linked and `notes` marked.

    Names do not overlap each other. A note that overlaps a name is marked inside it and beside it. After a note stands
    a small link to what explains it, never inside the link of a name: that of a place inside a name follows the name.
    """
    at, end = start, start + len(text)
    open_notes = _OpenNotes(notes)
    html = []
    for name in sorted(names, key=_start):
        if at <= name.start and name.end <= end:
            html.append(_noted(text, start, at, name.start, open_notes.between(at, name.start), _explanation))
            touching = open_notes.between(name.start, name.end)
            inside = _noted(text, start, name.start, name.end, touching, _no_explanation)
            anchor = f' id="{_html(name.anchor)}"' if name.anchor else ""
            html.append(
                f'<a class="name {name.kind}"{anchor} href="{_html(name.href or "")}" title="{_html(name.title)}">'
                f"{inside}</a>{_printed(name)}"
            )
            # The text that follows a name shows the places at its end.
            html += [
                _explanation(note) for note in touching if name.start < note.end < name.end + (note.start < note.end)
            ]
            at = name.end
    html.append(_noted(text, start, at, end, open_notes.between(at, end), _explanation))
    return Markup("".join(html))


class _OpenNotes:
    """The notes that touch a range, asked for range after range from left to right, each note met once."""

    def __init__(self, notes: Iterable[Mark]) -> None:
        self._waiting = sorted(notes, key=_start)[::-1]
        self._open: list[Mark] = []

    def between(self, start: int, end: int) -> Sequence[Mark]:
        if not self._waiting and not self._open:
            return ()
        while self._waiting and self._waiting[-1].start <= end:
            self._open.append(self._waiting.pop())
        self._open = [note for note in self._open if note.end >= start]
        return self._open


# Pieces of HTML as plain strings: markupsafe's own format is the larger part of what a page costs.
def _noted(text: str, offset: int, start: int, end: int, notes: Sequence[Mark], after: Callable[[Mark], str]) -> str:
    """text of field[start:end] with its notes marked; what `after` gives follows a note that ends here."""
    if not notes:
        return _html(text[start - offset : end - offset])
    html: list[str] = []
    begin = start
    for note in notes:
        first, last = max(start, note.start), min(end, note.end)
        if note.start == note.end and begin <= note.start <= end:
            html += [_html(text[start - offset : first - offset]), after(note)]
            start = first
        elif first < last:
            html.append(_html(text[start - offset : first - offset]))
            marked = _html(text[first - offset : last - offset])
            html.append(f'<span class="{note.kind}" title="{_html(note.title)}">{marked}</span>')
            if last == note.end:
                html.append(after(note))
            start = last
    return "".join([*html, _html(text[start - offset : end - offset])])


def _explanation(note: Mark) -> str:
    """A link without text of its own, so that the article can be copied as it is; the style sheet shows its sign."""
    if note.href is None:
        return ""
    sign = f' data-sign="{_html(note.sign)}"' if note.sign else ""
    title = _html(note.title)
    return f'<a class="why {note.kind}" href="{_html(note.href)}" title="{title}" aria-label="{title}"{sign}></a>'


def _printed(name: Mark) -> str:
    """The way from a name to its printed line, without text of its own: shown where a link led to the name."""
    if name.printed is None:
        return ""
    href, line = name.printed
    return f'<a class="printed-in" href="{_html(href)}" {_titled(line, languages.column())}></a>'


@lru_cache(maxsize=4096)
def _titled(line: int, language: int | None) -> str:
    """What the way to a line is called in the language of the page, `language`, as attributes."""
    title, label = _html(plain("printed.in_line", line=line)), _html(brief("printed.line", line=line))
    return f'title="{title}" aria-label="{title}" data-line="{label}"'


def _no_explanation(note: Mark) -> str:
    return ""


def _html(text: str) -> str:
    """The text escaped; a plain string, and most texts as they are."""
    return str(escape(text)) if _ESCAPED.search(text) else text
