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
from banmian.words.span_kinds import BEGINNINGS, HEADS, INNER, SPAN_KINDS, STATED

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


@dataclass(frozen=True, slots=True)
class _Link:
    """That `right` follows `left`: join, paragraph, or either (None); `numbers` are the lines that state it."""

    left: int
    right: int
    kind: str | None
    numbers: tuple[int, ...]


def contradictions(placed: Sequence[Placed], lines: Sequence[PrintedLine]) -> Iterator[Contradiction]:
    """Every contradiction that is found, each entry as often as it is in one; none where all can be followed."""
    statements = _Statements(placed, {line.start: line for line in lines})
    seen: list[Contradiction] = []
    for found in statements.contradictions():
        if found not in seen:
            seen.append(found)
            yield found


class _Statements:
    """What the entries of one page come to: kinds of lines, links between them, lines of one article."""

    def __init__(self, placed: Sequence[Placed], lines: Mapping[int, PrintedLine]) -> None:
        self._placed = sorted(placed, key=lambda one: one.number)
        self._lines = lines
        self._kinds: dict[int, str] = {}
        # Each line's claims: the kinds that it may be, which entry says so, and what it calls the line.
        self._claims: dict[int, list[tuple[frozenset[str], int, Remark]]] = {}
        self._links: list[_Link] = []
        self._apart: list[tuple[int, int, int]] = []
        self._begins: dict[int, int] = {}
        # Articles whose lines are listed: by which entry, their text in order, all their lines.
        self._wholes: list[tuple[int, tuple[int, ...], frozenset[int]]] = []
        self._ties: dict[int, list[tuple[int, int]]] = {}
        for one in self._placed:
            self._take_in(one.number, one.ruling)

    def _take_in(self, number: int, ruling: Ruling) -> None:
        line, other = ruling.line, ruling.other
        if ruling.kind == "article":
            for at, kind in ruling.lines:
                self._claim(at, {kind}, number, Remark("claimed_in_list", {"ruled": kind}))
            inner = tuple(at for at, kind in ruling.lines if kind in INNER)
            self._wholes.append((number, inner, frozenset(at for at, _ in ruling.lines)))
            self._links += [_Link(left, right, None, (number,)) for left, right in pairwise(inner)]
            for (one, _), (two, _) in pairwise(ruling.lines):
                self._tie(one, two, number)
        elif ruling.kind == "begins":
            self._claim(line, INNER | BEGINNINGS, number, Remark("claimed_to_begin"))
            self._begins.setdefault(line, number)
            if other is not None:
                self._claim(other, _ARTICLE, number, Remark("claimed_of_article"))
                self._tie(line, other, number)
        elif ruling.kind == "apart" and other is not None:
            self._apart.append((line, other, number))
        elif ruling.kind in ("join", "paragraph") and other is not None:
            kinds = {"body"} if ruling.kind == "join" else INNER
            for at in (line, other):
                self._claim(at, kinds, number, Remark("claimed_to_go_on", {"ruled": ruling.kind}))
            self._links.append(_Link(line, other, ruling.kind, (number,)))
            self._tie(line, other, number)
        else:
            self._claim(line, {ruling.kind}, number, Remark("claimed_kind", {"ruled": ruling.kind}))
            if other is not None and not SPAN_KINDS[ruling.kind].loose:
                self._claim(other, _ARTICLE, number, Remark("claimed_of_article"))
                self._tie(line, other, number)

    def _claim(self, line: int, kinds: frozenset[str] | set[str], number: int, words: Remark) -> None:
        self._claims.setdefault(line, []).append((frozenset(kinds), number, words))
        if len(kinds) == 1:
            self._kinds.setdefault(line, next(iter(kinds)))

    def _tie(self, one: int, other: int, number: int) -> None:
        self._ties.setdefault(one, []).append((other, number))
        self._ties.setdefault(other, []).append((one, number))

    def _name(self, line: int) -> str:
        return self._lines[line].bare[:_SHOWN]

    def _is_inner(self, line: int) -> bool:
        """Whether it is stated to be text, or a crosshead in it."""
        return any(kinds <= INNER for kinds, _, _ in self._claims.get(line, ()))

    def _is_crosshead(self, line: int) -> bool:
        return self._kinds.get(line, "body") in INNER - {"body"}

    def contradictions(self) -> Iterator[Contradiction]:
        found = [*self._same_lines(), *self._of_kinds()]
        # Without kinds that stand fast, nothing else can be said.
        yield from found or [*self._of_links(), *self._of_articles()]

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
        for line, claims in sorted(self._claims.items()):
            for (kinds, number, words), (others, other, otherwise) in combinations(claims, 2):
                if not kinds & others:
                    values = {"text": self._name(line), "here": otherwise, "there": words, "line": number}
                    yield Contradiction(other, Remark("of_two_kinds", values))

    def _of_links(self) -> Iterator[Contradiction]:
        text = [link for link in self._links if not any(map(self._is_crosshead, (link.left, link.right)))]
        steps = [link for link in self._links if any(map(self._is_crosshead, (link.left, link.right)))]
        yield from self._doubled(steps)
        after, before = {link.left: link for link in steps}, {link.right: link for link in steps}
        for begin in steps:
            if not self._is_crosshead(begin.left):
                text += self._through(begin, after)
        yield from self._doubled(text)
        joined = {link.left: link for link in text if link.kind == "join"}
        for left, link in joined.items():
            for step in {after.get(left), before.get(link.right)}:
                if step:
                    yield _both(Remark("crosshead_in_paragraph"), *link.numbers, *step.numbers)
        yield from self._circles(text)
        yield from self._circles(steps)
        follows = {(link.left, link.right): link for link in [*text, *steps]}
        for left, right, number in self._apart:
            if following := follows.get((left, right)):
                what = Remark("follows_and_not", {"left": self._name(left), "right": self._name(right)})
                yield _both(what, number, *following.numbers)
        for line, number in self._begins.items():
            if entering := next((link for link in [*text, *steps] if link.right == line), None):
                what = Remark("begins_and_follows", {"text": self._name(line), "left": self._name(entering.left)})
                yield _both(what, number, *entering.numbers)

    def _doubled(self, links: Sequence[_Link]) -> Iterator[Contradiction]:
        """Two lines that follow one, one that follows two, two that follow each other in two ways."""
        after: dict[int, _Link] = {}
        before: dict[int, _Link] = {}
        for link in links:
            earlier, known = after.setdefault(link.left, link), before.setdefault(link.right, link)
            left, right = self._name(link.left), self._name(link.right)
            if earlier.right != link.right:
                values = {"text": left, "one": self._name(earlier.right), "other": right}
                yield _both(Remark("goes_on_twice", values), *link.numbers, *earlier.numbers)
            elif known.left != link.left:
                values = {"text": right, "one": self._name(known.left), "other": left}
                yield _both(Remark("follows_two", values), *link.numbers, *known.numbers)
            elif earlier.kind and link.kind and earlier.kind != link.kind:
                values = {"text": right, "left": left, "one": earlier.kind, "other": link.kind}
                yield _both(Remark("follows_in_two_ways", values), *link.numbers, *earlier.numbers)
            elif earlier.kind is None:
                after[link.left] = before[link.right] = link

    def _through(self, begin: _Link, after: Mapping[int, _Link]) -> Iterator[_Link]:
        """That the text behind crossheads is a new paragraph after the text before them."""
        numbers, at = begin.numbers, begin.right
        for _ in range(len(after) + 1):
            if not self._is_crosshead(at):
                yield _Link(begin.left, at, "paragraph", numbers)
                return
            if at not in after:
                return
            numbers, at = (*numbers, *after[at].numbers), after[at].right

    def _circles(self, links: Sequence[_Link]) -> Iterator[Contradiction]:
        after = {link.left: link for link in links}
        done: set[int] = set()
        for begin in sorted(after):
            path: list[_Link] = []
            at = begin
            while at in after and at not in done:
                done.add(at)
                path.append(after[at])
                at = after[at].right
            lefts = [link.left for link in path]
            if at in lefts:
                circle = path[lefts.index(at) :]
                what = Remark("circle", {"text": self._name(at)})
                yield _both(what, *(number for link in circle for number in link.numbers))

    def _of_articles(self) -> Iterator[Contradiction]:
        for members in self._articles():
            begins = [line for line in members if line in self._begins]
            over = min((line for line in members if self._kinds.get(line) in HEADS), default=max(members) + 1)
            # What is no text must be a heading, and nothing stands above that with which an article begins.
            inner = [line for line in begins if self._is_inner(line) or (line not in self._kinds and over < line)]
            heads = [line for line in begins if self._kinds.get(line) in {*HEADS, "byline"}]
            for several in (inner, heads, begins if len(begins) > 2 else []):
                if len(several) > 1:
                    one, other = several[:2]
                    what = Remark("two_beginnings", {"one": self._name(one), "other": self._name(other)})
                    yield _both(what, self._begins[one], self._begins[other], *self._path(one, other))
                    break
            yield from self._of_headlines(members, heads)
            yield from self._of_whole(members, inner)

    def _of_headlines(self, members: Sequence[int], heads: Sequence[int]) -> Iterator[Contradiction]:
        """An article has one headline: its lines stand together; and none above that with which the article begins."""
        headlines = [line for line in members if self._kinds.get(line) == "headline"]
        texts = [line for line in self._claims if self._is_inner(line)]
        for one, other in pairwise(headlines):
            if any(one < line < other for line in texts):
                what = Remark("two_headlines", {"one": self._name(one), "other": self._name(other)})
                yield _both(what, *self._path(one, other))
        for head in heads:
            for line in members:
                if line < head and self._kinds.get(line) in HEADS:
                    what = Remark("above_beginning", {"text": self._name(head), "other": self._name(line)})
                    yield _both(what, self._begins[head], *self._path(line, head))

    def _of_whole(self, members: Sequence[int], begins: Sequence[int]) -> Iterator[Contradiction]:
        """An article whose lines are listed has no other text."""
        wholes = [whole for whole in self._wholes if whole[2] & {*members}]
        for (number, inner, _), (other, others, _) in combinations(wholes, 2):
            if inner != others:
                yield _both(Remark("two_lists"), number, other)
                return
        for number, inner, listed in wholes[:1]:
            for line in members:
                if (self._is_inner(line) or line in begins) and line not in inner:
                    what = Remark("not_in_list", {"text": self._name(line)})
                    yield _both(what, number, *self._path(line, min(listed)))
            for line in begins:
                if line in inner[1:]:
                    what = Remark("not_first_of_list", {"text": self._name(line)})
                    yield _both(what, self._begins[line], number)

    def _articles(self) -> Iterator[list[int]]:
        """The lines that are stated to be of one article, those of each in file order."""
        done: set[int] = set()
        for begin in sorted({*self._ties, *self._begins, *(line for _, _, listed in self._wholes for line in listed)}):
            if begin not in done:
                members = [begin]
                done.add(begin)
                for at in members:
                    new = [other for other, _ in self._ties.get(at, ()) if other not in done]
                    new = list(dict.fromkeys(new))
                    done.update(new)
                    members += new
                yield sorted(members)

    def _path(self, one: int, other: int) -> tuple[int, ...]:
        """The entries that tie two lines of an article together, as few as possible."""
        came: dict[int, tuple[int, int]] = {one: (one, 0)}
        left = deque([one])
        while left and other not in came:
            at = left.popleft()
            for after, number in self._ties.get(at, ()):
                if after not in came:
                    came[after] = (at, number)
                    left.append(after)
        numbers: list[int] = []
        while other != one:
            other, number = came[other]
            numbers.append(number)
        return tuple(dict.fromkeys(numbers))


def _both(what: Remark, *numbers: int) -> Contradiction:
    """The contradiction between the entries of these numbers, at the last of them."""
    number, *rest = sorted({*numbers}, reverse=True)
    if not rest:
        return Contradiction(number, Remark("by_itself", {"what": what}))
    return Contradiction(number, Remark("with_others", {"what": what, "lines": rest[::-1], "count": len(rest)}))
