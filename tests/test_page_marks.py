"""Parts of a line: marks, datelines, bylines, jumps, and lines that are one of these as a whole."""

import pytest
from banmian.page import read_page
from banmian.page.marks import read_unit
from banmian.page.source import read_lines


def parts(text):
    (line,) = read_lines(text, [])
    return [(part.kind, line.text[part.start : part.end]) for part in read_unit(line).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 春耕备耕忙", [("markup", "# "), ("content", "春耕备耕忙")]),
        ("##春耕备耕忙", [("markup", "##"), ("content", "春耕备耕忙")]),
        ("#春耕#上了热搜", [("content", "#春耕#上了热搜")]),
        ("**小标题**", [("markup", "**"), ("content", "小标题"), ("markup", "**")]),
        (
            "**本报讯** 昨天,大桥合龙。",
            [("markup", "**"), ("dateline", "本报讯"), ("markup", "** "), ("content", "昨天,大桥合龙。")],
        ),
        (
            "**本报讯** (记者 李晓明)昨天,大桥合龙。",
            [
                ("markup", "**"),
                ("dateline", "本报讯"),
                ("markup", "** ("),
                ("byline", "记者 李晓明"),
                ("markup", ")"),
                ("content", "昨天,大桥合龙。"),
            ],
        ),
        (
            "本报讯（记者李晓明 通讯员周敏）昨天，大桥合龙。",
            [
                ("dateline", "本报讯"),
                ("markup", "（"),
                ("byline", "记者李晓明 通讯员周敏"),
                ("markup", "）"),
                ("content", "昨天，大桥合龙。"),
            ],
        ),
        (
            "新华社成都3月5日电 (记者 李晓明)大桥合龙。",
            [
                ("dateline", "新华社成都3月5日电"),
                ("markup", " ("),
                ("byline", "记者 李晓明"),
                ("markup", ")"),
                ("content", "大桥合龙。"),
            ],
        ),
        ("据新华社电 大桥合龙。", [("dateline", "据新华社电"), ("markup", " "), ("content", "大桥合龙。")]),
        ("本报南京5月1日电 大桥合龙。", [("dateline", "本报南京5月1日电"), ("markup", " "), ("content", "大桥合龙。")]),
        ("本报讯号码有误。", [("content", "本报讯号码有误。")]),
        ("大桥昨天合龙。(下转第3版)", [("content", "大桥昨天合龙。"), ("jump", "(下转第3版)")]),
        ("大桥昨天合龙，市民前往参观。(记者 李晓明)", None),
        ("大桥**昨天**合龙。", None),
    ],
)
def test_parts_of_a_line(text, expected):
    found = parts(text)
    assert "".join(string for _, string in found) == text
    if expected is not None:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("本报记者 李晓明", "byline"),
        ("记者 李晓明 周敏 通讯员 王大力", "byline"),
        ("李晓明", "author"),
        ("□ 李晓明", "author"),
        ("本报记者 李晓明 摄", "caption"),
        ("昨天,市民在新落成的大桥上参观。 李晓明 摄", "caption"),
        ("图为新落成的大桥。", "caption"),
        ("下转第3版", "jump"),
        ("▶ 下转2版", "jump"),
        ("(上接第1版)", "jump"),
        ("A3版", "furniture"),
        ("2021年5月1日 星期六", "furniture"),
        ("责任编辑:李晓明", "furniture"),
        ("昨天,大桥合龙", None),
        ("全市粮食产量再创新高", None),
    ],
)
def test_forms_of_whole_lines(text, whole):
    (line,) = read_lines(text, [])
    assert read_unit(line).whole == whole


def test_bold_words_in_a_paragraph_are_one_paragraph():
    page = read_page("# 大桥合龙\n\n**昨天**上午,大桥合龙。\n")
    assert page.articles[0].text("body") == "昨天上午,大桥合龙。"


def test_floating_lines_get_their_kind():
    page = read_page(
        "A3版\n\n# 跨江大桥昨天合龙\n\n本报记者 李晓明\n\n昨天上午,跨江大桥合龙。(下转第3版)\n\n图为新落成的大桥。\n"
    )
    kinds = [(span.kind, span.text) for span in page.spans if span.kind not in ("blank", "markup")]
    assert kinds == [
        ("furniture", "A3版"),
        ("headline", "跨江大桥昨天合龙"),
        ("byline", "本报记者 李晓明"),
        ("body", "昨天上午,跨江大桥合龙。"),
        ("jump", "(下转第3版)"),
        ("caption", "图为新落成的大桥。"),
    ]


def test_a_page_without_heading_is_warned_of():
    page = read_page("昨天上午,大桥合龙。市民前往参观。\n\n施工单位说,工期提前了一个月。\n")
    assert [article.text("headline") for article in page.articles] == [None]
    assert [warning.kind for warning in page.warnings] == ["no_headline"]
