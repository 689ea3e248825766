"""The word lists of the names stage: one entry a line, columns divided by tabs, `# ` before comments.

A list that one room alone asks for stands in the data/ of that room, the others in names/data/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from banmian.words import lists

_ROOMS = ("banmian.names", *(f"banmian.names.{room}" for room in ("organizations", "people", "identity")))


def read(name: str) -> list[list[str]]:
    """The entries of the list `name`, each as its columns. Raises FileNotFoundError for one that no room has."""
    for room in _ROOMS:
        if files(room).joinpath("data", name).is_file():
            return lists.rows(room, name)
    raise FileNotFoundError(f"no room of banmian.names has the list data/{name}")


@cache
def words(name: str) -> frozenset[str]:
    """The first column of the list `name`."""
    return frozenset(columns[0] for columns in read(name))


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """The first column of the list `name` -> the other columns."""
    return MappingProxyType({columns[0]: tuple(columns[1:]) for columns in read(name)})


@cache
def group(name: str) -> tuple[str, ...]:
    """The words of groups.tsv under `name`."""
    return tuple(table("groups.tsv")[name][0].split(" "))


def pattern(name: str) -> str:
    """The regular expression of groups.tsv under `name`."""
    return table("groups.tsv")[name][0]


class Phrases:
    """Words to be found in a text: the longest one that starts, or ends, at an offset."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrases)
        first: dict[str, set[int]] = {}
        last: dict[str, set[int]] = {}
        for phrase in self._phrases:
            first.setdefault(phrase[0], set()).add(len(phrase))
            last.setdefault(phrase[-1], set()).add(len(phrase))
        self._first = {key: sorted(lengths, reverse=True) for key, lengths in first.items()}
        self._last = {key: sorted(lengths, reverse=True) for key, lengths in last.items()}

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._phrases

    def starts(self) -> frozenset[str]:
        """The characters with which a phrase starts."""
        return frozenset(self._first)

    def end(self, text: str, start: int) -> int:
        """Where the longest phrase ends that starts at `start`; `start` itself where there is none."""
        if start < len(text):
            for length in self._first.get(text[start], ()):
                if start + length <= len(text) and text[start : start + length] in self._phrases:
                    return start + length
        return start

    def ends(self, text: str, start: int) -> list[int]:
        """The ends of all phrases that start at `start`, longest first."""
        if start >= len(text):
            return []
        lengths = self._first.get(text[start], ())
        ends = (start + length for length in lengths if start + length <= len(text))
        return [end for end in ends if text[start:end] in self._phrases]

    def start(self, text: str, end: int) -> int:
        """Where the longest phrase starts that ends at `end`; `end` itself where there is none."""
        if end > 0:
            for length in self._last.get(text[end - 1], ()):
                if length <= end and text[end - length : end] in self._phrases:
                    return end - length
        return end

    def starts_before(self, text: str, end: int) -> list[int]:
        """The starts of all phrases that end at `end`, of the longest first."""
        if end <= 0:
            return []
        starts = (end - length for length in self._last.get(text[end - 1], ()) if length <= end)
        return [start for start in starts if text[start:end] in self._phrases]


@cache
def phrases(name: str) -> Phrases:
    """The first column of the list `name`, to be found in texts."""
    return Phrases(words(name))
