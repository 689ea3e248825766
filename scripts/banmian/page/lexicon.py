"""The data files of this stage: lists of words and the forms by which parts of a line are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def rows(name: str) -> list[str]:
    """The lines of a data file without its comments."""
    text = files("banmian.page").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The words of `name`.txt."""
    return frozenset(rows(f"{name}.txt"))


@cache
def weights() -> dict[str, float]:
    """The numbers of weights.txt by name."""
    return {name: float(value) for name, value in (row.split("\t")[:2] for row in rows("weights.txt"))}


def weighted(kind: str, features: Mapping[str, float]) -> float:
    """The log odds that the weights give to these features of `kind`."""
    known = weights()
    return known.get(f"{kind} bias", 0.0) + sum(known.get(f"{kind} {name}", 0.0) * features[name] for name in features)


@cache
def numbers(name: str) -> dict[str, float]:
    """The numbers of `name`.txt by word."""
    return {word: float(value) for word, value in (row.split("\t") for row in rows(f"{name}.txt"))}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The forms of patterns.txt by name; an earlier form stands in braces in a later one."""
    sources: dict[str, str] = {}
    for row in rows("patterns.txt"):
        name, source = row.split("\t")
        sources[name] = re.sub(r"\{([a-z_]+)\}", lambda match: sources[match.group(1)], source)
    return {name: re.compile(source) for name, source in sources.items()}
