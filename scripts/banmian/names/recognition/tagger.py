"""The tagger: a linear chain over characters (Lafferty et al. 2001), its weights, and what it holds of each span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ..text import CLAUSE_ENDS
from . import features
from .symbols import Numbers

# B begins a name, I goes on, E ends it, S is one of a single character; P of people, O of organizations.
LABELS = ("O", "BP", "IP", "EP", "SP", "BO", "IO", "EO", "SO")
KINDS = {"P": "person", "O": "organization"}
_OPEN = frozenset("BI")
# Texts are read together up to so many characters: enough for numpy, little in memory.
_BATCH = 20_000
# Their scores are summed for so many positions at once, which the processor's cache holds.
_TOGETHER = 500

Floats = npt.NDArray[np.float32]
# A plain text and its channels.
Told = tuple[str, Numbers]


@dataclass(frozen=True, slots=True)
class Span:
    """A name at text[start:end]: its kind (person, organization) and how probable the tagger holds it, from 0 to 1."""

    start: int
    end: int
    kind: str
    probability: float


def follows(before: str, after: str) -> bool:
    """Whether the label `after` may follow `before`: a name that is open goes on, one that is not begins."""
    if before[0] in _OPEN:
        return after[0] in "IE" and after[1] == before[1]
    return after[0] in "OBS"


@dataclass(frozen=True, slots=True)
class Weights:
    """Place of a feature -> row of `rows` (0 for none), a score for each label in it; the scores of `transitions`."""

    row_of: npt.NDArray[np.int32]
    rows: Floats
    transitions: Floats


@cache
def _weights() -> Weights:
    with files(__package__).joinpath("data", "weights.npz").open("rb") as file, np.load(file) as stored:
        return unpacked(stored)


def unpacked(stored: Mapping[str, Any]) -> Weights:
    """Weights from how they are stored: `places` of features, their `scores` in steps of `step`, `transitions`."""
    row_of = np.zeros(2**features.BITS, np.int32)
    row_of[stored["places"]] = np.arange(1, len(stored["places"]) + 1)
    rows = np.zeros((len(stored["places"]) + 1, len(LABELS)), np.float32)
    rows[1:] = stored["scores"] * stored["step"]
    allowed = np.array([[follows(before, after) for after in LABELS] for before in LABELS])
    return Weights(row_of, rows, np.where(allowed, stored["transitions"], -np.inf).astype(np.float32))


class Read:
    """What the tagger holds of one text. `spans` are the names of the likeliest reading, in order."""

    def __init__(self, clauses: Sequence[tuple[int, int]], best: npt.NDArray[np.int8], chain: _Chain, at: int) -> None:
        self._chain, self._at = chain, at
        self.spans = [
            Span(start, end, kind, self.probability(start, end, kind))
            for first, last in clauses
            for start, end, kind in spans(best[first:last], first)
        ]

    def probability(self, start: int, end: int, kind: str) -> float:
        """How probable it is, from 0 to 1, that a name of `kind` stands at text[start:end] and not more or less."""
        mark = "P" if kind == "person" else "O"
        path = ["S"] if end - start == 1 else ["B", *("I" * (end - start - 2)), "E"]
        return self._chain.probability(self._at + start, [LABELS.index(label + mark) for label in path])

    def begins(self, start: int, kind: str) -> float:
        """How probable it is, from 0 to 1, that a name of `kind` begins at `start`, wherever it ends."""
        mark = "P" if kind == "person" else "O"
        return sum(self._chain.probability(self._at + start, [LABELS.index(label + mark)]) for label in "BS")


def spans(labels: npt.NDArray[np.int8], offset: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of each name that `labels` mark, `offset` characters on."""
    start = 0
    for at in np.flatnonzero(labels):
        label = LABELS[labels[at]]
        if label[0] in "BS":
            start = int(at)
        if label[0] in "ES":
            yield offset + start, offset + int(at) + 1, KINDS[label[1]]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The chance of each label at each position, and of what follows it there, whatever stands before."""

    marginals: Floats
    onward: Floats
    sums: Floats
    transitions: Floats

    def probability(self, at: int, path: Sequence[int]) -> float:
        """How probable it is that the labels from `at` on are `path`, in one clause."""
        chance = float(self.marginals[at, path[0]])
        for before, label in pairwise(path):
            at += 1
            total = float(self.sums[at, before])
            chance *= float(self.transitions[before, label] * self.onward[at, label]) / total if total else 0.0
        return chance


def read(texts: Iterable[Told], weights: Weights | None = None) -> Iterator[Read]:
    """What the tagger holds of each of `texts`, in order, some read together. `weights` are by default ours.

    What is held of a text takes a hundred bytes a character: ask what is needed of one, then let it go.
    """
    for batch in _batches(texts):
        yield from _read_batch(batch, weights or _weights())


def _batches(texts: Iterable[Told]) -> Iterator[list[Told]]:
    batch: list[Told] = []
    size = 0
    for one in texts:
        batch.append(one)
        size += len(one[0])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: Sequence[Told], weights: Weights) -> list[Read]:
    rows, starts = features.joined([channels for _, channels in batch])
    scores = _scores(rows, weights)
    starts = [start - features.WINDOW for start in starts]
    clauses = [list(clauses_of(plain)) for plain, _ in batch]
    everywhere = [(at + first, at + last) for at, own in zip(starts, clauses, strict=True) for first, last in own]
    best, chain = decoded(scores, everywhere, weights.transitions)
    return [
        Read(own, best[at : at + len(plain)], chain, at)
        for (plain, _), own, at in zip(batch, clauses, starts, strict=True)
    ]


def _scores(rows: Numbers, weights: Weights) -> Floats:
    """The score of each label (column) at each position of joined `rows`, the sum over its features."""
    size = rows.shape[1] - 2 * features.WINDOW
    scores = np.empty((size, len(LABELS)), np.float32)
    for start in range(0, size, _TOGETHER):
        part = rows[:, start : start + _TOGETHER + 2 * features.WINDOW]
        # take() is three times as fast as an index; clip spares it a look at each.
        told = weights.rows.take(weights.row_of.take(features.places(part), mode="clip"), 0, mode="clip")
        np.add.reduce(told, 0, out=scores[start : start + _TOGETHER])
    return scores


def clauses_of(plain: str) -> Iterator[tuple[int, int]]:
    """The stretches of text that no name goes out of, each with the mark that ends it, but no line breaks."""
    start = 0
    for at, character in enumerate(plain, 1):
        if character in CLAUSE_ENDS or at == len(plain):
            end = at - (character == "\n")
            if start < end:
                yield start, end
            start = at


def side_by_side(clauses: Sequence[tuple[int, int]]) -> list[npt.NDArray[np.int64]]:
    """For each step from the beginning of the `clauses` on, where the long enough ones stand, the longest first."""
    order = sorted(clauses, key=lambda clause: clause[0] - clause[1])
    begins = np.array([first for first, _ in order])
    lengths = np.array([last - first for first, last in order])
    longest = int(lengths[0]) if len(order) else 0
    return [begins[: int(np.searchsorted(-lengths, -at))] + at for at in range(longest)]


def decoded(
    scores: Floats, clauses: Sequence[tuple[int, int]], transitions: Floats
) -> tuple[npt.NDArray[np.int8], _Chain]:
    """The best labels, and the chances of all, with all clauses side by side, the longest first."""
    steps = _Steps.of(clauses)
    free = np.array([follows("O", label) for label in LABELS])
    closed = np.array([label[0] not in _OPEN for label in LABELS])
    # In the order of the steps: what is computed together stands together.
    own = scores[steps.places]
    best = np.zeros(len(scores), np.int8)
    best[steps.places] = _best(own, steps, transitions, free, closed)
    return best, _chances(own, steps, transitions, free, closed, len(scores))


@dataclass(frozen=True, slots=True)
class _Steps:
    """Clauses side by side: the `places` of their characters in the text, all first ones, all second ones, ...

    `slices` are where each step stands among these. The clauses that go on are the first of the step before.
    """

    places: npt.NDArray[np.int64]
    slices: Sequence[slice]

    @staticmethod
    def of(clauses: Sequence[tuple[int, int]]) -> _Steps:
        """The steps of `clauses`, which are (start, end)."""
        steps = side_by_side(clauses)
        ends = np.cumsum([0, *map(len, steps)]).tolist()
        return _Steps(np.concatenate([np.zeros(0, np.int64), *steps]), list(map(slice, ends, ends[1:])))

    def pairs(self) -> Iterator[tuple[slice, slice]]:
        """Each step but the first, with what stands before it."""
        for before, step in pairwise(self.slices):
            yield slice(before.start, before.start + step.stop - step.start), step


def _best(
    scores: Floats,
    steps: _Steps,
    transitions: Floats,
    free: npt.NDArray[np.bool_],
    closed: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int8]:
    """The likeliest labels (Viterbi 1967), of each clause by itself."""
    best = np.empty_like(scores)
    back = np.empty(scores.shape, np.int64)
    # The label that is left stands last: that is the one to choose along.
    ways_to = np.ascontiguousarray(transitions.T)
    first = slice(0, 0) if not steps.slices else steps.slices[0]
    best[first] = np.where(free, scores[first], -np.inf)
    for before, step in steps.pairs():
        ways = best[before, None, :] + ways_to
        ways.argmax(2, out=back[step])
        np.maximum.reduce(ways, 2, out=best[step])
        best[step] += scores[step]
    # Where a clause ends; where it goes on, what follows says which label it was.
    labels: npt.NDArray[np.int64] = np.where(closed, best, -np.inf).argmax(1)
    for before, step in reversed(list(steps.pairs())):
        labels[before] = back[step][np.arange(step.stop - step.start), labels[step]]
    return labels.astype(np.int8)


def _chances(
    scores: Floats,
    steps: _Steps,
    transitions: Floats,
    free: npt.NDArray[np.bool_],
    closed: npt.NDArray[np.bool_],
    size: int,
) -> _Chain:
    """The chance of each label at each of `size` positions (forward and backward sums, scaled at each step)."""
    weights = np.exp(scores - scores.max(1, keepdims=True))
    moves = np.exp(transitions)
    forward, onward = weights * free, weights * closed
    backward = np.tile(closed.astype(np.float32), (len(scores), 1))
    if steps.slices:
        first = forward[steps.slices[0]]
        first /= np.add.reduce(first, 1, keepdims=True)
    for before, step in steps.pairs():
        here = forward[step]
        np.matmul(forward[before], moves, out=here)
        here *= weights[step]
        here /= np.add.reduce(here, 1, keepdims=True)
    for before, step in reversed(list(steps.pairs())):
        here = backward[before]
        np.matmul(onward[step], moves.T, out=here)
        here /= np.add.reduce(here, 1, keepdims=True)
        np.multiply(weights[before], here, out=onward[before])
    marginals = forward * backward
    marginals /= np.maximum(marginals.sum(1, keepdims=True), np.float32(1e-30))
    told = np.zeros((3, size, len(LABELS)), np.float32)
    told[:, steps.places] = marginals, onward, onward @ moves.T
    return _Chain(told[0], told[1], told[2], moves)
