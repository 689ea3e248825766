"""keys.jsonl, the record of keys: read strictly, written whole, and only of what was published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from banmian.pipeline import keys
from conftest import run_build
from test_build import query
from test_keys import built, edit, former, write


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return write(tmp_path / "seeds")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds with their record."""
    seeds = write(tmp_path_factory.mktemp("recorded") / "seeds")
    built(seeds, seeds.parent / "build")
    return seeds


def test_a_change_in_the_record_makes_a_new_build(seeds: Path, tmp_path: Path) -> None:
    database = built(seeds, tmp_path / "build")
    edit(seeds / "keys.jsonl", '{"person": "周明"', '{"person": "周明明", "name": "周明"')
    assert "up to date" not in run_build(seeds, tmp_path / "build").stdout
    assert query(database, "SELECT address FROM people WHERE name = '周明'")[0][0].count("%E6%98%8E") == 2


@pytest.fixture
def locked(seeds: Path) -> Iterator[Path]:
    """The seeds in a folder in which nothing can be written, not even by root: the record's place is taken."""
    (seeds / f".keys.jsonl.{os.getpid()}").mkdir()
    return seeds


def test_where_the_record_cannot_be_written_the_build_says_so_and_is_right(locked: Path, tmp_path: Path) -> None:
    result = run_build(locked, tmp_path / "build")
    assert result.returncode == 0
    assert "keys.jsonl can't be written" in result.stderr
    assert not (locked / "keys.jsonl").exists()
    assert "up to date" in run_build(locked, tmp_path / "build").stdout


def test_a_build_that_is_not_published_writes_no_record_before_it_is(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "build")
    before = (seeds / "keys.jsonl").read_bytes()
    (seeds / "a.txt").write_text("# 张伟当选\n\n本报讯 市民周强说,张伟当选了。\n", "utf-8")
    (seeds / "s.txt").write_bytes(b"")
    assert run_build(seeds, tmp_path / "build").returncode == 1
    assert (seeds / "keys.jsonl").read_bytes() == before
    new = tmp_path / "build" / "edition.db.new"
    # What can't be read was not taken out.
    assert former(new, "article") == {"s-1-1": ("unread", [])}
    assert former(new, "organization")["北方大学"] == ("unread", [])
    new.replace(tmp_path / "build" / "edition.db")
    run_build(seeds, tmp_path / "build")
    record = (seeds / "keys.jsonl").read_text("utf-8")
    assert '"a-1-1"' in record
    assert '"s-1-1"' in record
    assert '"gone"' not in record
    assert "up to date" in run_build(seeds, tmp_path / "build").stdout


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: "<<<<<<< ours\n" + text, "keys.jsonl, line 1: 两人改过同一处"),
        (lambda text: text + text.splitlines()[2] + "\n", "stands in line 3 already"),
        (lambda text: text.replace('"characters"', '"letters"', 1), "unknown name 'letters'"),
        (lambda text: text.replace('"sample": "', '"sample": "!', 1), "'sample' can't be"),
        (lambda text: text.replace('{"article"', '{"artikel"', 1), "a line without a key"),
        (lambda text: text.replace('"file": "m1.txt", ', "", 1), "'file' is missing"),
        (lambda text: text + '{"person": "甲", "gone": "merged"}\n', "'to' of the key '甲'"),
        (lambda text: text + '{"person": "甲", "gone": "merged", "to": ["乙"]}\n', "the record does not have: 乙"),
        (lambda text: text + '{"person": "甲", "person": "乙"}\n', "'person' stands twice"),
        (lambda text: text + "甲\n", "not JSON at character 0"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused_with_its_line(
    recorded: Path, tmp_path: Path, spoil: Callable[[str], str], said: str
) -> None:
    seeds = shutil.copytree(recorded, tmp_path / "seeds")
    path = seeds / "keys.jsonl"
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 1
    assert "Nothing was built" in result.stderr
    assert said in result.stderr
    assert "keys.jsonl, line" in result.stderr


def test_a_record_that_changed_while_the_build_ran_is_left_as_it_is(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, path = keys.KeysOfBuild.add, seeds / "keys.jsonl"

    def add_while_somebody_writes(*arguments: object) -> None:
        path.write_text('{"person": "甲"}\n', "utf-8")
        add(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(keys.KeysOfBuild, "add", add_while_somebody_writes)
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0
    assert "changed while this was built" in result.stderr
    assert path.read_text("utf-8") == '{"person": "甲"}\n'
    monkeypatch.undo()
    assert "up to date" not in run_build(seeds, tmp_path / "build").stdout
    assert '"甲", "gone": "withdrawn"' in path.read_text("utf-8")
