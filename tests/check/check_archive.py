"""Every question is answered on an archive of thousands of articles: each page of the site, query, view and facet.

The articles are put together from the few sentences and names below.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from banmian.site.query_pages import SIZE
from conftest import made_once, run_process
from published import METADATA, Published
from seed_folders import folder_of

pytestmark = pytest.mark.check

EDITIONS = 300
ARTICLES = 12
MOST_BYTES = 500_000
# As `make serve` sets them.
SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 5000,
    "suggest_facets": False,
    "truncate_cells_html": 300,
}
RULE = """
rules:
  - files: "{date}.jsonl"
    newspaper: 临江晚报
    city: 杭州市
    pages_expected: 2
    missing:
      - {dates: 1990-01-28..1990-01-30, why: not printed, reason: 春节休刊}
"""
# fmt: off
SURNAMES = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡"]
GIVEN = ["建国", "文远", "思敏", "志强", "丽萍", "国栋", "晓东", "春生", "海燕", "永康", "玉梅", "明哲"]
OFFICES = ["市长", "副市长", "教育局局长", "财政局局长", "卫生局副局长"]
BODIES = ["杭州市教育局", "杭州市财政局", "杭州市卫生局", "西湖大学", "临江造船有限公司", "北港中学"]
THINGS = ["图书馆", "地铁站", "体育场", "博物馆", "水厂", "植物园", "码头", "养老院"]
DEEDS = ["下个月开工", "明年春天开放", "已经通过验收", "还缺三百万元", "要先听居民的意见"]
# fmt: on
EVERYWHERE = "王建国"


def article(dice: random.Random, number: int) -> dict[str, str]:
    person = dice.choice(SURNAMES) + dice.choice(GIVEN)
    office, body, thing, deed = (dice.choice(words) for words in (OFFICES, BODIES, THINGS, DEEDS))
    paragraphs = [
        f"本报讯 {office}{person}昨天在{body}说,第{number}座{thing}{deed}。",
        f"市长{EVERYWHERE}在会上表示,{thing}的事由{body}负责,{dice.choice(DEEDS)}。",
        f"{body}介绍,{dice.choice(THINGS)}{dice.choice(DEEDS)},{dice.choice(SURNAMES)}{dice.choice(GIVEN)}等{number}人参加。",
    ]
    return {"headline": f"{thing}{deed}之{number}", "rubric": f"栏目{number % 40}", "body": "\n".join(paragraphs)}


def corpus() -> Mapping[str, str]:
    """The files of the archive: an edition a day, the last with many articles."""
    dice, files, number = random.Random(1), {"editions.yml": RULE}, 0
    for at in range(EDITIONS):
        day = date(1990, 2, 1) + timedelta(days=at)
        articles = []
        for _ in range(ARTICLES * 20 if at == EDITIONS - 1 else ARTICLES):
            number += 1
            articles.append(article(dice, number))
        files[f"{day}.jsonl"] = "\n".join(json.dumps(one, ensure_ascii=False) for one in articles) + "\n"
    return files


def build(folder: Path) -> None:
    folder_of(folder / "seeds", corpus())
    result = run_process(folder / "seeds", folder / "build")
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = made_once(tmp_path_factory, "archive", build)
    published = Published(folder / "build" / "edition.db", **SETTINGS)
    yield published
    published.close()


def metadata() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    return yaml.safe_load(Path(METADATA).read_text("utf-8"))["databases"]["edition"]


TABLES = sorted(name for name, about in metadata()["tables"].items() if about.get("allow") is not False)
FACETS = [(name, facet) for name in TABLES for facet in metadata()["tables"][name].get("facets", [])]
QUERIES = sorted(metadata()["queries"])
ONE = {
    "article": "SELECT address FROM articles ORDER BY characters DESC LIMIT 1",
    "person": "SELECT address FROM people ORDER BY mentions DESC LIMIT 1",
    "organization": "SELECT address FROM organizations ORDER BY mentions DESC LIMIT 1",
    "page": "SELECT address FROM pages ORDER BY characters DESC LIMIT 1",
    "page as it came in": "SELECT address || '/source' FROM pages ORDER BY characters DESC LIMIT 1",
    "edition": "SELECT address FROM editions ORDER BY id DESC LIMIT 1",
    "mention": "SELECT address FROM mentions_in_context ORDER BY mention_id DESC LIMIT 1",
    "mentions of a person": "SELECT address || '/mentions_in_context' FROM people ORDER BY mentions DESC LIMIT 1",
}


def one(site: Published, sql: str) -> str:
    return str(site.connection().execute(sql).fetchone()[0])


def answer(site: Published, path: str) -> str:
    """The page, which is no error and not long."""
    response = site.get(path)
    assert response.status_code == 200, (path, re.sub("<[^>]*>", "", response.text)[-500:])
    assert len(response.content) < MOST_BYTES, (path, len(response.content))
    return response.text


@pytest.mark.parametrize("path", ["/", "/edition", "/-/calendar", "/-/rights", "/-/search"])
def test_pages_about_the_whole_are_answered(archive: Published, path: str) -> None:
    answer(archive, path)


@pytest.mark.parametrize("kind", ONE)
def test_the_largest_of_each_kind_is_answered(archive: Published, kind: str) -> None:
    answer(archive, one(archive, ONE[kind]))


@pytest.mark.parametrize("words", [EVERYWHERE, "图书馆", "图书馆 -地铁站", "市", "栏目7", "没有的词语"])
def test_a_search_is_answered(archive: Published, words: str) -> None:
    answer(archive, f"/-/search?q={quote(words)}")


def test_a_search_of_thousands_of_articles_says_what_it_can_be_narrowed_to(archive: Published) -> None:
    page = answer(archive, f"/-/search?q={quote('图书馆')}")
    assert all(f"&amp;{name}=" in page for name in ("edition", "organization", "field"))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_answered_in_pages_with_its_total(archive: Published, table: str) -> None:
    page = answer(archive, f"/edition/{table}")
    total = int(one(archive, f"SELECT count(*) FROM [{table}]"))
    told = archive.get(f"/edition/{table}.json?_size=1").json()
    assert told["filtered_table_rows_count"] == total
    assert f"{total:,}" in page


@pytest.mark.parametrize(("table", "facet"), FACETS)
def test_a_facet_is_answered_with_the_right_numbers(archive: Published, table: str, facet: str) -> None:
    told = archive.get(f"/edition/{table}.json?_size=0&_facet={facet}").json()
    # One that took too long is left out.
    assert facet in told["facet_results"]
    found = {str(value["value"]): value["count"] for value in told["facet_results"][facet]["results"]}
    counted = archive.connection().execute(
        f"SELECT [{facet}], count(*) FROM [{table}] WHERE [{facet}] IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30"
    )
    assert found == {str(value): count for value, count in counted}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_answered_in_pages_and_as_json(archive: Published, query: str) -> None:
    page = answer(archive, f"/edition/{query}")
    rows = archive.get(f"/edition/{query}.json?_shape=objects").json()
    assert rows["ok"]
    if rows["rows"]:
        assert page.count("<tr>") == 1 + min(len(rows["rows"]), SIZE)


@pytest.mark.parametrize("table", ["people", "organizations"])
def test_the_total_of_mentions_is_that_of_the_table(archive: Published, table: str) -> None:
    connection = archive.connection()
    id, address, mentions = connection.execute(
        f"SELECT id, address, mentions FROM {table} ORDER BY mentions DESC LIMIT 1"
    ).fetchone()
    column = {"people": "person_id", "organizations": "organization_id"}[table]
    (counted,) = connection.execute(f"SELECT count(*) FROM mentions WHERE {column} = ?", [id]).fetchone()
    assert mentions == counted > 200
    assert f"{counted:,}" in answer(archive, address)
