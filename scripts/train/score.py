"""How well pages are put together whose right reading is known; the unit is the line of the source.

What is counted: lines joined inside a paragraph; pairs of lines, of headings and text, that are in one article; the
order of an article's text; articles in which every line, kind, order and join is right; kinds of lines.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import comb, nan
from pathlib import Path

import click
from banmian.page import read_page
from banmian.page.article import Reading
from banmian.records import Page
from banmian.words.span_kinds import SPAN_KINDS, STATED

from train.known import Gold, pages_in

_HEADINGS = tuple(name for name, kind in SPAN_KINDS.items() if kind.heading)


@dataclass(frozen=True)
class Read:
    """A page as it was read: its articles, lines by number, and the kind of each line; joins held to be certain."""

    articles: Sequence[Reading]
    kinds: Mapping[int, str]
    certain: frozenset[tuple[int, int]] = frozenset()

    @property
    def joins(self) -> frozenset[tuple[int, int]]:
        """The lines that are joined inside paragraphs."""
        return frozenset(join for article in self.articles for join in article.joins)


def right_reading(gold: Gold) -> Read:
    """The right reading of a page, of the form that known.py names."""
    articles: list[Reading] = []
    kinds: dict[int, str] = {}
    for marked in gold["articles"]:
        paragraphs = [[span["line"] for span in spans] for spans in marked["paragraphs"]]
        others = [(kind, span["line"]) for kind in STATED for span in marked.get(kind, ())]
        articles.append(_reading(paragraphs, others))
        kinds |= _kinds(paragraphs, others)
    loose = {span["line"]: span["kind"] for span in gold.get("loose", ())}
    return Read(articles, loose | kinds)


def found_reading(text: str, page: Page) -> Read:
    """What was read from `text`, in the same form."""
    ends = [at for at, character in enumerate(text) if character == "\n"]
    paragraphs: list[defaultdict[int, list[tuple[int, int]]]] = [defaultdict(list) for _ in page.articles]
    others: list[list[tuple[str, int]]] = [[] for _ in page.articles]
    loose: dict[int, str] = {}
    for span in page.spans:
        line = bisect_left(ends, span.start) + 1
        if span.article is None:
            loose |= {line: span.kind} if span.kind in STATED else {}
        elif span.kind == "body" and span.paragraph is not None:
            paragraphs[span.article][span.paragraph].append((span.position or 0, line))
        elif span.kind in STATED:
            others[span.article].append((span.kind, line))
    articles: list[Reading] = []
    kinds: dict[int, str] = {}
    for by_number, beside in zip(paragraphs, others, strict=True):
        lines = [[line for _, line in sorted(by_number[number])] for number in sorted(by_number)]
        articles.append(_reading(lines, beside))
        kinds |= _kinds(lines, beside)
    certain = ((join.left_end - 1, join.right_start) for join in page.joins if join.certain)
    joins = ((bisect_left(ends, left) + 1, bisect_left(ends, right) + 1) for left, right in certain)
    return Read(articles, loose | kinds, frozenset((left, right) for left, right in joins if left != right))


def _reading(paragraphs: Iterable[Sequence[int]], others: Iterable[tuple[str, int]]) -> Reading:
    """An article of these lines; a line in which two parts of a paragraph stand counts once."""
    once = [[line for line, _ in groupby(lines)] for lines in paragraphs]
    kinds = _kinds(once, [(kind, line) for kind, line in others if kind in _HEADINGS])
    body = tuple(line for lines in once for line in lines)
    return Reading(0.0, tuple(sorted(kinds.items())), body, tuple(pair for lines in once for pair in pairwise(lines)))


def _kinds(paragraphs: Iterable[Sequence[int]], others: Iterable[tuple[str, int]]) -> dict[int, str]:
    """The kind of each line; a line that holds text is of that kind, whatever else stands in it."""
    return {line: kind for kind, line in others} | {line: "body" for lines in paragraphs for line in lines}


def counted(known: Read, found: Read) -> Counter[str]:
    """What is to be counted on a page, and how much of it is right; pages add up."""
    counts = Counter(pages=1, articles=len(known.articles))
    counts["joins known"], counts["joins found"] = len(known.joins), len(found.joins)
    counts["joins right"] = len(known.joins & found.joins)
    counts["joins certain"], counts["joins certain wrong"] = len(found.certain), len(found.certain - known.joins)
    homes, theirs = _homes(known.articles), _homes(found.articles)
    for name, groups in (
        ("known", [(at,) for at in homes.values()]),
        ("found", [(theirs[line],) for line in homes if line in theirs]),
        ("right", [(at, theirs[line]) for line, at in homes.items() if line in theirs]),
    ):
        counts[f"pairs {name}"] = sum(comb(size, 2) for size in Counter(groups).values())
    shapes = {_shape(article) for article in found.articles}
    bodies = {article.body for article in found.articles}
    counts["order right"] = sum(article.body in bodies for article in known.articles)
    counts["articles right"] = sum(_shape(article) in shapes for article in known.articles)
    spare = {lines for lines, body, _ in shapes if body} - {article.kinds for article in known.articles}
    counts["pages right"] = int(counts["articles right"] == len(known.articles) and not spare)
    counts["lines"] = len(homes)
    counts["lines right"] = sum(known.kinds[line] == found.kinds.get(line) for line in homes)
    for line in known.kinds.keys() | found.kinds.keys():
        right, kind = known.kinds.get(line), found.kinds.get(line)
        counts.update([f"{right} known"] * bool(right) + [f"{kind} found"] * bool(kind))
        counts[f"{kind} right"] += kind == right
    return counts


def _homes(articles: Sequence[Reading]) -> dict[int, int]:
    homes: dict[int, int] = {}
    for at, article in enumerate(articles):
        for line, _ in article.kinds:
            homes.setdefault(line, at)
    return homes


def _shape(article: Reading) -> tuple[object, tuple[int, ...], frozenset[tuple[int, int]]]:
    return article.kinds, article.body, frozenset(article.joins)


def figures(counts: Counter[str]) -> dict[str, float]:
    """The shares that are right, by name; not a number where there is nothing of the kind."""

    def share(right: str, of: str) -> float:
        return counts[right] / counts[of] if counts[of] else nan

    def both(name: str) -> float:
        of = counts[f"{name} known"] + counts[f"{name} found"]
        return 2 * counts[f"{name} right"] / of if of else nan

    return {
        "joins F1": both("joins"),
        "joins precision": share("joins right", "joins found"),
        "joins recall": share("joins right", "joins known"),
        "pairs of lines in one article, F1": both("pairs"),
        "order of text perfect": share("order right", "articles"),
        "articles exact": share("articles right", "articles"),
        "pages exact": share("pages right", "pages"),
        "kinds of lines": share("lines right", "lines"),
    }


def by_kind(counts: Counter[str]) -> Iterator[str]:
    """For each kind of line that is there: how many, and how many of them were found and of those found are right."""
    for kind in STATED:
        known, found, right = (counts[f"{kind} {what}"] for what in ("known", "found", "right"))
        if known or found:
            yield f"{kind}: {known}, found {found}, right {right}"


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(folders: tuple[Path, ...]) -> None:
    """Print how well the pages (*.txt) of FOLDERS are read whose right reading stands beside them (*.json)."""
    counts: Counter[str] = Counter()
    with click.progressbar(pages_in(folders)) as bar:
        for path in bar:
            text = path.read_text("utf-8")
            gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
            counts += counted(right_reading(gold), found_reading(text, read_page(text)))
    click.echo(f"{counts['pages']} pages, {counts['articles']} articles, {counts['lines']} lines")
    for name, value in figures(counts).items():
        click.echo(f"{name}: {value:.4f}")
    click.echo(f"joins called certain: {counts['joins certain']}, of them wrong: {counts['joins certain wrong']}")
    for line in by_kind(counts):
        click.echo(line)


if __name__ == "__main__":
    main()
