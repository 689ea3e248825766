"""What engines write beside the text is markup; tables, captions and headings in their Markdown get their kind."""

import pytest
from banmian.page import read_page
from banmian.page.blocks import blocks_of
from banmian.page.marks import read_unit
from banmian.page.source import read_lines


def unit(text):
    (line,) = read_lines(text, [])
    return read_unit(line)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("同比增长 $15\\%$ ,达到 $1 5 \\. 5$ 亿元。", "同比增长15% ,达到15.5亿元。"),
        ("注$^{②}$见下文。", "注②见下文。"),
        ("产量为\\(15\\%\\)以上。", "产量为15%以上。"),
        ("门票从$100涨到$200。", "门票从$100涨到$200。"),
        ("第一句。<br>第二句。<br/>第三句。", "第一句。第二句。第三句。"),
        ("面积<sup>2</sup>与<b>产量</b>。", "面积2与产量。"),
        ("甲&nbsp;乙&amp;丙", "甲乙&丙"),
        ("这是*重要*的事,__更是__大事。", "这是重要的事,更是大事。"),
        ("*ST广珠、*ST康达停牌。", "*ST广珠、*ST康达停牌。"),
        ("5 * 3 * 2 等于30。", "5 * 3 * 2 等于30。"),
        ("见[全文](https://example.com/a.html)。", "见全文。"),
        ("见[1]和[注]。", "见[1]和[注]。"),
        ("3\\*5等于15。", "3*5等于15。"),
        ("- 渔船减速通过。", "渔船减速通过。"),
        ("* 渔船减速通过。", "渔船减速通过。"),
        ("• 渔船减速通过。", "渔船减速通过。"),
        ("1. 渔船减速通过。", "渔船减速通过。"),
        ("1.渔船减速通过。", "1.渔船减速通过。"),
        ("> 渔船减速通过。", "渔船减速通过。"),
        ('<div style="text-align: center;">渔船减速通过。</div>', "渔船减速通过。"),
        ("渔船减速![](images/3f2a.jpg)通过。", "渔船减速通过。"),
        ("<|ref|>text<|/ref|><|det|>[[1,2,3,4]]<|/det|>", "text"),
        ("## **跨江大桥合龙**", "跨江大桥合龙"),
        ("<h2>跨江大桥合龙</h2>", "跨江大桥合龙"),
        ("\\section*{跨江大桥合龙}", "跨江大桥合龙"),
        ("水温<5度,风力>6级。", "水温<5度,风力>6级。"),
    ],
)
def test_signs_are_left_out_of_what_is_read(text, read):
    found = unit(text)
    shown = "".join(text[part.start : part.end] for part in found.parts if part.kind == "content")
    assert (shown, found.text) == (read, read)
    assert "".join(text[part.start : part.end] for part in found.parts) == text


@pytest.mark.parametrize(
    ("text", "level"),
    [("# 大桥合龙", 1), ("### 大桥合龙", 3), ("<h2>大桥合龙</h2>", 2), ("\\subsection*{大桥合龙}", 2), ("大桥合龙", 0)],
)
def test_depth_of_headings(text, level):
    assert unit(text).level == level


@pytest.mark.parametrize(
    "text",
    [
        "# 昨天上午,大桥合龙,市民在江边等候。两岸居民过江的时间缩短到十分钟。",
        "# 新华社南昌7月3日电 昨天上午,大桥合龙",
        "## 大桥全长四千米,双向六车道,通车以后,两岸居民过江的时间将从一小时缩短到十分钟,"
        "货车绕行少走八十千米,市民上下班比从前方便得多",
    ],
)
def test_a_paragraph_that_is_marked_as_a_heading_is_none(text):
    assert unit(text).level == 0


@pytest.mark.parametrize("text", ["![](images/3f2a.jpg)", "<!-- image -->", "---", "* * *", "```markdown", "<br>"])
def test_a_line_of_signs_is_markup(text):
    page = read_page(f"# 跨江大桥合龙\n\n大桥昨天{'合龙' * 9}。\n\n{text}\n")
    assert [span.kind for span in page.spans if span.text == text] == ["markup"]


PIPES = ["| 项目 | 产量 |", "|---|---|", "| 小麦 | 15 |", "| 水稻 | 20 |"]
TAGS = ["<table>", "<tr><td>项目</td><td>产量</td></tr>", "<tr><td>小麦</td><td>15</td></tr>", "</table>"]


@pytest.mark.parametrize(
    ("texts", "table"),
    [
        (["甲", *PIPES, "乙"], [1, 2, 3, 4]),
        (["甲", "项目 | 产量", "--- | ---", "小麦 | 15", "乙"], [1, 2, 3]),
        (["责编 | 何敏 | 美编", "乙"], []),
        (["甲", *TAGS, "乙"], [1, 2, 3, 4]),
        (["甲", "".join(TAGS), "乙"], [1]),
        (["甲", f"<html><body>{''.join(TAGS)}</body></html>", "".join(TAGS), "乙"], [1, 2]),
        (["甲", "<table>没有结束", "乙"], [1]),
        (["\\begin{tabular}{ll}", "小麦 & 15 \\\\", "\\end{tabular}", "乙"], [0, 1, 2]),
    ],
)
def test_tables_are_blocks(texts, table):
    assert blocks_of(texts) == dict.fromkeys(table, "table")


@pytest.mark.parametrize(
    ("texts", "notes"),
    [
        (["---", "primary_language: zh", "is_table: False", "---", "甲"], [0, 1, 2, 3]),
        (["---", "甲", "---", "乙"], []),
        (["甲", "<!-- 第一行", "第二行 -->", "乙"], [1, 2]),
        (["甲", "<!-- 没有结束", "乙"], []),
    ],
)
def test_notes_of_the_engine_are_markup(texts, notes):
    assert blocks_of(texts) == dict.fromkeys(notes, "markup")


STORY = [
    "跨江大桥的建设者在江面上连续奋战了三年,昨天上午,大桥的最后一段钢梁终于吊装到位。",
    "大桥全长四千米,双向六车道,通车以后,两岸居民过江的时间将从一小时缩短到十分钟。",
    "施工单位介绍,大桥的钢梁在岸上分段制造,再用船运到江心,由起重船一段一段吊装。",
    "沿岸的渔民说,大桥建成以后,镇上的鱼虾当天就能送到省城的市场,生意会越来越好。",
]


def bodies(page):
    return [
        [article.text("body")[one.start : one.end] for one in article.paragraphs if one.kind == "paragraph"]
        for article in page.articles
    ]


@pytest.mark.parametrize("table", ["\n".join(PIPES), "\n".join(TAGS), "".join(TAGS)])
def test_a_paragraph_goes_on_behind_a_table(table):
    page = read_page("\n\n".join(["# 跨江大桥昨天合龙", STORY[0], STORY[1][:17], table, STORY[1][17:], *STORY[2:]]))
    assert bodies(page) == [STORY]
    assert "\n".join(span.text for span in page.spans if span.kind == "table") == table
    assert {(span.article, span.paragraph) for span in page.spans if span.kind == "table"} == {(0, None)}


@pytest.mark.parametrize(
    ("below", "caption"),
    [
        ("![](images/a.jpg)  \n市民在江边观看吊装。", "市民在江边观看吊装。"),
        ("![](images/a.jpg)\n\n7月2日,市民在江边观看吊装。", "7月2日,市民在江边观看吊装。"),
        ("![](images/a.jpg)\n\n市民在江边观看吊装", "市民在江边观看吊装"),
        ("<!-- image -->\n\n市民在江边观看吊装。新华社发", "市民在江边观看吊装。新华社发"),
        ("![图为市民在江边观看吊装](a.jpg)", "图为市民在江边观看吊装"),
        ("![市民在江边观看吊装](a.jpg)", "市民在江边观看吊装"),
        ("![](images/a.jpg)", None),
        ("![图片](images/图片.jpg)", None),
    ],
)
@pytest.mark.parametrize("cut", [17, None])
def test_captions_below_pictures(below, caption, cut):
    broken = [STORY[1][:cut], below, STORY[1][cut:]] if cut else [STORY[1], below]
    page = read_page("\n\n".join(["# 跨江大桥昨天合龙", STORY[0], *broken, *STORY[2:]]))
    assert (bodies(page), page.articles[0].text("caption")) == ([STORY], caption)


def test_a_sentence_that_goes_on_below_a_picture_is_no_caption():
    page = read_page(
        "\n\n".join(["# 跨江大桥昨天合龙", STORY[0], STORY[1][:-3], "![](a.jpg)", STORY[1][-3:], *STORY[2:]])
    )
    assert (bodies(page), page.articles[0].text("caption")) == ([STORY], None)


def test_signs_in_a_heading_are_left_out_of_it():
    page = read_page("\n\n".join(["# 跨江大桥投资增长$15\\%$", *STORY]))
    (article,) = page.articles
    assert article.text("headline") == "跨江大桥投资增长15%"
    assert [span.text for span in page.spans if span.kind == "headline"] == ["跨江大桥投资增长", "15", "%"]
