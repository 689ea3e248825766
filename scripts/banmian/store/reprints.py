"""Reprints: articles of several editions whose texts are nearly the same, each with the edition that printed it first.

What two texts have in common is the share of their runs of four letters that stand in both (Jaccard). Which texts to
compare say their minimal hashes (words/signatures.py), which are kept with what was read of each edition. Every text is
held against first printings alone, so that no chain of small changes leads from one text to another, and a new edition
changes nothing of the ones before it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from banmian.words.signatures import SIZE, Signature, numbers_of, runs_of

# Texts are alike from this share on.
ALIKE = 0.5
# Texts are compared that have all hashes of a band in common (locality-sensitive hashing, Indyk and Motwani 1998): of
# texts that have half in common four of five are found, of such with two thirds 98 of 100.
_BANDS, _ROWS = 12, 3
# An estimate from so few hashes is off by .08; what it puts lower than this is not compared.
_ESTIMATE = 0.25
# Reports of every day's prices or weather have their words in common and their numbers not. One may be misread.
_SAME_NUMBERS = 0.9
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


def fill_reprints(connection: sqlite3.Connection, signatures: Mapping[int, Signature]) -> int:
    """Find the reprints of a database whose articles are all written, from their signatures by id.

    Returns the number of rows.
    """
    if not connection.execute(_SEVERAL).fetchone()[0]:
        return 0

    def body_of(article: int) -> str:
        return str(connection.execute(_BODY, [article]).fetchone()[0])

    found = find_reprints(connection.execute(_PRINTINGS), signatures, body_of)
    rows = [(one.article, one.first, one.similarity) for one in sorted(found, key=lambda one: one.article)]
    connection.executemany("INSERT INTO reprints VALUES (?, ?, ?)", rows)
    return len(rows)


def find_reprints(
    printings: Iterable[tuple[int, str]], signatures: Mapping[int, Signature], body_of: Callable[[int], str]
) -> Iterator[Reprint]:
    """The articles that are printed in several editions, from (article, edition) in the order of their printing.

    A first printing comes once, with similarity 1. Articles of one edition are never each other's reprints, nor are
    those without a signature.
    """
    printed = [(article, edition) for article, edition in printings if article in signatures]
    own = [signatures[article] for article, _ in printed]
    hashes = np.frombuffer(b"".join(one.hashes for one in own), np.uint32).reshape(-1, SIZE)
    # Band with its hashes -> the first printings that have them, as their numbers in `printed`.
    firsts: defaultdict[int, list[int]] = defaultdict(list)
    told: set[int] = set()
    for number, bands in _shared_bands(hashes):
        article, edition = printed[number]
        others = [first for first in sorted({f for b in bands for f in firsts[b]}) if printed[first][1] != edition]
        shares = np.mean(hashes[others] == hashes[number], axis=1) if others else ()
        alike = [
            (similarity(body_of(article), body_of(printed[first][0])), -printed[first][0])
            for first, share in zip(others, shares, strict=True)
            if share >= _ESTIMATE and _same_numbers(own[number].numbers, own[first].numbers)
        ]
        most, first = max(alike, default=(0.0, 0))
        if most < ALIKE:
            for band in bands:
                firsts[band].append(number)
            continue
        if -first not in told:
            told.add(-first)
            yield Reprint(-first, -first, 1.0)
        yield Reprint(article, -first, most)


def similarity(text: str, other: str) -> float:
    """The share of the runs of two texts that both have, from 0 to 1; 0 where their numbers are not the same."""
    if not _same_numbers(numbers_of(text), numbers_of(other)):
        return 0.0
    runs, of_other = runs_of(text), runs_of(other)
    both = len(np.intersect1d(runs, of_other, assume_unique=True))
    return round(both / max(1, len(runs) + len(of_other) - both), 4)


def _shared_bands(hashes: NDArray[np.uint32]) -> Iterator[tuple[int, list[int]]]:
    """The texts (rows) that have a band in common with another one, each with a number for each such band."""
    numbers = np.full((len(hashes), _BANDS), -1, np.int64)
    for band in range(_BANDS):
        own = np.ascontiguousarray(hashes[:, band * _ROWS : (band + 1) * _ROWS])
        whole = own.view(np.dtype((np.void, own.itemsize * _ROWS))).ravel()
        _, which, counts = np.unique(whole, return_inverse=True, return_counts=True)
        numbers[:, band] = np.where(counts[which] > 1, which * _BANDS + band, -1)
    for number in np.flatnonzero((numbers >= 0).any(1)).tolist():
        yield number, [band for band in numbers[number].tolist() if band >= 0]


def _same_numbers(numbers: frozenset[str], others: frozenset[str]) -> bool:
    fewer = min(len(numbers), len(others))
    return len(numbers & others) >= min(_SAME_NUMBERS * fewer, fewer - 1)
