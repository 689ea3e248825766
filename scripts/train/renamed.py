"""Marked texts with other names: of places, people and companies, exchanged for invented ones of the same length.

Our lists know every county, and marked texts name the same people and companies again and again, so that a tagger
learns the names and not how a text speaks of what it names. In such a copy they are other characters, wherever they
stand in the text; what is marked stays where it is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from banmian import words
from banmian.names import divisions, lexicons, places
from banmian.names.ordinary import breaks
from banmian.names.text import cut, folded, is_han
from banmian.words.surnames import surnames

from .marks.notes import Marks

_SEED = 1
# Names of places have so many characters before their level.
_LENGTHS = (2, 3)
# Of the invented places this share is a word, as 桃源 and 白马 are, the others are characters of places.
_WORDS = 0.4
_FLAGS = ("ns", "nr", "nz")
# Of the invented surnames this share is any that there is, the others are as usual as in the texts.
_ANY_SURNAME = 0.15
_LONGEST_CHINESE, _LONGEST_BRAND = 3, 4
_DOT = "·"
# Parts of speech that say what a thing is; a brand is none of them.
_ORDINARY = ("v", "a", "d", "m", "t", "f", "r", "q", "i", "l", "s", "n")
# Words of these lists say what kind of body it is, or whose.
_NO_BRANDS = (
    *("generic_words.txt", "heads.tsv", "stems.tsv", "titles.tsv", "ministry_subjects.txt", "trades.txt"),
    *("name_heads.txt", "departments.txt", "suborgans.tsv", "unit_heads.tsv", "inside_names.txt", "stem_heads.tsv"),
    *("national.tsv", "bodies.tsv", "countries.tsv", "foreign_places.txt"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Of what names are made: words and characters of places, of people and of brands, as often as they stand."""

    place_words: Sequence[str]
    place_characters: str
    surnames: str
    given: str
    transliterated: str
    brands: str


def copies(texts: Sequence[tuple[str, Marks]]) -> Iterator[tuple[str, Marks]]:
    """A copy, with the same marks, of each text that names an exchangeable place, person or company."""
    parts = _parts(texts)
    dice = random.Random(_SEED)
    for text, marks in texts:
        changed = _exchanged(text, marks, _of_bodies(text, marks, parts, dice) | _of_people(text, marks, parts, dice))
        if changed != text:
            yield changed, marks


def _exchanged(text: str, marks: Marks, others: Mapping[str, str]) -> str:
    """`text` with the names of `others` exchanged: a single character, as a surname alone, only where it is marked."""
    longest_first = sorted((name for name in others if len(name) > 1), key=len, reverse=True)
    everywhere = "|".join(map(re.escape, longest_first))
    changed = re.sub(everywhere, lambda found: others[found[0]], text) if everywhere else text
    for start, end in marks.people:
        changed = changed[:start] + others.get(text[start:end], changed[start:end]) + changed[end:]
    return changed


def _parts(texts: Sequence[tuple[str, Marks]]) -> Parts:
    people = [text[start:end] for text, marks in texts for start, end in marks.people]
    chinese, foreign = list(filter(_is_chinese, people)), list(filter(_is_transliterated, people))
    bodies = (text[one.start : one.end] for text, marks in texts for one in marks.organizations)
    return Parts(
        _words(text for text, _ in texts),
        "".join(name[:-1] for name in divisions.named() if len(name) - 1 in _LENGTHS and all(map(is_han, name))),
        "".join(name[0] for name in chinese),
        "".join(name[1:] for name in chinese),
        "".join(name.replace(_DOT, "") for name in foreign),
        "".join(map(brand, bodies)),
    )


def _of_bodies(text: str, marks: Marks, parts: Parts, dice: random.Random) -> dict[str, str]:
    """The places and brands of the marked bodies, each with another of the same length."""
    others: dict[str, str] = {}
    for one in marks.organizations:
        body = text[one.start : one.end]
        for place in _divisions(body):
            others.setdefault(place, _place(place, parts, dice))
        if name := brand(body):
            others.setdefault(name, "".join(dice.choices(parts.brands, k=len(name))))
    return others


def _of_people(text: str, marks: Marks, parts: Parts, dice: random.Random) -> dict[str, str]:
    """The names of the marked people, each with another of the same length, with it the parts that stand alone."""
    named = {text[start:end] for start, end in marks.people}
    others: dict[str, str] = {}
    for name in sorted(named, key=lambda name: (-len(name), name)):
        if name in others:
            continue
        if _is_chinese(name):
            surname = dice.choice(_usual_surnames() if dice.random() < _ANY_SURNAME else parts.surnames)
            other = surname + "".join(dice.choices(parts.given, k=len(name) - 1))
            told = {name[0]: other[0], name[1:]: other[1:]}
        elif _is_transliterated(name):
            other = "".join(_DOT if char == _DOT else dice.choice(parts.transliterated) for char in name)
            told = dict(zip(name.split(_DOT), other.split(_DOT), strict=True))
        else:
            continue
        others = {part: new for part, new in told.items() if part in named} | others | {name: other}
    return others


def _is_chinese(name: str) -> bool:
    return 2 <= len(name) <= _LONGEST_CHINESE and all(map(is_han, name)) and name[0] in surnames()


def _is_transliterated(name: str) -> bool:
    return len(name) > _LONGEST_CHINESE and all(is_han(char) or char == _DOT for char in name)


@cache
def _usual_surnames() -> Sequence[str]:
    return sorted(name for name in surnames() if len(name) == 1)


def brand(body: str) -> str:
    """What a body calls itself (天信 of 杭州天信汽贸公司); empty where its name only says what it is."""
    _, start = places.place_in(body)
    head = lexicons.phrases("heads.tsv").start(body, len(body))
    found = words.cut(body[start:head]) if start < head < len(body) else []
    name = "".join(found[: 1 if len(found[0]) > 1 else 2]) if found else ""
    said = not 2 <= len(name) <= _LONGEST_BRAND or not all(map(is_han, name)) or _is_ordinary(name)
    return "" if said else name


@cache
def _is_ordinary(name: str) -> bool:
    """Whether `name` is, or holds, a word that says what something is; so is a place's name."""
    if any(len(word) > 1 and word in _kinds() for word in (name, folded(name), *words.cut(folded(name)))):
        return True
    flag = words.flag(name)
    if flag.startswith(_ORDINARY) and not flag.startswith((*_FLAGS, "nt")):
        return True
    return places.names().end(name, 0) == len(name) or lexicons.phrases("heads.tsv").start(name, len(name)) < len(name)


@cache
def _kinds() -> frozenset[str]:
    return breaks().union(*(lexicons.words(name) for name in _NO_BRANDS))


def _divisions(name: str) -> Iterator[str]:
    """The divisions, as printed, with which a body's name begins, as far as they have their level (省 to 乡)."""
    start, stop = places.place_in(name)
    while start < stop:
        end = places.names().end(name, start)
        if end <= start:
            return
        printed = name[start:end]
        told = printed.endswith(lexicons.group("levels")) and len(printed) - 1 in _LENGTHS
        if told and divisions.level(printed) != "province":
            yield printed
        start = end


def _place(name: str, parts: Parts, dice: random.Random) -> str:
    """A name of the same length and level that is no place of ours."""
    while True:
        of_words = parts.place_words and dice.random() < _WORDS
        length = len(name) - 1
        stem = dice.choice(parts.place_words) if of_words else "".join(dice.choices(parts.place_characters, k=length))
        other = stem + name[-1]
        if len(other) == len(name) and places.names().end(other, 0) == 0:
            return other


def _words(texts: Iterable[str]) -> list[str]:
    """The nouns of two characters that `texts` hold, each once."""
    found = {word for text in texts for word in cut(folded(text)) if len(word) == 2 and all(map(is_han, word))}
    return sorted(word for word in found if words.flag(word) in _FLAGS and places.names().end(word, 0) == 0)
