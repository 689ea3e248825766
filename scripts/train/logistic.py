"""Logistic regression: the weights of features that tell best what is right.

Coordinate descent on the log loss, one Newton step for one weight at a time (Genkin, Lewis and Madigan 2007).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp

import numpy as np
import numpy.typing as npt

_ROUNDS = 60
_LONGEST_STEP = 1.0
_PRIOR = 0.5
_FARTHEST = 40.0

# The features of something with their values, and whether it is right.
Sample = tuple[Mapping[str, float], bool]
# Of a feature: where it is not nothing, and its values there.
_Column = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]


def fitted(
    found: Sequence[Sample],
    offsets: Sequence[float] = (),
    start: Mapping[str, float] | None = None,
    prior: float = _PRIOR,
) -> dict[str, float]:
    """Weights of the features and of the bias, in log odds.

    `offsets` are what else is known of each of `found`, in log odds. Weights are drawn towards `start`, or nothing,
    as strongly as `prior`, the inverse of a variance, says.
    """
    start = start or {}
    columns = _columns(found)
    weights = {name: start.get(name, 0.0) for name in columns}
    right = np.array([float(right) for _, right in found])
    odds = np.array(offsets or [0.0] * len(found), np.float64)
    for name, (at, values) in columns.items():
        odds[at] += weights[name] * values
    for _ in range(_ROUNDS):
        for name, (at, values) in columns.items():
            likely = 1 / (1 + np.exp(-np.clip(odds[at], -_FARTHEST, _FARTHEST)))
            bend = prior + float((likely * (1 - likely) * values * values).sum())
            slope = prior * (weights[name] - start.get(name, 0.0)) + float(((likely - right[at]) * values).sum())
            step = max(-_LONGEST_STEP, min(_LONGEST_STEP, -slope / bend))
            weights[name] += step
            odds[at] += step * values
    return weights


def _columns(found: Sequence[Sample]) -> dict[str, _Column]:
    """The features in order, the bias last."""
    cells: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, (features, _) in enumerate(found):
        for name, value in features.items():
            if value:
                cells[name].append((row, value))
    names = sorted({name for features, _ in found for name in features} - {"bias"})
    columns = {name: cells[name] for name in names} | {"bias": [(row, 1.0) for row in range(len(found))]}
    return {
        name: (np.array([row for row, _ in own], np.int64), np.array([value for _, value in own], np.float64))
        for name, own in columns.items()
    }


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """What the weights give to these features, in log odds."""
    return weights["bias"] + sum(weights[name] * value for name, value in features.items() if name in weights)


def chance(odds: float) -> float:
    """The chance that has these log odds."""
    return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, odds))))
