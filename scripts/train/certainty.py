"""How far the choices of the page stage can be trusted, learned on pages whose right reading is known.

Logistic regression on what trust.py knows of each choice; then, for each kind of choice, the least confidence from
which on nearly all are right, in the whole mix of pages and in each part of it.
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
from banmian.page.marks import Unit
from banmian.page.solve import solve
from banmian.page.trust import family_of, of_seam
from banmian.page.two_lines import with_whole_headlines
from banmian.page.wrapped import put_together

from train.known import pages_in
from train.logistic import chance, fitted, score
from train.page import WEIGHTS, Known, read_known, write_weights

FAMILIES = ("join", "move", "break", "edge", "body", "heading", "crosshead", "seam")
# Of those of a family that are called certain, the share that must be right: in the whole mix, and in each part of it
# that has enough of them to tell. Printed lines are joined by the thousand; no limit leaves out all wrong headings.
_SHARES = {"seam": (0.998, 0.995), "heading": (0.98, 0.94)}
_SHARE = (0.99, 0.95)
# Set by hand: what pages made of Chinese news have too little of.
_BY_HAND = ("divided", "headline")
_LEAST_CONFIDENCE = 0.5
# A part of the mix has a say of its own where so many of a kind are right in it.
_FEWEST = 100

Sample = tuple[str, Mapping[str, float], bool]


class Answers:
    """What is right of the choices that were made of a page's lines, of which some were put together before."""

    def __init__(self, known: Known, units: Sequence[Unit]) -> None:
        self._numbers = {unit.line.start: at for at, unit in enumerate(known.units)}
        self._units = units
        self._follows = {link: link in one.joins for one in known.readings for link in pairwise(one.body)}
        self._before = {right for _, right in self._follows}
        self._after = {left for left, _ in self._follows}
        self._homes = {line: (kind, at) for at, one in enumerate(known.readings) for line, kind in one.kinds}

    def link(self, left: int, right: int, join: bool) -> bool:
        """Whether the text goes on so; a join of what is two paragraphs is none, else that does not matter."""
        link = self._last(left), self._first(right)
        return link in self._follows and (self._follows[link] or not join)

    def paragraph(self, left: int, right: int) -> bool:
        """Whether the text goes on so with a new paragraph."""
        return self._follows.get((self._last(left), self._first(right))) is False

    def edge(self, kind: str, line: int) -> bool:
        """Whether the text of an article begins or ends there."""
        return self._first(line) not in self._before if kind == "begins" else self._last(line) not in self._after

    def text(self, line: int) -> bool:
        """Whether the line is text."""
        return self._homes.get(self._first(line), ("", 0))[0] == "body"

    def heading(self, reading: Reading, line: int, kind: str) -> bool:
        """Whether the line is of that kind, and of the article that most of the reading's text belongs to."""
        lines = [self._first(other) for other in reading.body]
        numbers = Counter(self._homes[other][1] for other in lines if other in self._homes)
        home = min(numbers, key=lambda number: (-numbers[number], number), default=None)
        return self._homes.get(self._first(line)) == (kind, home)

    def seams(self, line: int) -> Iterator[bool]:
        """Of the printed lines that were put together into one, whether each goes on in the next."""
        printed = [self._numbers[unit.line.start] for unit in self._units[line].printed]
        return (self._follows.get(link, False) for link in pairwise(printed))

    def _first(self, line: int) -> int:
        return self._numbers[self._units[line].line.start]

    def _last(self, line: int) -> int:
        unit = self._units[line]
        return self._numbers[(unit.printed[-1] if unit.printed else unit).line.start]


def samples(known: Known) -> Iterator[Sample]:
    """Each choice that is made of the page: its family, what is known of it, whether it is right."""
    units = with_whole_headlines(put_together(known.units))
    solution = solve(units)
    evidence, answers = Evidence(solution), Answers(known, units)
    owners = {line: at for at, reading in enumerate(solution.readings) for line in reading.body}
    for at, reading in enumerate(solution.readings):
        following = dict(pairwise(sorted(reading.body)))
        for left, right in pairwise(reading.body):
            features = evidence.trust.of_link(reading, left, right)
            over_others = any(owners.get(line, at) != at for line in range(left + 1, right))
            if (left, right) in reading.joins:
                yield "join", features, answers.link(left, right, join=True)
            elif evidence.doubted.at_paragraph(left, right):
                yield "break", features, answers.paragraph(left, right)
            elif following.get(left) != right or over_others:
                yield "move", features, answers.link(left, right, join=False)
        for kind, line in evidence.doubted.in_text(reading):
            features = evidence.broken_features(reading, line, kind)
            right = answers.text(line) if kind == "body" else answers.edge(kind, line)
            yield "body" if kind == "body" else "edge", features, right
        for line, kind in reading.kinds:
            if kind != "body":
                features = evidence.trust.of_heading(reading, line, kind)
                yield family_of(kind), features, answers.heading(reading, line, kind)
            for seam, right in zip(units[line].seams, answers.seams(line), strict=bool(units[line].seams)):
                if not any(name in _BY_HAND for name, _ in seam.odds):
                    yield "seam", of_seam(seam), right


def threshold(confidences: Sequence[tuple[float, bool]], share: float) -> float:
    """The least confidence from which on at least `share` are right, one more wrong one added for caution."""
    ordered = sorted(confidences, reverse=True)
    least, wrong = 1.0, 1
    for count, (confidence, right) in enumerate(ordered, 1):
        wrong += not right
        if wrong <= round((1 - share) * count, 9):
            least = confidence
    return max(_LEAST_CONFIDENCE, least)


def limit(parts: Sequence[Sequence[tuple[float, bool]]], share: float, of_part: float) -> float:
    """From which confidence on `share` are right in all, and `of_part` in each part that has enough to tell."""
    limits = [
        least
        for part in parts
        if sum(right for _, right in part) >= _FEWEST
        # All of a part above a limit may be right because there is nothing below.
        and (least := threshold(part, of_part)) > min(confidence for confidence, _ in part)
    ]
    return max([threshold([one for part in parts for one in part], share), *limits])


def sampled(folders: Sequence[Path]) -> dict[str, list[list[tuple[Mapping[str, float], bool]]]]:
    """The choices made of the pages of each folder, by family, folder by folder."""
    found: dict[str, list[list[tuple[Mapping[str, float], bool]]]] = {name: [] for name in FAMILIES}
    with click.progressbar([(folder, path) for folder in folders for path in pages_in([folder])]) as bar:
        before = None
        for folder, path in bar:
            for parts in found.values() if folder != before else ():
                parts.append([])
            before = folder
            for family, features, right in samples(read_known(path, noisy=False)):
                found[family][-1].append((features, right))
    return found


def _told(family: str, confidences: Sequence[tuple[float, bool]], least: float) -> str:
    certain = [right for confidence, right in confidences if confidence >= least]
    return (
        f"{family}: {len(confidences)}, right {sum(right for _, right in confidences)}; certain from {least:.4f}: "
        f"{len(certain)}, of them wrong {certain.count(False)}"
    )


def _confidences(
    parts: Sequence[Sequence[tuple[Mapping[str, float], bool]]], weights: Mapping[str, float]
) -> list[list[tuple[float, bool]]]:
    return [[(chance(score(weights, features)), right) for features, right in part] for part in parts]


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--measure", is_flag=True, help="Learn nothing: say folder by folder how the weights in use do.")
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def main(folders: tuple[Path, ...], measure: bool, out: Path) -> None:
    """Learn the weights that begin with `certain` on pages (*.txt) whose right reading stands beside them (*.json).

    The folders are those that scripts/train/mix.py writes for certainty.
    """
    rows = dict(lexicon.weights())
    for family, parts in sampled(folders).items():
        seen = [sample for part in parts for sample in part]
        if measure:
            for folder, part in zip(folders, _confidences(parts, lexicon.weights_of(f"certain {family}")), strict=True):
                if part:
                    click.echo(f"{folder.name}: {_told(family, part, rows[f'certain {family} from'])}")
        elif seen:
            by_hand = {name: rows[name] for name in (f"certain {family} {one}" for one in _BY_HAND) if name in rows}
            rows = {name: value for name, value in rows.items() if not name.startswith(f"certain {family} ")} | by_hand
            weights = fitted(seen)
            found = _confidences(parts, weights)
            least = limit(found, *_SHARES.get(family, _SHARE))
            rows |= {f"certain {family} {name}": weight for name, weight in weights.items()}
            rows[f"certain {family} from"] = least
            click.echo(_told(family, [one for part in found for one in part], least))
    if not measure:
        write_weights(rows, out)


if __name__ == "__main__":
    main()
