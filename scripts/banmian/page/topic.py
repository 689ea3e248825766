"""Which lines speak of the same thing: shared pairs of characters, weighted by how few lines of the page hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log, sqrt

_WINDOW = 3
_UNIT = 1000
# So many are kept of a page: those of one of 20,000 lines took 200 MB.
_MOST_WINDOWS = 256


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring Han characters."""
    return frozenset(text[k : k + 2] for k in range(len(text) - 1) if _is_han(text[k]) and _is_han(text[k + 1]))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


class Topics:
    """Likeness of the lines of one page, by number.

    `breaks` are the lines at which something else surely begins: a heading, a lead. Weights are whole numbers, so that
    sums don't depend on the order of sets. Around a line so many lines lead up to it or go on from it: the `window`.
    How few lines hold a pair is told by those of a `page` where one is given.
    """

    def __init__(
        self,
        texts: Sequence[str],
        breaks: Collection[int] = (),
        window: int = _WINDOW,
        page: Topics | None = None,
    ) -> None:
        self._most = window
        # A pair that many lines have is kept once.
        kept: dict[str, str] = {}
        self.pairs = [frozenset([kept.setdefault(pair, pair) for pair in pairs_of(text)]) for text in texts]
        counts = Counter(pair for pairs in self.pairs for pair in pairs)
        self._weights = {pair: round(_UNIT * log((len(texts) + 1) / count)) for pair, count in counts.items()}
        if page:
            self._weights |= page._weights
        self._sizes = [self._weight(pairs) for pairs in self.pairs]
        self._breaks = frozenset(breaks)
        self._likenesses: dict[int, list[float]] = {}
        self._shares: dict[int, _Shares] = {}
        self._above: dict[int, tuple[frozenset[str], int]] = {}
        self._below: dict[int, tuple[frozenset[str], int]] = {}

    def likeness(self, left: int, right: int) -> float:
        """Of two lines: from 0 (nothing shared) to 1 (the same pairs)."""
        shared = self._weight(self.pairs[left] & self.pairs[right])
        return shared / sqrt(self._sizes[left] * self._sizes[right]) if shared else 0.0

    def likenesses(self, line: int) -> list[float]:
        """Of `line` to each line of the page."""
        if line not in self._likenesses:
            self._likenesses[line] = [self.likeness(line, other) for other in range(len(self.pairs))]
        return self._likenesses[line]

    def likeness_around(self, left: int, right: int) -> float:
        """Of the lines that lead up to `left` and those that go on from `right`, as they stand in the file."""
        above, size_above = self._window(self._above, left, -1)
        below, size_below = self._window(self._below, right, 1)
        shared = self._weight(above & below)
        return shared / sqrt(size_above * size_below) if shared else 0.0

    def around(self, line: int) -> tuple[frozenset[str], frozenset[str]]:
        """The pairs of the lines that lead up to the line, and of those that go on from it."""
        return self._window(self._above, line, -1)[0], self._window(self._below, line, 1)[0]

    def coverage(self, line: int, others: Sequence[int]) -> float:
        """The share of `line`, by weight, that is found in `others` together."""
        if not self._sizes[line]:
            return 0.0
        if line not in self._shares:
            self._shares[line] = _Shares(self.pairs[line], self.pairs, self._weights)
        return self._shares[line].of(others) / self._sizes[line]

    def shared(self, line: int, others: Sequence[int]) -> list[str]:
        """The pairs of `line` found in `others`, the rarest first."""
        found = {pair for other in others for pair in self.pairs[line] & self.pairs[other]}
        return sorted(found, key=lambda pair: (-self._weights[pair], pair))

    def _window(self, known: dict[int, tuple[frozenset[str], int]], line: int, step: int) -> tuple[frozenset[str], int]:
        if line not in known:
            pairs, at = set(self.pairs[line]), line
            for _ in range(self._most - 1):
                crossed = at if step < 0 else at + 1
                at += step
                if crossed in self._breaks or not 0 <= at < len(self.pairs):
                    break
                pairs |= self.pairs[at]
            if len(known) == _MOST_WINDOWS:
                known.clear()
            known[line] = frozenset(pairs), self._weight(pairs)
        return known[line]

    def _weight(self, pairs: Iterable[str]) -> int:
        return sum(map(self._weights.__getitem__, pairs))


class _Shares:
    """What of a line's pairs stands in other lines; each of its pairs is a bit of a number."""

    def __init__(self, own: frozenset[str], pairs: Sequence[frozenset[str]], weights: Mapping[str, int]) -> None:
        bits = {pair: 1 << at for at, pair in enumerate(own)}
        self._weights = [weights[pair] for pair in own]
        self._common = [sum([bits[pair] for pair in own & others]) for others in pairs]
        self._known: dict[int, int] = {}

    def of(self, others: Sequence[int]) -> int:
        """The weight of the pairs that the other lines have together."""
        found = 0
        for other in others:
            found |= self._common[other]
        if found not in self._known:
            self._known[found] = sum([weight for at, weight in enumerate(self._weights) if found >> at & 1])
        return self._known[found]
