"""How a page stands, for its editor: what each line is, and the articles with the lines that they are made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from banmian.desk.stretches import Stretch, abridged, stretches
from banmian.records import Article, Page, Span
from banmian.seeds.lines import PrintedLine, printed_lines
from banmian.seeds.records import PageSource
from banmian.words.span_kinds import HEADINGS, SPAN_KINDS


@dataclass(frozen=True, slots=True)
class LineOnDesk:
    """A line: the kinds of what stands in it, the articles (from 1) that it belongs to, and how it is read."""

    line: PrintedLine
    kinds: tuple[str, ...]
    articles: tuple[int, ...]
    read: tuple[Stretch, ...]

    @property
    def brief(self) -> tuple[Stretch, ...]:
        """How it is read, a long one without its middle."""
        return abridged(self.read)

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(one.text for one in self.read)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a text, and the number of the line in which it is printed."""

    line: int
    read: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class PartOnDesk:
    """A heading, paragraph or crosshead of an article."""

    kind: str
    fragments: tuple[Fragment, ...]


def lines_of(source: PageSource, page: Page) -> list[LineOnDesk]:
    """The lines of the page in the order of the file."""
    starts = [span.start for span in page.spans]
    found = []
    for line in printed_lines(source.text):
        inside = page.spans[bisect_right(starts, line.start) - 1 : bisect_right(starts, line.end - 1)]
        kinds = dict.fromkeys(span.kind for span in inside if span.kind not in ("markup", "blank"))
        articles = dict.fromkeys(span.article + 1 for span in inside if span.article is not None)
        read = tuple(stretches(source, line.start, line.end))
        found.append(LineOnDesk(line, tuple(kinds), tuple(articles), read))
    return found


def articles_of(source: PageSource, page: Page) -> list[list[PartOnDesk]]:
    """The articles in the order of the page, each as its headings and then its paragraphs."""
    begins = [0, *(at + 1 for at, character in enumerate(source.text) if character == "\n")]
    by_article: dict[int, list[Span]] = {}
    for span in page.spans:
        if span.article is not None and SPAN_KINDS[span.kind].field | SPAN_KINDS[span.kind].paragraph:
            by_article.setdefault(span.article, []).append(span)
    return [
        [*_headings(source, by_article.get(at, []), begins), *_paragraphs(source, article, begins)]
        for at, article in enumerate(page.articles)
    ]


def _headings(source: PageSource, spans: Sequence[Span], begins: Sequence[int]) -> Iterator[PartOnDesk]:
    for kind in HEADINGS:
        ranges = [(span.start, span.end) for span in spans if span.kind == kind]
        if ranges:
            yield PartOnDesk(kind, _fragments(source, ranges, begins))


def _paragraphs(source: PageSource, article: Article, begins: Sequence[int]) -> Iterator[PartOnDesk]:
    body = article.fields.get("body")
    for paragraph in article.paragraphs:
        ranges = [
            (piece.source_start, piece.source_end)
            for piece in (body.pieces if body else ())
            if paragraph.start <= piece.start < paragraph.end
        ]
        kind = "crosshead" if paragraph.kind == "crosshead" else "body"
        yield PartOnDesk(kind, _fragments(source, ranges, begins))


def _fragments(source: PageSource, ranges: Sequence[tuple[int, int]], begins: Sequence[int]) -> tuple[Fragment, ...]:
    """What is read in these ranges of the source, a line in one."""
    inside: dict[int, list[Stretch]] = {}
    for start, end in ranges:
        inside.setdefault(bisect_right(begins, start), []).extend(stretches(source, start, end))
    return tuple(Fragment(line, tuple(read)) for line, read in inside.items())
