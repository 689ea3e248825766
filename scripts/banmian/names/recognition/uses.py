"""How words are used: those of one number stand between the same words in news (scripts/train/uses.py)."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

import numpy as np

# Digits and Latin words are counted as one word each.
_DIGITS, _LATIN = "0", "A"


def of(word: str) -> int:
    """The number of the use of `word`; 0 of one that is too rare."""
    return _table().get(key(word), 0)


def key(word: str) -> int:
    """What `word` is looked up by: a checksum, so that the table holds no words."""
    if word.isascii():
        word = _DIGITS if word[:1].isdigit() else _LATIN if word.isalpha() else word
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@cache
def _table() -> dict[int, int]:
    with files(__package__).joinpath("data", "uses.npz").open("rb") as file, np.load(file) as stored:
        return dict(zip(stored["keys"].tolist(), stored["uses"].tolist(), strict=True))
