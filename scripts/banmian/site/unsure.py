"""Where a page was put together without certainty, marked in the text: joins, moves and headings. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from banmian.records import Piece
from banmian.site.annotate import Mark, places

Row = Mapping[str, Any]

# The sign in the text and what it says, in Chinese and English.
_LINKS = {
    "join": ("接?", "此处拼合没有把握", "This join is uncertain"),
    "paragraph": (
        "段?",
        "此段是否接在前一段之后没有把握",
        "Whether this paragraph follows the one before is uncertain",
    ),
}
_HEADING = ("题?", "此行的种类或归属没有把握", "What this line is, or whose, is uncertain")


def unsure_marks(readings: Iterable[Row], pieces: Mapping[str, Sequence[Piece]], href: str) -> Mapping[str, list[Mark]]:
    """By field, the places at which text goes on, and the ends of headings; `href` is the page of the article.

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
        if not is_link:
            # To the end of its line: a newline, which has no piece, sets it apart from the next one of its field.
            for piece in pieces[field]:
                at = piece.end if piece.start <= at < piece.end else at
        marks[field].append(_mark(reading, at, href))
    return marks


def _mark(reading: Row, at: int, href: str) -> Mark:
    sign, chinese, english = _LINKS.get(reading["kind"], _HEADING)
    confidence = f"{reading['confidence']:.0%}"
    title = f"{chinese}(把握{confidence}) · {english} (confidence {confidence})"
    # The article's own page lists them under these names.
    return Mark(at, at, "unsure", title, f"{href}#unsure-{reading['start']}", sign)
