"""The weights of the tagger (names/recognition/data/weights.npz), learned from our own marks.

`python -m train.recognition texts.jsonl`, in scripts/, with the texts as marks/texts.py brings them back. The same
marks, texts, lists and rules make the same file, byte for byte: python-crfsuite trains an averaged perceptron
(Collins 2002) in an order that is always the same. The page that was marked by hand (tests/gold/) is learned from too.
"""

from __future__ import annotations

import ctypes
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import pycrfsuite
from banmian.names import reading
from banmian.names.recognition import features, symbols, tagger
from banmian.page import read_page
from banmian.pipeline.texts import article_of
from banmian.records import Piece

from .marks.notes import Marks, Organization, read_marks

WEIGHTS = Path(__file__).parents[1] / "banmian" / "names" / "recognition" / "data" / "weights.npz"
MARKS = Path(__file__).parent / "marks" / "marks.jsonl"
_ROOT = Path(__file__).parents[2]
GOLD, SEED = _ROOT / "tests" / "gold" / "names.jsonl", _ROOT / "seeds" / "000_8a5f4c7e35afc5e6.txt"
# A feature that stands at fewer places teaches nothing.
_LEAST_SEEN = 2
_ROUNDS = 10
# What the scores of the perceptron are divided by, so that they are near log odds.
_HEAT = 200.0
_STEPS = 32_767


@dataclass(frozen=True, slots=True)
class Sample:
    """A marked text: its plain form, channels, features (one row a character) and labels (indices of LABELS)."""

    plain: str
    channels: Mapping[str, symbols.Numbers]
    places: npt.NDArray[np.uint32]
    labels: npt.NDArray[np.int8]


def sample(text: str, marks: Marks) -> Sample:
    """`text` as the tagger sees it, read by itself, with the labels that `marks` give it."""
    (field,) = reading.propose([article_of(text)])
    channels = symbols.channels(reading.seen_by_tagger(field))
    rows, _ = features.joined([channels])
    places = np.stack(list(features.places(rows)), axis=1).astype(np.uint32)
    return Sample(field.text.plain, channels, places, labels(len(text), marks))


def labels(length: int, marks: Marks) -> npt.NDArray[np.int8]:
    """The label of each character of a text."""
    found = np.zeros(length, np.int8)
    spans = [(start, end, "P") for start, end in marks.people]
    spans += [(one.start, one.end, "O") for one in marks.organizations]
    for start, end, kind in spans:
        found[start:end] = tagger.LABELS.index(f"I{kind}")
        found[end - 1] = tagger.LABELS.index(f"E{kind}")
        found[start] = tagger.LABELS.index(f"{'B' if end - start > 1 else 'S'}{kind}")
    return found


def fitted(samples: Sequence[Sample], rounds: int = _ROUNDS) -> dict[str, npt.NDArray[np.generic]]:
    """Weights as they are stored, of features that stand at two places or more in `samples`."""
    counts = np.zeros(2**features.BITS, np.int64)
    for one in samples:
        counts += np.bincount(one.places.ravel(), minlength=len(counts))
    # crfsuite shuffles by the C library's rand(), which begins anew in each process, not in each training.
    ctypes.CDLL(None).srand(1)
    trainer = pycrfsuite.Trainer(algorithm="ap", verbose=False)
    trainer.set_params({"max_iterations": rounds})
    for one in samples:
        for start, end in _stretches(one):
            rows = [[str(place) for place in row if counts[place] >= _LEAST_SEEN] for row in one.places[start:end]]
            trainer.append(pycrfsuite.ItemSequence(rows), [tagger.LABELS[label] for label in one.labels[start:end]])
    with tempfile.NamedTemporaryFile(suffix=".crf") as file:
        trainer.train(file.name)
        learned = pycrfsuite.Tagger()
        learned.open(file.name)
        return _packed(learned.info())


def _stretches(one: Sample) -> Iterator[tuple[int, int]]:
    """The lines of a text, the empty ones left out."""
    start = 0
    for line in one.plain.split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _packed(learned: pycrfsuite.ParsedDump) -> dict[str, npt.NDArray[np.generic]]:
    scores: dict[int, list[float]] = {}
    for (place, label), weight in learned.state_features.items():
        scores.setdefault(int(place), [0.0] * len(tagger.LABELS))[tagger.LABELS.index(label)] = weight / _HEAT
    order = sorted(scores)
    rows = np.array([scores[place] for place in order])
    step = np.float32(np.abs(rows).max() / _STEPS)
    rows = np.round(rows / step).astype(np.int16)
    told = rows.any(axis=1)
    transitions = np.zeros((len(tagger.LABELS), len(tagger.LABELS)), np.float32)
    for (before, after), weight in learned.transitions.items():
        transitions[tagger.LABELS.index(before), tagger.LABELS.index(after)] = round(weight / _HEAT, 3)
    return {
        "places": np.array(order, np.uint32)[told],
        "scores": rows[told],
        "step": np.array(step),
        "transitions": transitions,
    }


def write(stored: Mapping[str, npt.NDArray[np.generic]], out: Path) -> None:
    """Write `stored` to `out`, as np.load reads it, and without the time of day."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, values in stored.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, values, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)


def figures(samples: Sequence[Sample], weights: tagger.Weights) -> Iterator[str]:
    """How well the tagger reads `samples`, kind by kind: precision, recall, F1."""
    counts: Counter[tuple[str, str]] = Counter()
    for one, held in zip(samples, tagger.read([(one.plain, one.channels) for one in samples], weights), strict=True):
        found = {(span.start, span.end, span.kind) for span in held.spans}
        marked = set(tagger.spans(one.labels, 0))
        counts.update((kind, "found") for *_, kind in found)
        counts.update((kind, "marked") for *_, kind in marked)
        counts.update((kind, "right") for *_, kind in found & marked)
    for kind in tagger.KINDS.values():
        right, found_, marked_ = (counts[kind, what] for what in ("right", "found", "marked"))
        precision, recall = right / max(1, found_), right / max(1, marked_)
        yield f"{kind}: P {precision:.3f} R {recall:.3f} F1 {2 * right / max(1, found_ + marked_):.3f} of {marked_}"


def page_samples(gold: Path, seed: Path) -> list[Sample]:
    """The fields of the page at `seed`, marked as in `gold`, whose offsets lie in that file."""
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    mentions = [row for row in rows if not row.get("optional")]
    found = []
    for article in read_page(seed.read_text("utf-8")).articles:
        for field in article.fields.values():
            at = {piece.source_start + n: piece.start + n for piece in field.pieces for n in range(_length(piece))}
            own = [one for one in mentions if one["start"] in at and one["end"] - 1 in at]
            spans = [(one["kind"], at[one["start"]], at[one["end"] - 1] + 1) for one in own]
            people = tuple((start, end) for kind, start, end in spans if kind == "person")
            bodies = tuple(Organization(start, end) for kind, start, end in spans if kind != "person")
            found.append(sample(field.text, Marks("", people, bodies)))
    return found


def _length(piece: Piece) -> int:
    return piece.end - piece.start


def samples_of(texts: Path, marks: Path, parts: Sequence[str]) -> list[Sample]:
    """The marked texts of these parts, in the order of `texts`."""
    marked = read_marks(marks)
    rows = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
    return [sample(row["text"], marked[row["id"]]) for row in rows if row["part"] in parts and row["id"] in marked]


@click.command()
@click.argument("texts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--marks", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=MARKS)
@click.option("--learn", "learn", multiple=True, default=("train",), help="Parts to learn from.")
@click.option("--measure", "measure", multiple=True, default=("dev",), help="Parts to measure on.")
@click.option("--page/--no-page", default=True, help="Learn from the page that was marked by hand, too.")
@click.option("--rounds", default=_ROUNDS, show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=WEIGHTS, show_default=True)
def main(
    texts: Path, marks: Path, learn: tuple[str, ...], measure: tuple[str, ...], page: bool, rounds: int, out: Path
) -> None:
    """Learn from TEXTS, lines {"id", "part", "text"}, as far as they are marked."""
    by_hand = page_samples(GOLD, SEED) if page else []
    stored = fitted([*samples_of(texts, marks, learn), *by_hand], rounds)
    write(stored, out)
    click.echo(f"{len(stored['places'])} features, {out.stat().st_size} bytes")
    for line in figures(samples_of(texts, marks, measure), tagger.unpacked(stored)):
        click.echo(line)


if __name__ == "__main__":
    main()
