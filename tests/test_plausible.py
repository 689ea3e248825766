"""What is far from usual in a newspaper is warned of, in the database and at the end of the build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import run_build, run_command
from seed_folders import folder_of
from test_build import digest, query

# The usual edition: ten articles with somebody in each.
USUAL = [(f"第{n}条线路开通", f"市交通局局长王建国昨天说,第{n}条线路开通三天,乘客很多。") for n in range(10)]
NOBODY = [(f"第{n}条线路开通", f"昨天起,第{n}条线路开通三天,乘客很多,车站里摆着鲜花和桌椅。") for n in range(10)]
MANY = [(f"{headline}{n}", body) for n in range(10) for headline, body in USUAL]
DAYS = 13


def archive(folder: Path, odd: list[tuple[str, str]], days: int = DAYS) -> Path:
    """An archive of editions of which the last one is `odd`, (headline, body) of each article."""
    days_of = {f"2020-01-{day:02}.jsonl": USUAL for day in range(1, days)} | {"2020-02-01.jsonl": odd}
    lines = {
        name: "".join(
            json.dumps({"date": name.removesuffix(".jsonl"), "headline": headline, "body": body}) + "\n"
            for headline, body in articles
        )
        for name, articles in days_of.items()
    }
    return folder_of(folder / "seeds", lines)


@pytest.fixture(scope="module")
def read_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build leaves behind that read the usual editions."""
    folder = tmp_path_factory.mktemp("usual")
    assert run_build(archive(folder, USUAL), folder / "build").returncode == 0
    return folder / "build"


@pytest.mark.parametrize(
    ("odd", "days", "kinds"),
    [
        (USUAL, DAYS, []),
        (USUAL[:2], DAYS, []),
        (USUAL[:1], DAYS, ["edition_few_articles", "page_few_characters"]),
        (MANY, DAYS, ["edition_many_articles", "page_many_characters"]),
        (NOBODY, DAYS, ["page_without_people"]),
        # Of few editions nothing is usual.
        (USUAL[:1], 5, []),
    ],
)  # fmt: skip
def test_what_is_far_from_usual_is_a_warning_and_is_built(
    tmp_path: Path, read_before: Path, odd: list[tuple[str, str]], days: int, kinds: list[str]
) -> None:
    shutil.copytree(read_before / ".cache", tmp_path / "build" / ".cache")
    result = run_build(archive(tmp_path, odd, days), tmp_path / "build")
    assert result.returncode == 0, result.stderr
    found = query(
        tmp_path / "build" / "edition.db", "SELECT kind, page_id LIKE '2020-02-01%' FROM warnings ORDER BY id"
    )
    assert found == [(kind, 1) for kind in kinds]
    assert result.stdout.count("Note: ") == len(kinds)


def test_where_editions_are_of_any_size_none_is_unusual(tmp_path: Path) -> None:
    seeds = archive(tmp_path, USUAL)
    for day in range(1, 5):
        file = seeds / f"2020-01-{day:02}.jsonl"
        file.write_text(file.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    assert run_build(seeds, tmp_path / "build").returncode == 0
    assert query(tmp_path / "build" / "edition.db", "SELECT count(*) FROM warnings WHERE kind LIKE '%_few_%'") == [(0,)]


def test_strict_publishes_nothing_that_is_far_from_usual(tmp_path: Path) -> None:
    seeds, build = archive(tmp_path, USUAL), tmp_path / "build"
    run_build(seeds, build)
    before = digest(build / "edition.db")
    archive(tmp_path, USUAL[:1])
    result = run_command("build", "--seeds", seeds, "--build", build, "--strict")
    assert result.returncode == 1
    assert "Nothing was built, what was published stays." in result.stderr
    assert "the edition has only one article, 10 are usual" in result.stderr
    assert digest(build / "edition.db") == before
    assert run_build(seeds, build).returncode == 0
