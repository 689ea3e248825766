"""Which of some texts are those that were there before, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import starmap

import numpy as np

from banmian.keys.samples import Sampled
from banmian.records import GivenKey

# A text that goes on in several others goes on in those that have this share of it.
_PART = 0.15
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Matched:
    """By indices, old -> new: what is the same, and of other old texts those in which most of their characters are."""

    same: dict[int, int]
    successors: dict[int, tuple[int, ...]]


def match(
    old: Sequence[GivenKey], new: Sequence[Sampled], unlike: Callable[[int, int], int] = lambda one, other: 0
) -> Matched:
    """Match old texts with new ones; of pairs that share as much, those that are less `unlike` come first.

    A new text is the old one most of whose characters it has; of several the one it has most of, the others have gone
    into it. What is left of an old text is the same as well, unless much of it is elsewhere too.
    """
    shares = _shares(old, new)
    totals = [0.0] * len(old)
    for (one, _), share in shares.items():
        totals[one] += share
    shared = {pair: share * old[pair[0]].characters for pair, share in shares.items()}
    same: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in sorted(shares, key=lambda pair: (-shared[pair], unlike(*pair), pair)):
        share = shares[one, other]
        is_most = share > _MOST or (share > _MOST * totals[one] and shared[one, other] > _MOST * new[other].characters)
        if is_most and one not in same and other not in taken:
            same[one] = other
            taken.add(other)
    successors: dict[int, tuple[int, ...]] = {}
    for one in range(len(old)):
        parts = {other: share for (of, other), share in shares.items() if of == one and share >= _PART}
        if one not in same and sum(parts.values()) > _MOST:
            most = max(parts, key=lambda other: (parts[other], -other))
            successors[one] = (most,) if parts[most] > _MOST else tuple(sorted(parts))
    return Matched(same, successors)


def _shares(old: Sequence[GivenKey], new: Sequence[Sampled]) -> dict[tuple[int, int], float]:
    """(old, new) -> the share of the old text that the new one has, where it has any."""
    sizes = [len(one.sample) for one in old]
    owners = np.repeat(np.arange(len(old)), sizes)
    digests = np.array([digest for one in old for digest in one.sample], np.uint32)
    order = np.argsort(digests, kind="stable")
    digests, owners = digests[order], owners[order]
    shares: dict[tuple[int, int], float] = {}
    for other, text in enumerate(new):
        runs = np.unique(text.runs)
        first, last = np.searchsorted(digests, runs), np.searchsorted(digests, runs, "right")
        met = first < last
        here = list(starmap(slice, zip(first[met], last[met], strict=True)))
        if here:
            counts = np.bincount(np.concatenate([owners[place] for place in here]), minlength=len(old))
            shares |= {(int(one), other): counts[one] / sizes[one] for one in np.flatnonzero(counts)}
    return shares
