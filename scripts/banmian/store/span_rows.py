"""The rows of span_places: a page cut into spans, each with its line, and the text of those that stand in no body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from banmian.records import Page
from banmian.seeds.records import PageSource

Row = Sequence[str | int | None]


def span_rows(
    ordinal: int, source: PageSource, page: Page, first: int, paragraph_ids: Sequence[Mapping[int, int]]
) -> list[Row]:
    """The rows of a page, whose number is `ordinal`, with the ids of its articles from `first` on, and of paragraphs.

    `paragraph_ids` has those of each article by position.
    """
    rows: list[Row] = []
    lines = source.apart.lines if source.apart else _lines(source.text)
    starts = [start for start, _ in lines]
    bodies = [article.fields.get("body") for article in page.articles]
    printed = [{piece.source_start: piece.start for piece in body.pieces} if body else {} for body in bodies]
    for span in page.spans:
        article = None if span.article is None else first + span.article
        paragraph = None
        if span.article is not None and span.paragraph is not None:
            paragraph = paragraph_ids[span.article][span.paragraph]
        line = lines[bisect_right(starts, span.start) - 1][1]
        at = None if span.article is None else printed[span.article].get(span.start)
        body = bodies[span.article] if span.article is not None and at is not None else None
        # What was corrected, or stands in no body, is kept as it was printed.
        stored = (at, None) if body and body.text.startswith(span.text, at) else (None, span.text)
        rows.append((ordinal, span.start, span.end, line, span.kind, article, paragraph, span.position, *stored))
    return rows


def _lines(text: str) -> list[tuple[int, int]]:
    """(offset, number) of each line of a text."""
    return [(0, 1), *((match.end(), number) for number, match in enumerate(re.finditer("\n", text), 2))]
