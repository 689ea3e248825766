"""What stands farther than the tagger looks: the quotes around a character, its list, where a name stands again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from banmian import words

from .. import lexicons
from ..text import Text, is_han
from . import uses

Numbers = npt.NDArray[np.uint64]

_PAIRS = {"《": "》", "“": "”", "(": ")", "「": "」", "【": "】", "[": "]", "〈": "〉"}
_BOUND = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}\n]")
# What stands in them may be so long; how long it is, is told in steps.
_LONGEST, _LENGTHS = 60, (4, 8, 16, 32)
_CLAUSE = re.compile(r"[^,。;!?:\n]+")
BETWEEN = "、"
# So long are the first and the last item of a list, and what is looked through for the word that says what they are.
_LONGEST_ITEM, _LONGEST_CLOSER = 8, 14
# Where the same characters stand again is looked for so far before and behind them, and so often.
_NEAR, _MOST_TIMES = 2_000, 8
_TOLD_TIMES = 4
_NO_NOUN = ("v", "p", "u", "d", "c")


def within(plain: str) -> Numbers:
    """For each character a number for the quotes or brackets that it stands in (the inner ones), 0 where in none."""
    found = np.zeros(len(plain), np.uint64)
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for mark in _BOUND.finditer(plain):
        if mark[0] in _PAIRS:
            opened.append(mark.start())
        elif mark[0] == "\n":
            opened.clear()
        elif opened and _PAIRS[plain[opened[-1]]] == mark[0]:
            spans.append((opened.pop(), mark.start()))
    for start, end in sorted(spans):
        if end - start <= _LONGEST:
            length = sum(end - start - 1 > step for step in _LENGTHS)
            found[start + 1 : end] = 1 + length + (len(_LENGTHS) + 1) * list(_PAIRS).index(plain[start])
    return found


def listed(text: Text, named: Iterable[tuple[int, int, str]]) -> Numbers:
    """For each character a number for the list that it stands in, 0 where in none.

    It says whether the items that are `named` (start, end, kind) are people or organizations, and what they all are:
    the word behind 等 (A、B、C等企业), by its use.
    """
    plain = text.plain
    found = np.zeros(len(plain), np.uint64)
    if BETWEEN not in plain:
        return found
    (closing,) = lexicons.group("list_closer")
    starts = {start: kind for start, _, kind in named}
    ends = {end: kind for _, end, kind in named}
    for clause in _CLAUSE.finditer(plain):
        if BETWEEN not in clause[0]:
            continue
        marks = [at for at in range(*clause.span()) if plain[at] == BETWEEN]
        beside = [ends.get(at) or ends.get(at - 1) for at in marks] + [
            starts.get(at + 1) or starts.get(at + 2) for at in marks
        ]
        start, end = max(clause.start(), marks[0] - _LONGEST_ITEM), min(clause.end(), marks[-1] + 1 + _LONGEST_ITEM)
        closer = plain.find(closing, marks[-1], clause.end())
        kind = 0
        if closer >= 0:
            end, kind = closer, _kind(text, closer + 1)
        found[start:end] = 1 + ("organization" in beside) + 2 * ("person" in beside) + 4 * (kind + 1000 * (closer >= 0))
    return found


def _kind(text: Text, start: int) -> int:
    """The use of the word at the end of what follows `start`, up to a verb or a mark: 6家世界500强|企业."""
    last = 0
    at = bisect_left(text.words, (start, 0))
    for (_, end), word in zip(text.words[at:], text.forms[at:], strict=True):
        flag = words.flag(word)
        if end > start + _LONGEST_CLOSER or not word.isalnum() or flag.startswith(_NO_NOUN):
            break
        if flag.startswith("n"):
            last = uses.of(word)
    return last


def cut_short(plain: str, start: int, end: int) -> dict[str, float]:
    """Whether the name at plain[start:end] always has the same character beside it: 李明|远 where all is 李明远.

    Nothing where it does not stand again nearby.
    """
    name, size = plain[start:end], end - start
    before, behind = plain[start - 1 : start], plain[end : end + 1]
    same_before, same_behind = is_han(before or " "), is_han(behind or " ")
    first, last = max(0, start - _NEAR), end + _NEAR
    times, at = 0, plain.find(name, first, last)
    while at >= 0 and times < _MOST_TIMES and (same_before or same_behind):
        same_before = same_before and plain[at - 1 : at] == before
        same_behind = same_behind and plain[at + size : at + size + 1] == behind
        times += 1
        at = plain.find(name, at + 1, last)
    told = min(times, _TOLD_TIMES)
    found = {f"always behind one character, {told}": same_before, f"always before one character, {told}": same_behind}
    return {what: 1.0 for what, true in found.items() if true and times > 1}
