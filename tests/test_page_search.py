"""The search for the best page: articles in each other's columns, lost stops, rulings, how sure it all is."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

import pytest
from banmian.page import read_page
from banmian.records import Page, Remark, Ruling
from fuzzing import examples
from gold_page import gold_articles, gold_joins, seed_page, seed_text
from hypothesis import given, settings
from hypothesis import strategies as st

RULED = Remark("ruled")
HARBOUR = [
    "## 港口新航线开通",
    "**本报讯** 昨天上午,首班货轮从北港码头启航,标志着港口直达南美的新航线正式开通,全程比过去缩短十二天。",
    "港口集团介绍,新航线每周一班,主要运送水果、木材和机电产品,预计全年可运送集装箱两万个,由三家航运公司共",
    "同经营,船期固定。港口集团还将在码头增设冷库,让南美的水果上岸后直接进入冷链。",
]
ORCHESTRA = [
    "## 交响乐团新乐季揭幕",
    "**本报讯** 市交响乐团新乐季昨晚在音乐厅揭幕,指挥家率乐团演奏了贝多芬的第七交响曲,全场掌声不息。",
    "乐团团长说,新乐季将上演四十二场音乐会,其中十场走进社区和学校,票价最低二十元,让更多市民走进音乐",
    "厅聆听经典。乐团还将委约三部新作品,由本市作曲家创作,明年春天首演。",
]


def headlines_and_bodies(page: Page) -> set[tuple[str | None, str | None]]:
    return {(article.text("headline"), (article.text("body") or "")[-12:]) for article in page.articles}


@pytest.mark.parametrize(
    "order",
    [
        [0, 1, 2, 3, 4, 5, 6, 7],
        [0, 1, 2, 4, 5, 6, 3, 7],
        [4, 5, 0, 1, 2, 3, 6, 7],
        [4, 5, 6, 0, 1, 2, 7, 3],
    ],
)
def test_articles_in_each_others_columns_are_told_apart(order: list[int]) -> None:
    lines = [*HARBOUR, *ORCHESTRA]
    page = read_page("\n\n".join(lines[at] for at in order) + "\n")
    assert headlines_and_bodies(page) == {
        ("港口新航线开通", HARBOUR[-1][-12:]),
        ("交响乐团新乐季揭幕", ORCHESTRA[-1][-12:]),
    }


def test_lost_stops_are_noticed_on_a_page_that_lost_many_and_not_on_the_seed_page() -> None:
    assert not seed_page().warnings
    lines = seed_text().split("\n")
    ends = [at for at, line in enumerate(lines) if len(line) > 30 and line.endswith("。")]
    for at in ends[::3]:
        lines[at] = lines[at][:-1]
    (warning,) = [one for one in read_page("\n".join(lines)).warnings if one.kind == "lost_stops"]
    assert 2 <= warning.values["count"] <= len(ends)


# Columns of two articles, cut in words.
SHORT_PAGE = """# 山城缆车明起恢复运行

停运半年的山城缆车明天起恢复运行,首班车早上七点从下站开出,每隔十二分

茶农学会看云识天气

钟一班。检修期间更换了两根主缆绳,车厢也换成了新的,轮椅可以直接推进车

南坪村的茶农今年请来了气象站的技术员,每逢采茶前夜就在晒场上听半个小时的讲

厢。缆车公司说,票价不变,老人和学生半价。

解,学会了看云色和风向。茶农们说,往年一场急雨就要烂掉几百斤鲜叶,今年只损失

了十几斤。技术员还在茶园里装了一台雨量计。
"""


def test_a_short_page_whose_columns_are_cut_is_not_said_to_have_lost_stops() -> None:
    assert not read_page(SHORT_PAGE).warnings


CUT_ONCE = """# 城北的工人文化宫昨天重新开放
本报讯 全市各区的负责人和有关部门的代表两百多人出席了昨天的开放仪式,并且参观了新的展厅。

张小明主持仪式,各区、各县的负责人和离退休职工的代表共两百多人在主会场和分会场参加了活动,王大力到场{end}

{begin}他希望文化宫在今年年底以前再办二十场演出,并且保证每个星期都有一场是免费对职工开放的。
"""


@pytest.mark.parametrize(("end", "begin"), [(",", "并作了讲话,"), ("祝贺并且向", "职工赠送了图书,")])
def test_one_line_cut_inside_its_sentence_is_no_lost_stop(end: str, begin: str) -> None:
    page = read_page(CUT_ONCE.format(end=end, begin=begin))
    assert not page.warnings
    assert end + begin in (page.articles[0].text("body") or "")


def body_lines(page: Page) -> list[int]:
    """Where the body lines of the page begin."""
    return [span.start for span in page.spans if span.kind == "body"]


def test_rulings_that_say_what_is_right_are_followed_and_settled() -> None:
    before = seed_page()
    rulings = [Ruling("join", left, right, "read") for left, right in gold_joins()]
    page = read_page(seed_text(), (), rulings)
    assert list(page.articles) == list(before.articles)
    assert not page.warnings
    assert all(join.certain and join.evidence[0] == RULED for join in page.joins)


def follows(text: str, left: int, right: int) -> bool:
    """Whether the page takes the line at `right` for what goes on after that at `left`, once an editor says so."""
    page = read_page(text, (), [Ruling("join", left, right, "a test")])
    assert "".join(span.text for span in page.spans) == text
    followed = any(join.right_start == right and join.evidence[0] == RULED for join in page.joins)
    assert followed != any(warning.kind == "ruling_not_followed" for warning in page.warnings)
    return followed


@settings(max_examples=examples(1))
@given(st.integers(0, 10**6))
def test_a_ruling_is_followed_or_the_page_says_that_it_is_not(seed: int) -> None:
    left, right = random.Random(seed).sample(body_lines(seed_page()), 2)
    follows(seed_text(), left, right)


def test_every_ruling_on_a_small_page_is_followed() -> None:
    text = "\n\n".join([*HARBOUR, *ORCHESTRA]) + "\n"
    starts = body_lines(read_page(text))
    followed = [follows(text, left, right) for left, right in permutations(starts, 2)]
    assert len(followed) == 30
    assert all(followed)


@pytest.mark.parametrize("kind", ["body", "crosshead", "kicker", "caption", "table", "furniture", "jump", "byline"])
def test_what_an_editor_calls_a_line_it_is(kind: str) -> None:
    text = "## 新航线开通\n\n首班货轮启航了\n\n昨天上午,首班货轮从北港码头启航。\n\n全程比过去缩短十二天。\n"
    start = text.index("首班货轮启航了")
    page = read_page(text, (), [Ruling(kind, start, None, "a test")])
    assert [span.kind for span in page.spans if span.start == start] == [kind]


def test_margins_lead_over_other_pages_and_the_sure_ones_lead_further() -> None:
    page = seed_page()
    choices = [*page.joins, *page.moves, *page.headings]
    assert all(choice.margin is None or choice.margin >= 0 for choice in choices)
    assert all(0 < choice.confidence <= 1 and choice.evidence for choice in choices)
    assert all(choice.runner_up for choice in choices if choice.margin is not None and choice in page.headings)
    by_kind = [page.joins, page.moves, page.headings]
    for kind in by_kind:
        sure = [choice.confidence for choice in kind if choice.certain]
        unsure = [choice.confidence for choice in kind if not choice.certain]
        assert not sure or not unsure or min(sure) >= max(unsure)


def test_the_headings_and_links_of_a_page_are_all_there() -> None:
    page, articles = seed_page(), gold_articles()
    fields = ("kicker", "headline", "subheadline", "rubric")
    assert len([h for h in page.headings if h.kind in fields]) == sum(f in a.fields for a in articles for f in fields)
    assert {(join.left_end, join.right_start) for join in page.joins} == set(joins_by_end())
    assert all(move.left_end != other.left_end for move, other in pairwise(page.moves))


def joins_by_end() -> list[tuple[int, int]]:
    ends = {span.start: span.end for span in seed_page().spans}
    return [(ends[left], right) for left, right in gold_joins()]


def test_a_page_of_thousands_of_lines_is_read_and_says_how() -> None:
    text = "\n\n".join(line for number in range(60) for line in [f"## 第{number}号通报", *HARBOUR[1:], *ORCHESTRA[2:]])
    page = read_page(text)
    assert "".join(span.text for span in page.spans) == text
    assert any(warning.kind in ("too_large", "not_improved") for warning in page.warnings) or len(page.articles) >= 60
