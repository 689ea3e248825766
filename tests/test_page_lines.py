"""Pages that OCR gives printed line by printed line: what is one paragraph comes out as one."""

from collections.abc import Iterator

import pytest
from banmian.page import read_page
from banmian.page.hyphens import Hyphens
from banmian.page.marks import read_unit
from banmian.page.measure import measures
from banmian.page.source import read_lines, width_of
from banmian.records import Ruling
from hypothesis import example, given, settings
from hypothesis import strategies as st

TREES = (
    "市民绿化季活动今天在全市展开",
    "全市的市民绿化季活动今天上午在沿河的六个公园同时展开，市绿化局局长何文彬到场种下了第一棵银杏。他说，三年来市民认养的树木已"
    "经超过四万棵，成活率也一年比一年高。",
    "今年的树苗由城北的三家苗圃提供，大多是本地的品种，容易成活，也不需要太多照料。",
    "不少家庭带着孩子来到现场，领到树苗以后，在园林工人的指导下挖坑、培土、浇水。退休教师林桂芳告诉记者，她和邻居们每年都来，看"
    "着小树一点点长高，心里特别踏实。她还说，小区里的绿地多了，傍晚出来散步的人也越来越多，小区面貌和十年前相比完全变了样。",
    "活动将持续到下个月中旬，市民可以在各社区的服务站报名。",
)
BUSES = (
    "新开公交线路方便沿河居民出行",
    "从下周一起，连接城东新区和火车站的一条公交线路将开始运营，全程十四公里，沿途设站二十八座，首末班车的时间分别是早上六点和晚上"
    "十点半。",
    "公交集团的负责人介绍说，这条线路经过两所中学、一家医院和一座菜市场，预计每天有一万多名乘客。为了方便老年人上下车，新车全部采"
    "用低地板，车门也比过去宽了二十厘米；车上还装了报站的大屏幕，字号比原来大一倍。",
    "附近的居民盼这趟车已经盼了很久。",
)
NOT_FIRST = "，。、；：？！”’）》"


def wrapped(text: str, width: float, first: float) -> Iterator[str]:
    """Printed lines of this width, the first one so much shorter; no line begins with a stop."""
    line, room = "", width - first
    for character in text:
        if width_of(line + character) > room and character not in NOT_FIRST:
            yield line
            line, room = "", width
        line += character
    yield line


def page_of(articles: tuple[tuple[str, ...], ...], width: int, indent: str, apart: str, mark: str = "# ") -> str:
    lines = []
    for headline, *paragraphs in articles:
        lines.append(f"{mark}{headline}")
        for paragraph in paragraphs:
            own = list(wrapped(paragraph, width, width_of(indent)))
            lines += [indent + own[0], *own[1:]]
    return apart.join(lines) + "\n"


def paragraphs_of(text: str) -> list[str]:
    """Those of all articles, their headlines left out."""
    found = [line for article in read_page(text).articles for line in (article.text("body") or "").split("\n")]
    return [line for line in found if line not in (TREES[0], BUSES[0])]


@settings(max_examples=25)
@given(st.integers(10, 45), st.sampled_from(["　　", "  ", "    ", "\t"]), st.sampled_from(["\n", "\n\n", "\r\n"]))
@example(10, "　　", "\n")
@example(45, "　　", "\n")
def test_paragraphs_set_in_come_back_whole_whatever_the_width(width, indent, apart):
    text = page_of((TREES, BUSES), width, indent, apart)
    assert paragraphs_of(text) == [*TREES[1:], *BUSES[1:]]


def test_each_printed_line_keeps_a_span_and_each_line_end_inside_a_paragraph_a_join():
    text = page_of((TREES,), 20, "　　", "\n")
    page = read_page(text)
    printed = [line.strip() for line in text.splitlines()[1:]]
    assert [span.text for span in page.spans if span.kind == "body"] == printed
    assert len(page.joins) == len(printed) - len(TREES[1:])
    assert all(join.evidence and join.margin is not None and 0 < join.confidence <= 1 for join in page.joins)
    assert not page.warnings


@pytest.mark.parametrize("mark", ["# ", "## "])
def test_columns_of_different_width_on_one_page(mark):
    text = page_of((TREES,), 15, "　　", "\n", mark) + page_of((BUSES,), 31, "　　", "\n", mark)
    units = [read_unit(line) for line in read_lines(text, ())]
    found = measures(units)
    assert (found[1], found[-1]) == (15, 31)
    assert paragraphs_of(text) == [*TREES[1:], *BUSES[1:]]


def test_lines_that_are_paragraphs_or_fragments_have_no_measure():
    text = "\n\n".join([*TREES, *BUSES])
    assert measures([read_unit(line) for line in read_lines(text, ())]) == [None] * 9


@pytest.mark.parametrize(
    ("above", "below", "elsewhere", "divides"),
    [
        ("城东的 Grand Thea-", "tre 今晚开放", "", True),
        ("城东的 Thea-", "tre 今晚开放", "Theatre 的门票", True),
        ("他们用 Wi-", "fi 上网", "公园里有 Wi-Fi", False),
        ("今年的 COVID-", "19 疫苗", "", False),
        ("他说—", "这样不行", "", False),
        ("用的是 open-", "source 软件", "", False),
        ("用的是 AI-", "based 系统", "", False),
        ("园里的 e-", "commerce 公司", "", False),
        ("系统名叫 Intel-", "ligence", "", True),
        ("系统名叫 Hewlett-", "Packard", "", False),
    ],
)
def test_a_hyphen_that_only_the_line_end_put_there(above, below, elsewhere, divides):
    assert Hyphens([above, below, elsewhere]).divides(above, below) == divides


def test_a_divided_word_is_whole_in_the_text_and_its_hyphen_kept_in_the_source():
    lines = [
        "# 剧院今晚开放",
        "　　城东新区的剧院今天晚上首次向市民",
        "开放，这座由两位老建筑师设计的 Thea-",
        "tre 有一千二百多个座位，首场演出的门",
        "票已经在三天之内售完。",
        "　　剧院的旁边还有一座停车场，可以停",
        "放三百多辆汽车，从地铁站步行五分钟就",
        "可以到。",
    ]
    page = read_page("\n".join(lines))
    assert "设计的 Theatre 有" in (page.articles[0].text("body") or "")
    assert [span.text for span in page.spans if span.kind == "markup"] == ["# ", "-"]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("公交公司上月买来的 Intel-", "ligence 系统", "买来的 Intelligence 系统"),
        ("公交公司上月改用了 open-", "source 软件", "改用了 open-source 软件"),
        ("公交公司在防控 COVID-", "19 期间", "防控 COVID-19 期间"),
    ],
)
def test_a_word_that_a_hyphen_cuts_is_one_word_on_a_page_too_short_to_show_its_width(above, below, whole, between):
    text = between.join(["# 公交车到站时间可以预报", above, f"{below}里的数据,已经用到了全市的公交车上。"]) + "\n"
    (article,) = read_page(text).articles
    assert article.text("headline") == "公交车到站时间可以预报"
    assert article.text("body") == f"{above[: above.index(whole[:3])]}{whole}里的数据,已经用到了全市的公交车上。"


def test_a_hyphen_joins_no_line_to_a_heading_nor_to_one_that_an_editor_sets_apart():
    text = "# 公交车到站时间可以预报\n\n公交公司上月买来的 Intel-\n\n# ligence 系统\n\n系统已经用到了公交车上。\n"
    assert "Intelligence" not in "".join(article.text("body") or "" for article in read_page(text).articles)
    text = "# 公交车到站时间可以预报\n\n公交公司上月买来的 Intel-\n\nligence 系统已经用到了公交车上。\n"
    rulings = [Ruling("paragraph", text.index("公交公司"), text.index("ligence"), "as printed")]
    assert "Intel-\nligence" in (read_page(text, rulings=rulings).articles[0].text("body") or "")


def test_what_an_editor_says_of_a_printed_line_counts_more_than_how_it_is_set():
    text = page_of((TREES,), 20, "　　", "\n")
    above, below = text.index("六个公园"), text.index("种下了第一棵")
    page = read_page(text, rulings=[Ruling("paragraph", above, below, "as printed")])
    body = page.articles[0].text("body") or ""
    assert "到场\n种下了第一棵" in body
    assert below not in [join.right_start for join in page.joins]


def test_a_page_cut_nowhere_keeps_its_order():
    text = "\n\n".join(
        [
            "# 旧厂房变成社区书屋",
            "城北的一座旧厂房经过半年改造,昨天作为社区书屋向居民开放。书屋有两层,藏书一万三千册。",
            "开放的第一天就来了四百多名读者,其中不少是附近小学的学生。",
            "**座位不够用**",
            "管理员说,周末的座位常常不够用,他们打算把院子也利用起来,再添六十个座位。",
            "**晚上也开门**",
            "为了方便上班的人,书屋每天开到晚上九点半,节假日也不休息。",
        ]
    )
    page = read_page(text)
    bodies = [span.text for span in page.spans if span.kind in ("body", "crosshead")]
    assert (page.articles[0].text("body") or "").split("\n") == bodies
    assert len(page.articles) == 1
    assert not page.moves
