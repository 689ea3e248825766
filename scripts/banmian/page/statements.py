"""From what an editor stated, by offsets of the source, to what it says of a page's units, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from banmian.page.forms import Part
from banmian.page.kinds import kinds_of
from banmian.page.marks import Unit
from banmian.page.rulings import Group, Rulings, Run
from banmian.records import Ruling
from banmian.words.characters import half_width
from banmian.words.span_kinds import FOLLOWING, HEADS, INNER, LINKS, SPAN_KINDS
from banmian.words.stated import Stated, is_kind, text_of, ties_of

_WHOLE = frozenset({"byline", *(name for name, kind in SPAN_KINDS.items() if kind.apart)})


def line_at(units: Sequence[Unit], offset: int) -> int | None:
    """The number of the unit that stands at this offset of the source."""
    return next((at for at, unit in enumerate(units) if unit.stands_at(offset)), None)


def with_kinds(units: Sequence[Unit], rulings: Sequence[Ruling]) -> list[Unit]:
    """The units with the form that rulings give their lines."""
    kinds, members = _kinds(units, rulings), _members(units, rulings)
    found = []
    for at, unit in enumerate(units):
        form = SPAN_KINDS.get(unit.whole or "")
        if at in kinds:
            unit = _of_kind(unit, kinds[at])
        elif at in members and ((form and not form.heading) or not _is_printed(unit)):
            unit = replace(_in_one(unit), whole=None)
        found.append(unit)
    return found


def stated_lines(units: Sequence[Unit], rulings: Sequence[Ruling]) -> frozenset[int]:
    """Where the lines begin whose form is decided."""
    return frozenset(units[at].line.start for at in (*_kinds(units, rulings), *_members(units, rulings)))


def _members(units: Sequence[Unit], rulings: Sequence[Ruling]) -> frozenset[int]:
    """The lines that an article begins with, or that another one is of the same article as."""
    offsets = [r.line for r in rulings if r.kind == "begins"]
    offsets += [other for ruling in rulings for _, other in ties_of(ruling)]
    return frozenset(at for offset in offsets if (at := line_at(units, offset)) is not None)


def _of_kind(unit: Unit, kind: str) -> Unit:
    if kind == "table":
        # Its marks are the table's own.
        whole_line = (Part("content", 0, len(unit.line.text)),)
        unit = replace(unit, parts=whole_line, text=unit.line.text, level=0, bold=False, dateline="")
    elif kind != "body" or not _is_printed(unit):
        unit = _in_one(unit)
    if kind == "body":
        unit = replace(unit, level=0, bold=False)
    return replace(unit, whole=kind if kind in _WHOLE else None)


def _is_printed(unit: Unit) -> bool:
    """Whether anything of it is read: of some lines all is a mark (a picture without words, a rule) or blank."""
    return bool(unit.text.strip()) and any(part.kind not in ("markup", "blank") for part in unit.parts)


def _in_one(unit: Unit) -> Unit:
    """The unit with all between its marks as its content: no part of it is a dateline, byline or jump."""
    parts, text = unit.parts, half_width(unit.line.text)
    printed = _is_printed(unit)
    if printed and all(part.kind in ("markup", "blank", "content") for part in parts):
        return unit
    first, last = 0, len(text)
    if printed:
        first = parts[0].end if parts[0].kind == "markup" and not text[: parts[0].end].strip("#* ") else 0
        last = parts[-1].start if parts[-1].kind == "markup" and not text[parts[-1].start :].strip("* ") else last
    marks = [Part("markup", 0, first), Part("content", first, last), Part("markup", last, len(text))]
    kept = tuple(part for part in marks if part.start < part.end)
    return replace(unit, parts=kept, text=text[first:last], dateline="")


def _kinds(units: Sequence[Unit], rulings: Sequence[Ruling]) -> dict[int, str]:
    """What each line is as rulings have it."""
    kinds = _stated(units, rulings).kinds
    return {line: kind for line, kind in kinds.items() if line >= 0}


def _stated(units: Sequence[Unit], rulings: Sequence[Ruling]) -> Stated:
    """What the rulings come to, by numbers of units; lines that are none of these are known by -1 less their offset."""

    def at(offset: int) -> int:
        found = line_at(units, offset)
        return -1 - offset if found is None else found

    def placed(ruling: Ruling) -> Ruling:
        other = None if ruling.other is None else at(ruling.other)
        return replace(ruling, line=at(ruling.line), other=other, lines=tuple((at(o), k) for o, k in ruling.lines))

    return Stated([placed(ruling) for ruling in rulings], lambda line: line >= 0 and units[line].level > 0)


def rulings_of(units: Sequence[Unit], rulings: Sequence[Ruling]) -> Rulings:
    """The rulings on these units, which are those that the search sees."""
    return _Statements(units, rulings).rulings() if rulings else Rulings()


class _Statements:
    """Works the rulings out for the search."""

    def __init__(self, units: Sequence[Unit], rulings: Sequence[Ruling]) -> None:
        self._units = units
        self._stated = _stated(units, rulings)
        self._kinds = {line: kind for line, kind in self._stated.kinds.items() if line >= 0}
        self._headings: set[int] = set()

    def rulings(self) -> Rulings:
        groups = [self._group(members) for members in self._stated.articles() if max(members) >= 0]
        text, steps = self._stated.following()
        following: dict[int, tuple[int, bool | None]] = {}
        for link in text:
            if link.left != link.right and (link.kind or link.left not in following):
                following[link.left] = link.right, link.kind == "join" if link.kind else None
        runs = tuple(self._runs({link.left: link.right for link in steps}, {group.first for group in groups}))
        homes = {-1 - line: max(g.lines) for g in groups for line in g.lines if line < 0 <= max(g.lines)}
        seen = [replace(group, lines=frozenset(line for line in group.lines if line >= 0)) for group in groups]
        return Rulings(
            next=following,
            apart=self._apart(runs),
            kinds=self._kinds,
            headings=frozenset(self._headings),
            together=frozenset((tie.one, tie.other) for tie in self._stated.ties if min(tie.one, tie.other) >= 0),
            groups=tuple(group for group in seen if group.lines),
            runs=runs,
            homes=homes,
        )

    def _group(self, members: frozenset[int]) -> Group:
        text = None
        for ruling in self._stated.rulings:
            if members.intersection(line for line, _ in ruling.lines):
                text = tuple(dict.fromkeys(text_of(ruling)))
        first, head = self._beginning(members, text is not None)
        for line in sorted(line for line in members if line >= 0 and line not in self._kinds):
            if head is not None and line < head:
                self._kinds[line] = "body" if text is None else "byline"
            elif text is not None:
                self._headings.add(line)
        kinds = {line: self._kinds[line] for line in members if line in self._kinds}
        outer = frozenset(line for line, kind in kinds.items() if kind not in INNER) | (self._headings & members)
        heads = frozenset(line for line in members if line >= 0 and kinds.get(line, "headline") in HEADS)
        headlines = len(members) > 1 and "headline" in kinds.values()
        return Group(members, outer, heads, headlines, text[0] if text else first, head, text)

    def _beginning(self, members: frozenset[int], listed: bool) -> tuple[int | None, int | None]:
        """The text and the heading with which an article begins; of lines whose kind is not stated it is settled."""
        begins = sorted(self._stated.begins.keys() & members)
        first = next((line for line in begins if self._kinds.get(line) in INNER), None)
        head = next((line for line in begins if self._kinds.get(line, "body") not in INNER), None)
        over = min((line for line in members if self._kinds.get(line) in HEADS), default=len(self._units))
        for line in begins:
            if line not in self._kinds and line not in (first, head):
                is_text = head is not None or over < line or not self._looks_like_heading(line)
                if first is None and is_text and not listed:
                    first, self._kinds[line] = line, "body"
                elif head is None:
                    head = line
                    self._headings.add(line)
        return first, head

    def _looks_like_heading(self, line: int) -> bool:
        """Whether it does; a line that the search does not see is none."""
        if line < 0:
            return False
        kinds = kinds_of(self._units[line])
        return SPAN_KINDS[max(kinds, key=lambda kind: kinds[kind])].heading

    def _apart(self, runs: Sequence[Run]) -> frozenset[tuple[int, int]]:
        """What does not follow what; and what then does not follow it behind crossheads, or before them."""
        apart = {(r.line, r.other) for r in self._stated.rulings if r.kind == "apart" and r.other is not None}
        for left, right in tuple(apart):
            apart |= {(run.after, right) for run in runs if left in run.lines and run.after is not None}
            apart |= {(left, run.before) for run in runs if right in run.lines and run.before is not None}
        return frozenset(apart)

    def _runs(self, steps: Mapping[int, int], firsts: set[int | None]) -> Iterator[Run]:
        before = {right: left for left, right in steps.items()}
        crossheads = [line for line in {*steps, *before, *firsts} if line is not None]
        for line in sorted(one for one in crossheads if self._kinds.get(one) == "crosshead"):
            if self._kinds.get(before.get(line, -1)) != "crosshead":
                run = [line]
                while self._kinds.get(steps.get(run[-1], -1)) == "crosshead":
                    run.append(steps[run[-1]])
                yield Run(tuple(run), before.get(line), steps.get(run[-1]), line in firsts)


def stated_ends(units: Sequence[Unit], rulings: Sequence[Ruling]) -> frozenset[int]:
    """The units after which an editor's word counts, not how the page is set: where what it is about begins or ends."""
    begin: set[int | None] = set()
    end: set[int | None] = set()
    following: dict[int | None, int | None] = {}
    for ruling in rulings:
        line, other = line_at(units, ruling.line), line_at(units, ruling.other) if ruling.other is not None else None
        if ruling.kind in LINKS:
            end.add(line)
            begin.add(other)
            following |= {line: other} if ruling.kind in FOLLOWING else {}
        elif ruling.kind == "begins":
            begin.add(line)
        elif is_kind(ruling) and ruling.kind != "body":
            begin.add(line)
            end.add(line)
        listed = [(line_at(units, offset), kind) for offset, kind in ruling.lines]
        for (one, kind), (two, after) in pairwise([(None, ""), *listed, (None, "")]):
            if kind != "body" or after != "body" or one is None or two != one + 1:
                end.add(one)
                begin.add(two)
                following |= {one: two} if kind in INNER and after in INNER else {}
    alone = _no_text_of_lists(units, rulings)
    begin, end = begin | alone, end | alone
    held = {line for line in (*end, *(one - 1 for one in begin if one is not None)) if line is not None}
    return frozenset(held | set(_cuts(following, held)))


def stated_strangers(units: Sequence[Unit], rulings: Sequence[Ruling]) -> Iterator[tuple[int, int]]:
    """Lines about which something is stated, one after the other, that are not stated to be of one article."""
    articles = _stated(units, rulings).articles() if rulings else []
    homes = {line: at for at, members in enumerate(articles) for line in members if line >= 0}
    for above, below in pairwise(sorted(homes)):
        if homes[above] != homes[below]:
            yield above, below


def _no_text_of_lists(units: Sequence[Unit], rulings: Sequence[Ruling]) -> frozenset[int]:
    """The lines of articles with a list that the list lacks: they are no text, whatever stands beside them."""
    listed = frozenset(line_at(units, offset) for ruling in rulings for offset, _ in ruling.lines)
    articles = _stated(units, rulings).articles() if listed else []
    return frozenset[int]().union(*(members - listed for members in articles if members & listed))


def _cuts(following: Mapping[int | None, int | None], held: set[int]) -> Iterator[int]:
    """Where text must not go on by itself, since with what is decided it would come back to where it began."""
    cut: set[int] = set()
    for left, right in following.items():
        if left is not None and right is not None and right <= left:
            at: int | None = right
            seen: set[int] = set()
            while at is not None and at not in seen and at != left:
                seen.add(at)
                at = following.get(at, None if at in held | cut or at > left else at + 1)
            by_itself = next((line for line in sorted(seen) if line not in following), None)
            if at == left and by_itself is not None:
                cut.add(by_itself)
                yield by_itself
