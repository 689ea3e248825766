"""A linear chain over many clauses at once: the best labels of each (Viterbi), and the chances of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.bool_]

# Products of chances are made sums of one after so many steps, before they get too small for a number.
_RENEWED = 4


@dataclass(frozen=True, slots=True)
class Steps:
    """Clauses side by side, the longest first: all first characters, then all second ones, ...

    `onward` are their places in the text, `back` those of the characters as far from the ends of the clauses;
    among them stands the `first` step, and of each further step what is `before` it: of the clauses of the step before
    the first ones go on.
    """

    onward: npt.NDArray[np.int64]
    back: npt.NDArray[np.int64]
    first: slice
    further: Sequence[tuple[slice, slice]]

    @staticmethod
    def of(clauses: Sequence[tuple[int, int]]) -> Steps:
        """The steps of `clauses`, which are (start, end)."""
        order = sorted(clauses, key=lambda clause: clause[0] - clause[1])
        begins, ends = np.array(order, np.int64).reshape(-1, 2).T
        longest = int((ends - begins).max(initial=0))
        counts = np.searchsorted(begins - ends, -np.arange(longest))
        edges = np.cumsum([0, *counts])
        step = np.repeat(np.arange(longest), counts)
        clause = np.arange(edges[-1]) - edges[step]
        places = edges.tolist()
        further = [
            (slice(before, before + end - start), slice(start, end))
            for before, start, end in zip(places, places[1:], places[2:], strict=False)
        ]
        return Steps(begins[clause] + step, ends[clause] - 1 - step, slice(*places[:2]), further)


@dataclass(frozen=True, slots=True)
class Chain:
    """The chance of each label at each position, and of what follows it there, whatever stands before."""

    marginals: npt.NDArray[np.float64]
    onward: npt.NDArray[np.float64]
    sums: npt.NDArray[np.float64]
    transitions: npt.NDArray[np.float64]

    def probability(self, at: int, path: Sequence[int]) -> float:
        """How probable it is that the labels from `at` on are `path`, in one clause."""
        chance = self.marginals.item(at, path[0])
        for before, label in pairwise(path):
            at += 1
            total = self.sums.item(at, before)
            chance *= self.transitions.item(before, label) * self.onward.item(at, label) / total if total else 0.0
        return chance

    def ends(self, at: int, path: tuple[int, int, int], least: float) -> Iterator[tuple[int, float]]:
        """(end, chance) of each way from `at` on, first label, middle ones and last as in `path`, of that chance."""
        before, middle, last = path
        chance = self.marginals.item(at, before)
        while chance >= least:
            at += 1
            total = self.sums.item(at, before) if at < len(self.sums) else 0.0
            if not total:
                return
            chance /= total
            ended = chance * self.transitions.item(before, last) * self.onward.item(at, last)
            if ended >= least:
                yield at + 1, ended
            chance *= self.transitions.item(before, middle) * self.onward.item(at, middle)
            before = middle


def best(scores: Floats, steps: Steps, transitions: Floats, first: Labels, last: Labels) -> npt.NDArray[np.int8]:
    """The likeliest labels (Viterbi 1967), of each clause by itself, which begin with `first` and end with `last`."""
    # A row for each label, so that numpy goes along the clauses: they are more.
    own = np.ascontiguousarray(scores[steps.onward].T)
    ways = transitions[:, :, None]
    reached = np.where(first[:, None], own, -np.inf).astype(np.float32)
    for before, step in steps.further:
        np.add(np.maximum.reduce(reached[:, None, before] + ways, 0), own[:, step], out=reached[:, step])
    # Where a clause ends; where it goes on, what follows says which label it was.
    rows, into = np.ascontiguousarray(reached.T), np.ascontiguousarray(transitions.T)
    labels: npt.NDArray[np.int64] = np.where(last, rows, -np.inf).argmax(1)
    for before, step in reversed(steps.further):
        (rows[before] + into.take(labels[step], 0)).argmax(1, out=labels[before])
    found = np.zeros(len(scores), np.int8)
    found[steps.onward] = labels
    return found


def chances(scores: Floats, steps: Steps, transitions: Floats, first: Labels, last: Labels) -> Chain:
    """The chance of each label at each position, from the sums over all that stands before it and over all after."""
    # The highest of a row is found three times as fast along the columns.
    weights = np.exp(scores - np.ascontiguousarray(scores.T).max(0)[:, None]).astype(np.float64)
    moves = np.exp(transitions).astype(np.float64)
    # From the beginnings of the clauses on, and from their ends back, side by side: one product for both.
    both = np.stack((steps.onward, steps.back), axis=1)
    sums = weights[both]
    sums[steps.first] *= np.stack((first, last))
    size = len(moves)
    side_by_side = sums.reshape(len(sums), 2 * size)
    ways = np.zeros((2 * size, 2 * size))
    ways[:size, :size], ways[size:, size:] = moves, moves.T
    for number, (before, step) in enumerate(steps.further, 1):
        side_by_side[step] *= side_by_side[before] @ ways
        if number % _RENEWED == 0:
            sums[step] /= np.add.reduce(sums[step], 2, keepdims=True)
    sums /= np.maximum(sums.sum(2, keepdims=True), 1e-300)
    forward, onward = np.zeros_like(weights), np.zeros_like(weights)
    forward[steps.onward], onward[steps.back] = sums[:, 0], sums[:, 1]
    after = onward @ moves.T
    follows = np.concatenate((after[1:], after[:1]))
    follows[steps.back[steps.first]] = last
    marginals = forward * follows
    marginals /= np.maximum(marginals.sum(1, keepdims=True), 1e-300)
    return Chain(marginals, onward, after, moves)
