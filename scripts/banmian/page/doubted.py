"""Which places of a solved page are plainly broken, so that an editor is asked about them: each place once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.broken import begins_inside, ends_inside, may_be_heading
from banmian.page.rivals import Rivals
from banmian.records import Remark

# Where fewer of the paragraphs end with a stop, the page does without: a table of names, a poem.
_STOPPED = 0.5

Place = tuple[str, int]


class Doubted:
    """The broken places of a page that is read so; what an editor decided is none."""

    def __init__(self, readings: Sequence[Reading], reader: Reader, rivals: Rivals) -> None:
        self._readings = readings
        self._reader = reader
        self._links = reader.links
        self._rivals = rivals
        ends = [line for reading in readings for line in _ends(reading)]
        stopped = sum(not self._links.breaks_off(line) for line in ends)
        self._stops = stopped >= _STOPPED * len(ends)
        self._like_headings = frozenset(line for reading in readings for line in self._alone(reading))
        self._asked = self._end_questions()

    def at_paragraph(self, left: int, right: int) -> list[Remark]:
        """What is broken where the paragraph that ends with `left` is followed by the one that begins with `right`."""
        if self._links.rulings.next.get(left) == (right, False) or {left, right} & self._like_headings:
            return []
        return self._broken(left, right)

    def in_text(self, reading: Reading) -> Iterator[Place]:
        """The lines of the reading's text that are broken: their kind (begins, end, body) and number."""
        for line in reading.body:
            if line in self._like_headings:
                yield "body", line
        if not reading.body:
            return
        first, last = reading.body[0], reading.body[-1]
        if last in self._asked:
            yield "end", last
        continued = self._rivals.beginning(first)[1]
        answered = continued in self._asked and self._asked[continued] == first
        decided = first in self._links.rulings.begins or first in self._links.rulings.kinds
        if first not in self._like_headings and not decided and not answered and begins_inside(self._links, first):
            yield "begins", first

    def remarks(self, kind: str, line: int) -> list[Remark]:
        """What is broken at such a line, in words."""
        if kind == "body":
            return [Remark("may_be_heading")]
        return self._broken(None, line) if kind == "begins" else self._broken(line, None)

    def _broken(self, left: int | None, right: int | None) -> list[Remark]:
        found = []
        if left is not None and self._ends_inside(left):
            found.append(Remark("ends_inside"))
        if right is not None and begins_inside(self._links, right):
            found.append(Remark("begins_inside"))
        return found

    def _ends_inside(self, line: int) -> bool:
        """Whether the line looks broken off; of lost stops the page's note tells, and some pages do without."""
        stops = self._stops and not self._links.noisy
        return (stops or self._surely(line)) and ends_inside(self._links, line)

    def _surely(self, line: int) -> bool:
        """Whether no sentence ends so, wherever the stops went."""
        side = self._links.sides[line]
        return side.dangles or side.stop == "pause"

    def _end_questions(self) -> dict[int, int | None]:
        """The lines at which an article's text breaks off, and with which line it may go on."""
        found: dict[int, int | None] = {}
        for reading in self._readings:
            last = reading.body[-1] if reading.body else None
            rulings = self._links.rulings
            if last is None or last in self._like_headings or last in rulings.ends or last in rulings.kinds:
                continue
            if self._ends_inside(last):
                after = self._rivals.end(last).after
                found[last] = None if after is None else after[0]
        return found

    def _alone(self, reading: Reading) -> Iterator[int]:
        """The lines of the text that are a paragraph each and look like headings."""
        joined = {line for join in reading.joins for line in join}
        for line in reading.body:
            kinds = self._reader.kinds[line]
            if line not in joined and "body" in kinds and may_be_heading(kinds, self._links, line):
                yield line


def _ends(reading: Reading) -> Iterator[int]:
    """The lines with which the paragraphs of the text end."""
    joins = frozenset(reading.joins)
    yield from (left for left, right in pairwise(reading.body) if (left, right) not in joins)
    yield from reading.body[-1:]
