"""What speaks for a name and against it (names/recognition/data/weights.tsv), learned from our own marks.

`python -m train.weighing texts.jsonl --learn train --learn dev`, in scripts/: the texts are read in parts, each with a
tagger learned from the other parts, so that what the tagger holds of a name is as wrong as it is of any text. What is
learned is also how certain a name is; `--show test` tells how that holds elsewhere. How certain a name must be is
chosen by what is found in each part with weights learned from the others. The same marks, texts, lists, rules, numpy
and scipy make the same table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from banmian.names import read_names, reading
from banmian.names.recognition import candidates, decide, gathering, tagger
from banmian.pipeline.texts import article_of

from . import logistic, recognition
from .marks.notes import Marks
from .recognition import MARKS, WEIGHTS, Marked, marked_texts

TABLE = WEIGHTS.with_name("weights.tsv")
_PARTS = 4
# How strongly weights are drawn to nothing, so that what is seldom seen weighs little; what weighs less is left out.
_PRIOR = 4.0
_LEAST_TOLD = 0.05
# How certain a name may have to be.
_LEASTS = tuple(round(0.2 + 0.02 * step, 2) for step in range(21))
# Of names that rules propose a lower step is taken where F1 loses no more by it: a reader sees how certain a name is
# and which rule speaks for it, but not one that is left out.
_FLAT = 0.0015
_STEPS = (0.99, 0.97, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0)


def places_of(marks: Marks) -> set[tuple[int, int, str]]:
    """(start, end, kind) of what is marked."""
    people = {(start, end, "person") for start, end in marks.people}
    return people | {(one.start, one.end, "organization") for one in marks.organizations}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A field of the text that is read in `part`, what is marked in it, and all that could be a name, with features.

    本报 and the like are left out of `rows`: they are neither right nor wrong.
    """

    part: int
    field: candidates.Field
    right: set[candidates.Place]
    rows: list[tuple[candidates.Place, Mapping[str, float]]]

    def samples(self) -> Iterator[tuple[str, logistic.Sample]]:
        """Each row as kind, features, whether it is marked."""
        for place, features in self.rows:
            yield place[2], (features, place in self.right)


def in_parts(texts: Sequence[Marked], parts: int = _PARTS) -> Iterator[Weighed]:
    """The fields of all the texts, each part of them read with a tagger that was learned from the others."""
    seen = recognition.samples_of(texts)
    for part in range(parts):
        others = [one for number, one in enumerate(seen) if number % parts != part]
        weights = tagger.unpacked(recognition.fitted(others))
        for text, marks in texts[part::parts]:
            yield from weighed(part, text, marks, weights)


def weighed(part: int, text: str, marks: Marks, weights: tagger.Weights) -> Iterator[Weighed]:
    """The fields of `text`."""
    seen = list(reading.seen_by_tagger(reading.propose([article_of(text)])))
    right = places_of(marks)
    for field in gathering.of_article(list(zip(seen, decide.read(seen, weights), strict=True))):
        told = [place for place in field.odds if place in right or not recognition.is_own(text, place[0])]
        yield Weighed(part, field, right, [(place, field.features(place)) for place in told])


def least(fields: Sequence[Weighed]) -> Iterator[tuple[str, bool, float, str]]:
    """For each kind, and whether a rule proposes the name, how certain it must be, and what F1 that gives, in words.

    Each part is decided by weights learned from the others. First one step is chosen for all names of a kind, then
    another for those that rules propose.
    """
    for part in sorted({one.part for one in fields}):
        learned: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for kind, name, weight in fitted(row for one in fields if one.part != part for row in one.samples()):
            learned[kind][name] = weight
        for one in fields:
            if one.part == part:
                one.field.certain.clear()
                for place, features in one.rows:
                    one.field.certain[place] = decide.certainty(place[2], features, learned)
    kinds = sorted({place[2] for one in fields for place in one.field.odds})
    chosen: dict[tuple[str, bool], float] = {}
    for ways in ((False, True), (True,), (False,)):
        steps = []
        for step in _LEASTS:
            steps.append(_f1s(fields, kinds, chosen | {(kind, by): step for kind in kinds for by in ways}))
        flat = _FLAT if ways == (True,) else 0.0
        best = {kind: _lowest([step[kind][0] for step in steps], flat) for kind in kinds}
        chosen |= {(kind, by): _LEASTS[best[kind]] for kind in kinds for by in ways}
    for (kind, by), step in sorted(chosen.items()):
        f1, precision, recall = steps[best[kind]][kind]
        yield kind, by, step, f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def _lowest(f1s: Sequence[float], flat: float) -> int:
    """The first step whose F1 is lower than the best one by `flat` at most."""
    return next(at for at, f1 in enumerate(f1s) if f1 >= max(f1s) - flat)


def _f1s(fields: Sequence[Weighed], kinds: Sequence[str], least: decide.Least) -> dict[str, tuple[float, float, float]]:
    """Kind -> (F1, precision, recall) of the names that are certain enough."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in fields:
        told = {place for place, _ in one.rows}
        found = told.intersection(decide.decided(one.field, least))
        counts.update((place[2], "found") for place in found)
        counts.update((place[2], "right") for place in found & one.right)
        counts.update((place[2], "marked") for place in one.right)
    told_of = {kind: [counts[kind, what] for what in ("right", "found", "marked")] for kind in kinds}
    return {
        kind: (2 * right / max(1, found + marked), right / max(1, found), right / max(1, marked))
        for kind, (right, found, marked) in told_of.items()
    }


def fitted(found: Iterable[tuple[str, logistic.Sample]]) -> Iterator[tuple[str, str, float]]:
    """(kind, feature, weight), of those that tell something, in order."""
    kinds: defaultdict[str, list[logistic.Sample]] = defaultdict(list)
    for kind, one in found:
        kinds[kind].append(one)
    for kind, own in sorted(kinds.items()):
        for name, weight in sorted(logistic.fitted(own, prior=_PRIOR).items()):
            if abs(weight) >= _LEAST_TOLD or name == "bias":
                yield kind, name, round(weight, 3)


def table(texts: Iterable[Marked]) -> Iterator[str]:
    """For each step of confidence how many mentions have that or more, up to the next, and what share is right."""
    rows = []
    for text, marks in texts:
        right = places_of(marks)
        for mention in read_names([article_of(text)], None).mentions:
            place = (mention.start, mention.end, str(mention.kind))
            if place in right or not recognition.is_own(text, mention.start):
                rows.append((place[2], mention.confidence or 0.0, place in right))
    for kinds in (("person",), ("organization",), ("person", "organization")):
        yield from _steps(" and ".join(kinds), [(sure, right) for kind, sure, right in rows if kind in kinds])


def _steps(name: str, found: Sequence[tuple[float, bool]]) -> Iterator[str]:
    upper = 1.01
    for step in _STEPS:
        own = [right for sure, right in found if step <= sure < upper]
        above = [right for sure, right in found if sure >= step]
        upper = step
        if own:
            yield (
                f"{name}, {step:.2f} and more: {len(own)}, right {sum(own) / len(own):.3f};"
                f" in all {len(above)} ({len(above) / len(found):.2f}), right {sum(above) / len(above):.3f}"
            )


def write(weights: Iterable[tuple[str, str, float]], out: Path) -> None:
    """Write the weights below the header of the table that is there."""
    header = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = sorted(f"{kind}: {name}\t{weight}" for kind, name, weight in weights)
    out.write_text("\n".join([*header, *rows]) + "\n", "utf-8")


@click.command()
@click.argument("texts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--marks", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=MARKS)
@click.option("--learn", multiple=True, help="Parts to learn from.")
@click.option("--show", multiple=True, help="Parts to tell of, by what was learned before.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=TABLE, show_default=True)
def main(texts: Path, marks: Path, learn: tuple[str, ...], show: tuple[str, ...], out: Path) -> None:
    """Learn from TEXTS, lines {"id", "part", "text"}, as far as they are marked; without --learn only show."""
    if learn:
        fields = list(in_parts(marked_texts(texts, marks, learn)))
        weights = list(fitted(row for one in fields for row in one.samples()))
        for kind, by, step, figures in least(fields):
            click.echo(f"{kind}, in parts: {figures} with {decide.LEAST[by]} {step}")
            weights.append((kind, decide.LEAST[by], step))
        write(weights, out)
    for line in table(marked_texts(texts, marks, show)) if show else ():
        click.echo(line)


if __name__ == "__main__":
    main()
