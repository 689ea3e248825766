"""Offices that a verb gives to people: 张三任市长, 李四、王五当选副主席, 甲、乙分别任组长、副组长."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import lexicons
from ..offices import Office, Role
from ..text import Text
from .person import Person


def with_offices(text: Text, people: Sequence[Person], roles: Sequence[Role]) -> list[Person]:
    """The people, each with the offices that the verb after the name, or after the list it ends, gives.

    分别 deals the offices out in order; where their number is not that of the people, nobody gets one.
    """
    starts = {role.start: role for role in roles}
    given = list(people)
    first = 0
    while first < len(people):
        last = first
        while last + 1 < len(people) and _joined(text, people[last], people[last + 1]):
            last += 1
        offices, each = _appointed(text, people[last].end, starts)
        group = range(first, last + 1)
        if each and len(offices) == len(group):
            for index, office in zip(group, offices, strict=True):
                given[index] = replace(people[index], held=(office,))
        elif offices and not each:
            for index in group:
                given[index] = replace(people[index], held=offices)
        first = last + 1
    return given


def _joined(text: Text, person: Person, following: Person) -> bool:
    begin = following.start
    if following.role is not None and person.end <= following.role.start < following.start:
        begin = following.role.start
    between = text.plain[person.end : begin]
    return between in ("、", *lexicons.group("name_joiners"))


def _appointed(text: Text, at: int, starts: dict[int, Role]) -> tuple[tuple[Office, ...], bool]:
    """(offices after the verb at `at`, whether 分别 deals them out)."""
    plain = text.plain
    each = False
    for word in lexicons.group("dealing_out"):
        if plain.startswith(word, at):
            at, each = at + len(word), True
            break
    end = lexicons.phrases("appointing_verbs.txt").end(plain, at)
    role = starts.get(end)
    return (role.offices, each) if end > at and role is not None else ((), each)
