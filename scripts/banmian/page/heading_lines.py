"""Which of the marked lines that stand together is the headline, and which its kicker or subheadline.

Where all have the same mark only the text tells: what a headline says stands in the lead, what a kicker says further
below, and a headline on two lines goes on across them; lengths, dashes and colons tell the rest. Weights of `heading
line` say how much (scripts/train/heading_lines.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from banmian.page.crossheads import Marks
from banmian.page.cuts import Strings, crossing, read_side
from banmian.page.lexicon import weighted
from banmian.page.marks import Unit
from banmian.page.topic import Topics

Features = dict[str, float]

# What two and three lines of one heading may be.
_HEADINGS = {
    2: (("kicker", "headline"), ("headline", "subheadline"), ("headline", "headline")),
    3: (
        ("kicker", "headline", "subheadline"),
        ("kicker", "headline", "headline"),
        ("headline", "headline", "subheadline"),
        ("headline", "headline", "headline"),
    ),
}
_MUCH_LONGER, _ALIKE = 1.4, 0.75
_SHORT = 8
_REACH = 6
_DASHES = "-—"


class HeadingLines:
    """The headings of several lines of one page."""

    def __init__(self, units: Sequence[Unit], marks: Marks, topics: Topics) -> None:
        self._units, self._marks, self._topics = units, marks, topics
        self._strings = Strings(unit.text for unit in units if not unit.level)

    def likeliest(self, first: int, last: int) -> tuple[str, ...]:
        """The kinds of the lines from `first` up to `last`, of one mark, that are one heading."""
        options = possible(self._units[first:last])
        return max(options, key=lambda kinds: weighted("heading line", self.features(first, kinds)))

    def features(self, first: int, kinds: Sequence[str]) -> Features:
        """What tells whether the lines from `first` on, of one heading, are of these kinds: sums over the lines."""
        lines = range(first, first + len(kinds))
        found: Features = {"several lines": float(kinds.count("headline") - 1)}
        below = self._text_below(lines.stop)
        for line, kind in zip(lines, kinds, strict=True):
            _add(found, kind, self._of_line(line, lines, below))
        for (left, kind), (right, other) in pairwise(zip(lines, kinds, strict=True)):
            if kind == other:
                _add(found, "together", self._across(left, right))
        return found

    def _of_line(self, line: int, lines: range, below: Sequence[int]) -> Features:
        unit, coverage = self._units[line], self._topics.coverage
        size, others = len(unit.text), [len(self._units[other].text) for other in lines if other != line]
        return {
            "bias": 1.0,
            "size": size / 10,
            "longer": float(size > _MUCH_LONGER * max(others)),
            "shorter": float(min(others) > _MUCH_LONGER * size),
            "short": float(size <= _SHORT),
            "unlike headlines": abs(size - self._marks.size) / 10,
            "parted": float(any(one in unit.text for one in " :!?")),
            "dangles": float(read_side(unit.text).dangles),
            "in lead": coverage(line, below[:1]) if below else 0.0,
            "further below": coverage(line, below[1:]) if below[1:] else 0.0,
        }

    def _across(self, left: int, right: int) -> Features:
        texts = self._units[left].text, self._units[right].text
        found = crossing(read_side(texts[0]), read_side(texts[1]), self._strings)
        shorter, longer = sorted(map(len, texts))
        return {
            "word": float(bool(found.word)),
            "printed": float(max(0, len(found.printed) - 1)),
            "fluency": found.fluency,
            "alike": float(shorter > _ALIKE * longer),
        }

    def _text_below(self, at: int) -> list[int]:
        """The lines of text from `at` on, up to the next marked one."""
        found: list[int] = []
        while at < len(self._units) and not self._units[at].level and len(found) < _REACH:
            if self._units[at].whole is None:
                found.append(at)
            at += 1
        return found


def possible(run: Sequence[Unit]) -> list[tuple[str, ...]]:
    """What the lines of a heading may be: a dash opens a subheadline, and a colon ends a kicker."""
    return list(_possible(run)) or [("headline",) * len(run)]


def _possible(run: Sequence[Unit]) -> Iterator[tuple[str, ...]]:
    for kinds in _HEADINGS[len(run)]:
        below = zip(run[1:], kinds[1:], strict=True)
        dashes = all(unit.text[0] not in _DASHES or kind == "subheadline" for unit, kind in below)
        if dashes and (run[0].text[-1] != ":" or kinds[0] == "kicker"):
            yield kinds


def _add(found: Features, name: str, more: Features) -> None:
    for feature, value in more.items():
        found[f"{name} {feature}"] = found.get(f"{name} {feature}", 0.0) + value
