"""What an editor stated and a page follows is certain, whether the statement changed the page or not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from banmian.page.source import read_lines
from banmian.records import Heading, Join, Page, Remark, Ruling
from banmian.words.span_kinds import LINKS, SPAN_KINDS

_RULED = Remark("ruled")

_Judged = TypeVar("_Judged", Join, Heading)


def confirmed(page: Page, text: str, rulings: Sequence[Ruling]) -> Page:
    """The page with what the rulings say of its places certain; rulings that it does not follow tell nothing."""
    heeded = [ruling for ruling in rulings if ruling not in page.unheeded]
    if not heeded:
        return page
    stated = _Stated(text, heeded)
    return replace(
        page,
        joins=tuple(_ruled(join) if stated.link(join) else join for join in page.joins),
        moves=tuple(_ruled(move) if stated.link(move) else move for move in page.moves),
        headings=tuple(_ruled(one) if stated.kind(one) else one for one in page.headings),
        broken=tuple(one for one in page.broken if not stated.settles(one)),
    )


class _Stated:
    """What rulings say of the lines of a text."""

    def __init__(self, text: str, rulings: Sequence[Ruling]) -> None:
        self._begins = [line.start for line in read_lines(text, ())]
        self._links: set[tuple[int, int]] = set()
        self._kinds: dict[int, str] = {}
        self._edges: set[tuple[str, int]] = set()
        for ruling in rulings:
            self._add(ruling)

    def _add(self, ruling: Ruling) -> None:
        line = self._line(ruling.line)
        if ruling.kind in LINKS:
            if ruling.kind != "apart" and ruling.other is not None:
                self._links.add((line, self._line(ruling.other)))
        elif ruling.kind == "begins":
            self._edges.add(("begins", line))
        elif ruling.kind == "article":
            kinds = [(self._line(offset), kind) for offset, kind in ruling.lines]
            self._kinds |= dict(kinds)
            text = [at for at, kind in kinds if kind == "body"]
            self._links |= set(pairwise(text))
            self._edges |= {("begins", text[0]), ("end", text[-1])} if text else set()
        else:
            self._kinds[line] = ruling.kind

    def link(self, join: Join) -> bool:
        """Whether they say that it goes on so."""
        return (self._line(join.left_end - 1), self._line(join.right_start)) in self._links

    def kind(self, heading: Heading) -> bool:
        """Whether they say that the line is of that kind."""
        return self._kinds.get(self._line(heading.start)) == heading.kind

    def settles(self, broken: Heading) -> bool:
        """Whether they say that such a line of text stands right."""
        line = self._line(broken.start)
        kind = self._kinds.get(line)
        return (broken.kind, line) in self._edges or (kind is not None and SPAN_KINDS[kind].paragraph)

    def _line(self, offset: int) -> int:
        return bisect_right(self._begins, offset)


def _ruled(judged: _Judged) -> _Judged:
    if _RULED in judged.evidence:
        return judged
    return replace(
        judged, margin=None, runner_up=None, confidence=1.0, certain=True, evidence=(_RULED, *judged.evidence)
    )
