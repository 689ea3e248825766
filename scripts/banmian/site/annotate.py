"""The text of an article with its names, corrections and doubts marked, as HTML. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from banmian.records import Correction, Piece


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A printed run of the page that belongs to an article; `field_start` is where it stands in that field."""

    field: str
    field_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """field[start:end] is marked: `kind` is a CSS class, `title` says what it is, `href` where it is explained.

    Where start is end, a place between two characters is marked, and `sign` is what is shown there.
    """

    start: int
    end: int
    kind: str
    title: str
    href: str | None = None
    sign: str | None = None


def pieces_of(spans: Iterable[SourceSpan], corrections: Sequence[Correction]) -> Mapping[str, Sequence[Piece]]:
    """For each field which of its characters were printed where. A correction is a piece of its own."""
    pieces: dict[str, list[Piece]] = {}
    for span in spans:
        at, source = span.field_start, span.start
        for correction in sorted(corrections, key=lambda correction: correction.start):
            if span.start <= correction.start and correction.end <= span.end:
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
    return pieces


def places(pieces: Iterable[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """Where source[start:end] stands in the field of `pieces`: one range for each piece that it touches."""
    found = []
    for piece in pieces:
        first, last = max(start, piece.source_start), min(end, piece.source_end)
        if first < last and piece.end - piece.start == piece.source_end - piece.source_start:
            found.append((piece.start + first - piece.source_start, piece.start + last - piece.source_start))
        elif first < last:
            found.append((piece.start, piece.end))
    return found


def annotate(text: str, start: int, names: Iterable[Mark], notes: Iterable[Mark]) -> Markup:
    """`text`, which begins at offset `start` of its field, as HTML with `names` linked and `notes` marked.

    Names do not overlap each other. A note that overlaps a name is marked inside it and beside it. After a note stands
    a small link to what explains it, never inside the link of a name: that of a place inside a name follows the name.
    """
    at, end = start, start + len(text)
    notes = sorted(notes, key=lambda mark: mark.start)
    html = Markup()
    for name in sorted(names, key=lambda mark: mark.start):
        if at <= name.start and name.end <= end:
            html += _noted(text, start, at, name.start, notes, _explanation)
            inside = _noted(text, start, name.start, name.end, notes, _no_explanation)
            html += Markup('<a class="name {}" href="{}" title="{}">{}</a>').format(
                name.kind, name.href, name.title, inside
            )
            # The text that follows a name shows the places at its end.
            html += Markup().join(
                _explanation(note) for note in notes if name.start < note.end < name.end + (note.start < note.end)
            )
            at = name.end
    return html + _noted(text, start, at, end, notes, _explanation)


def _noted(
    text: str, offset: int, start: int, end: int, notes: Sequence[Mark], after: Callable[[Mark], Markup]
) -> Markup:
    """text of field[start:end] with its notes marked; what `after` gives follows a note that ends here."""
    html, begin = Markup(), start
    for note in notes:
        first, last = max(start, note.start), min(end, note.end)
        if note.start == note.end and begin <= note.start <= end:
            html += escape(text[start - offset : first - offset]) + after(note)
            start = first
        elif first < last:
            html += escape(text[start - offset : first - offset])
            html += Markup('<span class="{}" title="{}">{}</span>').format(
                note.kind, note.title, text[first - offset : last - offset]
            )
            html += after(note) if last == note.end else Markup()
            start = last
    return html + escape(text[start - offset : end - offset])


def _explanation(note: Mark) -> Markup:
    """A link without text of its own, so that the article can be copied as it is; the style sheet shows its sign."""
    if note.href is None:
        return Markup()
    sign = Markup(' data-sign="{}"').format(note.sign) if note.sign else ""
    return Markup('<a class="why {}" href="{}" title="{}" aria-label="{}"{}></a>').format(
        note.kind, note.href, note.title, note.title, sign
    )


def _no_explanation(note: Mark) -> Markup:
    return Markup()
