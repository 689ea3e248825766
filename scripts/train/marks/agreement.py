"""How far two readers of the same texts agree: F1 of exact spans, people and organizations apart, where they differ.

`python -m train.marks.agreement one.jsonl other.jsonl --texts texts.jsonl`, in scripts/, of files that notes.py wrote;
with texts.jsonl, which texts.py writes, or a batch, what one marked and the other did not is shown in its context.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from .notes import Marks, Span, read_batch, read_marks


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many spans both marked, how many only the one and only the other."""

    both: int
    one: int
    other: int

    @property
    def f1(self) -> float:
        """F1 of the one against the other, the same either way; 1 where neither marked any."""
        every = 2 * self.both + self.one + self.other
        return 2 * self.both / every if every else 1.0


KINDS = ("people", "organizations")


def spans(marks: Marks, kind: str) -> set[Span]:
    """The spans of the people, or of the organizations."""
    return set(marks.people) if kind == "people" else {(o.start, o.end) for o in marks.organizations}


def agreement(one: Mapping[str, Marks], other: Mapping[str, Marks], kind: str) -> Agreement:
    """How far two readers agree on `kind` in the texts that both read."""
    pairs = [(spans(one[name], kind), spans(other[name], kind)) for name in one.keys() & other.keys()]
    return Agreement(
        sum(len(a & b) for a, b in pairs), sum(len(a - b) for a, b in pairs), sum(len(b - a) for a, b in pairs)
    )


def differences(
    one: Mapping[str, Marks], other: Mapping[str, Marks], texts: Mapping[str, str], kind: str
) -> Iterator[str]:
    """Each span that only one of them marked: text, which reader, the span in its context."""
    for name in sorted(one.keys() & other.keys() & texts.keys()):
        text = texts[name]
        first, second = spans(one[name], kind), spans(other[name], kind)
        for start, end in sorted(first ^ second):
            reader = "one" if (start, end) in first else "other"
            around = f"…{text[max(0, start - 12) : start]}[{text[start:end]}]{text[end : end + 12]}…"
            yield f"{name}\t{kind}\t{reader}\t{around}".replace("\n", "⏎")


def _texts(paths: Iterable[Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        content = path.read_text(encoding="utf-8")
        if content.startswith("==="):
            found.update(read_batch(content))
        else:
            rows = [json.loads(line) for line in content.splitlines() if line]
            found.update({row["id"]: row["text"] for row in rows})
    return found


@click.command()
@click.argument("one", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("other", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--texts", "texts", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(one: Path, other: Path, texts: tuple[Path, ...]) -> None:
    """Compare the marks in ONE and OTHER."""
    first, second = read_marks(one), read_marks(other)
    click.echo(f"{len(first.keys() & second.keys())} texts that both read")
    for kind in KINDS:
        found = agreement(first, second, kind)
        click.echo(f"{kind}: F1 {found.f1:.3f}, both {found.both}, only one {found.one}, only the other {found.other}")
    for kind in KINDS:
        for line in differences(first, second, _texts(texts), kind):
            click.echo(line)


if __name__ == "__main__":
    main()
