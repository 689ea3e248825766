"""How closely an article answers a search for several things: what bm25 of single phrases can't tell. Pure functions.

The index counts phrases wherever they stand. Who reads a newspaper looks at headlines and openings first: an article
with every word in its headline is about them, one that has them all far down is not. Of the first that the index
finds the order is made with that; a search for one thing keeps the index's.
"""

from __future__ import annotations

import math
import sqlite3
from functools import lru_cache

from banmian.site.search import Asked, wanted

# So many of the first are put in order; a place of the index's order weighs 1 / FIRST: chosen with the fifty needs that
# scripts/train/needs.py was made with, as the numbers below.
FIRST = 20
# What a headline and an opening weigh beside a body that is full of it, and characters of an opening.
_HEADLINE, _OPENING, _OPENS = 0.5, 0.5, 120
# bm25's own: how soon more of the same says no more, how far length counts, characters of a usual text.
_ENOUGH, _LENGTH, _USUAL = 1.2, 0.75, 1_000

_Units = tuple[tuple[tuple[str, ...], float], ...]


def closeness(asked: Asked, headline: str | None, body: str) -> float:
    """From 0 to some 3: how much of what was asked for stands in the headline, at the beginning, in the text.

    Longer words count more. 0 of every article where one thing is asked for.
    """
    units, weights = _units(asked)
    shrunk = _ENOUGH * (1 - _LENGTH + _LENGTH * len(body) / _USUAL)
    opening, score = body[:_OPENS], 0.0
    for forms, weight in units:
        times = sum(map(body.count, forms))
        there = times * (_ENOUGH + 1) / (times + shrunk)
        headed = any(form in headline for form in forms) if headline else False
        score += weight * (there + _HEADLINE * headed + _OPENING * any(form in opening for form in forms))
    return score / weights if weights else 0.0


@lru_cache(maxsize=64)
def _units(asked: Asked) -> tuple[_Units, float]:
    """What is asked for and the words of it, each in its forms, with what it weighs; nothing where it is one thing."""
    units = {}
    for one in wanted(asked):
        for forms in (one.forms, *(word for word in one.words if len(word[0]) > 1)):
            units[forms] = math.sqrt(len(forms[0]))
    return (tuple(units.items()), sum(units.values())) if len(units) > 1 else ((), 0.0)


def _of_row(query: str | None, names: str | None, headline: str | None, body: str | None) -> float:
    return closeness(Asked.of(query, names), headline, body or "")


def register(connection: sqlite3.Connection) -> None:
    """The SQL function closeness(query, names, headline, body); names as escape_fts_forms has them."""
    connection.create_function("closeness", 4, _of_row, deterministic=True)
