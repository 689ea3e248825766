"""What an editor decided about the lines of a page, in the solver's terms: numbers of lines, and what they score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from banmian.page.marks import Part, Unit
from banmian.records import SPAN_KINDS, Ruling

DECIDED = 60.0
_WHOLE = frozenset({"byline", *(name for name, kind in SPAN_KINDS.items() if kind.apart)})
_LINKS = ("join", "paragraph")


@dataclass(frozen=True, slots=True)
class Rulings:
    """What an editor decided, by numbers of units.

    Which line goes on in which (and whether in its paragraph), which do not, what each is, and what belongs to one
    article.
    """

    next: Mapping[int, tuple[int, bool]] = field(default_factory=dict)
    apart: frozenset[tuple[int, int]] = frozenset()
    kinds: Mapping[int, str] = field(default_factory=dict)
    together: frozenset[tuple[int, int]] = frozenset()

    def on_link(self, left: int, right: int) -> float:
        """What rulings add to the score of this link."""
        ruled, _ = self.next.get(left, (None, False))
        if ruled == right:
            return DECIDED
        taken = any(other == right for other, _ in self.next.values())
        return -DECIDED if ruled is not None or taken or (left, right) in self.apart else 0.0

    def on_start(self, line: int) -> float:
        """What rulings add to the score of a body that begins with the line."""
        return -DECIDED if any(other == line for other, _ in self.next.values()) else 0.0

    def on_end(self, line: int) -> float:
        """What rulings add to the score of a body that ends with the line."""
        return -DECIDED if line in self.next else 0.0

    def on_lines(self, lines: Sequence[int]) -> float:
        """What rulings add to the score of an article of these lines."""
        inside = frozenset(lines)
        return -DECIDED * sum((one in inside) != (other in inside) for one, other in self.together)


def with_kinds(units: Sequence[Unit], rulings: Iterable[Ruling]) -> list[Unit]:
    """The units with the form that rulings give their lines."""
    kinds = {
        at: ruling.kind for ruling in rulings if is_kind(ruling) and (at := line_at(units, ruling.line)) is not None
    }
    return [_of_kind(unit, kinds[at]) if at in kinds else unit for at, unit in enumerate(units)]


def _of_kind(unit: Unit, kind: str) -> Unit:
    if kind == "table":
        # Its marks are the table's own.
        whole_line = (Part("content", 0, len(unit.line.text)),)
        unit = replace(unit, parts=whole_line, text=unit.line.text, level=0, bold=False, dateline="")
    return replace(unit, whole=kind if kind in _WHOLE else None)


def rulings_of(units: Sequence[Unit], rulings: Iterable[Ruling]) -> Rulings:
    """The rulings on these units. Those about other lines are left out: `unheeded` names them."""
    following: dict[int, tuple[int, bool]] = {}
    apart, together = set(), set()
    kinds: dict[int, str] = {}
    for ruling in rulings:
        line = line_at(units, ruling.line)
        other = None if ruling.other is None else line_at(units, ruling.other)
        if line is None:
            continue
        if is_kind(ruling):
            kinds[line] = ruling.kind
            if other is not None:
                together.add((line, other))
        elif other is not None and ruling.kind in _LINKS:
            following[line] = other, ruling.kind == "join"
        elif other is not None:
            apart.add((line, other))
    return Rulings(following, frozenset(apart), kinds, frozenset(together))


def stated_ends(units: Sequence[Unit], rulings: Iterable[Ruling]) -> frozenset[int]:
    """The units after which an editor's word counts, not how the page is set: around those that rulings speak of."""
    held: set[int] = set()
    for ruling in rulings:
        line = line_at(units, ruling.line)
        other = None if ruling.other is None else line_at(units, ruling.other)
        if line is not None:
            held.update((line - 1, line) if is_kind(ruling) else (line,))
        if other is not None and not is_kind(ruling):
            held.add(other - 1)
    return frozenset(held)


def is_kind(ruling: Ruling) -> bool:
    """Whether it says what a line is, not how two lines stand to each other."""
    return ruling.kind not in (*_LINKS, "apart")


def line_at(units: Sequence[Unit], offset: int) -> int | None:
    """The number of the unit that stands at this offset of the source."""
    return next((at for at, unit in enumerate(units) if unit.stands_at(offset)), None)
