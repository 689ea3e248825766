"""Names in sentences that the rules were not written on: tests/gold/other_cities.txt and more_cities.txt."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from banmian.names import read_names
from banmian.records import Article, Field, Paragraph, Piece
from gold_page import GOLD

KINDS = {"P": "person", "O": "organization"}


def marked_sentences(file: str) -> list[tuple[str | None, str, set[tuple[int, int, str]]]]:
    """(city, text, marks as (start, end, kind)) for each sentence."""
    sentences, city = [], None
    for line in (GOLD / file).read_text("utf-8").splitlines():
        if line.startswith("@"):
            city = line[2:] if line != "@ -" else None
        elif not line.startswith("#"):
            text, marks = "", set()
            for match in re.finditer(r"\{([PO]):([^}]*)\}|[^{}]+", line):
                name = match[2] or match[0]
                if match[1]:
                    marks.add((len(text), len(text) + len(name), KINDS[match[1]]))
                text += name
            sentences.append((city, text, marks))
    return sentences


def found_in(text: str, city: str | None) -> set[tuple[int, int, str]]:
    field = Field(text, (Piece(0, len(text), 0, len(text)),))
    article = Article({"body": field}, (Paragraph(1, "paragraph", 0, len(text)),))
    return {(mention.start, mention.end, mention.kind) for mention in read_names([article], city).mentions}


# How many are right, and how many are missed or false, as is reached. The second file was marked by another reader
# after the rules were written.
@pytest.mark.parametrize(
    ("file", "kind", "right", "wrong"),
    [
        ("other_cities.txt", "person", 43, 0),
        ("other_cities.txt", "organization", 61, 2),
        ("more_cities.txt", "person", 55, 7),
        ("more_cities.txt", "organization", 78, 4),
    ],
)
def test_names_of_other_cities_are_found(file: str, kind: str, right: int, wrong: int) -> None:
    counts: Counter[str] = Counter()
    for city, text, marks in marked_sentences(file):
        gold = {mark for mark in marks if mark[2] == kind}
        found = {mark for mark in found_in(text, city) if mark[2] == kind}
        counts["right"] += len(gold & found)
        counts["wrong"] += len(gold ^ found)
    assert counts["right"] >= right
    assert counts["wrong"] <= wrong
