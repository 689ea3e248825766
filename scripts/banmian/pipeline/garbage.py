"""Python's search for objects that hold each other, which a build makes next to none of."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects between two searches, and searches of each generation between two of the next.
_SELDOM = (100_000, 50, 100)


@contextmanager
def sought_seldom() -> Iterator[None]:
    """Search seldom meanwhile, here and in processes forked from here: it takes a tenth of the CPU of a build."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
