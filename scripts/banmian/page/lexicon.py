"""The data files of this stage: lists of words and the forms by which parts of a line are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from banmian.words import lists


def rows(name: str) -> list[list[str]]:
    """The entries of a data file of this stage, each as its columns."""
    return lists.rows("banmian.page", name)


@cache
def words(name: str) -> frozenset[str]:
    """The words of `name`.txt."""
    return frozenset(row[0] for row in rows(f"{name}.txt"))


@cache
def weights() -> dict[str, float]:
    """The numbers of weights.txt by name."""
    return {name: float(value) for name, value, *_ in rows("weights.txt")}


@cache
def weights_of(kind: str) -> dict[str, float]:
    """The weights of the features of `kind`, by the feature's name."""
    return {name.removeprefix(f"{kind} "): value for name, value in weights().items() if name.startswith(f"{kind} ")}


def weighted(kind: str, features: Mapping[str, float]) -> float:
    """The log odds that the weights give to these features of `kind`."""
    known = weights_of(kind)
    # Most are 0, which adds nothing.
    told = [known[name] * value for name, value in features.items() if value and name in known]
    return known.get("bias", 0.0) + sum(told)


@cache
def numbers(name: str) -> dict[str, float]:
    """The numbers of `name`.txt by word."""
    return {word: float(value) for word, value in rows(f"{name}.txt")}


@cache
def pattern(name: str, file: str = "patterns") -> re.Pattern[str]:
    """The form of that name in `file`.txt."""
    return re.compile(_patterns(file)[name])


@cache
def _patterns(file: str) -> dict[str, str]:
    """The sources of a file of forms by name; an earlier form stands in braces in a later one."""
    sources: dict[str, str] = {}
    for name, source in rows(f"{file}.txt"):
        sources[name] = re.sub(r"\{([a-z_]+)\}", lambda match: sources[match.group(1)], source)
    return sources
