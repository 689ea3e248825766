"""How many characters of a text an engine hardly read right: each in no word, seldom before or behind its neighbours.

One that the text has in the same place again is a name, not misread. Names that stand once are counted too, so that
only a text with more of them than is usual is a worn one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from banmian import words
from banmian.page.fluency import follows

_HAN = re.compile("[\u4e00-\u9fff]{3,}")
_LONGEST_WORD = 4
# Log odds that a character stands between its neighbours, against chance; which are those of one hardly read right.
_HARDLY = -3.0
# In ten of a thousand characters. Short texts count as if they had so many; a text never tells more or less than this.
_SHARE, _FEWEST = 100, 500
_LEAST, _MOST = 0.25, 1.75


def misread(texts: Iterable[str]) -> float:
    """How many characters of the texts seem misread, in ten of a thousand that stand between others."""
    found: Counter[str] = Counter()
    count = 0
    for run in (run for text in texts for run in _HAN.findall(text)):
        count += max(0, len(run) - 2)
        found.update(_strange(run))
    once = sum(times == 1 for times in found.values())
    return max(_LEAST, min(_MOST, once * _SHARE / max(_FEWEST, count)))


def _strange(run: str) -> Iterator[str]:
    """The characters that hardly stand where they do, each between its neighbours."""
    for at in range(1, len(run) - 1):
        before, one, after = run[at - 1], run[at], run[at + 1]
        if follows(before, one) + follows(one, after) < _HARDLY and not _in_word(run, at):
            yield before + one + after


def _in_word(run: str, at: int) -> bool:
    """Whether the character stands in a word of several that the dictionary has."""
    return any(
        words.frequency(run[begin : begin + size])
        for size in range(2, _LONGEST_WORD + 1)
        for begin in range(max(0, at - size + 1), at + 1)
    )
