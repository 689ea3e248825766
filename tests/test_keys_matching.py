"""What keeps its key: texts by most of their characters, people by their names and the articles that they are in."""

from __future__ import annotations

import hypothesis
import pytest
from banmian.keys.articles import ArticleHere, article_keys
from banmian.keys.entities import EntityHere, Names, entity_keys
from banmian.keys.former import former_keys
from banmian.keys.matching import match
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
    kept = entity_keys(Names(given, entities), lambda number: here[number][2], True, "person", "0")
    assert list(kept.keys) == keys
    found = former_keys(kept.record, {"person": set(kept.keys)})
    assert {one.key: list(one.successors) for one in found} == gone
    again = entity_keys(Names(kept.record, entities), lambda number: here[number][2], True, "person", "0")
    assert again.keys == kept.keys
    assert sorted(map(repr, again.record)) == sorted(map(repr, kept.record))


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
