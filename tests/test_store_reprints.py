"""Reprints: which texts of several editions are the same, and which one was printed first."""

from __future__ import annotations

import json
import sqlite3

import pytest
from banmian.store.reprints import ALIKE, Reprint, find_reprints, similarity
from banmian.words.signatures import signatures
from conftest import run_build
from seed_folders import folder_of

STORY = (
    "临江市图书馆的新馆昨天开放。馆长说,新馆有三层阅览室,读者可以带着孩子在窗边看书,也可以借走喜欢的旧报纸。"
    "开馆第一天,许多老人早早排起了队,志愿者给他们倒了热茶。馆里还办了一个展览,讲这座城市如何在河边建起来。"
    "馆员们花了整整两年,才把旧馆的书一本一本搬到这里,并重新编了目录。"
)
PRICES = (
    "据农贸市场消息,{}日大白菜每公斤{}元,萝卜每公斤{}元,土豆每公斤{}元,鸡蛋每公斤{}元,猪肉每公斤{}元。"
    "市场管理处说,各类蔬菜供应充足,价格总体平稳,请市民放心购买,如有疑问可以到管理处的窗口咨询。"
)
OTHER = (
    "昨天下午的足球赛下着大雨,主队在最后一刻才追平比分。教练赛后表示,队员们拼到了底,球迷的歌声一直没有停。"
    "下一场比赛将在两周之后举行,门票从下星期起在体育场的窗口出售,学生凭证可以半价。"
)
MISREAD = STORY.replace("孩子", "核子").replace("热茶", "热荼")
SHORTENED = STORY[: STORY.index("馆员们")]
WITHOUT_STOPS = STORY.replace("。", "\n").replace(",", " ").replace("馆长", " 馆长")


@pytest.mark.parametrize(
    ("text", "other", "least", "most"),
    [
        (STORY, STORY, 1, 1),
        (STORY, WITHOUT_STOPS, 1, 1),
        (STORY, MISREAD, 0.8, 0.95),
        (STORY, "本报讯 " + SHORTENED, 0.65, 0.85),
        (STORY, OTHER, 0, 0.05),
        (STORY, "", 0, 0),
        ("", "", 0, 0),
        # The words of every day's report are the same, its numbers are not.
        (PRICES.format(3, 1.2, 2.1, 3.4, 9.5, 30), PRICES.format(4, 1.3, 2.2, 3.5, 9.8, 31), 0, 0),
        (PRICES.format(3, 1.2, 2.1, 3.4, 9.5, 30), PRICES.format(3, 1.2, 2.1, 3.4, 9.5, 38), 0.8, 0.99),
    ],
)
def test_how_alike_two_texts_are(text: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(text, other) <= most
    assert similarity(text, other) == similarity(other, text)


# (edition, text) in the order of printing -> (article, first) of those that are printed again.
CASES = {
    "once": ([("a", STORY), ("b", OTHER)], []),
    "twice": ([("a", STORY), ("b", OTHER), ("c", MISREAD)], [(1, 1), (3, 1)]),
    "in one edition": ([("a", STORY), ("a", STORY)], []),
    "in one edition and another": ([("a", STORY), ("a", STORY), ("b", STORY)], [(1, 1), (3, 1)]),
    "several": (
        [("a", STORY), ("b", OTHER), ("c", SHORTENED), ("d", OTHER), ("e", STORY)],
        [(1, 1), (2, 2), (3, 1), (4, 2), (5, 1)],
    ),
    "a short notice": ([("a", "今日有雨,气温下降,请注意添衣。"), ("b", "今日有雨,气温下降,请注意添衣。")], []),
    "without a text": ([("a", ""), ("b", "")], []),
    "every day's prices": (
        [(str(day), PRICES.format(day, 1 + day, 20 + day, 30 + day, 40 + day, 50 + day)) for day in range(1, 5)],
        [],
    ),
}


def found(printings: list[tuple[str, str]]) -> list[Reprint]:
    numbered = [(number, edition) for number, (edition, _) in enumerate(printings, 1)]
    signed = {n: one for n, one in enumerate(signatures(text for _, text in printings), 1) if one}
    reprints = find_reprints(numbered, signed, lambda article: printings[article - 1][1])
    return sorted(reprints, key=lambda one: one.article)


@pytest.mark.parametrize("case", CASES)
def test_which_articles_are_printed_again(case: str) -> None:
    printings, expected = CASES[case]
    reprints = found(printings)
    assert [(one.article, one.first) for one in reprints] == expected
    assert all(one.similarity == 1 if one.article == one.first else one.similarity >= ALIKE for one in reprints)
    assert reprints == found(printings)


def test_a_later_edition_changes_nothing_of_those_before_it() -> None:
    printings = CASES["several"][0]
    for size in range(2, len(printings)):
        before = {(one.article, one.first) for one in found(printings[:size])}
        assert before <= {(one.article, one.first) for one in found(printings)}


def test_small_changes_do_not_lead_from_one_text_to_another() -> None:
    """Each printing is like the one before it; only what is like the first is its reprint."""
    steps = [STORY[: len(STORY) * (6 - n) // 6] + OTHER[: len(OTHER) * n // 6] for n in range(7)]
    reprints = found([(str(n), text) for n, text in enumerate(steps)])
    assert len({one.first for one in reprints}) > 1
    for one in reprints:
        assert similarity(steps[one.article - 1], steps[one.first - 1]) >= ALIKE


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, float]]:
    """Address of the article, of its first printing, and how alike they are, as a build finds them."""
    folder = tmp_path_factory.mktemp("reprints")
    printed = [("2001-02-05", STORY), ("2001-01-05", MISREAD), (None, STORY), ("2001-01-05", OTHER)]
    lines = [
        {"headline": f"第{n}篇", "body": body} | ({"date": day} if day else {}) for n, (day, body) in enumerate(printed)
    ]
    seeds = {"all.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)}
    folder_of(folder / "seeds", seeds)
    assert run_build(folder / "seeds", folder / "build").returncode == 0
    with sqlite3.connect(folder / "build" / "edition.db") as connection:
        return connection.execute(
            """SELECT a.headline, b.headline, similarity FROM reprints JOIN articles a ON a.id = article_id
               JOIN articles b ON b.id = first_article_id ORDER BY a.headline"""
        ).fetchall()


def test_the_earliest_date_is_the_first_printing_and_what_has_no_date_is_never(
    rows: list[tuple[str, str, float]],
) -> None:
    assert [(article, first) for article, first, _ in rows] == [
        ("第0篇", "第1篇"),
        ("第1篇", "第1篇"),
        ("第2篇", "第1篇"),
    ]
    assert [similarity == 1 for _, _, similarity in rows] == [False, True, False]
