"""`build.py names`: names in any text, as a tool of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, run_command

TEXTS = [
    {"id": 7, "text": "杭州市市长姚建平昨日会见记者。\n市教育局局长王芳介绍了情况。"},
    {"id": "\ud83d", "text": ""},
    {"id": "x", "text": "\ud83d\ude00今天天气很好。 "},
]


def run(folder: Path, *lines: str, hash_seed: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, whose strings have other hashes."""
    (folder / "texts.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "names", str(folder / "texts.jsonl")]
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1"},
    )


def test_each_text_gives_its_mentions_in_the_same_order(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, TEXTS)), "utf-8")
    result = run_command("names", tmp_path / "texts.jsonl", "--city", "杭州市")
    assert result.returncode == 0, result.stderr
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in records] == [7, "\ud83d", "x"]
    assert [records[1]["mentions"], records[2]["mentions"]] == [[], []]
    mentions = records[0]["mentions"]
    text = TEXTS[0]["text"]
    assert [text[mention["start"] : mention["end"]] for mention in mentions] == [m["surface"] for m in mentions]
    assert [(m["kind"], m["surface"], m["name"], m["type"], m["role"]) for m in mentions] == [
        ("person", "姚建平", "姚建平", None, "杭州市市长"),
        ("organization", "市教育局", "杭州市教育局", "government", None),
        ("person", "王芳", "王芳", None, "市教育局局长"),
    ]
    assert set(mentions[0]) == {"start", "end", "kind", "surface", "name", "type", "role", "part", "rule"}


def test_the_output_is_the_same_on_every_run(tmp_path: Path) -> None:
    outputs = {run(tmp_path, *map(json.dumps, TEXTS), hash_seed="1").stdout}
    # Strings have other hashes in this process.
    outputs.add(run_command("names", tmp_path / "texts.jsonl").stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [("{", "line 2: not JSON"), ('{"id": 1}', "line 2: expected"), ("[]", "line 2: expected")],
)
def test_a_line_that_is_no_text_is_named(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "texts.jsonl").write_text(f"{json.dumps(TEXTS[0])}\n{line}", "utf-8")
    result = run_command("names", tmp_path / "texts.jsonl")
    assert result.returncode == 1
    assert words in result.stderr
