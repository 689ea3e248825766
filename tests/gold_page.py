"""The seed page as it was marked by hand (tests/gold/), in the records of the pipeline."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

from banmian.page import read_page
from banmian.records import Article, Correction, Field, Page, Paragraph, Piece

GOLD = Path(__file__).parent / "gold"
SEED = Path(__file__).parent.parent / "seeds" / "000_8a5f4c7e35afc5e6.txt"


def seed_text() -> str:
    return SEED.read_bytes().decode("utf-8")


@cache
def seed_page() -> Page:
    """The seed page as it is read without corrections or rulings. Reading it takes a second."""
    return read_page(seed_text())


def gold_corrections() -> list[Correction]:
    page = json.loads((GOLD / "page.json").read_text("utf-8"))
    return [Correction(c["start"], c["end"], c["printed"], c["corrected"], c["reason"]) for c in page["corrections"]]


def gold_mentions() -> list[dict]:
    return [json.loads(line) for line in (GOLD / "names.jsonl").read_text("utf-8").splitlines()]


def gold_articles() -> list[Article]:
    """The five articles in reading order, corrections applied."""
    page = json.loads((GOLD / "page.json").read_text("utf-8"))
    corrections = gold_corrections()
    articles = []
    for marked in page["articles"]:
        # In a heading the spans join with a newline; in a body the fragments of a paragraph join without one.
        fields = {
            name: _field([[span] for span in marked[name]], corrections)[0]
            for name in ("kicker", "headline", "subheadline", "rubric", "dateline", "byline")
            if marked[name]
        }
        fields["body"], ends = _field(marked["paragraphs"], corrections)
        paragraphs = tuple(Paragraph(n, "paragraph", start, end) for n, (start, end) in enumerate(ends, 1))
        articles.append(Article(fields, paragraphs))
    return articles


def _field(groups: list[list[dict]], corrections: list[Correction]) -> tuple[Field, list[tuple[int, int]]]:
    text, pieces, ends = "", [], []
    for group in groups:
        text += "\n" if text else ""
        begin = len(text)
        for span in group:
            at = span["start"]
            inside = [c for c in corrections if span["start"] <= c.start and c.end <= span["end"]]
            for start, end, corrected in [(c.start, c.end, c.corrected) for c in inside] + [
                (span["end"], span["end"], "")
            ]:
                plain = span["text"][at - span["start"] : start - span["start"]]
                if plain:
                    pieces.append(Piece(len(text), len(text) + len(plain), at, start))
                    text += plain
                if corrected:
                    pieces.append(Piece(len(text), len(text) + len(corrected), start, end))
                    text += corrected
                at = end
        ends.append((begin, len(text)))
    return Field(text, tuple(pieces)), ends


def gold_joins() -> list[tuple[int, int]]:
    """Where the two lines of each join begin in the source."""
    articles = json.loads((GOLD / "page.json").read_text("utf-8"))["articles"]
    return [
        (left["start"], right["start"])
        for article in articles
        for spans in article["paragraphs"]
        for left, right in pairwise(spans)
    ]
