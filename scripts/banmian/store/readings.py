"""How a page was read, as rows: its joins, moves and headings with what speaks for them, and an editor's rulings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from banmian.records import Heading, Join, Page, Ruling, Span
from banmian.seeds.entries import heading_entry, link_entry
from banmian.seeds.lines import PrintedLine, printed_lines
from banmian.seeds.records import PageSource

Row = tuple[str | int | float | None, ...]


def reading_rows(
    source: PageSource, page: Page, first_article: int, paragraph_ids: Sequence[Mapping[int, int]]
) -> dict[str, list[Row]]:
    """The rows of a page by table; `first_article` is the id of its first article, ids of paragraphs by position."""
    readings: tuple[Join | Heading, ...] = (*page.joins, *page.moves, *page.headings)
    lines = [] if all(reading.certain for reading in readings) else printed_lines(source.text)
    at_end = {span.end: span for span in page.spans if span.paragraph is not None}

    def joined(join: Join, published: str) -> Row:
        span = at_end[join.left_end]
        assert span.article is not None
        assert span.paragraph is not None
        of = paragraph_ids[span.article][span.paragraph] if published == "join" else first_article + span.article
        entry = None if join.certain else link_entry(source.file, lines, join.left_end, join.right_start, published)
        return (source.id, of, join.left_end, join.right_start, *_weighed(join), _shown(entry))

    return {
        "joins": [joined(join, "join") for join in page.joins],
        "moves": [joined(move, "paragraph") for move in page.moves],
        "headings": [_heading_row(source, page, heading, first_article, lines) for heading in page.headings],
        "rulings": [
            (source.id, r.kind, r.line, r.other, r.reason, int(is_applied(page, source.text, r)))
            for r in source.rulings
        ],
    }


def _heading_row(
    source: PageSource, page: Page, heading: Heading, first_article: int, lines: Sequence[PrintedLine]
) -> Row:
    entry = None
    if not heading.certain:
        entry = heading_entry(source.file, lines, heading.start, first_line(page, heading.article), heading.kind)
    place = (source.id, first_article + heading.article, heading.start, heading.end, heading.kind)
    return (*place, *_weighed(heading), _shown(entry))


def _shown(entry: str | None) -> str | None:
    """With a comment before it: a cell that begins with a hyphen is a formula to spreadsheets."""
    return f"# order\n{entry}" if entry else None


def _weighed(reading: Join | Heading) -> Row:
    weight = (reading.score, reading.margin, reading.runner_up, reading.confidence)
    return (*weight, int(reading.certain), reading.evidence)


def first_line(page: Page, article: int) -> int | None:
    """Where the body of an article begins in the source; None where it has none."""
    begins = (span.start for span in page.spans if span.article == article and span.paragraph == 1)
    return next(begins, None)


def is_applied(page: Page, text: str, ruling: Ruling) -> bool:
    """Whether the page is as the ruling has it."""
    here = _line_spans(page, text, ruling.line)
    there = _line_spans(page, text, ruling.other) if ruling.other is not None else []
    if ruling.kind in ("join", "paragraph", "apart"):
        left = next((span for span in reversed(here) if span.paragraph is not None), None)
        right = next((span for span in there if span.paragraph is not None), None)
        return _link(page, left, right) == (None if ruling.kind == "apart" else ruling.kind)
    articles = {span.article for span in there if span.paragraph is not None}
    return any(span.kind == ruling.kind and (not articles or span.article in {*articles, None}) for span in here)


def _line_spans(page: Page, text: str, offset: int) -> list[Span]:
    """The spans of the line that stands at `offset`, but for marks and blanks."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return [span for span in page.spans if offset <= span.start < end and span.kind not in ("markup", "blank")]


def _link(page: Page, left: Span | None, right: Span | None) -> str | None:
    """How `right` follows `left`: join, paragraph (crossheads may stand between), or not at all."""
    if left is None or right is None or left.article is None or left.article != right.article:
        return None
    (paragraph, position), (next_paragraph, next_position) = _place(left), _place(right)
    if paragraph == next_paragraph:
        return "join" if next_position == position + 1 else None
    spans = [_place(span) for span in page.spans if span.article == left.article and span.paragraph is not None]
    is_end = (paragraph, position) == max(place for place in spans if place[0] == paragraph)
    between = page.articles[left.article].paragraphs[paragraph : next_paragraph - 1]
    follows = paragraph < next_paragraph and all(skipped.kind == "crosshead" for skipped in between)
    return "paragraph" if is_end and follows and next_position == 1 else None


def _place(span: Span) -> tuple[int, int]:
    """Its paragraph and its place in it."""
    return span.paragraph or 0, span.position or 0
