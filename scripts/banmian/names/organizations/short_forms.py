"""One organization, many names: the short forms that a text makes of a long name, and those that it only may.

`short_forms` are surely meant where the long name stands in the text; `possible_short_forms` and abbreviations are
asked about (candidates.py), never acted upon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from banmian import words

from .. import lexicons, places
from ..text import Text, is_han
from . import heads
from .body import Organization

_SHORTEST_CORE = 2
_LONGEST_ABBREVIATION = 3


# The bodies of one edition are those of the next.
@lru_cache(maxsize=1 << 12)
def short_forms(surface: str, kind: str) -> frozenset[str]:
    """The shorter forms of `surface` that a text may use: without its place, up to a word after its unknown part."""
    core = surface[_place_end(surface) :]
    forms = {core} if _tells(core) else set()
    cut = words.cut(core)
    at = unknown = 0
    for word in cut[:-1]:
        at += len(word)
        unknown = unknown + 1 if len(word) == 1 else unknown
        named = kind == "company" or (kind == "platform" and at > _SHORTEST_CORE)
        if unknown >= 2 and heads.unknown(core[:at]) and named and not core[:at].endswith(lexicons.group("levels")):
            forms.add(core[:at])
    forms |= _units(core)
    front = core.partition("(")[0]
    if kind == "company" and front != core and heads.unknown(front):
        forms.add(front)
    for ending in lexicons.group("company_forms"):
        if core.endswith(ending) and len(core) - len(ending) >= 4:
            forms.add(core.removesuffix(ending))
    forms.discard(surface)
    return frozenset(form for form in forms if len(form) > _SHORTEST_CORE or (kind == "company" and _is_brand(form)))


def _is_brand(form: str) -> bool:
    """Whether two characters may stand for a company by themselves: no word, and no place."""
    return len(form) == _SHORTEST_CORE and not words.frequency(form) and form not in places.names()


def _units(core: str) -> set[str]:
    """The unit of a body under its own name: 秦淮分局 of 公安局秦淮分局."""
    endings = lexicons.phrases("heads.tsv")
    at = 0
    found = set()
    for word in words.cut(core)[:-1]:
        at += len(word)
        rest = core[at:]
        head = endings.start(rest, len(rest))
        named = head >= 2 and rest[:head] not in lexicons.words("generic_words.txt")
        if endings.start(core, at) < at and named and rest[head:] in lexicons.group("units"):
            found.add(rest)
    return found


def _place_end(surface: str) -> int:
    end = places.end(surface, 0)
    return end if end else int(surface[:1] in lexicons.group("levels"))


def _tells(core: str) -> bool:
    """Whether the name without its place still names one body in this text: long enough, not a common word."""
    return len(core) >= 6 and words.frequency(core) == 0


def again(text: Text, forms: lexicons.Phrases, known: dict[str, Organization], taken: Set[int]) -> list[Organization]:
    """Every place where one of `forms` stands for the body that it is short for."""
    found: list[Organization] = []
    for start, end in forms.everywhere(text.plain):
        free = not found or found[-1].end <= start
        # Two characters may be part of a word: 安|全帽.
        whole = end - start > _SHORTEST_CORE or (start in text.begins and end in text.ends)
        if free and whole and taken.isdisjoint(range(start, end)):
            found.append(replace(known[text.plain[start:end]], start=start, end=end, rule="short_form"))
    return found


def forms_of(organizations: Sequence[tuple[str, Organization]]) -> dict[str, Organization]:
    """Short form -> the one body that it is short for, of (surface, body); forms that two bodies share are left out."""
    known: dict[str, Organization] = {}
    shared: set[str] = set()
    for surface, organization in sorted(organizations, key=lambda entry: (-len(entry[0]), entry[0])):
        if surface in known:
            continue
        for form in short_forms(surface, organization.type):
            if form in known and known[form].template != organization.template:
                shared.add(form)
            known.setdefault(form, organization)
    return {
        form: one for form, one in known.items() if form not in shared and all(is_han(c) or c.isalnum() for c in form)
    }


def possible_short_forms(name: str) -> Iterator[str]:
    """The forms under which another name may mean the organization: without head or end of a head, or without place."""
    heads, place = lexicons.phrases("heads.tsv"), places.end(name, 0)
    head = heads.start(name, len(name))
    if head < len(name):
        # What is whole without the head is another body: 人民日报|出版社.
        whole = heads.start(name, head) < head or place == head
        yield from (name[:end] for end in range(max(head + whole, 2), len(name)))
    for ending in lexicons.group("company_forms"):
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST_CORE:
            yield name.removesuffix(ending)
    # Where only a head follows the place, what is left is a kind of body, no name.
    if 0 < place < head and len(name) - place > _SHORTEST_CORE:
        yield name[place:]


def is_shortened(short: str, long: str) -> bool:
    """Whether `short` may be made of characters of `long` in their order, its first one first (北大, 北京大学)."""
    rest = iter(long)
    enough = 2 <= len(short) < len(long) and short[0] == long[0] and short not in long
    return enough and all(character in rest for character in short) and short[-1] in long[-4:]


def shortened(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(short, long) of the names of one article of which the one may be an abbreviation of the other."""
    first: dict[str, list[str]] = {}
    for name in names:
        first.setdefault(name[0], []).append(name)
    for same in first.values():
        shorts = [name for name in same if len(name) <= _LONGEST_ABBREVIATION]
        yield from ((short, long) for short in shorts for long in same if is_shortened(short, long))
