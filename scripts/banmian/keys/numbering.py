"""New keys, which are none of those that were ever given."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count


def another(key: str, taken: Collection[str], base: str | None = None) -> str:
    """`key`, or where that was given before, `base` (by itself the key) with the first number from 2 that was not."""
    if key not in taken:
        return key
    return next(new for number in count(2) if (new := f"{base or key}-{number}") not in taken)


def next_on_page(page: str, position: int, taken: Collection[str], highest: int) -> str:
    """The key of an article of `page`: its position, or where that was given before, the number after `highest`."""
    key = f"{page}-{position}"
    if key not in taken:
        return key
    return next(new for number in count(highest + 1) if (new := f"{page}-{number}") not in taken)
