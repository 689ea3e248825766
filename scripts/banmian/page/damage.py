"""What shows that a page was damaged before it came here: text in a wrong encoding, radicals, paragraphs read twice.

Nothing of it is changed: each is told, with what can be done about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from banmian.page.lexicon import pattern
from banmian.page.marks import Unit
from banmian.page.source import Line
from banmian.records import Remark
from banmian.words.characters import compatible

_REPLACED = "\ufffd"
# Encodings that UTF-8 is mistaken for.
_ENCODINGS = ("gb18030", "cp1252", "latin-1")
_LEAST_GARBLED = 4
_LEAST_SHARE = 0.6
_SHOWN = 12
_LEAST_TWICE = 24
_LONGEST_TWICE = 2_000
_GRAM = 6
# The strings of so many lines are remembered at least, of twice as many at most.
_REMEMBERED = 2_000
_LEAST_GRAMS = 0.5
_MOST_LINES = 8
_ALIKE = 0.85


def damage_of(lines: Sequence[Line], units: Sequence[Unit]) -> Iterator[Remark]:
    """What can be told of the damage of a page with these lines, and of the units that its text stands in."""
    yield from _replaced(lines)
    yield from _garbled(lines)
    yield from _radicals(lines)
    yield from _twice(units)


def _replaced(lines: Sequence[Line]) -> Iterator[Remark]:
    found = [line for line in lines if _REPLACED in line.text]
    if found:
        count = sum(line.text.count(_REPLACED) for line in found)
        yield Remark("replaced", {"line": found[0].number, "count": count})


def _garbled(lines: Sequence[Line]) -> Iterator[Remark]:
    meant = [(line, text) for line in lines if (text := _meant(line.text))]
    if meant:
        line, text = meant[0]
        yield Remark("garbled", {"line": line.number, "count": len(meant), "text": text[:_SHOWN]})
    lost = [line for line in lines if pattern("lost_encoding").search(line.text)]
    if lost:
        yield Remark("lost_encoding", {"line": lost[0].number, "count": len(lost)})


def _meant(text: str) -> str:
    """What the text says where it is UTF-8 that was read as something else; empty where it is not."""
    if sum(not one.isascii() for one in text) < _LEAST_GARBLED:
        return ""
    for encoding in _ENCODINGS:
        size = len(raw := text.encode(encoding, "ignore"))
        found = raw.decode("utf-8", "ignore")
        # A Han character takes three bytes.
        if 3 * sum("\u3000" <= one <= "\u9fff" for one in found) > _LEAST_SHARE * size and len(found) < len(text):
            return found
    return ""


def _radicals(lines: Sequence[Line]) -> Iterator[Remark]:
    found = [(line, signs) for line in lines if (signs := compatible(line.text))]
    if found:
        every = Counter(one for _, signs in found for one in signs)
        shown = "".join(list(every)[:_SHOWN])
        yield Remark("radicals", {"line": found[0][0].number, "count": every.total(), "text": shown})


def _twice(units: Sequence[Unit]) -> Iterator[Remark]:
    """Of each long line that says what one above it said, but for a few characters; not of one very far above."""
    above: dict[str, tuple[int, ...]] = {}
    farther: dict[str, tuple[int, ...]] = {}
    for at, unit in enumerate(units):
        if at % _REMEMBERED == 0:
            above, farther = {}, above
        text = unit.text[:_LONGEST_TWICE]
        if len(text) < _LEAST_TWICE or unit.whole in ("table", "furniture"):
            continue
        grams = {text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)}
        known = above.keys() & grams
        shared = Counter(other for gram in known for other in above[gram])
        shared.update(other for gram in farther.keys() & grams for other in farther[gram])
        first = min(shared, key=lambda other: (-shared[other], other), default=None)
        if first is not None and _repeats(units[first].text, text, shared[first]):
            values = {"line": unit.line.number, "first": units[first].line.number, "text": unit.text[:_SHOWN]}
            yield Remark("twice", values)
        above |= dict.fromkeys(grams - known, (at,))
        for gram in known:
            if len(above[gram]) < _MOST_LINES:
                above[gram] = (*above[gram], at)


def _repeats(first: str, second: str, shared: int) -> bool:
    """Whether the second text says what the first says; `shared` of its strings stand in the first."""
    first = first[:_LONGEST_TWICE]
    if abs(len(first) - len(second)) > (1 - _ALIKE) * max(len(first), len(second)):
        return False
    if shared < _LEAST_GRAMS * (len(second) - _GRAM + 1):
        return False
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
