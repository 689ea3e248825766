"""Surnames with an office that mean one person: 刘书记 after 市委书记刘长河, and 周总理 for every reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from banmian import words

from .. import lexicons
from ..offices import Role
from ..text import CLAUSE_ENDS, Text
from . import likelihood
from .person import Person
from .shapes import word_follows

_FULL = (2, 3)
_LONGEST_GIVEN = 2


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


def bare(text: Text, people: Sequence[Person], taken: Set[int]) -> list[Person]:
    """The surnames that stand alone before what people do, or a form of address, for the one person who bears them.

    That person is named in full earlier in the text; a surname that two of its people bear names nobody.
    """
    inside = {at for person in people for at in range(person.start, person.end)}.union(taken)
    first: dict[str, Person] = {}
    shared: dict[str, set[str]] = {}
    for person in people:
        if len(person.name) in _FULL and likelihood.surname_lengths(person.name, 0):
            first.setdefault(person.name[0], person)
            shared.setdefault(person.name[0], set()).add(person.name)
    only = {surname: first[surname] for surname, names in shared.items() if len(names) == 1}
    return [
        Person(start, end, only[text.plain[start:end]].name, "surname", None, 1.0)
        for start, end in text.each(only.keys())
        if start > only[text.plain[start:end]].start and start not in inside and stands_for_a_person(text, start, end)
    ]


def stands_for_a_person(text: Text, start: int, end: int) -> bool:
    """Whether a surname is addressed, or begins a clause and acts in it; one that is a word must be addressed."""
    if text.plain.startswith(lexicons.group("addressed"), end):
        return True
    begins = start == 0 or text.plain[start - 1] in CLAUSE_ENDS
    word = text.plain[start:end] in lexicons.group("surname_words")
    return begins and not word and (word_follows(text.plain, end) or _speaks(text.plain, end) or _acts(text, end))


# The same names stand in article after article.
@lru_cache(maxsize=1 << 12)
def divided(name: str) -> tuple[str, str] | None:
    """Surname and given name of a Chinese name in full, '' for a given name of one character: it never stands alone.

    None for what is no such name.
    """
    length = next(iter(likelihood.surname_lengths(name, 0)), 0)
    given = name[length:]
    if not likelihood.like_chinese(name):
        return None
    return (name[:length], given if len(given) > 1 else "") if length and 1 <= len(given) <= _LONGEST_GIVEN else None


def bearers(people: Sequence[Person]) -> Mapping[str, frozenset[str]]:
    """Surname, or given name of two characters -> the names in full of those of `people` who bear it."""
    found: dict[str, set[str]] = {}
    for person in people:
        for part in divided(person.name) or () if person.end - person.start >= len(person.name) else ():
            found.setdefault(part, set()).add(person.name)
    return {part: frozenset(names) for part, names in found.items() if part}


def with_bearers(people: Sequence[Person], bearers: Mapping[str, Collection[str]]) -> Iterator[Person]:
    """The people, a surname or given name alone under the name in full of the only one who bears it.

    A surname alone that is nobody's, or that several bear, is left out: nobody is made up from a surname.
    """
    for person in people:
        names = bearers.get(person.name, ())
        if len(names) == 1:
            yield replace(person, name=next(iter(names)))
        elif len(person.name) > 1:
            yield person


def _acts(text: Text, at: int) -> bool:
    """Whether a verb of two characters or more starts at `at`: 蒋|负责."""
    word = text.forms[bisect_left(text.words, (at, at))] if at < len(text.plain) else ""
    return len(word) > 1 and words.flag(word) == "v"


def _speaks(plain: str, at: int) -> bool:
    return lexicons.phrases("statement_verbs.txt").end(plain, at) > at


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
