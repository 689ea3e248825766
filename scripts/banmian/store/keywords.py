"""The words that mark an article: TF-IDF with jieba's table of inverse document frequencies.

jieba.analyse gives the same but loads 267,000 numbers to use some hundred of them, which nearly doubles the start of a
small build; here only the lines of an edition's own words are kept. Method: jieba's extract_tags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from banmian import words

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
    counts = [Counter(word for word in words.cut(text) if len(word) > 1 and word.isalpha()) for text in texts]
    frequencies = _inverse_document_frequencies(set().union(*counts))
    return [_weightiest(count, frequencies) for count in counts]


def _weightiest(count: Counter[str], frequencies: dict[str, float]) -> list[Keyword]:
    total = count.total() or 1
    weighed = [Keyword(word, n, round(n * frequencies.get(word, MEDIAN) / total, 4)) for word, n in count.items()]
    return sorted(weighed, key=lambda keyword: (-keyword.weight, keyword.word))[:MOST]


def _inverse_document_frequencies(wanted: set[str]) -> dict[str, float]:
    encoded = {word.encode() for word in wanted}
    lines = (resources.files("jieba") / "analyse" / "idf.txt").read_bytes().splitlines()
    entries = (line.split(b" ") for line in lines if line[: line.find(b" ")] in encoded)
    return {word.decode(): float(value) for word, value in entries}
