"""How a page was read, as rows: its joins, moves and headings with what speaks for them, and an editor's rulings."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from banmian.records import Heading, Join, Page, Remark, Ruling, RunnerUp, Span
from banmian.seeds.entries import heading_entry, link_entry
from banmian.seeds.lines import printed_lines
from banmian.seeds.records import PageSource
from banmian.words.remarks import as_json

Row = tuple[str | int | float | None, ...]

# How much of the text at a place, and of the text where else it could go on, is shown.
_SHOWN = 20
_SHOWN_OF_RUNNER_UP = 10
# Before an entry: a cell that begins with a hyphen is a formula to spreadsheets.
_ENTRY_BEGINS = "# order\n"


def reading_rows(
    source: PageSource, page: Page, first_article: int, paragraph_ids: Sequence[Mapping[int, int]]
) -> dict[str, list[Row]]:
    """The rows of a page by table; `first_article` is the id of its first article, ids of paragraphs by position."""
    readings = _Readings(source, page, first_article, paragraph_ids)
    return {
        "readings": [
            *(readings.link(join, "join") for join in page.joins),
            *(readings.link(move, "paragraph") for move in page.moves),
            *(readings.heading(heading) for heading in page.headings),
            *(readings.broken(line) for line in page.broken),
        ],
        "rulings": [
            (source.id, r.kind, r.line, r.other, _listed(r), r.reason, int(r not in page.unheeded))
            for r in source.rulings
        ],
    }


def _listed(ruling: Ruling) -> str | None:
    """The lines that it lists, as JSON; None where it lists none."""
    lines = [{"start": start, "kind": kind} for start, kind in ruling.lines]
    return json.dumps(lines) if lines else None


class _Readings:
    """Rows of the table `readings`, of one page."""

    def __init__(
        self, source: PageSource, page: Page, first_article: int, paragraph_ids: Sequence[Mapping[int, int]]
    ) -> None:
        self._source, self._page = source, page
        self._first_article, self._paragraph_ids = first_article, paragraph_ids
        readings = (*page.joins, *page.moves, *page.headings, *page.broken)
        self._lines = [] if all(reading.certain for reading in readings) else printed_lines(source.text)
        self._line_ends = [match.start() for match in re.finditer("\n", source.text)]
        self._ending = {span.end: span for span in page.spans}
        self._beginning = {span.start: span for span in page.spans}
        self._starts = [span.start for span in page.spans]

    def link(self, join: Join, kind: str) -> Row:
        """Of a join, or of a move to the next paragraph."""
        left, right = self._ending[join.left_end], self._beginning[join.right_start]
        entry = None
        if not join.certain:
            entry = link_entry(self._source.label, self._lines, join.left_end, join.right_start, kind)
        lines = (self._line(left.start), self._line(right.start))
        shown = (left.text[-_SHOWN:], right.text[:_SHOWN])
        return self._row(join, kind, right, (*lines, *shown), (join.left_end, join.right_start), entry)

    def heading(self, heading: Heading) -> Row:
        """Of a heading."""
        span = self._beginning[heading.start]
        entry = None
        if not heading.certain:
            body_start = first_line(self._page, heading.article)
            body_start = self._headless(heading.start) if body_start is None else body_start
            entry = heading_entry(self._source.label, self._lines, heading.start, body_start, heading.kind)
        body = self._page.articles[heading.article].text("body")
        shown = (self._line(heading.start), None, self._text(heading)[:_SHOWN], body[:_SHOWN] if body else None)
        return self._row(heading, heading.kind, span, shown, (heading.start, None), entry)

    def _headless(self, heading: int) -> int | None:
        """Where the nearest text begins whose article has no headline; None without any."""
        headless = (at for at, article in enumerate(self._page.articles) if "headline" not in article.fields)
        begins = (start for at in headless if (start := first_line(self._page, at)) is not None)
        return min(begins, key=lambda start: abs(start - heading), default=None)

    def broken(self, line: Heading) -> Row:
        """Of a line of text that begins, ends or stands where it looks wrong."""
        span = self._beginning[line.start]
        begins = line.kind == "begins"
        text = self._text(line)
        shown = (self._line(line.start), None, text[:_SHOWN] if begins else text[-_SHOWN:], None)
        entry = None if line.certain else self._broken_entry(line)
        return self._row(line, line.kind, span, shown, (line.start, None), entry)

    def _broken_entry(self, line: Heading) -> str | None:
        """What asks about such a line: how it stands to the one that it may go on from or in, else what it is."""
        other = None if line.runner_up is None else line.runner_up.start
        if other is not None and line.kind in ("begins", "end"):
            left, right = (other, line.start) if line.kind == "begins" else (line.end - 1, other)
            return link_entry(self._source.label, self._lines, left, right, None)
        return heading_entry(self._source.label, self._lines, line.start, first_line(self._page, line.article), "body")

    def _text(self, heading: Heading) -> str:
        """The text of the heading, without the signs inside it."""
        spans = self._page.spans[bisect_left(self._starts, heading.start) : bisect_left(self._starts, heading.end)]
        return "".join(span.text for span in spans if span.kind != "markup")

    def _row(self, reading: Join | Heading, kind: str, span: Span, shown: Row, place: Row, entry: str | None) -> Row:
        """`span` is what was judged: it belongs to the article, and to the paragraph, that the row names."""
        assert span.article is not None
        paragraph = None if span.paragraph is None else self._paragraph_ids[span.article][span.paragraph]
        return (
            *(self._source.id, self._first_article + span.article, paragraph, kind, *shown),
            *(reading.confidence, int(reading.certain), reading.margin, reading.score, as_json(reading.evidence)),
            *self._runner_up(reading.runner_up),
            *(f"{_ENTRY_BEGINS}{entry}" if entry else None, *place),
        )

    def _runner_up(self, runner_up: RunnerUp | None) -> Row:
        """The columns runner_up_kind, runner_up_line and runner_up_text."""
        if runner_up is None or runner_up.start is None:
            return (runner_up.kind if runner_up else None, None, None)
        text = self._source.text[runner_up.start : runner_up.start + _SHOWN_OF_RUNNER_UP]
        return (runner_up.kind, self._line(runner_up.start), text.partition("\n")[0])

    def _line(self, offset: int) -> int:
        return bisect_left(self._line_ends, offset) + 1


def runner_up_of(row: Mapping[str, Any]) -> Remark | None:
    """How else the place of a row of `readings` could be read; None where nothing else was possible."""
    kind, line, text = (row[f"runner_up_{part}"] for part in ("kind", "line", "text"))
    if kind is None:
        return None
    if row["kind"] == "begins":
        return Remark("or_from", {"line": line, "text": text})
    if kind in ("join", "paragraph", "end"):
        return Remark(f"or_{kind}", {"line": line, "text": text})
    if kind != row["kind"]:
        return Remark("or_kind", {"other": kind, "own": row["kind"]})
    if line is None:
        return Remark("or_no_article", {"own": kind})
    return Remark("or_article", {"own": kind, "line": line, "text": text})


def entry_of(row: Mapping[str, Any]) -> str | None:
    """The entry of a row of `readings` as it goes into editions.yml; None where it has none."""
    return None if row["entry"] is None else str(row["entry"]).removeprefix(_ENTRY_BEGINS)


def first_line(page: Page, article: int) -> int | None:
    """Where the body of an article begins in the source; None where it has none."""
    begins = (span.start for span in page.spans if span.article == article and span.paragraph == 1)
    return next(begins, None)
