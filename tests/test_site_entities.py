"""The pages of people and organizations: every mention, grouped by article, each a way to its very place."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Iterator

import pytest
from banmian.site import entities
from banmian.site.quoting import halves
from conftest import site_of
from published import Published

KINDS = [("people", "person_id"), ("organizations", "organization_id")]
HIT = re.compile(r'<td class="hit"><a href="([^"]*)"><mark>([^<]*)</mark>')


def rows(site: Published, sql: str) -> list[sqlite3.Row]:
    return site.connection().execute(sql).fetchall()


def hits(page: str) -> list[tuple[str, str, str]]:
    """Of each mention that is shown: the headline above it, where it leads, and what was printed."""
    found = []
    for article in re.findall(r'<article class="in-article">(.*?)</article>', page, re.DOTALL):
        headline = html.unescape(re.findall(r"<h3><a[^>]*>(.*?)</a>", article)[0])
        found += [(headline, href, html.unescape(surface)) for href, surface in HIT.findall(article)]
    return found


@pytest.mark.parametrize(("table", "column"), KINDS)
def test_each_mention_stands_below_the_headline_of_its_article_and_leads_to_its_place(
    site: Published, table: str, column: str
) -> None:
    sql = f"""SELECT {table}.address, headline, surface,
                  articles.address || '#mention-' || source_start || '-' || source_end AS href
              FROM mentions JOIN {table} ON {table}.id = {column} JOIN articles ON articles.id = article_id"""
    expected: dict[str, list[tuple[str, str, str]]] = {}
    for address, headline, surface, href in rows(site, sql):
        expected.setdefault(address, []).append((headline, href, surface))
    articles: dict[str, str] = {}
    for address, mentions in expected.items():
        page = site.ask(address).text
        assert sorted(hits(page)) == sorted(mentions)
        assert f"提及 {len(mentions):,}</h2>" in page
        for _, href, _ in mentions:
            path, _, anchor = href.partition("#")
            article = articles.setdefault(path, site.ask(path).text)
            assert f'id="{anchor}"' in article


@pytest.mark.parametrize("size", [1, 2, 4])
def test_the_pages_of_many_mentions_together_show_each_once(
    site: Published, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    (most,) = rows(site, "SELECT * FROM people ORDER BY mentions DESC LIMIT 1")
    whole = hits(site.ask(most["address"]).text)
    assert len(whole) == most["mentions"] > 4
    monkeypatch.setattr(entities, "SIZE", size)
    path, found = most["address"], []
    while path:
        page = site.ask(path).text
        shown = hits(page)
        assert len(shown) <= size
        found += shown
        following = re.search(r'<a href="([^"]*)" rel="next">', page)
        path = html.unescape(following[1]).split("#")[0] if following else ""
    assert found == whole
    assert hits(site.ask(f"{most['address']}?_from=999").text)[-1] == whole[-1]


# Days and headlines of what is printed of a person with an office, as the file has them.
DATED = [("2001-02-05", "二"), ("2001-01-05", "一"), ("2001-04-05", "四"), ("2001-04-05", "五")]
LATEST_FIRST = ["四", "五", "二", "一"]


@pytest.fixture(scope="module", params=[DATED, [("", "无"), *DATED]], ids=["dated", "one undated"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    text = "本报讯 临江市市长王建国昨天说,临江市图书馆的新馆将在明年春天开放。"
    lines = [
        json.dumps({"headline": headline, "body": text} | ({"date": day} if day else {}), ensure_ascii=False)
        for day, headline in request.param
    ]
    with site_of(tmp_path_factory.mktemp("dated"), {"all.jsonl": "\n".join(lines) + "\n"}) as published:
        yield published


def test_what_the_latest_editions_print_comes_first(archive: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    (person,) = rows(archive, "SELECT * FROM people WHERE name = '王建国'")
    expected = [*LATEST_FIRST, "无"][: person["mentions"]]
    assert [headline for headline, *_ in hits(archive.ask(person["address"]).text)] == expected
    monkeypatch.setattr(entities, "SIZE", 2)
    assert [headline for headline, *_ in hits(archive.ask(f"{person['address']}?_from=2").text)] == expected[2:4]


def test_an_office_has_the_first_and_the_last_day_of_all_that_print_it(archive: Published) -> None:
    (office,) = rows(archive, "SELECT DISTINCT person_id, organization_id FROM positions")
    for table, number in zip(("people", "organizations"), office, strict=True):
        ((address,),) = rows(archive, f"SELECT address FROM {table} WHERE id = {number}")
        offices = archive.ask(address).text.split('class="offices"')[1].split("</ul>")[0]
        assert re.findall(r"\d{4}-\d\d-\d\d", offices) == ["2001-01-05", "2001-04-05"]


def test_an_office_whose_body_is_not_printed_in_full_says_what_is_printed(archive: Published) -> None:
    ((address, name, role, title),) = rows(
        archive,
        "SELECT DISTINCT people.address, organization, role_as_printed, title FROM positions_with_names"
        " JOIN people ON people.id = person_id",
    )
    text = archive.ask(address).text.split('class="offices"')[1].split("</ul>")[0]
    assert (f"照印作“{role}”" in text) == (name + title != role)


def test_doubts_of_all_mentions_are_listed_once(site: Published) -> None:
    sql = """SELECT DISTINCT organizations.address, doubts.reason FROM mention_doubts
             JOIN mentions ON mentions.id = mention_id JOIN organizations ON organizations.id = organization_id
             JOIN doubts ON doubts.page_id = mention_doubts.page_id AND doubts.start = doubt_start"""
    doubted = rows(site, sql)
    assert doubted
    for address, reason in doubted:
        listed = site.ask(address).text.split('id="doubts"')[1].split("</section>")[0]
        assert html.unescape(listed).count(halves(reason)[0]) == 1
