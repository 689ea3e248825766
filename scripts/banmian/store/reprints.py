"""Reprints: articles of several editions whose texts are nearly the same, each with the edition that printed it first.

What two texts have in common is the share of their runs of four letters that stand in both (Jaccard). Which texts to
compare says an index of minimal hashes (datasketch). Every text is held against first printings alone, so that no
chain of small changes leads from one text to another, and a new edition changes nothing of the ones before it.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

# Texts are alike from this share on.
ALIKE = 0.5
# Letters in a run, and how many different ones a text needs: short notices are alike without being one.
_RUN = 4
_FEWEST = 40
# Of texts that have half in common four of five are found, of such with two thirds 98 of 100.
_BANDS, _ROWS = 12, 3
# An estimate from so few hashes is off by .08; what it puts lower than this is not compared.
_ESTIMATE = 0.25
# Reports of every day's prices or weather have their words in common and their numbers not. One may be misread.
_SAME_NUMBERS = 0.9
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_SIGNS = re.compile(r"[\W_]+")
_FACTOR = np.uint32(0x01000193)


class _Letters(dict[int, str]):
    """What of a character counts, for str.translate: looked up once, since archives have the same few thousand."""

    def __missing__(self, character: int) -> str:
        self[character] = _SIGNS.sub("", unicodedata.normalize("NFKC", chr(character)))
        return self[character]


_LETTERS = _Letters()
# What has no date at all comes last: nobody can say that it was first.
_PRINTINGS = """
    SELECT articles.id, edition_id FROM articles JOIN pages ON pages.id = page_id
    JOIN editions ON editions.id = edition_id
    ORDER BY coalesce(date, date_earliest, date_latest, 'none'), articles.id"""
_BODY = "SELECT body FROM articles WHERE id = ?"
_SEVERAL = "SELECT count(*) > 1 FROM editions"


@dataclass(frozen=True, slots=True)
class Reprint:
    """An article that others print too: the number of its first printing (maybe itself), and how alike the two are."""

    article: int
    first: int
    similarity: float


def fill_reprints(connection: sqlite3.Connection) -> int:
    """Find the reprints of a database whose articles are all written. Returns the number of rows."""
    if not connection.execute(_SEVERAL).fetchone()[0]:
        return 0

    def body_of(article: int) -> str:
        return str(connection.execute(_BODY, [article]).fetchone()[0])

    found = find_reprints(connection.execute(_PRINTINGS).fetchall(), body_of)
    rows = [(one.article, one.first, one.similarity) for one in sorted(found, key=lambda one: one.article)]
    connection.executemany("INSERT INTO reprints VALUES (?, ?, ?)", rows)
    return len(rows)


@dataclass(frozen=True, slots=True)
class _First:
    """What is known of a first printing: its edition, its minimal hashes, and the numbers in it."""

    edition: str
    hashes: Hashes
    numbers: frozenset[str]


def find_reprints(printings: Iterable[tuple[int, str]], body_of: Callable[[int], str]) -> Iterator[Reprint]:
    """The articles that are printed in several editions, from (article, edition) in the order of their printing.

    A first printing comes once, with similarity 1. Articles of one edition are never each other's reprints.
    """
    # Here, since it takes scipy with it: most databases of one edition are built in less time.
    from datasketch import MinHash, MinHashLSH

    size = _BANDS * _ROWS
    index, empty = MinHashLSH(num_perm=size, params=(_BANDS, _ROWS)), MinHash(num_perm=size, hashfunc=int)
    firsts: dict[int, _First] = {}
    told: set[int] = set()
    for article, edition in printings:
        text = body_of(article)
        runs = _runs(text)
        if len(runs) < _FEWEST:
            continue
        hashes = empty.copy()
        hashes.update_batch(runs.tolist())
        own = _First(edition, hashes.hashvalues, frozenset(_NUMBER.findall(text)))
        others = list(_maybe_alike(own, {first: firsts[first] for first in sorted(index.query(hashes))}))
        alike = [(similarity(text, body_of(first)), -first) for first in others]
        most, first = max(alike, default=(0.0, 0))
        if most < ALIKE:
            index.insert(article, hashes)
            firsts[article] = own
            continue
        if -first not in told:
            told.add(-first)
            yield Reprint(-first, -first, 1.0)
        yield Reprint(article, -first, most)


def similarity(text: str, other: str) -> float:
    """The share of the runs of two texts that both have, from 0 to 1; 0 where their numbers are not the same."""
    if not _same_numbers(frozenset(_NUMBER.findall(text)), frozenset(_NUMBER.findall(other))):
        return 0.0
    runs, of_other = _runs(text), _runs(other)
    both = len(np.intersect1d(runs, of_other, assume_unique=True))
    return round(both / max(1, len(runs) + len(of_other) - both), 4)


def _maybe_alike(own: _First, firsts: Mapping[int, _First]) -> Iterator[int]:
    """Those of other editions that may be alike: most that share a hash are not, and their texts are not asked for."""
    others = [first for first, known in firsts.items() if known.edition != own.edition]
    if others:
        shares = np.mean(np.stack([firsts[first].hashes for first in others]) == own.hashes, axis=1)
        for first, share in zip(others, shares, strict=True):
            if share >= _ESTIMATE and _same_numbers(own.numbers, firsts[first].numbers):
                yield first


def _same_numbers(numbers: frozenset[str], others: frozenset[str]) -> bool:
    fewer = min(len(numbers), len(others))
    return len(numbers & others) >= min(_SAME_NUMBERS * fewer, fewer - 1)


def _runs(text: str) -> Hashes:
    """A number for each different run of letters and digits, sorted: stops and spaces differ between printings."""
    codes = np.frombuffer(text.translate(_LETTERS).encode("utf-32-le"), dtype=np.uint32)
    runs = np.zeros(max(0, len(codes) - _RUN + 1), dtype=np.uint32)
    for place in range(_RUN):
        runs = runs * _FACTOR + codes[place : place + len(runs)]
    runs.sort()
    return np.concatenate((runs[:1], runs[1:][runs[1:] != runs[:-1]]))
