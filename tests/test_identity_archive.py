"""Who is who over many editions: what is surely one, and what is left apart."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import yaml
from banmian.names import places, read_names
from banmian.names.identity import cores, merging
from banmian.names.identity.normal import kept, normal_form
from banmian.records import Article, Field, Piece
from banmian.review.identities import review_names
from conftest import run_build


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (["江苏省苏州市公安局", "苏州市公安局", "苏州公安局"], "苏州市公安局"),
        (["四川省石渠县应急管理局", "石渠县应急管理局"], "石渠县应急管理局"),
        (["甘肃省平凉市庄浪县医院", "庄浪县医院", "甘肃庄浪县医院"], "庄浪县医院"),
        (["江苏省南京市鼓楼区图书馆", "南京市鼓楼区图书馆"], "南京市鼓楼区图书馆"),
        (["南京市余江中学", "南京余江中学"], "南京市余江中学"),
        (["海宁远山(苏州)有限公司", "海宁远山（苏州）有限公司", "海宁远山苏州有限公司"], "海宁远山苏州有限公司"),
        (["远山机械有限责任公司", "远山机械有限公司"], "远山机械有限公司"),
        (["远山科技", "远山科技公司"], "远山科技"),
        (["远山集团有限公司", "远山集团有限责任公司", "远山集团公司", "远山集团"], "远山集团"),
        (["中国教育部", "教育部"], "教育部"),
        (["中国中央广播电视总台", "中央广播电视总台"], "中央广播电视总台"),
        (["中国国务院远山委员会", "国务院远山委员会"], "国务院远山委员会"),
        (["中国教育部社会司", "教育部社会司"], "教育部社会司"),
        (["远山银行股份有限公司", "远山银行有限责任公司", "远山银行"], "远山银行"),
        (["中共中央政治局", "中国共产党中央政治局"], "中共中央政治局"),
    ],
)
def test_spellings_of_one_body(names: list[str], one: str) -> None:
    assert len({normal_form(name) for name in names}) == 1
    assert {name: kept(names) for name in names if name != one} == merging.one_body(names)
    assert kept(names) == kept(list(reversed(names))) == one


@pytest.mark.parametrize(
    "names",
    [
        ("南京市鼓楼区图书馆", "福州市鼓楼区图书馆", "鼓楼区图书馆"),
        ("吉林省公安厅", "吉林市公安局"),
        ("远山股份有限公司", "远山有限公司", "远山"),
        ("远山机械集团", "远山机械"),
        ("远山集团股份有限公司", "远山集团有限公司"),
        ("远山银行集团", "远山银行"),
        ("中国远山部社会司", "远山部社会司"),
        ("中国新闻周刊", "新闻周刊"),
        ("北京公司", "北京"),
        ("上海东方医院", "东方医院"),
        ("中国气象局", "气象局"),
        ("苏州市第一中学", "苏州市第二中学"),
        ("中国远山大学", "远山大学"),
    ],
)
def test_names_that_may_be_several_bodies_stay_apart(names: tuple[str, ...]) -> None:
    assert merging.one_body(names) == {}


def test_what_an_editor_keeps_apart_stays_apart() -> None:
    names = ("远山科技", "远山科技公司")
    assert merging.one_body(names, {frozenset(names)}) == {}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["远山县友谊医院", "友谊医院"], {}),
        (["沧源佤族自治县友谊医院", "友谊医院"], {"友谊医院": "沧源佤族自治县友谊医院"}),
        (["友谊医院", "沧源佤族自治县友谊医院"], {}),
        (["苏州市友谊医院", "无锡市友谊医院", "友谊医院"], {}),
        (["抚州市检察院", "市检察院"], {"市检察院": "抚州市检察院"}),
        (["贵州省总工会", "市总工会"], {}),
        (["苏州市法院", "法院"], {}),
        (["中国驻远山总领馆", "驻远山总领馆"], {"驻远山总领馆": "中国驻远山总领馆"}),
        (["中国气象局", "气象局"], {}),
        (["中国比利时商会", "比利时商会"], {}),
        (["桐庐县中通快递", "中通快递"], {}),
        (["苏州市吴江区上海银行远山支行", "上海银行远山支行"], {"上海银行远山支行": "苏州市吴江区上海银行远山支行"}),
        (["也门远山武装代表团", "远山武装代表团"], {"远山武装代表团": "也门远山武装代表团"}),
        (["法国国防部", "国防部"], {}),
    ],
)
def test_short_names_in_one_article(names: list[str], found: dict[str, str]) -> None:
    assert merging.bodies_in_article(names) == found


TYPES = {
    **dict.fromkeys(("珑湫医院", "武汉珑湫医院", "友谊医院", "沧源县友谊医院"), "health"),
    **dict.fromkeys(
        ("建设银行", "中国建设银行", "锐驰科技", "锐驰科技研发部", "锐驰科技（北京）有限公司", "锐驰科技子公司"),
        "company",
    ),
    **dict.fromkeys(("市教育局", "苏州市教育局"), "government"),
    "工行": "company",
    "中国工商银行": "company",
    "锐驰": "company",
    "上海锐驰地铁集团": "company",
    "江研院": "company",
    "远江科学研究院": "research",
    "远科院": "research",
}


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ({}, {"建设银行": "中国建设银行", "工行": "中国工商银行"}),
        ({"珑湫医院": ["武汉珑湫医院"]}, {"珑湫医院": "武汉珑湫医院"}),
        ({"友谊医院": ["沧源县友谊医院"]}, {}),
        ({"市教育局": ["苏州市教育局"]}, {}),
        ({"锐驰科技": ["锐驰科技研发部"]}, {}),
        ({"锐驰科技": ["锐驰科技子公司"]}, {}),
        ({"锐驰": ["上海锐驰地铁集团"]}, {}),
        ({"锐驰科技": ["锐驰科技（北京）有限公司"]}, {"锐驰科技": "锐驰科技（北京）有限公司"}),
        ({"远科院": ["远江科学研究院"]}, {"远科院": "远江科学研究院"}),
        ({"远科院": ["远江科学研究院", "某院"]}, {}),
        ({"江研院": ["远江科学研究院"]}, {}),
    ],
)
def test_what_a_name_is_printed_for_elsewhere(printed: dict[str, list[str]], found: dict[str, str]) -> None:
    known = {"建设银行": "中国建设银行", "工行": "中国工商银行"}
    assert merging.known_as(TYPES, printed) == {**known, **found}


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (("远山", "远山集团"), {"远山": "远山集团"}),
        (("华为", "华为集团"), {"华为集团": "华为"}),
        (("顺丰", "湖北顺丰"), {}),
        (("国家安全部", "以色列国家安全部"), {}),
        (("哥伦比亚大学", "美国哥伦比亚大学"), {"美国哥伦比亚大学": "哥伦比亚大学"}),
        (("共同远山党", "韩国共同远山党"), {"共同远山党": "韩国共同远山党"}),
        (("远山股份有限公司", "远山集团有限公司"), {}),
    ],
)
def test_names_of_one_core_beside_each_other(pair: tuple[str, str], found: dict[str, str]) -> None:
    assert merging.proven([pair], {frozenset(pair)}) == found
    assert merging.proven([pair], set()) == {}


def test_an_embassy_of_no_country_is_our_own() -> None:
    pairs = [("驻远山总领馆", "中国驻远山总领馆"), ("驻江海使馆", "法国驻江海使馆")]
    assert merging.proven(pairs, set()) == {"驻远山总领馆": "中国驻远山总领馆"}


def test_a_core_of_several_is_of_none_of_them() -> None:
    pairs = [
        ("远山", "远山集团"),
        ("远山", "远山有限公司"),
        ("江海", "江海集团"),
        ("江海集团", "中国江海集团"),
    ]
    beside = {frozenset(pair) for pair in pairs}
    assert merging.proven(pairs, beside) == {"江海": "江海集团"}


def test_the_last_part_of_a_foreigners_name() -> None:
    names = ["戴夫·卡尔恩", "卡尔恩", "约翰·斯密", "玛丽·斯密", "斯密", "王强", "DaveKahn", "Kahn"]
    assert merging.people_in_article(names) == {"卡尔恩": "戴夫·卡尔恩", "Kahn": "DaveKahn"}
    pairs = {1: {"卡尔恩": "戴夫·卡尔恩", "特朗": "唐·特朗"}, 2: {"卡尔恩": "戴夫·卡尔恩"}}
    # 特朗 stands in another article without the whole name.
    assert merging.only_in(pairs, {"卡尔恩": [1, 2], "特朗": [1, 2]}) == {"卡尔恩": "戴夫·卡尔恩"}


@pytest.mark.parametrize(
    ("place", "shortest"),
    [
        ("江苏省苏州市", "苏州市"),
        ("四川石渠县", "石渠县"),
        ("江苏省南京市鼓楼区", "南京市鼓楼区"),
        ("鼓楼区", "鼓楼区"),
        ("上海东方", "上海东方"),
        ("苏州", "苏州市"),
    ],
)
def test_the_last_place_of_a_chain(place: str, shortest: str) -> None:
    assert places.shortest(place) == shortest


BODIES = {
    "远山集团": "company",
    "远山": "company",
    "远山抗战纪念馆": "research",
    "通化远山抗战纪念馆": "research",
    "远山研究院": "research",
    "中国远山研究院": "research",
    "苏州市河湖保护中心": "government",
    "无锡市河湖保护中心": "government",
    "河湖保护中心": "government",
    "金山电视台": "media",
    "俄罗斯金山电视台": "media",
    "最高行政法院": "judiciary",
    "法国最高行政法院": "judiciary",
    "埃及最高行政法院": "judiciary",
    "中国江海学会": "association",
    "天津市江海学会": "association",
}


def test_names_that_share_what_is_not_place_or_company_form_are_asked() -> None:
    pairs = [
        ("金山电视台", "俄罗斯金山电视台"),
        ("远山", "远山集团"),
        ("远山抗战纪念馆", "通化远山抗战纪念馆"),
        ("远山研究院", "中国远山研究院"),
    ]
    assert list(cores.same_core(BODIES)) == sorted(pairs)
    assert list(cores.same_core({name: "party" if name == "远山" else kind for name, kind in BODIES.items()})) == [
        pair for pair in sorted(pairs) if "远山" not in pair
    ]


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (["远山江海", "远山江海钢铁集团有限公司"], True),
        (["远山江海", "远山江海钢铁集团有限公司", "远山江海化工集团有限公司"], False),
        (["远山江海", "远山江海苏州钢铁有限公司"], False),
        (["远山江海", "远山江海(苏州)有限公司"], False),
        (["远山江海", "远山江海钢铁厂"], False),
        (["远山江海集团", "远山江海集团钢铁有限公司"], False),
        (["苏州市", "苏州市江海钢铁有限公司"], False),
    ],
)
def test_how_a_legal_name_begins_is_asked(names: list[str], asked: bool) -> None:
    assert list(cores.beginnings(dict.fromkeys(names, "company"))) == [(names[0], names[1])] * asked


ARTICLES = (
    '{"date": "2024-01-02", "headline": "公示", "body": "远江县公示，四川省石渠县应急管理局局长张明远参加。"}\n'
    '{"date": "2024-02-03", "headline": "会议", "body": "石渠县应急管理局局长张明远主持会议,他作了说明。"}\n'
)


def test_bodies_of_several_editions_are_one_row(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "news.jsonl").write_text(ARTICLES, "utf-8")
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    connection = sqlite3.connect(tmp_path / "build" / "edition.db")
    bodies = connection.execute("SELECT key FROM organizations WHERE name LIKE '%应急管理局'").fetchall()
    held = connection.execute("SELECT count(DISTINCT organization_id), count(*) FROM positions").fetchall()
    names = connection.execute("SELECT name FROM aliases WHERE kind = 'organization'").fetchall()
    connection.close()
    assert bodies == [("石渠县应急管理局",)]
    assert held == [(1, 2)]
    assert ("四川省石渠县应急管理局",) in names


def bodies(text: str, city: str | None = None) -> set[str]:
    article = Article({"body": Field(text, (Piece(0, len(text), 0, len(text)),))}, ())
    return {organization.key for organization in read_names((article,), city).organizations}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("记者昨天从绍兴获悉,市教育局召开会议。", "绍兴市教育局"),
        ("记者昨天从绍兴获悉,省教育厅召开会议。", "浙江省教育厅"),
        ("绍兴、嘉兴等地获奖,省教育厅召开会议。", "浙江省教育厅"),
        ("绍兴、嘉兴等地获奖,市教育局召开会议。", "市教育局"),
        ("绍兴、苏州等地获奖,省教育厅召开会议。", "省教育厅"),
        ("绍兴的义乌市获奖,市教育局召开会议。", "市教育局"),
        ("法国客人在绍兴,市教育局召开会议。", "市教育局"),
    ],
)
def test_a_bare_level_without_a_city_is_that_of_the_only_city_of_the_article(text: str, body: str) -> None:
    assert body in bodies(text)


def test_the_city_of_the_edition_comes_first() -> None:
    assert "杭州市教育局" in bodies("记者昨天从绍兴获悉,市教育局召开会议。", "杭州市")


RANKED = "".join(
    f'{{"date": "2024-01-0{day}", "headline": "要闻", "body": "{body}"}}\n'
    for day, body in enumerate(
        (
            "沙特王储穆萨德会见来宾。中国远山研究院发布报告,院长张明远参加。",
            "阿联酋总统穆萨德发表讲话。穆萨德说,两国友好。穆萨德说,合作顺利。",
            "远山研究院发布报告,张明远说,报告很长。",
        ),
        1,
    )
)


def test_what_changes_most_is_asked_first(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "news.jsonl").write_text(RANKED, "utf-8")
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    database = tmp_path / "build" / "edition.db"
    connection = sqlite3.connect(database)
    asked = connection.execute("SELECT name, other_name, changes FROM identity_candidates ORDER BY id").fetchall()
    connection.close()
    assert asked == [("穆萨德", None, 3), ("中国远山研究院", "远山研究院", 1)]
    entries = yaml.safe_load("\n".join(review_names(database, 2)))
    assert [entry["names"][0] for entry in entries][:2] == ["穆萨德", "中国远山研究院"]
    assert "张明远" in "".join(review_names(database, None))


@pytest.mark.parametrize(
    ("teams", "asked"),
    [("中国乒乓球队", [("中国乒乓球队", "中国队")]), ("中国乒乓球队、中国羽毛球队", [])],
)
def test_a_short_form_of_several_names_is_not_asked(tmp_path: Path, teams: str, asked: list[tuple[str, str]]) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    line = f'{{"headline": "要闻", "body": "{teams}昨天抵达。中国队表示感谢。"}}\n'
    (seeds / "news.jsonl").write_text(line, "utf-8")
    assert run_build(seeds, tmp_path / "build").returncode == 0
    connection = sqlite3.connect(tmp_path / "build" / "edition.db")
    found = connection.execute("SELECT name, other_name FROM identity_candidates").fetchall()
    connection.close()
    assert found == asked
