"""Where names stand, however they are spelled: digests of an article and of the characters before and after a mention.

By them a person or organization is known again whose name was put right, where it stands or by a correction that was
made or taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from banmian.keys.samples import DIGESTS

# Characters on each side of a name that tell its place, and how many of the text are looked at: some are blank.
_BESIDE = 6
AROUND = 2 * _BESIDE

# Article (key), the characters before, and those after.
Around = tuple[str, str, str]


class Places(Protocol):
    """The places of the mentions of people, or of organizations, each known by its index."""

    def first(self) -> Mapping[int, Around]:
        """The first place of each that is mentioned."""

    def all(self) -> Iterable[tuple[int, Around]]:
        """Every place of each."""


def digests(around: Around) -> tuple[int, int]:
    """A digest of what stands before a name in its article, and one of what stands after it; below DIGESTS."""
    article, before, after = around
    left, right = "".join(before.split())[-_BESIDE:], "".join(after.split())[:_BESIDE]
    return _digest(f"{article}\n{left}\n"), _digest(f"{article}\n\n{right}")


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) % DIGESTS


# Digests of a place -> who stands there between the same characters, and who has the same on one side; both in order.
Standing = Callable[[tuple[int, ...]], tuple[list[int], list[int]]]


def at_places(places: Places, sought: Collection[tuple[int, ...]]) -> Standing:
    """A function that gives who stands in a place, for each of the places `sought`; all are looked at where any is."""
    wanted = {digest for at in sought for digest in at}
    found: dict[int, set[int]] = {}
    for number, around in places.all() if wanted else ():
        for digest in digests(around):
            if digest in wanted:
                found.setdefault(digest, set()).add(number)

    def standing(at: tuple[int, ...]) -> tuple[list[int], list[int]]:
        sides = [found.get(digest, set()) for digest in at] or [set()]
        return sorted(set.intersection(*sides)), sorted(set.union(*sides))

    return standing
