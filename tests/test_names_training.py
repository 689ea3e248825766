"""The scripts that learn what is a name, and how certain it is, from marked texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from banmian.names.recognition import tagger
from click.testing import CliRunner, Result
from train import calibration, recognition
from train.marks.notes import Marks, Organization


def write(folder: Path) -> tuple[Path, Path]:
    """Texts that differ only in a name, and their marks."""
    texts, marks = [], []
    for number, name in enumerate(("张建国", "王丽华", "赵志强", "陈晓红", "刘海波")):
        text = f"{name}说,今年的收成比去年好。青禾公司收购了两家工厂。"
        texts.append({"id": f"t{number}", "part": "train", "text": text})
        marks.append(Marks(f"t{number}", ((0, 3),), (Organization(15, 19),)).row())
    paths = folder / "texts.jsonl", folder / "marks.jsonl"
    for path, rows in zip(paths, (texts, marks), strict=True):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return paths


def learn(folder: Path, out: Path) -> Result:
    texts, marks = write(folder)
    options = ["--marks", str(marks), "--rounds", "5", "--no-page", "--measure", "train", "--out", str(out)]
    return CliRunner().invoke(recognition.main, [str(texts), *options])


def test_what_is_marked_is_learned_and_the_same_marks_make_the_same_file(tmp_path: Path) -> None:
    done = [learn(tmp_path, tmp_path / name) for name in ("one.npz", "other.npz")]
    assert [one.exit_code for one in done] == [0, 0], done[0].output
    assert "person: P 1.000 R 1.000 F1 1.000 of 5" in done[0].output
    assert "organization: P 1.000 R 1.000 F1 1.000 of 5" in done[0].output
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()


def test_labels_spell_the_marks() -> None:
    labels = recognition.labels(9, Marks("t", ((0, 1), (2, 4)), (Organization(5, 9),)))
    assert [tagger.LABELS[label] for label in labels] == ["SP", "O", "BP", "EP", "O", "BO", "IO", "IO", "EO"]
    assert list(tagger.spans(labels, 10)) == [(10, 11, "person"), (12, 14, "person"), (15, 19, "organization")]


@pytest.mark.parametrize("share", [0.9, 0.2])
def test_certainty_is_the_share_that_was_right(share: float) -> None:
    found = [("person added", ({"odds": 1.0}, number < share * 100)) for number in range(100)]
    slope, bias = calibration.fitted(found)["person added"]
    assert (slope + bias > 0) == (share > 0.5)
