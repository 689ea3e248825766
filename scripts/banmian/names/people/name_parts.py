"""Names of Uyghurs, Kazakhs, Tibetans and Mongols, made of parts that a list holds: 央金|卓玛, 阿不力米提|托乎提."""

from __future__ import annotations

from functools import lru_cache

from .. import lexicons

_MOST_PARTS = 3
# Parts of so many characters together are a name wherever they stand.
_LEAST = 4


def end(text: str, start: int) -> int:
    """Where the longest run of parts ends that starts at `start`; `start` for none."""
    if not _begins(text, start):
        return start
    return start + max((length for length, _ in _runs(text[start : start + 12])), default=0)


def start(text: str, end: int) -> int:
    """Where the longest run of parts starts that ends at `end`; `end` for none."""
    parts, first = lexicons.phrases("name_parts.tsv"), end
    for _ in range(_MOST_PARTS):
        suffixed = first - (text[first - 1 : first] in lexicons.group("part_suffixes"))
        begin = parts.start(text, suffixed)
        first = begin if begin < suffixed else parts.start(text, first)
    return first


def count(name: str) -> int:
    """Of how few parts `name` is made; 0 where it is not made of parts."""
    if not _begins(name, 0):
        return 0
    return min((number for length, number in _runs(name) if length == len(name)), default=0)


def stands_alone(name: str) -> bool:
    """Whether a run of parts is a name without anything that says so."""
    return len(name) >= _LEAST and count(name) > 0


def _begins(text: str, start: int) -> bool:
    """Whether a part starts at `start`: hardly ever one does."""
    return lexicons.phrases("name_parts.tsv").end(text, start) > start


@lru_cache(maxsize=1 << 14)
def _runs(text: str) -> frozenset[tuple[int, int]]:
    """(length, number of parts) of the runs of parts that `text` begins with."""
    parts, found = lexicons.phrases("name_parts.tsv"), {(0, 0)}
    suffixes = lexicons.group("part_suffixes")
    last = found
    for number in range(1, _MOST_PARTS + 1):
        last = {(length, number) for at, _ in last for length in parts.ends(text, at) if length > at}
        last |= {(length + 1, number) for length, _ in last if text[length : length + 1] in suffixes}
        found |= last
    return frozenset(found - {(0, 0)})
