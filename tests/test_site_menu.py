"""The menu on every page, the way back in words, questions by subject, and what can be taken away."""

from __future__ import annotations

import html
import re
from pathlib import Path

import lxml.html
import pytest
from banmian.site.menu import by_subject
from banmian.site.quoting import halves
from published import Published

PAGE = "000_8a5f4c7e35afc5e6-1"
MENU = (
    "/",
    "/-/calendar",
    "/articles",
    "/people",
    "/organizations",
    "/-/questions",
    "/-/pictures",
    "/-/search",
    "/-/download",
    "/-/rights",
)
# What the way back says, without the front page where all ways begin.
WAYS = {
    f"/articles/{PAGE}-2": ["各期", "2024-02-10 至 2024-03-04 之间", "第1版", "本文"],
    f"/pages/{PAGE}": ["各期", "2024-02-10 至 2024-03-04 之间", "第1版"],
    f"/pages/{PAGE}/source": ["各期", "2024-02-10 至 2024-03-04 之间", "第1版", "来件原样"],
    "/editions/000_8a5f4c7e35afc5e6": ["各期", "2024-02-10 至 2024-03-04 之间"],
    "/edition/people/1": ["人物", "陈吉宁"],
    f"/mentions/{PAGE}/2-5": ["陈吉宁", "全力打造人工智能发展试验田孵化器", "提及"],
    "/edition/positions": ["版面数据库", "任职"],
    "/edition/positions/1": ["版面数据库", "任职", "陈吉宁 · 中共上海市委员会 · 书记"],
    "/edition/offices": ["问题", "各人的职务"],
    "/articles": ["报道名录"],
    "/people": ["人物名录"],
    "/organizations": ["机构名录"],
    "/edition?sql=select+1": ["问题", "自己写SQL", "SQL"],
    "/edition": ["版面数据库"],
    "/-/calendar": ["各期"],
    "/-/questions": ["问题"],
    "/-/pictures": ["图表"],
    "/-/pictures/together": ["图表", "谁与谁同见"],
    "/-/over-time": ["图表", "历时"],
    "/-/download": ["下载"],
    "/-/releases": ["下载", "各次发布"],
    "/-/search?q=x": ["搜索"],
    "/-/rights": ["关于"],
    "/-/rights?edition=000_8a5f4c7e35afc5e6": ["关于", "来源与权利"],
    "/nothing": ["404"],
    "/people/none": ["404"],
}


def way_back(page: str) -> list[str]:
    (way,) = re.findall(r'<nav class="crumbs"[^>]*>(.*?)</nav>', page, re.DOTALL)
    return [html.unescape(one).strip() for one in re.findall(r"<(?:a|span aria-current)[^>]*>([^<]*)<", way)]


@pytest.mark.parametrize("path", ["/", *WAYS])
def test_the_menu_stands_on_every_page_and_the_way_back_is_in_words(site: Published, path: str) -> None:
    page = site.get(path).text
    (menu,) = re.findall(r'<nav class="menu"[^>]*>(.*?)</nav>', page, re.DOTALL)
    assert tuple(re.findall(r'href="([^"]*)"', menu)) == MENU
    if path in WAYS:
        assert way_back(page) == ["首页", *WAYS[path]]


@pytest.mark.parametrize("path", MENU)
def test_each_entry_leads_to_a_page_where_it_is_marked(site: Published, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert re.findall(r'<a href="([^"]*)" aria-current="true">', answer.text) == [path]


def test_the_menu_stays_below_the_address_that_the_site_is_published_at(edition_db: Path) -> None:
    site = Published(edition_db, base_url="/papers/")
    page = site.ask("/-/questions").text
    assert re.findall(r'<a href="([^"]*)" aria-current="true">', page) == ["/papers/-/questions"]
    site.close()


@pytest.mark.parametrize("path", ["/", "/edition", "/-/questions"])
def test_every_question_stands_below_what_it_is_about(site: Published, path: str) -> None:
    page = site.ask(path).text
    queries = site.datasette.metadata()["databases"]["edition"]["queries"]
    assert len(queries) > 20
    for name, query in queries.items():
        before, link, _ = page.rpartition(f'href="/edition/{name}"')
        assert link, name
        assert html.unescape(re.findall(r"<h[23]>([^<]*)</h[23]>", before)[-1]) == halves(query["group"])[0]


@pytest.mark.parametrize(("language", "name"), [("zh", "问题"), ("en", "Questions")])
def test_the_questions_have_one_name_wherever_they_are_listed(site: Published, language: str, name: str) -> None:
    for path, heading in (("/", "//h2"), ("/edition", "//h2[@id='queries']"), ("/-/questions", "//h1")):
        document = lxml.html.fromstring(site.get(f"{path}?_lang={language}").text)
        assert name in [found.text_content() for found in document.xpath(heading)], path
        assert name in [link.text_content() for link in document.xpath("//nav//a")], path


def test_questions_without_a_subject_stand_together() -> None:
    queries = [{"name": "a", "group": "x"}, {"name": "b", "group": "x"}, {"name": "c"}, {"name": "d", "group": None}]
    found = [(group, [query["name"] for query in own]) for group, own in by_subject(queries)]
    assert found == [("x", ["a", "b"]), ("", ["c", "d"])]


def test_the_database_and_each_table_can_be_taken_away(site: Published) -> None:
    page = site.ask("/-/download").text
    links = [html.unescape(link) for link in re.findall(r'href="(/edition[^"]*)"', page)]
    assert "/edition.db" in links
    for table in site.datasette.metadata()["databases"]["edition"]["tables"].values():
        assert "title" not in table or halves(table["title"])[0] in page
    assert {site.ask(link).status_code for link in links if "mentions" in link or "editions" in link} == {200}


def test_an_edition_lists_its_pages_with_their_articles_and_where_nothing_is_dated_all_are_named(
    site: Published,
) -> None:
    page = site.ask("/editions/000_8a5f4c7e35afc5e6").text
    for (address,) in site.connection().execute("SELECT address FROM articles"):
        assert f'href="{address}"' in page
    assert f'href="/pages/{PAGE}/source"' in page
    assert 'href="/editions/000_8a5f4c7e35afc5e6"' in site.ask("/-/calendar").text
