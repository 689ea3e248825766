"""What real pages print beside articles: every line gets its kind, and none breaks the text that it stands in."""

import pytest
from banmian.page import read_page

STORY = [
    "跨江大桥的建设者在江面上连续奋战了三年,昨天上午,大桥的最后一段钢梁终于吊装到位。",
    "大桥全长四千米,双向六车道,通车以后,两岸居民过江的时间将从一小时缩短到十分钟。",
    "施工单位介绍,大桥的钢梁在岸上分段制造,再用船运到江心,由起重船一段一段吊装。",
    "沿岸的渔民说,大桥建成以后,镇上的鱼虾当天就能送到省城的市场,生意会越来越好。",
]
OTHER = [
    "本报讯(记者 周凯)市教育局昨天公布中考招生办法,今年全市高中招生名额比去年增加两千个。",
    "教育局负责人介绍,考生可在六月底以前登录招生网站填报志愿,每人可填六所高中。",
]


def articles_of(*lines):
    page = read_page("\n\n".join(lines) + "\n")
    return page, [
        (
            article.text("headline"),
            [(one.kind, article.text("body")[one.start : one.end]) for one in article.paragraphs],
        )
        for article in page.articles
    ]


def paragraphs(*texts):
    return [("paragraph", text) for text in texts]


@pytest.mark.parametrize("mark", ["### {}", "**{}**", "{}", "# {}"])
def test_crossheads_stand_in_the_body(mark):
    _, found = articles_of(
        "# 跨江大桥昨天合龙",
        *STORY[:2],
        mark.format("一、钢梁在江心吊装"),
        STORY[2],
        mark.format("二、鱼虾当天到省城"),
        STORY[3],
        "## 中考招生名额增加",
        *OTHER,
    )
    assert found[0] == (
        "跨江大桥昨天合龙",
        [
            *paragraphs(*STORY[:2]),
            ("crosshead", "一、钢梁在江心吊装"),
            ("paragraph", STORY[2]),
            ("crosshead", "二、鱼虾当天到省城"),
            ("paragraph", STORY[3]),
        ],
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    ("headline", "crosshead"), [("# {}", "# {}"), ("# {}", "## {}"), ("## {}", "### {}"), ("# **{}**", "**{}**")]
)
@pytest.mark.parametrize("words", [("钢梁在江心吊装", "鱼虾当天到省城"), ("“我们等了三年”", "“鱼虾当天到省城”")])
def test_crossheads_marked_like_headlines_do_not_split_an_article(headline, crosshead, words):
    page, _ = articles_of(
        headline.format("跨江大桥昨天合龙"),
        "本报记者何敏周凯",
        *STORY[:2],
        crosshead.format(words[0]),
        STORY[2],
        crosshead.format(words[1]),
        STORY[3],
        headline.format("中考招生名额增加"),
        *OTHER,
    )
    assert [article.text("headline") for article in page.articles] == ["跨江大桥昨天合龙", "中考招生名额增加"]
    assert page.articles[0].text("byline") == "本报记者何敏周凯"
    assert [span.text for span in page.spans if span.kind == "crosshead"] == list(words)


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (("# 跨江大桥", "# 昨天合龙"), {"headline": "跨江大桥\n昨天合龙"}),
        (
            ("## 两岸居民盼了三年", "# 跨江大桥昨天合龙", "## 过江时间缩短到十分钟"),
            {"kicker": "两岸居民盼了三年", "headline": "跨江大桥昨天合龙", "subheadline": "过江时间缩短到十分钟"},
        ),
        (
            ("# 跨江大桥昨天合龙", "# ——建设者奋战三年的故事"),
            {"headline": "跨江大桥昨天合龙", "subheadline": "——建设者奋战三年的故事"},
        ),
        (
            ("# 大桥昨天合龙", "# 双向六车道两岸居民过江时间缩短到十分钟"),
            {"headline": "大桥昨天合龙", "subheadline": "双向六车道两岸居民过江时间缩短到十分钟"},
        ),
        # Of one mark and like length: what the lead says is the headline.
        (
            ("# 鱼虾当天送到省城市场", "# 跨江大桥昨天合龙"),
            {"kicker": "鱼虾当天送到省城市场", "headline": "跨江大桥昨天合龙"},
        ),
        (
            ("# 跨江大桥最后一段钢梁吊装到位", "# 鱼虾当天送到省城市场"),
            {"headline": "跨江大桥最后一段钢梁吊装到位", "subheadline": "鱼虾当天送到省城市场"},
        ),
    ],
)
def test_headings_of_several_marked_lines(lines, fields):
    page, found = articles_of(*lines, *STORY)
    (article,) = page.articles
    assert {kind: article.text(kind) for kind in fields} == fields
    assert found[0][1] == paragraphs(*STORY)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("# 本报记者 何敏", "byline"),
        ("## 责任编辑:何敏", "furniture"),
        ("# (下转第3版)", "jump"),
        ("# 图为正在吊装的钢梁。", "caption"),
        ("# 【记者手记】", "rubric"),
    ],
)
def test_marks_do_not_hide_what_a_line_is(line, kind):
    page, _ = articles_of("# 跨江大桥昨天合龙", line, *STORY)
    assert kind in [span.kind for span in page.spans if span.text.strip("【】") == line.lstrip("# ").strip("【】")]


def test_a_dateline_in_a_line_of_its_own_opens_the_text_below():
    page, found = articles_of(
        "# 跨江大桥昨天合龙", *STORY, "## 中考招生名额增加", "【本报讯】", OTHER[0][10:], OTHER[1]
    )
    assert [article.text("dateline") for article in page.articles] == [None, "本报讯"]
    assert found[1] == ("中考招生名额增加", paragraphs(OTHER[0][10:], OTHER[1]))


def test_a_text_from_another_page_stands_without_a_headline():
    _, found = articles_of("(上接第1版)", STORY[0][9:], STORY[1], "## 中考招生名额增加", *OTHER)
    assert found == [
        (None, paragraphs(STORY[0][9:], STORY[1])),
        ("中考招生名额增加", paragraphs(OTHER[0][10:], OTHER[1])),
    ]


@pytest.mark.parametrize(
    ("stray", "kind"),
    [
        ("图为正在吊装的钢梁。 本报记者 何敏 摄", "caption"),
        ("责任编辑:何敏 版式:周凯", "furniture"),
        ("A02 要闻", "furniture"),
        ("今日天气 多云 8-12℃", "furniture"),
        (">>详见A3", "jump"),
    ],
)
def test_lines_that_break_into_a_sentence_do_not_break_it(stray, kind):
    page, found = articles_of("# 跨江大桥昨天合龙", STORY[0], STORY[1][:17], stray, STORY[1][17:], *STORY[2:])
    assert found == [("跨江大桥昨天合龙", paragraphs(*STORY))]
    assert [(span.kind, span.text) for span in page.spans if span.text == stray] == [(kind, stray)]


def test_a_caption_goes_to_the_article_that_shares_its_words():
    page, _ = articles_of(
        "# 跨江大桥昨天合龙", *STORY, "图为考生登录招生网站。", "## 中考招生名额增加", *OTHER, "摄/何敏"
    )
    assert [article.text("caption") for article in page.articles] == [None, "图为考生登录招生网站。\n摄/何敏"]


def test_a_text_breaks_off_before_its_jump():
    _, found = articles_of(
        "# 跨江大桥昨天合龙", *STORY[:2], STORY[2][:20], "(下转第3版)", "## 中考招生名额增加", *OTHER
    )
    assert found[0] == ("跨江大桥昨天合龙", paragraphs(*STORY[:2], STORY[2][:20]))


def test_items_of_a_list_are_paragraphs():
    items = ["1.渔船一律减速通过桥区水域", "2.车辆从北岸匝道驶入", "3.行人在两侧步道通行"]
    _, found = articles_of("# 跨江大桥昨天合龙", *STORY[:2], *items, *STORY[2:])
    assert found == [("跨江大桥昨天合龙", paragraphs(*STORY[:2], *items, *STORY[2:]))]


def test_a_notice_is_an_article():
    notice = "何敏不慎遗失身份证,证号末四位2031,声明作废。"
    _, found = articles_of("# 跨江大桥昨天合龙", *STORY, "遗失声明", notice)
    assert found[1] == ("遗失声明", paragraphs(notice))


@pytest.mark.parametrize(
    "note", ["编者按:大桥昨天合龙,本报从今天起推出系列报道。", "【编者按】大桥昨天合龙,本报从今天起推出系列报道。"]
)
def test_an_editors_note_is_a_paragraph(note):
    _, found = articles_of("# 跨江大桥昨天合龙", note, *STORY)
    assert found == [("跨江大桥昨天合龙", paragraphs(note, *STORY))]
