"""Who is who: namesakes, names of one entity, what an editor decided, and what is asked."""

from __future__ import annotations

import pytest
from banmian.names import missing, obey, read_names
from banmian.names.identity import alike, candidates
from banmian.names.identity.candidates import Claim
from banmian.names.organizations import short_forms
from banmian.records import Article, Field, Identity, Names, Paragraph, Piece
from banmian.store.claims import Said, divided
from banmian.words.remarks import in_languages
from hypothesis import given
from hypothesis import strategies as st

MAYOR = "杭州市市长张伟昨天在会上指出,要优化营商环境。"
OTHER = "市民张伟说,新开的公园很方便。后来张伟说,他会常来。"
UNIVERSITY = "江南大学昨天召开座谈会。江大附小也派人参加。"


def article(text: str) -> Article:
    return Article(
        {"body": Field(text, (Piece(0, len(text), 0, len(text)),))}, (Paragraph(1, "paragraph", 0, len(text)),)
    )


ARTICLES = (article(MAYOR), article(OTHER))


def decided(
    decision: str, *names: str, kind: str = "person", texts: tuple[str, ...] = (), key: str | None = None
) -> Identity:
    return Identity(kind, names, decision, texts, key, "r", 7)


def keys(names: Names) -> list[tuple[int, str]]:
    return [(mention.article, mention.name) for mention in names.mentions if mention.kind == "person"]


@pytest.fixture(scope="module")
def found() -> Names:
    return read_names(ARTICLES, "杭州市")


def test_without_decisions_the_names_stay_as_they_are(found: Names) -> None:
    assert obey(found, ARTICLES, ()).names is found
    assert {key for _, key in keys(found)} == {"张伟"}


def test_a_namesake_gets_a_number_in_the_articles_that_its_texts_name(found: Names) -> None:
    identity = decided("different", "张伟", texts=("市民张伟说",), key="张伟-2")
    obeyed = obey(found, ARTICLES, [identity])
    assert set(keys(obeyed.names)) == {(0, "张伟"), (1, "张伟-2")}
    assert [(person.key, person.name) for person in obeyed.names.people] == [("张伟", "张伟"), ("张伟-2", "张伟")]
    assert {position.person for position in obeyed.names.positions if position.title == "市长"} == {"张伟"}
    assert [m.surface for m in obeyed.names.mentions] == [m.surface for m in found.mentions]
    assert missing(identity, {text for _, text in obeyed.met}) == []


def test_without_texts_the_whole_edition_means_the_namesake(found: Names) -> None:
    names = obey(found, ARTICLES, [decided("different", "张伟", key="张伟-3")]).names
    assert {key for _, key in keys(names)} == {"张伟-3"}
    assert {position.person for position in names.positions} == {"张伟-3"}


def test_several_names_become_the_first_and_stay_its_aliases(found: Names) -> None:
    names = obey(found, ARTICLES, [decided("same", "张玮", "张伟")]).names
    assert {key for _, key in keys(names)} == {"张玮"}
    assert [(person.key, person.name) for person in names.people] == [("张玮", "张玮")]
    assert ("张玮", "person", "张伟") in [(alias.entity, alias.kind, alias.name) for alias in names.aliases]


def test_an_organization_under_another_name_takes_its_positions_with_it(found: Names) -> None:
    names = obey(found, ARTICLES, [decided("same", "杭州市政府", "杭州市人民政府", kind="organization")]).names
    assert [organization.key for organization in names.organizations] == ["杭州市政府"]
    assert {position.organization for position in names.positions if position.title == "市长"} == {"杭州市政府"}


def test_a_decision_holds_for_all_spellings_of_an_organization(found: Names) -> None:
    identity = decided("same", "杭州政府", "浙江杭州市人民政府", kind="organization")
    obeyed = obey(found, ARTICLES, [identity])
    assert [organization.key for organization in obeyed.names.organizations] == ["杭州政府"]
    assert missing(identity, {text for _, text in obeyed.met}) == []


def test_what_is_no_name_is_gone_with_all_that_hung_on_it(found: Names) -> None:
    names = obey(found, ARTICLES, [decided("none", "张伟", texts=("市民张伟",))]).names
    assert set(keys(names)) == {(0, "张伟")}
    gone = obey(found, ARTICLES, [decided("none", "张伟")]).names
    assert (keys(gone), gone.people, gone.positions, gone.statements) == ([], (), (), ())
    for kept in (names, gone):
        assert all(kept.mentions[position.mention].name == position.person for position in kept.positions)
        assert all(kept.mentions[statement.mention].kind == "person" for statement in kept.statements)


@pytest.mark.parametrize(
    ("identity", "gone"),
    [
        (decided("different", "张伟", texts=("市民张伟", "农民张伟"), key="张伟-2"), ["农民张伟"]),
        (decided("different", "李伟", key="李伟-2"), ["李伟"]),
        (decided("different", "李伟", "张伟"), []),
        (decided("different", "李伟", "王伟"), ["李伟", "王伟"]),
        (decided("same", "李伟", "张伟"), []),
        (decided("same", "张伟", "李伟"), ["李伟"]),
        (decided("same", "张伟"), []),
        (decided("none", "李伟"), ["李伟"]),
    ],
)
def test_what_a_decision_expects_in_vain_is_said(found: Names, identity: Identity, gone: list[str]) -> None:
    assert missing(identity, {text for _, text in obey(found, ARTICLES, [identity]).met}) == gone


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


NAMES = st.sampled_from(("张伟", "张玮", "李强", "杭州市人民政府", "江南大学"))
IDENTITIES = st.builds(
    Identity,
    st.sampled_from(("person", "organization")),
    st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(("same", "none")),
    st.lists(st.sampled_from(("市民张伟", "在会上", "没有的字")), max_size=2).map(tuple),
    st.none(),
    st.just("r"),
    st.integers(1, 99),
)


@given(st.lists(IDENTITIES, max_size=6))
def test_whatever_is_decided_the_names_fit_together(found: Names, identities: list[Identity]) -> None:
    whole = [one for one in identities if len(one.names) == 1 or one.decided == "same"]
    names = obey(found, ARTICLES, whole).names
    people = {person.key for person in names.people}
    organizations = {organization.key for organization in names.organizations}
    assert len(people) == len(names.people)
    assert len(organizations) == len(names.organizations)
    assert {m.name for m in names.mentions if m.kind == "person"} == people
    assert {m.name for m in names.mentions if m.kind == "organization"} <= organizations
    assert {p.organization for p in names.positions} <= organizations | {None}
    assert all(names.mentions[p.mention].name == p.person for p in names.positions)
    assert all(alias.entity in (people if alias.kind == "person" else organizations) for alias in names.aliases)
    assert {(m.article, m.start, m.surface) for m in names.mentions} <= {
        (m.article, m.start, m.surface) for m in found.mentions
    }


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
