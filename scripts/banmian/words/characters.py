"""The characters of a text as the stages read them, one for one: offsets stay, and what is printed is published.

Full-width letters, digits and punctuation become half-width, radicals and compatibility forms the characters that they
stand for, and in traditional texts traditional characters simplified ones, which dictionary and word lists are made of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from banmian.words.lists import rows

if TYPE_CHECKING:
    from opencc import OpenCC

_FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
# CJK and Kangxi radicals, compatibility ideographs and their supplement.
_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_LEAST_SHARE = 0.01
# OpenCC's tables from simplified to traditional characters.
_TRADITIONAL = ("s2t", "s2tw", "s2hk")


@cache
def read_as() -> Mapping[int, str]:
    """What each character is read as, by its code point, where that is another."""
    radicals = {ord(radical): character for radical, character in rows("banmian.words", "radicals.txt")}
    return (
        _FULL_WIDTH
        | {code: character for codes in _COMPATIBLE for code in codes if (character := _plain(code))}
        | radicals
    )


@cache
def _compatible() -> dict[int, str]:
    return {code: character for code, character in read_as().items() if code not in _FULL_WIDTH}


def _plain(code: int) -> str:
    """The one character that Unicode says is the same (NFKC), empty where there is none."""
    found = unicodedata.normalize("NFKC", chr(code))
    return found if len(found) == 1 and found != chr(code) else ""


def half_width(text: str) -> str:
    """`text` with full-width letters, digits and punctuation made half-width and radicals characters."""
    return text.translate(read_as())


def compatible(text: str) -> list[str]:
    """The characters of `text` that stand for others: radicals and compatibility ideographs."""
    known = read_as()
    return [one for one in text if ord(one) in known and ord(one) not in _FULL_WIDTH]


def other_forms(text: str, most: int) -> list[str]:
    """`text` as others may have written it, at most `most` ways: without radicals and compatibility forms, simplified,
    traditional as it is usual in general, on Taiwan and in Hong Kong.
    """
    plain = text.translate(_compatible())
    simple = str(_converter().convert(plain))
    found = (plain, simple, *(str(_converter(name).convert(simple)) for name in _TRADITIONAL))
    return [form for form in dict.fromkeys(found) if form != text][:most]


def is_traditional(texts: Iterable[str]) -> bool:
    """Whether the texts together are traditional: not just one character in a name."""
    known = _traditional()
    size = found = 0
    for text in texts:
        size += len(text)
        found += sum(map(known.__contains__, text))
    return found > _LEAST_SHARE * size


@cache
def _traditional() -> frozenset[str]:
    return frozenset(row[0] for row in rows("banmian.words", "traditional.txt"))


def simplified(text: str) -> str:
    """`text` in simplified characters, as many as it has."""
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(found if len(found := str(_converter().convert(one))) == 1 else one for one in text)


@cache
def _converter(name: str = "t2s") -> OpenCC:
    """OpenCC's table of characters and words of this name, loaded for the first text that needs it."""
    from opencc import OpenCC

    return OpenCC(name)
