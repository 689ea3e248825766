"""How well the whole names stage reads marked texts: precision, recall and F1 by kind, type of body and rule.

`python -m train.mentions texts.jsonl --part test`, in scripts/. With `--errors` it also lists what is wrong, for texts
that are looked at: never for those that measure. A name that begins like 本报 is neither right nor wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from banmian.names import read_names
from banmian.names.organizations import heads
from banmian.pipeline.texts import article_of

from .recognition import MARKS, Marked, is_own, marked_texts
from .weighing import places_of

KINDS = ("person", "organization")
_AROUND = 12

Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, what is marked in it, and what is found, each with its rule."""

    text: str
    marked: frozenset[Place]
    found: dict[Place, str]


def readings(texts: Iterable[Marked]) -> Iterator[Reading]:
    """Each of the texts, read by itself."""
    for text, marks in texts:
        marked = frozenset(places_of(marks))
        mentions = read_names([article_of(text)], None).mentions
        places = {(one.start, one.end, str(one.kind)): str(one.rule) for one in mentions}
        own = {place for place in places if is_own(text, place[0]) and place not in marked}
        yield Reading(text, marked, {place: rule for place, rule in places.items() if place not in own})


def _type(text: str, place: Place) -> str:
    return f"{place[2]} {heads.type_of(text[place[0] : place[1]], 'without a head')}" if place[2] == KINDS[1] else ""


def figures(read: Iterable[Reading]) -> Iterator[str]:
    """A line for each kind, each type that an organization's name says, and each rule (of which only precision)."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in read:
        for what, places in (("found", one.found), ("marked", one.marked), ("right", one.marked & one.found.keys())):
            counts.update((name, what) for place in places for name in (place[2], _type(one.text, place)))
        for place, rule in one.found.items():
            counts.update([(f"{place[2]} by {rule}", "found")])
            counts.update([(f"{place[2]} by {rule}", "right")] if place in one.marked else [])
    names = {name for name, _ in counts if name}
    for name in sorted(names, key=lambda name: (name not in KINDS, " by " in name, name)):
        right, found, marked = (counts[name, what] for what in ("right", "found", "marked"))
        precision = f"{name}: P {right / max(1, found):.3f} of {found}"
        recall = f"; R {right / max(1, marked):.3f} of {marked}; F1 {2 * right / max(1, found + marked):.3f}"
        yield precision if " by " in name else precision + recall


def errors(read: Iterable[Reading]) -> Iterator[str]:
    """What is marked and not found, with what is found over it, then what is found where nothing is marked."""
    for one in read:
        for place in sorted(one.marked - one.found.keys()):
            over = [other for other in one.found if other[0] < place[1] and place[0] < other[1]]
            instead = ", ".join(f"{one.text[slice(*other[:2])]} ({other[2]}, {one.found[other]})" for other in over)
            yield f"missed {_shown(one.text, place)}{f' for {instead}' if instead else ''}"
        for place in sorted(one.found.keys() - one.marked):
            if not any(other[0] < place[1] and place[0] < other[1] for other in one.marked):
                yield f"false {_shown(one.text, place)} by {one.found[place]}"


def _shown(text: str, place: Place) -> str:
    start, end, kind = place
    around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
    return f"{kind} {around[0]}[{around[1]}]{around[2]}".replace("\n", "/")


@click.command()
@click.argument("texts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--marks", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=MARKS)
@click.option("--part", "parts", multiple=True, default=("dev",), help="Parts to measure on.")
@click.option("--errors", "listed", is_flag=True, help="List what is wrong, too.")
def main(texts: Path, marks: Path, parts: tuple[str, ...], listed: bool) -> None:
    """Measure on TEXTS, lines {"id", "part", "text"}, as far as they are marked."""
    if listed and "test" in parts:
        raise click.UsageError("what was seen of the part that measures can't measure: list errors of train or dev")
    read = list(readings(marked_texts(texts, marks, parts)))
    for line in figures(read):
        click.echo(line)
    for line in errors(read) if listed else ():
        click.echo(line)


if __name__ == "__main__":
    main()
