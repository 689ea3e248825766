"""Weights that tell a headline from a crosshead and from a line of text, learned on pages whose right reading is known.

Conditional logit (McFadden 1974): what the search already knows of a line - how the articles on both sides of it score
with each kind that it may have, all else as it is right - is given; the weights of what stands around the line are
those that make the right kinds likeliest with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import click
from banmian.page import lexicon
from banmian.page.article import Reader
from banmian.page.budget import Budget
from banmian.page.crossheads import heading_features, marks_of
from banmian.page.kinds import crosshead_family, possible_kinds
from banmian.page.loose import set_apart
from banmian.page.marks import Unit, read_units
from banmian.page.solve import Search, page_score
from banmian.page.source import read_lines
from banmian.page.two_lines import with_whole_headlines
from banmian.page.wrapped import put_together
from banmian.words.span_kinds import SPAN_KINDS

from train import mix
from train.page import WEIGHTS, write_weights

_FAMILIES = ("crosshead around ", "marked crosshead ", "headline around ")
_KINDS = (*(name for name, kind in SPAN_KINDS.items() if kind.heading), "crosshead")
_CHOICES = ("headline", "crosshead", "body")
_STEPS = 10**12
_ROUNDS, _RATE, _MOMENTUM = 600, 0.5, 0.9
_LONGEST_SECTION = 30
_NEGLIGIBLE, _LEAST = 1e-4, 0.005

# Of a kind that a line may have: what is known, the features, whether it is the right one.
Option = tuple[float, Sequence[tuple[str, float]], bool]


@dataclass(frozen=True)
class Choice:
    """A line: of each kind that it may have what the search knows, and the features by their full names; the right.

    Choices of one `group` are made among the same kinds by the same signs.
    """

    known: Mapping[str, float]
    features: Mapping[str, Mapping[str, float]]
    right: str
    group: str


def choices(units: Sequence[Unit], articles: Sequence[Mapping[int, str]], noisy: bool) -> Iterator[Choice]:
    """The lines of a page that may be headline, crosshead or text, where more than one of these is possible.

    `articles` has the right kinds of the lines of each.
    """
    lexicon.weights_of.cache_clear()
    search = Search(list(units), noisy, steps=_STEPS)
    links, marks = search.links, marks_of(units)
    homes = {line: number for number, kinds in enumerate(articles) for line in kinds}
    right = {line: kind for kinds in articles for line, kind in kinds.items()}
    own_kinds = possible_kinds(units, links.topics, links.in_order)
    possible = [search.as_set(line, own, links.in_order) for line, own in enumerate(own_kinds)]
    fixed = [
        {right[line]: own[right[line]]} if len(own) > 1 and right.get(line) in own else own
        for line, own in enumerate(possible)
    ]
    for line, own in enumerate(possible):
        if (
            not 0 < line < len(units) - 1
            or line not in homes
            or len(own) < 2
            or right[line] not in own
            or right[line] not in _CHOICES
        ):
            continue
        parts = _parts(articles, homes, right, line)
        if parts is None:
            continue
        around = heading_features(units, line, marks, links.topics)
        headline = {} if units[line].level else _named("headline around", around, links.in_order)
        features = {"crosshead": _named(crosshead_family(units[line]), around), "headline": headline, "body": {}}
        known = {}
        for kind in own.keys() & set(_CHOICES):
            reader = Reader(links, [*fixed[:line], {kind: own[kind]}, *fixed[line + 1 :]], Budget(_STEPS))
            reader.orders = search.reader.orders
            lines = parts if kind == "headline" else [tuple(sorted(one for part in parts for one in part))]
            readings = [reading for part in lines if (reading := reader.read(part)) is not None and reading.body]
            if len(readings) == len(lines):
                known[kind] = page_score(readings)
        if right[line] in known and len(known) > 1:
            yield Choice(known, features, right[line], "marked" if units[line].level else "plain")


def _named(family: str, features: Mapping[str, float], share: float = 1.0) -> dict[str, float]:
    return {f"{family} {name}": value * share for name, value in {"bias": 1.0, **features}.items() if value * share}


def _parts(
    articles: Sequence[Mapping[int, str]], homes: Mapping[int, int], right: Mapping[int, str], line: int
) -> list[tuple[int, ...]] | None:
    """The lines of the articles above and below, were the line a headline; None where that can't be told.

    A headline inside its article, where columns moved, is weighed with that article alone.
    """
    own = sorted(articles[homes[line]])
    if right[line] == "headline":
        if line - 1 not in homes:
            return None
        if homes[line - 1] == homes[line]:
            return [tuple(own)] if len(own) <= _LONGEST_SECTION else None
        above, below = sorted(articles[homes[line - 1]]), own
    else:
        above, below = [one for one in own if one < line], [one for one in own if one >= line]
    if not above or len(above) > _LONGEST_SECTION or len(below) > _LONGEST_SECTION:
        return None
    return [tuple(above), tuple(below)]


def units_of(text: str) -> list[Unit]:
    """The units of a page as the search is given them."""
    readable = [unit for unit in read_units(read_lines(text, ())) if unit.text.strip()]
    return with_whole_headlines(put_together(set_apart(readable).placed))


def headed(text: str, gold: Mapping[str, Any]) -> tuple[list[Unit], list[dict[int, str]]]:
    """The units of a page, and the kinds of the lines of its articles.

    A unit of lines of two articles, put together wrongly, is of the first one.
    """
    units = units_of(text)
    numbers = {one.line.number: at for at, unit in enumerate(units) for one in unit.printed or (unit,)}
    articles: list[dict[int, str]] = []
    taken: set[int] = set()
    for article in gold["articles"]:
        spans = [("body", span) for paragraph in article["paragraphs"] for span in paragraph]
        spans += [(kind, span) for kind in _KINDS for span in article.get(kind, ())]
        kinds: dict[int, str] = {}
        for kind, span in spans:
            if numbers.get(span["line"], -1) not in {-1, *taken}:
                kinds.setdefault(numbers[span["line"]], kind)
        articles.append(kinds)
        taken |= kinds.keys()
    return units, articles


def fitted(found: Sequence[Choice], decay: float, prior: Mapping[str, float]) -> dict[str, float]:
    """The weights that make the right kinds likeliest, by gradient descent; those far from the `prior` ones cost.

    What is rare counts more, by the root of how rare it is: crossheads are many, headlines that may be one few.
    """
    largest: dict[str, float] = defaultdict(float)
    for choice in found:
        for features in choice.features.values():
            for name, value in features.items():
                largest[name] = max(largest[name], abs(value))
    rows = [[_scaled(choice, kind, largest) for kind in sorted(choice.known)] for choice in found]
    shares = _shares(found)
    before = {name: prior.get(name, 0.0) * size for name, size in largest.items()}
    weights, speed = dict(before), dict.fromkeys(largest, 0.0)
    for _ in range(_ROUNDS):
        slope = {name: decay * (weight - before[name]) for name, weight in weights.items()}
        for share, options in zip(shares, rows, strict=True):
            for off, parts in _off(options, weights):
                for name, value in parts:
                    slope[name] += off * value * share
        for name in weights:
            speed[name] = _MOMENTUM * speed[name] - _RATE * slope[name]
            weights[name] += speed[name]
    return {name: weight / largest[name] for name, weight in weights.items()}


def _shares(found: Sequence[Choice]) -> list[float]:
    """How much each choice counts, one in all: by the root of how many of its group are of its kind."""
    groups = [(choice.right, choice.group) for choice in found]
    counts = Counter(groups)
    shares = [counts[group] ** -0.5 for group in groups]
    return [share / sum(shares) for share in shares]


def _scaled(choice: Choice, kind: str, largest: Mapping[str, float]) -> Option:
    features = [(name, value / largest[name]) for name, value in choice.features[kind].items()]
    return choice.known[kind], features, kind == choice.right


def _off(
    options: Sequence[Option], weights: Mapping[str, float]
) -> Iterator[tuple[float, Sequence[tuple[str, float]]]]:
    """By how much the probability of each option is off, where that matters, and its features."""
    scores = [known + sum([weights[name] * value for name, value in features]) for known, features, _ in options]
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    for share, (_, features, right) in zip(shares, options, strict=True):
        if abs(share / total - right) > _NEGLIGIBLE:
            yield share / total - right, features


def told(found: Sequence[Choice], weights: Mapping[str, float]) -> Counter[str]:
    """How many lines of each kind are told to be which, as `right: told`."""
    became: Counter[str] = Counter()
    for choice in found:
        scores = {
            kind: known + sum(weights.get(name, 0.0) * value for name, value in choice.features[kind].items())
            for kind, known in choice.known.items()
        }
        became[f"{choice.right}: {max(scores, key=scores.__getitem__)}"] += 1
    return became


@click.command()
@click.argument("broadcasts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("agency", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--decay", default=0.0003, show_default=True, help="What large weights cost.")
@click.option("--on", is_flag=True, help="Learn on from the weights in use: those far from them cost, not large ones.")
@click.option("--part", "names", multiple=True, help="Parts of the mix to learn on; without, all.")
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(broadcasts: Path, agency: Path, decay: float, on: bool, names: tuple[str, ...], out: Path) -> None:
    """Learn the weights of what stands around a heading on the mix of pages that mix.yml records.

    Its pages are made of the articles in BROADCASTS and AGENCY (JSON lines). The weights are written among the others.
    """
    found: list[Choice] = []
    parts = [part for part in mix.parts(broadcasts, agency, "headings") if not names or part.name in names]
    with click.progressbar(parts) as bar:
        for part in bar:
            for text, gold in part.pages:
                found += choices(*headed(text, gold), part.worn)
    known = lexicon.weights()
    weights = fitted(found, decay, known if on else {})
    for name, number in sorted(told(found, weights).items()):
        click.echo(f"{name} {number}")
    for name, number in sorted(told(found, known).items()) if on else ():
        click.echo(f"before, {name} {number}")
    kept = {name: value for name, value in known.items() if on or not name.startswith(_FAMILIES)}
    write_weights(kept | {name: value for name, value in weights.items() if abs(value) >= _LEAST}, out)


if __name__ == "__main__":
    main()
