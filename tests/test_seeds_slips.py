"""Slips in editions.yml: each is said at its own line, in an editor's words, and all of a file at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from banmian.seeds import SeedsError, read_seeds

EDITION = "editions:\n  - id: one\n    pages:\n      - file: a.txt\n"
ORDER = EDITION + "    order:\n"
REST = "        as: headline\n        reason: r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("# 标题一行\n\n正文第一段。\n\n正文第二段。\n", "utf-8")
    return tmp_path


def refusal(folder: Path, content: str) -> list[str]:
    """What is said of this editions.yml in English, a line each; each is said in Chinese before that."""
    (folder / "editions.yml").write_text(content, "utf-8")
    with pytest.raises(SeedsError) as raised:
        read_seeds(folder)
    said = [re.fullmatch(r"(editions\.yml.*?: )(.*) · (.*)", line) for line in str(raised.value).splitlines()]
    assert all(line and re.search("[一-鿿]", line[2]) for line in said)
    return [f"{line[1]}{line[3]}" for line in said if line]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (
            "      - file: a.txt\n        line: 标题\n        as:headline\n        reason: r\n",
            "line 8: no blank after the colon of 'as'. Write 'as: '",
        ),
        (
            "      - file:a.txt\n        line: 标题\n" + REST,
            "line 6: no blank after the colon of 'file'. Write 'file: '",
        ),
        ("      -file: a.txt\n        line: 标题\n" + REST, "line 6: no blank after the hyphen. Write '- file: '"),
        (
            "      - file: a.txt\n       line: 标题\n" + REST,
            "line 7: a wrong indent: the keys of one entry begin in one column, this one in column 8, that of line 6 "
            "in column 9. Put them below each other",
        ),
        (
            "      - file: a.txt\n        # why\n          line: 标题\n" + REST,
            "line 8: a wrong indent: the keys of one entry begin in one column, this one in column 11, that of line 6 "
            "in column 9. Put them below each other",
        ),
        (
            "      - file: a.txt\n        line: 标题: 一\n" + REST,
            "line 7: a text with ': ' in it. Put it into quotes: \"…\"",
        ),
        (
            '      - file: a.txt\n        line: "标题\n' + REST,
            "line 7: not YAML: a quotation mark that nothing closes. Write the second one",
        ),
        (
            "      - ｛file: a.txt, line: 标题, as: headline, reason: r｝\n",
            "line 6: a full-width bracket (｛). Write half-width ones: { } or [ ]",
        ),
        (
            "      - {file: a.txt, line: 标题, as: headline, reason: r｝\n    city: 杭州市\n",
            "line 6: a full-width bracket (｝). Write half-width ones: { } or [ ]",
        ),
        (
            "      - {file:a.txt, line: 标题, as: headline, reason: r}\n",
            "line 6: no blank after the colon of 'file'. Write 'file: '",
        ),
        (
            "      - file: a.txt\n        line: *标题\n" + REST,
            "line 7: not YAML: *, &, %, @ and ` are signs of YAML's own. Put text that begins with one into quotes: "
            '"…"',
        ),
        (
            "      - file: a.txt\n        line: %标题\n" + REST,
            "line 7: not YAML: *, &, %, @ and ` are signs of YAML's own. Put text that begins with one into quotes: "
            '"…"',
        ),
        (
            "      - {file: a.txt, line: 标题, as: headline, reason: r}\n---\n",
            "line 7: not YAML: '---' begins another document. Remove it",
        ),
        (
            "      - &one {file: a.txt, line: 标题, as: headline, reason: r}\n      - {<<: *one, line: 正文第一段}\n",
            "line 7: merging (<<) is not read. Write each entry out",
        ),
        (
            "      - {file: a.txt, line: 标题, as: headline,reason: 园,市民可以}\n",
            "line 6: the comma ends the value '园'. Text with a comma in { } needs quotes: \"园,市民可以\"",
        ),
    ],
)
def test_a_slip_is_said_at_its_line_and_nothing_of_the_parser_beside_it(folder: Path, order: str, said: str) -> None:
    assert refusal(folder, ORDER + order) == [f"editions.yml, {said}"]


def test_a_full_width_blank_is_said(folder: Path) -> None:
    said = refusal(folder, ORDER + "      - file: a.txt\n　　　　line: 标题\n" + REST)
    assert said[0] == "editions.yml, line 7: a full-width blank before a key. Write half-width blanks instead"


def test_all_malformed_entries_of_a_file_are_named(folder: Path) -> None:
    (folder / "b.txt").write_text("正文。\n", "utf-8")
    entries = [
        "      - {file: a.txt, line: 标题, as: headlin, reason: r}\n",
        "      - {file: a.txt, line: 正文第一段, as: body, reason: r}\n",
        "      - {file: a.txt, lin: 标题, as: headline, reason: r}\n",
        "    corrections:\n      - {file: a.txt, printed: 一, reason: r}\n",
        "    identities:\n      - {kind: people, names: [张伟], as: none, reason: r}\n",
        "  - id: two\n    pages:\n      - file: b.txt\n        number: 第2版\n",
    ]
    said = refusal(folder, ORDER + "".join(entries))
    assert [line.split(":")[0] for line in said] == [f"editions.yml, line {n}" for n in (6, 8, 10, 12, 16)]
    words = ("unknown 'headlin'", "unknown key 'lin'", "the key 'corrected'", "unknown kind 'people'", "write 2")
    assert [word for word, line in zip(words, said, strict=True) if word not in line] == []


def test_entries_about_other_files_are_all_named(folder: Path) -> None:
    entry = "      - {{file: {}.txt, line: 标题, as: headline, reason: r}}\n"
    said = refusal(folder, ORDER + entry.format("zzz") + entry.format("a") + entry.format("yyy"))
    assert [line.partition(" is no page")[0] for line in said] == [
        "editions.yml, line 6: 'zzz.txt'",
        "editions.yml, line 8: 'yyy.txt'",
    ]


def test_entries_that_nobody_completed_are_counted_with_their_lines(folder: Path) -> None:
    links = "".join(
        f"      - file: a.txt\n        after: 标题{n}\n        before: 正文\n        as:  # join\n        reason: r\n"
        for n in range(3)
    )
    heading = "      - file: a.txt\n        line: 标题\n        as:\n        reason: r\n"
    first, second = refusal(folder, ORDER + links + heading)
    assert first.startswith("editions.yml, lines 9, 14, 19 (3 times): 'as' is empty. Fill in what you decided: join")
    assert second.startswith("editions.yml, line 23: 'as' is empty. Fill in what you decided: begins")


def test_entries_that_stand_among_the_editions_are_told_where_they_belong(folder: Path) -> None:
    entry = "  - file: a.txt\n    line: 标题\n    as:\n    reason: r\n"
    who = "  - kind: person\n    names: [张伟]\n    as:\n    reason: r\n"
    assert refusal(folder, EDITION + entry + entry + who) == [
        "editions.yml, lines 5, 9 (2 times): an entry of 'order' among the editions. Put it under 'order:' of its "
        "edition (- id: …, pages: …)",
        "editions.yml, line 13: an entry of 'identities' among the editions. Put it under 'identities:' of its "
        "edition (- id: …, pages: …)",
    ]


def test_every_fault_of_an_entry_is_named_at_its_own_line(folder: Path) -> None:
    order = (
        "      - file: a.txt\n        line: 标题\n        nth: 第二\n        as: 主题\n        articles: 正文第一段\n"
    )
    correction = (
        "    corrections:\n      - file: a.txt\n        start: x\n        printed: 标题\n        corrected: 标题\n"
    )
    who = "    identities:\n      - {kind: persons, names: [张伟, 张伟], as: equal, key: a, reason: r}\n"
    said = [line.removeprefix("editions.yml, ") for line in refusal(folder, ORDER + order + correction + who)]
    assert [line[: line.index(":")] for line in said] == [
        f"line {n}" for n in (8, 9, 10, 12, 13, 15, 17, 17, 17, 17, 17)
    ]
    words = ["must be a whole number from 1", "Is headline meant?", "Is 'article' meant?", "needs the key 'reason'"]
    words += [
        "'start' must be",
        "are the same",
        "unknown kind",
        "each once",
        "unknown 'equal'",
        "with one name",
        "a number from 2",
    ]
    assert [word for word, line in zip(words, said, strict=True) if word not in line] == []


def test_every_syntax_error_is_named(folder: Path) -> None:
    entry = "      - file: a.txt\n        line: {}\n        as: headline\n        reason: r\n"
    order = entry.format("标题: 一") + entry.format('"标题') + entry.format("标题") + entry.format("@标题")
    said = [line.removeprefix("editions.yml, ") for line in refusal(folder, ORDER + order)]
    assert [line[: line.index(":")] for line in said] == ["line 7", "line 11", "line 19"]


def test_a_text_that_is_a_comment_is_told(folder: Path) -> None:
    said = refusal(folder, ORDER + "      - file: a.txt\n        line: # 标题\n" + REST)
    assert said[0].startswith("editions.yml, line 7: 'line' is empty: # begins a comment.")


def test_a_file_in_another_encoding_is_told_which(folder: Path) -> None:
    (folder / "editions.yml").write_bytes((EDITION + "    city: 江城市的植物园\n").encode("gb18030"))
    with pytest.raises(SeedsError, match="looks like GBK"):
        read_seeds(folder)


def test_a_mark_of_byte_order_and_other_line_ends_do_no_harm(folder: Path) -> None:
    text = "\ufeff" + (EDITION + "    city: 江城市\n").replace("\n", "\r\n")
    (folder / "editions.yml").write_bytes(text.encode("utf-8"))
    assert read_seeds(folder).editions[0].city == "江城市"
