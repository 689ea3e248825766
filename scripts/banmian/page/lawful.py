"""A page that follows all that an editor decided, whatever the search found likelier.

The scores of rulings lead the search nearly always to such a page. Where they don't, its articles are changed: lines
that are of one article are brought together, with the columns that they belong to; lines that are of two are parted;
then the text of each is put into an order that keeps every link. Any statements that don't contradict each other
(seeds/contradictions.py) can be followed so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.decided_order import Places, ordered
from banmian.page.rulings import Group, Rulings
from banmian.words.span_kinds import HEADS, INNER

_FOLLOWS = 0.0
# How many lines are tried that may part two others.
_MOST_TRIED = 12


def lawful(reader: Reader, readings: Sequence[Reading]) -> list[Reading]:
    """The readings of a page, changed where they do not follow the rulings."""
    if not reader.links.rulings.decide:
        return list(readings)
    parts = _Parts(reader, readings)
    parts.bring_together()
    parts.expel()
    parts.put_between()
    found = [part for lines in parts.lines if lines for part in _arranged(reader, parts.reading(lines))]
    return sorted(found, key=lambda reading: min(line for line, _ in reading.kinds))


def read_anew(reader: Reader, readings: Sequence[Reading]) -> list[Reading]:
    """The articles of a search that knew of no rulings, with the lines of each read as the rulings have them."""
    return [_anew(reader, reading) for reading in readings]


def _anew(reader: Reader, reading: Reading) -> Reading:
    again = reader.read(tuple(line for line, _ in reading.kinds), thorough=True)
    if again:
        return again
    kinds = []
    for line, kind in reading.kinds:
        own = reader.kinds[line]
        kinds.append((line, kind if kind in own else max(own, key=lambda name: own[name])))
    text = {line for line, kind in kinds if kind == "body"}
    body = [line for line in reading.body if line in text]
    return reader.as_told(kinds, (*body, *sorted(text.difference(body))))


class _Parts:
    """The lines of a page, dealt out to articles."""

    def __init__(self, reader: Reader, readings: Sequence[Reading]) -> None:
        self._reader = reader
        self._rulings = reader.links.rulings
        self._read = {frozenset(line for line, _ in reading.kinds): reading for reading in readings}
        self._kinds = {line: kind for reading in readings for line, kind in reading.kinds}
        self._decided = frozenset[int]().union(*(group.lines for group in self._rulings.groups))
        self.lines = [set(lines) for lines in self._read]
        self._groups: list[list[Group]] = [[] for _ in self.lines]

    def bring_together(self) -> None:
        """Give each group of lines one article, the one that has most of them and may be theirs."""
        for group in sorted(self._rulings.groups, key=lambda group: (-len(group.lines), min(group.lines))):
            own = [(len(lines & group.lines), -at) for at, lines in enumerate(self.lines) if self._is_open(at, group)]
            most, at = max(own, default=(0, 0))
            if not most:
                at = -len(self.lines)
                self.lines.append(set())
                self._groups.append([])
            self._groups[-at].append(group)
            self._move(group, -at)

    def _is_open(self, at: int, group: Group) -> bool:
        return not any(group.is_apart(other) for other in self._groups[at])

    def _move(self, group: Group, at: int) -> None:
        """Bring the lines of a group to an article, and the columns that hang on them."""
        moved = set(group.lines - self.lines[at])
        for line in group.lines - self.lines[at] if group.text is None else ():
            moved |= self._column(line)
        for lines in self.lines:
            lines -= moved
        self.lines[at] |= moved

    def _column(self, line: int) -> set[int]:
        """Lines of which nothing is decided and that surely go with this one: text around it, headings above."""
        column = set()
        if self._kinds.get(line) == "body":
            if line not in self._rulings.next and line not in self._rulings.ends:
                column |= self._along(line, 1)
            if line not in self._rulings.before and line not in self._rulings.begins:
                column |= self._along(line, -1)
        above = line - 1
        while line in self._rulings.begins and self._kinds.get(above) in HEADS and above not in self._decided:
            column.add(above)
            above -= 1
        return column

    def _along(self, line: int, step: int) -> set[int]:
        column: set[int] = set()
        at = line + step
        while self._kinds.get(at) == "body" and at not in self._decided and self._holds(*sorted((at - step, at))):
            column.add(at)
            at += step
        return column

    def _holds(self, above: int, below: int) -> bool:
        links = self._reader.links
        return below not in links.leads and links.score(above, below, "next") > _FOLLOWS

    def expel(self) -> None:
        """Take out what can't stand in an article whose text is listed, and headings above the one that begins it."""
        for at, groups in enumerate(self._groups):
            for group in groups:
                free = self.lines[at] - self._decided
                if group.text is not None:
                    text = {line for line in free if self._kinds[line] in INNER}
                    over = self._over(text, free) if group.headlines else set()
                    self._expel(at, text | over, {line for line in over if line - 1 not in over})
                if group.head is not None:
                    heads = {line for line in free & self.lines[at] if self._kinds[line] in HEADS and line < group.head}
                    self._expel(at, heads)

    def _over(self, text: set[int], free: set[int]) -> set[int]:
        """The headings directly above text that leaves an article with another headline: they go with it."""
        over = {line - 1 for line in text if self._kinds.get(line - 1) in HEADS} & free
        while more := {line - 1 for line in over if self._kinds.get(line - 1) in HEADS} & free - over:
            over |= more
        return over

    def _expel(self, at: int, lines: set[int], begins: Collection[int] = ()) -> None:
        """To the articles that the lines above them are of, if these take anything in, else to one of their own.

        With each of `begins` an article begins.
        """
        for line in sorted(lines):
            self.lines[at].remove(line)
            above = next((number for number, part in enumerate(self.lines) if line - 1 in part), at)
            if (
                line in begins
                or above == at
                or any(group.text is not None or group.head is not None for group in self._groups[above])
            ):
                self.lines.append(set())
                self._groups.append([])
                above = len(self.lines) - 1
            self.lines[above].add(line)

    def put_between(self) -> None:
        """Bring text of other articles between lines that may not follow each other and have nothing else to part them.

        Of two lines of one article neither of which follows the other a third must be text.
        """
        for at, groups in enumerate(self._groups):
            listed = any(group.text is not None for group in groups)
            while groups and not listed and (pair := self._stuck(self.lines[at])):
                free = [line for line in self._kinds if self._may_part(line, at)]
                first, last = sorted(pair)
                nearest = sorted(free, key=lambda line: (max(first - line, line - last, 0), abs(line - first)))
                parting = [line for line in nearest[:_MOST_TRIED] if self._stuck(self.lines[at] | {line}) != pair]
                if not parting:
                    break
                for lines in self.lines:
                    lines.discard(parting[0])
                self.lines[at].add(parting[0])

    def _stuck(self, lines: set[int]) -> tuple[int, int] | None:
        """Two lines of a group that follow each other in every order of this article's text though they may not."""
        if not lines or not self._rulings.apart:
            return None
        reading = self.reading(lines)
        body = ordered(self._reader, reading.body)
        if _leaving(self._rulings, reading, body):
            return None
        return next((link for link in pairwise(body) if link in self._rulings.apart), None)

    def _may_part(self, line: int, at: int) -> bool:
        undecided = line not in self._decided and line not in self._rulings.kinds
        return undecided and line not in self.lines[at] and self._kinds[line] == "body"

    def reading(self, lines: set[int]) -> Reading:
        """These lines read as an article: as before where nothing moved, else anew, or else with the kinds they had."""
        before = self._read.get(frozenset(lines))
        if before:
            return before
        groups = [group for group in self._rulings.groups if group.lines <= lines]
        listed = any(group.text is not None or group.head is not None for group in groups)
        again = None if listed else self._reader.read(tuple(sorted(lines)), thorough=True)
        if again:
            return again
        kinds = [(line, self._kinds[line]) for line in sorted(lines)]
        return self._reader.as_told(kinds, tuple(line for line, kind in kinds if kind == "body"))


def _arranged(reader: Reader, reading: Reading) -> Iterator[Reading]:
    """The reading with its text in an order that follows the rulings; lines that can't stand in it are on their own."""
    rulings = reader.links.rulings
    body = ordered(reader, reading.body)
    leaving = _leaving(rulings, reading, body)
    if leaving:
        for part in (leaving, {line for line, _ in reading.kinds} - leaving):
            kinds = [(line, kind) for line, kind in reading.kinds if line in part]
            yield from _arranged(reader, reader.as_told(kinds, tuple(line for line in body if line in part)))
        return
    if body != reading.body:
        reading = reader.as_told(reading.kinds, body)
    places = Places(rulings, body, reading.joins)
    crossheads = [line for line, kind in sorted(reading.kinds) if kind == "crosshead"]
    strays = places.put(crossheads)
    if strays:
        yield from (reader.as_told([(line, "crosshead")], ()) for line in strays)
        kinds = [(line, kind) for line, kind in reading.kinds if line not in strays]
        yield from _arranged(reader, reader.as_told(kinds, body)) if kinds else ()
    else:
        yield replace(reading, joins=places.joins, crossheads=places.crossheads())


def _leaving(rulings: Rulings, reading: Reading, body: Sequence[int]) -> set[int]:
    """The lines of a group that must leave, since no order of this text follows what is decided; empty if none."""
    lines = {line for line, _ in reading.kinds}
    for left, right in pairwise(body):
        if (left, right) in rulings.apart:
            for one, other in ((right, left), (left, right)):
                own = next((group.lines & lines for group in rulings.groups if one in group.lines), frozenset((one,)))
                if other not in own:
                    return set(own)
    return set()
