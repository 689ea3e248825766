"""Which lines speak of the same thing: shared pairs of characters, weighted by how few lines of the page hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring Han characters."""
    return frozenset(text[k : k + 2] for k in range(len(text) - 1) if _is_han(text[k]) and _is_han(text[k + 1]))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


class Topics:
    """Likeness of the lines of one page, by number."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.pairs = [pairs_of(text) for text in texts]
        counts = Counter(pair for pairs in self.pairs for pair in pairs)
        self._weights = {pair: log((len(texts) + 1) / count) for pair, count in counts.items()}
        self._sizes = [self._weight(pairs) for pairs in self.pairs]
        self._known: dict[tuple[int, int], float] = {}

    def likeness(self, left: int, right: int) -> float:
        """From 0 (nothing shared) to 1 (the same pairs)."""
        key = (left, right) if left < right else (right, left)
        if key not in self._known:
            shared = self._weight(self.pairs[left] & self.pairs[right])
            self._known[key] = shared / sqrt(self._sizes[left] * self._sizes[right]) if shared else 0.0
        return self._known[key]

    def coverage(self, line: int, others: Sequence[int]) -> float:
        """The share of `line`, by weight, that is found in `others` together."""
        if not self._sizes[line]:
            return 0.0
        found: set[str] = set()
        for other in others:
            found |= self.pairs[line] & self.pairs[other]
        return self._weight(found) / self._sizes[line]

    def shared(self, line: int, others: Sequence[int]) -> list[str]:
        """The pairs of `line` found in `others`, the rarest first."""
        found = {pair for other in others for pair in self.pairs[line] & self.pairs[other]}
        return sorted(found, key=lambda pair: (-self._weights[pair], pair))

    def _weight(self, pairs: frozenset[str] | set[str]) -> float:
        return sum(sorted(self._weights[pair] for pair in pairs))
