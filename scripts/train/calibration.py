"""How certain mentions are (names/recognition/data/calibration.tsv), learned from marked texts that taught no weights.

`python -m train.calibration texts.jsonl --learn train --learn dev`, in scripts/: the texts are read in parts, each with
weights learned from the other parts. Then `--show test` tells how it holds elsewhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from banmian.names import read_names, reading
from banmian.names.recognition import decide, tagger
from banmian.names.recognition.confidence import log_odds
from banmian.pipeline.texts import article_of

from . import logistic, recognition
from .marks.notes import Marks, read_marks
from .recognition import MARKS, WEIGHTS

TABLE = WEIGHTS.with_name("calibration.tsv")
_PARTS = 4
_STEPS = (0.99, 0.97, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0)

Marked = tuple[str, Marks]


def marked_texts(texts: Path, marks: Path, parts: Sequence[str]) -> list[Marked]:
    """The texts of these parts with their marks."""
    marked = read_marks(marks)
    rows = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
    return [(row["text"], marked[row["id"]]) for row in rows if row["part"] in parts and row["id"] in marked]


def _places(marks: Marks) -> set[tuple[int, int, str]]:
    people = {(start, end, "person") for start, end in marks.people}
    return people | {(one.start, one.end, "organization") for one in marks.organizations}


def in_parts(texts: Sequence[Marked], parts: int = _PARTS) -> Iterator[tuple[str, logistic.Sample]]:
    """`samples` of all the texts, each part of them with weights that were learned from the others."""
    seen = [recognition.sample(text, marks) for text, marks in texts]
    for part in range(parts):
        others = [one for number, one in enumerate(seen) if number % parts != part]
        weights = tagger.unpacked(recognition.fitted(others))
        for text, marks in texts[part::parts]:
            yield from samples(text, marks, weights)


def samples(text: str, marks: Marks, weights: tagger.Weights | None = None) -> Iterator[tuple[str, logistic.Sample]]:
    """What rules propose in `text` and what the tagger adds: kind of mention, log odds, whether it is right."""
    fields = list(reading.seen_by_tagger(reading.propose([article_of(text)])))
    right = _places(marks)
    for seen, held in zip(fields, decide.read(fields, weights), strict=True):
        proposed = decide.proposed(seen)
        added = {(span.start, span.end, span.kind) for span in held.spans} - proposed
        for names, what in ((proposed, "proposed"), (added, "added")):
            for place in names:
                yield f"{place[2]} {what}", ({"odds": log_odds(held.probability(*place))}, place in right)


def fitted(found: Iterable[tuple[str, logistic.Sample]]) -> dict[str, tuple[float, float]]:
    """(slope, bias) for each kind of mention (Platt 1999)."""
    kinds: defaultdict[str, list[logistic.Sample]] = defaultdict(list)
    for name, one in found:
        kinds[name].append(one)
    weights = {name: logistic.fitted(own, start={"odds": 1.0}) for name, own in sorted(kinds.items())}
    return {name: (round(own["odds"], 3), round(own["bias"], 3)) for name, own in weights.items()}


def table(texts: Iterable[Marked]) -> Iterator[str]:
    """For each step of confidence how many mentions have that or more, up to the next, and what share is right."""
    rows = []
    for text, marks in texts:
        right = _places(marks)
        for mention in read_names([article_of(text)], None).mentions:
            place = (mention.start, mention.end, mention.kind)
            rows.append((mention.kind, mention.confidence or 0.0, place in right))
    for kinds in (("person",), ("organization",), ("person", "organization")):
        upper = 1.01
        for step in _STEPS:
            own = [right for kind, sure, right in rows if kind in kinds and step <= sure < upper]
            above = [right for kind, sure, right in rows if kind in kinds and sure >= step]
            upper = step
            if own:
                yield (
                    f"{' and '.join(kinds)}, {step:.2f} and more: {len(own)}, right {sum(own) / len(own):.3f};"
                    f" in all {len(above)}, right {sum(above) / len(above):.3f}"
                )


@click.command()
@click.argument("texts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--marks", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=MARKS)
@click.option("--learn", multiple=True, help="Parts to learn from.")
@click.option("--show", multiple=True, help="Parts to tell of, by what was learned before.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=TABLE, show_default=True)
def main(texts: Path, marks: Path, learn: tuple[str, ...], show: tuple[str, ...], out: Path) -> None:
    """Learn from TEXTS, lines {"id", "part", "text"}, as far as they are marked; without --learn only show."""
    if learn:
        calibration = fitted(in_parts(marked_texts(texts, marks, learn)))
        header = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
        rows = [f"{name}\t{slope}\t{bias}" for name, (slope, bias) in calibration.items()]
        out.write_text("\n".join([*header, *rows]) + "\n", "utf-8")
    for line in table(marked_texts(texts, marks, show)) if show else ():
        click.echo(line)


if __name__ == "__main__":
    main()
