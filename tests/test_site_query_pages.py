"""A canned query is read by pages, which together hold each row once; files hold all; the home page asks little."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from banmian.site.query_pages import SIZE
from published import Published

ROWS = "with recursive n (n) as (select 1 union all select n + 1 from n where n < {}) select n as number from n"
ENDLESS = "with recursive n (n) as (select 1 union all select n + 1 from n) select n as number from n"
COUNTS = (0, 1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE, 3 * SIZE + 7)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    path = tmp_path_factory.mktemp("queries") / "made.db"
    sqlite3.connect(path).close()
    queries = {f"rows_{count}": {"sql": f"{ROWS.format(count)} where {count} > 0"} for count in COUNTS}
    queries["backwards"] = {"sql": f"{ROWS.format(250)} order by n desc"}
    chosen = f"{ROWS.format(250)} where n % 2 = cast(:odd as integer)"
    queries["chosen"] = {"sql": chosen, "parameters": {"odd": {"meaning": "?"}}}
    queries["endless"] = {"sql": ENDLESS}
    endless = {"sql": f"{ENDLESS} where n < 0 or :name = ''", "parameters": {"name": {"meaning": "?"}}}
    queries["without_end"] = {**endless, "hide_sql": True}
    published = Published(path, {"databases": {"made": {"queries": queries}}})
    yield published
    published.close()


def turned(site: Published, address: str) -> list[tuple[list[int], str]]:
    """The rows of each page and what it says of its place, following the link to the next page."""
    found = []
    following: str | None = address
    while following is not None:
        page = site.get(following).text
        rows = [int(cell) for cell in re.findall(r'<td class="col-number">(\d+)</td>', page)]
        said = re.search(r'<p class="export-links">(.*?) ·', page, re.DOTALL)
        found.append((rows, re.sub(r"<[^>]*>", "", said[1]) if said else ""))
        links = re.findall(r'<a href="([^"]*)">下一页', page)
        following = f"{address.partition('?')[0]}{unescape(links[0])}" if links else None
        assert len(found) < 20
    return found


@pytest.mark.parametrize("count", COUNTS)
def test_the_pages_of_a_query_hold_each_row_once_and_say_how_many_there_are(site: Published, count: int) -> None:
    pages = turned(site, f"/made/rows_{count}")
    assert [row for rows, _ in pages for row in rows] == list(range(1, count + 1))
    assert all(len(rows) == SIZE for rows, _ in pages[:-1])
    if len(pages) > 1:
        assert [said[: said.index("行")] for _, said in pages] == [
            f"第{first}–{min(first + SIZE - 1, count)}" for first in range(1, count + 1, SIZE)
        ]
        assert all(f"共{count}行" in said for _, said in pages)
    elif count:
        assert pages[0][1].startswith(f"{count} 行")


def test_the_order_of_the_query_and_what_was_chosen_hold_on_each_page(site: Published) -> None:
    assert [row for rows, _ in turned(site, "/made/backwards") for row in rows] == list(range(250, 0, -1))
    assert [row for rows, _ in turned(site, "/made/chosen?odd=1") for row in rows] == list(range(1, 251, 2))


def test_of_rows_without_end_a_page_is_shown_and_no_number_is_invented(site: Published) -> None:
    page = site.get("/made/endless").text
    assert len(re.findall('<td class="col-number">', page)) == SIZE
    assert "后面还有很多" in page


@pytest.mark.parametrize("place", ["-1", "x", "", "99999999999999999999", "1e3"])
def test_a_place_that_is_none_is_the_first(site: Published, place: str) -> None:
    assert turned(site, f"/made/rows_{SIZE + 1}?_from={place}")[0][0] == list(range(1, SIZE + 1))


@pytest.mark.parametrize(
    ("path", "kept", "advice"),
    [
        (
            f"/made?sql={quote_plus(f'{ENDLESS} where n < 0 + :least')}&least=-3",
            ["where n &lt; 0 + :least</textarea>", 'value="-3"'],
            "WHERE",
        ),
        ("/made/without_end?name=孔乙己", ['value="孔乙己"', "name=%E5%AD%94%E4%B9%99%E5%B7%B1"], "缩小范围"),
    ],
)
def test_a_query_that_takes_too_long_keeps_what_was_asked_and_says_what_to_do(
    site: Published, path: str, kept: list[str], advice: str
) -> None:
    answer = site.get(f"{path}&_timelimit=20")
    assert answer.status_code == 400
    (said,) = re.findall(r'<div class="error-text"[^>]*>(.*?)</div>', answer.text)
    assert "时限" in said
    assert advice in said
    assert [one for one in kept if one not in answer.text] == []
    as_json = site.get(f"{path.replace('?', '.json?')}&_timelimit=20")
    assert (as_json.status_code, as_json.json()["ok"]) == (400, False)
    assert advice in as_json.json()["error"]


def test_past_the_last_row_there_is_a_way_back(site: Published) -> None:
    page = site.get("/made/rows_1?_from=500")
    assert page.status_code == 200
    assert re.findall('<td class="col-number">', page.text) == []


def test_files_hold_all_rows(site: Published) -> None:
    count = COUNTS[-1]
    assert len(site.get(f"/made/rows_{count}.json?_shape=array").json()) == count
    assert len(site.get(f"/made/rows_{count}.csv").text.split()) == count + 1


def test_the_home_page_asks_little_however_many_tables_there_are(
    edition_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(edition_db)
    # The first request of all asks Datasette's own questions about the file.
    published.get("/")
    asked: list[str] = []
    kind = type(published.datasette.get_database("edition"))
    execute = kind.execute_fn

    def traced(self, fn):
        return execute(self, lambda connection: connection.set_trace_callback(asked.append) or fn(connection))

    monkeypatch.setattr(kind, "execute_fn", traced)
    assert "报道" in published.get("/").text
    assert 5 <= len(asked) <= 20
    published.close()
