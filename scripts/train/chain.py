"""Weights of a linear chain over characters, learned by its likelihood (Lafferty et al. 2001), with numpy and scipy.

Each text is decoded clause by clause, as names/recognition/tagger.py does; the loss is convex, Adam (Kingma and Ba
2015) on a few texts at a time comes near its least in few rounds, and the mean of several runs in other orders comes
nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from banmian.names.recognition import decoding, tagger
from scipy import sparse

Floats = npt.NDArray[np.float64]

_LABELS = len(tagger.LABELS)
_ALLOWED = np.array([[tagger.follows(before, after) for after in tagger.LABELS] for before in tagger.LABELS])
_FREE = np.array([tagger.follows("O", label) for label in tagger.LABELS])
_CLOSED = np.array([label[0] not in "BI" for label in tagger.LABELS])
_BATCH = 32
_RATE = 0.02
_MOMENTUM, _SCALE = 0.9, 0.99
# So many rows are moved at once.
_TOGETHER = 4096


@dataclass(frozen=True)
class Example:
    """A text: the rows of its features (one row a character), its labels, its clauses as (start, end)."""

    rows: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    clauses: Sequence[tuple[int, int]]


@dataclass(slots=True)
class _Learned:
    """Values that Adam moves, with the means of their gradients and of the squares of these."""

    values: npt.NDArray[np.float32]
    means: npt.NDArray[np.float32]
    squares: npt.NDArray[np.float32]

    def move(self, gradient: npt.NDArray[np.float32], rate: float) -> None:
        # Piece by piece: what stands between the steps stays in the processor's cache.
        for start in range(0, len(gradient), _TOGETHER):
            piece = slice(start, start + _TOGETHER)
            new, means, squares = gradient[piece], self.means[piece], self.squares[piece]
            means += (1 - _MOMENTUM) * (new - means)
            squares += (1 - _SCALE) * (new * new - squares)
            self.values[piece] -= rate * means / (np.sqrt(squares) + np.float32(1e-6))


def fitted(
    examples: Sequence[Example], features: int, rounds: int, penalty: float, orders: Sequence[int]
) -> tuple[Floats, Floats]:
    """(`features` rows of scores, one a label; scores of transitions), the mean over runs in the given `orders`.

    An order is a seed; row 0 is that of features that are not learned from, and stays 0. `penalty` is that on the
    sum of squares.
    """
    runs = [_run(examples, features, rounds, penalty, np.random.default_rng(order)) for order in orders]
    scores = np.stack([own for own, _ in runs]).mean(0, dtype=np.float64)
    return scores, np.stack([own for _, own in runs]).mean(0, dtype=np.float64)


def _run(
    examples: Sequence[Example], features: int, rounds: int, penalty: float, dice: np.random.Generator
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    scores, transitions = (
        _Learned(*(np.zeros(shape, np.float32) for _ in range(3)))
        for shape in ((features, _LABELS), (_LABELS, _LABELS))
    )
    batches = -(-len(examples) // _BATCH)
    step = 0
    for turn in range(rounds):
        order = dice.permutation(len(examples))
        for batch in range(batches):
            step += 1
            own = [examples[at] for at in order[batch * _BATCH : (batch + 1) * _BATCH]]
            of_scores, of_transitions = gradients(own, scores.values, transitions.values)
            of_scores += (2 * penalty / batches) * scores.values
            of_scores[0] = 0
            of_transitions += (2 * penalty / batches) * transitions.values
            # Both means begin at zero: until they have seen enough they are too small.
            warm = float(np.sqrt(1 - _SCALE**step) / (1 - _MOMENTUM**step))
            rate = _RATE * (1 - turn / rounds) * warm
            scores.move(of_scores, rate)
            transitions.move(of_transitions, rate)
    return scores.values, transitions.values


def gradients(
    examples: Sequence[Example], scores: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Of minus the log likelihood of the examples' labels: that of `scores` and that of `transitions`."""
    labels = np.concatenate([one.labels for one in examples])
    starts = np.cumsum([0, *(len(one.labels) for one in examples)])
    together = decoding.Steps.of(
        [(at + first, at + last) for at, one in zip(starts, examples, strict=False) for first, last in one.clauses]
    )
    steps = [together.onward[step] for step in together.slices]
    rows = np.concatenate([one.rows for one in examples])
    ends = np.arange(0, rows.size + 1, rows.shape[1])
    # A row a character, with a one for each of its features.
    stands = sparse.csr_array((np.ones(rows.size, np.float32), rows.ravel(), ends), (len(rows), len(scores)))
    local, of_transitions = _of_chain(stands @ scores, transitions, steps, labels)
    of_scores: npt.NDArray[np.float32] = stands.T @ local
    return of_scores, of_transitions


def _of_chain(
    scores: npt.NDArray[np.float32],
    transitions: npt.NDArray[np.float32],
    steps: Sequence[npt.NDArray[np.int64]],
    labels: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The gradient at each character and that of the transitions, by forward and backward sums, scaled."""
    weights = np.exp(scores - scores.max(1, keepdims=True)).astype(np.float64)
    moves = np.where(_ALLOWED, np.exp(transitions), 0.0)
    forward, backward = np.zeros_like(weights), np.zeros_like(weights)
    for at, step in enumerate(steps):
        here = weights[step] * (_FREE if at == 0 else forward[steps[at - 1][: len(step)]] @ moves)
        forward[step] = here / here.sum(1, keepdims=True)
    of_transitions = np.zeros((_LABELS, _LABELS))
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        backward[step] = _CLOSED
        if at + 1 < len(steps):
            later, own = steps[at + 1], step[: len(steps[at + 1])]
            onward = weights[later] * backward[later]
            back = onward @ moves.T
            backward[own] = back / back.sum(1, keepdims=True)
            pairs = forward[own][:, :, None] * moves * onward[:, None, :]
            of_transitions += (pairs / pairs.sum((1, 2), keepdims=True)).sum(0)
            np.add.at(of_transitions, (labels[own], labels[later]), -1)
    told = np.concatenate(steps)
    local = np.zeros(scores.shape, np.float32)
    chances = forward[told] * backward[told]
    local[told] = chances / chances.sum(1, keepdims=True)
    local[told, labels[told]] -= 1
    return local, np.where(_ALLOWED, of_transitions, 0.0).astype(np.float32)
