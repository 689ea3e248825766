"""The words that mark an article: TF-IDF with jieba's table of inverse document frequencies.

jieba.analyse gives the same but makes a number of each of 267,000 lines to use some hundred, which nearly doubles the
start of a small build; here a line is a number only when its word is met. Method: jieba's extract_tags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from banmian.words.segmenter import cut

MOST = 12
# Of jieba's table, for words that it lacks; a test compares the two.
MEDIAN = 11.9547675029


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word, how often it stands in the article, and its TF-IDF weight."""

    word: str
    count: int
    weight: float


def keywords(texts: Sequence[str]) -> list[list[Keyword]]:
    """For each text its MOST weightiest words of two characters or more, the weightiest first."""
    counts = [Counter(word for word in cut(text) if len(word) > 1 and word.isalpha()) for text in texts]
    return [_weightiest(count) for count in counts]


def _weightiest(count: Counter[str]) -> list[Keyword]:
    total = count.total() or 1
    weighed = [Keyword(word, n, round(n * _inverse_document_frequency(word) / total, 4)) for word, n in count.items()]
    return sorted(weighed, key=lambda keyword: (-keyword.weight, keyword.word))[:MOST]


def _inverse_document_frequency(word: str) -> float:
    printed = _table().get(word.encode())
    return MEDIAN if printed is None else float(printed)


@cache
def _table() -> dict[bytes, bytes]:
    cells = (resources.files("jieba") / "analyse" / "idf.txt").read_bytes().split()
    return dict(zip(cells[::2], cells[1::2], strict=True))
