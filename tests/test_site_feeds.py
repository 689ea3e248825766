"""Atom feeds of people, organizations and searches: valid, and with addresses that stay as ids."""

import html
import re

import pytest
from conftest import site_of
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SEEDS = """editions:
  - {id: early, newspaper: 南湖晚报, date: 1998-03-05, pages: [{file: early.txt}]}
  - {id: late, newspaper: 南湖晚报, date: 1998-03-09, pages: [{file: late.txt}]}
  - {id: undated, pages: [{file: undated.txt}]}
"""
PAGE = "# 市长张伟调研&{}\n\n本报讯(记者 王芳)市长张伟昨天在南湖市教育局调研。他指出,要把工作做好。\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    pages = {f"{name}.txt": PAGE.format(name) for name in ("early", "late", "undated")}
    with site_of(tmp_path_factory.mktemp("feeds"), {"editions.yml": SEEDS, **pages}) as published:
        yield published


def addresses(site):
    for table in ("people", "organizations"):
        yield from (address for (address,) in site.connection().execute(f"SELECT address FROM {table}"))


def read(site, path):
    """The feed: its elements as RFC 4287 asks for them, each once, with times and addresses."""
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for element in [feed, *feed.iter(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text.strip()
        assert TIME.fullmatch(element.findtext(f"{ATOM}updated"))
        assert element.find(f"{ATOM}id").text.startswith("http")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed, ids


def test_a_name_and_a_search_have_a_feed_that_their_pages_lead_to(small):
    pages = [*addresses(small), "/-/search?q=%E8%B0%83%E7%A0%94&x=1"]
    assert len(pages) > 3
    for page in pages:
        text = small.get(page).text
        (href,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', text)
        assert text.count(f'href="{href}"') == 2
        feed, ids = read(small, html.unescape(href))
        assert ids
        for address in ids:
            assert small.get(re.sub(r"^https?://[^/]+", "", address)).status_code == 200
        own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert [link.endswith(html.unescape(href)) for link in own] == [True]


def test_the_latest_edition_stands_first_and_says_when_it_was_printed(small):
    (address,) = small.connection().execute("SELECT address FROM people WHERE name = '张伟'").fetchone()
    feed, ids = read(small, f"{address}.atom")
    times = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert [time[:10] for time in times[:2]] == ["1998-03-09", "1998-03-05"]
    assert len(ids) == 3
    assert feed.findtext(f"{ATOM}updated") == max(times)
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}title") == "市长张伟调研&late"
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}summary") == "南湖晚报 1998-03-09"


@pytest.mark.parametrize("query", ["", "%00%01", '"', "nothing", "%3Cb%3E%26"])
def test_a_search_that_finds_nothing_is_a_feed_without_entries(small, query):
    _, ids = read(small, f"/-/search.atom?q={query}")
    assert ids == []


@pytest.mark.parametrize("path", ["/people/nothing.atom", "/editions/early.atom"])
def test_what_has_no_feed_is_not_found(small, path):
    assert small.get(path).status_code == 404
