"""What the searches of a page worked out, kept for the next one, under other decisions of its editor.

A decision changes what few lines score: a set of lines of which nothing else is decided than before is read as before.
It is taken over with the steps that it would have taken, link by link, so that a search comes to the very page that one
without a memory finds, also where its steps are used up (test_page_memory.py). A decision that changes which lines the
search sees leaves most of them as they are: what was worked out of these is taken over too, as lines of these numbers
(known.py), and what only the whole page tells is told by the page as it is without any decision.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.budget import Budget
from banmian.page.kinds import Kinds, kinds_of_page
from banmian.page.known import Known, Past, Read, Said, Sought
from banmian.page.links import LINK_STEPS, Link, Links, place_apart, twins
from banmian.page.marks import Unit
from banmian.page.noise import has_lost_stops
from banmian.page.order import BodyKey, Order, Orders, place_of
from banmian.page.rulings import Rulings
from banmian.page.undecided import Free, seen

# So many parts of a page are kept, and readings of each.
_PARTS, _READINGS = 8, 100_000


class Memory:
    """What is known of the units of a page, or of a part of it, that are searched in so many steps.

    `page` is what is known of it without rulings, None where these are its units; `free` is what a search without
    rulings came to, None before there was one.
    """

    def __init__(self, units: Sequence[Unit], steps: int, scarce: bool, page: Memory | None = None) -> None:
        self.about = list(units), steps, scarce
        self.page = page
        self.links: Links = Links(units, page.noisy, page=page.links) if page else _links_of_page(units)
        self.free: Free | None = None
        # By how surely the page is in order as they are read.
        self._known: dict[float, Known] = {}
        self._before: list[tuple[Memory, list[int | None]]] = []

    @property
    def noisy(self) -> bool:
        """Whether lines of the page lost their stops."""
        return self.links.noisy

    def look_back(self, memories: Sequence[Memory]) -> None:
        """Take over what these know of the same lines of the page."""
        self._before = [(one, twins(self.links, one.links)) for one in memories if one.about[2] == self.about[2]]

    def forget_before(self) -> None:
        """Look back no more: what was asked for is known."""
        self._before = []
        for known in self._known.values():
            known.pasts.clear()

    def reader(self, links: Links, kinds: list[Kinds], plain: list[Kinds], in_order: float, budget: Budget) -> Reader:
        """A reader that remembers.

        `plain` are the kinds that the lines may have where nothing is decided and the page is so surely `in_order`.
        """
        if in_order not in self._known:
            pasts = [Past(one._known[in_order], plain, there) for one, there in self._before if in_order in one._known]
            self._known[in_order] = Known(plain, pasts)
        known = self._known[in_order]
        if len(known.readings) > _READINGS:
            known.readings.clear()
        return _Reader(links, kinds, budget, known)


def _links_of_page(units: Sequence[Unit]) -> Links:
    """The links of a page, noisy where lines lost their stops."""
    links = Links(units, noisy=True)
    noisy = has_lost_stops(links, kinds_of_page(units, links.topics, links.in_order))
    return links if noisy else Links(units, like=links)


class Memories:
    """What is known of a page: of its units as they were searched last, or of its parts, and without rulings."""

    def __init__(self) -> None:
        self._kept: list[Memory] = []
        # By where they begin.
        self._undecided: dict[int, Memory] = {}

    def of(self, units: Sequence[Unit], steps: int, scarce: bool, decided: bool) -> Memory:
        """What is known of these units, searched in so many steps; whether anything is decided of the page."""
        about = list(units), steps, scarce
        kept = [*self._undecided.values(), *self._kept]
        memory = next((one for one in kept if one.about == about), None)
        if memory is None:
            memory = Memory(units, steps, scarce, self._page_of(units) if decided else None)
            memory.look_back(self._before(memory))
        if not decided:
            self._undecided[units[0].line.start if units else 0] = memory
        elif memory.page:
            others = [one for one in self._kept if one is not memory]
            self._kept = [*others[1 - _PARTS :], memory]
        return memory

    def undecided(self, units: Sequence[Unit]) -> Free:
        """What a search without rulings came to, as these units. ValueError where there was none."""
        parts = [(one.about[0], one.free) for _, one in sorted(self._undecided.items()) if one.free]
        if not parts:
            raise ValueError("the page was not searched without rulings")
        return seen(units, parts)

    def _page_of(self, units: Sequence[Unit]) -> Memory | None:
        """What is known without rulings of the part of the page that has the first of these units."""
        begins = sorted(self._undecided)
        if not begins or not units:
            return None
        return self._undecided[begins[max(0, bisect_right(begins, units[0].line.start) - 1)]]

    def _before(self, memory: Memory) -> list[Memory]:
        """What is known of the same part of the page: under the last decisions, and without any."""
        if memory.page is None:
            return []
        last = next((one for one in reversed(self._kept) if one.page is memory.page), None)
        for one in self._kept:
            one.forget_before()
        return [last, memory.page] if last else [memory.page]


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
        known = self._remembered.of(key)
        if known and self._take(known):
            return known.reading
        left, links = self._budget.left, len(self.links.weighed)
        self._sought.asked, self._sought.spent = [], 0
        reading = super()._read(lines, thorough)
        if not self._budget.spent:
            steps = left - self._budget.left - self._sought.spent - LINK_STEPS * (len(self.links.weighed) - links)
            orders = tuple([(asked, self._sought.found[asked]) for asked in dict.fromkeys(self._sought.asked)])
            joins = () if reading is None else self._sought.neighbours(reading)
            self._remembered.readings[key] = Read(reading, steps, orders, joins)
        return reading

    def _take(self, known: Read) -> bool:
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
        self.found: dict[BodyKey, Sought] = {}
        self.asked: list[BodyKey] = []
        self.spent = 0
        self._runs_sought: tuple[Sequence[int], Sequence[int]] = ((), ())

    def take(self, asked: BodyKey, sought: Sought) -> None:
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
            self.found[asked] = Sought(order, steps, self._asked_for(body, frozenset(asked[1])))
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
        after, before = rulings.next.get(line), rulings.before.get(line)
        return (
            after and (after[0] - line, after[1]),
            None if before is None else before - line,
            line in rulings.begins,
            line in rulings.ends,
            line in rulings.kinds,
            tuple(kinds.items()),
        )

    def of(self, lines: tuple[int, ...]) -> Said:
        """All that is decided of these lines, by how far each is from the first; empty where that is nothing."""
        if self._of_line.keys().isdisjoint(lines):
            return ()
        first, inside = lines[0], frozenset(lines)
        apart = tuple([(left - first, right - first) for left, right in self._apart if inside >= {left, right}])
        own = tuple([(line - first, self._of_line[line]) for line in lines if line in self._of_line])
        return self._rulings.on_lines(lines), apart, own
