"""Reprints: articles of several editions whose texts are nearly the same, each with the edition that printed it first.

What two texts have in common is the share of their runs of four letters that stand in both (Jaccard). Which texts to
compare says an index of minimal hashes (datasketch; words/signatures.py), which are kept with what was read of each
edition. Every text is held against first printings alone, so that no chain of small changes leads from one text to
another, and a new edition changes nothing of the ones before it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from banmian.words.signatures import SIZE, Signature, numbers_of, runs_of

# Texts are alike from this share on.
ALIKE = 0.5
# Of texts that have half in common four of five are found, of such with two thirds 98 of 100.
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
    # Here, since it takes scipy with it: most databases of one edition are built in less time.
    from datasketch import LeanMinHash, MinHash, MinHashLSH

    index, empty = MinHashLSH(num_perm=SIZE, params=(_BANDS, _ROWS)), MinHash(num_perm=SIZE)
    editions: dict[int, str] = {}
    told: set[int] = set()
    for article, edition in printings:
        if article not in signatures:
            continue
        own = signatures[article]
        hashes = LeanMinHash(seed=empty.seed, hashvalues=own.hashes, scheme=empty.scheme)
        firsts = [first for first in sorted(index.query(hashes)) if editions[first] != edition]
        others = list(_maybe_alike(own, {first: signatures[first] for first in firsts}))
        alike = [(similarity(body_of(article), body_of(first)), -first) for first in others]
        most, first = max(alike, default=(0.0, 0))
        if most < ALIKE:
            index.insert(article, hashes)
            editions[article] = edition
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


def _maybe_alike(own: Signature, firsts: Mapping[int, Signature]) -> Iterator[int]:
    """Those that may be alike: most that share a band of hashes are not, and their texts are not asked for."""
    if firsts:
        shares = np.mean(np.stack([known.hashes for known in firsts.values()]) == own.hashes, axis=1)
        for (first, known), share in zip(firsts.items(), shares, strict=True):
            if share >= _ESTIMATE and _same_numbers(own.numbers, known.numbers):
                yield first


def _same_numbers(numbers: frozenset[str], others: frozenset[str]) -> bool:
    fewer = min(len(numbers), len(others))
    return len(numbers & others) >= min(_SAME_NUMBERS * fewer, fewer - 1)
