"""Where a page was put together without certainty, marked in the text, and why, in words. Pure functions."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from banmian.records import Piece, Remark
from banmian.site.annotate import Mark, places
from banmian.site.messages import brief, plain, remarked
from banmian.store.readings import runner_up_of
from banmian.words.remarks import from_json

Row = Mapping[str, Any]

# The messages of the sign in the text and of what it says.
_LINKS = {
    "join": ("unsure.join_sign", "unsure.join"),
    "paragraph": ("unsure.paragraph_sign", "unsure.paragraph"),
}
_BROKEN = {
    "begins": ("unsure.begins_sign", "unsure.begins"),
    "end": ("unsure.end_sign", "unsure.end"),
}
# Names that are as likely wrong as right are marked in the text; the query that the mark leads to lists more.
_LIKELY = 0.5
_HEADING = ("unsure.heading_sign", "unsure.heading")


def unsure_marks(readings: Iterable[Row], pieces: Mapping[str, Sequence[Piece]], href: str) -> Mapping[str, list[Mark]]:
    """By field, where text goes on, begins or ends, and where doubtful lines end; `href` is the article's page.

    `pieces` say where the characters of each field were printed.
    """
    marks: dict[str, list[Mark]] = defaultdict(list)
    for reading in readings:
        is_link = reading["kind"] in _LINKS
        field = reading["kind"] if not is_link and reading["kind"] in pieces else "body"
        start = reading["other_start"] if is_link else reading["start"]
        found = places(pieces.get(field, ()), start, start + 1)
        if not found:
            continue
        at = found[0][0]
        if not is_link and reading["kind"] != "begins":
            # To the end of its line: a newline, which has no piece, sets it apart from the next one of its field.
            for piece in pieces[field]:
                at = piece.end if piece.start <= at < piece.end else at
        marks[field].append(_mark(reading, at, href))
    return marks


def unsure_name_marks(mentions: Iterable[Row], href: str) -> Mapping[str, list[Mark]]:
    """By field, the ends of names that are not certain; `href` is where such names are listed."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mention in mentions:
        sure = mention["confidence"]
        if sure is not None and sure < _LIKELY:
            said = plain("unsure.name", confidence=f"{sure:.0%}")
            marks[mention["field"]].append(
                Mark(mention["end"], mention["end"], "unsure", said, href, brief("unsure.name_sign"))
            )
    return marks


def _mark(reading: Row, at: int, href: str) -> Mark:
    sign, title = (_LINKS | _BROKEN).get(reading["kind"], _HEADING)
    said = plain(title, confidence=f"{reading['confidence']:.0%}")
    # The article's own page lists them under these names.
    return Mark(at, at, "unsure", said, f"{href}#unsure-{reading['start']}", brief(sign))


def in_words(evidence: str | None) -> str | None:
    """What speaks for a reading or a question about names, in words; what is no evidence comes back as it is."""
    try:
        found = from_json(evidence or "")
        return remarked(*found) if found and all(isinstance(one, Remark) for one in found) else evidence
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return evidence


def or_else(kind: str, other_kind: str | None, line: int | None, text: str | None) -> str | None:
    """How else a reading of this kind could be read, in words: the columns runner_up_kind, _line and _text."""
    try:
        row = {"kind": kind, "runner_up_kind": other_kind, "runner_up_line": line, "runner_up_text": text}
        remark = runner_up_of(row)
        return None if remark is None else remarked(remark)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def register(connection: sqlite3.Connection) -> None:
    """Give queries `in_words(evidence)` and `or_else(kind, runner_up_kind, runner_up_line, runner_up_text)`."""
    connection.create_function("in_words", 1, in_words, deterministic=True)
    connection.create_function("or_else", 4, or_else, deterministic=True)
