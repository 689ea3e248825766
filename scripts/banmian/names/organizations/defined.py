"""Short forms that a text defines, and companies that a code or their doings show, with every place of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from banmian import words

from .. import lexicons
from ..text import CLAUSE_ENDS, Text
from . import heads
from .body import Organization

_DEFINED = re.compile(lexicons.pattern("defined_form"))
_CODE = re.compile(lexicons.pattern("stock_code"))
_LONGEST_COMPANY = 8
_SHORTEST = 2


def find(text: Text, found: Sequence[Organization]) -> list[Organization]:
    """What `text` defines behind one of the `found` (以下简称“江大”), companies, and where they stand again."""
    taken = {at for one in found for at in range(one.start, one.end)}
    named = dict(_defined(text, found))
    for start, end in (*_with_code(text, taken), *_acting(text, taken)):
        surface = text.plain[start:end]
        named.setdefault(surface, Organization(start, end, "company", "company", surface, "", surface))
    return [one for one in _everywhere(text, named) if taken.isdisjoint(range(one.start, one.end))]


def forms(text: Text, found: Sequence[Organization]) -> list[Organization]:
    """The short forms that `text` defines behind one of the `found`, under the name in full, where they stand alone.

    Where a noun follows they may be part of a longer name, or say whose a thing is: only the definition counts.
    """
    named = dict(_defined(text, found))
    defined = {match.start(1) for match in _DEFINED.finditer(text.plain)}
    return [one for one in _everywhere(text, named) if one.start in defined or not _noun_follows(text, one.end)]


def _noun_follows(text: Text, end: int) -> bool:
    index = bisect_left(text.words, (end, 0))
    return index < len(text.words) and words.flag(text.plain[slice(*text.words[index])]).startswith("n")


def _defined(text: Text, found: Sequence[Organization]) -> Iterator[tuple[str, Organization]]:
    """(short form, the organization that it is short for) of each definition in brackets."""
    ends = {one.end: one for one in found}
    for match in _DEFINED.finditer(text.plain):
        organization = ends.get(match.start())
        for form in re.split("[”“]或[“”]|[”“][、/][“”]", match[1]) if organization is not None else ():
            told = len(form) >= _SHORTEST and form[0] not in lexicons.words("anaphoric_heads.txt")
            if told and organization is not None:
                yield form, organization


def _with_code(text: Text, taken: Set[int]) -> Iterator[tuple[int, int]]:
    """The names before the code of a share: 税友软件(603171)."""
    for match in _CODE.finditer(text.plain):
        start = _start(text, match.start(), taken)
        if start < match.start():
            yield start, match.start()


def _acting(text: Text, taken: Set[int]) -> Iterator[tuple[int, int]]:
    """The unknown names at the head of a clause before what only companies have: 畅达|发布公告, 天信汽贸|的员工."""
    phrases = lexicons.phrases("company_contexts.txt")
    for at, _ in phrases.everywhere(text.plain):
        if at not in text.begins:
            continue
        at = next((at - len(word) for word in lexicons.group("speaks_for") if text.plain.endswith(word, 0, at)), at)
        start = _start(text, at, taken)
        free = start == 0 or text.plain[start - 1] in CLAUSE_ENDS or text.plain[start - 1] in "“”《》、() "
        firms = text.plain.endswith(lexicons.group("class_endings"), start, at)
        if at - start >= _SHORTEST and free and not firms and heads.unknown(text.plain[start:at]):
            yield start, at


def _start(text: Text, end: int, taken: Set[int]) -> int:
    """Where the words begin that stand before `end` and may name a company; `end` where none does."""
    start = end
    for begin, stop in reversed(text.words_in(end - _LONGEST_COMPANY, end)):
        word = text.plain[begin:stop]
        if stop != start or begin in taken or heads.stops(word) or not word.isalnum() or word.isdigit():
            break
        start = begin
    return start


def _everywhere(text: Text, named: dict[str, Organization]) -> Iterator[Organization]:
    """Every place of the `named` forms, each under the organization that it names."""
    last = 0
    for start, end in lexicons.Phrases(named).everywhere(text.plain) if named else ():
        if start >= last and _stands(text, start, end):
            one = named[text.plain[start:end]]
            yield replace(one, start=start, end=end, rule="company" if one.rule == "company" else "defined")
            last = end


def _stands(text: Text, start: int, end: int) -> bool:
    """Whether the form at text[start:end] is no part of other words, and a common noun no general one (该保护区)."""
    if start not in text.begins or end not in text.ends:
        return False
    index = bisect_left(text.words, (start, 0)) - 1
    common = words.frequency(text.plain[start:end]) > 0
    return index < 0 or not common or not _describes(text.forms[index])


def _describes(word: str) -> bool:
    """Whether a noun after `word` is a general one, or the end of another name: 该, 升金湖."""
    return word in lexicons.words("anaphoric_heads.txt") or words.flag(word).startswith("n")
