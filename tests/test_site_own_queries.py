"""Queries of one's own: joins to begin with, tables with their columns, and short addresses."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from banmian.site.own_queries import joins, lengthened, shortened
from published import Published

SHORT = "/-/q/"


@pytest.mark.parametrize("sql", [*(join.sql for join in joins()), "select 1", "select '禁毒' as \u200b", "x" * 15_000])
def test_a_short_address_leads_to_its_query(site: Published, sql: str) -> None:
    path = shortened(sql)
    assert lengthened(path.removeprefix(SHORT)) == sql
    answer = site.ask(path)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {"sql": [sql]}
    assert len(path) < len(sql) + 20


@pytest.mark.parametrize("code", ["x", "____", "abc-def", "A" * 5000, shortened("select 1 from people")[6:-3]])
def test_what_is_no_short_address_is_said_to_be_none(site: Published, code: str) -> None:
    assert lengthened(code) is None
    answer = site.ask(SHORT + code)
    assert answer.status_code == 404
    assert "没有这样的短网址" in answer.text


def test_a_bomb_is_not_unpacked() -> None:
    assert lengthened(shortened("x" * 10_000_000).removeprefix(SHORT)) is None


def test_the_page_has_joins_that_run_and_all_tables_with_their_columns(site: Published) -> None:
    page = site.ask("/-/sql").text
    assert len(joins()) == 3
    for join in joins():
        assert html.escape(join.sql, quote=False) in page
        assert join.sql.count("join ") + join.sql.count("left join") >= 1
        assert site.connection().execute(join.sql).fetchall()
    tables = site.datasette.metadata()["databases"]["edition"]["tables"]
    shown = dict(re.findall(r"<code>(\w+)</code></dt>\n<dd>(.*?)</dd>", page))
    assert set(shown) == {name for name, about in tables.items() if "title" in about and not about.get("hidden")}
    for name, columns in shown.items():
        assert re.findall(r">(\w+)</code>", columns) == list(tables[name]["columns"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_query_of_ones_own_names_is_called_so(site: Published, language: str) -> None:
    page = site.get(f"/edition?sql=select+1+as+which,headline+from+articles&_lang={language}").text
    headings = re.findall(r"<th[^>]*>(.*?)</th>", page, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]*>", " ", heading).split()) for heading in headings]
    assert words[0].split() == ["which"]
    assert words[1].split()[0] == {"zh": "主题", "en": "Headline"}[language]


def test_the_page_of_a_query_offers_its_short_address(site: Published) -> None:
    page = site.get("/edition?sql=select+1+as+n").text
    (shown,) = re.findall(r'<details class="short">.*?<pre[^>]*>(.*?)</pre>', page)
    assert shown == f"http://localhost{shortened('select 1 as n')}"
    assert "/-/q/" not in site.get("/edition/offices").text
