"""jieba's dictionary and segmenter, the one place that starts them.

The dictionary is read from jieba's own file: jieba would take three times as long, and keep what it made of it in the
system's temporary folder, where others can write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from sys import intern

import jieba

_LONGEST_BEGINNING = 3
# Half of a surrogate pair, which no UTF-8 has: it is a word by itself.
_HALF = re.compile("([\ud800-\udfff])")


@cache
def _dictionary() -> tuple[dict[str, int], dict[str, str]]:
    """Of each word of the dictionary how often it was counted (counts()), and its part of speech."""
    with jieba.dt.get_dict_file() as file:
        text: str = file.read().decode("utf-8")
    cells = text.split()
    found = dict(zip(cells[::3], map(int, cells[1::3]), strict=True))
    # There are few parts of speech: one text for each takes 20 MB less.
    flags = dict(zip(cells[::3], map(intern, cells[2::3]), strict=True))
    for length in range(1, _LONGEST_BEGINNING + 1):
        beginnings = {word[:length] for word in found if len(word) > length}
        found |= dict.fromkeys(beginnings - found.keys(), 0)
    return found, flags


@cache
def counts() -> Mapping[str, int]:
    """How often each word was counted for jieba's dictionary; what only begins longer words, up to three characters
    of them, has 0.
    """
    return _dictionary()[0]


def frequency(word: str) -> int:
    """How often `word` was counted for jieba's dictionary; 0 where it is not a word of it."""
    return counts().get(word, 0)


@cache
def flags() -> Mapping[str, str]:
    """The part of speech that jieba's dictionary gives each of its words (n, v, ns ...)."""
    return _dictionary()[1]


def flag(word: str) -> str:
    """The part of speech of `word` in jieba's dictionary; '' where it is not a word of it."""
    return flags().get(word, "")


@cache
def total() -> int:
    """The sum of all frequencies."""
    return sum(counts().values())


def cut(text: str) -> list[str]:
    """The words of `text`, which joined spell it again. Without jieba's guessing of unknown words (HMM=False)."""
    # Here, since it reads its dictionary where it is imported, which a site and an export do without.
    import rjieba

    words: list[str] = []
    for part in _HALF.split(text):
        # jieba's rules and dictionary in Rust, twenty times as fast; a test compares the words.
        words += [part] if _HALF.match(part) else rjieba.cut(part, False)
    return words
