"""An archive is read once: what did not change is kept, several processes read, and whatever happens loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import fuzzing
import pytest
from conftest import build_command, run_command
from test_build import digest, query

DAYS = range(1, 9)
PRINTED_TWICE = "一切都好。老城墙下的旧书市昨天重新开张,摊主把书摊摆到河边,孩子坐在台阶上看连环画,老人在树下挑旧报纸。"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Eight editions: seven of a page, and a file of two articles that came apart."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for day in DAYS:
        text = f"# 第{day}条线路开通\n\n本报讯 市交通局局长王建国昨天说,第{day}条线路开通三天,乘客很多。\n"
        (folder / f"{'abcdefgh'[day - 1]}.txt").write_text(text, "utf-8")
    articles = [
        {"date": f"2020-01-0{n}", "headline": f"新闻{n}", "body": f"市长李明说,{PRINTED_TWICE}"} for n in (1, 2)
    ]
    (folder / "z.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return folder


def build(
    seeds: Path, folder: Path, jobs: int | None = None, opinion: str | None = None
) -> tuple[subprocess.CompletedProcess[str], str]:
    """A build of `seeds` in `folder`, and the digest of what then lies there; in this process unless `jobs` is told."""
    environment = {"OPINIONS": str(seeds.parent), "PYTHONPATH": str(Path(__file__).parent)}
    options = ["--second-opinion", f"archive_opinions:{opinion}"] if opinion else []
    if jobs is None:
        result = run_command("build", "--seeds", seeds, "--build", folder, "--jobs", 1, *options, env=environment)
    else:
        command = [*build_command(seeds, folder), "--jobs", str(jobs), *options]
        result = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)
    return result, digest(folder / "edition.db") if (folder / "edition.db").exists() else ""


def built(seeds: Path, folder: Path, jobs: int | None = None, opinion: str | None = None) -> str:
    """The digest of what a build that succeeds publishes."""
    result, found = build(seeds, folder, jobs, opinion)
    assert result.returncode == 0, result.stderr
    return found


def records(folder: Path) -> dict[str, bytes]:
    kept = folder / ".cache" / "read"
    return {str(path.relative_to(kept)): path.read_bytes() for path in kept.glob("*/*")}


@pytest.mark.parametrize("jobs", [3] if fuzzing.TIMES == 1 else [2, 3, 5, 8])
def test_any_number_of_processes_gives_the_same_bytes(seeds: Path, tmp_path: Path, jobs: int) -> None:
    assert built(seeds, tmp_path / "one") == built(seeds, tmp_path / "several", jobs)


def change_a_page(seeds: Path) -> None:
    page = seeds / "c.txt"
    page.write_text(page.read_text("utf-8").replace("三天", "五天"), "utf-8")


def add_a_page(seeds: Path) -> None:
    (seeds / "0.txt").write_text("# 早报今天创刊\n\n本报讯 早报社社长陈立说,今天创刊。\n", "utf-8")


def remove_a_page(seeds: Path) -> None:
    (seeds / "d.txt").unlink()


def say_a_city(seeds: Path) -> None:
    (seeds / "editions.yml").write_text("editions:\n- id: e\n  city: 杭州市\n  pages:\n  - file: e.txt\n", "utf-8")


def change_an_article(seeds: Path) -> None:
    articles = seeds / "z.jsonl"
    articles.write_text(articles.read_text("utf-8").replace("2020-01-02", "2020-01-03"), "utf-8")


def change_a_reprint(seeds: Path) -> None:
    articles = seeds / "z.jsonl"
    first, second = articles.read_text("utf-8").splitlines(keepends=True)
    articles.write_text(first + second.replace(json.dumps("河边")[1:-1], json.dumps("街边")[1:-1]), "utf-8")


@pytest.mark.parametrize(
    ("change", "editions_read"),
    [
        *((change_a_page, 1), (add_a_page, 1), (remove_a_page, 0), (say_a_city, 1), (change_an_article, 1)),
        (change_a_reprint, 1),
    ],
)
def test_what_did_not_change_is_not_read_again_and_the_bytes_are_those_of_a_whole_build(
    seeds: Path, tmp_path: Path, change, editions_read: int
) -> None:
    built(seeds, tmp_path / "build")
    before = records(tmp_path / "build")
    change(seeds)
    assert built(seeds, tmp_path / "build") == built(seeds, tmp_path / "whole")
    added = set(records(tmp_path / "build")) - set(before)
    of_pages = 1 if change in (change_a_page, add_a_page) else 0
    assert len(added) == editions_read + of_pages


def test_what_is_no_longer_needed_is_not_kept(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "build")
    for change in (change_a_page, remove_a_page):
        change(seeds)
        built(seeds, tmp_path / "build")
    built(seeds, tmp_path / "whole")
    assert records(tmp_path / "build").keys() == records(tmp_path / "whole").keys()


@pytest.mark.parametrize("damage", [lambda content: b"", lambda content: content[:-5], lambda content: content + b"x"])
def test_a_damaged_record_is_made_anew(seeds: Path, tmp_path: Path, damage) -> None:
    folder = tmp_path / "build"
    whole = built(seeds, folder)
    before = records(folder)
    for name, content in before.items():
        (folder / ".cache" / "read" / name).write_bytes(damage(content))
    (folder / "edition.db").unlink()
    assert built(seeds, folder) == whole
    assert records(folder) == before


def test_an_editor_s_answer_reads_its_edition_anew(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "build")
    (seeds / "editions.yml").write_text(
        "editions:\n- id: a\n  pages:\n  - file: a.txt\n  identities:\n"
        "  - {kind: person, names: [王建国], as: none, reason: 一试}\n",
        "utf-8",
    )
    result, found = build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    assert found == built(seeds, tmp_path / "whole")


def test_a_process_that_dies_is_replaced_and_nothing_is_lost(seeds: Path, tmp_path: Path) -> None:
    for day in "cf":
        (seeds / f"{day}.txt").write_text(f"# 一则新闻{day}\n\n本报讯 王建国说,死亡人数没有增加。\n", "utf-8")
    built(seeds, tmp_path / "whole")
    build_info = (
        "SELECT name, value FROM build_info WHERE name NOT LIKE 'second opinion%' AND name <> 'installed sha256'"
    )
    built(seeds, tmp_path / "build", 2, opinion="die_once")
    assert (tmp_path / "died").exists()
    assert query(tmp_path / "build" / "edition.db", build_info) == query(tmp_path / "whole" / "edition.db", build_info)


def test_processes_that_keep_dying_are_told_of_and_what_was_published_stays(seeds: Path, tmp_path: Path) -> None:
    before = built(seeds, tmp_path / "build")
    (seeds / "c.txt").write_text("# 又一则新闻\n\n本报讯 王建国说,死亡人数没有增加。\n", "utf-8")
    result, after = build(seeds, tmp_path / "build", 2, opinion="die")
    assert result.returncode == 1
    assert "Nothing was built, what was published stays" in result.stderr
    assert "the last time at edition c" in result.stderr
    assert "JOBS=1" in result.stderr
    assert after == before


def test_a_file_that_changes_while_it_is_read_is_read_again_next_time(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "build", opinion="write")
    result, _ = build(seeds, tmp_path / "build", opinion="write")
    assert "up to date" not in result.stdout
    assert query(
        tmp_path / "build" / "edition.db", "SELECT body LIKE '%五天%' FROM articles WHERE page_id = 'b-1'"
    ) == [(1,)]
    assert "up to date" in build(seeds, tmp_path / "build", opinion="write")[0].stdout


@pytest.mark.parametrize("name", ["video.mp4", "scan.pdf", ".hidden"])
def test_files_that_are_no_pages_are_not_read(seeds: Path, tmp_path: Path, name: str) -> None:
    # Who opens a pipe that nobody writes waits forever.
    os.mkfifo(seeds / name)
    built(seeds, tmp_path / "build")
    assert "up to date" in build(seeds, tmp_path / "build")[0].stdout


def test_where_no_stamp_can_be_written_the_build_says_so_and_is_right(seeds: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    whole = built(seeds, tmp_path / "whole")
    (folder / "edition.stamp").mkdir(parents=True)
    result, found = build(seeds, folder)
    assert (result.returncode, found) == (0, whole)
    assert "Nothing was built" not in result.stderr
    assert "the next build will be a whole one" in result.stderr
