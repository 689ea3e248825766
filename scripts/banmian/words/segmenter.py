"""jieba's dictionary and segmenter, the one place that starts them.

jieba builds a cache of its dictionary on first use and would put it into the system's temporary folder, where others
can write; `use_cache` gives it a folder of ours instead.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from math import inf, log
from pathlib import Path

import jieba

jieba.setLogLevel(logging.WARNING)

# Behind what jieba never takes into a word: it cuts the two sides as if the other were not there.
_APART = re.compile(r"(?<=[^\w+#&.%\-\r])")
# What jieba looks for words in, and what stands alone between.
_PARTS = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+|\r\n|.", re.DOTALL)


def use_cache(folder: Path) -> None:
    """Keep jieba's cache in `folder` (made if need be). Call before the first word is looked up."""
    folder.mkdir(parents=True, exist_ok=True)
    jieba.dt.tmp_dir = str(folder)
    jieba.dt.cache_file = "jieba.cache"


@cache
def _frequencies() -> dict[str, int]:
    jieba.initialize()
    frequencies: dict[str, int] = jieba.dt.FREQ
    return frequencies


def frequency(word: str) -> int:
    """How often `word` was counted for jieba's dictionary; 0 where it is not a word of it."""
    return _frequencies().get(word, 0)


def begins(part: str) -> bool:
    """Whether `part` is a word of jieba's dictionary or the beginning of one."""
    return part in _frequencies()


@cache
def _flags() -> dict[str, str]:
    with jieba.dt.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: row[2] for row in rows if len(row) > 2}


def flag(word: str) -> str:
    """The part of speech that jieba's dictionary gives `word` (n, v, ns ...); '' where it is not a word of it."""
    return _flags().get(word, "")


@cache
def total() -> int:
    """The sum of all frequencies."""
    return sum(_frequencies().values())


def cut(text: str) -> list[str]:
    """The words of `text`, which joined spell it again. Without jieba's guessing of unknown words (HMM=False)."""
    # Names and keywords ask for the same clauses, and names more than once.
    return [word for clause in _APART.split(text) for word in _cut(clause)]


@lru_cache(maxsize=2**15)
def _cut(clause: str) -> tuple[str, ...]:
    return tuple(word for part in _PARTS.findall(clause) for word in _words(part))


def _words(part: str) -> Sequence[str]:
    """The words that are together most frequent, of two readings the one with longer words first.

    What jieba.cut finds, which goes over the text three times; runs of letters and digits stay whole.
    """
    if len(part) == 1 or part == "\r\n":
        return (part,)
    ends = _ends(part)
    found: list[str] = []
    at, in_run = 0, False
    while at < len(part):
        word = part[at : ends[at]]
        goes_on = len(word) == 1 and word.isascii() and word.isalnum()
        if goes_on and in_run:
            found[-1] += word
        else:
            found.append(word)
        at, in_run = ends[at], goes_on
    return found


def _ends(part: str) -> list[int]:
    """Where the best word that begins at each offset ends."""
    frequencies, all_words = _frequencies(), log(jieba.dt.total)
    size = len(part)
    scores, ends = [0.0] * (size + 1), [size] * size
    for start in range(size - 1, -1, -1):
        best, end = -inf, start + 1
        for stop in range(start + 1, size + 1):
            # Where no word begins so, the dictionary has nothing; what only begins words is counted 0 times.
            frequency = frequencies.get(part[start:stop])
            if frequency is None:
                break
            if frequency and (score := log(frequency) - all_words + scores[stop]) >= best:
                best, end = score, stop
        scores[start] = best if best > -inf else scores[start + 1] - all_words
        ends[start] = end
    return ends
