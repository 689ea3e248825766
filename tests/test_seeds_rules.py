"""Rules and a table describe many editions: what they find, say and contradict."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.pipeline import stamps
from banmian.seeds import read_seeds
from seed_folders import RULE, faults, folder_of, only


def test_a_rule_describes_all_editions_of_its_files(tmp_path: Path) -> None:
    folder_of(tmp_path, ("1998-03-05/01.txt", "1998-03-05/02.txt", "19980306/1.txt", "1998-03-07.txt"))
    (tmp_path / "editions.yml").write_text(RULE, "utf-8")
    assert [(e.id, len(e.pages), e.date, e.newspaper, e.city) for e in read_seeds(tmp_path).editions] == [
        ("1998-03-05", 2, "1998-03-05", "江城晚报", "武汉市"),
        ("1998-03-06", 1, "1998-03-06", "江城晚报", "武汉市"),
        ("1998-03-07", 1, "1998-03-07", None, None),
    ]


@pytest.mark.parametrize(
    ("rule", "file", "expected"),
    [
        ("{files: '{date}/{page}.txt'}", "1998-03-05/01.txt", ("1998-03-05", "1998-03-05-1", "1998-03-05", "1")),
        (
            "{files: 'wb/{date}/{page}.txt'}",
            "wb/19980305/A1.txt",
            ("wb-1998-03-05", "wb-1998-03-05-A1", "1998-03-05", "A1"),
        ),
        (
            "{files: 'wb{date}{page}.txt', id: 'wb-{date}'}",
            "wb1998030501.txt",
            ("wb-1998-03-05", "wb-1998-03-05-1", "1998-03-05", "1"),
        ),
        (
            "{files: '{year}/{month}/{day}/*_{page}.txt'}",
            "1998/3/5/x_2.txt",
            ("1998-03-05", "1998-03-05-2", "1998-03-05", "2"),
        ),
        ("{files: '**/{date}.txt'}", "a/b/1998年3月5日.txt", ("1998-03-05", "1998-03-05-1", "1998-03-05", None)),
        (
            "{files: '{date}-{variant}/{page}.txt'}",
            "1998-03-05-早版/封面.txt",
            ("1998-03-05-早版", "1998-03-05-早版-封面", "1998-03-05", None),
        ),
        ("{files: '第{issue}期/{page}.txt', id: 'zk-{issue}'}", "第12期/3.txt", ("zk-12", "zk-12-3", None, "3")),
        (
            "{files: '{year}/{date}/{page}-{name}.txt'}",
            "1998/1998-03-05/1-要闻.txt",
            ("1998-03-05", "1998-03-05-1", "1998-03-05", "1"),
        ),
    ],
)
def test_what_placeholders_find(tmp_path: Path, rule: str, file: str, expected: tuple[str | None, ...]) -> None:
    folder_of(tmp_path, (file,))
    (tmp_path / "editions.yml").write_text(f"rules: [{rule}]\n", "utf-8")
    edition = only(tmp_path)
    (page,) = edition.pages
    assert (edition.id, page.id, edition.date, page.number) == expected
    assert page.name == ("要闻" if "{name}" in rule else None)


def test_an_edition_says_for_itself_what_a_rule_says_otherwise_and_need_not_list_its_pages(tmp_path: Path) -> None:
    folder_of(tmp_path, ("1998-03-05/01.txt", "1998-03-05/10.txt", "1998-03-05/2.txt", "1998-03-06/1.txt"))
    own = (
        "editions:\n  - id: '1998-03-05'\n    newspaper: 江城早报\n    pages: [{file: 1998-03-05/2.txt, name: 要闻}]\n"
    )
    correction = "    corrections: [{file: 1998-03-05/01.txt, printed: 文, corrected: 闻, reason: r}]\n"
    (tmp_path / "editions.yml").write_text(RULE + own + correction, "utf-8")
    first, second = read_seeds(tmp_path).editions
    assert (first.newspaper, first.city, first.date) == ("江城早报", "武汉市", "1998-03-05")
    assert [(page.number, page.name, len(page.corrections)) for page in first.pages] == [
        ("1", None, 1),
        ("2", "要闻", 0),
        ("10", None, 0),
    ]
    assert (second.newspaper, second.date) == ("江城晚报", "1998-03-06")


def test_a_basis_goes_with_what_it_is_the_basis_of(tmp_path: Path) -> None:
    folder_of(tmp_path, ("1998-03-05/1.txt", "1998-03-06/1.txt"))
    rule = RULE + "    newspaper_basis: 文件夹的名称\n    date_basis: 同上\n"
    own = "editions:\n  - {id: '1998-03-05', newspaper: 江城早报}\n  - {id: '1998-03-06', date_basis: 报头}\n"
    (tmp_path / "editions.yml").write_text(rule + own, "utf-8")
    assert [(e.newspaper, e.newspaper_basis, e.date, e.date_basis) for e in read_seeds(tmp_path).editions] == [
        ("江城早报", None, "1998-03-05", "同上"),
        ("江城晚报", "文件夹的名称", "1998-03-06", "报头"),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_of_the_table_are_of_an_id_of_files_or_of_a_date(tmp_path: Path, separator: str) -> None:
    folder_of(tmp_path, ("1998-03-05/1.txt", "1998-03-06/1.txt", "1998-03-07/1.txt", "lost/1.txt", "lost/2.txt"))
    (tmp_path / "editions.yml").write_text(RULE, "utf-8")
    rows = (
        *("id,files,date,note,newspaper,,", "1998-03-05,,,甲\u2028,", ",1998-03-06/{page}.txt,,乙,江城早报"),
        *(",,1998/3/7,丙,", "", "x,lost/*.txt,1998-3-8,丁,"),
    )
    table = "\ufeff" + "\r\n".join(row.replace(",", separator) for row in rows)
    (tmp_path / "editions.csv").write_text(table, "utf-8")
    assert [(e.id, e.date, e.note, e.newspaper) for e in read_seeds(tmp_path).editions] == [
        ("1998-03-05", "1998-03-05", "甲", "江城晚报"),
        ("1998-03-06", "1998-03-06", "乙", "江城早报"),
        ("1998-03-07", "1998-03-07", "丙", "江城晚报"),
        ("x", "1998-03-08", "丁", None),
    ]


def test_a_build_is_stale_once_the_table_or_a_page_in_a_folder_changes(tmp_path: Path) -> None:
    folder_of(tmp_path, {"1998-03-05/01.txt": "文。\n", "1998-03-05/02.json": "[]", "editions.csv": "id\n1998-03-05\n"})
    before = stamps.facts(tmp_path)
    for name in ("1998-03-05/01.txt", "1998-03-05/02.json", "editions.csv"):
        (tmp_path / name).write_text(f"{(tmp_path / name).read_text('utf-8')}\n", "utf-8")
        assert stamps.facts(tmp_path) != before, name
        before = stamps.facts(tmp_path)


@pytest.mark.parametrize(
    ("yaml", "table", "file", "line", "words"),
    [
        (
            RULE + "  - files: '{date}/0{page}.txt'\n",
            None,
            "editions.yml",
            5,
            "a rule in line 2 is of '1998-03-05/01.txt' too",
        ),
        ("rules: [{files: '{date}/{pgae}.txt'}]\n", None, "editions.yml", 1, "unknown {pgae}. Is {page} meant?"),
        ("rules: [{files: '{page}.txt'}]\n", None, "editions.yml", 1, "does not tell one edition from another"),
        (
            "rules: [{files: '{date/{page}.txt'}]\n",
            None,
            "editions.yml",
            1,
            "a bracket of '{date/{page}.txt' has no other half",
        ),
        (
            "rules: [{files: '{date}/{page}.txt', id: wb}]\n",
            None,
            "editions.yml",
            1,
            "'wb' would be the id of all editions",
        ),
        ("rules: [{files: 'x/{date}.txt'}]\n", None, "editions.yml", 1, "no file is like 'x/{date}.txt'"),
        (
            "rules: [{files: '{date}/{page}.txt', paper: 某报}]\n",
            None,
            "editions.yml",
            1,
            "unknown key 'paper' in a rule",
        ),
        ("editions: [{id: one}]\n", None, "editions.yml", 1, "the edition 'one' lists no pages, and no file is of it"),
        (
            "editions: [{id: '1998-03-05', order: [{file: x.txt, line: 题, as: body, reason: r}]}]\n",
            None,
            "editions.yml",
            1,
            "'x.txt' is no page of the edition '1998-03-05'",
        ),
        ("", "id,newpaper\n1998-03-05,某报\n", "editions.csv", 1, "unknown column 'newpaper'. Is 'newspaper' meant?"),
        ("", "id,id\n1998-03-05,1998-03-05\n", "editions.csv", 1, "the column 'id' stands twice"),
        ("", "id,note\n\n1998-03-05,甲,乙\n", "editions.csv", 3, "3 cells, but the header has 2"),
        ("", "id,date\n1998-03-05,1998-13-05\n", "editions.csv", 2, "'1998-13-05' is no date"),
        ("", "id,note\n1998-03-09,甲\n", "editions.csv", 2, "there is no edition '1998-03-09'"),
        ("", "files,note\n1998-03-09/1.txt,甲\n", "editions.csv", 2, "no file is like '1998-03-09/1.txt'"),
        (
            "",
            "files,note\n1998-03-05/*,甲\n1998-03-05/01.txt,乙\n",
            "editions.csv",
            3,
            "a row in line 2 is of '1998-03-05/01.txt' too",
        ),
        (
            "",
            "id,files,note\n1998-03-05,,甲\n,1998-03-05/*,乙\n",
            "editions.csv",
            3,
            "line 2 is about the edition '1998-03-05' too",
        ),
        ("", "id,files\na,*.txt\n", "editions.csv", 2, "Write the folder's name before it"),
        ("", "id,note\n,甲\n", "editions.csv", 2, "a row needs an id, files or a date"),
        ("", 'id,note\na,"甲\n', "editions.csv", None, "not CSV"),
        ("", "", "editions.csv", 1, "the file is empty"),
    ],
)
def test_contradictions_are_named_with_file_and_line(
    tmp_path: Path, yaml: str, table: str | None, file: str, line: int | None, words: str
) -> None:
    folder_of(tmp_path, ("1998-03-05/01.txt",))
    (tmp_path / "editions.yml").write_text(yaml, "utf-8")
    if table is not None:
        (tmp_path / "editions.csv").write_text(table, "utf-8")
    found = faults(tmp_path)
    assert [(where, at) for where, at, _ in found] == [(file, line)] * len(found)
    assert words in found[-1][2]


@pytest.mark.parametrize(
    ("rule", "path", "words"),
    [
        ("{date}/{page}.txt", "1998-02-30/1.txt", "'1998-02-30' in the path is no date. Rename"),
        ("{date}/{date}-{page}.txt", "1998-03-05/19980306-1.txt", "the path says two things: 1998-03-05, 1998-03-06"),
        ("{year}/{date}/{page}.txt", "1997/1998-03-05/1.txt", "the path says two things: 1998-03-05, year 1997"),
    ],
)
def test_a_path_that_says_no_date_or_two_is_left_out_and_named(
    tmp_path: Path, rule: str, path: str, words: str
) -> None:
    folder_of(tmp_path, (path, "other.txt"))
    (tmp_path / "editions.yml").write_text(f"rules:\n  - files: '{rule}'\n", "utf-8")
    ((file, line, reason),) = faults(tmp_path)
    assert (file, line) == (path, None)
    assert words in reason
    assert "(editions.yml, line 2)" in reason
    assert [edition.id for edition in read_seeds(tmp_path).editions] == ["other"]


def test_a_date_that_two_papers_have_needs_an_id(tmp_path: Path) -> None:
    folder_of(tmp_path, ("a/1998-03-05/1.txt", "b/1998-03-05/1.txt"))
    (tmp_path / "editions.csv").write_text("date,note\n1998-03-05,甲\n", "utf-8")
    words = "several editions are of '1998-03-05': a-1998-03-05, b-1998-03-05. State the id"
    assert faults(tmp_path) == [("editions.csv", 2, words)]


def test_pages_of_one_edition_with_several_dates_are_named_unless_it_has_its_own(tmp_path: Path) -> None:
    folder_of(tmp_path, ("1998-03-05/1.txt", "1998-03-06/2.txt"))
    own = "editions:\n  - id: one\n    pages: [{file: 1998-03-05/1.txt}, {file: 1998-03-06/2.txt}]\n"
    (tmp_path / "editions.yml").write_text(RULE + own, "utf-8")
    assert faults(tmp_path) == [
        ("editions.yml", 6, "the paths of 'one' have several dates: 1998-03-05, 1998-03-06. State the date")
    ]
    (tmp_path / "editions.yml").write_text(RULE + own + "    date: 1998-03-05\n", "utf-8")
    assert (only(tmp_path).date, faults(tmp_path)) == ("1998-03-05", [])


def test_articles_that_are_apart_get_what_a_rule_says(tmp_path: Path) -> None:
    folder_of(
        tmp_path,
        {"tv/a.jsonl": '{"body": "文。", "date": "1998-03-05"}\n', "tv/1998-03-06.jsonl": '{"body": "文。"}\n'},
    )
    (tmp_path / "editions.yml").write_text("rules: [{files: 'tv/*.jsonl', newspaper: 某台}]\n", "utf-8")
    assert [(e.id, e.date, e.newspaper) for e in read_seeds(tmp_path).editions] == [
        ("tv-1998-03-06", "1998-03-06", "某台"),
        ("tv-a-1998-03-05", "1998-03-05", "某台"),
    ]
