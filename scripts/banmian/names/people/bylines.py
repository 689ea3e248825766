"""Names in bylines and photo credits: 本报记者 张三 李四, 通讯员王五, 赵六 摄, and the bare name under a comment.

They have a field of their own, or stand in the text: behind a dateline (电(张三李四)), in brackets, as a line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Set
from dataclasses import replace

from banmian import words

from .. import lexicons
from ..offices import Office, Role
from ..text import Text, all_han, is_han
from . import likelihood
from .person import Person
from .shapes import dotted_end, dotted_letters

_SEPARATORS = re.compile(r"[ 、,/;:|丨()\[\]\n]+")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】\n]{2,60})[)\]】]")
# A line, or what is left of it after a sentence.
_LINES = re.compile(r"(?:^|(?<=[。!?”)\]】]))([^\n。,;!?“”]{3,80})$", re.MULTILINE)
# Signatures that are no person's name.
_LONGEST_NAME = 4
# What stands in a text after a dateline, or after a designation, is names unless words are so much likelier.
_MARGIN = 4.0
_USUAL_WORD, _VERY_USUAL_WORD = 100, 2000
_WESTERN = -22.0
_MARKS = frozenset(",。:“”《》")
# What closes the names of those who sign, and how long they may run together.
_CLOSERS, _LONGEST_RUN = frozenset(")]/;|、 \n"), 14


def find(text: Text) -> list[Person]:
    """The names of a byline, with the designation before (or, for 摄 and 文, after) them as role."""
    return _signed(text, 0, len(text.plain))


def _signed(text: Text, first: int, last: int) -> list[Person]:
    items = _items(text.plain, first, last)
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


def credits(text: Text, taken: Set[int]) -> list[Person]:
    """The names of such lines and brackets in the midst of a text, none at an offset in `taken` (organizations)."""
    found = []
    for start, end in _credits(text.plain):
        for person in _signed(text, start, end):
            if taken.isdisjoint(range(person.start, person.end)):
                found.append(replace(person, role=None))
    return found


def _credits(plain: str) -> list[tuple[int, int]]:
    """The brackets after a dateline or with a designation at their head, and lines, or ends of them, all of credits."""
    spans = []
    for match in _BRACKETS.finditer(plain):
        dated = plain.endswith(lexicons.group("datelines"), 0, match.start()) and _MARKS.isdisjoint(match[1])
        if dated or _is_designated(plain, match.start(1)):
            spans.append(match.span(1))
        elif _MARKS.isdisjoint(match[1]):
            spans += [(start, match.end(1)) for start in _reporters(plain, *match.span(1))]
    for match in _LINES.finditer(plain):
        start = match.end(1) - len(match[1].lstrip())
        if _is_designated(plain, start, ":|丨/"):
            spans.append((start, match.end(1)))
    return spans


def _reporters(plain: str, first: int, last: int) -> list[int]:
    """Where reporters are named behind what is their medium's name, at most once: 某某网见习记者|张三李四."""
    named = (plain.find(word, first, last) for word in lexicons.group("signing"))
    return sorted(at for at in named if at > first)[:1]


def together(plain: str, start: int, taken: Set[int]) -> list[tuple[int, int]]:
    """(start, end) of names that run together at `start` (张三李四), up to what closes a credit; none for words."""
    designations = lexicons.phrases("designations.txt")
    end = start
    while end < len(plain) and is_han(plain[end]) and end not in taken and end - start < _LONGEST_RUN:
        stop = designations.end(plain, end)
        if stop > end and _stands_alone(plain, end, stop):
            break
        end += 1
    closed = end == len(plain) or end in taken or plain[end] in _CLOSERS or designations.end(plain, end) > end
    return _divided(plain, start, end) if closed and end - start >= _LONGEST_NAME else []


def _divided(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of the names that plain[start:end] is made of, in order; none where it may not be names alone."""
    found: list[tuple[int, int]] = []
    while start < end:
        rest = end - start
        length = rest if rest < _LONGEST_NAME else _first_of(plain[start:end])
        if length == 0 or end - start == 1:
            return []
        found.append((start, start + length))
        start += length
    return found


def _is_designated(plain: str, start: int, marks: str = "") -> bool:
    """Whether a designation stands at `start`, and one of the `marks` after it."""
    end = lexicons.phrases("designations.txt").end(plain, start)
    return end > start and (not marks or plain[end : end + 1] in marks) and _stands_alone(plain, start, end)


def _items(plain: str, first: int, last: int) -> list[tuple[int, int]]:
    """The designations and the runs between them in plain[first:last], without separators."""
    designations = lexicons.phrases("designations.txt")
    items = []
    at = start = first
    while at <= last:
        end = min(designations.end(plain, at), last) if at < last else at
        if at == last or (end > at and _stands_alone(plain, at, end)):
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
    if not all_han(name) or _is_word(name):
        return start
    if 2 <= len(name) <= 3 or (len(name) == _LONGEST_NAME and 2 in likelihood.surname_lengths(name, 0)):
        return end
    if len(name) == end - start >= _LONGEST_NAME:
        return start + _first_of(name)
    if len(name) > _LONGEST_NAME or not likelihood.surname_lengths(name, 0):
        best, lead = likelihood.best(plain[:end], start, 3.0)
        return best if lead > 0 else start
    best, lead = likelihood.best(plain[:end], start, 3.0)
    return best if lead > 0 else end


def _first_of(run: str) -> int:
    """Where the first name ends of some that run together (张三李四), each of which must look like one; 0 for none."""
    # For each offset: the likeliest names from there to the end, and where the first of them ends.
    best: list[tuple[float, int]] = [(0.0, len(run))]
    for start in range(len(run) - 1, -1, -1):
        ends = range(start + 2, min(start + _LONGEST_NAME, len(run)) + 1)
        names = [(_score(run[start:end]) + best[len(run) - end][0], end) for end in ends]
        best.append(max(names, default=(-math.inf, start)))
    score, end = best[-1]
    return end if score > likelihood.words_score(run) - _MARGIN else 0


def _score(name: str) -> float:
    """The log probability of the name; one of four characters may be that of a people of the west (格桑翁主)."""
    western = len(name) == _LONGEST_NAME and dotted_letters() >= set(name)
    return max(likelihood.name_score(name), _WESTERN if western else -math.inf)


def _is_word(name: str) -> bool:
    """Whether a usual word stands where a name should; one that begins with a surname must be very usual (来源)."""
    usual = _VERY_USUAL_WORD if likelihood.surname_lengths(name, 0) else _USUAL_WORD
    return words.frequency(name) > usual
