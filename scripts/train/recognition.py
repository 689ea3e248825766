"""The weights of the tagger (names/recognition/data/weights.npz), learned from our own marks.

`python -m train.recognition texts.jsonl`, in scripts/, with the texts as marks/texts.py brings them back. The same
marks, texts, lists, rules, numpy and scipy make the same file. The page that was marked by hand (tests/gold/) is
learned from too, and copies of the texts with other names (renamed.py).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from banmian.names import reading
from banmian.names.recognition import features, symbols, tagger
from banmian.page import read_page
from banmian.pipeline.texts import article_of
from banmian.records import Piece

from . import chain, renamed
from .marks.notes import Marks, Organization, read_marks

WEIGHTS = Path(__file__).parents[1] / "banmian" / "names" / "recognition" / "data" / "weights.npz"
MARKS = Path(__file__).parent / "marks" / "marks.jsonl"
_ROOT = Path(__file__).parents[2]
GOLD, SEED = _ROOT / "tests" / "gold" / "names.jsonl", _ROOT / "seeds" / "000_8a5f4c7e35afc5e6.txt"
# A feature that stands at fewer places teaches nothing.
_LEAST_SEEN = 2
_ROUNDS = 6
_PENALTY = 1.0
# The mean over two orders of the texts is shipped: dev F1 of people .935 to .944, of organizations .856 to .863.
# One is enough for the taggers that weighing.py learns in parts.
_ORDERS = (1, 2)
_STEPS = 127
_LEAST_TOLD = 0.05
# 本报, 本院 ...
_OWN = "本"

Marked = tuple[str, Marks]


@dataclass(frozen=True, slots=True)
class Sample:
    """A marked text: its plain form, channels, features (one row a character) and labels (indices of LABELS)."""

    plain: str
    channels: symbols.Numbers
    places: npt.NDArray[np.uint32]
    labels: npt.NDArray[np.int8]


def sample(text: str, marks: Marks) -> Sample:
    """`text` as the tagger sees it, read by itself, with the labels that `marks` give it."""
    (seen,) = reading.seen_by_tagger(reading.propose([article_of(text)]))
    channels = symbols.channels(seen)
    rows, _ = features.joined([channels])
    places = features.places(rows).T.astype(np.uint32)
    return Sample(seen.text.plain, channels, places, labels(len(text), marks))


def is_own(text: str, start: int) -> bool:
    """Whether what stands at `start` is what a paper or a school calls itself: not marked, neither right nor wrong."""
    return text[start : start + 1] == _OWN


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


def fitted(
    samples: Sequence[Sample],
    copies: Sequence[Sample] = (),
    rounds: int = _ROUNDS,
    penalty: float = _PENALTY,
    orders: Sequence[int] = _ORDERS[:1],
) -> dict[str, npt.NDArray[np.generic]]:
    """Weights as they are stored, of features that stand at two places or more; where there are `copies`, the mean.

    That is the mean of what is learned from the `samples` alone and from both, in each of the `orders` of the texts.
    """
    together = [*samples, *copies]
    counts = np.zeros(2**features.BITS, np.int64)
    for one in together:
        counts += np.bincount(one.places.ravel(), minlength=len(counts))
    places = np.flatnonzero(counts >= _LEAST_SEEN)
    row_of = np.zeros(len(counts), np.int32)
    row_of[places] = np.arange(1, len(places) + 1)
    examples = [
        chain.Example(row_of[one.places], one.labels.astype(np.int64), list(tagger.clauses_of(one.plain)))
        for one in together
    ]
    sizes = {len(samples), len(together)}
    runs = [chain.fitted(examples[:size], len(places) + 1, rounds, penalty, orders) for size in sorted(sizes)]
    scores, transitions = (np.mean(one, axis=0) for one in zip(*runs, strict=True))
    return _packed(places, scores[1:], transitions)


def _packed(
    places: npt.NDArray[np.int64], scores: chain.Floats, transitions: chain.Floats
) -> dict[str, npt.NDArray[np.generic]]:
    """The scores in steps; features that tell next to nothing are left out."""
    step = np.float32(np.abs(scores).max() / _STEPS)
    rows = np.round(scores / step).astype(np.int8)
    told = np.abs(scores).max(1) >= _LEAST_TOLD
    return {
        "places": places[told].astype(np.uint32),
        "scores": rows[told],
        "step": np.array(step),
        "transitions": transitions.round(3).astype(np.float32),
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


def marked_texts(texts: Path, marks: Path, parts: Sequence[str]) -> list[Marked]:
    """The texts of these parts with their marks, in the order of `texts`."""
    marked = read_marks(marks)
    rows = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
    return [(row["text"], marked[row["id"]]) for row in rows if row["part"] in parts and row["id"] in marked]


def samples_of(texts: Iterable[Marked]) -> list[Sample]:
    """Each text as a sample, read by itself."""
    return [sample(text, marks) for text, marks in texts]


@click.command()
@click.argument("texts", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--marks", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=MARKS)
@click.option("--learn", "learn", multiple=True, default=("train",), help="Parts to learn from.")
@click.option("--measure", "measure", multiple=True, default=("dev",), help="Parts to measure on.")
@click.option("--page/--no-page", default=True, help="Learn from the page that was marked by hand, too.")
@click.option("--rounds", default=_ROUNDS, show_default=True)
@click.option("--penalty", default=_PENALTY, show_default=True, help="On the sum of the squares of all weights.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=WEIGHTS, show_default=True)
def main(
    texts: Path,
    marks: Path,
    learn: tuple[str, ...],
    measure: tuple[str, ...],
    page: bool,
    rounds: int,
    penalty: float,
    out: Path,
) -> None:
    """Learn from TEXTS, lines {"id", "part", "text"}, as far as they are marked."""
    own = marked_texts(texts, marks, learn)
    by_hand = page_samples(GOLD, SEED) if page else []
    stored = fitted([*samples_of(own), *by_hand], samples_of(renamed.copies(own)), rounds, penalty, _ORDERS)
    write(stored, out)
    click.echo(f"{len(stored['places'])} features, {out.stat().st_size} bytes")
    for line in figures(samples_of(marked_texts(texts, marks, measure)), tagger.unpacked(stored)):
        click.echo(line)


if __name__ == "__main__":
    main()
