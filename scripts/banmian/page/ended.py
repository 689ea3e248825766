"""Whether a sentence was cut between two lines or ended there and lost its stop, told by the text on both sides.

Log odds that it goes on: by the last and first characters, and by how long the clauses and sentences are that end with
the one line and begin with the other. scripts/train/ended.py learns what each of these says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from banmian.page.fluency import as_counted
from banmian.page.lexicon import rows

_LONGEST = 4
_MOST = 6.0
# What ends a clause and a sentence, with what closes behind it; in steps of how many characters lengths are told, and
# from which step on they are told by fours.
_PARTED = {"clause": (re.compile("[,;:。!?…]+"), 2), "sentence": (re.compile("[。!?…]+"), 4)}
_FINE_STEPS = 20
_COARSE = 4


def goes_on(left: str, right: str) -> float:
    """Log odds that the sentence with which `left` breaks off goes on in `right` against that it ended there."""
    return max(-_MOST, min(_MOST, _told("bias", "") + _side(left, "left") + _side(right, "right")))


@lru_cache(maxsize=4096)
def _side(text: str, side: str) -> float:
    return sum(_told(name, what) for name, what in signs(text, side))


def signs(text: str, side: str) -> Iterator[tuple[str, str]]:
    """What a line tells as the `left` or `right` side of a cut: the name of a table, and what to look up there."""
    counted = as_counted(text)
    for size in range(1, min(_LONGEST, len(counted)) + 1):
        yield f"{side} {size}", counted[-size:] if side == "left" else counted[:size]
    for name, (mark, step) in _PARTED.items():
        parts = mark.split(counted)
        part = parts[-1 if side == "left" else 0]
        length = len(part) // step
        if length > _FINE_STEPS:
            length = _FINE_STEPS + (length - _FINE_STEPS) // _COARSE
        whole = "parted" if len(parts) > 1 else "whole"
        yield f"{side} {name} {whole}", str(min(length, 2 * _FINE_STEPS))


def _told(name: str, what: str) -> float:
    return _table().get(name, {}).get(what, 0.0)


@cache
def _table() -> dict[str, dict[str, float]]:
    """The rows of ended.txt: groups such as `-0.5 的了` of strings of the size that the name says, or of one string."""
    known: dict[str, dict[str, float]] = {}
    for name, *groups in rows("ended.txt"):
        size = name.split()[-1]
        for group in groups:
            number, _, strings = group.partition(" ")
            step = int(size) if size.isdigit() else max(1, len(strings))
            found = (strings[at : at + step] for at in range(0, max(1, len(strings)), step))
            known.setdefault(name, {}).update(dict.fromkeys(found, float(number)))
    return known
