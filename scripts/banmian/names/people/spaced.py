"""Names with spaces between their characters, as lists of those who sign and credits print them: 陈 杰, 李 小 红."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from math import inf

from banmian import words

from .. import lexicons
from ..text import Text
from . import likelihood
from .person import SURE, Person, made
from .shapes import is_no_name

# Single characters, each a space or more from the next.
_RUN = re.compile(r"(?:(?<= )|(?<![^\W\d_]))[^\W\d_](?: +[^\W\d_])+(?![^\W\d_])")
_BEHIND_WORD = re.compile(r"(?<=[^\W\d_])[^\W\d_](?: [^\W\d_]){1,2}(?![^\W\d_])")
_SIZES = (2, 3)


def find(text: Text, taken: Set[int]) -> list[Person]:
    """The people so named, none at an offset in `taken`.

    A run of single characters is names if it can be divided into them without a rest. One name that is a word of the
    dictionary too (时 间, 成 绩 单) is one where something says who signs, or where others stand beside it.
    """
    found: list[Person] = []
    for start, end in _runs(text):
        at = [index for index in range(start, end) if text.plain[index] != " "]
        if not taken.isdisjoint(at):
            continue
        spans = _names("".join(text.plain[index] for index in at))
        names = [(at[first], at[last - 1] + 1) for first, last in spans]
        if len(names) > 1 or (names and (_announced(text, start) or not _is_word(text, *names[0]))):
            found += [made(text, *name, "spaced", None, SURE) for name in names]
    return found


def _runs(text: Text) -> Iterator[tuple[int, int]]:
    plain = text.plain
    if " " not in plain:
        return
    for match in _RUN.finditer(plain):
        yield match.span()
    for match in _BEHIND_WORD.finditer(plain):
        if _announced(text, match.start()) and not plain.startswith(" ", match.end()):
            yield match.span()


def _announced(text: Text, start: int) -> bool:
    """Whether what stands before says that a person is named: an office, a designation, a verb that takes people."""
    plain = text.plain
    before = len(plain[:start].rstrip(" :/|丨"))
    leads = (*lexicons.group("attend_list"), *lexicons.group("attend_before"))
    lists = ("titles.tsv", "designations.txt", "before_names.txt")
    listed = any(lexicons.phrases(name).start(plain, before) < before for name in lists)
    return listed or plain.endswith(leads, 0, before)


def _is_word(text: Text, start: int, end: int) -> bool:
    name = text.plain[start:end].replace(" ", "")
    return words.frequency(name) > 0 or is_no_name(name)


@lru_cache(maxsize=1 << 10)
def _names(run: str) -> Sequence[tuple[int, int]]:
    """(start, end) of the likeliest names that the characters of `run` are; none where they leave a rest."""
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
    for end in range(1, len(run) + 1):
        readings = [
            (best[end - size][0] + _score(run[end - size : end]), (*best[end - size][1], (end - size, end)))
            for size in _SIZES
            if size <= end
        ]
        best.append(max(readings, default=(-inf, ())))
    return best[-1][1] if best[-1][0] > -inf else ()


def _score(name: str) -> float:
    return likelihood.name_score(name) if likelihood.like_chinese(name) else -inf
