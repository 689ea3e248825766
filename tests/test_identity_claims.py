"""What is asked of an editor: whether claims are of one person, and which names may be of one thing."""

from __future__ import annotations

import pytest
from banmian.names.identity import alike, candidates
from banmian.names.identity.candidates import Claim
from banmian.names.organizations import short_forms
from banmian.store.claims import Said, divided
from banmian.words.remarks import in_languages

HANGZHOU = Claim("市长", "杭州市人民政府", "government")
POLICE = Claim("局长", "杭州市公安局", "government")
CHENGDU = Claim("局长", "成都市公安局", "government")
PROVINCE = Claim("副省长", "浙江省人民政府", "government")
PARTY = Claim("副书记", "中共杭州市委员会", "party")
REPORTER = Claim(None, None, None)
MAKER = Claim("董事长", "海天机械有限公司", "company")
BRANCH = Claim("总经理", "海天机械有限公司宁波分公司", "company")
RIVAL = Claim("总经理", "长江重工有限公司", "company")
SISTER = Claim("董事长", "宁波市海天机械集团", "company")
PRESIDENT = Claim("总统", None, None, None, "沙特")
MINISTER = Claim("外长", None, None, None, "伊朗")
VICE_CHAIRMAN = Claim("副主席", "中国人民政治协商会议全国委员会", "legislature")
HERDSMAN = Claim("牧民", None, None)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ([HANGZHOU], [CHENGDU], "different_places"),
        ([HANGZHOU], [REPORTER], "different_callings"),
        ([HANGZHOU], [MAKER], "different_types"),
        ([MAKER], [RIVAL], "different_companies"),
        ([MAKER], [Claim("州长", None, None)], "different_types"),
        ([HANGZHOU], [Claim("司令", "远山", "company")], None),
        ([HANGZHOU], [Claim("董事长", "远山", "company")], "different_types"),
        ([MAKER], [Claim("局长", None, None)], None),
        ([Claim("主治医师", None, None)], [Claim("前锋", None, None)], "different_callings"),
        ([PRESIDENT], [MINISTER], "different_countries"),
        ([PRESIDENT], [Claim("驻华大使", None, None, None, "沙特")], "leader_and_ambassador"),
        ([MINISTER], [Claim("驻华大使", None, None, None, "伊朗")], None),
        ([VICE_CHAIRMAN], [HERDSMAN], "different_callings"),
        ([REPORTER], [Claim("代表", "全国人民代表大会", "legislature")], "reporter_and_officer"),
        ([REPORTER], [Claim("教授", "江南大学", "education")], None),
        ([PRESIDENT], [Claim("国王", None, None, None, "沙特阿拉伯")], None),
        ([PRESIDENT], [Claim("总统", None, None)], None),
        ([MAKER], [SISTER], None),
        ([HANGZHOU], [POLICE], None),
        ([HANGZHOU], [PARTY], None),
        ([PARTY, HANGZHOU], [HANGZHOU], None),
        ([HANGZHOU], [PROVINCE], None),
        ([MAKER], [BRANCH], None),
        ([REPORTER], [Claim("记者", None, None)], None),
        ([HANGZHOU], [Claim("市长", None, None)], None),
        ([HANGZHOU], [], None),
        ([Claim(None, None, None, "杭州市")], [Claim(None, None, None, "成都市")], "different_places"),
        ([Claim("副局长", None, None, "杭州市")], [Claim("副局长", None, None, "成都市")], "different_places"),
        ([Claim("总书记", None, None, "杭州市")], [Claim("总书记", None, None, "成都市")], None),
        ([Claim("教授", None, None, "杭州市")], [Claim("教授", None, None, "成都市")], None),
        ([HANGZHOU], [Claim("副局长", None, None, "杭州市")], None),
    ],
)
def test_claims_that_hardly_belong_to_one_person(one: list[Claim], other: list[Claim], kind: str | None) -> None:
    for pair in ((one, other), (other, one)):
        reason = candidates.conflict(*pair)
        assert (reason and reason.kind) == kind


@pytest.mark.parametrize(
    ("one", "other", "in_chinese", "in_english"),
    [
        (HANGZHOU, CHENGDU, "所在地不同:杭州市;成都市", "different places: 杭州市; 成都市"),
        (
            Claim("主治医师", None, None),
            REPORTER,
            "职业不像一人所有:医疗;新闻",
            "callings that one person hardly has: medicine; press",
        ),
        (HANGZHOU, MAKER, "机构性质不同:政府;企业", "bodies of different kinds: government; company"),
        (
            MAKER,
            RIVAL,
            "企业不同:海天机械有限公司;长江重工有限公司",
            "different companies: 海天机械有限公司; 长江重工有限公司",
        ),
    ],
)
def test_why_claims_hardly_belong_to_one_person_is_said(
    one: Claim, other: Claim, in_chinese: str, in_english: str
) -> None:
    reason = candidates.conflict([one], [other])
    assert reason is not None
    assert in_languages(reason) == (in_chinese, in_english)


@pytest.mark.parametrize(
    ("claim", "in_chinese", "in_english"),
    [
        (HANGZHOU, "杭州市人民政府的市长", "市长 of 杭州市人民政府"),
        (Claim("教授", None, None), "教授(机构不明)", "教授 (body unknown)"),
        (PRESIDENT, "沙特总统(机构不明)", "沙特总统 (body unknown)"),
        (REPORTER, "署名的记者或编辑", "reporter or editor (byline)"),
    ],
)
def test_what_an_article_says_of_someone_is_said(claim: Claim, in_chinese: str, in_english: str) -> None:
    assert in_languages(claim.remark()) == (in_chinese, in_english)


@pytest.mark.parametrize(
    ("role", "land"),
    [
        ("沙特王储兼首相", "沙特"),
        ("前美国总统", "美国"),
        ("总统", None),
        ("俄国防部长", "俄罗斯"),
        ("法总统", "法国"),
        ("日报记者", None),
        ("杭州市市长", None),
        (None, None),
    ],
)
def test_the_country_of_an_office(role: str | None, land: str | None) -> None:
    assert candidates.land(role) == land


def test_a_country_by_its_letter_and_the_body() -> None:
    assert candidates.land("俄国家杜马主席", "俄罗斯国家杜马", "legislature") == "俄罗斯"
    assert candidates.land("俄国大使", None, None) == "俄国"


@pytest.mark.parametrize(
    ("organization", "kind", "land"),
    [
        ("叙利亚国防部", "government", "叙利亚"),
        ("叙利亚远山公司", "company", None),
        ("中国气象局", "government", None),
        (None, None, None),
    ],
)
def test_the_country_of_a_body(organization: str | None, kind: str | None, land: str | None) -> None:
    assert candidates.land("部长", organization, kind) == land


NATIONAL = Claim("副主席", "中国人民政治协商会议全国委员会", "legislature")
SECRETARY = Claim("常委", "中共海南省委员会", "party")


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        (NATIONAL, SECRETARY, True),
        (PRESIDENT, Claim("州长", None, None), True),
        (Claim("委员", "中国人民政治协商会议全国委员会", "legislature"), SECRETARY, False),
        (Claim("副主席", "中国作家协会", "association"), SECRETARY, False),
        (PRESIDENT, Claim("总理", None, None, None, "沙特"), True),
        (PRESIDENT, Claim("副总理", None, None, None, "沙特"), False),
        (NATIONAL, Claim("教授", "江南大学", "education"), False),
        (HANGZHOU, SECRETARY, False),
    ],
)
def test_offices_of_the_nation_and_of_a_region_at_once(one: Claim, other: Claim, asked: bool) -> None:
    for pair in (([one], [other]), ([other], [one])):
        assert (candidates.conflict_at_once(*pair) is not None) == asked


@pytest.mark.parametrize(("date", "asked"), [("2024-05-01", True), ("2023-05-01", False), (None, False)])
def test_only_between_two_articles_it_is_at_once(date: str | None, asked: bool) -> None:
    said = [Said(str(n), "e", n, (NATIONAL,), f"2024-0{n}-01") for n in (3, 7)] + [
        Said("o", "e", 9, (SECRETARY,), date)
    ]
    assert bool(divided("巴图", said)[1]) == asked


@pytest.mark.parametrize(
    ("names", "title", "pairs"),
    [
        (["陈志远", "陈志运"], "副局长", [("陈志远", "陈志运")]),
        (["陈远", "陈运"], "副局长", []),
        (["陈远", "陈运"], "市长", [("陈远", "陈运")]),
        (["陈志远", "李志强"], "副局长", []),
    ],
)
def test_people_whose_names_differ_by_one_character(names: list[str], title: str, pairs: list[tuple[str, str]]) -> None:
    assert list(alike.alike_people(names, title)) == pairs


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["长江重工有限公司", "长江重土有限公司"], 1),
        (["宁波第一中学", "宁波第二中学"], 0),
        (["浙江省人民政府", "江西省人民政府"], 0),
    ],
)
def test_organizations_whose_names_differ_by_one_character(names: list[str], pairs: int) -> None:
    assert len(list(alike.alike_organizations(names))) == pairs


def test_shorter_forms_and_abbreviations() -> None:
    assert {"江南大"} <= set(short_forms.possible_short_forms("江南大学"))
    assert "海天机械" in short_forms.possible_short_forms("海天机械有限公司")
    assert "图书馆" not in short_forms.possible_short_forms("图书馆")
    assert short_forms.is_shortened("江大", "江南大学")
    assert not short_forms.is_shortened("河大", "江南大学")


@pytest.mark.parametrize(
    ("body", "dates", "asked"),
    [
        ("中共海南省委员会", ("2020-01-01", "2023-01-01"), False),
        ("中共海南省委员会", ("2023-01-01", "2020-01-01"), False),
        ("中共海南省委员会", ("2020-01-01", "2020-01-01"), True),
        ("中共海南省委员会", ("2020-01-01", None), True),
        ("海南省公安厅", ("2020-01-01", "2023-01-01"), True),
        ("中共三亚市委员会", ("2020-01-01", "2023-01-01"), True),
    ],
)
def test_leaders_of_provinces_are_moved(body: str, dates: tuple[str | None, ...], asked: bool) -> None:
    claims = Claim("副省长", "浙江省人民政府", "government"), Claim("书记", body, "party")
    said = [Said(str(n), "e", n, (claims[n],), dates[n]) for n in (0, 1)]
    assert bool(divided("王大海", said)[1]) == asked
