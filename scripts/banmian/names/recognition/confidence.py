"""How certain it is that a mention is right: what the tagger holds of it, calibrated on marked texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log

from .. import lexicons

# Nothing is more certain, or less, than so many log odds.
_FARTHEST = 9.0


def log_odds(probability: float) -> float:
    """The log odds of `probability`, within bounds."""
    odds = log(max(probability, 1e-9)) - log(max(1 - probability, 1e-9))
    return max(-_FARTHEST, min(_FARTHEST, odds))


@cache
def _calibration() -> Mapping[str, tuple[float, float]]:
    return {name: (float(slope), float(bias)) for name, (slope, bias) in lexicons.table("calibration.tsv").items()}


def confidence(probability: float, kind: str, proposed: bool) -> float:
    """What share of such mentions are right, from 0 to 1 (Platt 1999).

    `probability` is what the tagger holds of the mention, `kind` person or organization, `proposed` whether a rule
    proposed it too.
    """
    slope, bias = _calibration()[f"{kind} {'proposed' if proposed else 'added'}"]
    return round(1 / (1 + exp(-(slope * log_odds(probability) + bias))), 3)
