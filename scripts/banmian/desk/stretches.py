"""What is read in part of a page's source: what is corrected with what is printed there, and what is doubted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from banmian.records import Doubt
from banmian.seeds.records import PageSource

# Of a longer line so many characters are shown at each end, and so many beside what is marked between.
_LONGEST = 72
_END = 34
_BESIDE = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one kind: `printed` is what is printed where they are a correction, `doubt` what is doubted there.

    `is_gap` is set where they are left out.
    """

    text: str
    printed: str | None = None
    doubt: Doubt | None = None
    is_gap: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is as printed, and not doubted."""
        return self.printed is None and self.doubt is None


def stretches(source: PageSource, start: int, end: int) -> Iterator[Stretch]:
    """What is read in text[start:end], in its order. A correction that reaches beyond is left out."""
    marked = [(one.start, one.end) for one in source.corrections] + [(one.start, one.end) for one in source.doubts]
    marks = sorted({place for places in marked for place in places if start < place < end})
    corrections = {one.start: one for one in source.corrections if start <= one.start and one.end <= end}
    at = start
    for until in [*marks, end]:
        if until <= at:
            continue
        doubt = next((one for one in source.doubts if one.start <= at < one.end), None)
        if one := corrections.get(at):
            yield Stretch(one.corrected, one.printed, doubt)
            at = one.end
        else:
            yield Stretch(source.text[at:until], None, doubt)
            at = until


def abridged(read: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The same without the middle of a long text, but for what is marked there."""
    length = sum(len(one.text) for one in read)
    if length <= _LONGEST:
        return tuple(read)
    found: list[Stretch] = []
    at = 0
    for number, one in enumerate(read):
        after = at + len(one.text)
        if one.is_plain:
            head = max(_END - at, _BESIDE if number else 0)
            tail = max(after - (length - _END), _BESIDE if number < len(read) - 1 else 0)
            found += _without_middle(one, head, tail)
        else:
            found.append(one)
        at = after
    return tuple(found)


def _without_middle(one: Stretch, head: int, tail: int) -> Iterator[Stretch]:
    if head + tail >= len(one.text):
        yield one
        return
    yield replace(one, text=one.text[:head])
    yield Stretch(one.text[head : len(one.text) - tail], is_gap=True)
    yield replace(one, text=one.text[len(one.text) - tail :])
