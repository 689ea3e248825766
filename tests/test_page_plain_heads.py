"""Headlines without a mark: what the marks of other lines then tell, and what text is that ends like a headline."""

from __future__ import annotations

import pytest
from banmian.page import read_page
from banmian.records import Ruling

LEAD = "本报讯(记者 李芳)"
CLINIC = (
    "社区诊所夜间也接诊",
    LEAD + "城南的社区诊所从昨晚起延长接诊时间,晚上九点前都有医生值班,附近的居民不用再赶去大医院排队。",
    "诊所的药房同时开放,常用药备了两百多种,行动不便的老人可以打电话,由护士把药送到家里。",
    "诊所负责人说,夜间值班的医生都是自愿报名的,三个月后再看人手是否够用。",
    "居民希望诊所周末也延长时间,诊所答应把这件事写进下半年的计划。",
)
BRIDGE = (
    "老石桥修好重新通行",
    LEAD + "柳河上的老石桥封闭半年后今天重新通行,桥面换上了二百块青石板,石栏杆按原样修补,两岸的学生又能走桥上学了。",
    "修桥的石匠来自邻县,他们在桥墩里找到了一块刻着年份的石头,石桥比县志里写的还要早四十年。",
    "柳河两岸各装了一块限重牌,卡车今后要绕行下游的新桥。",
)
CHOIR = (
    "工友合唱团登上大剧场",
    LEAD + "由三十名工友组成的合唱团昨晚登上市大剧场的舞台,唱了八首老歌,台下坐满了他们的同事和家人。",
    "合唱团每周二晚上在仓库里排练,指挥是一位退休的音乐老师,三年来没有缺过一次课。",
    "合唱团的女高音白天开吊车,她说,站在台上比站在塔吊上还紧张。",
)


def page_of(*articles: tuple[str, ...]) -> str:
    return "\n\n".join(line for article in articles for line in article) + "\n"


@pytest.mark.parametrize("mark", ["## ", "# ", "### "])
@pytest.mark.parametrize(("at", "words"), [(2, "药送到家里"), (3, "夜间值班的医生")])
def test_marked_lines_below_headlines_without_marks_are_crossheads(mark: str, at: int, words: str) -> None:
    crossed = (*CLINIC[:at], mark + words, *CLINIC[at:])
    page = read_page(page_of(BRIDGE, crossed, CHOIR))
    assert [article.text("headline") for article in page.articles] == [BRIDGE[0], CLINIC[0], CHOIR[0]]
    body = page.articles[1].text("body") or ""
    found = [body[one.start : one.end] for one in page.articles[1].paragraphs if one.kind == "crosshead"]
    assert found == [words]


@pytest.mark.parametrize("end", ["大家都盼着他们下一次登台!", "下一次登台会是什么时候?", "掌声久久没有停下来……"])
@pytest.mark.parametrize("mark", ["# ", "## "])
def test_a_short_last_paragraph_is_no_kicker_of_the_next_headline(mark: str, end: str) -> None:
    ended = (mark + CHOIR[0], *CHOIR[1:], end)
    page = read_page(page_of(ended, (mark + BRIDGE[0], *BRIDGE[1:]), (mark + CLINIC[0], *CLINIC[1:])))
    assert [article.text("kicker") for article in page.articles] == [None, None, None]
    assert (page.articles[0].text("body") or "").endswith(end)


def test_a_page_one_by_one_that_lost_stops_is_not_read_as_columns() -> None:
    lines = [line for article in (CLINIC, BRIDGE, CHOIR) for line in article]
    page = read_page("\n\n".join(line[:-1] if at % 3 == 1 else line for at, line in enumerate(lines)) + "\n")
    assert [article.text("headline") for article in page.articles] == [CLINIC[0], BRIDGE[0], CHOIR[0]]
    assert [len(article.paragraphs) for article in page.articles] == [4, 3, 3]


BRIEFS = [
    ("河边添长椅", "城东的河边添长椅三十张,都是旧木料做的,散步的老人走累了可以坐下歇脚。"),
    ("路灯换新", "北街路灯换新,一百盏旧灯换成了节能灯,夜里更亮,用电却少了一半。"),
    ("泳池晚闭馆", "体育中心的泳池晚闭馆一小时,暑假里到晚上十点,学生凭证件半价。"),
    ("旧书摊回来了", "钟楼下的旧书摊回来了,二十个摊主轮流出摊,每逢周六上午开张。"),
    ("公厕装扶手", "全市的公厕装扶手的已过八成,余下的年底前装完。"),
]


@pytest.mark.parametrize("mark", ["# ", "## "])
@pytest.mark.parametrize("count", [3, 4, 5])
def test_briefs_under_short_marked_headlines_are_articles_of_their_own(mark: str, count: int) -> None:
    page = read_page(page_of(*((mark + headline, text) for headline, text in BRIEFS[:count])))
    assert [(article.text("headline"), article.text("body")) for article in page.articles] == BRIEFS[:count]


STATION = (
    "旧车站改成少年宫",
    "停用多年的旧车站改成了少年宫,候车室里办起了画展,站台上铺了塑胶跑道,附近的孩子周末有了去处。",
    "少年宫的门票全免,课程由学校的老师轮流来上。",
)
NIGHT = (
    "城北诊所也开到晚上九点",
    "城北的诊所把药房也开到晚上九点,行动不便的老人可以打电话,值班的护士上门送药。",
    "诊所的医生轮流值班,居民希望周末也延长时间。",
    "负责人说,三个月后再看人手。",
)


@pytest.mark.parametrize("other", [STATION, NIGHT])
def test_where_crossheads_are_marked_a_line_without_a_mark_is_a_headline(other: tuple[str, ...]) -> None:
    crossed = (*CLINIC[:3], "## 夜间值班的医生", *CLINIC[3:])
    page = read_page(page_of(BRIDGE, crossed, other, CHOIR))
    assert [article.text("headline") for article in page.articles] == [BRIDGE[0], CLINIC[0], other[0], CHOIR[0]]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (("柳河两岸学生又能", "走老石桥上学"), "柳河两岸学生又能\n走老石桥上学"),
        (("柳河上的石桥重新通", "行两岸学生走桥上学"), "柳河上的石桥重新通行两岸学生走桥上学"),
    ],
)
def test_a_headline_without_a_mark_takes_two_lines(lines: tuple[str, str], headline: str) -> None:
    page = read_page(page_of(CHOIR, (*lines, *BRIDGE[1:]), CLINIC))
    assert [article.text("headline") for article in page.articles] == [CHOIR[0], headline, CLINIC[0]]
    assert [span.text for span in page.spans if span.kind == "headline"][1:3] == list(lines)


@pytest.mark.parametrize(("kind", "at"), [("kicker", 0), ("subheadline", 1)])
def test_what_an_editor_says_of_one_of_two_lines_parts_them(kind: str, at: int) -> None:
    lines = ("柳河两岸学生又能", "走老石桥上学")
    text = page_of(CHOIR, (*lines, *BRIDGE[1:]), CLINIC)
    page = read_page(text, (), [Ruling(kind, text.index(lines[at]), None, "seen on the page")])
    assert [article.text(kind) for article in page.articles] == [None, lines[at], None]
    assert [article.text("headline") for article in page.articles] == [CHOIR[0], lines[1 - at], CLINIC[0]]
    assert page.unheeded == ()
