"""CSV of a query holds all rows where it can, and where it was cut it says so: header, name and last line."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from banmian.site import query_files
from published import Published

ROWS = "with recursive n (n) as (select 1 union all select n + 1 from n where n < {}) select n as number from n"
# The rows that Datasette gives of a query, and those that a whole file may have.
SETTING, MOST = 5, 20


@pytest.fixture
def site(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Published]:
    monkeypatch.setattr(query_files, "MOST", MOST)
    sqlite3.connect(tmp_path / "made.db").close()
    queries = {f"rows_{count}": {"sql": ROWS.format(count)} for count in (1, 5, 6, 20, 21, 50)}
    metadata = {"databases": {"made": {"queries": queries}}}
    published = Published(tmp_path / "made.db", metadata, max_returned_rows=SETTING)
    yield published
    published.close()


@pytest.mark.parametrize(
    ("path", "rows", "is_cut"),
    [
        ("rows_5.csv?", 5, False),
        ("rows_6.csv?", 5, True),
        ("rows_6.csv?_stream=on", 6, False),
        ("rows_20.csv?_stream=on", 20, False),
        ("rows_21.csv?_stream=on", 20, True),
        ("rows_50.csv?_stream=on&_bom=1&_dl=1", 20, True),
        ("rows_50.csv?_bom=1", 5, True),
        (f"../made.csv?sql={quote(ROWS.format(5))}", 5, False),
        (f"../made.csv?sql={quote(ROWS.format(6))}", 5, True),
        # What a stranger wrote is no longer as a file than Datasette's setting says.
        (f"../made.csv?_stream=on&sql={quote(ROWS.format(49))}", 5, True),
    ],
)
def test_a_file_is_whole_or_says_in_three_places_that_it_is_cut(
    site: Published, path: str, rows: int, is_cut: bool
) -> None:
    response = site.get(f"/made/{path}".replace("/made/../", "/"))
    assert response.status_code == 200
    heading, *found = csv.reader(response.text.lstrip("\ufeff").splitlines())
    assert heading == ["number"]
    assert [row[0] for row in found[:rows]] == [str(number) for number in range(1, rows + 1)]
    disposition = response.headers.get("content-disposition", "")
    if is_cut:
        assert found[rows:] == [[f"# 只有前{rows}行;后面还有 · only the first {rows} rows; there are more"]]
        assert response.headers["banmian-cut"] == f"rows={rows}"
        assert disposition.endswith(f'-first-{rows}-rows.csv"')
        assert disposition.startswith("attachment" if "_dl" in path else "inline")
    else:
        assert found[rows:] == []
        assert "banmian-cut" not in response.headers
        assert "-first-" not in disposition


def test_the_page_of_a_query_leads_to_the_whole_file(site: Published) -> None:
    page = site.get("/made/rows_20").text
    assert 'rows_20.csv?_size=max&amp;_stream=on">CSV</a>' in page


def test_json_says_where_it_is_cut(site: Published) -> None:
    assert site.get("/made/rows_6.json").json()["truncated"]
    assert not site.get("/made/rows_5.json").json()["truncated"]
