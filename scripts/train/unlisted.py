"""Marked texts with other places: names of divisions exchanged for ones that no list holds, of the same length.

Our lists know every county, so that marked texts show next to no body of a place that is unknown. In such a copy the
names of the places that a marked body begins with are other characters wherever they stand in the text; what is marked
stays where it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from banmian.names import divisions, lexicons, places
from banmian.names.text import cut, folded, is_han
from banmian.words import flag

from .marks.notes import Marks

_SEED = 1
# Names of places have so many characters before their level.
_LENGTHS = (2, 3)
# Of the invented ones this share is a word, as 桃源 and 白马 are, the others are characters of places.
_WORDS = 0.4
_FLAGS = ("ns", "nr", "nz")


def copies(texts: Sequence[tuple[str, Marks]]) -> Iterator[tuple[str, Marks]]:
    """A copy, with the same marks, of each text in which a body begins with a place and level (临江市公安局)."""
    known = _words(text for text, _ in texts)
    dice = random.Random(_SEED)
    for text, marks in texts:
        names = [name for one in marks.organizations for name in _divisions(text[one.start : one.end])]
        changed = text
        for name in dict.fromkeys(names):
            changed = changed.replace(name, _invented(name, known, dice))
        if changed != text:
            yield changed, marks


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


def _invented(name: str, known: Sequence[str], dice: random.Random) -> str:
    """A name of the same length and level that is no place of ours."""
    while True:
        of_words = known and dice.random() < _WORDS
        stem = dice.choice(known) if of_words else "".join(dice.choices(_characters(), k=len(name) - 1))
        other = stem + name[-1]
        if len(other) == len(name) and places.names().end(other, 0) == 0:
            return other


@cache
def _characters() -> str:
    """The characters of divisions' names, as often as they stand there."""
    return "".join(name[:-1] for name in divisions.named() if len(name) - 1 in _LENGTHS and all(map(is_han, name)))


def _words(texts: Iterable[str]) -> list[str]:
    """The nouns of two characters that `texts` hold, each once."""
    found = {word for text in texts for word in cut(folded(text)) if len(word) == 2 and all(map(is_han, word))}
    return sorted(word for word in found if flag(word) in _FLAGS and places.names().end(word, 0) == 0)
