"""A person whom a text names, and how a name is read that may begin at a place of it."""

from __future__ import annotations

import math
from collections.abc import Collection, Set
from dataclasses import dataclass

from .. import lexicons
from ..offices import Office, Role
from ..text import Text, is_han
from . import likelihood
from .shapes import dotted_end, famous_end, is_no_name, reign_end, spaced_end, word_follows

# The lead of what is a name for other reasons than its characters.
SURE = 20.0
# Log odds that a name stands before a mark, or before a verb.
CLOSED, _FOLLOWED = 3.5, 2.0


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name at text[start:end]; `name` is its form without spaces, `role` the office that touches it.

    `held` are the offices that a verb after the name gives (张三任市长).
    """

    start: int
    end: int
    name: str
    rule: str
    role: Role | None
    lead: float
    part: str | None = None
    held: tuple[Office, ...] = ()


def made(text: Text, start: int, end: int, rule: str, role: Role | None, lead: float) -> Person:
    """The person named at text[start:end]."""
    return Person(start, end, text.plain[start:end].replace(" ", ""), rule, role, lead)


def without_overlaps(people: Collection[Person]) -> list[Person]:
    """The people in order; where two overlap, the one with a role stays, else the longer one."""
    kept: list[Person] = []
    taken: set[int] = set()
    for person in sorted(people, key=lambda person: (person.role is None, person.start - person.end, person.start)):
        if person.start not in taken and person.end - 1 not in taken:
            taken.update(range(person.start, person.end))
            kept.append(person)
    return sorted(kept, key=lambda person: person.start)


def name_at(text: Text, start: int, prior: float, taken: Set[int]) -> tuple[int, float]:
    """(end, lead) of the best name at `start`, spaced (陈 杰), dotted or plain; (start, ..) for none."""
    plain = text.plain
    sure = famous_end(plain, start)
    if sure == start:
        sure = dotted_end(plain, start)
    if sure > start:
        return (start, 0.0) if not taken.isdisjoint(range(start, sure)) else (sure, SURE)
    end, lead = _best(plain, start, prior)
    spaced = spaced_end(plain, start)
    if spaced > start and end - start < 2 and start not in taken and spaced - 1 not in taken:
        return spaced, prior
    if lead <= 0 or not taken.isdisjoint(range(start, end)) or is_no_name(plain[start:end]):
        return start, lead
    return end if likelihood.like_chinese(plain[start:end]) else reign_end(plain, end), lead


def _best(plain: str, start: int, prior: float) -> tuple[int, float]:
    """(end, lead) of the best name at `start`: likelier with a mark or a verb after it than cut from words."""
    found = [(start, -math.inf)]
    for end, lead in likelihood.readings(plain, start):
        closed = end == len(plain) or not is_han(plain[end])
        bonus = CLOSED if closed else _FOLLOWED if _verb_of_people(plain, end) else 0.0
        found.append((end, lead + prior + bonus))
    return max(found, key=lambda reading: (reading[1], -reading[0]))


def _verb_of_people(plain: str, at: int) -> bool:
    return lexicons.phrases("statement_verbs.txt").end(plain, at) > at or word_follows(plain, at)
