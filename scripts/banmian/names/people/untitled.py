"""What may be a name without an office, by its characters alone; recognition/ decides which are names."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from banmian.words.surnames import surnames

from .. import lexicons
from ..text import Text, is_han
from . import likelihood
from .shapes import is_noun

_LEAST_LEAD = -6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a name at text[start:end]: `lead` over words alone, and the language that it reads as."""

    start: int
    end: int
    lead: float
    kind: str


@cache
def _place_followers() -> tuple[str, ...]:
    return tuple(word for word in lexicons.group("place_followers") if len(word) > 1)


@cache
def _first() -> frozenset[str]:
    """The characters with which a name may begin."""
    japanese = lexicons.words("japanese_surnames.txt")
    begins = lexicons.words("transliterations.txt").union(name[0] for names in (surnames(), japanese) for name in names)
    return frozenset(filter(is_han, begins))


def candidates(text: Text, taken: Set[int]) -> Iterator[Candidate]:
    """What may be a name, at each word's beginning: the best end there."""
    letters, first = lexicons.words("transliterations.txt"), _first()
    japanese, never = lexicons.phrases("japanese_surnames.txt"), lexicons.words("not_people.txt")
    plain = text.plain
    for (start, _), word in zip(text.words, text.forms, strict=True):
        if plain[start] not in first or start in taken:
            continue
        chinese = likelihood.surname_lengths(plain, start)
        foreign = plain[start] in letters and plain[start + 1 : start + 2] in letters
        if not (chinese or foreign or japanese.end(plain, start) > start) or word in never:
            continue
        end, lead = likelihood.best(plain, start, 0.0)
        if end == start or lead < _LEAST_LEAD or not taken.isdisjoint(range(start, end)):
            continue
        if not plain.startswith(_place_followers(), end) and not is_noun(plain[start:end]):
            yield Candidate(start, end, lead, _kind(plain[start:end]))


def _kind(name: str) -> str:
    """The language that the name reads as, and its length."""
    language = "chinese" if likelihood.like_chinese(name) else "foreign"
    if language == "foreign" and lexicons.phrases("japanese_surnames.txt").end(name, 0) > 0:
        return "japanese"
    return f"{language} {min(len(name), 4)}"
