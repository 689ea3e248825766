"""People in general news: foreign, Japanese, minority names, Hong Kong and Taiwan, surnames and verbs with offices."""

from __future__ import annotations

import pytest
from named import people, read

SENTENCES = [
    # transliterations, with an office and later without one
    ("前总统哈里森表示,合作很重要。哈里森说,他将访华。", [("哈里森", "前总统"), ("哈里森", None)]),
    ("俄罗斯外长拉夫连科通电话后离开。", [("拉夫连科", "俄罗斯外长")]),
    ("汉德森与妻子普莉希拉捐款。", [("汉德森", None), ("普莉希拉", "妻子")]),
    ("英国女王凯瑟琳二世出席。", [("凯瑟琳二世", "英国女王")]),
    ("美联储前主席沃尔特斯、英国前首相卡森分别发言。", [("沃尔特斯", "美联储前主席"), ("卡森", "英国前首相")]),
    # dots, and what follows them
    ("俄罗斯副总理奥列格·彼得连科出席。", [("奥列格·彼得连科", "俄罗斯副总理")]),
    ("挪威首相玛丽特·汉森日前宣布辞职。", [("玛丽特·汉森", "挪威首相")]),
    ("演员菲利普·霍夫曼和伊桑·霍克斯获奖。", [("菲利普·霍夫曼", "演员"), ("伊桑·霍克斯", None)]),
    ("才旦卓玛、阿布都拉·买买提等同志发言。", [("才旦卓玛", None), ("阿布都拉·买买提", None)]),
    # Japan and Korea
    ("日本首相山本健一、外相高桥纯子抵京。", [("山本健一", "日本首相"), ("高桥纯子", "外相")]),
    ("韩国总统金永焕与外长朴振宇会谈。", [("金永焕", "韩国总统"), ("朴振宇", "外长")]),
    # Hong Kong, Macao, Taiwan
    ("澳门特首何厚德会见来宾。", [("何厚德", "澳门特首")]),
    ("立法会议员陈方安慧出席。", [("陈方安慧", "立法会议员")]),
    ("台湾作家朱天明、香港演员梁家伟见面。", [("朱天明", "台湾作家"), ("梁家伟", "香港演员")]),
    # without an office
    ("昨日,李卫东带着妻子张桂芳来到医院。", [("李卫东", None), ("张桂芳", "妻子")]),
    ("陈志明当选市长,张立军、李慧当选副市长。", [("陈志明", None), ("张立军", None), ("李慧", None)]),
    ("教练刘国强说,张常宁和李盈莹都很努力。", [("刘国强", "教练"), ("张常宁", None), ("李盈莹", None)]),
    # reporters
    ("本报记者李大同、王小川报道", [("李大同", "记者"), ("王小川", "记者")]),
    ("(记者郅文博 通讯员李民)昨日,天晴。", [("郅文博", "记者"), ("李民", "通讯员")]),
    # brackets in lists
    ("市领导林正、黄晓燕(女)、欧阳文参加。", [("林正", "市领导"), ("黄晓燕", "市领导"), ("欧阳文", "市领导")]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES)
def test_sentences(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(surface, role) for surface, role, _ in people(read(body))] == expected


NOBODY = [
    "方便面和高铁时代,何况于是全国都知道黄金周来了,马上就要开始。",
    "金秋时节,安全生产,白天黑夜,江南水乡,华山脚下,江苏路上,任务完成,高兴地说。",
    "巴西队与阿根廷队在球场比赛,法兰克福主场获胜,布鲁塞尔和斯德哥尔摩也申办。",
    "广州恒大、上海申花、北京国安等队,阿里巴巴、特斯拉、诺基亚、摩托罗拉等企业。",
    "他在副厅长任上干了十年,局长接待日照常举行。",
    "参观毛主席纪念堂。",
    "市长热线开通,主任办公会议召开。",
    "苏格兰和桑德兰都下雪了,桑塔纳停在路边。",
]


@pytest.mark.parametrize("body", NOBODY)
def test_nobody_is_named(body: str) -> None:
    assert people(read(body)) == []


ADDRESSES = [
    # a surname with an office means the one person who bears both; the name is theirs
    ("市委书记刘长河出席。刘书记指出,要落实。", [("刘长河", "刘长河"), ("刘", "刘长河")]),
    ("副市长王立民来了。王市长很高兴。", [("王立民", "王立民"), ("王", "王立民")]),
    ("校长欧阳明说,好。欧阳校长说,很好。", [("欧阳明", "欧阳明"), ("欧阳", "欧阳明")]),
    # two of one surname, another office, nobody at all: no one is made up
    ("副市长王立民、副市长王小兰来了。王市长很高兴。", [("王立民", "王立民"), ("王小兰", "王小兰")]),
    ("市委书记刘长河出席。李书记表示赞同。", [("刘长河", "刘长河")]),
    ("记者见到王市长时,他正在工地。陈老师说,很好。", []),
    # those whom every reader knows
    ("周总理十分关心。", [("周", "周恩来")]),
]


@pytest.mark.parametrize(("body", "expected"), ADDRESSES)
def test_surnames_with_an_office(body: str, expected: list[tuple[str, str]]) -> None:
    names = read(body)
    assert [(m.surface, m.name) for m in names.mentions if m.kind == "person"] == expected
    assert all(len(alias.name) > 1 for alias in names.aliases)


POSITIONS = [
    # former, acting and double offices
    ("武汉市", "原市委书记周先林参加。", [("周先林", "原书记", "中共武汉市委员会")]),
    ("武汉市", "前任市长郭志远参加。", [("郭志远", "前任市长", "武汉市人民政府")]),
    ("武汉市", "时任副省长罗清平参加。", [("罗清平", "时任副省长", "湖北省人民政府")]),
    ("长沙市", "代市长谢文斌出席。", [("谢文斌", "代市长", "长沙市人民政府")]),
    ("长沙市", "市委常务副书记唐志强出席。", [("唐志强", "常务副书记", "中共长沙市委员会")]),
    (
        "太原市",
        "副市长、市公安局局长(代)乔森林主持。",
        [("乔森林", "副市长", "太原市人民政府"), ("乔森林", "局长", "太原市公安局")],
    ),
    (
        "济南市",
        "省政府党组成员、副省长王桂兰出席。",
        [("王桂兰", "党组成员", "山东省人民政府"), ("王桂兰", "副省长", "山东省人民政府")],
    ),
    # an office that a list shares
    (
        "海口市",
        "副市长冯鸿浩、龙卫东出席。",
        [("冯鸿浩", "副市长", "海口市人民政府"), ("龙卫东", "副市长", "海口市人民政府")],
    ),
    # offices that a verb gives, dealt out by 分别
    (
        "长沙市",
        "陈志明当选为市人大常委会主任。",
        [("陈志明", "主任", "长沙市人民代表大会常务委员会")],
    ),
    (
        "长沙市",
        "张立军、李慧分别当选市监委主任、市中级人民法院院长。",
        [("张立军", "主任", "长沙市监察委员会"), ("李慧", "院长", "长沙市中级人民法院")],
    ),
    ("长沙市", "张立军、李慧当选副市长。", [(name, "副市长", "长沙市人民政府") for name in ("张立军", "李慧")]),
    # as many offices as people, or nobody gets one; how one is addressed is no office
    ("长沙市", "张立军、李慧分别任组长、副组长、秘书长。", []),
    ("长沙市", "李卫国不再担任县长职务。", []),
    (
        "济南市",
        "副市长王立民来了。王市长很高兴。",
        [("王立民", "副市长", "济南市人民政府")],
    ),
]


@pytest.mark.parametrize(("city", "body", "expected"), POSITIONS)
def test_positions(city: str, body: str, expected: list[tuple[str, str, str | None]]) -> None:
    names = read(body, city)
    assert [(p.person, p.title, p.organization) for p in names.positions] == expected
    assert {p.organization for p in names.positions} - {None} <= {o.key for o in names.organizations}
