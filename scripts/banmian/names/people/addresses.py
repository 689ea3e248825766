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
    """The surnames and given names that stand alone, as one who acts or is addressed, for the one who bears them.

    That person is named in full earlier in the text; what two of its people bear names nobody.
    """
    inside = {at for person in people for at in range(person.start, person.end)}.union(taken)
    only: dict[str, Person] = {}
    for part, names in bearers(people).items():
        if len(names) == 1:
            only[part] = min((one for one in people if one.name in names), key=lambda one: one.start)
    return [
        Person(start, end, only[text.plain[start:end]].name, "surname", None, 1.0)
        for start, end in alone(text, only.keys())
        if start > only[text.plain[start:end]].start and start not in inside and stands_for_a_person(text, start, end)
    ]


def alone(text: Text, parts: Set[str]) -> list[tuple[int, int]]:
    """(start, end) wherever one of `parts` stands as a word, behind 老, or a given name as several words."""
    plain = text.plain
    familiar = {mark + part for part in parts for mark in lexicons.group("familiar")}
    called = [(start + 1, end) for start, end in text.each(familiar)]
    given = [
        (start, start + 2)
        for part in parts
        for start in (lexicons.offsets(plain, part) if len(part) == 2 and part[0] not in parts else ())
        if start in text.begins and start + 1 in text.ends and start + 2 in text.ends
    ]
    return sorted({*text.each(parts), *called, *given})


def stands_for_a_person(text: Text, start: int, end: int) -> bool:
    """Whether a part of a name stands for who bears it: it is addressed, or acts at the head of a clause.

    One that is a word must be addressed; a surname that no other word is stands for its bearer anywhere.
    """
    plain = text.plain
    if plain.startswith(lexicons.group("addressed"), end):
        return True
    part = plain[start:end]
    if part in lexicons.group("surname_words") or (len(part) > 1 and words.frequency(part) > 0):
        return False
    if plain[start - 1 : start] in lexicons.group("familiar") and start - 1 in text.begins:
        return not _begins_a_name(plain, start)
    if part in lexicons.group("surnames_only"):
        return not _begins_a_name(plain, start)
    begins = start == 0 or plain[start - 1] in CLAUSE_ENDS
    return begins and (word_follows(plain, end) or _speaks(plain, end) or _acts(text, end))


def _begins_a_name(plain: str, start: int) -> bool:
    """Whether the surname at `start` may begin a longer name, be of somebody unnamed (李某) or of a place (李村)."""
    end, lead = likelihood.best(plain, start, 0.0)
    others = ("masks", "addressed_alone", "place_followers")
    other = any(plain.startswith(lexicons.group(name), start + 1) for name in others)
    return other or (end > start and lead > 0)


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
