"""The best whole page: which lines make an article each, and in which order.

Articles are nearly contiguous in the file: an exact search splits the page into stretches that are read as one article
each (stretches.py, article.py); then the lines of neighbours are dealt out anew where that is better (improve.py). With
statements in force the page is also begun from what is read without them, and columns of any two articles change places
(exchange.py), within what is stated (lawful.py). A page whose columns were read one after the other, each with parts of
several articles, is dealt out line by line (dealt.py), where that scores far more. What else was looked at tells how
far each choice leads (rivals.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from banmian.page.article import Reader, Reading
from banmian.page.budget import Budget
from banmian.page.dealt import Dealer
from banmian.page.exchange import Change, exchanged
from banmian.page.improve import improved, other_divisions
from banmian.page.kinds import Kinds, kinds_of_page
from banmian.page.lawful import lawful, read_anew
from banmian.page.lexicon import weights
from banmian.page.links import Links
from banmian.page.marks import Unit
from banmian.page.memory import Memories, Memory
from banmian.page.noise import lost_stops
from banmian.page.parts import MOST_AT_ONCE
from banmian.page.rivals import Rivals
from banmian.page.rulings import Rulings
from banmian.page.stretches import split
from banmian.page.undecided import Free
from banmian.records import Remark

# How many steps a page may take, and a very long one (parts.py), unless that were fewer than these for each line; how
# many other divisions are looked at to say how sure it is, and with how many links before and after it each may change
# partners.
_STEPS, _STEPS_OF_LONG, _LEAST_STEPS = 4_000_000, 1_600_000, 800
_DIVISIONS, _DIVISIONS_A_LINE = 4_000, 1
_EXCHANGES, _EXCHANGES_OF_LONG = 30, 4
_GOES_ON, _FITS = 2.0, 0.5
# A page is dealt out where that scores so much more, one by one or with articles that go on after others; one that is
# as surely in order as this, or in parts, never. Inside its columns it is in order.
_ONE_BY_ONE_LEAD, _RETURNING_LEAD, _IN_ORDER, _IN_COLUMNS = 4.0, 10.0, 0.8, 0.8
# Where lines are few, so are the signs of either.
_RETURNING_LEAD_A_LINE = 0.25


@dataclass(frozen=True, slots=True)
class Solution:
    """The readings of a page's units, what the search could not do, and the stretches that it looked at.

    `lost_stops` says about how many lines lost the stop that ended them. Of a page that was dealt out, `others` are the
    readings that come next, each with how much less it scores.
    """

    readings: tuple[Reading, ...]
    reader: Reader
    warnings: tuple[Remark, ...]
    lost_stops: int = 0
    stretches: tuple[tuple[float, Reading], ...] = ()
    divisions: int = _DIVISIONS
    exchanges: int = _EXCHANGES
    others: tuple[tuple[float, tuple[Reading, ...]], ...] = ()

    def rivals(self) -> Rivals:
        """The pages that come next to this one."""
        best = page_score(self.readings)
        rivals = Rivals(self.readings)
        for loss, readings in self.others:
            rivals.note(loss, readings)
        if self.others:
            return rivals
        for score, reading in self.stretches:
            rivals.note(best - score, [reading])
        for loss, divided in other_divisions(self.reader, self.readings, page_score, self.divisions):
            rivals.note(loss, divided)
        for reading in self.readings:
            for loss, other in self.reader.other_orders(reading):
                rivals.note(loss, [other])
        return rivals


def solve(units: list[Unit], rulings: Rulings | None = None, of: int = 0, memories: Memories | None = None) -> Solution:
    """Read the units as articles; how far their line ends are trusted depends on how many lost their stop.

    They are all of a page, or a part of one that has so many: then they get their share of its steps. What was found is
    kept in `memories`, and nothing done again that is kept there. Without `rulings` nothing at all is decided of the
    page; with them, `memories` must know what was found without (else ValueError).
    """
    whole = max(of, len(units))
    scarce = whole > MOST_AT_ONCE
    steps = max(_LEAST_STEPS, _STEPS_OF_LONG // whole) * len(units) if scarce else _STEPS
    decided = rulings is not None
    memory = memories.of(units, steps, scarce, decided) if memories else Memory(units, steps, scarce)
    search = Search(units, memory.noisy, rulings, steps, scarce, memory, remembers=memories is not None)
    if decided:
        if memories is None:
            raise ValueError("a page with rulings is searched with what is known of it without them")
        solution = search.within_law(memories.undecided(units))
    else:
        solution, memory.free = search.free()
    lost = lost_stops(search.links, solution.readings) if memory.noisy else 0
    if scarce:
        solution = replace(solution, divisions=_DIVISIONS_A_LINE * len(units), exchanges=_EXCHANGES_OF_LONG)
    return replace(solution, lost_stops=lost)


class Search:
    """The search for the best reading of a page whose line ends did (`noisy`) or did not lose stops."""

    def __init__(
        self,
        units: list[Unit],
        noisy: bool,
        rulings: Rulings | None = None,
        steps: int = _STEPS,
        scarce: bool = False,
        memory: Memory | None = None,
        remembers: bool = False,
    ) -> None:
        self._budget = Budget(steps, scarce)
        self._memory = memory if remembers else None
        self._divided: dict[tuple[Reading, ...], list[Reading]] = {}
        self._changes: dict[tuple[Reading, ...], Change | None] = {}
        self.links = Links(units, noisy, rulings, self._budget, like=memory.links if memory else None)
        self.reader = self._reader(self.links.in_order)

    def _reader(self, in_order: float) -> Reader:
        """A reader of the page that knows the kinds that its lines have if the file is so surely `in_order`."""
        of_page = enumerate(kinds_of_page(self.links.units, self.links.topics, in_order))
        plain = [self.as_set(line, own, in_order) for line, own in of_page]
        kinds = [self.links.rulings.allowed(line, own) for line, own in enumerate(plain)]
        if self._memory:
            return self._memory.reader(self.links, kinds, plain, in_order, self._budget)
        return Reader(self.links, kinds, self._budget)

    def as_set(self, line: int, kinds: Kinds, in_order: float) -> Kinds:
        """The kinds of a line as the page is set: one that goes on is body, short ones are where columns are cut."""
        if len(kinds) == 1 or "body" not in kinds:
            return kinds
        if self.links.units[line].goes_on > _GOES_ON:
            return {"body": 0.0}
        ends = self.links.units[line].goes_on < -_GOES_ON
        if not self.links.breaks_off(line):
            return kinds
        if not ends and line + 1 < len(self.links.units) and self.links.fits(line, line + 1) > _FITS:
            return kinds
        return {**kinds, "body": kinds["body"] + weights()["short body in order"] * in_order}

    def stretches(self) -> Solution:
        """The best split of the page into stretches of one article each."""
        found = split(self.reader, page_score, self._budget)
        warnings = () if found.simply_from is None else (self._too_large(found.simply_from),)
        return Solution(found.readings, self.reader, warnings, stretches=found.rivals)

    def improved(self, solution: Solution) -> Solution:
        """The solution after every change between neighbours that raises its score."""
        readings = improved(self.reader, solution.readings, page_score, self._budget, self._divided)
        untouched = self._budget.spent and not solution.warnings
        warnings = (Remark("not_improved"),) if untouched else solution.warnings
        return Solution(tuple(readings), self.reader, warnings, stretches=solution.stretches)

    def free(self) -> tuple[Solution, Free]:
        """The best page where nothing is decided of the page."""
        solution = self.improved(self.stretches())
        dealt = None if self._budget.scarce else self.dealt(solution)
        return dealt or solution, Free(solution.readings, dealt.others if dealt else None)

    def dealt(self, solution: Solution) -> Solution | None:
        """The page dealt out line by line, None where that is not far better than the solution."""
        if self.links.in_order >= _IN_ORDER:
            return None
        reader = self._reader(_IN_COLUMNS)
        best, *others = Dealer(reader).deals()
        score = page_score(solution.readings)
        returning = min(_RETURNING_LEAD, _RETURNING_LEAD_A_LINE * len(self.links.units))
        if best.score < score + (returning if best.returns else _ONE_BY_ONE_LEAD):
            return None
        rivals = [(best.score - score, solution.readings), *((best.score - one.score, one.readings) for one in others)]
        return Solution(best.readings, reader, (), others=tuple(rivals))

    def within_law(self, free: Free) -> Solution:
        """The best page that follows the rulings: that of this search, or of one without them, changed as they ask.

        What rulings tie together may lead the search for stretches far astray; what was sure without them mostly stays
        so with them.
        """
        if free.others is not None:
            return self._dealt_within_law(free.others)
        solution = self.improved(self.stretches())
        if not self.links.rulings.decide:
            return solution
        begun = [solution.readings, read_anew(self.reader, free.readings)]
        found = [best for readings in begun for best in self._lawful(readings)]
        best = max(found, key=page_score)
        return replace(solution, readings=tuple(best))

    def _dealt_within_law(self, others: tuple[tuple[float, tuple[Reading, ...]], ...]) -> Solution:
        """The page dealt out as the rulings have it; `others` come next to it."""
        reader = self._reader(_IN_COLUMNS)
        found = lawful(reader, Dealer(reader).deals()[0].readings)
        return Solution(tuple(found), reader, (), others=others)

    def _lawful(self, readings: Sequence[Reading]) -> Iterator[list[Reading]]:
        """Pages that follow the rulings: the readings changed where they do not, and better ones found from there."""
        found = lawful(self.reader, readings)
        yield found
        for begun in (found, readings):
            better = exchanged(self.reader, begun, page_score, self._budget, self._changes)
            better = improved(self.reader, better, page_score, self._budget, self._divided)
            yield lawful(self.reader, better)

    def _too_large(self, line: int) -> Remark:
        count = len(self.links.units)
        number = self.links.units[line].line.number
        return Remark("too_large", {"line": number, "count": count - line, "of": count})


def page_score(readings: Sequence[Reading]) -> float:
    """The sum of what the articles score, less what their being interleaved costs."""
    return sum(reading.score for reading in readings) + sum(map(_apart, readings))


def gaps_of(reading: Reading) -> int:
    """How often lines of other articles stand between those of this one."""
    lines = sorted([line for line, _ in reading.kinds])
    if lines[-1] - lines[0] == len(lines) - 1:
        return 0
    return sum([after > before + 1 for before, after in pairwise(lines)])


def _apart(reading: Reading) -> float:
    return weights()["page article"] + weights()["page gap"] * gaps_of(reading)
