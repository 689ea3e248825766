"""What keeps its key: texts by most of their characters, people by their names and the articles that they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import hypothesis
import pytest
from banmian.keys.articles import ArticleHere, article_keys
from banmian.keys.entities import EntityHere, Names, entity_keys
from banmian.keys.former import former_keys
from banmian.keys.matching import match
from banmian.keys.places import Around
from banmian.keys.samples import sampled
from banmian.records import GivenKey
from hypothesis import strategies as st

LONG = "水位上涨三米多,低洼处的居民已经全部转移到学校和体育馆里暂住。"
HALVES = (
    "第一批物资凌晨运抵,有帐篷、棉被、饮用水和方便食品共二十车。",
    "堤坝上的巡查昼夜不停,每隔五十米设一个岗,发现险情立刻上报。",
)


def test_an_article_that_is_split_in_equal_parts_lists_them_and_a_larger_part_is_the_article() -> None:
    text = sampled(HALVES)
    old = GivenKey("article", "a-1-1", page="a-1", characters=text.characters, sample=text.sample)
    halves = match([old], [sampled([half]) for half in HALVES])
    assert (halves.same, halves.successors) == ({}, {0: (0, 1)})
    larger = match([old], [sampled([HALVES[0], HALVES[1][:14]]), sampled([HALVES[1][14:]])])
    assert larger.same == {0: 0}
    remainder = match([old], [sampled([HALVES[0][:20], LONG[:6]])])
    assert remainder.same == {0: 0}
    assert match([old], [sampled([LONG])]).same == {}


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (HALVES, True),
        ([HALVES[1], HALVES[0]], True),
        ([part for half in HALVES for part in (half[:10], half[10:])], True),
        (["".join(HALVES).replace("上", "土").replace("一", "-")], True),
        ([f"  {half[:9]} {half[9:]}\r" for half in HALVES], True),
        ([LONG], False),
        ([], False),
    ],
)
def test_a_text_is_known_by_most_of_its_characters(now: list[str], same: bool) -> None:
    text = sampled(HALVES)
    old = GivenKey("page", "a-1", edition="a", file="a.txt", characters=text.characters, sample=text.sample)
    assert bool(match([old], [sampled(now)]).same) == same


def person(key: str, name: str | None = None, articles: tuple[str, ...] = (), gone: str | None = None) -> GivenKey:
    return GivenKey("person", key, name=name, articles=articles, gone=gone)


@pytest.mark.parametrize(
    ("given", "here", "keys", "gone"),
    [
        # The numbers of namesakes change with what comes in before them: their articles tell.
        (
            [person("张伟", articles=("a-1",)), person("张伟-2", "张伟", ("m-1",))],
            [("张伟", "张伟", ["a-1"]), ("张伟-2", "张伟", ["b-1"]), ("张伟-3", "张伟", ["m-1"])],
            ["张伟", "张伟-3", "张伟-2"],
            {},
        ),
        # A name that becomes a further name of another one leads to it.
        (
            [person("史密斯"), person("约翰·史密斯")],
            [("约翰·史密斯", "约翰·史密斯", [], "史密斯")],
            ["约翰·史密斯"],
            {"史密斯": ["约翰·史密斯"]},
        ),
        # One that is called otherwise keeps its key.
        ([person("史密斯")], [("约翰·史密斯", "约翰·史密斯", [], "史密斯")], ["史密斯"], {}),
        # Of two that a name may mean now both are listed, but for the one in whose articles it stood.
        (
            [person("史密斯")],
            [("约翰·史密斯", "约翰·史密斯", ["a-1"], "史密斯"), ("亚当·史密斯", "亚当·史密斯", ["b-1"], "史密斯")],
            ["约翰·史密斯", "亚当·史密斯"],
            {"史密斯": ["约翰·史密斯", "亚当·史密斯"]},
        ),
        (
            [person("史密斯", "阿·史密斯", ("b-1",))],
            [("约翰·史密斯", "约翰·史密斯", ["a-1"], "史密斯"), ("亚当·史密斯", "亚当·史密斯", ["b-1"], "史密斯")],
            ["约翰·史密斯", "史密斯"],
            {},
        ),
        # A key that is gone is nobody else's; who comes back has it again.
        ([person("张伟-2", "张伟", ("m-1",), "withdrawn")], [("张伟-2", "张伟", ["b-1"])], ["张伟-3"], {"张伟-2": []}),
        ([person("张伟-2", "张伟", ("m-1",), "withdrawn")], [("张伟", "张伟", ["m-1"])], ["张伟-2"], {}),
        ([person("李芳", gone="withdrawn")], [("李芳", "李芳", ["b-1"])], ["李芳"], {}),
    ],
)
def test_people_are_known_by_name_and_namesakes_by_their_articles(given, here, keys, gone) -> None:
    entities = [EntityHere(key, name, tuple(others)) for key, name, _, *others in here]
    kept = entity_keys(Names(given, entities), lambda number: here[number][2], Here({}), True, "person", "0")
    assert list(kept.keys) == keys
    found = former_keys(kept.record, {"person": set(kept.keys)})
    assert {one.key: list(one.successors) for one in found} == gone
    again = entity_keys(Names(kept.record, entities), lambda number: here[number][2], Here({}), True, "person", "0")
    assert again.keys == kept.keys
    assert sorted(map(repr, again.record)) == sorted(map(repr, kept.record))


class Here:
    """Places of people, by number; the first is that of their first mention."""

    def __init__(self, places: Mapping[int, Sequence[Around]]) -> None:
        self._places = places

    def first(self) -> dict[int, Around]:
        return {number: around for number, (around, *_) in self._places.items()}

    def all(self) -> Iterator[tuple[int, Around]]:
        return ((number, around) for number, arounds in self._places.items() for around in arounds)


MAYOR, SCHOOL = ("m-1", "市交通局局长", "昨天说,新线路"), ("m-2", "市教育局副局长", "说,三所小学")


@pytest.mark.parametrize(
    ("here", "keys", "gone"),
    [
        # Whose name is spelled otherwise in its place keeps its key, also where one side of it is another too.
        ({"王建图": [MAYOR]}, ["王建国"], {}),
        ({"王建图": [(*MAYOR[:2], "前天也说,新线")]}, ["王建国"], {}),
        ({"王建图": [SCHOOL, MAYOR]}, ["王建国"], {}),
        # It has gone into one who stands in its place and has a key.
        ({"李芳": [SCHOOL, MAYOR]}, ["李芳"], {"王建国": ["李芳"]}),
        # The same words in another article, or on one side of one who has a key, are no place of it.
        ({"王建图": [("m-3", *MAYOR[1:])]}, ["王建图"], {"王建国": []}),
        ({"李芳": [SCHOOL, (*MAYOR[:2], "、副局长")]}, ["李芳"], {"王建国": []}),
        # Two new ones on one side of it: neither is.
        ({"王建": [(*MAYOR[:2], "国")], "国昨天": [("m-1", "王建", MAYOR[2])]}, ["王建", "国昨天"], {"王建国": []}),
    ],
)
def test_one_who_is_named_otherwise_is_known_by_where_he_stands(here, keys, gone) -> None:
    before = [EntityHere(name, name, ()) for name in ("王建国", "李芳")]
    record = entity_keys(Names([], before), no_articles, Here({0: [MAYOR], 1: [SCHOOL]}), True, "person", "0").record
    record = tuple(one for one in record if one.key == "王建国" or one.key in here)
    entities = [EntityHere(name, name, ()) for name in here]
    kept = entity_keys(Names(record, entities), no_articles, Here(dict(enumerate(here.values()))), True, "person", "1")
    assert list(kept.keys) == keys
    found = former_keys(kept.record, {"person": set(kept.keys)})
    assert {one.key: list(one.successors) for one in found} == gone


def no_articles(number: int) -> list[str]:
    return []


def test_what_went_into_something_that_is_gone_leads_to_what_that_went_into() -> None:
    record = [
        GivenKey("article", "a", gone="merged", to=("b",)),
        GivenKey("article", "b", gone="split", to=("c", "d")),
        GivenKey("article", "c", gone="withdrawn"),
        GivenKey("article", "d"),
        GivenKey("article", "e", gone="merged", to=("c",)),
    ]
    found = {one.key: (one.happened, one.successors) for one in former_keys(record, {"article": {"d"}})}
    assert found["a"] == found["b"] == ("merged", ("d",))
    assert found["c"] == found["e"] == ("withdrawn", ())


def test_a_name_is_withdrawn_by_an_editor_or_with_its_text_and_else_not_found_any_more() -> None:
    record = [
        GivenKey("page", "a", gone="withdrawn", since="1"),
        *(GivenKey("person", name, gone="withdrawn", since=since) for name, since in (("李明", "1"), ("王红", "2"))),
        GivenKey("person", "~0123", gone="withdrawn", since="2"),
        GivenKey("organization", "北方大学", gone="withdrawn"),
    ]
    found = {one.key: one.happened for one in former_keys(record, {"page": (), "person": (), "organization": ()})}
    assert [key for key, happened in found.items() if happened == "withdrawn"] == ["a", "李明", "~0123"]
    assert [key for key, happened in found.items() if happened == "unfound"] == ["王红", "北方大学"]


def test_a_text_that_stands_twice_on_a_page_keeps_both_its_keys_where_they_are() -> None:
    articles = [ArticleHere("a-1", position, sampled([LONG])) for position in range(1, 12)]
    first = article_keys([], articles, (), "1")
    # As the record has them.
    record = sorted(first.record, key=lambda one: one.key)
    assert article_keys(record, articles, (), "2").keys == first.keys


PAGES = ("a-1", "b-1")
# Texts of which any two share nothing, to put articles together of.
PARTS = tuple(
    f"第{number}件事发生在{place}附近的{place}大街上,经过的人都停下来看。"
    for number, place in enumerate("东南西北上下左右前后", 11)
)


@st.composite
def editions_of_articles(draw: st.DrawFn) -> list[list[ArticleHere]]:
    """What some builds after each other have: articles, each made of one to three of the parts, a part used once."""
    builds = []
    for _ in range(draw(st.integers(1, 4))):
        parts = draw(st.permutations(PARTS))[: draw(st.integers(0, len(PARTS)))]
        articles: list[ArticleHere] = []
        positions = dict.fromkeys(PAGES, 0)
        while parts:
            size, page = draw(st.integers(1, 3)), draw(st.sampled_from(PAGES))
            positions[page] += 1
            articles.append(ArticleHere(page, positions[page], sampled(parts[:size])))
            parts = parts[size:]
        builds.append(sorted(articles, key=lambda one: (one.page, one.position)))
    return builds


@hypothesis.given(editions_of_articles())
def test_whatever_comes_and_goes_each_key_is_of_one_thing_and_no_key_is_lost(builds: list[list[ArticleHere]]) -> None:
    record: tuple[GivenKey, ...] = ()
    for articles in builds:
        kept = article_keys(record, articles, (), "0")
        assert len(set(kept.keys)) == len(articles)
        assert {one.key for one in record} <= {one.key for one in kept.record}
        assert len({one.key for one in kept.record}) == len(kept.record)
        for one in kept.record:
            assert bool(one.gone) == (one.key not in kept.keys)
            assert (one.gone in (None, "withdrawn")) == (not one.to)
        # A text that is as it was keeps its key, and what the record says gives the same once more.
        before = {(one.page, one.sample): one.key for one in record if not one.gone}
        for key, article in zip(kept.keys, articles, strict=True):
            assert before.get((article.page, article.text.sample), key) == key
        again = article_keys(kept.record, articles, (), "1")
        assert again.keys == kept.keys
        assert set(again.record) == set(kept.record)
        record = kept.record
