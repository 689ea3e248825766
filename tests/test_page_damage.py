"""Pages that were damaged before they came here: each damage is told, with its line, and nothing is changed for it."""

import pytest
from banmian.page import read_page
from banmian.words.remarks import chinese, english

STORY = [
    "跨江大桥的建设者在江面上连续奋战了三年,昨天上午,大桥的最后一段钢梁终于吊装到位。",
    "大桥全长四千米,双向六车道,通车以后,两岸居民过江的时间将从一小时缩短到十分钟。",
    "施工单位介绍,大桥的钢梁在岸上分段制造,再用船运到江心,由起重船一段一段吊装。",
    "沿岸的渔民说,大桥建成以后,镇上的鱼虾当天就能送到省城的市场,生意会越来越好。",
]
KINDS = ("replaced", "garbled", "lost_encoding", "radicals", "twice")


def told(*lines):
    page = read_page("\n\n".join(("# 跨江大桥昨天合龙", *lines)))
    return [(one.kind, one.values["line"]) for one in page.warnings if one.kind in KINDS], page


def garbled(text, encoding):
    return text.encode().decode(encoding, "ignore")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (STORY, []),
        ([*STORY[:2], STORY[2].replace("钢梁", "\ufffd\ufffd"), STORY[3]], [("replaced", 7)]),
        ([*STORY[:2], garbled(STORY[2], "gb18030"), STORY[3]], [("garbled", 7)]),
        ([*STORY[:2], garbled(STORY[2], "cp1252"), STORY[3]], [("garbled", 7)]),
        ([*STORY[:2], garbled(STORY[2], "latin-1").replace("\x85", ""), STORY[3]], [("garbled", 7)]),
        ([*STORY[:3], "锟斤拷锟斤拷大桥锟斤拷"], [("lost_encoding", 9)]),
        (
            [*STORY[:2], STORY[2].replace("人", "⼈").replace("长", "⻓").replace("大", "⼤"), STORY[3]],
            [("radicals", 7)],
        ),
        ([*STORY[:2], STORY[1], *STORY[2:]], [("twice", 7)]),
        ([*STORY[:2], STORY[1].replace("居民", "居氏"), *STORY[2:]], [("twice", 7)]),
        ([*STORY, STORY[0]], [("twice", 11)]),
    ],
)
def test_damage_is_told_and_nothing_changed(lines, expected):
    found, page = told(*lines)
    assert found == expected
    assert "".join(span.text for span in page.spans) == "\n\n".join(("# 跨江大桥昨天合龙", *lines))


def test_what_can_be_done_is_said_in_both_languages():
    _, page = told(*STORY, STORY[0], "锟斤拷", "⼈\ufffd", garbled(STORY[2], "gb18030"))
    found = [one for one in page.warnings if one.kind in KINDS]
    assert {one.kind for one in found} == set(KINDS)
    assert all(
        "editions.yml" in chinese(one) or "原来的文件" in chinese(one) or "编码" in chinese(one) for one in found
    )
    assert all("editions.yml" in english(one) or "file" in english(one) for one in found)


def test_radicals_are_read_as_characters_and_kept_as_printed():
    _, page = told(STORY[0], STORY[1][:30].replace("大", "⼤"), STORY[1][30:].replace("时", "时"), *STORY[2:])
    assert "⼤桥全长" in page.articles[0].text("body")
    _, page = told("**本报讯** (记者 张⼤⼒)昨天,大桥合龙。")
    assert page.articles[0].text("byline") == "记者 张⼤⼒"
