"""How far links and headings of the page stage can be trusted, learned on pages whose right reading is known.

Logistic regression on what evidence.py knows of each choice; then the least confidence from which on nearly all are
right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import click
from banmian.page import lexicon
from banmian.page.article import Reading
from banmian.page.evidence import Evidence
from banmian.page.solve import solve

from train.known import pages_in
from train.logistic import chance, fitted, score
from train.page import WEIGHTS, Known, read_known, write_weights

_LEAST_CONFIDENCE = 0.5

Sample = tuple[str, dict[str, float], bool]


def samples(known: Known) -> Iterator[Sample]:
    """Each join, move and heading that the solver finds on the page: kind, what is known of it, whether it is right."""
    solution = solve(known.units)
    evidence = Evidence(solution)
    follows = {link: link in reading.joins for reading in known.readings for link in pairwise(reading.body)}
    homes = {line: (kind, at) for at, reading in enumerate(known.readings) for line, kind in reading.kinds}
    for reading in solution.readings:
        following = dict(pairwise(sorted(reading.body)))
        for left, right in pairwise(reading.body):
            join = (left, right) in reading.joins
            if join or following.get(left) != right:
                right_so = (left, right) in follows and (follows[left, right] or not join)
                yield "join" if join else "move", evidence.link_features(reading, left, right), right_so
        home = _home(reading, homes)
        for line, kind in reading.kinds:
            if kind != "body":
                yield "heading", evidence.heading_features(reading, line, kind), homes.get(line) == (kind, home)


def _home(reading: Reading, homes: Mapping[int, tuple[str, int]]) -> int | None:
    """The right article that most of the body belongs to."""
    numbers = Counter(homes[line][1] for line in reading.body if line in homes)
    return min(numbers, key=lambda number: (-numbers[number], number), default=None)


def threshold(confidences: Sequence[tuple[float, bool]], share: float) -> float:
    """The least confidence from which on at least `share` are right, one more wrong one added for caution."""
    ordered = sorted(confidences, reverse=True)
    least, wrong = 1.0, 1
    for count, (confidence, right) in enumerate(ordered, 1):
        wrong += not right
        if wrong <= round((1 - share) * count, 9):
            least = confidence
    return max(_LEAST_CONFIDENCE, least)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--share", default=0.999, show_default=True, help="Of those called certain, how many must be right.")
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(folders: tuple[Path, ...], share: float, out: Path) -> None:
    """Learn the weights that begin with `certain` on pages (*.txt) whose right reading stands beside them (*.json)."""
    found: dict[str, list[tuple[dict[str, float], bool]]] = {"join": [], "move": [], "heading": []}
    with click.progressbar(pages_in(folders)) as bar:
        for path in bar:
            for kind, features, right in samples(read_known(path, noisy=False)):
                found[kind].append((features, right))
    rows = dict(lexicon.weights())
    for kind, seen in found.items():
        if not seen:
            continue
        rows = {name: value for name, value in rows.items() if not name.startswith(f"certain {kind} ")}
        weights = fitted(seen)
        confidences = [(chance(score(weights, features)), right) for features, right in seen]
        least = threshold(confidences, share)
        rows |= {f"certain {kind} {name}": weight for name, weight in weights.items()} | {f"certain {kind} from": least}
        certain = [right for confidence, right in confidences if confidence >= least]
        click.echo(
            f"{kind}: {len(seen)}, right {sum(right for _, right in seen) / len(seen):.4f}; certain from {least:.3f}: "
            f"{len(certain) / len(seen):.3f} of them, right {sum(certain) / max(1, len(certain)):.4f}"
        )
    write_weights(rows, out)


if __name__ == "__main__":
    main()
