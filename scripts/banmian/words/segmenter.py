"""jieba's dictionary and segmenter, the one place that starts them.

jieba builds a cache of its dictionary on first use and would put it into the system's temporary folder, where others
can write; `use_cache` gives it a folder of ours instead.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path

import jieba
import rjieba

jieba.setLogLevel(logging.WARNING)

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
    words: list[str] = []
    for part in _PARTS.findall(text):
        if len(part) == 1 or part == "\r\n":
            words.append(part)
        else:
            # jieba's rules and dictionary in Rust, twenty times as fast; a test compares the words.
            words += rjieba.cut(part, False)
    return words
