"""Weights for names without an office (evidence.tsv), learned from texts in which people are marked."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import exp, sqrt
from pathlib import Path

import click
from banmian.names import read_names
from banmian.names.people import untitled
from banmian.names.text import read
from banmian.pipeline.texts import article_of

EVIDENCE = Path(__file__).parents[1] / "banmian" / "names" / "people" / "data" / "evidence.tsv"
_BY_CHARACTERS = frozenset({"untitled", "dictionary_name", "known_name"})
_LEAST_SEEN = 8
_ROUNDS = 25
_STEP, _DECAY = 0.3, 0.0008
_LEADS = 5.0
_MOST_LEAD, _LEAST_LEAD = 16.0, -6.0

# The features of a candidate with their values, and whether it is a name.
Sample = tuple[tuple[tuple[str, float], ...], bool]


def samples(text: str, people: frozenset[tuple[int, int]]) -> Iterator[Sample]:
    """What may be a name without an office in `text`, outside of names that other rules find."""
    mentions = read_names([article_of(text)], None).mentions
    found = [mention for mention in mentions if mention.kind == "organization" or mention.rule not in _BY_CHARACTERS]
    taken = {at for mention in found for at in range(mention.start, mention.end)}
    for candidate in untitled.candidates(read(text), taken):
        lead = max(_LEAST_LEAD, min(_MOST_LEAD, candidate.lead)) / _LEADS
        features = ((f"lead {candidate.features[0]}", lead), *((name, 1.0) for name in candidate.features))
        yield features, (candidate.start, candidate.end) in people


def fitted(found: Sequence[Sample]) -> dict[str, float]:
    """The weights of a logistic regression, by AdaGrad (Duchi et al. 2011) in an order that is always the same."""
    order, rows = random.Random(3), list(found)
    seen = Counter(name for features, _ in rows for name, _ in features)
    weights: defaultdict[str, float] = defaultdict(float)
    slopes: defaultdict[str, float] = defaultdict(float)
    for _ in range(_ROUNDS):
        order.shuffle(rows)
        for features, right in rows:
            score = sum(weights[name] * value for name, value in features)
            off = right - 1 / (1 + exp(-max(-30.0, min(30.0, score))))
            for name, value in features:
                slope = off * value - _DECAY * weights[name]
                slopes[name] += slope * slope
                weights[name] += _STEP * slope / sqrt(slopes[name] + 1e-6)
    return {name: _rounded(name, weight) for name, weight in sorted(weights.items()) if seen[name] >= _LEAST_SEEN}


def _rounded(name: str, weight: float) -> float:
    return round(weight / _LEADS, 3) if name.startswith("lead ") else round(weight, 1)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", type=click.Path(path_type=Path), default=EVIDENCE, show_default=True)
def main(files: tuple[Path, ...], out: Path) -> None:
    """Learn from FILES, a JSON object {"text", "people": [[start, end], ...]} a line, offsets in code points."""
    found: list[Sample] = []
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            found += samples(record["text"], frozenset((start, end) for start, end in record["people"]))
    if not found:
        raise click.ClickException("there is nothing in these texts that may be a name without an office")
    header = [line for line in EVIDENCE.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = [f"{name}\t{weight}" for name, weight in fitted(found).items()]
    out.write_text("\n".join([*header, *rows]) + "\n", "utf-8")
    click.echo(f"{len(found)} candidates, {sum(right for _, right in found)} of them names; {len(rows)} weights")


if __name__ == "__main__":
    main()
