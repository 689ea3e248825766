"""Pages of which the right reading is known: made from articles, written and found again.

A page is a text (*.txt), its right reading stands beside it (*.json) in the form of tests/gold/page.json, with
crossheads, captions and tables added to its articles, and what belongs to none of them under `loose`.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from banmian.words.span_kinds import SPAN_KINDS

_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙朱胡林何高梁郑罗", "伟芳敏静丽强磊军洋勇艳杰涛明超霞平刚桂华"

Span = dict[str, Any]
Gold = dict[str, Any]

# What pages with half-width punctuation print.
HALF_WIDTH = str.maketrans("，：（）；！？", ",:();!?")


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A line to be printed: its kind, its text and what stands around it; of body lines which paragraph, from 1."""

    kind: str
    text: str
    before: str = ""
    after: str = ""
    paragraph: int = 0


class Page:
    """The text of a page as it grows, and where each part of it was put."""

    def __init__(self) -> None:
        self.text = ""
        self.articles: list[Gold] = []
        self.loose: list[Span] = []

    def put(self, words: str, before: str = "", after: str = "", end: str = "\n\n") -> Span:
        """Print `words` as a line between marks. Returns its place."""
        start = len(self.text) + len(before)
        span = {"line": self.text.count("\n") + 1, "start": start, "end": start + len(words), "text": words}
        self.text += before + words + after + end
        return span

    def apart(self, kind: str, text: str, end: str = "\n\n") -> None:
        """Print a line that belongs to no article."""
        self.loose.append({**self.put(text, end=end), "kind": kind})

    def add_article(self, lines: Iterable[Line], places: Mapping[Line, Span]) -> None:
        """Say that these lines, put at these places, are an article, in the order in which they are read."""
        gold = nothing_yet()
        paragraphs: defaultdict[int, list[Span]] = defaultdict(list)
        for line in lines:
            (paragraphs[line.paragraph] if line.paragraph else gold[line.kind]).append(places[line])
        gold["paragraphs"] = [paragraphs[number] for number in sorted(paragraphs)]
        self.articles.append(gold)

    def gold(self) -> Gold:
        """The right reading."""
        return {"articles": self.articles, "loose": self.loose, "corrections": []}


def nothing_yet() -> Gold:
    """The right reading of an article of which nothing is printed yet."""
    return {name: [] for name, kind in SPAN_KINDS.items() if not kind.loose and name != "body"} | {"paragraphs": []}


def person(dice: random.Random) -> str:
    """An invented name."""
    return dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.randint(1, 2)))


def clauses(text: str, least: int, most: int) -> list[str]:
    """The clauses of the text that are so long."""
    found = re.split("[，。；？！,;?! ]", text)
    return [one for one in found if least <= len(one) <= most and not set(one) & set("“”《》（）$")]


def articles_of(path: Path) -> list[Mapping[str, Any]]:
    """The articles of a JSONL file, of `crossheads` before which paragraph (from 0) each stands.

    Raises ClickException with file, line and what is expected.
    """
    articles: list[Mapping[str, Any]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            paragraphs = [str(paragraph) for paragraph in record["paragraphs"]]
            crossheads = {int(at): str(words) for at, words in record.get("crossheads", ())}
            articles.append({"headline": str(record["headline"]), "paragraphs": paragraphs, "crossheads": crossheads})
        except (ValueError, KeyError, TypeError) as error:
            expected = 'no object with "headline" and a list "paragraphs": one article a line'
            raise click.ClickException(f"{path}:{number}: {line.strip()[:60]!r} is {expected}") from error
    return articles


def write_pages(out: Path, pages: Iterable[tuple[str, Gold]]) -> None:
    """Write pages and their right readings into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for number, (text, gold) in enumerate(pages):
        (out / f"p{number:03d}.txt").write_text(text, "utf-8", newline="")
        (out / f"p{number:03d}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")


def pages_in(folders: Sequence[Path]) -> list[Path]:
    """The pages (*.txt) of the folders, each with its right reading beside it. Raises ClickException without any."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    alone = [path for path in paths if not path.with_suffix(".json").exists()]
    if alone or not paths:
        what = f"{alone[0]} has no right reading (*.json) beside it" if alone else "there are no pages (*.txt) there"
        raise click.ClickException(f"{what}: make pages with scripts/train/printed.py or dialect.py")
    return paths
