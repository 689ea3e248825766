"""Organizations: how far their names reach, what their full names are, what is none."""

from __future__ import annotations

import pytest
from named import organizations, read

# printed form, city, full name, type
BODIES = [
    ("市委", "杭州市", "中共杭州市委员会", "party"),
    ("省委", "杭州市", "中共浙江省委员会", "party"),
    ("市委", None, "市委", "party"),
    ("县委办公室", None, "县委办公室", "party"),
    ("市委常委会", "成都市", "中共成都市委员会常务委员会", "party"),
    ("市委办公厅", "广州市", "中共广州市委办公厅", "party"),
    ("中共杭州市委宣传部", None, "中共杭州市委宣传部", "party"),
    ("市纪委", "南京市", "中共南京市纪律检查委员会", "party"),
    ("市纪委监委", "南京市", "中共南京市纪律检查委员会、南京市监察委员会", "party"),
    ("省监委", "武汉市", "湖北省监察委员会", "government"),
    ("市委统战部", "西安市", "中共西安市委统一战线工作部", "party"),
    ("余杭区委", "杭州市", "中共余杭区委员会", "party"),
    ("北仑区委政法委", None, "中共北仑区委政法委员会", "party"),
    ("市政府", "深圳市", "深圳市人民政府", "government"),
    ("市政府办公厅", "深圳市", "深圳市人民政府办公厅", "government"),
    ("武侯区政府", None, "武侯区人民政府", "government"),
    ("浙江省政府", None, "浙江省人民政府", "government"),
    ("市经信局", "杭州市", "杭州市经济和信息化局", "government"),
    ("市发改委", "武汉市", "武汉市发展和改革委员会", "government"),
    ("市住建局", "成都市", "成都市住房和城乡建设局", "government"),
    ("省卫健委", "长沙市", "湖南省卫生健康委员会", "government"),
    ("市人社局", "青岛市", "青岛市人力资源和社会保障局", "government"),
    ("市规划和自然资源局", "天津市", "天津市规划和自然资源局", "government"),
    ("市文旅局", "洛阳市", "洛阳市文化和旅游局", "government"),
    ("省生态环境厅", "郑州市", "河南省生态环境厅", "government"),
    ("市公安局", "重庆市", "重庆市公安局", "government"),
    ("省公安厅交警总队", "合肥市", "安徽省公安厅交通警察总队", "government"),
    ("广州市公安局天河区分局", None, "广州市公安局天河区分局", "government"),
    ("市国资委", "北京市", "北京市国有资产监督管理委员会", "government"),
    ("市农业农村局", "宁波市", "宁波市农业农村局", "government"),
    ("市人大常委会", "苏州市", "苏州市人民代表大会常务委员会", "legislature"),
    ("省人大常委会法工委", "南昌市", "江西省人民代表大会常务委员会法制工作委员会", "legislature"),
    ("市政协", "福州市", "中国人民政治协商会议福州市委员会", "legislature"),
    ("全国政协", None, "中国人民政治协商会议全国委员会", "legislature"),
    ("浙江代表团", None, "浙江代表团", "legislature"),
    ("市中院", "杭州市", "杭州市中级人民法院", "judiciary"),
    ("省高院", "杭州市", "浙江省高级人民法院", "judiciary"),
    ("天河区人民法院", None, "天河区人民法院", "judiciary"),
    ("浦口区检察院", None, "浦口区人民检察院", "judiciary"),
    ("武警四川总队", None, "中国人民武装警察部队四川省总队", "military"),
    ("南京警备区", None, "南京警备区", "military"),
    ("湖州军分区", None, "湖州军分区", "military"),
    ("东部战区", None, "中国人民解放军东部战区", "military"),
    ("团市委", "成都市", "共产主义青年团成都市委员会", "mass organization"),
    ("共青团浙江省委", None, "共产主义青年团浙江省委员会", "mass organization"),
    ("市妇联", "厦门市", "厦门市妇女联合会", "mass organization"),
    ("省总工会", "沈阳市", "辽宁省总工会", "mass organization"),
    ("市工商联", "温州市", "温州市工商业联合会", "mass organization"),
    ("民革浙江省委会", None, "中国国民党革命委员会浙江省委员会", "party"),
    ("市安委会", "无锡市", "无锡市安全生产委员会", "committee"),
    ("省防指", "杭州市", "浙江省防汛抗旱指挥部", "committee"),
    ("市乡村振兴工作领导小组", "成都市", "成都市乡村振兴工作领导小组", "committee"),
    ("国家发展改革委", None, "国家发展和改革委员会", "government"),
    ("中组部", None, "中共中央组织部", "party"),
    ("中央纪委", None, "中国共产党中央纪律检查委员会", "party"),
    ("国务院办公厅", None, "国务院办公厅", "government"),
    ("最高检", None, "最高人民检察院", "judiciary"),
    ("成都高新区管委会", None, "成都高新区管理委员会", "government"),
    ("四川天府新区党工委", None, "中共四川天府新区工作委员会", "party"),
    ("市十四届人大", "杭州市", "杭州市人民代表大会", "legislature"),
    ("省第十四届人民代表大会", "杭州市", "浙江省人民代表大会", "legislature"),
    ("中央军委后勤保障部", None, "中国共产党中央军事委员会后勤保障部", "military"),
    ("海曙区南门街道柳锦社区党委", None, "中共海曙区南门街道柳锦社区委员会", "party"),
    ("华中科技大学同济医学院附属协和医院", None, "华中科技大学同济医学院附属协和医院", "health"),
    ("长江水利委员会", None, "长江水利委员会", "committee"),
    ("蔚来汽车", None, "蔚来汽车", "company"),
    ("长沙海关", None, "长沙海关", "government"),
    ("市高法院", "重庆市", "重庆市高级人民法院", "judiciary"),
    ("番禺区石楼镇政府", None, "番禺区石楼镇人民政府", "government"),
    ("浙江大学", None, "浙江大学", "education"),
    ("浙江大学医学院附属第二医院", None, "浙江大学医学院附属第二医院", "health"),
    ("南京市第一医院", None, "南京市第一医院", "health"),
    ("市疾控中心", "长春市", "长春市疾病预防控制中心", "health"),
    ("之江实验室", None, "之江实验室", "research"),
    ("中国科学院", None, "中国科学院", "research"),
    ("成都银行", None, "成都银行", "company"),
    ("云栖科技有限公司", None, "云栖科技有限公司", "company"),
    ("广东省交通集团", None, "广东省交通集团", "company"),
    ("杭州市慈善总会", None, "杭州市慈善总会", "association"),
    ("浙江省民营企业发展联合会", None, "浙江省民营企业发展联合会", "association"),
    ("南方日报社", None, "南方日报社", "media"),
    ("苏州工业园区管委会", None, "苏州工业园区管理委员会", "government"),
    ("美国国务院", None, "美国国务院", "government"),
    ("美国商会", None, "美国商会", "association"),
]


@pytest.mark.parametrize(("surface", "city", "name", "kind"), BODIES)
@pytest.mark.parametrize("sentence", ["{}今天召开会议。", "记者从{}获悉,有关负责人介绍情况。"])
def test_bodies(sentence: str, surface: str, city: str | None, name: str, kind: str) -> None:
    assert organizations(read(sentence.format(surface), city)) == [(surface, name, kind)]


@pytest.mark.parametrize(
    "sentence",
    [
        "记者从{}获悉,有关负责人介绍情况。",
        # Here the tagger holds a zone for a place.
        pytest.param("{}今天召开会议。", marks=pytest.mark.xfail(reason="武汉东湖新技术开发区", strict=True)),
    ],
)
def test_a_zone_that_acts_is_a_body(sentence: str) -> None:
    zone = "武汉东湖新技术开发区"
    assert organizations(read(sentence.format(zone))) == [(zone, zone, "platform")]


LISTS = [
    # the items of a list that 等企业 closes, with and without head words
    (
        "代表团走访了云深处科技、深度求索、宇树科技等企业。",
        ["云深处科技", "深度求索", "宇树科技"],
    ),
    ("粤芯半导体、小马智行、文远知行等高新技术企业参展。", ["粤芯半导体", "小马智行", "文远知行"]),
    ("粤芯科技总经理古惠南、小马智行总裁赵德力等企业家发言。", ["粤芯科技", "小马智行"]),
    ("越秀区、荔湾区政府以及市教育局等单位参加。", ["越秀区", "荔湾区政府", "市教育局"]),
    ("与华为、比亚迪、腾讯等企业负责人交流。", ["华为", "比亚迪", "腾讯"]),
    ("重点发展人工智能、大数据、云计算等企业。", []),
    # a shared head, and places beside it
    ("余杭区、临平区安委会作交流发言。", ["余杭区", "临平区安委会"]),
    ("市财政局、市商务局以及江干区、上城区检察院分别作了汇报。", ["市财政局", "市商务局", "江干区", "上城区检察院"]),
    ("锦江区、武侯区、青羊区作交流发言。", ["锦江区", "武侯区", "青羊区"]),
    ("昨日锦江区、武侯区普降大雨。", []),
    ("省人大常委会法工委和办公厅负责同志参加。", ["省人大常委会法工委", "办公厅"]),
    ("市委、市政府高度重视科技创新。", ["市委", "市政府"]),
    ("成都市委市政府高度重视科技创新。", ["成都市委", "市政府"]),
]


@pytest.mark.parametrize(("body", "surfaces"), LISTS)
def test_lists(body: str, surfaces: list[str]) -> None:
    assert [surface for surface, _, _ in organizations(read(body))] == surfaces


NOTHING = [
    "各级党委、政府和有关部门要抓好落实。",
    "各区禁毒委分别设立分会场。",
    "坚持和完善人民代表大会制度。",
    "加快建设国际金融中心和科技创新中心。",
    "民营企业和科研机构、高等院校加强合作。",
    "我市城市环境不断改善,全市城乡建设稳步推进。",
    "超市、夜市人气很旺,城市委托社会力量运营。",
    "大学生走进人民医院当志愿者。",
    "中央空调和中央商务区。",
    "公安部门、教育部门、财政部门联合行动。",
    "这家公司和那所大学都在市区。",
    "市民王女士说,市场很热闹。",
    "人工智能、新能源汽车、生物医药等产业加快发展。",
    "会议认为,要加强部门协同。",
]


@pytest.mark.parametrize("body", NOTHING)
def test_general_nouns_are_no_organizations(body: str) -> None:
    assert organizations(read(body, "杭州市")) == []


def test_short_form_is_linked_to_the_long_name() -> None:
    names = read("昨天,记者来到杭州云栎空间创业园。云栎空间去年启用。\n云栎空间创业园入驻企业百家。", "杭州市")
    assert [(m.surface, m.name) for m in names.mentions] == [
        ("杭州云栎空间创业园", "杭州云栎空间创业园"),
        ("云栎空间", "杭州云栎空间创业园"),
        ("云栎空间创业园", "杭州云栎空间创业园"),
    ]
    assert {(a.entity, a.name) for a in names.aliases} == {
        ("杭州云栎空间创业园", "云栎空间"),
        ("杭州云栎空间创业园", "云栎空间创业园"),
    }


def test_one_body_under_two_printed_forms() -> None:
    names = read("市发改委印发通知。成都市发展和改革委员会负责解释。", "成都市")
    (organization,) = names.organizations
    assert (organization.name, organization.name_basis) == ("成都市发展和改革委员会", "printed")
    assert [(alias.kind, alias.name) for alias in names.aliases] == [("organization", "市发改委")]


def test_the_name_is_expanded_where_the_text_never_prints_it() -> None:
    (organization,) = read("市发改委印发通知。", "成都市").organizations
    assert (organization.name, organization.name_basis) == ("成都市发展和改革委员会", "expanded")
