"""From readings to records: spans that partition the source, articles, joins and warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

from banmian import records
from banmian.page.article import Reading
from banmian.page.evidence import Evidence, of_seam
from banmian.page.loose import with_beside
from banmian.page.marks import Unit
from banmian.page.solve import Solution
from banmian.page.source import field, is_blank
from banmian.words.span_kinds import FIELDS, SPAN_KINDS

_LOOSE = frozenset(name for name, kind in SPAN_KINDS.items() if kind.loose)

Range = tuple[int, int]


def ranges_of(unit: Unit) -> list[tuple[str, int, int]]:
    """The parts of a unit as (kind, start, end) in the source, in order, those of a line without gaps."""
    if unit.printed:
        return [part for line in unit.printed for part in ranges_of(line)]
    line = unit.line
    if not unit.parts:
        return [("furniture", line.start, line.end)]
    starts = [line.start, *[line.cuts[part.start] for part in unit.parts[1:]]]
    ends = [*starts[1:], line.end]
    return [(part.kind, start, end) for part, start, end in zip(unit.parts, starts, ends, strict=True) if start < end]


class Assembly:
    """Collects what the readings of a page come to, or of the part of it that stands `within` a range of its text."""

    def __init__(
        self, text: str, units: Sequence[Unit], corrections: Sequence[records.Correction], within: Range | None = None
    ) -> None:
        self._text = text
        self._within = within or (0, len(text))
        self._units = units
        self._corrections = corrections
        self._spans: list[records.Span] = []
        self._articles: list[records.Article] = []

    def page(self, solution: Solution, beside: Sequence[Unit], apart: Sequence[Unit]) -> records.Page:
        """The records of a page; `beside` and `apart` are the lines that the solution leaves out."""
        readings = with_beside(solution.readings, self._units, beside, solution.reader.links.rulings.homes)
        self._units = [*self._units, *beside]
        for reading in sorted(readings, key=lambda one: min(self._units[line].line.start for line, _ in one.kinds)):
            self._add(reading)
        for unit in apart:
            for kind, start, end in ranges_of(unit):
                blank = all(is_blank(character) for character in self._text[start:end])
                loose = kind if kind in _LOOSE else "jump" if unit.whole == "jump" else "furniture"
                self._span(start, end, "blank" if blank else loose)
        self._fill()
        evidence = Evidence(solution)
        joins, moves = self._links(solution, evidence)
        broken = self._broken(solution, evidence)
        return records.Page(
            tuple(sorted(self._spans, key=lambda span: span.start)),
            tuple(self._articles),
            tuple(sorted(joins, key=lambda join: join.left_end)),
            self._warnings(solution),
            tuple(sorted(moves, key=lambda move: move.left_end)),
            tuple(sorted(self._headings(solution, evidence), key=lambda heading: heading.start)),
            broken=tuple(sorted(broken, key=lambda one: one.start)),
        )

    def _span(
        self,
        start: int,
        end: int,
        kind: str,
        article: int | None = None,
        paragraph: int | None = None,
        position: int | None = None,
    ) -> None:
        self._spans.append(records.Span(start, end, kind, article, paragraph, position, self._text[start:end]))

    def _add(self, reading: Reading) -> None:
        """The spans of one reading, and its article if it holds any field."""
        kinds = dict(reading.kinds)
        article = len(self._articles) if any(map(_makes_article, kinds.values())) else None
        paragraphs = _paragraphs(reading, kinds)
        inside = {line: number for number, lines in enumerate(paragraphs, 1) for line in lines}
        groups: dict[str, list[list[Range]]] = {}
        positions: Counter[str | int] = Counter()
        for line, kind in sorted(reading.kinds):
            if line not in inside:
                self._heading(line, kind, article, groups, positions)
        body: list[list[Range]] = []
        for lines in paragraphs:
            fragments: list[Range] = []
            for line in lines:
                fragments += self._fragments(line, kinds[line], article, inside[line], groups, positions)
            body.append(fragments)
        if article is not None:
            self._articles.append(self._article(groups, body, [kinds[lines[0]] for lines in paragraphs]))

    def _heading(
        self,
        line: int,
        kind: str,
        article: int | None,
        groups: dict[str, list[list[Range]]],
        positions: Counter[str | int],
    ) -> None:
        """A line that is one field from its first content to its last; its signs are left out of it."""
        unit, loose = self._units[line], kind in _LOOSE or article is None
        own: list[list[Range]] = [[]]
        for printed, seam in zip(unit.printed or (unit,), (None, *unit.seams), strict=True):
            if seam and seam.parted:
                own.append([])
            for found, start, end in ranges_of(printed):
                if found != "content":
                    self._part(found, start, end, article, groups, positions)
                elif loose:
                    self._span(start, end, kind)
                else:
                    positions[kind] += 1
                    self._span(start, end, kind, article, None, positions[kind])
                    own[-1].append((start, end))
        # Bylines are read by themselves, as are several in one paragraph.
        apart = [[place] for places in own for place in places] if kind == "byline" else [one for one in own if one]
        groups.setdefault(kind, []).extend(apart)

    def _fragments(
        self,
        line: int,
        kind: str,
        article: int | None,
        paragraph: int,
        groups: dict[str, list[list[Range]]],
        positions: Counter[str | int],
    ) -> list[Range]:
        """The spans of a body line; returns those of its text."""
        fragments = []
        for found, start, end in ranges_of(self._units[line]):
            if found == "content":
                positions[paragraph] += 1
                self._span(start, end, kind, article, paragraph, positions[paragraph])
                fragments.append((start, end))
            else:
                self._part(found, start, end, article, groups, positions)
        return fragments

    def _part(
        self,
        kind: str,
        start: int,
        end: int,
        article: int | None,
        groups: dict[str, list[list[Range]]],
        positions: Counter[str | int],
    ) -> None:
        if kind in _LOOSE:
            self._span(start, end, kind)
            return
        positions[kind] += 1
        self._span(start, end, kind, article, None, positions[kind])
        groups.setdefault(kind, []).append([(start, end)])

    def _article(
        self, groups: dict[str, list[list[Range]]], body: list[list[Range]], kinds: list[str]
    ) -> records.Article:
        fields = {name: field(self._text, groups[name], self._corrections) for name in FIELDS if name in groups}
        if not body:
            return records.Article(fields, ())
        fields["body"] = field(self._text, body, self._corrections)
        paragraphs, at = [], 0
        for number, (fragments, kind) in enumerate(zip(body, kinds, strict=True), 1):
            size = len(field(self._text, [fragments], self._corrections).text)
            paragraphs.append(records.Paragraph(number, "paragraph" if kind == "body" else kind, at, at + size))
            at += size + 1
        return records.Article(fields, tuple(paragraphs))

    def _fill(self) -> None:
        """Blank spans for all that no line holds."""
        taken = sorted((span.start, span.end) for span in self._spans)
        begin, stop = self._within
        edges = [(begin, begin), *taken, (stop, stop)]
        for (_, end), (start, _) in pairwise(edges):
            if end < start:
                self._span(end, start, "blank")

    def _links(self, solution: Solution, evidence: Evidence) -> tuple[list[records.Join], list[records.Join]]:
        """The joins, and the moves.

        A move is from a paragraph to one that is not the article's next in the file, or over text of other articles, or
        from or to one that is broken off there.
        """
        joins: list[records.Join] = []
        moves: list[records.Join] = []
        body = {line: at for at, reading in enumerate(solution.readings) for line in reading.body}
        for at, reading in enumerate(solution.readings):
            kinds = dict(reading.kinds)
            inside = {line: number for number, lines in enumerate(_paragraphs(reading, kinds)) for line in lines}
            following = dict(pairwise(sorted(reading.body)))
            for left, right in pairwise(reading.body):
                joined = inside[left] == inside[right]
                over_others = any(body.get(line, at) != at for line in range(left + 1, right))
                moved = following.get(left) != right or over_others
                if joined or moved or evidence.doubted.at_paragraph(left, right):
                    found = evidence.link(reading, left, right)
                    place = self._content(left)[1], self._content(right)[0]
                    (joins if joined else moves).append(records.Join(*place, **_judged(found)))
        return [*joins, *self._seams(solution)], moves

    def _seams(self, solution: Solution) -> Iterator[records.Join]:
        """The joins of printed lines that were put together before the search."""
        for reading in solution.readings:
            for line, kind in reading.kinds:
                unit = self._units[line]
                places = [_content_of(part) for part in unit.printed]
                for seam, (left, right) in zip(unit.seams, pairwise(places), strict=True):
                    if kind == "body" or not seam.parted:
                        yield records.Join(left[1], right[0], **_judged(of_seam(seam)))

    def _headings(self, solution: Solution, evidence: Evidence) -> Iterator[records.Heading]:
        articles = {span.start: span.article for span in self._spans}
        for reading in solution.readings:
            for line, kind in reading.kinds:
                start, end = self._content(line)
                article = articles.get(start)
                if kind != "body" and article is not None:
                    yield records.Heading(article, start, end, kind, **_judged(evidence.heading(reading, line, kind)))

    def _broken(self, solution: Solution, evidence: Evidence) -> Iterator[records.Heading]:
        articles = {span.start: span.article for span in self._spans}
        for reading in solution.readings:
            for kind, line in evidence.doubted.in_text(reading):
                unit = self._units[line]
                printed = unit.printed[-1] if kind == "end" and unit.printed else unit
                (start, _), (_, end) = _content_of(printed), _content_of(unit)
                article = articles[start]
                if article is not None:
                    found = _judged(evidence.broken(reading, line, kind))
                    yield records.Heading(article, start, end, kind, **found)

    def _content(self, line: int) -> Range:
        return _content_of(self._units[line])

    def _warnings(self, solution: Solution) -> tuple[records.Remark, ...]:
        warnings = list(solution.warnings)
        if not any("headline" in article.fields for article in self._articles):
            warnings.append(records.Remark("no_headline"))
        return tuple(warnings)


def _judged(judgement: records.Judgement) -> dict[str, Any]:
    return {field.name: getattr(judgement, field.name) for field in fields(records.Judgement)}


def _makes_article(kind: str) -> bool:
    """Whether a line of this kind is text of an article by itself: a table alone is none."""
    return SPAN_KINDS[kind].field or SPAN_KINDS[kind].paragraph


def _content_of(unit: Unit) -> Range:
    """Where the text of a unit begins and ends; all of a line of which a correction makes nothing but marks."""
    ranges = [(start, end) for kind, start, end in ranges_of(unit) if kind == "content"]
    return (ranges[0][0], ranges[-1][1]) if ranges else (unit.line.start, unit.line.end)


def _paragraphs(reading: Reading, kinds: dict[int, str]) -> list[list[int]]:
    """The lines of each paragraph.

    A crosshead stands before the first paragraph that begins at or after the body line that follows it in the file, or
    where it is decided.
    """
    before: dict[int | None, list[int]] = {}
    ascending = sorted(reading.body)
    for line, place in reading.crossheads:
        before.setdefault(place, []).append(line)
    for line, kind in sorted(reading.kinds):
        if kind == "crosshead" and not reading.crossheads:
            before.setdefault(next((other for other in ascending if other > line), None), []).append(line)
    paragraphs: list[list[int]] = []
    joined = set(reading.joins)
    waiting: list[int] = []
    previous = None
    for line in reading.body:
        waiting += before.get(line, [])
        if previous is not None and (previous, line) in joined:
            paragraphs[-1].append(line)
        else:
            paragraphs += [*([crosshead] for crosshead in waiting), [line]]
            waiting = []
        previous = line
    return [*paragraphs, *([crosshead] for crosshead in [*waiting, *before.get(None, [])])]
