"""How well one body line goes on in another: scores of joins, follows, beginnings and ends, in log odds.

A link is a join where the left line is cut inside a sentence, else a follow (the next paragraph of the article). Scores
are weighted sums of the features below; the weights are in weights.txt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, cached_property

from banmian.page.budget import Budget
from banmian.page.cuts import Crossing, Side, Strings, crossing, read_side
from banmian.page.ended import goes_on
from banmian.page.file_order import in_order, order_features
from banmian.page.lexicon import pattern, weighted, words
from banmian.page.marks import Unit
from banmian.page.rulings import Rulings
from banmian.page.setting import text_features
from banmian.page.topic import Topics

Features = dict[str, float]
# Two lines and the place of the second as seen from the first.
Link = tuple[int, int, str]

_SURE_GAIN = 7.0
_NEAR = 16
_MOST_SET = 4.0
# What it costs to score one, in steps of the search.
LINK_STEPS = 100
# No paragraph ends with these.
_INSIDE = ",、"
# What may be the end of a sentence that lost its stop.
_MAY_END = ("open", "maybe")


def place_apart(left: int, right: int) -> str:
    """forward, backward or far: where `right` stands as seen from `left`, by the lines between alone."""
    distance = right - left
    if 0 < distance <= _NEAR:
        return "forward"
    return "backward" if -_NEAR <= distance < 0 else "far"


def twins(links: Links, others: Links) -> list[int | None]:
    """For each line the same one of other links of the same page, None where there is none or it looks otherwise."""
    begins = {unit.line.start: line for line, unit in enumerate(others.units)}
    found = [begins.get(unit.line.start) for unit in links.units]
    return [
        other if other is not None and links.looks(line) == others.looks(other) else None
        for line, other in enumerate(found)
    ]


class Links:
    """The scores between the units of one page, by number; each is worked out once.

    `noisy` pages have lost some of the stops that end their lines. What does not depend on rulings is shared with other
    links of the same units, those that it is `like`. Of units that are what rulings made of a `page`, what is told by
    all lines together is told by that page, and its lines that are as before are not weighed anew.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        noisy: bool = False,
        rulings: Rulings | None = None,
        budget: Budget | None = None,
        like: Links | None = None,
        page: Links | None = None,
    ) -> None:
        self.units = units
        self.rulings = rulings or Rulings()
        self.noisy = noisy
        self._budget = budget or Budget(0)
        self._like = like
        self._page = page
        # The links that were paid for.
        self.weighed: set[Link] = set()
        self.leads = frozenset(line for line, unit in enumerate(units) if unit.dateline)
        self.items = frozenset(line for line, unit in enumerate(units) if unit.item or pattern("item").match(unit.text))
        breaks = [line for line, unit in enumerate(units) if unit.level or unit.dateline]
        texts = [unit.text for unit in units]
        self.topics: Topics = like.topics if like else Topics(texts, breaks, page=page.topics if page else None)
        self.sides: list[Side] = [read_side(unit.text) for unit in units]
        # The evidence of the text across a cut; log odds that a body begins with a line, that it ends with it, and that
        # one goes on in another where other lines of their article stand between, or as it stands there (`place` in the
        # words of order.place_of): each is worked out once.
        self.crossing: Callable[[int, int], Crossing] = like.crossing if like else cache(self._crossing)
        same = like if like and like.noisy == noisy else None
        self.weight: Callable[[int, int, str], tuple[float, float]] = same.weight if same else cache(self._weight)
        self.start = cache(self._start)
        self.end = cache(self._end)
        self.apart = cache(self._apart)
        self._link = cache(self._best_link)
        self.score = cache(self._score)

    @cached_property
    def _stretches(self) -> tuple[list[int], list[int]]:
        """For each line the characters printed since a column may last have begun, and until one may next begin.

        A column begins at a heading, after it, at a lead, and where a word is surely cut.
        """
        if self._like:
            return self._like._stretches
        count = len(self.units)
        begins = [
            line == 0
            or bool(self.units[line].dateline or self.units[line].level or self.units[line - 1].level)
            or self.crossing(line - 1, line).gain > _SURE_GAIN
            for line in range(count)
        ]
        sizes = [len(unit.text) for unit in self.units]
        above, below = sizes.copy(), sizes.copy()
        for line in range(1, count):
            above[line] += 0 if begins[line] else above[line - 1]
        for line in range(count - 2, -1, -1):
            below[line] += 0 if begins[line + 1] else below[line + 1]
        return above, below

    @cached_property
    def in_order(self) -> float:
        """How surely the file has the lines of the page in the order of print, from 0 to 1."""
        if known := self._like or self._page:
            return known.in_order
        return in_order(order_features(self.units, self.breaks_off, self.fits))

    def fits(self, left: int, right: int) -> float:
        """How much likelier than any other line `right` goes on where `left` breaks off, by their text."""
        found = text_features(self.sides[left], self.sides[right], self.crossing(left, right), False, False)
        return weighted("cut", found)

    @cached_property
    def _strings(self) -> Strings:
        return self._page._strings if self._page else Strings(unit.text for unit in self.units)

    @cached_property
    def _alike(self) -> list[int | None]:
        """For each line the one of the page that is as it is, if any."""
        return twins(self, self._page) if self._page else [None] * len(self.units)

    def looks(self, line: int) -> tuple[object, ...]:
        """All that tells of links of the line, but for what the page does and its place in it."""
        unit = self.units[line]
        goes_on = max(-_MOST_SET, min(_MOST_SET, unit.goes_on))
        own = replace(unit, printed=(), seams=(), goes_on=goes_on)
        return own, self._column(line, line), self.topics.around(line)

    def breaks_off(self, line: int) -> bool:
        """Whether no stop ends the line."""
        return self.sides[line].stop != "full"

    def _crossing(self, left: int, right: int) -> Crossing:
        return crossing(self.sides[left], self.sides[right], self._strings)

    def _score(self, left: int, right: int, place: str) -> float:
        return self._link(left, right, place)[0]

    def kind(self, left: int, right: int, place: str) -> str:
        """The likeliest kind of that link: join, follow (a new paragraph), or lost (a new paragraph, the stop lost)."""
        return self._link(left, right, place)[1]

    def lead(self, left: int, right: int, place: str) -> float | None:
        """How much likelier that kind is than the other one, None where there is no other."""
        return self._link(left, right, place)[2]

    def _best_link(self, left: int, right: int, place: str) -> tuple[float, str, float | None]:
        if (left, right, place) not in self.weighed:
            self.weighed.add((left, right, place))
            self._budget.spend(LINK_STEPS)
        join, other = self.weight(left, right, place)
        ruled, added = self.rulings.next.get(left), self.rulings.on_link(left, right)
        if not self.breaks_off(left):
            joined = ruled == (right, True)
            return other + added, "join" if joined else "follow", None
        if ruled and ruled[0] == right and ruled[1] is not None:
            return (join if ruled[1] else other) + added, "join" if ruled[1] else "lost", None
        if self._is_inside(left):
            return max(join, other) + added, "join", max(0.0, join - other)
        return max(join, other) + added, "join" if join >= other else "lost", abs(join - other)

    def _weight(self, left: int, right: int, place: str) -> tuple[float, float]:
        """The log odds that the line goes on so, and that a new paragraph follows, its stop lost if it has none."""
        known, after = self._alike[left], self._alike[right]
        if self._page and known is not None and after is not None:
            return self._page.weight(known, after, place)
        features = self.features(left, right, place)
        if self.breaks_off(left):
            return weighted("join", features), weighted("lost", features)
        return 0.0, weighted("follow", features)

    def _is_inside(self, line: int) -> bool:
        """Whether the line surely ends inside a sentence: at a comma, or with a word after which none can stop."""
        side = self.sides[line]
        return side.text[-1] in _INSIDE or (not self.noisy and side.last_word in words("dangling"))

    def _apart(self, left: int, right: int) -> float:
        return self.score(left, right, place_apart(left, right))

    def _start(self, line: int) -> float:
        return weighted("start", self.start_features(line)) + self.rulings.on_start(line)

    def _end(self, line: int) -> float:
        return weighted("end", self.end_features(line)) + self.rulings.on_end(line)

    def features(self, left: int, right: int, place: str) -> Features:
        """What is known of the link, by name."""
        here, there, found = self.sides[left], self.sides[right], self.crossing(left, right)
        paused, may_end = here.stop == "pause", self.noisy and here.stop in _MAY_END
        apart = "next" if place == "next" else "apart"
        return {
            f"place {place}": 1.0,
            f"stop {here.stop}": 1.0,
            "dictionary": min(found.gain, 16.0) / 4,
            "dictionary word": float(found.gain > 4),
            "no word across": float(not found.word and here.stop == "open"),
            "fluency": found.fluency,
            "printed": float(max(0, len(found.printed) - 1)),
            "matched": float(bool(found.matched)),
            "unmatched": float(min(found.unmatched, 2)),
            "counted": float(bool(found.counted)),
            "number left": float(here.text[-1].isdigit() and not found.counted),
            f"opens paragraph, {apart}": float(there.opens_paragraph and not paused),
            "opens after pause": float(there.opens_paragraph and paused),
            f"opening clause, {apart}": float(there.opens_clause and not paused),
            f"goes on, {apart}": float(there.goes_on),
            "dangles": float(here.dangles),
            f"start, {apart}": 0.0 if paused else there.start,
            f"closes, {apart}": float(there.closes != "" and not found.matched),
            "start after pause": there.start if paused else 0.0,
            "end": here.end if here.stop == "open" else 0.0,
            "clean": float(not self.noisy),
            "may end": float(may_end),
            "read on": goes_on(here.text, there.text) if may_end else 0.0,
            "dateline": float(bool(self.units[right].dateline)),
            f"likeness, {apart}": self.topics.likeness(left, right) * 10,
            f"likeness around, {apart}": self.topics.likeness_around(left, right) * 10,
            **self._column(left, right),
            "short left": float(len(here.text) < 8),
            "jump": float(self.units[left].leaves or self.units[right].resumes),
            "item": float(right in self.items),
            "set": max(-_MOST_SET, min(_MOST_SET, self.units[left].goes_on)) if place == "next" else 0.0,
            "stays": self.units[left].stays if place == "next" else 0.0,
            "moved": self.in_order if place in ("forward", "backward", "far") else 0.0,
        }

    def _column(self, left: int, right: int) -> Features:
        """How well a column would end with `left` and begin with `right`, by the characters above and below."""
        above, below = self._stretches[0][left], self._stretches[1][right]
        return {
            "column above tiny": float(above < 90),
            "column above short": float(above < 150),
            "column above long": float(above > 330),
            "column below tiny": float(below < 90),
            "column below short": float(below < 150),
            "column below long": float(below > 330),
        }

    def start_features(self, line: int) -> Features:
        """What is known of the line as the first of a body."""
        side = self.sides[line]
        return {
            "dateline": float(bool(self.units[line].dateline)),
            "opens paragraph": float(side.opens_paragraph),
            "goes on": float(side.goes_on),
            "start": side.start,
            "closes": float(bool(side.closes)),
            "short": float(len(side.text) < 25),
            "jump": float(self.units[line].resumes),
        }

    def end_features(self, line: int) -> Features:
        """What is known of the line as the last of a body."""
        side = self.sides[line]
        return {
            f"stop {side.stop}": 1.0,
            "clean, no stop": float(not self.noisy and side.stop != "full"),
            "end": side.end if side.stop == "open" else 0.0,
            "opened": float(bool(side.opened)),
            "dangles": float(side.dangles),
            "dateline": float(bool(self.units[line].dateline)),
            "jump": float(self.units[line].leaves),
        }
