"""Files about pages that are wrong: named with file, line and what to do; what was published stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_input import EDITION, GOOD, STOPS
from banmian.pipeline import stamps
from banmian.seeds import SeedsError, read_seeds
from conftest import run_build
from seed_folders import folder_of


@pytest.mark.parametrize(("file", "content", "words"), STOPS, ids=[f"{n} {one[0]}" for n, one in enumerate(STOPS)])
def test_what_is_wrong_with_a_file_about_pages_is_named(
    tmp_path: Path, file: str, content: str | bytes, words: str
) -> None:
    folder_of(tmp_path, {"a.txt": GOOD, file: content})
    with pytest.raises(SeedsError, match=rf"{file}(?s:.)*{words}"):
        read_seeds(tmp_path)
    assert stamps.facts(tmp_path)["seeds"].keys() == {"a.txt", file}


def test_a_file_about_pages_that_is_wrong_leaves_what_was_published(tmp_path: Path) -> None:
    seeds, build = folder_of(tmp_path / "seeds", {"a.txt": GOOD}), tmp_path / "build"
    assert run_build(seeds, build).returncode == 0
    published = (build / "edition.db").read_bytes()
    for file in ("editions.yml", "editions.csv", "keys.jsonl"):
        before = (seeds / file).read_bytes() if (seeds / file).exists() else None
        (seeds / file).write_bytes(b"[" * 100_000 if before else b"\xff")
        result = run_build(seeds, build)
        assert result.returncode == 1
        assert result.stderr.startswith(f"Nothing was built, what was published stays.\n{file}, line 1: ")
        assert (build / "edition.db").read_bytes() == published
        (seeds / file).unlink()


@pytest.mark.parametrize("text", ["\ufeff" + EDITION, EDITION.replace("\n", "\r"), EDITION.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_a_file_about_pages_are_taken_in_stride(tmp_path: Path, text: str) -> None:
    folder_of(tmp_path, {"a.txt": GOOD, "editions.yml": text, "keys.jsonl": '\ufeff{"person": "x"}\r\n'})
    assert [edition.id for edition in read_seeds(tmp_path).editions] == ["one"]


@pytest.mark.parametrize(("day", "is_said"), [("2098-01-01", True), ("2024-01-01", False)])
def test_a_day_that_has_not_come_is_asked_about(tmp_path: Path, day: str, is_said: bool) -> None:
    stated = {"a.txt": GOOD, "editions.yml": EDITION + f"    date: {day}\n"}
    result = run_build(folder_of(tmp_path / "seeds", stated), tmp_path / "build")
    assert result.returncode == 0
    assert ("the day of an edition has not come yet (one). Is it right?" in result.stdout) is is_said
