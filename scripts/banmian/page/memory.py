"""What the searches of a page worked out, kept for the next one, under other decisions of its editor.

A decision changes what few lines score: a set of lines of which nothing else is decided than before is read as before.
It is taken over with the steps that it would have taken, link by link, so that a search comes to the very page that one
without a memory finds, also where its steps are used up (test_page_memory.py). A decision that changes which lines the
search sees changes all that is known of them but the page as it was without any decision (undecided.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.budget import Budget
from banmian.page.kinds import Kinds, kinds_of_page
from banmian.page.links import LINK_STEPS, Link, Links, place_apart
from banmian.page.marks import Unit
from banmian.page.noise import has_lost_stops
from banmian.page.order import BodyKey, Order, Orders, place_of
from banmian.page.rulings import Rulings
from banmian.page.undecided import Free, Undecided

# So many parts of a page are kept, ways to see the lines of each, and readings of these.
_PARTS, _WAYS, _READINGS = 8, 2, 100_000

# What is decided of some lines of a set, as far as it tells on how the set is read.
Said = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Sought:
    """An order that was sought, its steps and the links that it was sought among."""

    order: Order
    steps: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A reading (None: the lines can't be one article), steps of its own, the orders and links that it asked for."""

    reading: Reading | None
    steps: int
    orders: tuple[tuple[BodyKey, _Sought], ...]
    links: tuple[Link, ...]


@dataclass
class Known:
    """What is known of lines that may be `kinds`: how sets of them are read."""

    kinds: list[Kinds]
    readings: dict[tuple[tuple[int, ...], bool, Said], _Read] = field(default_factory=dict)
    links: dict[Link, Link] = field(default_factory=dict)


class Memory:
    """What is known of the units of a page, or of a part of it, that are searched in so many steps.

    `free` is what a search without rulings came to, None before there was one.
    """

    def __init__(self, units: Sequence[Unit], steps: int, scarce: bool) -> None:
        self.about = list(units), steps, scarce
        links = Links(units, noisy=True)
        self.noisy = has_lost_stops(links, kinds_of_page(units, links.topics, links.in_order))
        self.links = links if self.noisy else Links(units, like=links)
        self.free: Free | None = None
        self._known: list[Known] = []

    def reader(self, links: Links, kinds: list[Kinds], plain: list[Kinds], budget: Budget) -> Reader:
        """A reader that remembers; `plain` are the kinds that the lines may have where nothing is decided."""
        known = next((known for known in self._known if known.kinds == plain), None)
        if known is None:
            known = Known(plain)
            self._known = [*self._known[1 - _WAYS :], known]
        if len(known.readings) > _READINGS:
            known.readings.clear()
        return _Reader(links, kinds, budget, known)


class Memories:
    """What is known of a page: of its units as they were searched last, or of its parts."""

    def __init__(self) -> None:
        self._kept: list[Memory] = []
        self.undecided = Undecided()

    def of(self, units: Sequence[Unit], steps: int, scarce: bool) -> Memory:
        """What is known of these units, searched in so many steps."""
        memory = next((one for one in self._kept if one.about == (units, steps, scarce)), None)
        if memory is None:
            memory = Memory(units, steps, scarce)
            self._kept = [*self._kept[1 - _PARTS :], memory]
        return memory


class _Reader(Reader):
    """A reader that takes over what is known."""

    def __init__(self, links: Links, kinds: list[Kinds], budget: Budget, known: Known) -> None:
        super().__init__(links, kinds, budget)
        self._sought = _Orders(links, budget, known)
        self.orders = self._sought
        self._budget = budget
        self._remembered = known
        self._decided = _Decided(links.rulings, kinds)

    def _read(self, lines: tuple[int, ...], thorough: bool) -> Reading | None:
        key = lines, thorough, self._decided.of(lines)
        known = self._remembered.readings.get(key)
        if known and self._take(known):
            return known.reading
        left, links = self._budget.left, len(self.links.weighed)
        self._sought.asked, self._sought.spent = [], 0
        reading = super()._read(lines, thorough)
        if not self._budget.spent:
            steps = left - self._budget.left - self._sought.spent - LINK_STEPS * (len(self.links.weighed) - links)
            orders = tuple([(asked, self._sought.found[asked]) for asked in dict.fromkeys(self._sought.asked)])
            joins = () if reading is None else self._sought.neighbours(reading)
            self._remembered.readings[key] = _Read(reading, steps, orders, joins)
        return reading

    def _take(self, known: _Read) -> bool:
        """Go the steps that the reading takes in this search; False, and none of them, where there are too few."""
        links, own = self.links.weighed, self._sought.found
        new = [(asked, sought) for asked, sought in known.orders if asked not in own]
        asked_for = [sought.links for _, sought in new if not links.issuperset(sought.links)]
        if not links.issuperset(known.links):
            asked_for.append(known.links)
        unseen = set().union(*asked_for) - links if asked_for else set()
        steps = known.steps + sum([sought.steps for _, sought in new]) + LINK_STEPS * len(unseen)
        if steps > self._budget.left:
            return False
        self._budget.spend(steps)
        links |= unseen
        for asked, sought in new:
            self._sought.take(asked, sought)
        return True


class _Orders(Orders):
    """Orders that tell what was asked of them, and what that took."""

    def __init__(self, links: Links, budget: Budget, known: Known) -> None:
        super().__init__(links, budget)
        self._links = links
        self._budget = budget
        self._same = known.links
        self.found: dict[BodyKey, _Sought] = {}
        self.asked: list[BodyKey] = []
        self.spent = 0
        self._runs_sought: tuple[Sequence[int], Sequence[int]] = ((), ())

    def take(self, asked: BodyKey, sought: _Sought) -> None:
        """Know an order as if it had been sought here."""
        self.found[asked] = sought
        self._known[asked] = sought.order

    def best(self, body: tuple[int, ...], headings: tuple[int, ...], thorough: bool = False) -> Order:
        asked = self.key_of(body, headings, thorough)
        self.asked.append(asked)
        if asked not in self.found:
            left, links = self._budget.left, len(self._links.weighed)
            order = super().best(body, headings, thorough)
            steps = left - self._budget.left - LINK_STEPS * (len(self._links.weighed) - links)
            self.spent += steps
            self.found[asked] = _Sought(order, steps, self._asked_for(body, frozenset(asked[1])))
        return self.found[asked].order

    def _steps_between(
        self, body: tuple[int, ...], chain: list[float], firsts: list[int], ends: list[int]
    ) -> tuple[list[float], list[list[float]], list[float]]:
        self._runs_sought = firsts, ends
        return super()._steps_between(body, chain, firsts, ends)

    def _asked_for(self, body: tuple[int, ...], headings: frozenset[int]) -> tuple[Link, ...]:
        """The links among which the order of the body was sought just now."""
        inside, (firsts, ends) = frozenset(body), self._runs_sought
        links = [(left, right, place_of(left, right, headings, inside)) for left, right in pairwise(body)]
        for own, end in zip(firsts, ends, strict=True):
            last = body[end - 1]
            links += [(last, body[at], place_apart(last, body[at])) for at in firsts if at not in (own, end)]
        return self._once(links)

    def neighbours(self, reading: Reading) -> tuple[Link, ...]:
        """The links of the reading."""
        inside = frozenset(reading.body)
        headings = frozenset([line for line, kind in reading.kinds if kind != "body"])
        links = [(left, right, place_of(left, right, headings, inside)) for left, right in pairwise(reading.body)]
        return self._once(links)

    def _once(self, links: Sequence[Link]) -> tuple[Link, ...]:
        """The links, each of which is kept once."""
        return tuple([self._same.setdefault(link, link) for link in links])


class _Decided:
    """What is decided, by lines: only with the lines that it names are sets of lines read otherwise."""

    def __init__(self, rulings: Rulings, kinds: Sequence[Kinds]) -> None:
        self._rulings = rulings
        self._of_line = {line: self._said(line, kinds[line]) for line in sorted(rulings.lines) if line >= 0}
        self._apart = sorted(rulings.apart)

    def _said(self, line: int, kinds: Kinds) -> Said:
        rulings = self._rulings
        return (
            line,
            rulings.next.get(line),
            rulings.before.get(line),
            line in rulings.begins,
            line in rulings.ends,
            line in rulings.kinds,
            tuple(kinds.items()),
        )

    def of(self, lines: tuple[int, ...]) -> Said:
        """All that is decided of these lines; empty where that is nothing."""
        if self._of_line.keys().isdisjoint(lines):
            return ()
        inside = frozenset(lines)
        apart = tuple([link for link in self._apart if inside.issuperset(link)])
        own = tuple([self._of_line[line] for line in lines if line in self._of_line])
        return self._rulings.on_lines(lines), apart, own
