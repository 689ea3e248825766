"""Statements about the lines of a page that can't be followed together, each named with the entries that it is about.

What is left is consistent: the page stage follows all of it (banmian/page/lawful.py), whatever the text looks like.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from banmian.records import Remark, Ruling
from banmian.seeds.lines import PrintedLine
from banmian.seeds.parting import inseparable
from banmian.words.headings import surely_heading
from banmian.words.span_kinds import BEGINNINGS, FOLLOWING, HEADS, INNER, SPAN_KINDS, STATED
from banmian.words.stated import Link, Stated, is_kind, text_of, ties_of

_ARTICLE = frozenset(kind for kind in STATED if not SPAN_KINDS[kind].apart)
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """A ruling and the line of editions.yml that states it."""

    number: int
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why the entry at line `number` of editions.yml can't stand beside those that `remark` names."""

    number: int
    remark: Remark


def contradictions(placed: Sequence[Placed], lines: Sequence[PrintedLine]) -> Iterator[Contradiction]:
    """Every contradiction that is found, each entry as often as it is in one; none where all can be followed."""
    statements = _Statements(placed, {line.start: line for line in lines})
    seen: list[Contradiction] = []
    for found in statements.contradictions():
        if found not in seen:
            seen.append(found)
            yield found


class _Statements:
    """What the entries of one page come to, and what each entry says that its lines may be."""

    def __init__(self, placed: Sequence[Placed], lines: Mapping[int, PrintedLine]) -> None:
        self._placed = sorted(placed, key=lambda one: one.number)
        self._rulings = [one.ruling for one in self._placed]
        self._lines = lines
        self._stated = Stated(self._rulings, lambda line: surely_heading(lines[line].printed))
        self._kinds, self._begins = self._stated.kinds, self._stated.begins
        # Articles whose lines are listed: by which entry, their text in order, all their lines.
        self._wholes = [
            (by, text_of(ruling), frozenset(line for line, _ in ruling.lines))
            for by, ruling in enumerate(self._rulings)
            if ruling.lines
        ]

    def _name(self, line: int) -> str:
        return self._lines[line].bare[:_SHOWN]

    def _is_inner(self, line: int) -> bool:
        """Whether it is stated to be text, or a crosshead in it."""
        return self._kinds.get(line) in INNER

    def contradictions(self) -> Iterator[Contradiction]:
        found = [*self._same_lines(), *self._of_kinds()]
        # Without kinds that stand fast, nothing else can be said.
        found = found or [*self._of_links(), *self._of_articles()]
        yield from found or self._of_parting()

    def _same_lines(self) -> Iterator[Contradiction]:
        for one in self._placed:
            ruling = one.ruling
            if ruling.kind == "article":
                listed = [line for line, _ in ruling.lines]
                for line in sorted({line for line in listed if listed.count(line) > 1}):
                    yield Contradiction(one.number, Remark("twice_in_list", {"text": self._name(line)}))
                if all(SPAN_KINDS[kind].apart for _, kind in ruling.lines):
                    yield Contradiction(one.number, Remark("list_without_text"))
            elif ruling.line == ruling.other and ruling.kind not in (*INNER, "begins"):
                yield Contradiction(one.number, Remark("one_line_twice", {"text": self._name(ruling.line)}))

    def _of_kinds(self) -> Iterator[Contradiction]:
        claims: dict[int, list[tuple[int, frozenset[str], Remark]]] = {}
        for one in self._placed:
            for line, kinds, words in _claimed(one.ruling):
                claims.setdefault(line, []).append((one.number, kinds, words))
        for line, claimed in sorted(claims.items()):
            for (number, kinds, words), (other, others, otherwise) in combinations(claimed, 2):
                if not kinds & others:
                    values = {"text": self._name(line), "here": otherwise, "there": words, "line": number}
                    yield Contradiction(other, Remark("of_two_kinds", values))

    def _of_links(self) -> Iterator[Contradiction]:
        text, steps = self._stated.following()
        after, before = {link.left: link for link in steps}, {link.right: link for link in steps}
        yield from self._doubled(steps)
        yield from self._doubled(text)
        joined = {link.left: link for link in text if link.kind == "join"}
        for left, link in joined.items():
            for step in {after.get(left), before.get(link.right)}:
                if step:
                    yield self._both(Remark("crosshead_in_paragraph"), *link.by, *step.by)
        yield from self._circles(text)
        yield from self._circles(steps)
        apart = {(one.line, one.other): by for by, one in enumerate(self._rulings) if one.kind == "apart"}
        for link in {(link.left, link.right): link for link in [*text, *steps]}.values():
            if (link.left, link.right) in apart:
                what = Remark("follows_and_not", {"left": self._name(link.left), "right": self._name(link.right)})
                yield self._both(what, apart[link.left, link.right], *link.by)
        for line, by in self._begins.items():
            if entering := next((link for link in [*text, *steps] if link.right == line), None):
                what = Remark("begins_and_follows", {"text": self._name(line), "left": self._name(entering.left)})
                yield self._both(what, by, *entering.by)

    def _doubled(self, links: Sequence[Link]) -> Iterator[Contradiction]:
        """Two lines that follow one, one that follows two, two that follow each other in two ways."""
        after: dict[int, Link] = {}
        before: dict[int, Link] = {}
        for link in links:
            earlier, known = after.setdefault(link.left, link), before.setdefault(link.right, link)
            left, right = self._name(link.left), self._name(link.right)
            if earlier.right != link.right:
                values = {"text": left, "one": self._name(earlier.right), "other": right}
                yield self._both(Remark("goes_on_twice", values), *link.by, *earlier.by)
            elif known.left != link.left:
                values = {"text": right, "one": self._name(known.left), "other": left}
                yield self._both(Remark("follows_two", values), *link.by, *known.by)
            elif earlier.kind and link.kind and earlier.kind != link.kind:
                values = {"text": right, "left": left, "one": earlier.kind, "other": link.kind}
                yield self._both(Remark("follows_in_two_ways", values), *link.by, *earlier.by)
            elif earlier.kind is None:
                after[link.left] = before[link.right] = link

    def _circles(self, links: Sequence[Link]) -> Iterator[Contradiction]:
        after = {link.left: link for link in links}
        done: set[int] = set()
        for begin in sorted(after):
            path: list[Link] = []
            at = begin
            while at in after and at not in done:
                done.add(at)
                path.append(after[at])
                at = after[at].right
            lefts = [link.left for link in path]
            if at in lefts:
                circle = path[lefts.index(at) :]
                what = Remark("circle", {"text": self._name(at)})
                yield self._both(what, *(by for link in circle for by in link.by))

    def _of_articles(self) -> Iterator[Contradiction]:
        for members in map(sorted, self._stated.articles()):
            begins = [line for line in members if line in self._begins]
            over = min((line for line in members if self._kinds.get(line) in HEADS), default=max(members) + 1)
            # What is no text must be a heading, and nothing stands above that with which an article begins.
            inner = [line for line in begins if self._is_inner(line) or (line not in self._kinds and over < line)]
            heads = [line for line in begins if self._kinds.get(line) in {*HEADS, "byline"}]
            for several in (inner, heads, begins if len(begins) > 2 else []):
                if len(several) > 1:
                    one, other = several[:2]
                    what = Remark("two_beginnings", {"one": self._name(one), "other": self._name(other)})
                    yield self._both(what, self._begins[one], self._begins[other], *self._path(one, other))
                    break
            yield from self._of_headlines(members, heads)
            yield from self._of_whole(members, inner)

    def _of_headlines(self, members: Sequence[int], heads: Sequence[int]) -> Iterator[Contradiction]:
        """An article has one headline: its lines stand together; and none above that with which the article begins."""
        headlines = [line for line in members if self._kinds.get(line) == "headline"]
        texts = [line for line, kind in self._kinds.items() if kind in INNER]
        for one, other in pairwise(headlines):
            if any(one < line < other for line in texts):
                what = Remark("two_headlines", {"one": self._name(one), "other": self._name(other)})
                yield self._both(what, *self._path(one, other))
        for head in heads:
            for line in members:
                if line < head and self._kinds.get(line) in HEADS:
                    what = Remark("above_beginning", {"text": self._name(head), "other": self._name(line)})
                    yield self._both(what, self._begins[head], *self._path(line, head))

    def _of_whole(self, members: Sequence[int], begins: Sequence[int]) -> Iterator[Contradiction]:
        """An article whose lines are listed has no other text."""
        wholes = [whole for whole in self._wholes if whole[2] & {*members}]
        for (by, inner, _), (other, others, _) in combinations(wholes, 2):
            if inner != others:
                yield self._both(Remark("two_lists"), by, other)
                return
        for by, inner, listed in wholes[:1]:
            for line in members:
                if (self._is_inner(line) or line in begins) and line not in inner:
                    what = Remark("not_in_list", {"text": self._name(line)})
                    yield self._both(what, by, *self._path(line, min(listed)))
            for line in begins:
                if line in inner[1:]:
                    what = Remark("not_first_of_list", {"text": self._name(line)})
                    yield self._both(what, self._begins[line], by)

    def _of_parting(self) -> Iterator[Contradiction]:
        """Lines of one article that must not follow each other, with nothing on the page to stand between them."""
        for (left, right), texts in inseparable(self._stated, self._rulings, self._lines):
            what = Remark("nothing_between", {"left": self._name(left), "right": self._name(right)})
            apart = [
                by for by, one in enumerate(self._rulings) if one.kind == "apart" and {one.line, one.other} <= texts
            ]
            begins = [by for line, by in self._begins.items() if line in texts]
            yield self._both(what, *apart, *begins, *self._path(left, right))

    def _path(self, one: int, other: int) -> tuple[int, ...]:
        """The entries that tie two lines of an article together, as few as possible."""
        ties: dict[int, list[tuple[int, int]]] = {}
        for tie in self._stated.ties:
            ties.setdefault(tie.one, []).append((tie.other, tie.by))
            ties.setdefault(tie.other, []).append((tie.one, tie.by))
        came: dict[int, tuple[int, int]] = {one: (one, 0)}
        left = deque([one])
        while left and other not in came:
            at = left.popleft()
            for after, by in ties.get(at, ()):
                if after not in came:
                    came[after] = (at, by)
                    left.append(after)
        found: list[int] = []
        while other != one:
            other, by = came[other]
            found.append(by)
        return tuple(dict.fromkeys(found))

    def _both(self, what: Remark, *by: int) -> Contradiction:
        """The contradiction between these entries, at the last of them."""
        number, *rest = sorted({self._placed[at].number for at in by}, reverse=True)
        if not rest:
            return Contradiction(number, Remark("by_itself", {"what": what}))
        return Contradiction(number, Remark("with_others", {"what": what, "lines": rest[::-1], "count": len(rest)}))


def _claimed(ruling: Ruling) -> Iterator[tuple[int, frozenset[str], Remark]]:
    """Lines, the kinds that each may be by this ruling, and what it calls the line."""
    line, other = ruling.line, ruling.other
    if ruling.kind == "article":
        yield from ((at, frozenset((kind,)), Remark("claimed_in_list", {"ruled": kind})) for at, kind in ruling.lines)
    elif ruling.kind in FOLLOWING and other is not None:
        kinds = frozenset(("body",)) if ruling.kind == "join" else INNER
        yield from ((at, kinds, Remark("claimed_to_go_on", {"ruled": ruling.kind})) for at in (line, other))
    elif ruling.kind == "begins":
        yield line, INNER | BEGINNINGS, Remark("claimed_to_begin")
    elif is_kind(ruling):
        yield line, frozenset((ruling.kind,)), Remark("claimed_kind", {"ruled": ruling.kind})
    if ruling.kind not in (*FOLLOWING, "article"):
        yield from ((at, _ARTICLE, Remark("claimed_of_article")) for _, at in ties_of(ruling))
