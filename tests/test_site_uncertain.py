"""What is uncertain is marked where it stands, and only that."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import fuzzing
import pytest
import uncertain_page
from banmian.records import Piece, Remark
from banmian.site.annotate import Mark, annotate
from banmian.site.unsure import in_words, or_else, unsure_marks
from banmian.words.remarks import as_json, chinese
from markupsafe import escape
from published import Published
from uncertain_page import LINES, PAGE_ID

SIGN = re.compile(r'<a class="why unsure" href="([^"]*)" title="([^"]*)" aria-label="([^"]*)" data-sign="([^"]*)"></a>')
QUERY = f"/edition/uncertain_readings?page={PAGE_ID}"


@pytest.fixture(scope="module")
def uncertain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    published = Published(uncertain_page.write_database(tmp_path_factory.mktemp("uncertain")))
    yield published
    published.close()


@pytest.fixture(scope="module")
def certain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    published = Published(uncertain_page.write_database(tmp_path_factory.mktemp("certain"), certain=True))
    yield published
    published.close()


def signs(page: str) -> list[tuple[str, str, str]]:
    """Each sign, with what stands before and after it."""
    return [
        (match[4], re.sub("<.*?>", "", page[: match.start()])[-4:], re.sub("<.*?>", "", page[match.end() :])[:4])
        for match in SIGN.finditer(page)
    ]


def test_a_sign_stands_at_each_uncertain_place(uncertain_site: Published) -> None:
    # Before the second paragraph stands the line number of the first.
    join, move = ("接?", LINES[1][-4:], LINES[3][:4]), ("段?", "7", LINES[5][:4])
    heading = ("题?", LINES[2][-4:], "")
    found = signs(uncertain_site.get("/edition/articles/1").text)
    assert [(sign, before.strip(), after.strip()) for sign, before, after in found] == [join, move]
    found = signs(uncertain_site.get("/edition/articles/2").text)
    assert [(sign, before.strip(), after.strip()) for sign, before, after in found] == [heading]
    for path in ("/", f"/edition/pages/{PAGE_ID}"):
        assert [sign for sign, _, _ in signs(uncertain_site.get(path).text)] == ["接?", "段?", "题?"]


def test_a_sign_says_what_is_uncertain_and_leads_to_why(uncertain_site: Published) -> None:
    for article in (1, 2):
        page = uncertain_site.get(f"/edition/articles/{article}").text
        for href, title, label, _ in SIGN.findall(page):
            assert title == label
            assert re.search(r"没有把握\(把握\d\d%\)$", title)
            path, _, anchor = href.partition("#")
            assert path == f"/articles/{PAGE_ID}-{article}"
            row = page[page.index(f'id="{anchor}"') :]
            assert re.search(r"词典里的|两段都有|有标题的标记", row[: row.index("</dd>")])
    assert f"接到第9行:{LINES[4][:10]}" in uncertain_site.get("/edition/articles/1").text


def test_the_page_counts_and_lists_them(uncertain_site: Published) -> None:
    page = uncertain_site.get(f"/edition/pages/{PAGE_ID}").text
    assert f'<a href="{QUERY}">拼版有3处没有把握</a>' in page
    assert QUERY in uncertain_site.get("/edition/articles/2").text
    rows = uncertain_site.get(QUERY.replace("?", ".json?_shape=array&")).json()
    assert [(row["kind"], row["confidence"]) for row in rows] == [
        ("paragraph", 0.6),
        ("join", 0.8),
        ("headline", 0.9),
    ]
    assert all(row["entry"].startswith("# order\n- file: ") for row in rows)
    (first,) = uncertain_site.get(f"{QUERY.replace('?', '.json?_shape=array&')}&limit=1").json()
    assert first == rows[0]


def test_warnings_of_a_page_are_shown(uncertain_site: Published) -> None:
    said = escape(chinese(uncertain_page.WARNING))
    for path in (f"/edition/pages/{PAGE_ID}", "/edition/warnings", "/edition/warnings/1"):
        assert said in uncertain_site.get(path).text, path


def test_what_is_certain_is_not_marked(certain_site: Published) -> None:
    for path in ("/", f"/edition/pages/{PAGE_ID}", "/edition/articles/1", "/edition/articles/2"):
        page = certain_site.get(path)
        assert page.status_code == 200
        assert "unsure" not in page.text
    rows = certain_site.get(QUERY.replace("?", ".json?_shape=array&")).json()
    assert [(row["kind"], row["published_as"]) for row in rows] == [
        (kind, "有把握 · certain") for kind in ("paragraph", "join", "headline", "headline")
    ]


def point(at: int) -> Mark:
    return Mark(at, at, "unsure", "t", "#u", "接?")


A = '<a class="why unsure" href="#u" title="t" aria-label="t" data-sign="接?"></a>'
NAME = '<a class="name person" href="/p" title="n">{}</a>'


@pytest.mark.parametrize(
    ("start", "points", "expected"),
    [
        (0, [0], f"{A}省{NAME}说"),
        (0, [1], f"省{A}{NAME}说"),
        (0, [2], f"省{NAME}{A}说"),
        (0, [3], f"省{NAME}{A}说"),
        (0, [4], f"省{NAME}说{A}"),
        (0, [0, 2], f"{A}省{NAME}{A}说"),
        (0, [5], f"省{NAME}说"),
        (1, [0], f"省{NAME}说"),
    ],
)
def test_a_place_inside_a_name_is_marked_after_it(start: int, points: list[int], expected: str) -> None:
    name = Mark(start + 1, start + 3, "person", "n", "/p")
    assert annotate("省李明说", start, [name], [point(at) for at in points]) == expected.replace("{}", "李明")


def test_a_place_inside_a_corrected_text_is_marked_after_it() -> None:
    correction = Mark(1, 3, "correction", "c")
    expected = f'甲<span class="correction" title="c">乙丙</span>{A}丁'
    assert annotate("甲乙丙丁", 0, [], [correction, point(2)]) == expected


@pytest.mark.parametrize(
    ("kind", "start", "other", "field", "at"),
    [
        ("join", 14, 30, "body", 4),
        ("paragraph", 14, 40, "body", 11),
        ("headline", 0, None, "headline", 6),
        ("headline", 50, None, "headline", 9),
        ("crosshead", 30, None, "body", 10),
    ],
)
def test_where_a_sign_stands(kind: str, start: int, other: int | None, field: str, at: int) -> None:
    headline = [Piece(0, 3, 0, 3), Piece(3, 4, 3, 5), Piece(4, 6, 5, 7), Piece(7, 9, 50, 52)]
    body = [Piece(0, 4, 10, 14), Piece(4, 10, 30, 36), Piece(11, 15, 40, 44)]
    row = {"kind": kind, "start": start, "other_start": other, "confidence": 0.5}
    marks = unsure_marks([row], {"headline": headline, "body": body}, "/a")
    assert {name: [(mark.start, mark.end) for mark in found] for name, found in marks.items()} == {field: [(at, at)]}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("join", None, None, None), None),
        (("join", "end", None, None), "the article ends here"),
        (("join", "paragraph", 9, "夜间"), "a new paragraph at line 9: 夜间"),
        (("headline", "kicker", 9, "夜间"), "kicker instead of headline"),
        (("headline", "headline", 9, "夜间"), "headline of the article that begins at line 9: 夜间"),
        (("headline", "headline", None, None), "headline of no article on the page"),
        (("headline", "nonsense", None, None), "nonsense instead of headline"),
    ],
)
def test_how_else_a_place_could_be_read(row: tuple[str, str | None, int | None, str | None], expected: str) -> None:
    found = or_else(*row)
    assert (found and found.partition(" · ")[2]) == expected


@pytest.mark.parametrize(
    "text",
    [None, "", "x", "{}", "[]", "[1]", '"ruled"', '[{"kind": "nonsense"}]', '[{"kind": "word_across"}]', "[" * 9999,
     '[{"kind": ["ruled"]}]', '{"kind": "ruled"}'],
)  # fmt: skip
def test_what_is_no_evidence_comes_back_as_it_is(uncertain_site: Published, text: str | None) -> None:
    assert in_words(text) == text
    (said,) = uncertain_site.connection().execute("SELECT in_words(?)", [text]).fetchone()
    assert said == text


def test_evidence_is_said_in_both_languages_and_on_a_page_in_its_own(uncertain_site: Published) -> None:
    evidence = as_json([Remark("ruled"), Remark("shared_by_body", {"words": ["公交", "线路"]})])
    assert in_words(evidence) == (
        "编者如此裁定(seeds/editions.yml的order);此行和正文都有“公交”、“线路” · "
        "an editor decided so (seeds/editions.yml, order); the line and the body hold 公交, 线路"
    )
    said = str(escape(chinese(uncertain_page.JOIN.evidence[0])))
    for path in ("/edition/readings", QUERY, f"/edition/how_paragraphs_were_joined?article={PAGE_ID}-1"):
        assert said in uncertain_site.get(path).text, path


def test_a_warning_is_said_in_words_where_the_columns_that_it_needs_are_shown(uncertain_site: Published) -> None:
    words, raw = (
        str(escape(text)) for text in (chinese(uncertain_page.WARNING), as_json(uncertain_page.WARNING.values))
    )
    for path, shown in (
        ("", words),
        ("?_nocol=page_id", words),
        ("?_col=details", raw),
        ("?_nocol=kind", raw),
        ("?_nocol=line", raw),
    ):
        page = uncertain_site.get(f"/edition/warnings{path}").text
        assert shown in page, path
        assert (words in page) == (shown == words), path


BOTH = ["_col", "_nocol"]


@pytest.mark.check
@pytest.mark.parametrize(
    ("name", "ways"),
    [("site", ["_col"]), ("uncertain_site", ["_nocol"])]
    if fuzzing.TIMES == 1
    else [("site", BOTH), ("uncertain_site", BOTH)],
)
def test_each_column_can_be_shown_alone_and_left_out(
    name: str, ways: list[str], request: pytest.FixtureRequest
) -> None:
    published = request.getfixturevalue(name)
    # What only the search reads is no page of the site.
    tables = "SELECT name FROM pragma_table_list WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'"
    # In an ordinary run every third column, from another one on each time.
    asked, every = 0, 3 if fuzzing.TIMES == 1 else 1
    turn = itertools.count(int(request.config.option.hypothesis_seed or 0))
    connection = published.connection()
    for (table,) in connection.execute(tables).fetchall():
        if published.get(f"/edition/{table}").status_code == 403:
            continue
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        for _, column, *_, is_key in columns:
            # Datasette shows keys always.
            if next(turn) % every:
                continue
            for way in ways if not is_key else ["_col"]:
                path = f"/edition/{table}?_size=2&_nofacet=1&{way}={column}"
                assert published.get(path).status_code == 200, path
                asked += 1
    assert asked > 100 / every


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "提醒: 按 编号 升序"),
        ("?_sort_desc=line", "提醒: 按 行 降序"),
        (
            "?kind=opens&line__isnull=1&details__contains=<b>",
            "提醒: 内容 含有 &lt;b&gt;: 种类 = opens: 行 为空: 按 编号 升序",
        ),
    ],
)
def test_the_title_of_a_table_says_what_was_chosen(uncertain_site: Published, path: str, title: str) -> None:
    page = uncertain_site.get(f"/edition/warnings{path}").text
    assert re.search("<title>(.*?)</title>", page, re.DOTALL)[1].strip() == title
