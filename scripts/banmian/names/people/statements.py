"""Reported speech: what a speaker is said to have said, from the verb to the end of the paragraph or to a new voice."""

from __future__ import annotations

from collections.abc import Sequence

from .. import lexicons
from ..text import CLAUSE_ENDS, SENTENCE_ENDS, Text
from .person import Person

_LONGEST_LEAD = 40
_CLOSING = frozenset("”’)")


def find(text: Text, people: Sequence[Person], parts: Sequence[str]) -> list[tuple[int, int] | None]:
    """(start, end) of what each of the people says; None where one is no speaker or no verb of speech is found.

    It ends with the paragraph, or before a sentence that another person or the reporter's narration begins, or before
    a clause that another speaker begins.
    """
    people_start = {_begin(person) for person in people}
    speakers_start = {_begin(person) for person, part in zip(people, parts, strict=True) if part == "speaker"}
    found: list[tuple[int, int] | None] = []
    for person, part in zip(people, parts, strict=True):
        start = _start(text, person) if part == "speaker" else None
        end = _end(text.plain, start, people_start, speakers_start) if start is not None else 0
        found.append((start, end) if start is not None and end > start else None)
    return found


def _end(plain: str, start: int, people_start: set[int], speakers_start: set[int]) -> int:
    narration = lexicons.phrases("narration.txt")
    at = start
    while at < len(plain) and plain[at] != "\n":
        if plain[at] in CLAUSE_ENDS:
            following = at + 1
            while plain[following : following + 1] in _CLOSING and following < len(plain):
                following += 1
            sentence = plain[at] in SENTENCE_ENDS
            if sentence and (following in people_start or narration.end(plain, following) > following):
                return following
            if following in speakers_start:
                return following
        at += 1
    return at


def _begin(person: Person) -> int:
    return person.role.start if person.role is not None and person.role.start < person.start else person.start


def _start(text: Text, person: Person) -> int | None:
    """Where the speech begins: after the verb and its comma or colon, in the sentence of the name."""
    verbs = lexicons.phrases("statement_verbs.txt")
    at = person.end
    while at < len(text.plain) and at - person.end < _LONGEST_LEAD and text.plain[at] not in SENTENCE_ENDS:
        end = verbs.end(text.plain, at) if at in text.begins else at
        if end > at and text.plain[end : end + 1] in (",", ":", "“"):
            return end if text.plain[end] == "“" else end + 1
        if end > at and at == person.end and text.plain[end : end + 1] not in CLAUSE_ENDS:
            return end
        at += 1
    return None
