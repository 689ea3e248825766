"""The word lists of the names stage: one entry a line, columns divided by tabs, `# ` before comments.

A list that one room alone asks for stands in the data/ of that room, the others in names/data/.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from banmian.words import lists

_NUMBERS = 1 << 16
# So few beginnings are looked for one after the other, as those of the names of one edition: a table costs more.
_FEW = 20
_ROOMS = ("", ".organizations", ".people", ".recognition", ".identity")


def read(name: str) -> list[list[str]]:
    """The entries of the list `name`, each as its columns. Raises FileNotFoundError for one that no room has."""
    for room in _ROOMS:
        package = f"banmian.names{room}"
        if files(package).joinpath("data", name).is_file():
            return lists.rows(package, name)
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
        self._short = frozenset(phrase for phrase in self._phrases if len(phrase) == 1)
        # The first and the last two characters of longer phrases -> the lengths of these, the longest first.
        first: dict[str, set[int]] = {}
        last: dict[str, set[int]] = {}
        for phrase in self._phrases - self._short:
            first.setdefault(phrase[:2], set()).add(len(phrase))
            last.setdefault(phrase[-2:], set()).add(len(phrase))
        self._first = {key: sorted(lengths, reverse=True) for key, lengths in first.items()}
        self._last = {key: sorted(lengths, reverse=True) for key, lengths in last.items()}

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._phrases

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self._first, self._short)

    @cached_property
    def _tails(self) -> tuple[Heads, Heads]:
        return Heads(self._last, ()), Heads((), self._short)

    def ends_everywhere(self, text: str) -> list[int]:
        """The offsets, in order, where a phrase may end: elsewhere start() finds none."""
        pairs, singles = self._tails
        return sorted({at + 2 for at in pairs.everywhere(text)}.union(at + 1 for at in singles.everywhere(text)))

    def stands_in(self, text: str) -> bool:
        """Whether a phrase stands in `text`, which is short."""
        maybe = [end for end, character in enumerate(text, 1) if character in self._last_characters]
        return any(self.start(text, end) < end for end in maybe)

    @cached_property
    def _last_characters(self) -> frozenset[str]:
        return frozenset(phrase[-1] for phrase in self._phrases)

    def heads(self) -> frozenset[str]:
        """The two characters with which a phrase starts, or its only one."""
        return self._short.union(self._first)

    def everywhere(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of the longest phrase at each offset where one starts, in order; they may overlap."""
        for start in self._heads.maybe(text):
            end = self.end(text, start)
            if end > start:
                yield start, end

    def end(self, text: str, start: int) -> int:
        """Where the longest phrase ends that starts at `start`; `start` itself where there is none."""
        for length in self._first.get(text[start : start + 2], ()):
            if text[start : start + length] in self._phrases and start + length <= len(text):
                return start + length
        return start + 1 if self._short and text[start : start + 1] in self._short else start

    def ends(self, text: str, start: int) -> list[int]:
        """The ends of all phrases that start at `start`, longest first."""
        ends = [start + length for length in self._first.get(text[start : start + 2], ())]
        ends = [end for end in ends if text[start:end] in self._phrases and end <= len(text)]
        return [*ends, start + 1] if self._short and text[start : start + 1] in self._short else ends

    def start(self, text: str, end: int) -> int:
        """Where the longest phrase starts that ends at `end`; `end` itself where there is none."""
        for length in self._last.get(text[max(end - 2, 0) : end], ()):
            if text[max(end - length, 0) : end] in self._phrases and length <= end:
                return end - length
        return end - 1 if self._short and text[max(end - 1, 0) : end] in self._short else end

    def starts_before(self, text: str, end: int) -> list[int]:
        """The starts of all phrases that end at `end`, of the longest first."""
        starts = [end - length for length in self._last.get(text[max(end - 2, 0) : end], ())]
        starts = [start for start in starts if start >= 0 and text[start:end] in self._phrases]
        return [*starts, end - 1] if self._short and text[max(end - 1, 0) : end] in self._short else starts


class Heads:
    """The beginnings of phrases, two characters or a single one, to be found in a text."""

    def __init__(self, pairs: Collection[str], singles: Collection[str]) -> None:
        self._pairs, self._singles = pairs, singles

    @cached_property
    def _of_pair(self) -> npt.NDArray[np.bool_]:
        """Number of a pair -> whether one of the beginnings has it; others may have the same."""
        found = np.zeros(_NUMBERS, np.bool_)
        if self._pairs:
            found[_numbers("".join(self._pairs))[1][::2]] = True
        return found

    @cached_property
    def _of_single(self) -> npt.NDArray[np.bool_]:
        found = np.zeros(_NUMBERS, np.bool_)
        found[_numbers("".join(self._singles))[0]] = True
        return found

    def everywhere(self, text: str) -> list[int]:
        """The offsets in `text` where a beginning stands, in order."""
        return [at for at in self.maybe(text) if text[at : at + 2] in self._pairs or text[at] in self._singles]

    def maybe(self, text: str) -> list[int]:
        """The same with some offsets more, where what stands there has the number of a beginning."""
        if len(self._pairs) + len(self._singles) <= _FEW:
            return sorted({at for few in (self._pairs, self._singles) for head in few for at in offsets(text, head)})
        singles, pairs = _numbers_of(text)
        found = self._of_pair.take(pairs)
        if self._singles:
            found |= self._of_single.take(singles)
        return found.nonzero()[0].tolist()


def offsets(text: str, part: str) -> Iterator[int]:
    """Every offset in `text` where `part` stands, in order."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _numbers(text: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """A number below _NUMBERS for each character of `text`, and one for it with the next (at the end with itself)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    singles = codes * np.uint32(0x9E3779B1)
    pairs = (singles ^ np.append(codes[1:], codes[-1:]) * np.uint32(0x85EBCA77)) * np.uint32(0xC2B2AE3D)
    return (singles >> np.uint32(16)).astype(np.intp), (pairs >> np.uint32(16)).astype(np.intp)


# One text is asked for the phrases of many lists, one after the other.
_numbers_of = lru_cache(maxsize=16)(_numbers)


@cache
def phrases(name: str) -> Phrases:
    """The first column of the list `name`, to be found in texts."""
    return Phrases(words(name))
