"""A text by its runs of letters, and by a few hashes that it shares with texts most of whose runs it shares.

The hashes are minimal ones (Broder 1997), made by datasketch. It takes scipy with it, and to import it as long as a
small build: that is done where there are texts to compare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasketch import MinHash

Hashes = NDArray[np.uint32]

# Hashes of a signature.
SIZE = 36
# Letters in a run, and how many different ones a text needs: short notices are alike without being one.
_RUN = 4
_FEWEST = 40
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_SIGNS = re.compile(r"[\W_]+")
_FACTOR = np.uint32(0x01000193)


class Signature(NamedTuple):
    """The minimal hashes of a text, SIZE of them, and the numbers that are printed in it."""

    hashes: Hashes
    numbers: frozenset[str]


def signatures(texts: Iterable[str]) -> list[Signature | None]:
    """The signature of each text; None of one that is too short to be known again."""
    return [_signature(text) for text in texts]


def runs_of(text: str) -> Hashes:
    """A number for each different run of letters and digits, sorted: stops and spaces differ between printings."""
    codes = np.frombuffer(text.translate(_LETTERS).encode("utf-32-le"), dtype=np.uint32)
    runs = np.zeros(max(0, len(codes) - _RUN + 1), dtype=np.uint32)
    for place in range(_RUN):
        runs = runs * _FACTOR + codes[place : place + len(runs)]
    runs.sort()
    return np.concatenate((runs[:1], runs[1:][runs[1:] != runs[:-1]]))


def numbers_of(text: str) -> frozenset[str]:
    """The numbers that are printed in a text, as they are printed."""
    return frozenset(_NUMBER.findall(text))


def _signature(text: str) -> Signature | None:
    runs = runs_of(text)
    if len(runs) < _FEWEST:
        return None
    hashes = _no_hashes().copy()
    hashes.update_batch(runs.tolist())
    return Signature(hashes.hashvalues, numbers_of(text))


@cache
def _no_hashes() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=SIZE, hashfunc=int)


class _Letters(dict[int, str]):
    """What of a character counts, for str.translate: looked up once, since archives have the same few thousand."""

    def __missing__(self, character: int) -> str:
        self[character] = _SIGNS.sub("", unicodedata.normalize("NFKC", chr(character)))
        return self[character]


_LETTERS = _Letters()
