"""A text by its runs of letters, and by a few hashes that it shares with texts most of whose runs it shares.

Minimal hashes (Broder 1997) as datasketch makes them, whose import takes scipy with it and as long as a small build; a
test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

# Hashes of a signature.
SIZE = 36
# Letters in a run, and how many different ones a text needs: short notices are alike without being one.
_RUN = 4
_FEWEST = 40
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_SIGNS = re.compile(r"[\W_]+")
_FACTOR = np.uint32(0x01000193)
# datasketch's: its seed, and the steps of MurmurHash3's last mixing.
_SEED = 1
_MIXING = ((16, 0x85EBCA6B), (13, 0xC2B2AE35))
# As many hashes are made at once as the processor's cache holds.
_TOGETHER = 512


class Signature(NamedTuple):
    """The minimal hashes of a text, SIZE numbers of 32 bits, and the numbers that are printed in it."""

    hashes: bytes
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


def minimal_hashes(runs: Hashes) -> Hashes:
    """Of each of SIZE ways to number all runs in another order the smallest number that one of these has."""
    for shift, factor in _MIXING:
        runs = (runs ^ (runs >> np.uint32(shift))) * np.uint32(factor)
    runs ^= runs >> np.uint32(16)
    factors, shifts = _orders()
    least = np.full(SIZE, 0xFFFFFFFF, np.uint32)
    for start in range(0, len(runs), _TOGETHER):
        numbered = factors * runs[start : start + _TOGETHER] + shifts
        np.minimum(least, numbered.min(1), out=least)
    return least


@cache
def _orders() -> tuple[Hashes, Hashes]:
    random = np.random.RandomState(_SEED)
    factors = random.randint(0, 1 << 31, SIZE, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors[:, None], random.randint(0, 1 << 32, SIZE, dtype=np.uint32)[:, None]


def _signature(text: str) -> Signature | None:
    runs = runs_of(text)
    return None if len(runs) < _FEWEST else Signature(minimal_hashes(runs).tobytes(), numbers_of(text))


class _Letters(dict[int, str]):
    """What of a character counts, for str.translate: looked up once, since archives have the same few thousand."""

    def __missing__(self, character: int) -> str:
        self[character] = _SIGNS.sub("", unicodedata.normalize("NFKC", chr(character)))
        return self[character]


_LETTERS = _Letters()
