"""Chinese surnames: the page stage asks for them in bylines, the names stage in people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from banmian.words.lists import rows


@cache
def surnames() -> Mapping[str, str]:
    """Each surname, compound ones included, and how common it is: '1' the most common, '2' common, '3' rare."""
    return MappingProxyType({row[0]: row[1] for row in rows("banmian.words", "surnames.tsv")})
