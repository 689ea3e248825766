"""Surnames with an office that mean one person: 刘书记 after 市委书记刘长河, and 周总理 for every reader."""

from __future__ import annotations

from collections.abc import Sequence

from .. import lexicons
from ..offices import Role
from ..text import Text
from . import likelihood
from .find import Person


def find(text: Text, people: Sequence[Person], roles: Sequence[Role]) -> list[Person]:
    """The surnames before an office, each as the one of `people` who bears both; none where that is nobody or several.

    Nobody is made up from a surname: 李书记 in a text that names no 李 with that office stays unmarked.
    """
    inside = {at for person in people for at in range(person.start, person.end)}
    bearers = _bearers(people)
    found = []
    for role in roles:
        first = role.offices[0]
        if text.plain.startswith(lexicons.group("eponyms"), first.end) or first.start != first.title_start:
            continue
        for start in (first.start - 2, first.start - 1):
            if start < 0 or not inside.isdisjoint(range(start, first.start)):
                continue
            name = _bearer(text.plain[start : first.start], first.title, bearers)
            if name and start in text.begins:
                only = Role(first.start, first.end, (first,))
                found.append(Person(start, first.start, name, "surname_and_office", only, 1.0))
                break
    return found


def _bearers(people: Sequence[Person]) -> dict[tuple[str, str], set[str]]:
    """(surname, office) -> names. A deputy is addressed as the chief: each end of a title stands for it."""
    bearers: dict[tuple[str, str], set[str]] = {}
    for person in people:
        for length in likelihood.surname_lengths(person.name, 0):
            for office in person.role.offices if person.role is not None and len(person.name) > length else ():
                for start in range(len(office.title) - 1):
                    bearers.setdefault((person.name[:length], office.title[start:]), set()).add(person.name)
    return bearers


def _bearer(surname: str, title: str, bearers: dict[tuple[str, str], set[str]]) -> str:
    """The name of the only person with that surname and office; '' where there is none or more than one."""
    names = bearers.get((surname, title), set())
    if len(names) == 1:
        return next(iter(names))
    renowned = lexicons.table("renowned_addresses.tsv").get(surname + title)
    return renowned[0] if renowned and not names else ""
