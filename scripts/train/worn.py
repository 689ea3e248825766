"""How much each sign says of a page's having lost stops, learned on pages that did and pages that did not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from banmian.page import lexicon
from banmian.page.kinds import kinds_of_page
from banmian.page.links import Links
from banmian.page.noise import noise_features

from train.headings import units_of
from train.logistic import Sample, fitted, score
from train.page import WEIGHTS, write_weights

# A whole page that is read as a worn one loses more than a worn one that is not noticed: in log odds.
_CAUTION = 0.5


def samples(folders: Sequence[Path], worn: bool) -> list[Sample]:
    """What tells of each page (*.txt) of the folders, and whether it is worn."""
    found: list[Sample] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt"))):
        links = Links(units_of(path.read_text("utf-8")), noisy=True)
        found.append((noise_features(links, kinds_of_page(links.units, links.topics, links.in_order)), worn))
    return found


@click.command()
@click.option("--worn", multiple=True, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--whole", multiple=True, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(worn: tuple[Path, ...], whole: tuple[Path, ...], out: Path) -> None:
    """Learn the weights that begin with `noise` on folders of pages that lost stops, and of whole ones."""
    found = [*samples(worn, True), *samples(whole, False)]
    learned = fitted(found)
    learned["bias"] -= _CAUTION
    wrong = [worn for features, worn in found if (score(learned, features) > 0) != worn]
    click.echo(f"{len(found)} pages; not noticed {wrong.count(True)}, called worn that are not {wrong.count(False)}")
    kept = {name: value for name, value in lexicon.weights().items() if not name.startswith("noise ")}
    write_weights(kept | {f"noise {name}": weight for name, weight in learned.items()}, out)


if __name__ == "__main__":
    main()
