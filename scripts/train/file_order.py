"""How much each sign says of a page's being in order, learned on the mix of pages that mix.yml records."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click
from banmian.page import lexicon
from banmian.page.file_order import order_features
from banmian.page.links import Links

from train import mix
from train.headings import units_of
from train.known import Gold
from train.logistic import Sample, fitted, score
from train.page import WEIGHTS, write_weights


def is_in_order(gold: Gold) -> bool:
    """Whether the articles of a page stand one after the other, each below its headline and in its own order."""
    homes: dict[int, int] = {}
    for number, article in enumerate(gold["articles"]):
        body = [span["line"] for spans in article["paragraphs"] for span in spans]
        headline = [span["line"] for span in article["headline"]]
        if body != sorted(body) or (headline and body and headline[0] > body[0]):
            return False
        homes |= dict.fromkeys([*headline, *body], number)
    found = [number for number, _ in groupby(homes[line] for line in sorted(homes))]
    return len(found) == len(set(found))


def samples(broadcasts: Path, agency: Path) -> list[Sample]:
    """What tells of the order of each page of the mix, and whether it is in order."""
    found: list[Sample] = []
    for part in mix.parts(broadcasts, agency, "headings"):
        for text, gold in part.pages:
            units = units_of(text)
            links = Links(units, noisy=True)
            found.append((order_features(units, links.breaks_off, links.fits), is_in_order(gold)))
    return found


@click.command()
@click.argument("broadcasts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("agency", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(broadcasts: Path, agency: Path, out: Path) -> None:
    """Learn the weights that begin with `file order` on pages made of the articles in BROADCASTS and AGENCY."""
    found = samples(broadcasts, agency)
    learned = fitted(found)
    wrong = sum((score(learned, features) > 0) != right for features, right in found)
    click.echo(f"{len(found)} pages, {wrong} of them told wrongly")
    kept = {name: value for name, value in lexicon.weights().items() if not name.startswith("file order ")}
    write_weights(kept | {f"file order {name}": weight for name, weight in learned.items()}, out)


if __name__ == "__main__":
    main()
