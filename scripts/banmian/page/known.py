"""How sets of the lines of a page were read, and the same of lines that then had other numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from banmian.page.article import Reading
from banmian.page.kinds import Kinds
from banmian.page.links import Link
from banmian.page.order import BodyKey, Order

# What is decided of some lines of a set, as far as it tells on how the set is read.
Said = tuple[object, ...]
# What a reading is known by: the lines, whether it is thorough, what is decided of them.
Key = tuple[tuple[int, ...], bool, Said]


@dataclass(frozen=True, slots=True)
class Sought:
    """An order that was sought, its steps and the links that it was sought among."""

    order: Order
    steps: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A reading (None: the lines can't be one article), steps of its own, the orders and links that it asked for."""

    reading: Reading | None
    steps: int
    orders: tuple[tuple[BodyKey, Sought], ...]
    links: tuple[Link, ...]


@dataclass
class Known:
    """What is known of lines that may be `kinds`: how sets of them are read, and were where much else was the same."""

    kinds: list[Kinds]
    pasts: list[Past] = field(default_factory=list)
    readings: dict[Key, Read] = field(default_factory=dict)
    links: dict[Link, Link] = field(default_factory=dict)

    def of(self, key: Key) -> Read | None:
        """How the lines are read, None where that is not known."""
        found = self.readings.get(key)
        if found is None and self.pasts:
            found = next((read for past in self.pasts if (read := past.of(key))), None)
            if found:
                self.readings[key] = found
        return found


class Past:
    """What is known of lines that had other numbers, those of `there` (None: that were not, or are otherwise)."""

    def __init__(self, known: Known, kinds: Sequence[Kinds], there: Sequence[int | None]) -> None:
        self._known = known
        # By how much the number of each line is higher.
        self._shifts = [
            line - other if other is not None and kinds[line] == known.kinds[other] else None
            for line, other in enumerate(there)
        ]
        self._sought: dict[BodyKey, tuple[BodyKey, Sought]] = {}

    def of(self, key: Key) -> Read | None:
        """How the lines are read, where they stood to each other as they do, None where that is not known."""
        lines, thorough, said = key
        shift = self._shifts[lines[0]]
        if shift is None or {*map(self._shifts.__getitem__, lines)} != {shift}:
            return None
        known = self._known.readings.get((_moved(lines, -shift), thorough, said))
        if known is None or not shift:
            return known
        orders = tuple([self._order(asked, sought, shift) for asked, sought in known.orders])
        return Read(_reading(known.reading, shift), known.steps, orders, _links(known.links, shift))

    def _order(self, asked: BodyKey, sought: Sought, shift: int) -> tuple[BodyKey, Sought]:
        body, headings, thorough = asked
        now = _moved(body, shift), _moved(headings, shift), thorough
        if now not in self._sought:
            order = Order(sought.order.score, _moved(sought.order.lines, shift))
            self._sought[now] = now, Sought(order, sought.steps, _links(sought.links, shift))
        return self._sought[now]


def _reading(reading: Reading | None, shift: int) -> Reading | None:
    if reading is None:
        return None
    kinds = tuple([(line + shift, kind) for line, kind in reading.kinds])
    joins = tuple([(left + shift, right + shift) for left, right in reading.joins])
    return Reading(reading.score, kinds, _moved(reading.body, shift), joins)


def _moved(lines: Sequence[int], shift: int) -> tuple[int, ...]:
    return tuple([line + shift for line in lines])


def _links(links: Sequence[Link], shift: int) -> tuple[Link, ...]:
    return tuple([(left + shift, right + shift, place) for left, right, place in links])
