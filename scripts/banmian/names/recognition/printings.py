"""Where else in an article the same characters could be a name, and what the tagger holds of them there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum

# Characters and kind (person, organization).
Surface = tuple[str, str]


@dataclass(frozen=True)
class _Total:
    """Of the log odds of some places: how many, their sum, the highest and the one after it."""

    places: int
    sum: float
    highest: float
    second: float


@dataclass(frozen=True)
class Printings:
    """The log odds of all places of an article that could be a name, by their characters and kind.

    All are added before anything else is asked: what is asked takes the same time however often characters stand again.
    """

    odds: defaultdict[Surface, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, surface: Surface, odds: float) -> None:
        """Take one more place."""
        self.odds[surface].append(odds)

    def held(self, least: float) -> Iterator[Surface]:
        """Those of at least so high odds somewhere, in order."""
        return (surface for surface in sorted(self.odds) if max(self.odds[surface]) >= least)

    def others(self, surface: Surface, own: float | None) -> tuple[int, float, float] | None:
        """The number, the mean and the highest odds of the other places; `own` are those of this one if it is added.

        None where there are no others.
        """
        total = self._totals.get(surface)
        if total is None or total.places == (own is not None):
            return None
        if own is None:
            return total.places, total.sum / total.places, total.highest
        places = total.places - 1
        return places, (total.sum - own) / places, total.second if own == total.highest else total.highest

    def highest(self, surface: Surface) -> float | None:
        """The highest odds of its places, None where there are none."""
        total = self._totals.get(surface)
        return None if total is None else total.highest

    def highest_of_longer(self, surface: Surface) -> float | None:
        """The highest odds of longer names that begin with it, None where there are none."""
        return self._longer.get(surface)

    @cached_property
    def _totals(self) -> dict[Surface, _Total]:
        return {surface: _total(odds) for surface, odds in self.odds.items()}

    @cached_property
    def _longer(self) -> dict[Surface, float]:
        found: dict[Surface, float] = {}
        for (name, kind), total in self._totals.items():
            for end in range(1, len(name)):
                front = (name[:end], kind)
                found[front] = max(found.get(front, total.highest), total.highest)
        return found


def _total(odds: list[float]) -> _Total:
    *_, second, highest = sorted([odds[0], *odds]) if len(odds) == 1 else sorted(odds)
    return _Total(len(odds), fsum(odds), highest, second)
