"""What statements about the lines of a page come to: kinds of lines, what follows what, lines of one article.

The stage that looks for contradictions asks it and the one that follows what is stated, so that both mean the same.
Lines are known by whatever numbers the rulings have. `by` are places of rulings among those that were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from banmian.records import Ruling
from banmian.words.span_kinds import FOLLOWING, INNER, SPAN_KINDS


@dataclass(frozen=True, slots=True)
class Link:
    """That `right` follows `left`: join, paragraph, or either (None)."""

    left: int
    right: int
    kind: str | None
    by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """That two lines are of one article."""

    one: int
    other: int
    by: int


def is_kind(ruling: Ruling) -> bool:
    """Whether it says what a line is, not how lines stand to each other."""
    return ruling.kind in SPAN_KINDS


def kinds_of(ruling: Ruling) -> tuple[tuple[int, str], ...]:
    """The lines of which it says what they are, each with that."""
    return ruling.lines or (((ruling.line, ruling.kind),) if is_kind(ruling) else ())


def text_of(ruling: Ruling) -> tuple[int, ...]:
    """The text of an article whose lines are listed, in order; empty for any other ruling."""
    return tuple(line for line, kind in ruling.lines if kind in INNER)


def ties_of(ruling: Ruling) -> Iterator[tuple[int, int]]:
    """Pairs of lines that are of one article by it."""
    yield from ((one, other) for (one, _), (other, _) in pairwise(ruling.lines))
    tying = ruling.kind not in ("apart", "article") and not (is_kind(ruling) and SPAN_KINDS[ruling.kind].loose)
    if tying and ruling.other is not None:
        yield ruling.line, ruling.other


def links_of(ruling: Ruling) -> Iterator[tuple[int, int, str | None]]:
    """Pairs of lines the second of which follows the first by it, and how (None: in either way)."""
    if ruling.kind in FOLLOWING and ruling.other is not None:
        yield ruling.line, ruling.other, ruling.kind
    yield from ((left, right, None) for left, right in pairwise(text_of(ruling)))


class Stated:
    """What rulings on one page come to; `marked` says of a line whether it bears the mark of a heading.

    `kinds` has what lines are, `ties` which are of one article, `begins` those with which one begins, each with a
    ruling that says so.
    """

    def __init__(self, rulings: Sequence[Ruling], marked: Callable[[int], bool]) -> None:
        self.rulings = rulings
        self.kinds: Mapping[int, str] = self._kinds(marked)
        self.ties = [Tie(*pair, by) for by, ruling in enumerate(rulings) for pair in ties_of(ruling)]
        self.begins: dict[int, int] = {}
        for by, ruling in enumerate(rulings):
            if ruling.kind == "begins":
                self.begins.setdefault(ruling.line, by)

    def _kinds(self, marked: Callable[[int], bool]) -> dict[int, str]:
        """Lines that go on in others are text; those in new paragraphs only, crossheads where they are marked."""
        linked = {line: "body" for ruling in self.rulings for pair in links_of(ruling) for line in pair[:2]}
        joined = {line for ruling in self.rulings if ruling.kind == "join" for line in (ruling.line, ruling.other)}
        linked |= {line: "crosshead" for line in linked if line not in joined and marked(line)}
        return linked | dict(pair for ruling in self.rulings for pair in kinds_of(ruling))

    def is_crosshead(self, line: int) -> bool:
        """Whether it is stated to be one, or surely is one by what else is stated."""
        return self.kinds.get(line) == "crosshead"

    def following(self) -> tuple[list[Link], list[Link]]:
        """How text goes on in text, crossheads left out; and what follows directly where one end is a crosshead."""
        links = [Link(*link, (by,)) for by, ruling in enumerate(self.rulings) for link in links_of(ruling)]
        steps = [link for link in links if self.is_crosshead(link.left) or self.is_crosshead(link.right)]
        text = [link for link in links if link not in steps]
        after = {link.left: link for link in steps}
        for begin in steps:
            if not self.is_crosshead(begin.left):
                text += self._through(begin, after)
        return text, steps

    def _through(self, begin: Link, after: Mapping[int, Link]) -> Iterator[Link]:
        """That the text behind crossheads is a new paragraph after the text before them."""
        by, at = begin.by, begin.right
        for _ in range(len(after) + 1):
            if not self.is_crosshead(at):
                yield Link(begin.left, at, "paragraph", by)
                return
            if at not in after:
                return
            by, at = (*by, *after[at].by), after[at].right

    def articles(self) -> list[frozenset[int]]:
        """The lines that are stated to be of one article."""
        listed = [line for ruling in self.rulings for line, _ in ruling.lines]
        tied = [line for tie in self.ties for line in (tie.one, tie.other)]
        sets = {line: {line} for line in (*self.begins, *listed, *tied)}
        for tie in self.ties:
            one, other = sets[tie.one], sets[tie.other]
            if one is not other:
                one |= other
                sets.update(dict.fromkeys(other, one))
        return sorted({frozenset(members) for members in sets.values()}, key=min)
