"""A second opinion for tests: it knows a few names by heart."""

from __future__ import annotations

import re

_NAMES = {"微光未来": "organization", "市长李建国": "person", "建国": "person", "呼噜噜": "person", "西湖": "place"}


def find(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), kind) for name, kind in _NAMES.items() for m in re.finditer(name, text)]


def outside(text: str) -> list[tuple[int, int, str]]:
    return [(0, len(text) + 1, "person")]


no_function = 3
