"""Foreigners over many editions: whole names and their last parts, spellings, what is sure and what is asked."""

from __future__ import annotations

import pytest
from banmian.names.identity import foreign
from banmian.names.identity.candidates import Claim
from banmian.names.identity.foreign import Known

LEADER = Claim("总统", None, None, None, "安哥拉")
HEAD = Claim("总统", None, None)
OTHER_LAND = Claim("总统", None, None, None, "智利")
MINISTER = Claim("部长", "法国经济部", "government", None, "法国")
SECRETARY = Claim("外长", "法国经济部", "government", None, "法国")
SENATOR = Claim("参议员", "远山共和党", "party", None, "美国")
STATE_COUNCIL = Claim("总理", "中华人民共和国国务院", "government")
CHAIR = Claim("主席", "远山联合会", "association", None, "美国")
OTHER_CHAIR = Claim("主席", "江海委员会", "committee", None, "美国")
ANALYST = Claim("分析师", "远山证券", "company")


def known(*said: Claim | None, articles: int = 1, several: bool = False) -> Known:
    return Known(tuple((claim,) for claim in said if claim), articles, several)


@pytest.mark.parametrize(
    ("names", "together", "found"),
    [
        ({"洛伦": known(LEADER), "若昂·洛伦": known(LEADER)}, set(), {"洛伦": "若昂·洛伦"}),
        ({"洛伦": known(MINISTER), "若昂·洛伦": known(SECRETARY)}, set(), {"洛伦": "若昂·洛伦"}),
        ({"洛伦": known(HEAD), "若昂·洛伦": known(HEAD)}, set(), {}),
        ({"洛伦": known(HEAD), "若昂·洛伦": known(HEAD)}, {"若昂·洛伦"}, {"洛伦": "若昂·洛伦"}),
        ({"洛伦": known(), "若昂·洛伦": known(LEADER)}, {"若昂·洛伦"}, {}),
        ({"洛伦": known(CHAIR), "若昂·洛伦": known(OTHER_CHAIR)}, {"若昂·洛伦"}, {}),
        ({"洛伦": known(LEADER), "若昂·洛伦": known(OTHER_LAND)}, {"若昂·洛伦"}, {}),
        ({"洛伦": known(LEADER, several=True), "若昂·洛伦": known(LEADER)}, set(), {}),
        ({"洛伦": known(SENATOR), "若昂·洛伦": known(SENATOR)}, set(), {}),
        ({"洛伦": known(STATE_COUNCIL), "若昂·洛伦": known(STATE_COUNCIL)}, set(), {}),
        ({"洛伦": known(ANALYST), "若昂·洛伦": known(ANALYST)}, set(), {"洛伦": "若昂·洛伦"}),
        ({"洛伦": known(HEAD, HEAD, ANALYST), "若昂·洛伦": known(ANALYST)}, set(), {}),
        ({"洛伦": known(LEADER), "若昂·洛伦": known(LEADER), "安娜·洛伦": known()}, set(), {"洛伦": "若昂·洛伦"}),
        ({"洛伦": known(LEADER), "若昂·洛伦": known(LEADER), "安娜·洛伦": known(LEADER)}, set(), {}),
        (
            {"洛伦": known(LEADER), "若昂·洛伦": known(LEADER), "若昂·曼·洛伦": known(LEADER, articles=2)},
            set(),
            {"洛伦": "若昂·曼·洛伦", "若昂·洛伦": "若昂·曼·洛伦"},
        ),
        (
            {"卡罗琳·洛伦": known(LEADER), "卡洛琳·洛伦": known(LEADER, articles=2)},
            set(),
            {"卡罗琳·洛伦": "卡洛琳·洛伦"},
        ),
        ({"卡罗琳·洛伦": known(LEADER), "卡洛琳·洛伦": known()}, set(), {}),
        ({"卡·洛伦": known(LEADER), "卡洛琳·洛伦": known(LEADER)}, set(), {"卡·洛伦": "卡洛琳·洛伦"}),
        ({"若昂-洛伦": known(), "若昂·洛伦": known(articles=2)}, set(), {"若昂-洛伦": "若昂·洛伦"}),
        ({"普京": known(LEADER), "弗拉基米尔·普京": known(LEADER)}, set(), {"弗拉基米尔·普京": "普京"}),
    ],
)
def test_a_whole_name_and_its_last_part(names: dict[str, Known], together: set[str], found: dict[str, str]) -> None:
    ((last, family),) = foreign.families(names).items()
    assert foreign.one_family(last, family, names, together) == found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("罗塞夫", known(LEADER)), ("罗塞芙", known(LEADER, articles=3)), [("罗塞夫", "罗塞芙")]),
        (("罗塞夫", known(LEADER)), ("罗塞芙", known(OTHER_LAND)), []),
        (("罗塞夫", known(STATE_COUNCIL)), ("罗塞芙", known(STATE_COUNCIL)), []),
        (("罗塞夫", known(LEADER, several=True)), ("罗塞芙", known(LEADER)), []),
        (("陈志远", known(ANALYST)), ("陈志运", known(ANALYST)), []),
        (("罗塞", known(LEADER)), ("罗萨", known(LEADER)), []),
    ],
)
def test_two_spellings_of_one_name(
    one: tuple[str, Known], other: tuple[str, Known], found: list[tuple[str, str]]
) -> None:
    names = dict((one, other))
    assert list(foreign.spellings(names, foreign.alike([list(names)]))) == found


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        ({"洛伦索": known(), "若昂·洛伦索": known()}, [("洛伦索", "若昂·洛伦索")]),
        ({"洛伦": known(), "若昂·洛伦": known()}, []),
        ({"洛伦": known(HEAD), "若昂·洛伦": known(HEAD)}, [("洛伦", "若昂·洛伦")]),
        ({"洛伦索": known(), "若昂·洛伦索": known(), "安娜·洛伦索": known()}, []),
        ({"洛伦索": known(LEADER), "若昂·洛伦索": known(OTHER_LAND)}, []),
        ({"洛伦索": known(several=True), "若昂·洛伦索": known()}, []),
    ],
)
def test_what_is_asked_of_a_last_part(names: dict[str, Known], asked: list[tuple[str, str]]) -> None:
    assert list(foreign.maybe_one(names, foreign.families(names))) == asked


@pytest.mark.parametrize(
    ("name", "other", "kept"),
    [("赫格", "皮特·赫格", "皮特·赫格"), ("皮特·赫格", "赫格", "皮特·赫格"), ("赫格", "赫戈", "赫格")],
)
def test_a_whole_name_is_kept_for_a_spelling_of_its_last_part(name: str, other: str, kept: str) -> None:
    assert foreign.fuller(name, other) == (kept, other if kept == name else name)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("若昂·曼·洛伦", ["若昂", "曼", "洛伦"]),
        ("若昂-洛伦", ["若昂", "洛伦"]),
        ("卡里娜·让-皮埃尔", ["卡里娜", "让-皮埃尔"]),
        ("EliasHaddad", ["Elias", "Haddad"]),
        ("H.D.McCoy", ["H.", "D.", "McCoy"]),
        ("洛伦", ["洛伦"]),
        ("ming", ["ming"]),
    ],
)
def test_the_parts_of_a_name(name: str, parts: list[str]) -> None:
    assert foreign.parts_of(name) == parts
