"""Whether a page follows what an editor decided: the one place that says so, from the page as it is published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from banmian.page.source import read_lines
from banmian.records import Page, Remark, Ruling, Span
from banmian.words.span_kinds import HEADS, LINKS, SPAN_KINDS


def unheeded(page: Page, text: str, rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """The rulings that the page of this text does not follow."""
    lines = _Lines(page, text) if rulings else None
    return tuple(ruling for ruling in rulings if lines and not lines.follow(ruling))


def warnings_of(rulings: Iterable[Ruling], text: str) -> Iterator[Remark]:
    """A warning for each ruling that is not followed."""
    for ruling in rulings:
        number = text.count("\n", 0, ruling.line) + 1
        yield Remark("ruling_not_followed", {"line": number, "ruled": ruling.kind, "reason": ruling.reason})


class _Lines:
    """A published page, asked by its printed lines."""

    def __init__(self, page: Page, text: str) -> None:
        self._page = page
        self._begins = [line.start for line in read_lines(text, ())]
        self._spans: dict[int, list[Span]] = {}
        self._texts: dict[int, list[Span]] = {}
        for span in page.spans:
            if span.kind not in ("markup", "blank"):
                self._spans.setdefault(self._line(span.start), []).append(span)
            if span.article is not None and span.paragraph is not None:
                self._texts.setdefault(span.article, []).append(span)
        for spans in self._texts.values():
            spans.sort(key=_place)

    def _line(self, offset: int) -> int:
        return bisect_right(self._begins, offset)

    def _at(self, offset: int | None) -> list[Span]:
        """The spans of the line that stands at `offset`, but for marks and blanks."""
        return [] if offset is None else self._spans.get(self._line(offset), [])

    def follow(self, ruling: Ruling) -> bool:
        """Whether the page is as the ruling has it."""
        here, there = self._at(ruling.line), self._at(ruling.other)
        if ruling.kind in LINKS:
            left = next((span for span in reversed(here) if span.paragraph is not None), None)
            right = next((span for span in there if span.paragraph is not None), None)
            return self._link(left, right) == (None if ruling.kind == "apart" else ruling.kind)
        if ruling.kind == "article":
            return self._is_article(ruling)
        own = [span for span in here if span.kind == ruling.kind]
        if ruling.kind == "begins":
            texts = [span for span in here if span.paragraph is not None]
            own = [span for span in texts or here if self._begins_with(span)]
        if ruling.other is None or (ruling.kind in SPAN_KINDS and SPAN_KINDS[ruling.kind].loose):
            return bool(own)
        return bool({span.article for span in own} & {span.article for span in there} - {None})

    def _link(self, left: Span | None, right: Span | None) -> str | None:
        """How `right` follows `left`: join, paragraph (crossheads may stand between), or not at all."""
        if left is None or right is None or left.article is None or left.article != right.article:
            return None
        (paragraph, position), (next_paragraph, next_position) = _place(left), _place(right)
        if paragraph == next_paragraph:
            return "join" if next_position == position + 1 else None
        last = max(position for at, position in map(_place, self._texts[left.article]) if at == paragraph)
        between = self._page.articles[left.article].paragraphs[paragraph : next_paragraph - 1]
        follows = paragraph < next_paragraph and all(skipped.kind == "crosshead" for skipped in between)
        return "paragraph" if position == last and follows and next_position == 1 else None

    def _begins_with(self, span: Span) -> bool:
        """Whether its article begins with it: its text, or what stands over it."""
        if span.article is None or _place(span) > (1, 1):
            return False
        others = (other for other in self._page.spans if other.article == span.article and other.start < span.start)
        return span.paragraph is not None or not any(other.kind in HEADS for other in others)

    def _is_article(self, ruling: Ruling) -> bool:
        """Whether the lines are of one article, each of its kind, and its text is theirs in this order."""
        found = [[span for span in self._at(offset) if span.kind == kind] for offset, kind in ruling.lines]
        articles = {span.article for spans in found for span in spans}
        if not all(found) or len(articles) != 1 or None in articles:
            return False
        (article,) = articles
        inner = [self._line(offset) for offset, kind in ruling.lines if SPAN_KINDS[kind].paragraph]
        text = self._texts.get(article if article is not None else -1, [])
        return [line for line, _ in groupby(self._line(span.start) for span in text)] == inner


def _place(span: Span) -> tuple[int, int]:
    """Its paragraph and its place in it."""
    return span.paragraph or 0, span.position or 0
