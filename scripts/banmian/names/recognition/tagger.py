"""The tagger: a linear chain over characters (Lafferty et al. 2001), its weights, and what it holds of each span."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from ..text import CLAUSE_ENDS
from . import decoding, features
from .decoding import Chain, Floats
from .symbols import Numbers

# B begins a name, I goes on, E ends it, S is one of a single character; P of people, O of organizations.
LABELS = ("O", "BP", "IP", "EP", "SP", "BO", "IO", "EO", "SO")
KINDS = {"P": "person", "O": "organization"}
_OPEN = frozenset("BI")
# Texts are read together up to so many characters: enough for numpy, little in memory.
_BATCH = 20_000
# Their scores are summed for so many positions at once, which the processor's cache holds.
_TOGETHER = 1_000

_BREAK, _MARKS = "\n", re.escape("".join(sorted(CLAUSE_ENDS - {"\n"})))
_CLAUSE = re.compile(f"[^{_MARKS}{_BREAK}]+[{_MARKS}]?|[{_MARKS}]")

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


# The labels that a clause may begin and end with.
_FIRST = np.array([follows("O", label) for label in LABELS])
_LAST = np.array([label[0] not in _OPEN for label in LABELS])


@dataclass(frozen=True, slots=True)
class Weights:
    """Place of a feature -> row of `rows` (0 for none): how much more each label but O scores there than O, in steps of
    `step`; and the scores of `transitions`.
    """

    row_of: npt.NDArray[np.int32]
    # Sixteen bytes a row, which the processor's cache holds. All features together stay below what 16 bits hold.
    rows: npt.NDArray[np.int16]
    step: np.float32
    transitions: Floats


@cache
def _weights() -> Weights:
    with files(__package__).joinpath("data", "weights.npz").open("rb") as file, np.load(file) as stored:
        return unpacked(stored)


def unpacked(stored: Mapping[str, Any]) -> Weights:
    """Weights from how they are stored: `places` of features, their `scores` in steps of `step`, `transitions`."""
    row_of = np.zeros(2**features.BITS, np.int32)
    row_of[stored["places"]] = np.arange(1, len(stored["places"]) + 1)
    scores = stored["scores"].astype(np.int16)
    rows = np.zeros((len(scores) + 1, len(LABELS) - 1), np.int16)
    rows[1:] = scores[:, 1:] - scores[:, :1]
    allowed = np.array([[follows(before, after) for after in LABELS] for before in LABELS])
    transitions = np.where(allowed, stored["transitions"], -np.inf).astype(np.float32)
    return Weights(row_of, rows, np.float32(stored["step"]), transitions)


class Read:
    """What the tagger holds of one text. `spans` are the names of the likeliest reading, in order."""

    def __init__(self, best: npt.NDArray[np.int8], chain: Chain, at: int) -> None:
        self._chain, self._at, self._size = chain, at, len(best)
        self.spans = [Span(start, end, kind, self.probability(start, end, kind)) for start, end, kind in spans(best, 0)]

    def probability(self, start: int, end: int, kind: str) -> float:
        """How probable it is, from 0 to 1, that a name of `kind` stands at text[start:end] and not more or less."""
        return self._chain.probability(self._at + start, _path(end - start, kind))

    def likely(self, least: float) -> Iterator[Span]:
        """Every name that is held to be so probable, or more, of each kind in order; they overlap."""
        here = self._chain.marginals[self._at : self._at + self._size]
        for mark, kind in KINDS.items():
            begin, inside, end, alone = (LABELS.index(label + mark) for label in "BIES")
            for start in np.flatnonzero(here[:, alone] >= least).tolist():
                yield Span(start, start + 1, kind, here.item(start, alone))
            for start in np.flatnonzero(here[:, begin] >= least).tolist():
                ends = self._chain.ends(self._at + start, (begin, inside, end), least)
                yield from (Span(start, end - self._at, kind, chance) for end, chance in ends)


@cache
def _path(size: int, kind: str) -> Sequence[int]:
    """The labels of a name of so many characters."""
    mark = "P" if kind == "person" else "O"
    path = ["S"] if size == 1 else ["B", *("I" * (size - 2)), "E"]
    return [LABELS.index(label + mark) for label in path]


def spans(labels: npt.NDArray[np.int8], offset: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of each name that `labels` mark, `offset` characters on."""
    start = 0
    marked = np.flatnonzero(labels)
    for at, number in zip(marked.tolist(), labels[marked].tolist(), strict=True):
        label = LABELS[number]
        if label[0] in "BS":
            start = at
        if label[0] in "ES":
            yield offset + start, offset + at + 1, KINDS[label[1]]


def read(texts: Iterable[Told], weights: Weights | None = None) -> Iterator[Read]:
    """What the tagger holds of each of `texts`, in order, some read together. `weights` are by default ours.

    What is held of a text takes two hundred bytes a character: ask what is needed of one, then let it go.
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
    clauses = [clauses_of(plain) for plain, _ in batch]
    everywhere = [(at + first, at + last) for at, own in zip(starts, clauses, strict=True) for first, last in own]
    best, chain = decoded(scores, everywhere, weights.transitions)
    return [Read(best[at : at + len(plain)], chain, at) for (plain, _), at in zip(batch, starts, strict=True)]


def _scores(rows: Numbers, weights: Weights) -> Floats:
    """How much more each label (column) scores than O at each position of joined `rows`: the sum over its features."""
    size = rows.shape[1] - 2 * features.WINDOW
    scores = np.zeros((size, len(LABELS)), np.float32)
    for start in range(0, size, _TOGETHER):
        part = rows[:, start : start + _TOGETHER + 2 * features.WINDOW]
        # take() is three times as fast as an index; clip spares it a look at each.
        told = weights.rows.take(weights.row_of.take(features.places(part), mode="clip"), 0, mode="clip")
        scores[start : start + _TOGETHER, 1:] = np.add.reduce(told, 0, dtype=np.int16) * weights.step
    return scores


def clauses_of(plain: str) -> list[tuple[int, int]]:
    """The stretches of text that no name goes out of, each with the mark that ends it, but no line breaks."""
    return [clause.span() for clause in _CLAUSE.finditer(plain)]


def decoded(
    scores: Floats, clauses: Sequence[tuple[int, int]], transitions: Floats
) -> tuple[npt.NDArray[np.int8], Chain]:
    """The best labels, and the chances of all, of each clause by itself: no name goes on from another."""
    steps = decoding.Steps.of(clauses)
    return (
        decoding.best(scores, steps, transitions, _FIRST, _LAST),
        decoding.chances(scores, steps, transitions, _FIRST, _LAST),
    )
