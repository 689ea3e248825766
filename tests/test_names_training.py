"""The script that learns how names without an office are told from other words."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from train import names as train_names


def write(path: Path, marked: bool) -> Path:
    rows = []
    for name in ("张建国", "王丽华", "李明辉"):
        text = f"{name}说,今年的收成比去年好。{name}走了很远的路。"
        starts = [at for at in range(len(text)) if text.startswith(name, at)]
        rows += [{"text": text, "people": [[at, at + 3] for at in starts] if marked else []}] * 3
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def weights(path: Path) -> dict[str, float]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [name for name, _ in rows] == sorted(name for name, _ in rows)
    return {name: float(value) for name, value in rows}


def test_what_is_marked_weighs_for_a_name_and_what_is_not_against_it(tmp_path: Path) -> None:
    found = []
    for marked in (True, False):
        source, out = write(tmp_path / "texts.jsonl", marked), tmp_path / f"evidence-{marked}.tsv"
        done = CliRunner().invoke(train_names.main, [str(source), "--out", str(out)])
        assert done.exit_code == 0, done.output
        found.append(weights(out))
    with_names, without = found
    assert with_names["chinese 3"] > 0 > without["chinese 3"]


def test_texts_without_anything_like_a_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "好", "people": []}\n', "utf-8")
    done = CliRunner().invoke(train_names.main, [str(path), "--out", str(tmp_path / "out.tsv")])
    assert done.exit_code == 1
    assert "nothing" in done.output
