"""What an editor stated and a page follows is certain, whether the statement changed the page or not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from banmian.page.evidence import BROKEN
from banmian.page.source import read_lines
from banmian.records import Heading, Join, Page, Remark, Ruling
from banmian.words.span_kinds import SPAN_KINDS
from banmian.words.stated import Stated, kinds_of

_RULED = Remark("ruled")

_Judged = TypeVar("_Judged", Join, Heading)


def confirmed(page: Page, text: str, rulings: Sequence[Ruling]) -> Page:
    """The page with what the rulings say of its places certain; rulings that it does not follow tell nothing."""
    heeded = [ruling for ruling in rulings if ruling not in page.unheeded]
    if not heeded:
        return page
    stated = _Stated(text, page, heeded)
    return replace(
        page,
        joins=tuple(_ruled(join) if stated.link(join) else join for join in page.joins),
        moves=tuple(_ruled(move) if stated.move(move) else move for move in page.moves),
        headings=tuple(_ruled(one) if stated.kind(one) else one for one in page.headings),
        broken=tuple(one for one in page.broken if not stated.settles(one)),
    )


class _Stated:
    """What rulings say of the lines of a text."""

    def __init__(self, text: str, page: Page, rulings: Sequence[Ruling]) -> None:
        printed = read_lines(text, ())
        self._begins = [line.start for line in printed]
        self._blank = frozenset(at for at, line in enumerate(printed, start=1) if not line.text.strip())
        crossheads = {self._line(span.start) for span in page.spans if span.kind == "crosshead"}
        stated = Stated([self._placed(ruling) for ruling in rulings], crossheads.__contains__)
        links, _ = stated.following()
        self._kinds = dict(pair for ruling in stated.rulings for pair in kinds_of(ruling))
        self._links = {(link.left, link.right) for link in links if link.kind}
        self._orders = {(link.left, link.right) for link in links}
        self._edges: set[tuple[str, int]] = {("begins", line) for line in stated.begins}
        for ruling in stated.rulings:
            body = [line for line, kind in ruling.lines if kind == "body"]
            self._edges |= {("begins", body[0]), ("end", body[-1])} if body else set()

    def _placed(self, ruling: Ruling) -> Ruling:
        """The ruling by numbers of lines."""
        other = None if ruling.other is None else self._line(ruling.other)
        lines = tuple((self._line(offset), kind) for offset, kind in ruling.lines)
        return replace(ruling, line=self._line(ruling.line), other=other, lines=lines)

    def link(self, join: Join) -> bool:
        """Whether they say that it goes on so, in the same paragraph or a new one."""
        return self._pair(join) in self._links

    def move(self, move: Join) -> bool:
        """Whether that a new paragraph follows is said, or follows from what is said."""
        left, right = pair = self._pair(move)
        between = [line for line in range(left + 1, right) if line not in self._blank]
        across = bool(between) and all(self._kinds.get(line) == "crosshead" for line in between)
        return pair in self._links or across or (pair in self._orders and not _may_be_joined(move))

    def kind(self, heading: Heading) -> bool:
        """Whether they say that the line is of that kind."""
        return self._kinds.get(self._line(heading.start)) == heading.kind

    def settles(self, broken: Heading) -> bool:
        """Whether they say that such a line of text stands right."""
        line = self._line(broken.start)
        kind = self._kinds.get(line)
        return (broken.kind, line) in self._edges or (kind is not None and SPAN_KINDS[kind].paragraph)

    def _pair(self, join: Join) -> tuple[int, int]:
        return self._line(join.left_end - 1), self._line(join.right_start)

    def _line(self, offset: int) -> int:
        return bisect_right(self._begins, offset)


def _may_be_joined(move: Join) -> bool:
    """Whether its paragraphs may as well be one: an article's list says what goes on, not whether in a new one."""
    other = move.runner_up
    in_one = other is not None and other.kind == "join" and other.start == move.right_start
    return in_one or any(remark.kind in BROKEN for remark in move.evidence)


def _ruled(judged: _Judged) -> _Judged:
    if _RULED in judged.evidence:
        return judged
    return replace(
        judged, margin=None, runner_up=None, confidence=1.0, certain=True, evidence=(_RULED, *judged.evidence)
    )
