"""Addresses that stay: every link leads to them, rows by number lead there, keys that are gone say where to."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from conftest import run_build
from fuzzing import some
from published import Published

TABLES = ("articles", "people", "organizations", "pages", "editions")
BY_NUMBER = re.compile(r"/edition/(?:articles|people|organizations|pages|editions|mentions)/[^?]+")


def rows(site: Published, sql: str) -> list:
    return site.connection().execute(sql).fetchall()


@pytest.mark.check
@pytest.mark.parametrize("table", TABLES)
def test_each_thing_has_a_page_by_its_key_as_html_and_json_and_its_number_leads_there(
    site: Published, table: str
) -> None:
    column = "name" if table in ("people", "organizations") else "headline" if table == "articles" else "id"
    found = rows(site, f"SELECT id, address, {column} AS shown FROM {table}")
    for row in some(found) or found:
        page, data = site.ask(row["address"]), site.ask(f"{row['address']}.json?_shape=array")
        assert (page.status_code, data.status_code) == (200, 200)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert row["shown"] in html.unescape(page.text)
        assert f'<link rel="canonical" href="http://localhost{row["address"]}">' in page.text
        assert data.json()[0]["address"] == row["address"]
        for suffix in ("", ".json?_shape=array"):
            answer = site.ask(f"/edition/{table}/{row['id']}{suffix}")
            assert (answer.status_code, answer.headers["location"]) == (301, row["address"] + suffix)


def test_a_mention_has_a_page_by_its_page_and_place(site: Published) -> None:
    sql = "SELECT id, mentions.page_id, source_start, source_end, surface FROM mentions"
    for number, page_id, start, end, surface in rows(site, sql)[::7]:
        path = f"/mentions/{quote(page_id)}/{start}-{end}"
        assert surface in html.unescape(site.ask(path).text)
        assert site.ask(f"{path}.json?_shape=array").json()[0]["id"] == number
        assert site.ask(f"/edition/mentions/{number}").headers["location"] == path
        assert [path] == [row["address"] for row in rows(
            site, f"SELECT address FROM mentions_in_context WHERE mention_id = {number}")]  # fmt: skip


@pytest.mark.parametrize("suffix", ["", ".json?_shape=array&_size=max", ".csv?_stream=on&_bom=1"])
def test_what_refers_to_a_thing_is_found_by_its_address(site: Published, suffix: str) -> None:
    key, address, number, mentions = rows(site, "SELECT key, address, id, mentions FROM people ORDER BY mentions")[-1]
    answer = site.ask(f"{address}/mentions{suffix}")
    form, _, asked = suffix.partition("?")
    assert answer.headers["location"] == f"/edition/mentions{form}?person_id={number}{asked and f'&{asked}'}"
    assert answer.status_code == 302
    found = site.get(f"{address}/mentions{suffix}")
    assert found.status_code == 200
    assert not suffix.startswith(".json") or len(found.json()) == mentions
    assert f'href="{address}/mentions_in_context.csv?_stream=on"' in site.get(address).text
    assert f'href="{address}/positions"' in site.get(address).text
    assert site.ask(f"{address}/build_info").status_code == 404
    assert site.ask(f"/people/{quote(key)}x/mentions").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/articles/none",
        "/people/1",
        "/people/%E7%94%B2.json",
        "/mentions/none/1-2",
        "/mentions/000_8a5f4c7e35afc5e6-1/1-2",
        "/mentions/000_8a5f4c7e35afc5e6-1/x",
        "/edition/articles/9999",
        "/edition/people/x",
        "/editions/%FF",
    ],
)
def test_a_key_that_was_never_given_is_not_found(site: Published, path: str) -> None:
    assert site.ask(path).status_code == 404


@pytest.mark.parametrize("table", [*TABLES, "mentions"])
def test_the_address_without_a_key_leads_to_all(site: Published, table: str) -> None:
    listed = f"{table}_listed" if table in ("articles", "people", "organizations") else table
    assert site.ask(f"/{table}").headers["location"] == f"/edition/{listed}"


PAGES = (
    *("/", "/-/search?q=%E4%B8%8A%E6%B5%B7", "/-/rights", "/edition/articles/1", "/edition/people/1"),
    *("/edition/organizations/1", "/edition/pages/000_8a5f4c7e35afc5e6-1", "/edition/mentions/1"),
    *("/edition/mentions?_labels=on", "/edition/mentions?_col=surface", "/edition/articles?_col=key"),
    *(
        "/edition/positions",
        "/edition/span_places",
        "/edition/paragraphs",
        "/edition/readings",
        "/edition/identity_candidates",
    ),
    *("/edition/positions/1", "/edition/mentions_in_context", "/edition/editions", "/edition/pages"),
    "/edition?sql=select+person_id,+article_id+from+mentions+where+kind+%3D+%27person%27",
)


def numbered_links(page: str) -> list[str]:
    return [link for link in map(html.unescape, re.findall(r'href="([^"]*)"', page)) if BY_NUMBER.match(link)]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_links_to_a_row_by_its_number(site: Published, path: str) -> None:
    assert numbered_links(site.get(path).text) == []


def test_no_query_links_to_a_row_by_its_number_and_files_have_the_addresses(site: Published) -> None:
    queries = site.datasette.metadata()["databases"]["edition"]["queries"]
    known = {row["address"] for table in TABLES for row in rows(site, f"SELECT address FROM {table}")}
    known |= {row["address"] for row in rows(site, "SELECT address FROM mentions_in_context")}
    without = set()
    for name in queries:
        page = site.get(f"/edition/{name}").text
        assert numbered_links(page) == [], name
        found = site.get(f"/edition/{name}.json?_shape=objects").json()["rows"]
        addresses = {row["address"] for row in found if row.get("address")}
        assert addresses <= known
        if not addresses:
            without.add(name)
            continue
        one = min(addresses)
        assert one in site.get(f"/edition/{name}.csv").text
        assert html.escape(one) in page or len(found) > 100
    assert without <= {"coverage", "quality_figures", "missing", "over_time", "printed_again", "types_of_organizations"}


def test_all_stays_below_the_address_that_the_site_is_published_at(edition_db: Path) -> None:
    site = Published(edition_db, base_url="/papers/")
    (path,) = rows(site, "SELECT address FROM people WHERE id = 1")[0]
    answer = site.ask("/edition/people/1")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/papers{path}")
    page = site.ask(path)
    assert page.status_code == 200
    assert f'<link rel="canonical" href="http://localhost/papers{path}">' in page.text
    (data,) = set(re.findall(r'href="/papers(/people/[^"/]*\.json)"', page.text))
    assert site.ask(data).json()["rows"]
    (page_id,) = rows(site, "SELECT address FROM pages")[0]
    for address in (
        path,
        f"{page_id}/source",
        "/edition/mentions",
        "/edition/offices",
        "/",
        "/-/rights",
        "/-/download",
    ):
        answer = site.ask(address)
        links = re.findall(r'(?:href|action|src|content)="(?:http://localhost)?(/[^"]*)"', answer.text)
        assert links
        assert [link for link in links if not link.startswith("/papers/")] == [], address
    for address in ("/sitemap.xml", "/robots.txt", "/-/search.atom?q=%E5%B8%82"):
        links = re.findall(r'http://localhost(/[^"<\s]*)', site.ask(address).text)
        assert links
        assert [link for link in links if not link.startswith("/papers/")] == [], address
    for address in ("/people", "/edition/articles/1", f"{path}/mentions.json", f"{page_id}/source.csv"):
        assert site.ask(address).headers["location"].startswith("/papers/"), address
    assert "</papers/-/rights>" in site.ask("/edition/articles.json").headers["link"]
    site.close()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """A site from which things went: an edition under another id, articles that became one, one taken out."""
    folder = tmp_path_factory.mktemp("changed")
    seeds = folder / "seeds"
    seeds.mkdir()
    texts = ("河道清淤已经开始,两岸的步道暂时关闭。", "夜市今晚重新开张,摊主们早早备好了货。")
    lines = [f'{{"headline": "新闻{n}", "body": "{text}"}}\n' for n, text in enumerate(texts, 1)]
    (seeds / "z.jsonl").write_text("".join(lines), "utf-8")
    (seeds / "a.b.txt").write_text(
        "# 图书馆延长开放\n\n本报讯 图书馆从下周起延长开放两小时,阅览室增加座位。馆长周明出席。\n", "utf-8"
    )
    (seeds / "c.txt").write_text("# 早市搬迁\n\n本报讯 东门早市下周一搬到新址,市民李强说很方便。\n", "utf-8")
    assert run_build(seeds, folder / "build").returncode == 0
    (seeds / "z.jsonl").write_text(f'{{"headline": "新闻1", "body": "{texts[0]}\\n{texts[1]}"}}\n', "utf-8")
    (seeds / "c.txt").unlink()
    assert run_build(seeds, folder / "build").returncode == 0
    # Its text stays, but for the one who is named in it.
    (seeds / "a.b.txt").write_text(
        "# 图书馆延长开放\n\n本报讯 图书馆从下周起延长开放两小时,阅览室增加座位。\n", "utf-8"
    )
    entry = "editions:\n- id: 馆\n  pages:\n  - file: a.b.txt\n"
    (seeds / "editions.yml").write_text(entry, "utf-8")
    result = run_build(seeds, folder / "build")
    assert result.returncode == 0, result.stderr
    site = Published(folder / "build" / "edition.db")
    yield site
    site.close()


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/articles/z-1-2", "/articles/z-1-1"),
        ("/articles/z-1-2.json?_shape=array", "/articles/z-1-1.json?_shape=array"),
        ("/editions/a.b", f"/editions/{quote('馆')}"),
    ],
)
def test_what_became_part_of_another_leads_there(changed: Published, path: str, to: str) -> None:
    answer = changed.ask(path)
    assert (answer.status_code, answer.headers["location"]) == (301, to)
    assert changed.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/articles/c-1-1",
        "/pages/c-1",
        "/editions/c",
        f"/people/{quote('李强')}",
        "/mentions/c-1/5-7",
    ],
)
def test_what_was_taken_out_says_so(changed: Published, path: str) -> None:
    answer = changed.ask(path)
    assert answer.status_code == 410
    assert "已撤回" in answer.text
    assert changed.ask(f"{path}.json").status_code == 410


def test_a_name_that_is_not_found_any_more_in_texts_that_are_there_was_not_withdrawn(changed: Published) -> None:
    answer = changed.ask(f"/people/{quote('周明')}")
    assert answer.status_code == 404
    assert "现已找不到" in answer.text
    assert "已撤" not in answer.text
    assert changed.ask(f"/people/{quote('周明')}.json").json()["happened"] == "unfound"


def test_what_came_in_of_a_page_that_was_taken_out_says_so(changed: Published) -> None:
    assert changed.ask("/pages/c-1/source").status_code == 410


def test_a_key_with_a_dot_is_whole(changed: Published) -> None:
    (address,) = rows(changed, "SELECT address FROM articles WHERE page_id = 'a.b-1'")[0]
    page = changed.ask(address)
    assert page.status_code == 200
    data = [html.unescape(link) for link in re.findall(r'href="([^"]*)">JSON', page.text)]
    assert changed.ask(data[0]).json()["rows"]


def test_a_key_that_was_split_lists_what_it_went_into(changed: Published) -> None:
    database = changed.datasette.get_database("edition").path
    assert database
    connection = sqlite3.connect(database)
    for successor in ("z-1-1", "a.b-1-1"):
        connection.execute("INSERT INTO former_keys VALUES ('article', 'old', 'split', ?, NULL)", [successor])
    connection.commit()
    connection.close()
    site = Published(Path(database))
    answer = site.ask("/articles/old")
    assert answer.status_code == 300
    found = re.findall(r'<li><a href="(/articles/[^"]*)">([^<]*)</a>', answer.text)
    assert found == [("/articles/a.b-1-1", "图书馆延长开放"), ("/articles/z-1-1", "新闻1")]
    assert site.ask("/articles/old.json").json()["successors"] == ["/articles/a.b-1-1", "/articles/z-1-1"]
    site.close()


def test_addresses_are_percent_encoded(site: Published) -> None:
    for row in rows(site, "SELECT key, address FROM organizations"):
        assert row["address"].isascii()
        assert unquote(row["address"]) == f"/organizations/{row['key']}"


@pytest.mark.parametrize(
    ("path", "typed"), [("/people/孔乙己", "孔乙己"), ("/articles/1998-1", "1998-1"), ("/none", "")]
)
def test_where_nothing_is_one_can_search_for_what_was_asked(site: Published, path: str, typed: str) -> None:
    answer = site.ask(quote(path))
    assert answer.status_code == 404
    assert re.search(rf'action="/-/search".*?<input type="search" name="q" value="{typed}"', answer.text, re.DOTALL)
