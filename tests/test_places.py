"""Places with parents: which of several districts of one name is meant, and what is no county at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.names import divisions, read_names
from banmian.names.identity import candidates
from banmian.records import Article, Field, Names, Remark
from banmian.words.remarks import from_json
from conftest import run_build
from test_identity_build import rows


def read(city: str | None, *bodies: str, headline: str | None = None) -> Names:
    heading = {} if headline is None else {"headline": Field(headline, ())}
    return read_names([Article({**heading, "body": Field(body, ())}, ()) for body in bodies], city)


def organizations(city: str | None, body: str, headline: str | None = None) -> list[tuple[str, str]]:
    """(surface, full name) of each organization."""
    found = read(city, body, headline=headline).mentions
    return [(mention.surface, mention.name) for mention in found if mention.kind == "organization"]


# The city of the edition, a text with one body, its full name.
BY_CITY = [
    ("南京市", "鼓楼区委昨天召开会议。", "中共南京市鼓楼区委员会"),
    ("福州市", "鼓楼区委昨天召开会议。", "中共福州市鼓楼区委员会"),
    ("南京", "鼓楼区人民法院昨天开庭。", "南京市鼓楼区人民法院"),
    ("福州市", "鼓楼区法院昨天开庭。", "福州市鼓楼区人民法院"),
    ("徐州市", "中共鼓楼区委员会昨天发布消息。", "中共徐州市鼓楼区委员会"),
    ("开封市", "鼓楼区教育局昨天发布消息。", "开封市鼓楼区教育局"),
    ("上海市", "宝山区政府昨天发布消息。", "上海市宝山区人民政府"),
    ("双鸭山市", "宝山区政府昨天发布消息。", "双鸭山市宝山区人民政府"),
    ("北京市", "朝阳区疾控中心昨天发布消息。", "北京市朝阳区疾病预防控制中心"),
    ("杭州市", "西湖区第二中心小学昨天开学。", "杭州市西湖区第二中心小学"),
    ("湖南省", "永定区政府昨天发布消息。", "张家界市永定区人民政府"),
    # A name that only one district has says its city by itself.
    ("南京市", "玄武区人民法院昨天开庭。", "玄武区人民法院"),
    (None, "玄武区人民法院昨天开庭。", "玄武区人民法院"),
    ("福州市", "昆山市政府昨天发布消息。", "昆山市人民政府"),
    # What is printed before the name goes before the edition's city; the province is not part of the name.
    ("福州市", "南京市鼓楼区政府昨天发布消息。", "南京市鼓楼区人民政府"),
    ("福州市", "江苏省南京市鼓楼区政府昨天发布消息。", "南京市鼓楼区人民政府"),
    (None, "福建鼓楼区政府昨天发布消息。", "福州市鼓楼区人民政府"),
    ("南京市", "江苏省鼓楼区政府昨天发布消息。", "南京市鼓楼区人民政府"),
    # Neither an edition without a city nor one of another place knows.
    (None, "鼓楼区委昨天召开会议。", "鼓楼区委"),
    ("江苏省", "鼓楼区人民法院昨天开庭。", "鼓楼区人民法院"),
    ("广州市", "鼓楼区政府昨天发布消息。", "鼓楼区政府"),
    (None, "江苏省鼓楼区政府昨天发布消息。", "江苏省鼓楼区政府"),
]


@pytest.mark.parametrize(("city", "body", "name"), BY_CITY)
def test_the_city_of_the_edition_decides(city: str | None, body: str, name: str) -> None:
    assert [full for _, full in organizations(city, body)] == [name]


# The city of the edition, the headline, a text, the full names of its bodies.
BY_ARTICLE = [
    (None, None, "本报南京3月1日电 鼓楼区委昨天召开会议。", ["中共南京市鼓楼区委员会"]),
    (None, "福州今年新建公园二十座", "昨天,鼓楼区政府发布消息。", ["福州市鼓楼区人民政府"]),
    (None, None, "昨天,鼓楼区政府发布消息。福州今年新建公园二十座。", ["福州市鼓楼区人民政府"]),
    (None, None, "江宁区、鼓楼区昨天降雨。鼓楼区政府发布消息。", ["南京市鼓楼区人民政府"]),
    ("广州市", None, "南京市鼓楼区举行活动,鼓楼区委高度重视。", ["中共南京市鼓楼区委员会"]),
    ("福州市", None, "南京市鼓楼区举行活动,鼓楼区委高度重视。", ["中共南京市鼓楼区委员会"]),
    ("福州市", None, "鼓楼区与南京市鼓楼区结对,鼓楼区委高度重视。", ["中共福州市鼓楼区委员会"]),
    ("福州市", None, "鼓楼区的客人抵达南京,鼓楼区委高度重视。", ["中共福州市鼓楼区委员会"]),
    # The nearest city: in the sentence, in the paragraph.
    (None, None, "徐州昨天降雨。在南京,鼓楼区政府发布消息。", ["南京市鼓楼区人民政府"]),
    (None, None, "在徐州,人们过节。\n南京下雨。鼓楼区政府发布消息。", ["南京市鼓楼区人民政府"]),
    # Two of them leave it open.
    (None, None, "南京、徐州昨天降雨。鼓楼区政府发布消息。", ["鼓楼区政府"]),
    (None, None, "徐州市鼓楼区、南京市鼓楼区同日降雨。鼓楼区政府发布消息。", ["鼓楼区政府"]),
    # So does a sentence about another place, nearer than the one about the city.
    (None, None, "徐州昨天降雨。扬州的灯会开幕。鼓楼区政府发布消息。", ["鼓楼区政府"]),
    # These are words too: the urban area of any city.
    (None, None, "晋城昨天降雨。城区政府发布消息。", ["城区政府"]),
    ("晋城市", None, "城区政府昨天发布消息。", ["晋城市城区人民政府"]),
    (None, None, "昨天,浦东新区公布规划。区域经济研究会同日成立。", ["区域经济研究会"]),
    # A class of things is no body, of this district neither.
    (None, None, "昨天,浦东新区公布规划。区域服务中心同日启用。", []),
    (None, None, "江苏昨天降雨。鼓楼区政府发布消息。", ["鼓楼区政府"]),
    (None, None, "福建昨天降雨。鼓楼区政府发布消息。", ["福州市鼓楼区人民政府"]),
]


@pytest.mark.parametrize(("city", "headline", "body", "names"), BY_ARTICLE)
def test_the_article_decides_where_the_edition_does_not(
    city: str | None, headline: str | None, body: str, names: list[str]
) -> None:
    assert [full for _, full in organizations(city, body, headline)] == names


def test_offices_follow_their_district() -> None:
    body = "鼓楼区委书记张明、鼓楼区区长王强出席。区教育局局长李丽陪同。"
    for city in ("南京市", "福州市"):
        positions = [(one.person, one.title, one.organization) for one in read(city, body).positions]
        assert positions == [
            ("张明", "书记", f"中共{city}鼓楼区委员会"),
            ("王强", "区长", f"{city}鼓楼区人民政府"),
            ("李丽", "局长", f"{city}鼓楼区教育局"),
        ]
    assert [one.organization for one in read(None, "鼓楼区区长王强出席。").positions] == [None]


ONE_BODY = [
    ("杭州市余杭区人民法院昨天开庭。余杭区法院院长李明主持。", "杭州市余杭区人民法院"),
    ("余杭区委昨天召开会议。浙江省杭州市余杭区委、杭州余杭区委发布消息。", "中共杭州市余杭区委员会"),
    ("南京市鼓楼区人民法院昨天开庭。江苏省南京市鼓楼区法院发布消息。", "南京市鼓楼区人民法院"),
    ("秭归县委昨天召开会议。湖北省秭归县委、宜昌市秭归县委发布消息。", "中共秭归县委员会"),
    ("昆山市法院昨天开庭。江苏省苏州市昆山市人民法院发布消息。", "昆山市人民法院"),
    ("余杭区区长王强出席。杭州市余杭区政府发布消息。", "杭州市余杭区人民政府"),
]


@pytest.mark.parametrize(("body", "name"), ONE_BODY)
def test_a_body_is_one_with_its_city_and_without(body: str, name: str) -> None:
    found = read(None, "玄武区昨天降雨。", body)
    assert [one.name for one in found.organizations] == [name]
    assert {one.organization for one in found.positions} <= {name}


# A zone has no people's government, party committee or congress of its own.
ZONES = [
    ("成都市", "高新区政府昨天发布消息。", ["成都高新区政府"]),
    (None, "高新区政府昨天发布消息。", ["高新区政府"]),
    ("成都市", "成都高新区管委会昨天发布消息。", ["成都高新区管理委员会"]),
    ("成都市", "高新区管委会昨天发布消息。", ["成都高新区管理委员会"]),
    ("西安市", "高新区管委会昨天发布消息。", ["西安高新区管理委员会"]),
    (None, "苏州工业园区管委会昨天发布消息。", ["苏州工业园区管理委员会"]),
    (None, "雄安新区党工委昨天召开会议。", ["中共雄安新区工作委员会"]),
    (None, "横琴管委会昨天发布消息。", ["横琴管理委员会"]),
    ("杭州市", "今年,经开区加快发展。区委昨天召开会议。", ["区委"]),
    # These new areas are districts.
    (None, "浦东新区政府昨天发布消息。", ["浦东新区人民政府"]),
    (None, "天津滨海新区政府昨天发布消息。", ["天津市滨海新区人民政府"]),
]


@pytest.mark.parametrize(("city", "body", "names"), ZONES)
def test_a_zone_is_no_county(city: str | None, body: str, names: list[str]) -> None:
    assert [full for _, full in organizations(city, body)] == names


@pytest.mark.parametrize(
    "zone", ["高新区", "经开区", "自贸区", "政务区", "前海", "亦庄", "横琴", "石家庄高新技术产业开发区"]
)
def test_zones_imply_no_government(zone: str) -> None:
    found = read("成都市", f"{zone}区长王强出席。{zone}政府、{zone}区委昨天发布消息。")
    names = {one.organization for one in found.positions} | {one.name for one in found.organizations}
    assert not [name for name in names if name and ("人民政府" in name or "中共" in name)]


def test_every_division_lies_in_one_that_is_listed() -> None:
    for same in divisions.named().values():
        for one in same:
            chain = divisions.above(one)
            if one.level in ("prefecture", "county"):
                assert divisions.level(chain[-1]) == "province", one
            assert all(divisions.level(name) in ("prefecture", "province") for name in chain), one


@pytest.mark.parametrize(
    ("name", "level", "parents"),
    [
        ("鼓楼区", "county", {"南京市", "徐州市", "福州市", "开封市"}),
        ("朝阳区", "county", {"北京市", "长春市"}),
        ("仙桃市", "county", {"湖北省"}),
        ("神农架林区", "county", {"湖北省"}),
        ("六枝特区", "county", {"六盘水市"}),
        ("正蓝旗", "county", {"锡林郭勒盟"}),
        ("东莞市", "prefecture", {"广东省"}),
        ("延边朝鲜族自治州", "prefecture", {"吉林省"}),
        ("重庆市", "province", {""}),
        ("城口县", "county", {"重庆市"}),
        ("闸北区", "county", {"上海市"}),
        ("雄安新区", "zone", {"河北省"}),
    ],
)
def test_levels_and_parents(name: str, level: str, parents: set[str]) -> None:
    assert {one.level for one in divisions.named()[name]} == {level}
    assert {one.parent for one in divisions.named()[name]} == parents


def test_people_of_districts_of_different_cities_are_asked_about() -> None:
    one = [candidates.Claim("局长", "余杭区教育局", "government")]
    other = [candidates.Claim("局长", "成都市武侯区教育局", "government")]
    assert candidates.conflict(one, other) == Remark("different_places", {"these": ["杭州市"], "others": ["成都市"]})
    assert candidates.conflict(one, [candidates.Claim("局长", "杭州市公安局", "government")]) is None


PAGE = """# 法治宣传活动举行

鼓楼区委书记{}昨天出席活动。鼓楼区人民法院、鼓楼区教育局等单位参加。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Editions of two cities, and of none, that each name the same district."""
    folder = tmp_path_factory.mktemp("places")
    editions = ["editions:"]
    for id_, city, person in (("nj", "南京市", "张志明"), ("fz", "福州市", "陈国强"), ("xx", "", "李建华")):
        (folder / f"{id_}.txt").write_text(PAGE.format(person), "utf-8")
        stated = f"city: {city}, " if city else ""
        editions.append(f"  - {{id: {id_}, {stated}pages: [{{file: {id_}.txt}}]}}")
    (folder / "editions.yml").write_text("\n".join(editions) + "\n", "utf-8")
    result = run_build(folder, folder / "build")
    assert result.returncode == 0, result.stderr
    return folder / "build" / "edition.db"


def test_the_same_district_of_two_cities_is_two(built: Path) -> None:
    found = rows(built, "SELECT key, name, name_basis FROM organizations WHERE key LIKE '%鼓楼区%' ORDER BY key")
    of_city = [
        (f"{before}{city}鼓楼区{after}",) * 2 + ("expanded",)
        for city in ("南京市", "福州市")
        for before, after in (("中共", "委员会"), ("", "人民法院"), ("", "教育局"))
    ]
    as_printed = [(name, name, "printed") for name in ("鼓楼区委", "鼓楼区人民法院", "鼓楼区教育局")]
    assert sorted(found) == sorted(of_city + as_printed)
    holders = rows(
        built,
        "SELECT organizations.name, people.name FROM positions JOIN people ON people.id = person_id"
        " JOIN organizations ON organizations.id = organization_id ORDER BY 2",
    )
    assert holders == [
        ("中共南京市鼓楼区委员会", "张志明"),
        ("鼓楼区委", "李建华"),
        ("中共福州市鼓楼区委员会", "陈国强"),
    ]


def test_what_no_city_decides_is_a_question(built: Path) -> None:
    asked = rows(
        built,
        "SELECT kind, entity, name, edition_id, status FROM identity_candidates WHERE organization_id IS NOT NULL"
        " ORDER BY name",
    )
    assert asked == [
        ("place", "organization", name, "xx", "open") for name in ("鼓楼区人民法院", "鼓楼区委", "鼓楼区教育局")
    ]
    ((evidence, entry),) = rows(built, "SELECT evidence, entry FROM identity_candidates WHERE name = '鼓楼区委'")
    cities = ["南京市", "徐州市", "福州市", "开封市"]
    bodies = [f"中共{city}鼓楼区委员会" for city in cities]
    assert from_json(str(evidence)) == [Remark("which_district", {"cities": cities, "organizations": bodies})]
    assert 'names: ["中共南京市鼓楼区委员会", "鼓楼区委"]' in str(entry)


def test_an_editor_says_which_district_is_meant(built: Path) -> None:
    folder = built.parent.parent
    stated = (folder / "editions.yml").read_text("utf-8")
    ((entry,),) = rows(built, "SELECT entry FROM identity_candidates WHERE name = '鼓楼区委'")
    kept = str(entry).replace("南京市", "开封市").replace("as:", "as: same").split("\n")
    answered = stated.replace(
        "{id: xx, pages: [{file: xx.txt}]}",
        "\n    ".join(["id: xx", "pages: [{file: xx.txt}]", "identities:", *(f"  {line}" for line in kept)]),
    )
    (folder / "editions.yml").write_text(answered, "utf-8")
    result = run_build(folder, folder / "again")
    (folder / "editions.yml").write_text(stated, "utf-8")
    assert result.returncode == 0, result.stderr
    database = folder / "again" / "edition.db"
    held = "SELECT organizations.name FROM positions JOIN organizations ON organizations.id = organization_id"
    assert ("中共开封市鼓楼区委员会",) in rows(database, held)
    asked = rows(database, "SELECT name FROM identity_candidates WHERE organization_id IS NOT NULL ORDER BY name")
    assert asked == [("鼓楼区人民法院",), ("鼓楼区教育局",)]
