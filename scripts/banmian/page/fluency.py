"""How much likelier than chance the characters on both sides of a cut follow each other.

Counted in news of several kinds (scripts/train/language.py). With a b | c d at the cut, the log odds that c d goes on
after a b, against c d at the head of any line, are those of the pair b c plus what the triples a b c and b c d add.
"""

from __future__ import annotations

from functools import cache

from banmian.page.lexicon import rows
from banmian.words.characters import half_width

_ALIKE = str.maketrans(
    dict.fromkeys("123456789", "0") | dict.fromkeys("BCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "A")
)


def as_counted(text: str) -> str:
    """`text` as the tables have it: half-width, 0 for any digit, A for any Latin letter."""
    return half_width(text).translate(_ALIKE)


def fluency(left: str, right: str) -> float:
    """Log odds that `right` goes on where `left` breaks off; both not empty, of their text two characters count."""
    before, after = as_counted(left[-2:]), as_counted(right[:2])
    last, first = before[-1], after[0]
    found = follows(last, first)
    if len(before) == 2:
        found += _triples(last).get(before[0] + first, 0.0)
    if len(after) == 2:
        found += _triples(first).get(last + after[1], 0.0)
    return found


def follows(one: str, other: str) -> float:
    """Log odds of the character `other` right after `one`, both as counted."""
    others, pairs = _pairs(one)
    return pairs.get(other, others)


@cache
def _table(name: str) -> dict[str, list[str]]:
    """The rows of a table by their character; the groups of a row are taken apart where a page needs them."""
    return {character: groups for character, *groups in rows(name)}


@cache
def _pairs(character: str) -> tuple[float, dict[str, float]]:
    """What pairs.txt says of the characters after this one: of those that it doesn't name, and of each other."""
    row = _table("pairs.txt").get(character)
    if row is None:
        return 0.0, {}
    others, *groups = row
    return float(others), _numbers(groups, 1)


@cache
def _triples(middle: str) -> dict[str, float]:
    """What triples.txt says of the two characters around this one."""
    return _numbers(_table("triples.txt").get(middle, []), 2)


def _numbers(groups: list[str], size: int) -> dict[str, float]:
    """The numbers of groups such as `-2 的了`, by strings of `size` characters."""
    known = {}
    for group in groups:
        number, _, characters = group.partition(" ")
        strings = (characters[at : at + size] for at in range(0, len(characters), size))
        known.update(dict.fromkeys(strings, float(number)))
    return known
