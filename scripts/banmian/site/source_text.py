"""The two texts of a page as it came in: its lines as printed, and the articles as put together. Pure functions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup

from banmian.site.annotate import Mark, annotate
from banmian.site.known import mention_anchor
from banmian.site.quoting import told

Row = Mapping[str, Any]
_start = itemgetter("start")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line: `start` tells it on both sides, `letter` and `colour` its article, None where it has none.

    `leads` is whether it begins something of its article in this line, and so shows the letter. `joins` are the
    readings by which the text goes on elsewhere, or goes on here.
    """

    start: int
    kind: str
    html: Markup
    letter: str | None
    colour: str | None
    leads: bool
    joins: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source file with its number, counted from 1, and its pieces in order."""

    number: int
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece where it stands in its article, from which line it came, and the reading that put it there, if any."""

    start: int
    line: int
    html: Markup
    reading: Row | None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph: its kind, and the fragments that it was put together from."""

    kind: str
    fragments: Sequence[Fragment]


@dataclass(frozen=True)
class Notes:
    """What is known of places of the page, all of it: each list in the order of the file."""

    readings: Sequence[Row]
    corrections: Sequence[Row]
    doubts: Sequence[Row]
    mentions: Sequence[Row]

    @cached_property
    def going_on(self) -> Mapping[int, Row]:
        """By the end of a fragment the join to what follows it."""
        return {reading["start"]: reading for reading in self.readings if reading["kind"] == "join"}

    @cached_property
    def put_there(self) -> Mapping[int, Row]:
        """By the beginning of a fragment why it stands where it does."""
        links = {row["other_start"]: row for row in self.readings if row["other_start"] is not None}
        return {row["start"]: row for row in self.readings if row["other_start"] is None and not row["certain"]} | links


def lines_of(
    spans: Iterable[Row],
    texts: Mapping[int, str],
    letters: Mapping[int, str],
    colours: Mapping[int, str],
    notes: Notes,
) -> Sequence[Line]:
    """The lines that `spans` stand in, as printed: names lead to the mention in the article, corrections are marked."""
    lines = []
    for number, of_line in groupby(spans, key=lambda span: span["line"]):
        pieces: list[Piece] = []
        before: Row | None = None
        for span in of_line:
            article = span["article_id"]
            text = texts[span["start"]]
            marks = [*_marks(notes.corrections, span, "corrected"), *_marks(notes.doubts, span, "suspected")]
            pieces.append(
                Piece(
                    start=span["start"],
                    kind=span["kind"],
                    html=annotate(
                        text, span["start"], _names(notes.mentions, span), sorted(marks, key=lambda m: m.start)
                    ),
                    letter=letters.get(article),
                    colour=colours.get(article),
                    leads=article is not None and (before is None or before["paragraph_id"] is not None),
                    joins=[notes.going_on[span["end"]]] if span["end"] in notes.going_on else [],
                )
            )
            before = span if article is not None else before
        lines.append(Line(number, pieces))
    return lines


def blocks_of(spans: Iterable[Row], texts: Mapping[int, str], notes: Notes) -> Sequence[Block]:
    """The headings and paragraphs that `spans`, in the order in which they are read, make up, with corrections."""
    return [
        Block(
            kind,
            [
                Fragment(
                    span["start"],
                    span["line"],
                    corrected(texts[span["start"]], span["start"], notes.corrections, notes.doubts),
                    notes.put_there.get(span["start"]),
                )
                for span in own
            ],
        )
        for (kind, _), own in groupby(spans, key=lambda span: (span["kind"], span["paragraph_id"]))
    ]


def corrected(text: str, start: int, corrections: Sequence[Row], doubts: Sequence[Row]) -> Markup:
    """`text`, which begins at `start` in the source, as the article has it: corrected, with doubts marked."""
    parts, at = [], start
    end = start + len(text)
    for row in _within(corrections, start, end):
        parts.append(annotate(text[at - start : row["start"] - start], at, (), _clipped(doubts, at, row["start"])))
        note = Mark(
            0, len(row["corrected"]), "correction", f"{row['printed']} · {told(row['reason'])}", _why("correction", row)
        )
        parts.append(annotate(row["corrected"], 0, (), [note]))
        at = row["end"]
    parts.append(annotate(text[at - start :], at, (), _clipped(doubts, at, end)))
    return Markup().join(parts)


def _clipped(doubts: Sequence[Row], start: int, end: int) -> Sequence[Mark]:
    return list(_marks(doubts, {"start": start, "end": end}, "suspected"))


def _why(kind: str, row: Row) -> str:
    return f"#{kind}-{row['start']}"


def _within(rows: Sequence[Row], start: int, end: int) -> Sequence[Row]:
    """Those of `rows`, which stand by their start, that stand wholly between `start` and `end`."""
    first, last = bisect_left(rows, start, key=_start), bisect_left(rows, end, key=_start)
    return [row for row in rows[first:last] if row["end"] <= end]


def _marks(rows: Sequence[Row], span: Row, other: str) -> Iterable[Mark]:
    kind = "correction" if other == "corrected" else "doubt"
    for row in _within(rows, span["start"], span["end"]):
        yield Mark(
            row["start"], row["end"], kind, " · ".join(filter(None, [row[other], told(row["reason"])])), _why(kind, row)
        )


def _names(mentions: Sequence[Row], span: Row) -> Sequence[Mark]:
    """The names in a span; of one that a join cuts in two the part that stands here."""
    start, end = span["start"], span["end"]
    first = bisect_left(mentions, start, key=itemgetter("source_start"))
    last = bisect_right(mentions, end - 1, key=itemgetter("source_start"))
    return [
        Mark(
            mention["source_start"],
            mention["source_end"] if mention["source_start"] < mention["source_end"] <= end else end,
            mention["kind"],
            " · ".join(filter(None, [mention["surface"], mention["role"]])),
            f"{mention['href']}#{anchor}",
            anchor=anchor,
        )
        for mention in mentions[first:last]
        for anchor in [mention_anchor(mention["source_start"], mention["source_end"])]
    ]
