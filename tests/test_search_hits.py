"""Where a search finds what it finds: every place, in the text of an article and on the pages that show it."""

import re
import sqlite3

import pytest
from banmian.site.hits import FIELDS, Place, context, excerpt, marked, places_in
from banmian.site.search import Asked, escape_fts_width, escape_fts_words
from banmian.store.segmentation import TOKENIZER, segment
from conftest import site_of
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

PAGE = """# 禁毒宣传进社区

**禁毒不停步**

本报讯 禁毒大队昨天走进南湖社区。社区居民说,禁毒要靠大家,宣传禁毒知识也要靠大家。

市图书馆的读者昨天也来听讲座,大家说这样的讲座应当多办几场。
"""


def texts(body, query, **fields):
    article = {**dict.fromkeys(FIELDS), **fields, "body": body}
    return [(place.field, article[place.field][place.start : place.end]) for place in places_in(article, Asked(query))]


@pytest.mark.parametrize(
    ("query", "body", "found"),
    [
        ("禁毒", "禁毒与宣传禁毒", ["禁毒", "禁毒"]),
        ("哈哈", "哈哈哈", ["哈哈", "哈哈"]),
        ("南京 南京市", "南京市在南京", ["南京市", "南京"]),
        ('"南京市" -上海', "上海南京市", ["南京市"]),
        ("图书 OR 讲座", "讲座与图书", ["讲座", "图书"]),
        ("省长创新", "省长谈创新,省长", ["省长", "创新", "省长"]),
        ("省长创新", "省长创新,省长谈创新", ["省长创新"]),
        ("(扩大)", "会议（扩大）", ["（扩大）"]),
        ("15", "1500与15与１５", ["15", "１５"]),
        ("a1", "Ａ1座", ["Ａ1"]),
        ("hell*", "Hello shell", ["Hello"]),
        ('"a b"', "a\u3000b ab", ["a\u3000b"]),
        ("市\n长", "市\n长", ["市", "长"]),
        ('"市\n长"', "市\n长 市长", ["市\n长"]),
        ("-禁毒", "禁毒", []),
        ("", "禁毒", []),
        ("a.b", "acb a.b", ["a.b"]),
    ],
)
def test_every_place_is_found(query, body, found):
    assert texts(body, query) == [("body", one) for one in found]


def test_headings_are_places_too():
    found = texts("禁毒", "禁毒", kicker="谈禁毒", headline="禁毒禁毒", subheadline=None)
    assert [field for field, _ in found] == ["kicker", "headline", "headline", "body"]


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE texts USING fts5 (body, tokenize="{TOKENIZER}")')
    return connection


ALPHABET = st.text("市长江aB1１Ａ ,，\n\u200b(（😀", max_size=12)


@given(ALPHABET, ALPHABET)
@settings(max_examples=examples(100), deadline=None)
def test_what_the_index_finds_has_a_place_and_what_it_does_not_has_none(index, text, query):
    index.execute("DELETE FROM texts")
    index.execute("INSERT INTO texts (body) VALUES (?)", [segment(text)])
    quoted = f'"{query}"'
    (found,) = index.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", [escape_fts_width(quoted)]).fetchone()
    assert bool(texts(text, quoted)) == bool(found)
    (found,) = index.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", [escape_fts_words(query)]).fetchone()
    assert not found or texts(text, query)


@pytest.mark.parametrize(
    ("html", "places", "expected"),
    [
        ("甲乙丙", [(1, 2)], '甲<mark id="hit-body-1">乙</mark>丙'),
        ("甲<a>乙</a>丙", [(0, 2)], '<mark id="hit-body-0">甲</mark><a><mark>乙</mark></a>丙'),
        ("甲&amp;乙", [(1, 3)], '甲<mark id="hit-body-1">&amp;</mark><mark>乙</mark>'),
        ("甲乙丙", [(0, 2), (1, 3)], '<mark id="hit-body-0">甲乙</mark><mark>丙</mark>'),
        ('<a title="甲">甲</a>', [(0, 1)], '<a title="甲"><mark id="hit-body-0">甲</mark></a>'),
    ],
)
def test_marks_stand_inside_of_what_is_marked_already(html, places, expected):
    assert marked(Markup(html), 0, [Place("body", *span) for span in places]) == expected


@given(st.text("甲乙<>&\"' ", max_size=12), st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=examples(200))
def test_marks_change_nothing_of_the_text(text, start, end):
    html = marked(escape(text), 5, [Place("body", 5 + start, 5 + end)])
    assert Markup(re.sub("</?mark[^>]*>", "", html)).unescape() == text


def test_context_carries_no_markup():
    assert context("<b>甲</b>", Place("body", 3, 4)) == "&lt;b&gt;<mark>甲</mark>&lt;/b&gt;"
    assert excerpt("甲", "[]", *[None] * (len(FIELDS) - 1), "<b>甲 &amp;") == "<b>\u2060【甲】\u2060 &amp;"


@pytest.fixture(scope="module")
def narrow_site(tmp_path_factory):
    with site_of(tmp_path_factory.mktemp("hits"), {"one.txt": PAGE}) as published:
        yield published


def test_places_are_counted_listed_and_marked_in_the_article(narrow_site):
    site = narrow_site
    row = dict(site.connection().execute("SELECT * FROM articles ORDER BY id LIMIT 1").fetchone())
    places = places_in(row, Asked("禁毒"))
    assert len(places) >= 4
    page = site.get("/-/search?q=禁毒").text
    assert f"共 {len(places)} 处,见于 1 篇报道" in page
    links = re.findall(r'href="([^"]*#hit-[^"]+)"', page)
    assert len(links) == len(places)
    article = site.get(links[0].partition("#")[0]).text
    for link in links:
        anchor = link.partition("#")[2]
        assert f'<mark id="{anchor}">禁' in article
    assert "<mark" not in site.get(row["address"]).text


def test_a_phrase_marks_the_phrase_alone(narrow_site):
    page = narrow_site.get("/-/search?q=宣传禁毒").text
    assert set(re.findall("<mark>([^<]*)</mark>", page)) == {"宣传禁毒"}


def test_keyword_in_context_knows_headings(narrow_site):
    rows = narrow_site.get("/edition/keyword_in_context.json?q=禁毒&_shape=array").json()
    assert {"headline", "body"} <= {row["field"] for row in rows}
    assert all(row["start"] >= 0 for row in rows)
