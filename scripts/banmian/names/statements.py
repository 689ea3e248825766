"""Reported speech: what a speaker is said to have said, from the verb to the end of the paragraph or to a new voice."""

from __future__ import annotations

from collections.abc import Sequence

from . import lexicons
from .people import Person
from .text import CLAUSE_ENDS, SENTENCE_ENDS, Text

_LONGEST_LEAD = 40


def extent(text: Text, people: Sequence[Person], index: int) -> tuple[int, int] | None:
    """(start, end) of what the speaker people[index] says; None where no verb of speech and no mark after it is found.

    It ends with the paragraph, before a sentence that another person or the reporter's narration begins.
    """
    start = _start(text, people[index])
    if start is None:
        return None
    end = text.plain.find("\n", start)
    end = len(text.plain) if end < 0 else end
    starts = {_begin(person) for person in people}
    narration = lexicons.phrases("narration.txt")
    at = start
    while at < end:
        if text.plain[at] in SENTENCE_ENDS:
            following = at + 1
            while following < end and text.plain[following] in "”’)":
                following += 1
            if following in starts or narration.end(text.plain, following) > following:
                return start, following
        at += 1
    return (start, end) if end > start else None


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
