"""What is no file that can be read, or changes while it is read: named, never waited for; other pages are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_input import GOOD
from banmian.pipeline import stamps
from banmian.seeds import SeedsError, contents, read_seeds
from seed_folders import folder_of

# What may stand in place of a file, and what is said of it.
NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "this is a folder"),
    "pipe": (os.mkfifo, "this is no regular file. Remove it"),
    "endless device": (lambda path: path.symlink_to("/dev/zero"), "this is no regular file"),
    "empty device": (lambda path: path.symlink_to("/dev/null"), "this is no regular file"),
    "loop": (lambda path: path.symlink_to(path.name), "can't be read (Too many levels of symbolic links)"),
    "link to nothing": (lambda path: path.symlink_to("nowhere"), "can't be read (No such file or directory)"),
}


@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("name", ["b.txt", "b.jsonl", "b.xml", "b.json", "editions.yml", "editions.csv", "keys.jsonl"])
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path, name: str, kind: str) -> None:
    make, words = NO_FILES[kind]
    folder_of(tmp_path, {"a.txt": GOOD})
    make(tmp_path / name)
    assert "a.txt" in stamps.facts(tmp_path)["seeds"]
    try:
        seeds = read_seeds(tmp_path)
    except SeedsError as error:
        assert name in ("editions.yml", "editions.csv", "keys.jsonl")
        problems = error.problems
    else:
        assert [edition.id for edition in seeds.editions] == ["a"]
        problems = seeds.problems
        if kind == "folder" and name in ("b.xml", "b.json"):
            # A folder may be called so: it is looked into.
            assert seeds.skipped == (name,)
            return
    (problem,) = problems
    assert problem.file == name
    assert words in problem.reason


def test_a_page_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(tmp_path, {"a.txt": GOOD, "b.txt": GOOD})
    opened = os.open

    def refuse(path: Path, *given: int) -> int:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *given)

    # Who runs this as root may read anything.
    monkeypatch.setattr(contents.os, "open", refuse)
    seeds = read_seeds(tmp_path)
    assert [edition.id for edition in seeds.editions] == ["a"]
    assert [str(problem).partition(" · ")[2] for problem in seeds.problems] == [
        "can't be read (Permission denied). Check the file and its permissions"
    ]


@pytest.mark.parametrize("change", [b"more", b""], ids=["grows", "shrinks"])
def test_a_page_that_changes_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes
) -> None:
    folder_of(tmp_path, {"a.txt": GOOD, "b.txt": GOOD})
    asked = os.fstat
    page = (tmp_path / "b.txt").stat().st_ino

    def fstat(handle: int) -> os.stat_result:
        before = asked(handle)
        if before.st_ino == page:
            (tmp_path / "b.txt").write_bytes(change)
        return before

    monkeypatch.setattr(contents.os, "fstat", fstat)
    seeds = read_seeds(tmp_path)
    assert [edition.id for edition in seeds.editions] == ["a"]
    assert [(problem.file, problem.remark.kind) for problem in seeds.problems] == [("b.txt", "changed_while_read")]
