"""That a page follows what an editor decided: columns that the search left behind, rulings that can't be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from banmian.page.article import Reader, Reading
from banmian.page.marks import Unit
from banmian.page.rulings import is_kind, line_at
from banmian.records import SPAN_KINDS, Remark, Ruling


def obedient(reader: Reader, readings: list[Reading]) -> list[Reading]:
    """The readings with every column that a ruling has follow a line brought to the article of that line."""
    for left, (right, _) in reader.links.rulings.next.items():
        giving = next((at for at, reading in enumerate(readings) if right in reading.body), None)
        taking = next((at for at, reading in enumerate(readings) if left in reading.body), None)
        if giving is None or taking is None or giving == taking:
            continue
        column = _column(readings[giving], right)
        kept = [line for line, _ in readings[giving].kinds if line not in column]
        lines = [line for line, _ in readings[taking].kinds] + column
        parts = [tuple(sorted(part)) for part in (lines, kept) if part]
        changed = [reader.read(part, thorough=True) for part in parts]
        if all(changed):
            others = [reading for at, reading in enumerate(readings) if at not in (giving, taking)]
            readings = [*others, *(reading for reading in changed if reading)]
    return readings


def _column(reading: Reading, first: int) -> list[int]:
    """The body lines from `first` on that follow each other in the file."""
    column = [first]
    for line in reading.body[reading.body.index(first) + 1 :]:
        if line != column[-1] + 1:
            break
        column.append(line)
    return column


def unheeded(
    rulings: Iterable[Ruling], text: str, units: Sequence[Unit], readings: Sequence[Reading]
) -> Iterator[Remark]:
    """A warning for each ruling that the readings do not follow."""
    for ruling in rulings:
        line = line_at(units, ruling.line)
        other = None if ruling.other is None else line_at(units, ruling.other)
        set_apart = is_kind(ruling) and SPAN_KINDS[ruling.kind].apart
        if not set_apart and not _is_followed(ruling, line, other, readings):
            number = text.count("\n", 0, ruling.line) + 1
            yield Remark("ruling_not_followed", {"line": number, "ruled": ruling.kind, "reason": ruling.reason})


def _is_followed(ruling: Ruling, line: int | None, other: int | None, readings: Sequence[Reading]) -> bool:
    if line is None or (ruling.other is not None and other is None):
        return False
    reading = next(reading for reading in readings if line in dict(reading.kinds))
    if is_kind(ruling):
        return dict(reading.kinds)[line] == ruling.kind and (other is None or other in reading.body)
    after = reading.body[reading.body.index(line) + 1 :][:1] if line in reading.body else ()
    if ruling.kind == "apart":
        return after != (other,)
    return after == (other,) and ((line, other) in reading.joins) == (ruling.kind == "join")
