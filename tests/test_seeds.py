"""Reading a folder of seeds: what is wrong is said with file, line, text and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from banmian.records import Correction
from banmian.seeds import SeedsError, read_seeds

PAGE = "# 标题一行\n\n正文第一段 and 第二句。\n\n正文第二段。\n"
EDITION = "editions:\n  - id: one\n    pages:\n      - file: a.txt\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "the file is empty"),
        (b" \r\n\xe3\x80\x80\n", 1, "nothing but white space"),
        ("好\n坏".encode() + b"\xff\n", 2, "not UTF-8 at byte 7 (0xff)"),
        ("上海市的报纸版面文字".encode("gbk"), 1, "looks like GBK"),
        ("上海市的報紙版面文字".encode("big5"), 1, "looks like GBK or Big5"),
        ("上海".encode("utf-16"), 1, "UTF-16"),
        ("上海市的报纸版面文字。\n".encode("utf-16-be"), 1, "looks like UTF-16 without a mark"),
        ("ab\n".encode("utf-16-le"), 1, "looks like UTF-16 without a mark"),
        ("一\n二\0三".encode(), 2, "a NUL character at offset 3"),
        (b"\xe4\xb8\x80" * 7_000_000, None, "21,000,000 bytes, more than 20,000,000"),
    ],
)
def test_a_page_that_cannot_be_read_is_a_problem_and_the_others_are_read(
    folder: Path, content: bytes, line: int | None, words: str
) -> None:
    (folder / "b.txt").write_bytes(content)
    seeds = read_seeds(folder)
    assert [edition.id for edition in seeds.editions] == ["a"]
    (problem,) = seeds.problems
    assert (problem.file, problem.line) == ("b.txt", line)
    assert words in problem.reason


def test_a_folder_or_a_dangling_link_in_place_of_a_page_is_a_problem(folder: Path) -> None:
    (folder / "b.txt").mkdir()
    (folder / "c.txt").symlink_to(folder / "nowhere")
    assert [(p.file, p.reason.split(".")[0]) for p in read_seeds(folder).problems] == [
        ("b.txt", "this is a folder, not a page"),
        ("c.txt", "can't be read (No such file or directory)"),
    ]


def test_other_files_are_named_and_skipped(folder: Path) -> None:
    for known in ("README.md", "editions.schema.json"):
        (folder / known).write_text("for people", "utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF")
    (folder / "notes").mkdir()
    assert read_seeds(folder).skipped == ("notes", "scan.pdf")


@pytest.mark.parametrize("make", [False, True])
def test_no_folder_and_no_page_are_errors(tmp_path: Path, make: bool) -> None:
    if make:
        (tmp_path / "seeds").mkdir()
    with pytest.raises(SeedsError, match="no page here" if make else "no such folder"):
        read_seeds(tmp_path / "seeds")


@pytest.mark.parametrize(
    "text",
    ["\ufeff# 题\n\n文。\n", "# 题\r\n\r\n文。\r\n", "# 题  \n\n文。 \n", "无题。"],
    ids=["BOM", "CRLF", "trailing", "no end"],
)
def test_what_is_taken_in_stride_is_kept_to_the_character(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read_seeds(tmp_path).editions[0].pages[0].text == text


def test_a_page_that_no_edition_lists_is_an_edition_of_its_own_with_nothing_invented(folder: Path) -> None:
    (edition,) = read_seeds(folder).editions
    assert edition.id == "a"
    assert (edition.newspaper, edition.date, edition.city, edition.language, edition.rights) == (None,) * 5


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [
        ("editions: [\n", 2, "not YAML"),
        ("edition: []\n", 1, "unknown key 'edition' in the file. Is 'editions' meant?"),
        (EDITION + "    newpaper: 某报\n", 5, "unknown key 'newpaper' in an edition"),
        (EDITION + "        page: 1\n", 5, "unknown key 'page' in a page"),
        ("editions:\n  - [a]: b\n", 2, "unknown key"),
        (EDITION + "    id: two\n", 5, "the key 'id' stands twice"),
        (EDITION + "    date: 2023-02-29\n", 5, "'2023-02-29' is no date"),
        (EDITION + "    date: 29.2.2024\n", 5, "Write YYYY-MM-DD"),
        (EDITION + "    date_earliest: 2024-03-02\n    date_latest: 2024-03-01\n", 5, "is after date_latest"),
        (EDITION + "  - id: one\n    pages: [{file: b.txt}]\n", 5, "two editions have the id 'one'"),
        (EDITION + "  - id: two\n    pages: [{file: a.txt}]\n", 6, "the page 'a.txt' is listed twice"),
        (EDITION.replace("one", "b") + "\n", 2, "two editions have the id 'b'"),
        ("editions:\n  - pages: [{file: a.txt}]\n", 2, "needs the key 'id'"),
        (EDITION.replace("one", "a/b"), 2, "'id': 'a/b' must be one word without '/'"),
        (
            EDITION + "    corrections: [{file: a.txt, start: x, printed: 正, corrected: 政, reason: r}]\n",
            5,
            "whole number",
        ),
        (
            EDITION + "    corrections: [{file: a.txt, start: 1, printed: 正, corrected: 政}]\n",
            5,
            "needs the key 'reason'",
        ),
        (
            EDITION + "    corrections: [{file: b.txt, printed: 正, corrected: 政, reason: r}]\n",
            5,
            "is no page of the edition",
        ),
        (
            EDITION + "    doubts: [{file: a.txt, printed: 标题, reason: r, status: maybe}]\n",
            5,
            "unknown status 'maybe'",
        ),
    ],
)
def test_what_is_wrong_in_editions_yml_stops_the_build(folder: Path, yaml: str, line: int, words: str) -> None:
    (folder / "b.txt").write_text(PAGE, "utf-8")
    (folder / "editions.yml").write_text(yaml, "utf-8")
    with pytest.raises(SeedsError) as raised:
        read_seeds(folder)
    (problem,) = raised.value.problems
    assert words in problem.reason
    assert (problem.file, problem.line) == ("editions.yml", line)


@pytest.mark.parametrize(
    ("curated", "words"),
    [
        (
            "start: 5, printed: and",
            "expected 'and' at offset 5 of a.txt, found '行\\n\\n'. It stands at 14: correct `start`",
        ),
        (
            "start: 14, printed: adn",
            "expected 'adn' at offset 14 of a.txt, found 'and'. It stands nowhere in the file: state it as printed; "
            "line 3 has 'and'",
        ),
        (
            "start: 9999, printed: and",
            "expected 'and' at offset 9999 of a.txt, found ''. It stands at 14: correct `start`",
        ),
        ("printed: 正文", "'正文' is not at one place only in a.txt. It stands at 8, 24: state `start`"),
    ],
)
@pytest.mark.parametrize("kind", ["corrections", "doubts"])
def test_a_correction_or_doubt_is_guarded_by_the_text_that_it_expects(
    folder: Path, kind: str, curated: str, words: str
) -> None:
    rest = "corrected: 和, reason: r" if kind == "corrections" else "reason: r"
    (folder / "b.txt").write_text(PAGE, "utf-8")
    (folder / "editions.yml").write_text(f"{EDITION}    {kind}: [{{file: a.txt, {curated}, {rest}}}]\n", "utf-8")
    seeds = read_seeds(folder)
    assert [edition.id for edition in seeds.editions] == ["b"]
    assert [(p.file, p.line, p.reason) for p in seeds.problems] == [("editions.yml", 5, words)]


@pytest.mark.parametrize("start", ["start: 13, ", ""])
def test_a_correction_takes_its_only_place_where_no_start_is_given(folder: Path, start: str) -> None:
    curated = f"{{file: a.txt, {start}printed: ' and ', corrected: 和, reason: OCR}}"
    (folder / "editions.yml").write_text(f"{EDITION}    corrections: [{curated}]\n", "utf-8")
    page = read_seeds(folder).editions[0].pages[0]
    assert page.corrections == (Correction(13, 18, " and ", "和", "OCR"),)


def test_corrections_that_overlap_are_a_problem(folder: Path) -> None:
    one = "{file: a.txt, start: 13, printed: ' and ', corrected: 和, reason: r}"
    other = "{file: a.txt, start: 14, printed: and, corrected: 与, reason: r}"
    (folder / "editions.yml").write_text(f"{EDITION}    corrections: [{one}, {other}]\n", "utf-8")
    (problem,) = read_seeds(folder).problems
    assert str(problem) == (
        "a.txt, line 3: 两条改正在第14个字符处重叠。请合为一条 · two corrections overlap at offset 14. Make them one"
    )


def test_two_doubts_at_one_place_are_a_problem(folder: Path) -> None:
    doubt = "{file: a.txt, start: 13, printed: ' and ', reason: r}"
    (folder / "editions.yml").write_text(f"{EDITION}    doubts: [{doubt}, {doubt}]\n", "utf-8")
    (problem,) = read_seeds(folder).problems
    assert (problem.file, problem.line, problem.reason) == ("a.txt", 3, "two doubts begin at offset 13. Make them one")


def test_a_pipe_in_place_of_a_page_is_a_problem(folder: Path) -> None:
    os.mkfifo(folder / "b.txt")
    (problem,) = read_seeds(folder).problems
    assert str(problem) == "b.txt: 这不是普通文件。请移走 · this is no regular file. Remove it"


def test_hidden_files_are_no_pages(folder: Path) -> None:
    (folder / ".b.txt").write_text(PAGE, "utf-8")
    seeds = read_seeds(folder)
    assert (len(seeds.editions), seeds.skipped) == (1, (".b.txt",))


def test_a_listed_page_that_is_missing_is_a_problem(folder: Path) -> None:
    (folder / "editions.yml").write_text(EDITION.replace("a.txt", "gone.txt"), "utf-8")
    seeds = read_seeds(folder)
    assert [edition.id for edition in seeds.editions] == ["a"]
    assert [(p.file, p.line) for p in seeds.problems] == [("editions.yml", 4)]
    assert "'gone.txt' is not in the folder" in seeds.problems[0].reason


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (
            "editions:\n  - id： one\n    pages: [{file: a.txt}]\n",
            2,
            "full-width colon (：) after 'id'. Write a half",
        ),
        (
            EDITION + "    corrections:\n      - {file: a.txt, printed：甲}\n",
            6,
            "full-width colon (：) after",
        ),
        ("editions:\n\t- id: one\n", 2, "a tab before or after a key. Write blanks instead"),
        (EDITION + "    city:\t杭州：市\n    note: “x”\n\tpages: 1\n", 7, "a tab before or after a key"),
        (EDITION + "    order:\n      - {file: a.txt，line: 标题}\n", 6, "a full-width comma (，) in { } or [ ]"),
        (
            EDITION + "    order:\n      - {file: a.txt, line: 标题, reason: r, as: “headline”}\n",
            6,
            "the marks of “headline”",
        ),
        (
            EDITION + "    identities:\n      - {kind: person, names: [张伟，李丽], as: same, reason: r}\n",
            6,
            "a full-width comma (，) in the name '张伟，李丽'",
        ),
    ],
)
def test_slips_of_a_chinese_keyboard_are_said(folder: Path, content: str, line: int, words: str) -> None:
    (folder / "editions.yml").write_text(content, "utf-8")
    with pytest.raises(SeedsError) as raised:
        read_seeds(folder)
    assert any(problem.line == line and words in problem.reason for problem in raised.value.problems), raised.value


def test_full_width_signs_in_a_file_that_can_be_read_are_text(folder: Path) -> None:
    (folder / "editions.yml").write_text(EDITION + "    note: “甲”：乙，丙\n", "utf-8")
    assert read_seeds(folder).editions[0].note == "“甲”：乙，丙"


@pytest.mark.parametrize("name", ["Editions.yaml", "editions.yaml", "EDITIONS.YML"])
def test_a_file_of_almost_the_right_name_is_asked_about(folder: Path, name: str) -> None:
    (folder / name).write_text(EDITION, "utf-8")
    with pytest.raises(
        SeedsError, match=rf"{name}: .* · not read: .* stands in editions\.yml\. Rename it, or remove it"
    ):
        read_seeds(folder)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("正文第一断", "State it as printed; line 3 has '正文第一段'"),
        ("第二句，", "State it as printed; line 3 has '第二句。'"),
        ("完全不同的文字", "stands nowhere in a.txt. State it as printed"),
    ],
)
def test_a_text_that_stands_nowhere_is_said_with_the_nearest(folder: Path, printed: str, words: str) -> None:
    correction = f"{{file: a.txt, printed: '{printed}', corrected: 某, reason: r}}"
    (folder / "editions.yml").write_text(EDITION + f"    corrections: [{correction}]\n", "utf-8")
    (problem,) = read_seeds(folder).problems
    assert problem.reason.endswith(words)


def test_a_wrong_name_of_a_file_is_said_with_the_nearest(folder: Path) -> None:
    (folder / "editions.yml").write_text(EDITION.replace("a.txt", "ab.txt"), "utf-8")
    (problem,) = read_seeds(folder).problems
    assert problem.reason == "the page 'ab.txt' is not in the folder. Is 'a.txt' meant?"
    (folder / "editions.yml").write_text(EDITION.replace("id: one", "id: a").replace("a.txt", "ab.txt"), "utf-8")
    with pytest.raises(SeedsError, match=r"line 4: .* · the page 'ab\.txt' is not in the folder\. Is 'a\.txt' meant\?"):
        read_seeds(folder)
    order = "    order:\n      - {line: 标题, file: aa.txt, as: headline, reason: r}\n"
    (folder / "editions.yml").write_text(EDITION + order, "utf-8")
    with pytest.raises(
        SeedsError, match=r"line 6: .* · 'aa\.txt' is no page of the edition 'one'\. Is 'a\.txt' meant\?"
    ):
        read_seeds(folder)


def test_two_editions_of_one_id_are_named_with_both_files(folder: Path) -> None:
    (folder / "b.txt").write_text(PAGE, "utf-8")
    (folder / "editions.yml").write_text(EDITION.replace("id: one", "id: b"), "utf-8")
    with pytest.raises(SeedsError, match=r"two editions have the id 'b', those of 'b\.txt' and 'a\.txt'"):
        read_seeds(folder)
    again = EDITION.removeprefix("editions:\n").replace("a.txt", "b.txt")
    (folder / "editions.yml").write_text(EDITION + again, "utf-8")
    with pytest.raises(SeedsError, match=r"two editions have the id 'one', those of 'a\.txt' and 'b\.txt'"):
        read_seeds(folder)


@pytest.mark.parametrize("name", ["editions.yml.txt", "Editions.txt", "edition.yaml.txt"])
def test_a_file_of_editions_that_is_named_like_a_page_is_asked_about_and_not_published(folder: Path, name: str) -> None:
    (folder / name).write_text(EDITION, "utf-8")
    with pytest.raises(
        SeedsError, match=rf"{name}: .* · not read: .* stands in editions\.yml\. Rename it.* another name"
    ):
        read_seeds(folder)


def test_an_earliest_and_latest_day_that_are_one_are_the_date(folder: Path) -> None:
    days = "    date_earliest: 2026-03-12\n    date_latest: 2026-03-12\n    date_basis: r\n"
    (folder / "editions.yml").write_text(EDITION + days, "utf-8")
    (edition,) = read_seeds(folder).editions
    assert (edition.date, edition.date_earliest, edition.date_latest) == ("2026-03-12", None, None)
    assert edition.date_basis == "r"


@pytest.mark.parametrize(
    ("number", "words"),
    [("第2版", "write 2, not '第2版'"), ("第１２版", "write 12, not"), ("头版", "write A4, not '头版'")],
)
def test_a_number_with_words_around_it_is_asked_about(folder: Path, number: str, words: str) -> None:
    (folder / "editions.yml").write_text(EDITION + f"        number: {number}\n", "utf-8")
    with pytest.raises(SeedsError, match=r"editions\.yml, line 5: .* · 'number' is part of the keys") as raised:
        read_seeds(folder)
    assert words in str(raised.value)


def test_a_number_with_a_letter_is_one(folder: Path) -> None:
    (folder / "editions.yml").write_text(EDITION + "        number: A4\n", "utf-8")
    assert read_seeds(folder).editions[0].pages[0].id == "one-A4"
