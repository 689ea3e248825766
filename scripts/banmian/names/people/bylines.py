"""Names in bylines and photo credits: 本报记者 张三 李四, 通讯员王五, 赵六 摄, and the bare name under a comment."""

from __future__ import annotations

import re

from .. import lexicons
from ..offices import Office, Role
from ..text import Text, is_han
from . import likelihood
from .find import Person
from .shapes import dotted_end

_SEPARATORS = re.compile(r"[ 、,/;:|()\[\]\n]+")
# Signatures that are no person's name.
_LONGEST_NAME = 4


def find(text: Text) -> list[Person]:
    """The names of a byline, with the designation before (or, for 摄 and 文, after) them as role."""
    items = _items(text.plain)
    kinds = lexicons.table("designations.txt")
    found: list[Person] = []
    designation: tuple[int, int] | None = None
    for start, end in items:
        word = text.plain[start:end]
        if word in kinds:
            designation = (start, end)
            found = [
                _designated(person, text, designation) if _wants(person, end, word) else person for person in found
            ]
        else:
            found += _names(text, start, end, designation)
    return found


def _items(plain: str) -> list[tuple[int, int]]:
    """The designations and the runs between them, without separators."""
    designations = lexicons.phrases("designations.txt")
    items = []
    at = start = 0
    while at <= len(plain):
        end = designations.end(plain, at) if at < len(plain) else at
        if at == len(plain) or (end > at and _stands_alone(plain, at, end)):
            items += _runs(plain, start, at)
            if end > at:
                items.append((at, end))
            start = at = max(end, at + 1)
        else:
            at += 1
    return items


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Whether the designation is none by accident: 文 only between marks, 摄 also right after a name."""
    if plain[start:end] not in lexicons.group("lone_designations"):
        return True
    before, after = plain[start - 1 : start], plain[end : end + 1]
    alone = not (after and is_han(after))
    return alone and (
        end - start > 1 or plain[start:end] in lexicons.group("after_names") or not (before and is_han(before))
    )


def _runs(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """plain[start:end] divided at separators; two single characters with one space between stay together."""
    runs: list[tuple[int, int]] = []
    at = start
    for mark in [*_SEPARATORS.finditer(plain, start, end), None]:
        stop = mark.start() if mark else end
        if stop > at:
            single = stop - at == 1 and runs and runs[-1][1] == at - 1 and runs[-1][1] - runs[-1][0] == 1
            if single and plain[at - 1] == " ":
                runs[-1] = (runs[-1][0], stop)
            else:
                runs.append((at, stop))
        at = mark.end() if mark else end
    return runs


def _wants(person: Person, end: int, word: str) -> bool:
    """Whether a designation that ends at `end` belongs to the name before it (张三 摄)."""
    return person.role is None and len(word) <= 3 and end - len(word) - person.end <= 1


def _designated(person: Person, text: Text, span: tuple[int, int]) -> Person:
    return Person(person.start, person.end, person.name, person.rule, _role(text, span), person.lead, _part(text, span))


def _role(text: Text, span: tuple[int, int]) -> Role:
    word = text.plain[slice(*span)]
    return Role(*span, (Office(*span, span[0], None, False, "", word),))


def _part(text: Text, span: tuple[int, int]) -> str:
    return lexicons.table("designations.txt")[text.plain[slice(*span)]][0]


def _names(text: Text, start: int, end: int, designation: tuple[int, int] | None) -> list[Person]:
    role = _role(text, designation) if designation else None
    part = _part(text, designation) if designation else "author"
    rule = "byline" if designation else "bare_byline"
    found = []
    while start < end:
        stop = _name_end(text.plain, start, end)
        if stop == start:
            break
        name = text.plain[start:stop].replace(" ", "")
        found.append(Person(start, stop, name, rule, role, 5.0, part))
        start = stop
    return found


def _name_end(plain: str, start: int, end: int) -> int:
    if (dotted := dotted_end(plain[:end], start)) > start:
        return dotted
    name = plain[start:end].replace(" ", "")
    if not all(is_han(character) for character in name):
        return start
    if 2 <= len(name) <= 3 or (len(name) == _LONGEST_NAME and 2 in likelihood.surname_lengths(name, 0)):
        return end
    if len(name) > _LONGEST_NAME or not likelihood.surname_lengths(name, 0):
        # Names run together (张三李四): each must look like one.
        best, lead = likelihood.best(plain[:end], start, 3.0)
        return best if lead > 0 else start
    best, lead = likelihood.best(plain[:end], start, 3.0)
    return best if lead > 0 else end
