"""What tells a headline from its kicker and subheadline where all bear one mark, learned on the mix of mix.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from banmian.page import lexicon
from banmian.page.crossheads import marks_of
from banmian.page.heading_lines import HeadingLines, possible
from banmian.page.kinds import is_of_one_mark, runs
from banmian.page.links import Links
from banmian.page.marks import Unit

from train import mix
from train.headings import Choice, fitted, headed, told
from train.page import WEIGHTS, write_weights

_FAMILY = "heading line "


def choices(units: Sequence[Unit], articles: Sequence[Mapping[int, str]]) -> Iterator[Choice]:
    """The headings of a page that have several lines of one mark, and what these may be.

    `articles` has the right kinds of the lines of each.
    """
    right = {line: kind for kinds in articles for line, kind in kinds.items()}
    headings = HeadingLines(units, marks_of(units), Links(units).topics)
    for first, last in runs(units):
        run = units[first:last]
        own = tuple(right.get(line, "") for line in range(first, last))
        options = possible(run)
        if len(options) < 2 or own not in options or not is_of_one_mark(run):
            continue
        features = {
            " ".join(kinds): {_FAMILY + name: value for name, value in headings.features(first, kinds).items() if value}
            for kinds in options
        }
        yield Choice(dict.fromkeys(features, 0.0), features, " ".join(own), str(last - first))


@click.command()
@click.argument("broadcasts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("agency", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--decay", default=0.0005, show_default=True, help="What large weights cost.")
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(broadcasts: Path, agency: Path, decay: float, out: Path) -> None:
    """Learn the weights that begin with `heading line` on pages made of the articles in BROADCASTS and AGENCY."""
    parts = mix.parts(broadcasts, agency, "heading lines")
    found = [choice for part in parts for text, gold in part.pages for choice in choices(*headed(text, gold))]
    weights = fitted(found, decay, {})
    for name, number in sorted(told(found, weights).items()):
        click.echo(f"{name} {number}")
    kept = {name: value for name, value in lexicon.weights().items() if not name.startswith(_FAMILY)}
    write_weights(kept | {name: value for name, value in weights.items() if abs(value) >= 0.005}, out)


if __name__ == "__main__":
    main()
