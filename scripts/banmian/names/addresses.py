"""Surnames with an office that mean one person: 刘书记 after 市委书记刘长河, and 周总理 for every reader."""

from __future__ import annotations

from collections.abc import Sequence

from . import given, lexicons
from .offices import Role
from .people import Person
from .text import Text


def find(text: Text, people: Sequence[Person], roles: Sequence[Role]) -> list[Person]:
    """The surnames before an office, each as the one of `people` who bears both; none where that is nobody or several.

    Nobody is made up from a surname: 李书记 in a text that names no 李 with that office stays unmarked.
    """
    inside = {at for person in people for at in range(person.start, person.end)}
    found = []
    for role in roles:
        first = role.parts[0]
        if text.plain.startswith(lexicons.group("eponyms"), first.end):
            continue
        lengths = (length for length in (2, 1) if first.start >= length and first.start == first.title_start)
        for length in lengths:
            start = first.start - length
            if not inside.isdisjoint(range(start, first.start)) or not _stands_alone(text, start, first.start):
                continue
            name = _bearer(text.plain[start : first.start], first.title, people)
            if name:
                only = Role(first.start, first.end, (first,))
                found.append(Person(start, first.start, name, "surname_and_office", only, 1.0))
                break
    return found


def _stands_alone(text: Text, start: int, end: int) -> bool:
    """Whether text[start:end] is a surname and no end of a longer word or name."""
    surname = text.plain[start:end]
    return start in text.begins and end - start in given.surname_lengths(surname, 0)


def _bearer(surname: str, title: str, people: Sequence[Person]) -> str:
    """The name of the only person with that surname and office; '' where there is none or more than one."""
    renowned = lexicons.table("renowned_addresses.tsv").get(surname + title)
    own = {person.name for person in people if person.name.startswith(surname) and len(person.name) > len(surname)}
    bearing = {
        person.name
        for person in people
        if person.name in own and person.role is not None and _bears(person.role, title)
    }
    if len(bearing) == 1:
        return bearing.pop()
    return renowned[0] if renowned and not bearing else ""


def _bears(role: Role, title: str) -> bool:
    """Whether one of the offices is addressed as `title`: a deputy is addressed as the chief (副市长 as 市长)."""
    return any(part.title == title or part.title.endswith(title) for part in role.parts)
