"""The search page: what it was and may be narrowed to, other forms that it looked for, what nearly would be found."""

import html
import re
import sqlite3
from urllib.parse import quote, urlencode

import pytest
from banmian.site.narrowing import File, read_facets
from banmian.site.page_order import read_page_order
from banmian.site.ranking import count as count_of
from banmian.site.ranking import found_sql, read_ids, read_ranked, read_terms, search_of
from banmian.site.results import beside, search_results
from banmian.site.search import escape_fts_forms, escape_fts_words, in_field, once, register, some_of
from banmian.store.index import create_indexes, fill_indexes
from banmian.store.schema import create_tables
from conftest import site_of

SPRING = """# 上海市人民政府部署禁毒工作

**禁毒不停步**

本报讯 上海市人民政府(下称“市政府”)昨天部署禁毒工作。市长龚正说,禁毒要靠大家,也要靠每一个社区的居民。

# 台北书展开幕

本报讯 台北书展昨天开幕,读者很多,展期一共六天,出版社带来了两千种新书。
"""
AUTUMN = """# 市政府谈绿化

本报讯 市政府昨天谈绿化。市长龚正说,绿化要靠大家,禁毒也要靠大家,城市才会更好。
"""
EDITIONS = """
- {id: spring, date: 2024-04-02, city: 上海市, pages: [{file: spring.txt}]}
- {id: autumn, date: 2024-10-05, city: 上海市, pages: [{file: autumn.txt}]}
"""


@pytest.fixture(scope="module")
def two_editions(tmp_path_factory):
    files = {"spring.txt": SPRING, "autumn.txt": AUTUMN, "editions.yml": EDITIONS}
    with site_of(tmp_path_factory.mktemp("search"), files) as published:
        yield published


def page_of(site, **asked):
    return html.unescape(site.get(f"/-/search?{urlencode(asked)}").text)


def headlines(page):
    return [re.sub("<[^>]*>", "", title) for title in re.findall(r'<h3><a href="[^"]*mark=[^"]*">(.*?)</a>', page)]


def found_in(page):
    """The headlines of what answers, without what has only some of the words."""
    return headlines(page.partition("只含其中一部分词")[0])


def test_each_article_that_is_found_says_when_and_where_it_was_printed(two_editions):
    found = re.findall(r"</a> <small>(.*?)</small></h3>", page_of(two_editions, q="禁毒"))
    said = [re.sub("<[^>]*>", "", one).split(" · ")[:2] for one in found]
    assert sorted(said) == [["2024-04-02", "报名不详"], ["2024-10-05", "报名不详"]]


def test_what_is_inferred_of_an_article_that_is_found_leads_to_how_it_is_known(site):
    page = site.get(f"/-/search?{urlencode({'q': '禁毒'})}").text
    assert set(re.findall(r'href="/-/rights\?edition=([^"]*)#date"', page)) == {"000_8a5f4c7e35afc5e6"}


def rows_of(site, **asked):
    return site.get(f"/edition/search.json?{urlencode({**asked, '_shape': 'array'})}").json()


DRUGS, GREEN, FAIR = "上海市人民政府部署禁毒工作", "市政府谈绿化", "台北书展开幕"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "禁毒"}, [DRUGS, GREEN]),
        ({"q": "禁毒", "from": "2024-10"}, [GREEN]),
        ({"q": "禁毒", "to": "2024-04"}, [DRUGS]),
        ({"q": "禁毒", "from": "2024", "to": "2024"}, [DRUGS, GREEN]),
        ({"q": "禁毒", "to": "2024-04-01"}, []),
        ({"q": "禁毒", "edition": "autumn"}, [GREEN]),
        ({"q": "禁毒", "field": "headline"}, [DRUGS]),
        ({"q": "禁毒", "field": "nothing"}, []),
        ({"q": "大家", "person": "龚正"}, [DRUGS, GREEN]),
        ({"q": "读者", "person": "龚正"}, []),
        ({"q": "读者", "person": "nobody"}, []),
        ({"q": "龔正"}, [DRUGS, GREEN]),
        ({"q": "龔正", "exact": "1"}, []),
        ({"q": "臺北"}, [FAIR]),
        ({"q": "⾦ OR 臺北書展"}, [FAIR]),
        ({"q": "上海市人民政府"}, [DRUGS, GREEN]),
        ({"q": "上海市人民政府", "exact": "1"}, [DRUGS]),
        ({"q": "禁毒 -綠化"}, [DRUGS]),
    ],
)
def test_the_page_and_the_data_find_the_same(two_editions, asked, found):
    assert sorted(found_in(page_of(two_editions, **asked))) == sorted(found)
    assert sorted(row["headline"] for row in rows_of(two_editions, **asked)) == sorted(found)
    feed = two_editions.get(f"/-/search.atom?{urlencode(asked)}").text
    assert feed.count("<entry>") == len(found)


def test_what_it_can_be_narrowed_to_is_counted_and_leads_there(two_editions):
    page = page_of(two_editions, q="禁毒")
    links = re.findall(r'<li><a href="(/-/search[^"]*)">([^<]*)</a> <small>(\d+) 篇</small>', page)
    assert {(label, count) for _, label, count in links} >= {
        ("2024-10", "1"),
        ("龚正", "2"),
        ("正文", "2"),
        ("主题", "1"),
    }
    for href, _, count in links:
        assert len(headlines(html.unescape(two_editions.get(href).text))) == int(count), href


def test_what_it_was_narrowed_to_is_removed_one_by_one(two_editions):
    page = page_of(two_editions, q="禁毒", person="龚正", field="body", **{"from": "2024-10", "to": "2024-10"})
    (narrowed,) = re.findall(r'<p class="narrowed">.*?</p>', page)
    hrefs = re.findall(r'href="([^"]*)"', narrowed)
    assert [sorted(re.findall("[&?]([a-z]+)=", href)) for href in hrefs] == [
        ["field", "person", "q"],
        ["field", "from", "q", "to"],
        ["from", "person", "q", "to"],
    ]
    assert '<input type="hidden" name="person" value="龚正">' in page


def test_other_forms_are_said_with_a_way_to_what_was_typed_alone(two_editions):
    page = page_of(two_editions, q="龔正")
    assert "龚正(即“龔正”):2 篇" in page
    assert f"q={quote('龔正')}&exact=1" in page
    assert "市政府(即“上海市人民政府”):2 篇" in page_of(two_editions, q="上海市人民政府")
    assert "forms" not in re.findall('class="([^"]*)"', page_of(two_editions, q="台北"))


def test_other_forms_are_marked_in_the_article(two_editions):
    page = page_of(two_editions, q="龔正")
    href = re.findall(r'href="(/articles/[^"]*mark=[^"]*#hit[^"]*)"', page)[0]
    assert ">龚正</mark>" in two_editions.get(href).text
    assert "<mark" not in two_editions.get(href.replace("?", "?exact=1&")).text


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ({"q": "禁毒 绿化 蝴蝶"}, [("禁毒 绿化", "1"), ("禁毒", "2"), ("绿化", "1")]),
        ({"q": "禁毒蝴蝶"}, [("禁毒", "2")]),
        ({"q": "读者", "person": "龚正"}, [("不限“龚正”", "1")]),
        ({"q": "龔正", "exact": "1"}, [("也找别的写法", "2")]),
        ({"q": "读者很多,禁毒要靠大家。"}, [("禁毒要靠大家", "2"), ("读者很多", "1")]),
        ({"q": "蝴蝶"}, []),
    ],
)
def test_where_nothing_is_found_what_nearly_would_be(two_editions, asked, offered):
    page = page_of(two_editions, **asked)
    assert "没有找到" in page
    section = re.findall(r'<section class="nearly">.*?</section>', page, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a> <small>(\d+) 篇</small>', "".join(section))
    assert [(label.split("·")[0], count) for _, label, count in links] == offered
    for href, _, count in links:
        assert len(found_in(html.unescape(two_editions.get(href).text))) == int(count)


@pytest.mark.parametrize("typed", ["gong zheng", "gongzheng", "Gōng Zhèng", "gz", "GZ"])
def test_pinyin_finds_people_and_bodies_and_is_said(two_editions, typed):
    page = page_of(two_editions, q=typed)
    (section,) = re.findall(r'<section class="found-names spelled">.*?</section>', page, re.DOTALL)
    assert ">龚正</a>" in section
    assert "exact=1" in section
    assert "没有找到" not in page
    assert "spelled" not in page_of(two_editions, q=typed, exact="1")


@pytest.mark.parametrize(
    ("typed", "near"), [("龚政", "龚正"), ("共正", "龚正"), ("上海市人民正府", "上海市人民政府"), ("蝴蝶", None)]
)
def test_names_like_what_is_not_found_are_offered(two_editions, typed, near):
    page = page_of(two_editions, q=typed)
    section = "".join(re.findall(r'<section class="found-names near">.*?</section>', page, re.DOTALL))
    assert (f">{near}</a>" in section) if near else not section


def test_articles_with_some_of_the_words_follow_where_few_have_all(two_editions):
    page = page_of(two_editions, q="读者 绿化")
    assert "没有找到" in page
    _, _, some = page.partition("只含其中一部分词")
    assert sorted(headlines(some)) == sorted([GREEN, FAIR])
    assert headlines(page_of(two_editions, q="读者 绿化", edition="autumn").partition("只含其中一部分词")[2]) == [GREEN]
    assert "只含其中一部分词" not in page_of(two_editions, q="读者 绿化", exact="1")


@pytest.mark.parametrize(
    ("typed", "some"),
    [
        ("读者 绿化", "读者 OR 绿化"),
        ("读者 绿化 -甲", "读者 -甲 OR 绿化 -甲"),
        ("读者", None),
        ("甲乙 OR 丙丁", None),
        ('"甲 乙" 丙丁', '"甲 乙" OR 丙丁'),
    ],
)
def test_some_of_the_words(typed, some):
    assert some_of(typed) == some


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("禁毒" * 1_325, "没有找到"),
        ("禁毒 " * 880, "见于 2 篇报道"),
        (" ".join(chr(0x4E00 + n) for n in range(880)), "输入的词太多"),
        ("禁毒" * 1_501, "输入了 3,002 字"),
    ],
)
def test_long_searches_are_answered(two_editions, query, said):
    answer = two_editions.get(f"/-/search?{urlencode({'q': query})}")
    assert answer.status_code == 200
    assert said in answer.text
    assert 'name="q"' in answer.text


def test_functions_take_what_anybody_may_write():
    assert escape_fts_forms("龚正", "no json") == escape_fts_forms("龚正") == escape_fts_forms("龚正", "[1, 2]")
    assert escape_fts_words("龚正", '[["龚正", "市长"]]').count("OR") >= 2
    assert in_field('"甲"', "headline") == '{headline} : ("甲")'
    assert in_field('"甲"', "nothing") == '""'
    assert once("甲 乙 甲") == "甲 乙"
    assert once("甲 OR 甲") == "甲 OR 甲"


def test_on_the_publics_site_nobody_without_a_public_role_is_followed(two_editions):
    known = "(SELECT * FROM people WHERE name <> '龚正') AS people"
    connection = two_editions.connection()
    for people, found in (("people", 2), (known, 0)):
        search = search_of({"q": "大家", "person": "龚正"}, people)
        assert (
            count_of(connection, search) == len(read_ids(connection, search, read_terms(connection, search))) == found
        )
        search = search_of({"q": "大家"}, people)
        results = search_results(connection, search)
        order = two_editions.run(read_page_order(two_editions.datasette.get_database()))
        shown = read_facets(connection, search, results.ids, File(order, ["headline", "body"], False, results.words))
        facets = {facet.name: [value.label for value in facet.values] for facet in shown}
        assert ("龚正" in facets.get("person", ())) == bool(found)
        search = search_of({"q": "龚正"}, people)
        assert bool(beside(connection, search, search_results(connection, search)).names) == bool(found)


@pytest.fixture(scope="module")
def everywhere():
    """2,400 articles with 消息, every one of them alike but those with it in the headline or several times."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    create_tables(connection)
    create_indexes(connection)
    bodies = {7: "消息,消息,消息", 2390: "消息,消息,消息"}
    rows = [(n, str(n), n, "消息一则" if n == 5 else "一则", bodies.get(n, "消息")) for n in range(1, 2_401)]
    connection.executemany(
        "INSERT INTO articles (id, key, page_id, position, headline, body, characters, address)"
        " VALUES (?, ?, 'p', ?, ?, ?, 9, '')",
        rows,
    )
    fill_indexes(connection)
    register(connection)
    return connection


def test_of_what_stands_everywhere_the_latest_are_ranked_and_headlines(everywhere):
    search = search_of({"q": "消息"})
    terms = read_terms(everywhere, search)
    ranked = [one.id for one in read_ranked(everywhere, search, terms)]
    assert sorted(ranked) == read_ids(everywhere, search, terms).tolist() == list(range(1, 2_401))
    # 7 has it three times too, but is none of the latest 2,000: those before come behind, the last of them first.
    assert set(ranked[:2]) == {5, 2390}
    assert ranked[2_001:] == [n for n in range(400, 0, -1) if n != 5]
    pages = [read_ranked(everywhere, search, terms, 700, first) for first in range(0, 2_400, 700)]
    assert [one.id for page in pages for one in page] == ranked
    found = everywhere.execute(found_sql(search), search.parameters).fetchall()
    assert {row[0] for row in found} == set(ranked)
