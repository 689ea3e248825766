"""Who is who: namesakes, names of one entity, and what an editor decided of them."""

from __future__ import annotations

import pytest
from banmian.names import missing, obey, read_names
from banmian.records import Article, Field, Identity, Names, Paragraph, Piece
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
