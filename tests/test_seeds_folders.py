"""An archive in folders: plain dates in paths make editions, what is no page is named and not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from banmian.seeds import SeedsError, read_seeds
from seed_folders import RULE, faults, folder_of, only, pages


@pytest.mark.parametrize(
    ("files", "edition", "date", "numbers"),
    [
        (("1998-03-05/10.txt", "1998-03-05/02.txt"), "1998-03-05", "1998-03-05", ["2", "10"]),
        (("1998-03-05-01.txt", "1998-03-05-02.txt"), "1998-03-05", "1998-03-05", ["1", "2"]),
        (("19980305.txt",), "1998-03-05", "1998-03-05", [None]),
        (("1998年3月5日/第1版.txt", "1998年3月5日/第12版.txt"), "1998-03-05", "1998-03-05", ["1", "12"]),
        (("1998/03/05/A01.txt", "1998/03/05/B01.txt"), "1998-03-05", "1998-03-05", ["A01", "B01"]),
        (("1998/1998-03/19980305_p1.txt",), "1998-03-05", "1998-03-05", ["1"]),
        (("晚报/1998-03-05/19980305-03.txt",), "晚报-1998-03-05", "1998-03-05", ["3"]),
        (("wb_1998.03.05_4.txt",), "wb-1998-03-05", "1998-03-05", ["4"]),
        (("1998-03-05/晚报/01.txt",), "1998-03-05-晚报", "1998-03-05", ["1"]),
        (("1998-03-05/头版.txt",), "1998-03-05", "1998-03-05", [None]),
        (("1998-03-05-晚报.txt",), "1998-03-05-晚报", "1998-03-05", [None]),
        (("8a1998030512.txt",), "8a1998030512", None, [None]),
        (("x19980305.txt",), "x19980305", None, [None]),
        (("1998-03-05/1998-03-06.txt",), "1998-03-05-1998-03-06", None, [None]),
        (("scans/01.txt",), "scans-01", None, [None]),
        (("12345678.txt",), "12345678", None, [None]),
    ],
)
def test_files_with_one_plain_date_are_the_pages_of_an_issue(
    tmp_path: Path, files: tuple[str, ...], edition: str, date: str | None, numbers: list[str | None]
) -> None:
    found = only(folder_of(tmp_path, files))
    assert (found.id, found.date, [page.number for page in found.pages]) == (edition, date, numbers)


def test_what_is_inferred_says_from_what(tmp_path: Path) -> None:
    edition = only(folder_of(tmp_path, ("1998-03-05/01.txt",)))
    said = "据源文件的路径1998-03-05/01.txt · the path of the source file 1998-03-05/01.txt"
    assert (edition.date_basis, edition.pages[0].number_basis) == (said, said)
    assert edition.pages[0].id == "1998-03-05-1"


def test_papers_in_several_folders_are_several_editions(tmp_path: Path) -> None:
    folder_of(tmp_path, ("a/1998-03-05/1.txt", "b/1998-03-05/1.txt", "1998-03-05/报头.txt", "1998-03-05/2.txt"))
    assert pages(tmp_path) == {
        "1998-03-05": [
            ("1998-03-05-2", "2", "1998-03-05/2.txt"),
            ("1998-03-05-报头", None, "1998-03-05/报头.txt"),
        ],
        "a-1998-03-05": [("a-1998-03-05-1", "1", "a/1998-03-05/1.txt")],
        "b-1998-03-05": [("b-1998-03-05-1", "1", "b/1998-03-05/1.txt")],
    }


def test_what_looks_like_a_date_and_is_none_is_said(tmp_path: Path) -> None:
    (page,) = only(folder_of(tmp_path, ("1998-02-30/01.txt",))).pages
    assert [(remark.kind, remark.values["text"]) for remark in page.stale] == [("path_has_no_date", "1998-02-30")]


def test_hidden_folders_and_links_that_loop_are_named_and_not_read(tmp_path: Path) -> None:
    seeds = folder_of(
        tmp_path / "seeds", ("1998-03-05/01.txt", ".git/01.txt", "1998-03-06/scan.tif", "notes/README.md")
    )
    (seeds / "1998-03-05" / "up").symlink_to(seeds, target_is_directory=True)
    (seeds / "latest").symlink_to(seeds / "1998-03-05", target_is_directory=True)
    other = folder_of(tmp_path / "other", ("01.txt",))
    (seeds / "1998-03-07").symlink_to(other, target_is_directory=True)
    (seeds / "empty").mkdir()
    (seeds / ".DS_Store").write_bytes(b"")
    found = read_seeds(seeds)
    assert [edition.id for edition in found.editions] == ["1998-03-05", "1998-03-07"]
    assert found.skipped == (
        *(".DS_Store", ".git", "1998-03-05/up", "1998-03-06/scan.tif"),
        *("empty", "latest"),
    )


def test_files_that_are_no_pages_are_not_opened(tmp_path: Path) -> None:
    folder_of(tmp_path, ("1998-03-05/01.txt",))
    os.mkfifo(tmp_path / "1998-03-05" / "film.mp4")
    assert read_seeds(tmp_path).skipped == ("1998-03-05/film.mp4",)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (("1998-03-05/01.txt", "1998-03-05-01.txt"), "two editions have the id '1998-03-05'"),
        (("1998-03-05/01.txt", "1998-03-05/1.txt"), "two pages have the id '1998-03-05-1'"),
        (("a/b.txt", "a-b.txt"), "two editions have the id 'a-b'"),
        (("a.jsonl", "a.txt"), "two editions have the id 'a'"),
    ],
)
def test_two_files_that_would_get_one_id_are_named(tmp_path: Path, files: tuple[str, ...], words: str) -> None:
    article = '{"headline": "题", "body": "文。"}\n'
    folder_of(tmp_path, dict.fromkeys(files, article))
    ((file, _, reason),) = faults(tmp_path)
    assert file == "editions.yml"
    assert words in reason
    assert all(name in reason for name in files)


def test_what_is_said_in_a_folder_of_the_folder_is_asked_about(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a/01.txt": "文。\n", "a/editions.yml": RULE})
    with pytest.raises(SeedsError, match=r"a/editions\.yml: .* stands in SEEDS itself"):
        read_seeds(tmp_path)
