"""Names in traditional characters, radicals and spaced names: recognized by folding, published as they are printed."""

from __future__ import annotations

import pytest
from named import organizations, people, read

TRADITIONAL = [
    (
        "財政司司長陳茂生昨日出席立法會會議,陳茂生說明預算。",
        [("陳茂生", "財政司司長"), ("陳茂生", None)],
        ["財政司", "立法會"],
    ),
    ("行政院長林國棟今天說明預算。", [("林國棟", "行政院長")], ["行政院"]),
    ("國民政府主席林正森昨抵重慶。", [("林正森", "國民政府主席")], ["國民政府"]),
    ("余為國民政府工作多年。", [], ["國民政府"]),
    ("高雄市長說明計劃,基隆市長也參加討論。", [], []),
    ("外交部發言人趙國強對此表示遺憾。", [("趙國強", "外交部發言人")], ["外交部"]),
    ("台南市政府與台北市議會交換意見。", [], ["台南市政府", "台北市議會"]),
    ("民進黨、民建聯先後表態,廉政公署展開調查。", [], ["民進黨", "民建聯", "廉政公署"]),
    (
        "據北京大學教授蕭慶華介紹,韓國國防部長金永煥來訪。",
        [("蕭慶華", None), ("金永煥", None)],
        ["北京大學", "韓國國防部"],
    ),
]


@pytest.mark.parametrize(("body", "named", "bodies"), TRADITIONAL)
def test_traditional(body: str, named: list[tuple[str, str | None]], bodies: list[str]) -> None:
    names = read(body)
    found = [(surface, role) for surface, role, _ in people(names)]
    assert [surface for surface, _ in found] == [surface for surface, _ in named]
    assert all(role == expected for (_, role), (_, expected) in zip(found, named, strict=True) if expected)
    assert [surface for surface, _, _ in organizations(names)] == bodies


def test_names_keep_their_printed_characters() -> None:
    """A name is what is printed; only a full name that no text prints is in simplified characters."""
    names = read("財政司司長陳茂生與北大校長蕭慶華見面。")
    assert [person.name for person in names.people] == ["陳茂生", "蕭慶華"]
    assert [organization.name for organization in names.organizations] == ["財政司", "北京大学"]
    assert [organization.name for organization in read("台南市政府昨天說明計劃。", "上海市").organizations] == [
        "台南市政府"
    ]


def test_both_ways_of_writing_are_one_person() -> None:
    names = read("院長蕭慶華昨天說明計劃,會議繼續。", headline="院长萧庆华讲话")
    assert [person.name for person in names.people] == ["萧庆华"]
    assert [(alias.name, alias.entity) for alias in names.aliases] == [("蕭慶華", "萧庆华")]


@pytest.mark.parametrize(
    ("body", "surface", "name", "role"),
    [
        ("副市⻓王⽴新主持会议。", "王⽴新", "王立新", "副市⻓"),
        ("⾏⻓⾼⼩⽂到会讲话。", "⾼⼩⽂", "高小文", "⾏⻓"),
        ("局长王　芳讲话。", "王　芳", "王芳", "局长"),
        ("校长陈 杰、副校长李　明出席。", "陈 杰", "陈杰", "校长"),
    ],
)
def test_radicals_and_spaces(body: str, surface: str, name: str, role: str) -> None:
    names = read(body)
    assert people(names)[0][:2] == (surface, role)
    assert names.mentions[0].name == name


def test_a_simplified_text_stays_as_it_is() -> None:
    """One traditional character in a name does not make a text traditional."""
    names = read("会议在新落成的图书馆举行,来自各地的读者参加了活动。" * 4 + "校长陈杰出席。")
    assert [person.name for person in names.people] == ["陈杰"]
