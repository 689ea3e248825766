"""A line as its editor would have it, as the smallest corrections of what is printed beside those that stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from banmian.records import Correction
from banmian.seeds.lines import PrintedLine


@dataclass(frozen=True, slots=True)
class Edit:
    """`printed`, at offset `start` of the source, is to be `wanted`; neither is empty."""

    start: int
    printed: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a line: a printed character, or a correction as a whole; `shown` is it as it is read."""

    start: int
    printed: str
    shown: str
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class _Region:
    """Cells [first:last] that are to be wanted[begin:end]."""

    first: int
    last: int
    begin: int
    end: int


def cells_of(line: PrintedLine, corrections: Sequence[Correction]) -> list[Cell]:
    """The line as it is read: all its printed characters, each correction that stands in it in one."""
    inside = {one.start: one for one in corrections if line.start <= one.start and one.end <= line.end}
    cells, at = [], line.start
    while at < line.end:
        if one := inside.get(at):
            cells.append(Cell(at, one.printed, one.corrected, one))
            at = one.end
        else:
            character = line.printed[at - line.start]
            cells.append(Cell(at, character, character))
            at += 1
    return cells


def as_read(line: PrintedLine, corrections: Sequence[Correction]) -> str:
    """The text of the line with its corrections."""
    return "".join(cell.shown for cell in cells_of(line, corrections))


def edits(line: PrintedLine, corrections: Sequence[Correction], wanted: str) -> tuple[list[Edit], list[Correction]]:
    """What is to be corrected so that the line reads `wanted`, and which corrections that stand there it replaces.

    A correction whose place is left as it reads stays, whoever made it.
    """
    cells = cells_of(line, corrections)
    found: list[Edit] = []
    gone: list[Correction] = []
    for region in _regions(cells, wanted):
        inside = cells[region.first : region.last]
        gone += [cell.correction for cell in inside if cell.correction]
        printed = "".join(cell.printed for cell in inside)
        found += _smallest(inside[0].start, printed, wanted[region.begin : region.end])
    return found, gone


def _smallest(start: int, old: str, new: str) -> Iterator[Edit]:
    """The places where the two differ; each has at least one printed character, and is left with one."""
    for kind, i, end, j, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if end == i or until == j:
            i, j, end, until = (i - 1, j - 1, end, until) if i else (i, j, end + 1, until + 1)
        yield Edit(start + i, old[i:end], new[j:until])


def _regions(cells: Sequence[Cell], wanted: str) -> list[_Region]:
    """Where the line is to be another, as cells: no two have one in common, each has one and is left with a character.

    What differs within a correction is about the whole of it.
    """
    owner = [at for at, cell in enumerate(cells) for _ in cell.shown]
    if not owner:
        return [_Region(0, len(cells), 0, len(wanted))]
    begins = [0]
    for cell in cells:
        begins.append(begins[-1] + len(cell.shown))

    def is_corrected(at: int) -> bool:
        return cells[owner[at]].correction is not None

    found: list[_Region] = []
    shown = "".join(cell.shown for cell in cells)
    for kind, i, end, j, until in SequenceMatcher(None, shown, wanted, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if end == i or until == j:
            # What is put in beside a correction belongs to it.
            behind = end < len(owner) and (not i or (is_corrected(end) and not is_corrected(i - 1)))
            i, j, end, until = (i, j, end + 1, until + 1) if behind else (i - 1, j - 1, end, until)
        first, last = owner[i], owner[end - 1] + 1
        region = _Region(first, last, j - (i - begins[first]), until + (begins[last] - end))
        while found and found[-1].last > region.first:
            before = found.pop()
            region = _Region(before.first, region.last, before.begin, region.end)
        found.append(region)
    return found
