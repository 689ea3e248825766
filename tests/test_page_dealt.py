"""Pages whose columns were read one after the other, each with parts of several articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.page import read_page
from banmian.records import Page, Ruling
from click.testing import CliRunner
from train import bands, score
from train.known import pages_in
from trees import ARTICLES, written

# Of each article the headline and its text; | is where a column ends, / a paragraph.
MARKET = (
    "老菜市场改造完工",
    "本报讯(记者 林强)城东的老菜市场昨天重新开张,一百二十个摊位换上了统一的木柜台,地面铺了防滑砖,摊主们一早就把鲜鱼青|"
    "菜码放整齐。/菜市场改造用了八个月,最难的是排水,旧管道全部换掉,摊位后面都装了下水口,鱼摊前再也不积|"
    "水。/菜市场管理方说,摊位租金三年不涨,摊主可以优先续租。/二楼留给裁缝和修鞋的师傅,他们原先在菜市场门口摆摊,一摆就是二十年。",
)
OBSERVATORY = (
    "山顶天文台周末开放",
    "位于西山山顶的天文台从本周末起向市民开放,一台口径一米的望远镜对准了土星,排队的孩子可以亲眼看到土星的光|"
    "环。/天文台的研究员介绍,望远镜每晚观测三个小时,遇到多云的天气就改放星空影片,讲解员会教孩子认星|"
    "座。/天文台还设了一间暗室,陈列着五十年来用望远镜拍下的底片。/研究员希望孩子们看完星空,回家还会抬头。",
)
FERRY = (
    "夜航渡轮恢复营运",
    "停航两年的夜航渡轮今晚恢复营运,首班船十点从南码头出发,半个小时后抵达对岸,船票仍是两|"
    "元。/轮渡公司换了三条新船,船上用的是电池,开起来几乎没有声音,甲板上多了遮雨的棚子,船员都经过夜航训|"
    "练。/轮渡公司说,末班船开到凌晨一点,方便下夜班的护士和厨师。/老船长掌舵三十年,他说夜里的江面比白天宽。",
)
BRIEF = ("雨季前清淤四十公里", "水务局昨天通报,全市雨季前要清淤的四十公里河道已经完成,清出的淤泥运往砖厂烧砖。")
STACKED = (MARKET, OBSERVATORY, FERRY)


def lines_of(article: tuple[str, str]) -> list[list[str]]:
    """The columns of an article, each as its lines; the headline stands over the first."""
    columns = [column.split("/") for column in article[1].split("|")]
    return [[article[0], *columns[0]], *columns[1:]]


def by_columns(mark: str) -> str:
    """The articles one above the other, each over three columns; a brief at the foot of the first."""
    set_so = [lines_of((mark + headline, text)) for headline, text in STACKED]
    lines = [line for at in range(3) for columns in set_so for line in columns[at]]
    foot = 1 + lines.index(set_so[-1][0][-1])
    return "\n\n".join([*lines[:foot], mark + BRIEF[0], BRIEF[1], *lines[foot:]]) + "\n"


def read_as(page: Page) -> dict[str | None, list[str]]:
    """The paragraphs of each article by its headline."""
    found: dict[str | None, list[str]] = {}
    for article in page.articles:
        body = article.text("body") or ""
        found[article.text("headline")] = [body[one.start : one.end] for one in article.paragraphs]
    return found


def expected() -> dict[str | None, list[str]]:
    texts = {headline: text.replace("|", "").replace("本报讯(记者 林强)", "") for headline, text in (*STACKED, BRIEF)}
    return {headline: text.split("/") for headline, text in texts.items()}


@pytest.mark.parametrize("mark", ["", "# ", "## "])
def test_articles_set_over_several_columns_are_put_together(mark: str) -> None:
    page = read_page(by_columns(mark))
    assert read_as(page) == expected()


@pytest.mark.parametrize(
    ("kind", "left", "right", "ends", "begins"),
    [
        ("paragraph", "孩子可以亲眼看到", "环。", "土星的光", "环。"),
        ("join", "遮雨的棚子", "练。", "夜航训练。", "轮渡公司说"),
        ("apart", "摊位后面都装了", "练。", "再也不积水。", "菜市场管理方"),
    ],
)
def test_what_an_editor_states_of_such_a_page_is_followed_and_the_rest_stays(
    kind: str, left: str, right: str, ends: str, begins: str
) -> None:
    text = by_columns("## ")
    page = read_page(text, rulings=[Ruling(kind, text.index(left), text.index(right), "")])
    assert page.unheeded == ()
    found = read_as(page)
    assert {headline: "".join(texts) for headline, texts in found.items()} == {
        headline: "".join(texts) for headline, texts in expected().items()
    }
    paragraphs = [paragraph for texts in found.values() for paragraph in texts]
    at = next(at for at, paragraph in enumerate(paragraphs) if paragraph.endswith(ends))
    assert paragraphs[at + 1].startswith(begins)


@pytest.mark.parametrize("kind", ["subheadline", "byline", "crosshead"])
def test_a_line_that_is_stated_above_all_that_it_could_belong_to_has_a_place(kind: str) -> None:
    text = "下水管道全部更新\n\n" + by_columns("## ")
    page = read_page(text, rulings=[Ruling(kind, 0, text.index("城东的老菜市场"), "")])
    assert page.unheeded == ()
    assert "".join(span.text for span in page.spans) == text
    assert [span.kind for span in page.spans if span.start == 0] == [kind]


def test_a_short_page_is_dealt_out_by_fewer_signs_than_a_long_one_needs() -> None:
    short = [(headline, text[: text.index("|", text.index("|") + 1)]) for headline, text in STACKED[:2]]
    short = [(headline, text[: text.rindex("。") + 1]) for headline, text in short]
    set_so = [lines_of(("# " + headline, text)) for headline, text in short]
    page = read_page("\n\n".join(line for at in range(2) for columns in set_so for line in columns[at]) + "\n")
    assert read_as(page) == {
        headline: text.replace("|", "").replace("本报讯(记者 林强)", "").split("/") for headline, text in short
    }


COMMENTARY = """\
# 过江地铁年内试运行
市建设会议昨天召开,林海涛要求确保安全
本报讯 昨天上午,过江地铁建设推进会召开。这条线设站21座,目前车站已全部封顶,预计今年十一月开始空载试运
菜场改造不能只换门面
叶知秋
老街坊都知道,东门菜场改造前后停了九个月。开张那天,人挤得走不动路,可不到一个月,卖豆腐的老张就收了摊:摊位费涨了一倍,老主顾却嫌电梯绕
行。地铁公司介绍,全线将采用全自动运行系统,列车最高时速100公里。
会议强调,要把安全摆在第一位,沿线各区要加强协同,对每一处深基坑逐一排查。会前,与会者察看了南湖东站施工现场,慰问了建设者。
远。改造菜场,本是好事。但菜场不是商场,它的好处正在于方便、便宜、有人情味。不妨多听听摊主和居民的话,再定图纸。
"""


def test_the_only_line_over_a_signed_text_is_its_headline_and_no_kicker_of_none() -> None:
    page = read_page(COMMENTARY)
    assert [article.text("headline") for article in page.articles] == ["过江地铁年内试运行", "菜场改造不能只换门面"]
    assert page.articles[1].text("byline") == "叶知秋"
    assert (page.articles[1].text("body") or "").endswith(
        "嫌电梯绕远。改造菜场,本是好事。但菜场不是商场,它的好处正在于方便、便宜、有人情味。不妨多听听摊主和居民的话,再定图纸。"
    )


def test_a_page_of_the_same_articles_in_order_stays_in_order() -> None:
    lines = [line for article in (*STACKED, BRIEF) for column in lines_of(article) for line in column]
    page = read_page("\n\n".join(lines) + "\n")
    assert [article.text("headline") for article in page.articles] == [article[0] for article in (*STACKED, BRIEF)]
    assert read_as(page) == expected()


@pytest.mark.parametrize("order", bands.ORDERS)
def test_pages_of_bands_hold_each_line_of_their_articles_once(order: str) -> None:
    articles = [{**article, "crossheads": dict(article["crossheads"])} for article in ARTICLES * 4]
    for text, gold in bands.pages(articles, 3, 1, order):
        known = score.right_reading(gold)
        assert known.kinds.keys() == {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
        for article in gold["articles"]:
            spans = [span for spans in article["paragraphs"] for span in spans]
            assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
            if order == "reading":
                assert spans == sorted(spans, key=lambda span: int(span["start"]))


def test_pages_of_bands_are_written_for_the_score(tmp_path: Path) -> None:
    source, out = written(tmp_path), tmp_path / "pages"
    source.write_text(source.read_text("utf-8") * 4, "utf-8")
    done = CliRunner().invoke(bands.main, [str(source), str(out), "--pages", "2", "--order", "columns"])
    assert done.exit_code == 0, done.output
    assert len(pages_in([out])) == 2
