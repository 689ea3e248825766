"""The other pages that a search looked at: by how much the best page leads those that read a place otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from banmian.page.article import Reading

# What stands after a line: the next line of its article, and whether it is the same paragraph; (None, False): none.
After = tuple[int | None, bool]
# What a line is: its kind, and the article of the best page that most of its article's body belongs to.
Role = tuple[str, int | None]

Key = TypeVar("Key")

_END: After = (None, False)


@dataclass(frozen=True, slots=True)
class Lead:
    """The best page's lead at one place over the best page that differs there, and what that has instead.

    `margin` is None where no other page was seen; `after` tells of links, `role` of headings.
    """

    margin: float | None
    after: After | None = None
    role: Role | None = None


class Rivals:
    """Keeps, for each place of the best page, the best score of the pages that differ there."""

    def __init__(self, best: Sequence[Reading]) -> None:
        self._best = tuple(best)
        self._article = {line: number for number, reading in enumerate(best) for line in reading.body}
        self._after: dict[int, dict[After, float]] = {}
        self._before: dict[int, dict[int | None, float]] = {}
        self._roles: dict[int, dict[Role, float]] = {}
        # A reading is part of many pages, of which the best one counts: what is noted of each is put off till then.
        self._noted: dict[int, tuple[float, Reading]] = {}
        self.note(0.0, best)

    def note(self, loss: float, readings: Iterable[Reading]) -> None:
        """Take in a page, or the part of it that differs from the best one, that scores `loss` less."""
        for reading in readings:
            noted = self._noted.get(id(reading))
            if noted is None or loss < noted[0]:
                self._noted[id(reading)] = loss, reading

    def _settle(self) -> None:
        for loss, reading in self._noted.values():
            joins = frozenset(reading.joins)
            for left, right in pairwise(reading.body):
                self._note_link(loss, left, (right, (left, right) in joins))
            if reading.body:
                self._note_link(loss, reading.body[-1], _END)
                _lower(self._before.setdefault(reading.body[0], {}), None, loss)
            article = self._main_article(reading)
            for line, kind in reading.kinds:
                _lower(self._roles.setdefault(line, {}), (kind, article), loss)
        self._noted = {}

    def note_link(self, loss: float, left: int, after: After) -> None:
        """Take in a page of which only this is known: what stands after `left`."""
        self._settle()
        self._note_link(loss, left, after)

    def _note_link(self, loss: float, left: int, after: After) -> None:
        _lower(self._after.setdefault(left, {}), after, loss)
        if after[0] is not None:
            _lower(self._before.setdefault(after[0], {}), left, loss)

    def link(self, left: int, right: int, join: bool) -> Lead:
        """The lead over the best page without this link."""
        self._settle()
        after = [(loss, other) for other, loss in self._after.get(left, {}).items() if other != (right, join)]
        lost, other = min(after, default=(None, None), key=_first)
        before = [loss for line, loss in self._before.get(right, {}).items() if line != left]
        margin = min([*before, *([] if lost is None else [lost])], default=None)
        return Lead(margin, after=other)

    def end(self, left: int) -> Lead:
        """The lead over the best page in which the text goes on after `left`, with which an article ends."""
        after = [(loss, other) for other, loss in self._after.get(left, {}).items() if other != _END]
        margin, other = min(after, default=(None, None), key=_first)
        return Lead(margin, after=other)

    def beginning(self, right: int) -> tuple[float | None, int | None]:
        """The lead over the best page in which text stands before `right`, with which an article begins; that text."""
        before = [(loss, line) for line, loss in self._before.get(right, {}).items() if line is not None]
        return min(before, default=(None, None), key=_first)

    def heading(self, line: int, kind: str) -> Lead:
        """The lead over the best page in which the line is something else or belongs elsewhere."""
        self._settle()
        reading = next(reading for reading in self._best if (line, kind) in reading.kinds)
        own = (kind, self._main_article(reading))
        roles = [(loss, role) for role, loss in self._roles[line].items() if role != own]
        margin, role = min(roles, default=(None, None), key=_first)
        return Lead(margin, role=role)

    def _main_article(self, reading: Reading) -> int | None:
        """The article of the best page that most of the body belongs to."""
        numbers = [self._article[line] for line in reading.body if line in self._article]
        return max(sorted(set(numbers)), key=numbers.count, default=None)


def _first(pair: tuple[float | None, object]) -> float:
    return pair[0] or 0.0


def _lower(known: dict[Key, float], key: Key, loss: float) -> None:
    if loss < known.get(key, float("inf")):
        known[key] = loss
