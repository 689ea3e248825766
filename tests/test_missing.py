"""What is not there: stated in editions.yml and editions.csv, published, and shown on the page of the edition."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from banmian.seeds import SeedsError, read_seeds
from conftest import run_build
from published import Published
from seed_folders import folder_of

FILES = ("1998-02-04/1.txt", "1998-02-04/3.txt", "1998-02-05/1.txt", "1998-02-06/A1.txt", "1998-02-06/A2.txt")
RULE = """\
rules:
  - files: "{date}/{page}.txt"
    newspaper: 江城晚报
    pages_expected: 4
    missing:
      - {dates: 1998-02-01..1998-02-03, why: not printed, reason: 春节}
      - {dates: [1998-02-07], why: not held, reason: 馆藏缺}
"""
TEXT = "# 春天种什么\n\n本报讯(记者 张晓明)市民可以就近领取树苗,每户两株。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three issues and a rule, without editions of their own."""
    return folder_of(tmp_path / "seeds", {**dict.fromkeys(FILES, TEXT), "editions.yml": RULE})


def rows(folder: Path) -> list[tuple[object, ...]]:
    return [(m.date, m.edition, m.page, m.pages, m.kind, m.reason) for m in read_seeds(folder).missing]


def test_issues_and_pages_that_are_missing_are_told_and_the_others_counted(folder: Path) -> None:
    own = "editions:\n  - id: '1998-02-05'\n    missing: [{pages: 2-3, why: unreadable, reason: 水渍}]\n"
    (folder / "editions.yml").write_text(RULE + own, "utf-8")
    unprinted = [(f"1998-02-0{day}", None, None, None, "not printed", "春节") for day in (1, 2, 3)]
    assert rows(folder) == [
        *unprinted,
        ("1998-02-04", "1998-02-04", "2", 1, "unexplained", None),
        ("1998-02-04", "1998-02-04", "4", 1, "unexplained", None),
        ("1998-02-05", "1998-02-05", "2", 1, "unreadable", "水渍"),
        ("1998-02-05", "1998-02-05", "3", 1, "unreadable", "水渍"),
        ("1998-02-05", "1998-02-05", "4", 1, "unexplained", None),
        ("1998-02-06", "1998-02-06", None, 2, "unexplained", None),
        ("1998-02-07", None, None, None, "not held", "馆藏缺"),
    ]
    assert {missing.newspaper for missing in read_seeds(folder).missing} == {"江城晚报"}


@pytest.mark.parametrize(
    ("stated", "numbers"),
    [
        ("2", ["2"]),
        ("[2, 5-8]", ["2", "5", "6", "7", "8"]),
        ("'05'", ["5"]),
        ("A08-A11", ["A08", "A09", "A10", "A11"]),
        ("B1..B2", ["B1", "B2"]),
        ("B1-2", ["B1", "B2"]),
    ],
)
def test_pages_are_stated_as_numbers_and_ranges(folder: Path, stated: str, numbers: list[str]) -> None:
    own = f"editions:\n  - id: '1998-02-05'\n    missing: [{{pages: {stated}, why: not held, reason: r}}]\n"
    (folder / "editions.yml").write_text(RULE + own, "utf-8")
    assert [page for _, edition, page, _, kind, _ in rows(folder) if edition and kind == "not held"] == numbers


def test_the_table_tells_the_same(folder: Path) -> None:
    table = (
        "id,date,variant,pages_expected,missing,missing_pages,missing_reason\n"
        "1998-02-04,,,,not held,\"2,4\",撕去\n,1998-02-08,,,not printed,,停刊\n1998-02-06,,,2,,,\n"
    )  # fmt: skip
    (folder / "editions.csv").write_text(table, "utf-8")
    found = rows(folder)
    assert ("1998-02-04", "1998-02-04", "2", 1, "not held", "撕去") in found
    assert ("1998-02-04", "1998-02-04", "4", 1, "not held", "撕去") in found
    assert found[-1] == ("1998-02-08", None, None, None, "not printed", "停刊")
    assert read_seeds(folder).missing[-1].newspaper == "江城晚报"
    assert not [row for row in found if row[1] == "1998-02-06"]


@pytest.mark.parametrize(
    ("yaml", "table", "line", "words"),
    [
        ("{pages: 1, why: not held, reason: r}", "", 10, "page 1 is said to be missing, but '1998-02-05/1.txt' is it"),
        ("{pages: 8-5, why: not held, reason: r}", "", 10, "'8-5' is no page number. Write 3, 5-8"),
        ("{pages: A1-B2, why: not held, reason: r}", "", 10, "'A1-B2' is no page number"),
        ("{pages: 2, why: lost, reason: r}", "", 10, "unknown 'lost'. Known: not printed, not held, unreadable"),
        ("{pages: 2, why: not held}", "", 10, "needs the key 'reason'"),
        ("", "date,missing,missing_reason\n1998-02-05,not held,r\n", 2, "but the edition '1998-02-05' is there"),
        ("", "id,missing,missing_reason\n1998-02-05,not held,r\n", 2, "which issue is missing? State its date"),
        ("", "id,missing_pages\n1998-02-05,2\n", 2, "needs the key 'missing'"),
        ("", "id,pages_expected\n1998-02-05,0\n", 2, "'pages_expected' must be a whole number from 1"),
        ("", "id,issn\n1998-02-05,1234-5678\n", 2, "'1234-5678' is no ISSN"),
        ("", "id,cn\n1998-02-05,310062\n", 2, "'310062' is no CN number"),
    ],
)
def test_what_is_wrong_with_it_is_named(folder: Path, yaml: str, table: str, line: int, words: str) -> None:
    own = f"editions:\n  - id: '1998-02-05'\n    missing: [{yaml}]\n" if yaml else ""
    (folder / "editions.yml").write_text(RULE + own, "utf-8")
    if table:
        (folder / "editions.csv").write_text(table, "utf-8")
    with pytest.raises(SeedsError) as raised:
        read_seeds(folder)
    problem = raised.value.problems[0]
    assert (problem.file, problem.line) == ("editions.csv" if table else "editions.yml", line)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("{dates: 1998-02-05..1998-02-07, why: not held, reason: r}", 8),
        ("{dates: 1998-02-07..1998-02-06, why: not held, reason: r}", 8),
        ("{dates: 1998-02-30, why: not held, reason: r}", 8),
    ],
)
def test_issues_that_are_there_and_days_that_are_none_are_named(folder: Path, entry: str, line: int) -> None:
    (folder / "editions.yml").write_text(RULE + f"      - {entry}\n", "utf-8")
    with pytest.raises(SeedsError) as raised:
        read_seeds(folder)
    assert {(problem.file, problem.line) for problem in raised.value.problems} == {("editions.yml", line)}


def test_one_variant_of_a_day_may_be_missing_where_another_is_there(folder: Path) -> None:
    stated = "    variant: 晚版\n"
    missing = "      - {dates: 1998-02-05, variant: 早版, why: not held, reason: r}\n"
    (folder / "editions.yml").write_text(RULE + missing + stated, "utf-8")
    assert ("早版", "1998-02-05") in {(one.variant, one.date) for one in read_seeds(folder).missing}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The site over an edition that says all that can be said of it."""
    folder = tmp_path_factory.mktemp("missing")
    (folder / "seeds" / "1998-02-05").mkdir(parents=True)
    (folder / "seeds" / "1998-02-05" / "1.txt").write_text(TEXT, "utf-8")
    own = (
        "editions:\n  - id: '1998-02-05'\n    issn: 0317-8471\n    cn: CN 42-0062\n"
        "    issue: 第812期\n    variant: 海外版\n    holder: 江城图书馆\n"
        "    missing: [{pages: 2-3, why: unreadable, reason: 水渍}]\n"
    )
    (folder / "seeds" / "editions.yml").write_text(RULE + own, "utf-8")
    result = run_build(folder / "seeds", folder / "build")
    assert result.returncode == 0, result.stderr
    assert "1 page that is expected (of 1 editions) is neither there nor stated to be missing" in result.stdout
    published = Published(folder / "build" / "edition.db")
    yield published
    published.close()


def test_it_is_published(built: Published) -> None:
    connection: sqlite3.Connection = built.connection()
    (edition,) = connection.execute("SELECT issn, cn, issue, variant, holder, pages_expected FROM editions").fetchall()
    assert tuple(edition) == ("0317-8471", "CN 42-0062", "第812期", "海外版", "江城图书馆", 4)
    kinds = connection.execute("SELECT kind, count(*) FROM missing GROUP BY kind ORDER BY kind").fetchall()
    assert [tuple(row) for row in kinds] == [("not held", 1), ("not printed", 3), ("unexplained", 1), ("unreadable", 2)]


def test_the_page_of_the_edition_shows_it(built: Published) -> None:
    page = built.get("/edition/editions/1998-02-05").text
    page = page[page.index('id="content"') :]
    for shown in ("0317-8471", "CN 42-0062", "第812期", "海外版", "江城图书馆", "第2版: 无法辨读 · 水渍", "应有而不在"):
        assert shown in page, shown
    of_page = built.get("/edition/pages/1998-02-05-1").text
    assert "海外版" in of_page
    assert "/editions/1998-02-05" in of_page
