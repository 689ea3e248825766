"""Weights of the page stage learned on pages whose right reading is known.

Structured passive-aggressive learning (Crammer et al. 2006) with averaging: where the solver prefers another page to
the right one, the weights of the features that tell them apart are moved until the right one leads by one.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from banmian.page import lexicon
from banmian.page.article import Reading
from banmian.page.crossheads import heading_features, marks_of
from banmian.page.kinds import crosshead_family, kind_features
from banmian.page.loose import set_apart
from banmian.page.marks import Unit, read_units
from banmian.page.order import place_of
from banmian.page.solve import Search, gaps_of
from banmian.page.source import read_lines
from banmian.words.span_kinds import SPAN_KINDS

from train.known import pages_in

WEIGHTS = Path(__file__).parents[1] / "banmian" / "page" / "data" / "weights.txt"
# What simulated pages lack, and what is decided about the page as a whole, is set by hand.
_BY_HAND = ("crosshead", "marked crosshead", "headline around", "noise", "certain")
_HAND_FEATURES = ("bold", "dash", "jump", "item")
_KINDS = (*(name for name, kind in SPAN_KINDS.items() if kind.heading), "crosshead")
_MARGIN = 1.0

Weights = dict[str, float]


@dataclass(frozen=True)
class Known:
    """A page of which the right reading is known; `noisy`: its line ends lost stops."""

    units: list[Unit]
    readings: list[Reading]
    noisy: bool


def read_known(path: Path, noisy: bool) -> Known:
    """The page `path` (*.txt), its right reading in the *.json beside it, in the form of tests/gold/page.json."""
    readable = [unit for unit in read_units(read_lines(path.read_text("utf-8"), ())) if unit.text.strip()]
    units = set_apart(readable).placed
    numbers = {unit.line.number: at for at, unit in enumerate(units)}
    articles = json.loads(path.with_suffix(".json").read_text("utf-8"))["articles"]
    return Known(units, [_reading(article, numbers) for article in articles], noisy)


def _reading(article: Mapping[str, Any], numbers: Mapping[int, int]) -> Reading:
    paragraphs = [
        [numbers[span["line"]] for span in spans if span["line"] in numbers] for spans in article["paragraphs"]
    ]
    body = tuple(line for lines in paragraphs for line in lines)
    kinds = dict.fromkeys(body, "body")
    for kind in _KINDS:
        lines = [numbers[span["line"]] for span in article.get(kind, ()) if span["line"] in numbers]
        kinds |= {line: kind for line in lines if line not in kinds}
    joins = tuple(pair for lines in paragraphs for pair in pairwise(lines))
    return Reading(0.0, tuple(sorted(kinds.items())), body, joins)


def counts_of(search: Search, readings: Sequence[Reading]) -> dict[str, float]:
    """What the score of a page is made of: the sum of each feature that a weight is known for, by its name."""
    counts: defaultdict[str, float] = defaultdict(float)

    def add(kind: str, features: Mapping[str, float]) -> None:
        counts[f"{kind} bias"] += 1
        for name, value in features.items():
            counts[f"{kind} {name}"] += value

    links, reader = search.links, search.reader
    marks = marks_of(links.units)
    for reading in readings:
        kinds, body = dict(reading.kinds), reading.body
        for line, kind in kinds.items():
            features = kind_features(links.units[line])
            name = "short body" if kind == "body" else kind
            if len(reader.kinds[line]) > 1 and name in features and not links.units[line].level:
                add(name, features[name])
            weighed = len(reader.kinds[line]) > 1 and 0 < line < len(links.units) - 1
            if kind == "crosshead" and weighed:
                add(crosshead_family(links.units[line]), heading_features(links.units, line, marks, links.topics))
            if kind == "headline" and weighed and not links.units[line].level:
                around = heading_features(links.units, line, marks, links.topics)
                for name, value in {"bias": 1.0, **around}.items():
                    counts[f"headline around {name}"] += value * links.in_order
        headings = frozenset(kinds) - frozenset(body)
        for left, right in pairwise(body):
            kind = "follow" if not links.breaks_off(left) else "join" if (left, right) in reading.joins else "lost"
            add(kind, links.features(left, right, place_of(left, right, headings, frozenset(body))))
        if body:
            add("start", links.start_features(body[0]))
            add("end", links.end_features(body[-1]))
        add("article", reader.article_features(tuple(sorted(kinds)), kinds, body))
        counts["page article"] += 1
        counts["page gap"] += gaps_of(reading)
    return counts


def score(weights: Weights, counts: Mapping[str, float]) -> float:
    """What features that occur so often weigh together."""
    return sum(weights.get(name, 0.0) * value for name, value in counts.items())


def learn(weights: Weights, known: Known, rate: float, kinds: Sequence[str] = ()) -> str:
    """Move `weights` by one page, of all that is learned or of those `kinds` only.

    Returns what became of it: right, search (the solver missed the better), moved.
    """
    lexicon.weights_of.cache_clear()
    search = Search(known.units, known.noisy)
    found = search.improved(search.stretches()).readings
    right = [_findable(search, reading) for reading in known.readings]
    if _shape(found) == _shape(right):
        return "right"
    theirs, ours = counts_of(search, right), counts_of(search, found)
    apart = {name: value for name in sorted(theirs | ours) if (value := theirs.get(name, 0.0) - ours.get(name, 0.0))}
    change = {name: value for name, value in apart.items() if _is_learned(name, kinds)}
    lead = score(weights, apart)
    if lead > 0 or not change:
        return "search"
    step = min(rate, (_MARGIN - lead) / sum(value * value for value in change.values()))
    for name, value in change.items():
        weights[name] = weights.get(name, 0.0) + step * value
    return "moved"


def _findable(search: Search, reading: Reading) -> Reading:
    """The reading as far as the solver can find it.

    Joins after a full stop it takes for the end of a paragraph; where a line has a kind that it never weighs there, the
    best reading of the same lines stands for the right one.
    """
    joins = tuple(join for join in reading.joins if search.links.breaks_off(join[0]))
    lines = tuple(line for line, _ in reading.kinds)
    if any(kind not in search.reader.kinds[line] for line, kind in reading.kinds):
        return search.reader.read(lines, thorough=True) or replace(reading, joins=joins)
    return replace(reading, joins=joins)


def _shape(readings: Sequence[Reading]) -> list[tuple[object, ...]]:
    return sorted((reading.kinds, reading.body, tuple(sorted(reading.joins))) for reading in readings)


def _is_set_by_hand(name: str) -> bool:
    return _is_of(name, _BY_HAND) or any(word in name.split() for word in _HAND_FEATURES)


def _is_learned(name: str, kinds: Sequence[str]) -> bool:
    return _is_of(name, kinds) if kinds else not _is_set_by_hand(name)


def _is_of(name: str, kinds: Sequence[str]) -> bool:
    return any(name.startswith(f"{kind} ") for kind in kinds)


def epochs(
    weights: Weights, pages: list[Known], count: int, rate: float, kinds: Sequence[str] = ()
) -> Iterator[tuple[Counter[str], Weights]]:
    """After each pass over the pages, in an order of its own: what became of them, and the average of the weights."""
    order, steps = random.Random(1), 0
    total: defaultdict[str, float] = defaultdict(float)
    for _ in range(count):
        order.shuffle(pages)
        became: Counter[str] = Counter()
        with click.progressbar(pages) as bar:
            for page in bar:
                became[learn(weights, page, rate, kinds)] += 1
                for name, value in weights.items():
                    total[name] += value
                steps += 1
        yield became, {name: value / steps for name, value in total.items()}


def write_weights(weights: Mapping[str, float], out: Path) -> None:
    """Write the weights with the header of those in use; from which confidence on a reading is certain, exactly."""
    header = [line for line in WEIGHTS.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = [f"{name}\t{value:.{4 if name.endswith(' from') else 2}f}" for name, value in sorted(weights.items())]
    out.write_text("\n".join([*header, *rows]) + "\n", "utf-8")


@click.command()
@click.option("--clean", multiple=True, type=click.Path(path_type=Path, exists=True), help="Folders of pages.")
@click.option("--noisy", multiple=True, type=click.Path(path_type=Path, exists=True), help="Those with lost stops.")
@click.option("--epochs", "count", default=3, show_default=True, help="Passes over all pages.")
@click.option("--rate", default=0.05, show_default=True, help="The largest step for one page.")
@click.option("--only", multiple=True, help="Kinds whose weights move, such as crosshead; without, all but those.")
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(
    clean: tuple[Path, ...], noisy: tuple[Path, ...], count: int, rate: float, only: tuple[str, ...], out: Path
) -> None:
    """Learn the weights of the page stage on from those that are there, and write them with their header.

    A folder holds pages (*.txt) and beside each its right reading (*.json, as tests/gold/page.json). Those in use were
    learned on pages simulated from news articles; weights.txt says which.
    """
    weights = lexicon.weights()
    pages = [read_known(path, False) for path in pages_in(clean)] if clean else []
    pages += [read_known(path, True) for path in pages_in(noisy)] if noisy else []
    for became, averaged in epochs(weights, pages, count, rate, only):
        click.echo(", ".join(f"{name} {number}" for name, number in sorted(became.items())))
        write_weights({name: value for name, value in averaged.items() if abs(value) >= 0.005}, out)


if __name__ == "__main__":
    main()
