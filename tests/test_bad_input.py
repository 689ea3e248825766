"""Bad pages: a named error with what to do, or the text as it is; other pages are built, what was published stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from bad_input import GOOD, LEFT_OUT, TAKEN
from conftest import run_build
from seed_folders import folder_of


@dataclass(frozen=True)
class Result:
    """What a build said, and the database that it made."""

    code: int
    said: str
    database: Path


def texts(database: Path) -> dict[str, str]:
    """Of each page file its text, as the spans of the database spell it."""
    sql = "SELECT source_file, text FROM source_spans JOIN pages ON pages.id = page_id ORDER BY page_id, start"
    found: dict[str, str] = {}
    with closing(sqlite3.connect(database)) as connection:
        for file, text in connection.execute(sql):
            found[file] = found.get(file, "") + text
    return found


@pytest.fixture(scope="module")
def left_out(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Everything that can't be read in one folder, beside a good page, where another database is published."""
    folder = tmp_path_factory.mktemp("left_out")
    seeds = folder_of(folder / "seeds", {"a.txt": GOOD})
    assert run_build(seeds, folder / "build").returncode == 0
    published = (folder / "build" / "edition.db").read_bytes()
    folder_of(seeds, {name: content for name, content, _, _ in LEFT_OUT})
    result = run_build(seeds, folder / "build")
    assert (folder / "build" / "edition.db").read_bytes() == published
    return Result(result.returncode, result.stderr, folder / "build" / "edition.db.new")


def test_what_cannot_be_read_costs_no_other_page(left_out: Result) -> None:
    assert left_out.code == 1
    assert texts(left_out.database) == {"a.txt": GOOD}
    assert "Traceback" not in left_out.said


@pytest.mark.parametrize(("name", "line", "words"), [(n, line, words) for n, _, line, words in LEFT_OUT])
def test_what_cannot_be_read_is_named(left_out: Result, name: str | bytes, line: int | None, words: str) -> None:
    folder = name.split(b"/")[0] if isinstance(name, bytes) else name
    shown = folder.decode("utf-8", "backslashreplace") if isinstance(folder, bytes) else folder
    shown = shown.replace("\n", "\\n").replace("\x1b", "\\x1b")
    place = f"{shown}: " if line is None else f"{shown}, line {line}: "
    (said,) = [one for one in left_out.said.splitlines() if one.startswith(f"  {place}")]
    assert words in said
    chinese, _, english = said.removeprefix(f"  {place}").partition(" · ")
    assert chinese
    assert english


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("taken")
    result = run_build(folder_of(folder / "seeds", TAKEN), folder / "build")
    return Result(result.returncode, result.stderr, folder / "build" / "edition.db")


def test_what_can_be_read_is_published_to_the_character(taken: Result) -> None:
    assert (taken.code, taken.said) == (0, "")
    found = texts(taken.database)
    # The pages of a file of articles are its lines, in several.
    assert sorted(found.pop("articles.jsonl")) == sorted(TAKEN["articles.jsonl"])
    assert found == {name: text for name, text in TAKEN.items() if name != "articles.jsonl"}
