"""Weights of a linear chain over characters, learned by its likelihood (Lafferty et al. 2001), with numpy and scipy.

Each text is decoded clause by clause, as names/recognition/tagger.py does. A few texts at a time move the weights of
the features that stand in them, each the less the more it was moved (AdaGrad, Duchi et al. 2011): the loss is convex,
few rounds come near its least, and the mean of several runs in other orders comes nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from banmian.names.recognition import decoding, tagger
from scipy import sparse

Floats = npt.NDArray[np.float64]
Scores = npt.NDArray[np.float32]

_LABELS = len(tagger.LABELS)
_ALLOWED = np.array([[tagger.follows(before, after) for after in tagger.LABELS] for before in tagger.LABELS])
_FREE = np.array([tagger.follows("O", label) for label in tagger.LABELS])
_CLOSED = np.array([label[0] not in "BI" for label in tagger.LABELS])
_BATCH = 32
_RATE = 0.1
# Sums are made sums of one after so many steps, before they get too small for a number.
_RENEWED = 4


@dataclass(frozen=True)
class Example:
    """A text: the rows of its features (one row a character), its labels, its clauses as (start, end)."""

    rows: npt.NDArray[np.int32]
    labels: npt.NDArray[np.int64]
    clauses: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Batch:
    """A few texts, the characters of their clauses step by step: all first ones, then all second ones, ...

    `features` are those that stand in them, `stands` has a row a character with a one for each of its features;
    `before` and `after` are the characters of which the second follows the first.
    """

    features: npt.NDArray[np.int32]
    stands: sparse.csr_array
    labels: npt.NDArray[np.int64]
    steps: decoding.Steps
    before: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]

    @staticmethod
    def of(examples: Sequence[Example]) -> Batch:
        """The texts of `examples` together."""
        starts = np.cumsum([0, *(len(one.labels) for one in examples)]).tolist()
        steps = decoding.Steps.of(
            [(at + first, at + last) for at, one in zip(starts, examples, strict=False) for first, last in one.clauses]
        )
        rows = np.concatenate([one.rows for one in examples])[steps.onward]
        features, own = np.unique(rows, return_inverse=True)
        ends = np.arange(0, rows.size + 1, rows.shape[1], dtype=np.int32)
        stands = sparse.csr_array(
            (np.ones(rows.size, np.float32), own.ravel().astype(np.int32), ends), (len(rows), len(features))
        )
        labels = np.concatenate([one.labels for one in examples])[steps.onward]
        pairs = [np.r_[before] for before, _ in steps.further]
        before = np.concatenate(pairs) if pairs else np.zeros(0, np.int64)
        return Batch(features, stands, labels, steps, before, np.arange(steps.first.stop, len(rows)))


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
) -> tuple[Scores, Scores]:
    scores, transitions = (np.zeros((size, _LABELS), np.float32) for size in (features, _LABELS))
    moved, moved_transitions = np.zeros_like(scores), np.zeros_like(transitions)
    order = dice.permutation(len(examples)).tolist()
    batches = [Batch.of([examples[at] for at in order[first:][:_BATCH]]) for first in range(0, len(order), _BATCH)]
    # In a round the penalty on a feature is shared by the batches that it stands in.
    standing = np.bincount(np.concatenate([batch.features for batch in batches]), minlength=features)
    drawn = (2 * penalty / np.maximum(standing, 1)).astype(np.float32)[:, None]
    for _ in range(rounds):
        for number in dice.permutation(len(batches)).tolist():
            batch = batches[number]
            own = batch.features
            of_scores, of_transitions = gradients(batch, scores[own], transitions)
            _move(scores, moved, own, of_scores + drawn[own] * scores[own])
            scores[0] = 0
            of_transitions += (2 * penalty / len(batches)) * transitions
            _move(transitions, moved_transitions, np.arange(_LABELS), of_transitions)
    return scores, transitions


def _move(values: Scores, moved: Scores, rows: npt.NDArray[np.integer], gradient: Scores) -> None:
    """Move `rows` of `values` against the `gradient`, less what was `moved` more (sums of squares)."""
    squares = moved[rows] + gradient * gradient
    moved[rows] = squares
    values[rows] -= _RATE * gradient / (np.sqrt(squares) + np.float32(1e-6))


def gradients(batch: Batch, scores: Scores, transitions: Scores) -> tuple[Scores, Scores]:
    """Of minus the log likelihood of the labels: that of `scores`, a row for each feature, and of `transitions`."""
    weights = batch.stands @ scores
    weights = np.exp(weights - weights.max(1, keepdims=True)).astype(np.float64)
    moves = np.where(_ALLOWED, np.exp(transitions), 0.0).astype(np.float64)
    forward, onward, backward = weights.copy(), weights, np.tile(_CLOSED.astype(np.float64), (len(weights), 1))
    forward[batch.steps.first] *= _FREE
    for number, (before, step) in enumerate(batch.steps.further, 1):
        forward[step] *= forward[before] @ moves
        if number % _RENEWED == 0:
            forward[step] /= forward[step].sum(1, keepdims=True)
    back = np.ascontiguousarray(moves.T)
    for number, (before, step) in enumerate(reversed(batch.steps.further), 1):
        onward[step] *= backward[step]
        if number % _RENEWED == 0:
            onward[step] /= onward[step].sum(1, keepdims=True)
        backward[before] = onward[step] @ back
    chances = forward * backward
    local = (chances / chances.sum(1, keepdims=True)).astype(np.float32)
    local[np.arange(len(local)), batch.labels] -= 1
    ways, reached = forward[batch.before], onward[batch.after]
    ways /= np.einsum("ij,ij->i", ways @ moves, reached)[:, None]
    of_transitions = moves * (ways.T @ reached)
    np.subtract.at(of_transitions, (batch.labels[batch.before], batch.labels[batch.after]), 1)
    of_scores: Scores = batch.stands.T @ local
    return of_scores, np.where(_ALLOWED, of_transitions, 0.0).astype(np.float32)
