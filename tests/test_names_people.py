"""People: where their names stand, the office that touches each, the part that each plays, what each said."""

from __future__ import annotations

import pytest
from banmian.names import read_names
from named import article, people, read

SENTENCES = [
    # offices before the name
    ("市委书记周明远来到西湖区调研。", [("周明远", "市委书记", "subject")]),
    ("市委副书记、市长何建平重点通报了有关情况。", [("何建平", "市委副书记、市长", "speaker")]),
    ("副市长胡伟主持会议。会议指出,要抓好落实。", [("胡伟", "副市长", "subject")]),
    ("省委常委、市委书记沈国栋出席会议并讲话。", [("沈国栋", "省委常委、市委书记", "speaker")]),
    ("省委常委、组织部部长叶红专参加会议。", [("叶红专", "省委常委、组织部部长", "attendee")]),
    ("市人大常委会主任郑荣胜出席。", [("郑荣胜", "市人大常委会主任", "attendee")]),
    ("代市长欧阳晓明主持。", [("欧阳晓明", "代市长", "subject")]),
    (
        "浙江大学医学院附属第一医院感染科主任盛吉芳介绍,患者已出院。",
        [("盛吉芳", "浙江大学医学院附属第一医院感染科主任", "speaker")],
    ),
    ("张伟还说,企业要敢闯敢试。", [("张伟", None, "speaker")]),
    ("市公安局局长 金志 表示,将依法处理。", [("金志", "市公安局局长", "speaker")]),
    ("俄罗斯总统普京抵达北京。", [("普京", "俄罗斯总统", "subject")]),
    ("外交部发言人毛宁说,中方一贯反对。", [("毛宁", "外交部发言人", "speaker")]),
    ("中国驻法国大使卢沙野出席。", [("卢沙野", "中国驻法国大使", "attendee")]),
    ("云深处科技创始人兼首席执行官朱秋国介绍说,产品已量产。", [("朱秋国", "云深处科技创始人兼首席执行官", "speaker")]),
    ("原副省长王建满到场。", [("王建满", "原副省长", "attendee")]),
    ("市财政局党组书记、局长董悦汇报工作。", [("董悦", "市财政局党组书记、局长", "speaker")]),
    # offices after the name
    ("要学习贯彻习近平总书记重要讲话精神。", [("习近平", "总书记", "referenced")]),
    ("王毅外长会见来宾。", [("王毅", "外长", "subject")]),
    ("李兰娟院士说,疫苗有效。", [("李兰娟", "院士", "speaker")]),
    # one office for a list, several people with their own
    (
        "市领导柯吉欣、方毅、陈 瑾参加。",
        [("柯吉欣", "市领导", "attendee"), ("方毅", "市领导", "attendee"), ("陈 瑾", "市领导", "attendee")],
    ),
    (
        "会上,市中院院长余文玉、市检察院检察长陈海鹰分别介绍工作情况。",
        [("余文玉", "市中院院长", "speaker"), ("陈海鹰", "市检察院检察长", "speaker")],
    ),
    (
        "市委常委、宣传部部长黄海峰,副市长丁狄刚,武警杭州支队政委王建国等出席。",
        [
            ("黄海峰", "市委常委、宣传部部长", "attendee"),
            ("丁狄刚", "副市长", "attendee"),
            ("王建国", "武警杭州支队政委", "attendee"),
        ],
    ),
    (
        "市领导张华、李强国和王玉峰出席会议。",
        [("张华", "市领导", "attendee"), ("李强国", "市领导", "attendee"), ("王玉峰", "市领导", "attendee")],
    ),
    # offices and delegates in turn, and a body that shares a character with its head
    (
        "玄武区委书记闵一峰代表、江宁区区长黄成文代表先后发言。",
        [("闵一峰", "玄武区委书记", "speaker"), ("黄成文", "江宁区区长", "speaker")],
    ),
    ("市委常委、组织部长楼倩参加。", [("楼倩", "市委常委、组织部长", "attendee")]),
    ("新华社杭州7月3日电 国务院总理李强7月1日至3日在浙江调研。", [("李强", "国务院总理", "subject")]),
    (
        "李强在浙江省委书记易炼红、省长王浩陪同下,先后来到杭州考察。",
        [("李强", None, "subject"), ("易炼红", "浙江省委书记", "referenced"), ("王浩", "省长", "referenced")],
    ),
    # a name recognised once is recognised everywhere
    ("市长何建平主持。何建平指出,要抓落实。", [("何建平", "市长", "subject"), ("何建平", None, "speaker")]),
    ("副市长张宏伟讲话。与会者感谢张宏伟。", [("张宏伟", "副市长", "speaker"), ("张宏伟", None, "referenced")]),
    # names without any office, minority and foreign names
    ("施小琳强调,要敢于创新。", [("施小琳", None, "speaker")]),
    ("阿不都热合曼·艾则孜说,新疆变化很大。", [("阿不都热合曼·艾则孜", None, "speaker")]),
    ("联合国秘书长古特雷斯发表讲话。", [("古特雷斯", "联合国秘书长", "speaker")]),
    ("美国商会会长苏珊·克拉克访问北京。", [("苏珊·克拉克", "美国商会会长", "subject")]),
    # two characters or three: what follows decides
    ("市长陈勇分别看望了他们。", [("陈勇", "市长", "subject")]),
    ("市长陈勇峰看望了他们。", [("陈勇峰", "市长", "subject")]),
    ("市长王强调研企业。", [("王强", "市长", "subject")]),
    ("副市长高峰表示支持。", [("高峰", "副市长", "speaker")]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES)
def test_sentences(body: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert people(read(body, "杭州市")) == expected


NOBODY = [
    "市领导高度重视,相关部门负责同志参加。",
    "市长办公会议研究了有关工作。",
    "高质量发展,高水平开放,高效能治理。",
    "多措并举促进外贸发展。",
    "全国人大代表、政协委员和专家学者参加座谈。",
    "主任医师和护士们坚守岗位。",
    "王女士和李先生告诉我们,方便多了。",
    "各国代表应邀出席,中方期待合作。",
    "任务艰巨,要强化担当;方案明确,要加强协同。",
    "何时完工?于是大家都来了。",
    "关于做好今年工作的通知,要求全面落实。",
]


@pytest.mark.parametrize("body", NOBODY)
def test_nobody_is_named(body: str) -> None:
    assert people(read(body, "杭州市")) == []


HEADINGS = [
    ({"headline": "周明远在西湖区调研时强调:敢为人先", "body": "市委书记周明远昨天调研。"}, "speaker"),
    ({"headline": "会议举行,周明远出席", "body": "市委书记周明远昨天调研。"}, "attendee"),
    ({"headline": "周明远:让企业安心发展", "body": "昨天举行座谈会。"}, "speaker"),
    ({"subheadline": "周明远通报情况,何建平讲话", "body": "市委书记周明远、市长何建平昨天调研。"}, "speaker"),
]


@pytest.mark.parametrize(("fields", "part"), HEADINGS)
def test_headings(fields: dict[str, str], part: str) -> None:
    names = read_names([article(**fields)], None)
    first = next(m for m in names.mentions if m.kind == "person")
    assert (first.field, first.surface, first.part) == (next(iter(fields)), "周明远", part)


BYLINES = [
    ("记者 王逸飞", [("王逸飞", "记者", "reporter")]),
    ("本报记者 张丽华 陈 杰", [("张丽华", "本报记者", "reporter"), ("陈 杰", "本报记者", "reporter")]),
    ("记者王逸飞 通讯员李明", [("王逸飞", "记者", "reporter"), ("李明", "通讯员", "reporter")]),
    ("本报记者 钟文 摄", [("钟文", "本报记者", "reporter")]),
    ("赵一鸣 摄", [("赵一鸣", "摄", "reporter")]),
    ("特约记者 司马文 实习生 吴越", [("司马文", "特约记者", "reporter"), ("吴越", "实习生", "reporter")]),
    ("责编 周敏 美编:刘洋", [("周敏", "责编", "editor"), ("刘洋", "美编", "editor")]),
    ("评论员 丁一", [("丁一", "评论员", "author")]),
    ("沈立新", [("沈立新", None, "author")]),
    ("本报评论员", []),
]


@pytest.mark.parametrize(("byline", "expected"), BYLINES)
def test_bylines(byline: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    names = read_names([article(byline=byline, body="今天天气很好。")], None)
    assert people(names) == expected
    assert names.positions == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("公园昨天开放。(完)【编辑:王海生】", {"王海生": "editor"}),
        ("公园昨天开放。(责任编辑:李晓梅)", {"李晓梅": "editor"}),
        ("公园昨天开放。\n责编:陈志远 校对:赵芳", {"陈志远": "editor", "赵芳": "editor"}),
        ("公园昨天开放。编辑/李晓梅 审核/王海生", {"李晓梅": "editor", "王海生": "editor"}),
        ("公园昨天开放。\n本版编辑:周敏 电话:6123", {"周敏": "editor"}),
        ("公园昨天开放。\n文/记者张伟 编辑/刘洋", {"张伟": "reporter", "刘洋": "editor"}),
        ("编辑周敏说,公园开放了。", {"周敏": "speaker"}),
    ],
)
def test_who_edits_plays_no_part_in_the_story(body: str, expected: dict[str, str]) -> None:
    names = read(body, None)
    assert {m.name: m.part for m in names.mentions if m.kind == "person"} == expected
    assert names.positions == () or "speaker" in expected.values()


POSITIONS = [
    (
        "市委副书记、市长何建平出席。",
        [("副书记", "中共杭州市委员会", "printed"), ("市长", "杭州市人民政府", "office")],
    ),
    (
        "市委常委、组织部部长叶红专出席。",
        [("常委", "中共杭州市委员会", "printed"), ("部长", "中共杭州市委组织部", "printed")],
    ),
    (
        "市财政局党组书记、局长董悦出席。",
        [("党组书记", "杭州市财政局", "printed"), ("局长", "杭州市财政局", "printed")],
    ),
    (
        "副市长、市公安局局长金志出席。",
        [("副市长", "杭州市人民政府", "office"), ("局长", "杭州市公安局", "printed")],
    ),
    ("浙江省省长王浩出席。", [("省长", "浙江省人民政府", "office")]),
    ("西湖区副区长李伟出席。", [("副区长", "杭州市西湖区人民政府", "office")]),
    ("国务院总理李强出席。", [("总理", "中华人民共和国国务院", "printed")]),
    ("市领导柯吉欣出席。", [("市领导", None, None)]),
    ("习近平总书记出席。", [("总书记", None, None)]),
    (
        "全国人大代表、云深处科技创始人朱秋国出席。",
        [("代表", "全国人民代表大会", "printed"), ("创始人", "云深处科技", "printed")],
    ),
    (
        "四川天府新区党工委委员、管委会副主任曹俊杰出席。",
        [("委员", "中共四川天府新区工作委员会", "printed"), ("副主任", "四川天府新区管理委员会", "printed")],
    ),
]


@pytest.mark.parametrize(("body", "expected"), POSITIONS)
def test_positions(body: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    names = read(body, "杭州市")
    assert [(p.title, p.organization, p.basis) for p in names.positions] == expected
    assert {p.organization for p in names.positions} - {None} <= {o.key for o in names.organizations}


def test_an_office_without_city_implies_no_body() -> None:
    (position,) = read("市长何建平出席。", None).positions
    assert (position.organization, position.basis) == (None, None)


def test_bare_body_in_an_office_means_the_only_long_one() -> None:
    names = read("市乡村振兴领导小组会议举行。市长、领导小组组长何建平讲话。", "杭州市")
    assert [(p.title, p.organization) for p in names.positions] == [
        ("市长", "杭州市人民政府"),
        ("组长", "杭州市乡村振兴领导小组"),
    ]


STATEMENTS = [
    ("何建平指出,要抓落实。要见成效。", ["要抓落实。要见成效。"]),
    ("市长何建平说:“很好。”随后,会议结束。", ["“很好。”"]),
    ("施小琳强调,要创新。王晓晖指出,要落实。", ["要创新。", "要落实。"]),
    ("施小琳表示,要创新。\n要落实。", ["要创新。"]),
    ("市长何建平来到企业调研。", []),
]


@pytest.mark.parametrize(("body", "expected"), STATEMENTS)
def test_statements(body: str, expected: list[str]) -> None:
    names = read(body, "杭州市")
    assert [body[s.start : s.end] for s in names.statements] == expected
    assert all(names.mentions[s.mention].part == "speaker" for s in names.statements)


def test_spaced_name_is_an_alias() -> None:
    names = read("市领导陈 瑾参加。", "杭州市")
    assert [(p.key, p.name) for p in names.people] == [("陈瑾", "陈瑾")]
    assert [(a.entity, a.kind, a.name) for a in names.aliases] == [("陈瑾", "person", "陈 瑾")]
