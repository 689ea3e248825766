"""What tells that two lines without a mark are one headline, learned on the mix of pages that mix.yml records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from banmian.page import lexicon
from banmian.page.loose import set_apart
from banmian.page.marks import read_units
from banmian.page.source import read_lines
from banmian.page.two_lines import pairs_of
from banmian.page.wrapped import put_together

from train import mix
from train.known import Gold
from train.logistic import Sample, fitted, score
from train.page import WEIGHTS, write_weights

_FAMILY = "two lines "


def samples(pages: Iterable[tuple[str, Gold]]) -> Iterator[Sample]:
    """What tells of two lines that may be one headline, and whether they are."""
    for text, gold in pages:
        readable = [unit for unit in read_units(read_lines(text, ())) if unit.text.strip()]
        units = put_together(set_apart(readable).placed)
        homes = {span["line"]: number for number, one in enumerate(gold["articles"]) for span in one["headline"]}
        for at, features in pairs_of(units):
            above, below = (homes.get(units[line].line.number) for line in (at, at + 1))
            yield features, above is not None and above == below


@click.command()
@click.argument("broadcasts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("agency", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(broadcasts: Path, agency: Path, out: Path) -> None:
    """Learn the weights that begin with `two lines` on pages made of the articles in BROADCASTS and AGENCY."""
    parts = mix.parts(broadcasts, agency, "heading lines")
    found = [sample for part in parts for sample in samples(part.pages)]
    learned = fitted(found)
    wrong = sum((score(learned, features) > 0) != right for features, right in found)
    click.echo(f"{len(found)} pairs of lines, {sum(right for _, right in found)} one headline, {wrong} told wrongly")
    kept = {name: value for name, value in lexicon.weights().items() if not name.startswith(_FAMILY)}
    write_weights(kept | {_FAMILY + name: weight for name, weight in learned.items()}, out)


if __name__ == "__main__":
    main()
