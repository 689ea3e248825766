"""Offices as they are printed beside names: parts (市委副书记) and the chains that 、 makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from . import lexicons, places
from .grammar import Body
from .text import Text, is_han

_JOINERS = ("、兼任", "、兼", "兼任", "兼", "、", "暨", "和")
_LONGEST_GAP = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One office at text[start:end]; its title without the body is text[title_start:end].

    `body` is the printed body, `department` whether that is a bare one which belongs to the body before it,
    `place` a printed place or level that the title implies a body of (上海市市长).
    """

    start: int
    end: int
    title_start: int
    body: Body | None
    department: bool
    place: str
    title: str


@dataclass(frozen=True, slots=True)
class Role:
    """A chain of offices at text[start:end]."""

    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def collective(self) -> bool:
        """Whether only a list of people bears it (市领导)."""
        return self.parts[-1].title in lexicons.words("collective_titles.txt")


@cache
def _titles() -> lexicons.Phrases:
    return lexicons.Phrases(lexicons.words("titles.tsv") | lexicons.words("collective_titles.txt"))


def find(text: Text, bodies: Sequence[Body]) -> list[Role]:
    """All chains of offices in `text`, in order, whether or not a name stands beside them."""
    ends = {body.end: body for body in bodies}
    inside = {at for body in bodies for at in range(body.start, body.end)}
    chains: list[list[Part]] = []
    for start, end in _title_spans(text.plain, inside):
        part = _part(text, start, end, ends)
        if chains and _joined(text.plain, chains[-1][-1].end, part.start):
            chains[-1].append(part)
        else:
            chains.append([part])
    return [Role(chain[0].start, chain[-1].end, tuple(chain)) for chain in chains]


def _title_spans(text: str, inside: set[int]) -> list[tuple[int, int]]:
    titles, guards = _titles(), lexicons.phrases("title_guards.txt")
    starts = titles.starts()
    spans = []
    at = 0
    while at < len(text):
        end = titles.end(text, at) if text[at] in starts and at not in inside else at
        if end > at and guards.end(text, at) <= end:
            spans.append((at, end))
            at = end
        else:
            at = max(at + 1, guards.end(text, at) if end > at else at)
    return spans


def _joined(text: str, end: int, start: int) -> bool:
    return text[end:start] in _JOINERS


def _part(text: Text, start: int, end: int, ends: dict[int, Body]) -> Part:
    """The office whose title word stands at text[start:end], with what belongs to it on the left."""
    plain = text.plain
    title = plain[start:end]
    modified = start
    modifiers = lexicons.phrases("title_modifiers.txt")
    while modified not in ends and (step := modifiers.start(plain, modified)) < modified:
        modified = step
    for begin in (modified, start):
        if begin in ends:
            return Part(ends[begin].start, end, begin, ends[begin], False, "", title)
    department = _department(plain, modified)
    if department is not None:
        if department.start in ends:
            body = ends[department.start]
            template = body.inner + plain[department.start : department.end]
            whole = Body(body.start, department.end, body.rule, body.type, template, body.place, template)
            return Part(whole.start, end, modified, whole, False, "", title)
        return Part(department.start, end, modified, department, True, "", title)
    place_start = _place_start(plain, modified)
    if place_start < modified:
        return Part(place_start, end, modified, None, False, plain[place_start:modified], title)
    before = _across_gap(text, modified, ends)
    if before is not None:
        return Part(before.start, end, before.end, before, False, "", title)
    return Part(modified, end, modified, None, False, "", title)


def _department(text: str, end: int) -> Body | None:
    """A body without its place right before a title (组织部, 公安局)."""
    start = lexicons.phrases("departments.txt").start(text, end)
    if start == end:
        return None
    name = text[start:end]
    return Body(start, end, "department_in_role", _department_type(name), name, "", name)


def _department_type(name: str) -> str:
    heads = lexicons.phrases("heads.tsv")
    head = name[heads.start(name, len(name)) :]
    return lexicons.table("heads.tsv")[head][0] if head else "government"


def _place_start(text: str, end: int) -> int:
    for start in range(max(0, end - 12), end - 1):
        if places.end(text, start) == end or places.countries().end(text, start) == end:
            return start
    return end


def _across_gap(text: Text, end: int, ends: dict[int, Body]) -> Body | None:
    """The body before a unit that the office names too (华山医院|感染科|主任): between are words of names only."""
    breaks = lexicons.words("breaks.txt")
    at = end
    while end - at <= _LONGEST_GAP:
        if at in ends:
            return ends[at]
        word = next(
            (
                text.plain[at - n : at]
                for n in (5, 4, 3, 2, 1)
                if at - n >= 0 and at in text.ends and at - n in text.begins
            ),
            "",
        )
        if not word or word in breaks or not all(is_han(character) for character in word):
            return None
        at -= len(word)
    return None


def positions(role: Role) -> list[tuple[str, Body | None, str, Part]]:
    """(title, body, place, part) of each office in `role`; a bare department carries the body that stands before it."""
    found = []
    carried: Body | None = None
    for part in role.parts:
        body = part.body
        if body is not None and not part.department:
            carried = body
        found.append((part.title, body if not part.department else carried, part.place, part))
    return found


def implied(title: str) -> str:
    """The template of the body that an office implies by itself (市长 -> {}人民政府); '' for none."""
    return lexicons.table("titles.tsv").get(title, ("", ""))[0]


def level(title: str) -> str:
    """The level that a title begins with: 市 of 市长; '' where it names none."""
    return title[0] if title[0] in places.LEVELS else ""
