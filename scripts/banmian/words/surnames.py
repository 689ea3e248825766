"""Chinese surnames: the page stage asks for them in bylines, the names stage in people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from banmian.words.lists import rows

_SIZES = (2, 3)


@cache
def surnames() -> Mapping[str, str]:
    """Each surname, compound ones included, and how common it is: '1' the most common, '2' common, '3' rare."""
    return MappingProxyType({row[0]: row[1] for row in rows("banmian.words", "surnames.tsv")})


def are_names(text: str) -> bool:
    """Whether the text can be read as names of two or three characters, each with its surname, set without spaces."""
    ends = {0}
    for at in range(len(text)):
        if at in ends and text[at] in surnames():
            ends |= {at + size for size in _SIZES if at + size <= len(text)}
    return bool(text) and len(text) in ends
