"""An article that several editions print: where it was printed first, what differs, and curves that count it once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from banmian.site.printings import beside
from conftest import site_of
from published import Published

STORY = (
    "临江市市长王建国昨天为图书馆的新馆揭幕。临江市文化局局长李志强说,新馆有三层阅览室,读者可以带着孩子在窗边看书,也可以借走喜欢的旧报纸。"
    "开馆第一天,许多老人早早排起了队,志愿者给他们倒了热茶。馆里还办了一个展览,讲这座城市如何在河边建起来。"
)
MISREAD = STORY.replace("热茶", "热荼").replace("孩子", "核子")
OTHER = "临江市市长王建国昨天到学校听课。他说,孩子们的午饭要热,操场要平,图书角要常换新书,老师要少填表格。"
PRINTED = [("2001-01-05", STORY), ("2001-01-05", OTHER), ("2001-02-05", MISREAD), ("2001-03-05", STORY)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    lines = [
        json.dumps({"headline": f"第{n}篇", "body": body, "date": day}, ensure_ascii=False) + "\n"
        for n, (day, body) in enumerate(PRINTED, 1)
    ]
    with site_of(tmp_path_factory.mktemp("printings"), {"all.jsonl": "".join(lines)}) as published:
        yield published


def addresses(site: Published) -> dict[str, tuple[str, str]]:
    """Headline -> address and key."""
    return {row[0]: tuple(row[1:]) for row in site.connection().execute("SELECT headline, address, key FROM articles")}


@pytest.mark.parametrize(
    ("headline", "others", "first"),
    [
        ("第1篇", ["第3篇", "第4篇"], 0),
        ("第3篇", ["第1篇", "第4篇"], 1),
        ("第4篇", ["第1篇", "第3篇"], 1),
        ("第2篇", [], 0),
    ],
)
def test_the_page_of_an_article_says_where_else_it_is_printed(
    archive: Published, headline: str, others: list[str], first: int
) -> None:
    known = addresses(archive)
    page = archive.get(known[headline][0]).text
    said = re.search(r"<h2>也刊于.*?</section>", page, re.S)
    assert (said is not None) == bool(others)
    links = re.findall(r'href="(/articles/[^"]*)"', said[0] if said else "")
    assert links == [known[other][0] for other in others]
    assert (said[0] if said else "").count("已知首次刊印") == first
    for href in re.findall(r'href="(/-/printings[^"]*)"', said[0] if said else ""):
        assert archive.get(unescape(href)).status_code == 200


def marked(page: str) -> list[str]:
    return re.findall(r"<mark>([^<]*)</mark>", page)


@pytest.mark.parametrize(
    ("asked", "differs"),
    [
        (("第3篇", ""), ["孩", "茶", "核", "荼"]),
        (("第1篇", ""), ["孩", "茶", "核", "荼"]),
        (("第1篇", "第4篇"), []),
        (("第4篇", "第3篇"), ["核", "荼", "孩", "茶"]),
        (("第4篇", "第2篇"), []),
    ],
)
def test_two_printings_stand_beside_each_other_and_what_differs_is_marked(
    archive: Published, asked: tuple[str, str], differs: list[str]
) -> None:
    known = addresses(archive)
    article, other = (known[one][1] if one else "" for one in asked)
    page = archive.get(f"/-/printings?article={article}&other={other}").text
    assert marked(page) == differs
    cells = re.findall(r"<td>(.*?)</td>", page, re.S)
    assert {"".join(re.sub("<[^>]*>", "", cell) for cell in cells[side::2]) for side in (0, 1)} <= {STORY, MISREAD}


@pytest.mark.parametrize("asked", ["", "?article=none", "?article=%00'", "?other=x"])
def test_what_is_printed_once_has_no_other_printing(archive: Published, asked: str) -> None:
    for path in (f"/-/printings{asked}", f"/-/printings?article={addresses(archive)['第2篇'][1]}"):
        answer = archive.get(path)
        assert answer.status_code == 200
        is_chosen = "article=" in path
        assert ("没有找到这篇报道的其他刊印" in answer.text) == is_chosen
        assert ("选一篇" in answer.text) == (not is_chosen)


def test_where_there_is_one_edition_nothing_is_said_of_reprints(site: Published) -> None:
    page = site.get("/-/over-time?person=%E9%99%88%E5%90%89%E5%AE%81").text
    assert 'name="reprints"' not in page
    assert "也刊于" not in site.get("/edition/articles/1").text


@pytest.mark.parametrize(
    ("asked", "counts"),
    [("", [("2001-01", 2, 2), ("2001-02", 1, 1), ("2001-03", 1, 1)]), ("&reprints=once", [("2001-01", 2, 2)])],
)
def test_curves_count_a_reprint_each_time_or_once(
    archive: Published, asked: str, counts: list[tuple[str, int, int]]
) -> None:
    page = archive.get(f"/-/over-time?person=王建国&by=month{asked}").text
    (href,) = re.findall(r'<a href="([^"]*)">JSON</a>', page)
    rows = archive.get(unescape(href)).json()
    assert [(row["time"], row["articles"], row["of_all"]) for row in rows] == counts
    assert page.count("<title>王建国") == len(counts)
    assert ("重印只计首次:图与表不含 2 篇重印" in page) == bool(asked)
    (articles,) = re.findall(
        r'<a href="([^"]*)">' + str(sum(count for _, count, _ in counts)) + "</a></td><td><a", page
    )
    assert len(archive.get(unescape(articles).replace("?", ".json?") + "&_shape=array").json()) == sum(
        count for _, count, _ in counts
    )


@pytest.mark.parametrize(
    ("picture", "query", "counted"),
    [
        ("mentions", "most_mentioned?kind=person", lambda row: row["articles"]),
        ("speech", "speech_by_person?", lambda row: row["articles"]),
        ("parts", "parts_played?", lambda row: row["mentions"]),
        ("organizations", "types_of_organizations?", lambda row: row["mentions"]),
        ("organizations", "organizations_by_type?", lambda row: row["articles"]),
        ("together", "people_together?", lambda row: row["articles"]),
        ("together", "who_appears_with_whom?person=王建国", None),
        ("speech", "share_of_text_by_speaker?", None),
        ("mentions", "mentions_of?person=王建国", None),
    ],
)
def test_pictures_count_a_reprint_each_time_or_once(
    archive: Published, picture: str, query: str, counted: Callable[[dict[str, int]], int] | None
) -> None:
    def count(asked: str) -> int:
        rows = archive.get(f"/edition/{query.replace('?', '.json?')}&_shape=array&{asked}").json()
        return sum(map(counted, rows)) if counted else len(rows)

    each_time, once = count(""), count("reprints=once")
    assert 0 < once < each_time
    assert count("reprints=once&since=2001-02") == 0
    page = archive.get(f"/-/pictures/{picture}?reprints=once").text
    assert 'name="reprints" value="once" checked' in page
    assert "图与表不含 2 篇重印" in page
    assert "reprints=once" in page.partition("<figure")[2].partition("</figure")[0]


def test_the_picture_of_all_text_and_a_site_without_reprints_have_no_such_choice(
    archive: Published, site: Published
) -> None:
    assert 'name="reprints"' not in archive.get("/-/pictures/coverage?reprints=once").text
    assert 'name="reprints"' not in site.get("/-/pictures/mentions").text


def test_the_query_lists_each_reprint_with_its_first_printing(archive: Published) -> None:
    key = addresses(archive)["第4篇"][1]
    for asked in ("", f"&article={key}"):
        rows = archive.get(f"/edition/printed_again.json?_shape=array{asked}").json()
        assert [(row["first_headline"], row["headline"]) for row in rows] == [("第1篇", "第3篇"), ("第1篇", "第4篇")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("", ""),
        ("甲。乙。", ""),
        ("甲乙丙。丁戊己。", "甲乙丙。庚辛。丁戊乙。"),
        ("一行\n二行\n\n", "二行\n一行"),
        ("甲" * 1500, "乙" * 1500 + "甲"),
    ],
)
def test_nothing_is_left_out_of_two_texts(left: str, right: str) -> None:
    stretches = list(beside(left, right))
    assert "".join(text for one in stretches for text, _ in one.left) == left
    assert "".join(text for one in stretches for text, _ in one.right) == right
    for one in stretches:
        same = ["".join(text for text, is_same in side if is_same) for side in (one.left, one.right)]
        assert same[0] == same[1]
