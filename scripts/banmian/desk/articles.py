"""How a page stands, for its editor: what each line is, and the articles with the lines that they are made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from banmian.records import Article, Page, Span
from banmian.seeds.lines import PrintedLine, printed_lines
from banmian.words.span_kinds import HEADINGS, SPAN_KINDS


@dataclass(frozen=True, slots=True)
class LineOnDesk:
    """A line: the kinds of what stands in it, and the articles (from 1) that it belongs to."""

    line: PrintedLine
    kinds: tuple[str, ...]
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a text, and the number of the line in which it is printed."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class PartOnDesk:
    """A heading, paragraph or crosshead of an article."""

    kind: str
    fragments: tuple[Fragment, ...]


def lines_of(text: str, page: Page) -> list[LineOnDesk]:
    """The lines of the page in the order of the file."""
    starts = [span.start for span in page.spans]
    found = []
    for line in printed_lines(text):
        inside = page.spans[bisect_right(starts, line.start) - 1 : bisect_right(starts, line.end - 1)]
        kinds = dict.fromkeys(span.kind for span in inside if span.kind not in ("markup", "blank"))
        articles = dict.fromkeys(span.article + 1 for span in inside if span.article is not None)
        found.append(LineOnDesk(line, tuple(kinds), tuple(articles)))
    return found


def articles_of(text: str, page: Page) -> list[list[PartOnDesk]]:
    """The articles in the order of the page, each as its headings and then its paragraphs."""
    begins = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
    by_article: dict[int, list[Span]] = {}
    for span in page.spans:
        if span.article is not None and SPAN_KINDS[span.kind].field | SPAN_KINDS[span.kind].paragraph:
            by_article.setdefault(span.article, []).append(span)
    return [
        [*_headings(by_article.get(at, []), begins), *_paragraphs(article, begins)]
        for at, article in enumerate(page.articles)
    ]


def _headings(spans: Sequence[Span], begins: Sequence[int]) -> Iterator[PartOnDesk]:
    for kind in HEADINGS:
        own = [span for span in spans if span.kind == kind]
        if own:
            yield PartOnDesk(kind, tuple(Fragment(bisect_right(begins, one.start), one.text) for one in own))


def _paragraphs(article: Article, begins: Sequence[int]) -> Iterator[PartOnDesk]:
    body = article.fields.get("body")
    for paragraph in article.paragraphs:
        inside: dict[int, str] = {}
        for piece in body.pieces if body else ():
            if paragraph.start <= piece.start < paragraph.end and body:
                line = bisect_right(begins, piece.source_start)
                inside[line] = inside.get(line, "") + body.text[piece.start : piece.end]
        kind = "crosshead" if paragraph.kind == "crosshead" else "body"
        yield PartOnDesk(kind, tuple(Fragment(line, text) for line, text in inside.items()))


def left_alone(lines: Sequence[LineOnDesk]) -> Mapping[str, int]:
    """How many lines belong to no article, by kind."""
    counts: dict[str, int] = {}
    for line in lines:
        if not line.articles and line.kinds:
            counts[line.kinds[0]] = counts.get(line.kinds[0], 0) + 1
    return counts
