"""What stands several times in an article: a name is printed again, with other characters around it each time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_LONGEST = 8
_MOST = 6
_BASE = np.uint64(0x9E3779B97F4A7C15)
# Beside letters, digits and characters a name may hold the dot between a foreigner's names.
_DOT = "·"

Counts = npt.NDArray[np.uint64]


def repeats(texts: Sequence[str]) -> list[Counts]:
    """For each of the `texts` of one article a number for each character, 0 where nothing is repeated.

    Otherwise it says how often the stretch that the character is part of stands in the texts (up to 6), how long that
    is (2 to 8 characters), and where in it the character stands: at its beginning, inside, at its end. A stretch
    holds no marks, and what stands before it, and behind it, is not always the same; of those that overlap the one
    counts that stands for most characters.
    """
    found = _marked("\n".join(texts))
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return [found[start : start + len(text)] for start, text in zip(starts, texts, strict=False)]


def _marked(plain: str) -> Counts:
    found = [0] * len(plain)
    taken = bytearray(len(plain))
    for count, length, starts in sorted(_stretches(plain), key=_worth):
        what = 32 * min(count, _MOST) + 4 * (length - 1)
        own = [what + 1, *[what + 2] * (length - 2), what + 3]
        for start in starts:
            end = start + length
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * length
                found[start:end] = own
    return np.array(found, np.uint64)


def _worth(stretch: tuple[int, int, list[int]]) -> tuple[int, int, int]:
    """What comes first: the stretch that spares most characters, then the longest, then the first."""
    count, length, starts = stretch
    return -count * (length - 1), -length, starts[0]


def _stretches(plain: str) -> list[tuple[int, int, list[int]]]:
    """(count, length, starts) of each stretch that stands twice or more, between different characters."""
    around = np.zeros(len(plain) + 2, np.uint64)
    around[1:-1] = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)
    told = np.zeros(len(plain) + 1, np.bool_)
    told[:-1] = np.fromiter(map(str.isalnum, plain), np.bool_, len(plain)) | (around[1:-1] == ord(_DOT))
    at = told.nonzero()[0]
    hashes = around[at + 1]
    found = []
    for length in range(2, _LONGEST + 1):
        goes_on = told[at + length - 1]
        at = at[goes_on]
        if not len(at):
            break
        hashes = hashes[goes_on] * _BASE + around[at + length]
        order = hashes.argsort(kind="stable")
        ordered = hashes[order]
        edges = np.ones(len(at) + 1, np.bool_)
        edges[1:-1] = ordered[1:] != ordered[:-1]
        edge = edges.nonzero()[0]
        counts = edge[1:] - edge[:-1]
        # What stands once does not stand more often when it is longer.
        several = counts > 1
        order, counts = order[several.repeat(counts)], counts[several]
        groups = counts.cumsum() - counts
        if not len(groups):
            break
        varied = np.ones(len(groups), np.bool_)
        for beside in (around[at[order]], around[at[order] + length + 1]):
            varied &= np.minimum.reduceat(beside, groups) != np.maximum.reduceat(beside, groups)
        found += [
            (count, length, at[order[first : first + count]].tolist())
            for first, count in zip(groups[varied].tolist(), counts[varied].tolist(), strict=True)
        ]
        order.sort()
        at, hashes = at[order], hashes[order]
    return found
