"""A page with more articles than one page of the site shows is shown in parts."""

from __future__ import annotations

import json
import re

import pytest
from banmian.site import pages, parts
from conftest import site_of

# Characters of the bodies of its articles, in their order.
SIZES = (30, 30, 30, 200, 10, 10)
PAGE = "/pages/2001-03-05-1"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    articles = [{"headline": f"新闻{n}", "body": "天" * (size - 1) + "。"} for n, size in enumerate(SIZES, 1)]
    lines = "\n".join(json.dumps(article, ensure_ascii=False) for article in articles) + "\n"
    with site_of(tmp_path_factory.mktemp("parts"), {"2001-03-05.jsonl": lines}) as published:
        yield published


def shown(page):
    return [int(number) for number in re.findall(r'id="article-(\d+)"', page)]


def part(site, asked, most):
    database = site.datasette.get_database()
    return site.run(parts.read_part(database, "2001-03-05-1", asked, most))


@pytest.mark.parametrize(
    ("asked", "most", "expected"),
    [
        (0, 1000, (1, 6, None, None)),
        (1, 80, (1, 2, None, 3)),
        (2, 80, (1, 2, None, 3)),
        (3, 80, (3, 3, 1, 4)),
        (4, 80, (4, 4, 3, 5)),
        (6, 80, (5, 6, 4, None)),
        (99, 80, (5, 6, 4, None)),
        (2, 1, (2, 2, 1, 3)),
    ],
)
def test_a_part_holds_as_many_articles_as_have_so_many_characters(site, asked, most, expected):
    found = part(site, asked, most)
    assert (found.first, found.last, found.before, found.after) == expected
    assert found.total == len(SIZES)


def test_the_parts_of_a_page_together_show_each_article_once(site, monkeypatch):
    monkeypatch.setattr(parts.read_part, "__defaults__", (1, 80))
    path, seen = PAGE, []
    while path:
        page = site.get(path).text
        seen += shown(page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        path = following and following[1]
    assert seen == list(range(1, len(SIZES) + 1))


def test_the_home_page_shows_the_first_part_and_says_how_many_articles_more_there_are(site, monkeypatch):
    monkeypatch.setattr(pages, "_FRONT", 80)
    page = site.get("/").text
    assert shown(page) == [1, 2]
    assert f'<a href="{PAGE}?_from=3" rel="next">本版另外4篇</a>' in page


def test_a_page_that_is_not_long_is_shown_whole(site):
    page = site.get(PAGE).text
    assert shown(page) == list(range(1, len(SIZES) + 1))
    assert 'class="turn"' not in page
