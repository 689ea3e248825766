"""A name that an editor corrected: how it was printed is said wherever it stands, counted, and found."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import lxml.html
import pytest
from conftest import site_of
from published import Published

# One name is cut by a column: its second character stands below another article.
PAGE = """# 王方调研临江

本报讯(记者 王方)市长张伟昨天在临江市教肓局调研。他指出,要把工作做好。局长李x国强出席。教肓局副局长周文
# 新桥通车

本报讯 市政府昨天宣布新桥通车。
兵介绍了情况。
"""
PRINTED = [
    ("王方", "王芳"),
    ("王方", "王芳"),
    ("教肓局", "教育局"),
    ("李x国强", "李国强"),
    ("教肓局", "教育局"),
    ("兵", "彬"),
]


def editions() -> str:
    entries, at = [], 0
    for printed, corrected in PRINTED:
        at = PAGE.index(printed, at)
        entry = f"{{file: day.txt, start: {at}, printed: {printed}, corrected: {corrected}, reason: 误识}}"
        entries.append(f"      - {entry}\n")
        at += len(printed)
    return (
        "editions:\n  - id: day\n    newspaper: 临江晚报\n    date: 1998-03-05\n"
        "    pages: [{file: day.txt, number: '2'}]\n"
        f"    corrections:\n{''.join(entries)}"
        "    order:\n      - {file: day.txt, after: 副局长周文, before: 兵介绍了情况, as: join, reason: 跨栏}\n"
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("corrected")
    with site_of(folder, {"editions.yml": editions(), "day.txt": PAGE}) as published:
        yield published


def text(site: Published, path: str) -> str:
    return " ".join(lxml.html.fromstring(site.get(path).text).text_content().split())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/people/王芳", "照印作 王方"),
        ("/people/周文彬", "照印作 周文兵"),
        ("/organizations/临江市教育局", "照印作 临江市教肓局、教肓局"),
        ("/organizations/临江市教育局", "教育局副局长周文彬介绍了情况。正文 · 照印作 教肓局"),
        ("/people/李国强?_lang=en", "as printed before the correction: 李x国强"),
        ("/mentions/day-2/49-53", "照印作 李x国强"),
        ("/articles/day-2-1", "李国强 局长 照印作 李x国强"),
        ("/articles/day-2-1.gbt7714.txt", "王芳 照印作“王方”"),
        ("/mentions/day-2/49-53.csl.json", "李国强 照印作“李x国强”"),
        ("/people/王芳.bib", "王芳 照印作“王方”"),
        ("/organizations/临江市教育局.ris", "N1  - 教育局 照印作“教肓局”"),
        ("/-/search?q=周文兵", "周文彬(即“周文兵”):1 篇"),
        ("/-/search?q=教肓局", "临江市教育局(即“教肓局”)"),
        ("/-/search?q=王方", "人物与机构 王芳 王方 · 2 次"),
    ],
)
def test_a_page_and_a_citation_say_how_a_name_was_printed_and_a_search_knows_it(
    small: Published, path: str, said: str
) -> None:
    assert said in (small.get(path).text if "." in path else text(small, path))


def test_what_was_not_corrected_is_not_said_to_be(small: Published) -> None:
    assert "照印作" not in text(small, "/people/张伟")
    assert "照印作" not in small.get("/mentions/day-2/22-24.bib").text
    assert "李x国强" not in small.get("/articles/day-2-1.bib").text


def test_short_names_are_counted_as_they_were_printed(small: Published) -> None:
    rows = small.get("/edition/aliases_and_full_names.json?_shape=array").json()
    assert {row["printed_as"]: row["times"] for row in rows} == {
        "王方": 2,
        "教育局": 1,
        "临江市教肓局": 1,
        "李x国强": 1,
        "教肓局": 1,
        "周文兵": 1,
    }


@pytest.mark.parametrize(
    ("query", "column", "first", "found"),
    [
        ("people_listed", "person", "李", ["李国强"]),
        ("people_listed", "person", "兵", []),
        ("organizations_listed", "name", "教", ["临江市教育局"]),
        ("organizations_listed", "name", "临", ["临江市教育局"]),
    ],
)
def test_a_list_finds_who_was_printed_so(
    small: Published, query: str, column: str, first: str, found: list[str]
) -> None:
    rows = small.get(f"/edition/{query}.json?_shape=array&first={quote(first)}").json()
    assert [row[column] for row in rows] == found
