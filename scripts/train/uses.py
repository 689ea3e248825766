"""How words are used (names/recognition/data/uses.npz): groups of words that stand between the same words in news.

`python -m train.uses news.txt`, in scripts/, with bare news text, a paragraph a line. Of each usual word is counted
what stands one and two words before it and behind it; how much oftener that is than by chance (Church and Hanks 1990)
is put into few numbers by singular values, and words whose numbers point the same way are one group (k-means). The
table holds checksums of words and the numbers of their groups: no words and no text. The same text, numpy and scipy
make the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from banmian.names import text as texts
from banmian.names.recognition import uses
from scipy import sparse

from .recognition import WEIGHTS, write

TABLE = WEIGHTS.with_name("uses.npz")
_WORDS, _AROUND, _LEAST_SEEN = 40_000, 4_000, 8
_OFFSETS = (-2, -1, 1, 2)
# Rare words are counted around others a little oftener than they are (Levy, Goldberg and Dagan 2015).
_SMOOTHED = 0.75
_NUMBERS, _SPARE, _TURNS = 100, 10, 3
_GROUPS, _FIRST, _ROUNDS, _SEED = 512, 12_000, 15, 1

Numbers = npt.NDArray[np.float32]


def words_of(paragraphs: Sequence[str]) -> list[int]:
    """The keys of the words of all paragraphs, which end with a line break each."""
    found = []
    for paragraph in paragraphs:
        found += [uses.key(word) for word in texts.cut(texts.folded(paragraph))]
        found.append(uses.key("\n"))
    return found


def numbered(words: Sequence[int]) -> tuple[list[int], Numbers]:
    """The usual words by their keys, the most usual first, and for each a row of numbers of length one."""
    usual = [key for key, count in Counter(words).most_common(_WORDS) if count >= _LEAST_SEEN]
    place = {key: at for at, key in enumerate(usual)}
    at = np.array([place.get(key, -1) for key in words])
    counted = sparse.hstack([_oftener(at, offset, len(usual)) for offset in _OFFSETS]).tocsr()
    return usual, _few(counted)


def _oftener(at: npt.NDArray[np.int64], offset: int, size: int) -> sparse.coo_array:
    """How much oftener than by chance (log) each word has each of the most usual ones so many words behind it."""
    pairs = (at[-offset:], at[:offset]) if offset < 0 else (at[:-offset], at[offset:])
    width = min(size, _AROUND)
    told = (pairs[0] >= 0) & (pairs[1] >= 0) & (pairs[1] < width)
    counts = sparse.coo_array((np.ones(told.sum(), np.float32), (pairs[0][told], pairs[1][told])), shape=(size, width))
    counts.sum_duplicates()
    chance = np.asarray(counts.sum(0)) ** _SMOOTHED
    chance /= chance.sum()
    rows, columns = counts.coords
    logs = np.log(np.maximum(counts.data / np.asarray(counts.sum(1))[rows] / chance[columns], 1e-9))
    above = logs > 0
    return sparse.coo_array((logs[above].astype(np.float32), (rows[above], columns[above])), shape=(size, width))


def _few(counted: sparse.csr_array) -> Numbers:
    """The rows of `counted` in few numbers, by random projection (Halko, Martinsson and Tropp 2011)."""
    wide = np.random.default_rng(_SEED).standard_normal((counted.shape[1], _NUMBERS + _SPARE)).astype(np.float32)
    for _ in range(_TURNS):
        tall, _ = np.linalg.qr(counted @ wide)
        wide, _ = np.linalg.qr(counted.T @ tall)
    left, values, _ = np.linalg.svd(counted @ wide, full_matrices=False)
    rows = left[:, :_NUMBERS] * np.sqrt(values[:_NUMBERS])
    few: Numbers = (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
    return few


def grouped(rows: Numbers, groups: int = _GROUPS) -> npt.NDArray[np.int64]:
    """The group of each row, those together that point the same way; they begin as some of the first rows."""
    dice = np.random.default_rng(_SEED)
    first = min(len(rows), _FIRST)
    middles = rows[dice.choice(first, min(first, groups), replace=False)].copy()
    nearest = np.zeros(len(rows), np.int64)
    for _ in range(_ROUNDS):
        nearest = (rows @ middles.T).argmax(1)
        for group in range(len(middles)):
            own = rows[nearest == group]
            if len(own):
                middle = own.mean(0)
                middles[group] = middle / (np.linalg.norm(middle) + 1e-9)
    return nearest


@click.command()
@click.argument("news", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=TABLE, show_default=True)
def main(news: Path, out: Path) -> None:
    """Learn from NEWS, a paragraph a line."""
    words = words_of([line for line in news.read_text("utf-8").split("\n") if line])
    keys, rows = numbered(words)
    groups = grouped(rows)
    order = np.argsort(np.array(keys, np.uint32))
    write({"keys": np.array(keys, np.uint32)[order], "uses": (groups[order] + 1).astype(np.uint16)}, out)
    click.echo(f"{len(words)} words, {len(keys)} of them usual, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
