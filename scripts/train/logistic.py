"""Logistic regression in plain Python: the weights of features that tell best what is right.

Coordinate descent on the log loss, one Newton step for one weight at a time (Genkin, Lewis and Madigan 2007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

_ROUNDS = 60
_LONGEST_STEP = 1.0
# How strongly weights are drawn to where they start: a normal prior whose variance is the inverse of it.
_PRIOR = 0.5
_FARTHEST = 40.0

# The features of something with their values, and whether it is right.
Sample = tuple[Mapping[str, float], bool]


def fitted(
    found: Sequence[Sample], offsets: Sequence[float] = (), start: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Weights of the features and of the bias, in log odds.

    `offsets` are what else is known of each of `found`, in log odds. Weights are drawn a little towards `start`,
    or nothing.
    """
    start = start or {}
    names = [*sorted({name for features, _ in found for name in features}), "bias"]
    weights = {name: start.get(name, 0.0) for name in names}
    rows = [{**features, "bias": 1.0} for features, _ in found]
    columns = {name: [(at, row[name]) for at, row in enumerate(rows) if row.get(name)] for name in names}
    odds = list(offsets or [0.0] * len(found))
    for name, column in columns.items():
        _move(odds, column, weights[name])
    for _ in range(_ROUNDS):
        for name, column in columns.items():
            bend = _PRIOR
            slope = _PRIOR * (weights[name] - start.get(name, 0.0))
            for at, value in column:
                likely = chance(odds[at])
                slope += (likely - found[at][1]) * value
                bend += likely * (1 - likely) * value * value
            step = max(-_LONGEST_STEP, min(_LONGEST_STEP, -slope / bend))
            weights[name] += step
            _move(odds, column, step)
    return weights


def _move(odds: list[float], column: Sequence[tuple[int, float]], step: float) -> None:
    for at, value in column:
        odds[at] += step * value


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """What the weights give to these features, in log odds."""
    return weights["bias"] + sum(weights[name] * value for name, value in features.items() if name in weights)


def chance(odds: float) -> float:
    """The chance that has these log odds."""
    return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, odds))))
