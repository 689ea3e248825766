"""Chinese names of people in Latin letters, as English texts have them: surname first, Gong Zheng, Li Jian'an.

Pinyin without tones. Of a foreigner's name written in Chinese characters it would be no name that anybody knows:
such a name has none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from pypinyin import Style, pinyin

from banmian.names.people.likelihood import like_chinese
from banmian.site import languages
from banmian.site.pinyin import MOST, surname_read
from banmian.words.characters import simplified
from banmian.words.lists import rows

# How much likelier a name must be Chinese than a transliteration (a log probability), of two characters and of more.
_SURE_OF_TWO, _SURE = 2.0, 3.0
_LONGEST_GIVEN = 2
_APOSTROPHE = "'"
# A syllable that begins with one of these is set apart from the one before.
_VOWELS = frozenset("aeo")
# What parts a foreigner's names.
_DOT = "·"


@lru_cache(maxsize=MOST)
def romanized(name: str | None) -> str | None:
    """The name in pinyin; None where it does not surely read as a Chinese surname and given name."""
    if not isinstance(name, str):
        return None
    known = simplified(name)
    if len(known) != len(name) or not like_chinese(known, _SURE if len(known) > _LONGEST_GIVEN else _SURE_OF_TWO):
        return None
    surname = surname_read(known)
    given = known[len(surname) :]
    # A married woman bears her husband's surname before her own.
    own = surname_read(given) if len(given) > _LONGEST_GIVEN else []
    parts = (surname, own, _given_read(given[len(own) :]))
    return " ".join(_together(syllables) for syllables in parts if syllables)


def romanized_of(name: str, others: Iterable[str]) -> str | None:
    """The same of who has other names too: None where one of these is a foreigner's."""
    return None if any(_DOT in other or other.isascii() for other in others) else romanized(name)


def author(name: str) -> str:
    """The name of an author in a citation: in English with the pinyin before it, Ouyang Xiu 欧阳修."""
    letters = romanized(name) if languages.column() == languages.ENGLISH else None
    return f"{letters} {name}" if letters else name


def register(connection: sqlite3.Connection) -> None:
    """The SQL function romanized(name)."""
    connection.create_function("romanized", 1, romanized, deterministic=True)


def _given_read(given: str) -> list[str]:
    syllables = [found[0] for found in pinyin(given, style=Style.NORMAL)]
    return [_read_otherwise().get(character, usual) for character, usual in zip(given, syllables, strict=True)]


@cache
def _read_otherwise() -> Mapping[str, str]:
    return dict(rows("banmian.site", "given_names_read.tsv"))


def _together(syllables: Sequence[str]) -> str:
    """Syllables as one word: Jian'an, where Jianan could be read otherwise."""
    first, *rest = syllables
    word = first + "".join(_APOSTROPHE * (one[0] in _VOWELS) + one for one in rest)
    # As pypinyin writes it.
    return word.replace("v", "ü").capitalize()
