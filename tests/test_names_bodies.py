"""Bodies that general news names: international and foreign ones, renown, units, branches, courts, districts."""

from __future__ import annotations

import pytest
from named import organizations, read

# printed form, city, full name, type
BODIES = [
    # the world
    ("联合国", None, "联合国", "association"),
    ("安理会", None, "联合国安全理事会", "committee"),
    ("联合国开发计划署", None, "联合国开发计划署", "association"),
    ("联合国教科文组织", None, "联合国教育、科学及文化组织", "association"),
    ("世贸组织", None, "世界贸易组织", "association"),
    ("世行", None, "世界银行", "association"),
    ("北约", None, "北大西洋公约组织", "military"),
    ("欧盟", None, "欧洲联盟", "association"),
    ("国际田联", None, "国际田径联合会", "association"),
    ("埃及文化部", None, "埃及文化部", "government"),
    ("韩国外交通商部", None, "韩国外交通商部", "government"),
    ("德国经济和技术部", None, "德国经济和技术部", "government"),
    ("美国防部", None, "美国国防部", "government"),
    ("俄外交部", None, "俄罗斯外交部", "government"),
    ("挪威议会", None, "挪威议会", "legislature"),
    ("苏格兰队", None, "苏格兰队", "association"),
    ("法新社", None, "法新社", "media"),
    # renown
    ("微软公司", None, "微软公司", "company"),
    ("北大", None, "北京大学", "education"),
    ("国开行", None, "国家开发银行", "company"),
    ("海航", None, "海南航空", "company"),
    ("南开", None, "南开大学", "education"),
    ("飞利浦", None, "飞利浦", "company"),
    # bodies inside bodies
    ("教育部国际合作司", None, "教育部国际合作司", "government"),
    ("人民日报文艺部", None, "人民日报文艺部", "media"),
    ("北大哲学系", None, "北京大学哲学系", "education"),
    ("招商银行信用卡中心", None, "招商银行信用卡中心", "company"),
    ("建行江汉支行", None, "中国建设银行江汉支行", "company"),
    ("徽商银行股份有限公司芜湖分行", None, "徽商银行股份有限公司芜湖分行", "company"),
    ("渣打银行(中国)有限公司", None, "渣打银行(中国)有限公司", "company"),
    ("兰州市城市投资控股(集团)有限公司", None, "兰州市城市投资控股(集团)有限公司", "company"),
    # courts by the level of their place
    ("市法院", "天津市", "天津市高级人民法院", "judiciary"),
    ("市高院", "重庆市", "重庆市高级人民法院", "judiciary"),
    ("市高级人民法院", "北京市", "北京市高级人民法院", "judiciary"),
    ("市三中院", "北京市", "北京市第三中级人民法院", "judiciary"),
    ("市中院", "天津市", "市中院", "judiciary"),
    ("市检察院", "重庆市", "重庆市人民检察院", "judiciary"),
    ("市检察院二分院", "天津市", "天津市人民检察院第二分院", "judiciary"),
    ("市法院", "长沙市", "长沙市中级人民法院", "judiciary"),
    ("市中院", "长沙市", "长沙市中级人民法院", "judiciary"),
    ("省法院", "长沙市", "湖南省高级人民法院", "judiciary"),
    ("雨花区法院", "长沙市", "雨花区人民法院", "judiciary"),
    # short forms of places
    ("沪高院", None, "上海市高级人民法院", "judiciary"),
    ("哈市公安局", None, "哈尔滨市公安局", "government"),
    ("穗市场监管局", None, "广州市市场监督管理局", "government"),
    # commissions and bureaus as they are printed
    ("市经信委", "重庆市", "重庆市经济和信息化委员会", "government"),
    ("市经信局", "南京市", "南京市经济和信息化局", "government"),
    ("市住建委", "天津市", "天津市住房和城乡建设委员会", "government"),
    ("市人社局", "昆明市", "昆明市人力资源和社会保障局", "government"),
    ("市城建局", "武汉市", "武汉市城乡建设局", "government"),
    ("市园林和林业局", "武汉市", "武汉市园林和林业局", "government"),
    ("市文体旅局", "贵阳市", "贵阳市文化体育和旅游局", "government"),
    ("市新经济委", "成都市", "成都市新经济发展委员会", "government"),
    ("省粮储局", "兰州市", "甘肃省粮食和物资储备局", "government"),
]


@pytest.mark.parametrize(("surface", "city", "name", "kind"), BODIES)
@pytest.mark.parametrize("sentence", ["{}昨天发布消息。", "记者从{}获悉,会议日前召开。"])
def test_bodies(sentence: str, surface: str, city: str | None, name: str, kind: str) -> None:
    assert [found[:3] for found in organizations(read(sentence.format(surface), city))] == [(surface, name, kind)]


# Names that are also other words: only where the text speaks of their trade.
IN_CONTEXT = [
    ("热那亚客场战平对手,联赛排名第五。", ["热那亚"]),
    ("代表团昨天抵达热那亚,参观了港口。", []),
    ("暴雪的新游戏吸引了玩家。", ["暴雪"]),
    ("暴雪、大风预警昨天发布。", []),
    ("日产与丰田的轿车同台。", ["日产", "丰田"]),
    ("油田日产原油百吨。", []),
    ("最美的风景在路上。", []),
    ("延边敖东队主场迎战对手,联赛重新开始。", ["延边敖东队"]),
    ("消防队、医疗队、突击队在比赛前抵达。", []),
    ("据法国《费加罗报》报道,谈判仍在进行。", ["费加罗报"]),
    ("《情况通报》和《小学语文报告》已经印发。", []),
]


@pytest.mark.parametrize(("body", "surfaces"), IN_CONTEXT)
def test_context(body: str, surfaces: list[str]) -> None:
    assert [found[0] for found in organizations(read(body))] == surfaces


NOTHING = [
    "几家银行和七十多家出版社参加。",
    "一大批大学开设了课程。",
    "共同社会责任需要人人分担。",
    "民主党派人士座谈。",
    "城市绿地和世贸中心大厦建成。",
    "由公安、市场监管等部门组成联合工作组。",
    "这几个区的新能源汽车产量增长。",
    "美军和俄军举行演习。",
]


@pytest.mark.parametrize("body", NOTHING)
def test_general_words(body: str) -> None:
    assert organizations(read(body, "济南市")) == []


BOUNDS = [
    ("新华社北京4月8日电中国足球协会今天宣布决定。", ["新华社", "中国足球协会"]),
    ("中心将充分利用蓝盾科技有限公司的设备。", ["蓝盾科技有限公司"]),
    ("他应中国人民外交学会邀请来访。", ["中国人民外交学会"]),
    ("市第五中级人民法院开庭审理此案。", ["市第五中级人民法院"]),
]


@pytest.mark.parametrize(("body", "surfaces"), BOUNDS)
def test_bounds(body: str, surfaces: list[str]) -> None:
    assert [found[0] for found in organizations(read(body))] == surfaces


DISTRICTS = [
    (
        "雨花区昨天召开大会。区政府和区教育局作了介绍。",
        [
            ("区政府", "雨花区人民政府", "government", "bound_of_district"),
            ("区教育局", "雨花区教育局", "government", "department_of_district"),
        ],
    ),
    ("雨花区和岳麓区结对。区政府作了介绍。", [("区政府", "区政府", "government", "bound")]),
    ("宁乡之外,长沙县昨天发布消息。县委高度重视。", [("县委", "中共长沙县委员会", "party", "bound_of_district")]),
]


@pytest.mark.parametrize(("body", "expected"), DISTRICTS)
def test_the_one_district_of_an_article(body: str, expected: list[tuple[str, str, str, str]]) -> None:
    names = read(body, "长沙市")
    rules = [mention.rule for mention in names.mentions if mention.kind == "organization"]
    assert [(*found, rule) for found, rule in zip(organizations(names), rules, strict=True)] == expected
