"""Weights that tell whether a printed line goes on in the next one, learned on pages whose right reading is known.

Expectation and maximization as in banmian/page/setting.py: what the signs of a page say of its line ends follows from
what the text says there, and the weights of the text are fitted beside that, by turns.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from banmian.page import lexicon
from banmian.page.cuts import Side, Strings, crossing, read_side
from banmian.page.marks import Unit
from banmian.page.setting import Gap, layout_odds, odds_of, text_features
from banmian.page.wrapped import gaps_of

from train.known import pages_in
from train.logistic import Sample, fitted, score
from train.page import WEIGHTS, Known, read_known, write_weights

_TURNS = 3
_SHARE = 0.5
# Set by hand: what these pages have too little of. Where a column ends nothing is known of what they tell.
_BY_HAND = ("divided", "item", "latin")
_NOT_CUT = (*_BY_HAND, "turns", "start after stop", "stop full")


@dataclass(frozen=True)
class Ends:
    """The line ends of a page where text may go on, and whether it does."""

    units: Sequence[Unit]
    gaps: Sequence[Gap]
    right: Sequence[bool]


def line_ends(known: Known) -> Ends:
    """The line ends of a page of which the right reading is known."""
    joins = {join for reading in known.readings for join in reading.joins}
    gaps = list(gaps_of(known.units))
    return Ends(known.units, gaps, [(gap.at, gap.at + 1) in joins for gap in gaps])


def wrap_weights(pages: Sequence[Ends]) -> dict[str, float]:
    """The weights of `wrap` from those in use on; afterwards they are in use themselves."""
    for _ in range(_TURNS):
        before = lexicon.weights_of("wrap")
        found: list[Sample] = []
        offsets: list[float] = []
        for page in pages:
            layout = layout_odds(page.gaps, [odds.paragraph for odds in odds_of(page.gaps)])
            for gap, right, setting in zip(page.gaps, page.right, layout, strict=True):
                offsets.append(setting + sum(before.get(name, 0.0) * gap.text[name] for name in _BY_HAND))
                found.append((_without(gap.text, _BY_HAND), right))
        _use("wrap", fitted(found, offsets, before))
    return dict(lexicon.weights_of("wrap"))


def cut_samples(dice: random.Random, page: Ends) -> Iterator[Sample]:
    """Line ends inside a paragraph, the text that goes on there and, as if a column had ended, another of the page."""
    inside = [gap for gap, right in zip(page.gaps, page.right, strict=True) if right and gap.stop != "full"]
    strings = Strings(unit.text for unit in page.units)
    sides = {at: read_side(page.units[at].text) for gap in inside for at in (gap.at, gap.at + 1)}

    def features(left: Side, right: Side) -> Mapping[str, float]:
        across = crossing(left, right, strings)
        return _without(text_features(left, right, across, turns=False, item=False), _NOT_CUT)

    for gap in inside:
        if dice.random() < _SHARE:
            other = dice.choice(inside).at + 1
            yield features(sides[gap.at], sides[gap.at + 1]), True
            if other != gap.at + 1:
                yield features(sides[gap.at], sides[other]), False


def _without(features: Mapping[str, float], names: Sequence[str]) -> Mapping[str, float]:
    return {name: value for name, value in features.items() if name not in names}


def _use(kind: str, weights: Mapping[str, float]) -> None:
    lexicon.weights().update({f"{kind} {name}": weight for name, weight in weights.items()})
    lexicon.weights_of.cache_clear()


def _told(kind: str, found: Sequence[tuple[float, bool]]) -> str:
    wrong = sum((odds > 0) != right for odds, right in found)
    return f"{kind}: {len(found)} line ends, {wrong} of them told wrongly ({wrong / max(1, len(found)):.4f})"


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--seed", default=3, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(folders: tuple[Path, ...], seed: int, out: Path) -> None:
    """Learn the weights that begin with `wrap` and `cut` on pages of printed lines, and write all with their header.

    Those of `wrap` are learned on from those in use, since pages show some signs too seldom; those of `cut` anew.
    A folder holds pages (*.txt) and beside each its right reading (*.json), as scripts/train/printed.py makes them.
    """
    with click.progressbar(pages_in(folders)) as bar:
        pages = [page for path in bar if (page := line_ends(read_known(path, noisy=False))).gaps]
    if not pages:
        raise click.ClickException("no page in these folders is set in printed lines")
    wrap_weights(pages)
    told = [one for page in pages for one in zip([o.paragraph for o in odds_of(page.gaps)], page.right, strict=True)]
    click.echo(_told("wrap", told))
    dice = random.Random(seed)
    samples = [sample for page in pages for sample in cut_samples(dice, page)]
    cut = fitted(samples)
    _use("cut", cut)
    click.echo(_told("cut", [(score(cut, features), right) for features, right in samples]))
    write_weights(lexicon.weights(), out)


if __name__ == "__main__":
    main()
