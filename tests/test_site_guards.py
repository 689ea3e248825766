"""What one visitor may take: time inside one function, rows and cells of a page, facets; and what is not shown."""

import asyncio
import sqlite3
from urllib.parse import urlencode

import pytest
from banmian.site.guards import functions
from banmian.site.guards.lanes import Quick
from banmian.site.named_parameters import named_parameters
from published import Published, finished

ROWS = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT {}) SELECT "


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    path = tmp_path_factory.mktemp("guards", numbered=False) / "wide.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE build_info (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        INSERT INTO build_info VALUES ('longest cell', '4000');
        CREATE TABLE texts (id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i);
        WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 700)
        INSERT INTO texts SELECT x, x, x, x, x, x, x, x, x, x FROM n;
        CREATE VIEW seen AS SELECT * FROM texts;
        """
    )
    connection.close()
    published = Published(path, metadata=False, sql_time_limit_ms=300)
    yield published
    published.close()


STRINGS = (
    *(None, "", "a", "b", "aab", "aa版aa", " a ", "  ", "bba", "x'1'", 0, 12, -1.5, 1e20, 0.1, 100.0),
    *(b"", b"a", b"aab", "版面".encode()),
)


@pytest.mark.parametrize(
    "call", ["instr(?1, ?2)", "replace(?1, ?2, ?3)", "trim(?1, ?2)", "ltrim(?1, ?2)", "rtrim(?1, ?2)", "trim(?1)"]
)
def test_a_function_that_stands_for_sqlites_answers_as_that_does(call):
    ours, sqlites = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    functions.register(ours, 1000)
    sql = f"SELECT {call}, ?1, ?2, ?3"
    differing = [
        (first, second)
        for first in STRINGS
        for second in STRINGS
        for third in ("", "a", "版", None)
        if ours.execute(sql, [first, second, third]).fetchone()
        != sqlites.execute(sql, [first, second, third]).fetchone()
    ]
    assert differing == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_result_that_is_too_long_is_refused_before_it_is_made():
    connection = sqlite3.connect(":memory:")
    functions.register(connection, 1000)
    with pytest.raises(sqlite3.DataError, match="too big"):
        connection.execute("SELECT replace(?, 'a', ?)", ["a" * 10**6, "b" * 10**6])


@pytest.mark.parametrize("extension", ["", ".json", ".csv"])
def test_time_is_up_also_where_few_steps_take_long(site, extension):
    """Datasette alone answers it, after some seconds: it looks at the clock every 1,000 steps."""
    sql = ROWS.format(60) + "sum(instr(zeroblob(50000 + x), zeroblob(25000) || x'01')) FROM c"
    answer = site.get(f"/wide{extension}?{urlencode({'sql': sql})}")
    assert answer.status_code == 400
    assert "let ta" not in answer.text


def test_a_page_lays_out_so_many_cells_and_a_file_holds_all(site):
    sql = ROWS.format(900) + f"{', '.join(['x'] * 50)} FROM c"
    page = site.get(f"/wide?{urlencode({'sql': sql})}").text
    assert page.count("<td") == 2500
    assert "只到上限" in page
    assert len(site.get(f"/wide.json?{urlencode({'sql': sql, '_shape': 'arrays'})}").json()["rows"]) == 900


@pytest.mark.parametrize(("size", "rows"), [("max", 100), ("101", 100), ("9" * 40, 100), ("100", 100), ("3", 3)])
@pytest.mark.parametrize("table", ["texts", "seen"])
def test_a_page_of_a_table_has_so_many_rows_and_leads_to_the_next(site, table, size, rows):
    page = site.get(f"/wide/{table}?_size={size}").text
    assert page.count("<tr>") - 1 == rows
    assert "_next=" in page
    if size == "max":
        assert len(site.get(f"/wide/{table}.json?_size=max").json()["rows"]) == 700


def test_so_many_facets_are_counted_at_once(site):
    facets = [("_facet", column) for column in "abcdefgh"]
    assert site.get(f"/wide/texts?{urlencode(facets)}").status_code == 200
    answer = site.get(f"/wide/texts?{urlencode([*facets, ('_facet_date', 'i')])}")
    assert answer.status_code == 400
    assert "一次至多8个" in answer.text


def test_a_result_of_very_many_cells_is_refused(site):
    sql = ROWS.format(12_000) + f"{', '.join(['x'] * 90)} FROM c"
    connection = site.connection()
    with pytest.raises(sqlite3.OperationalError, match="more than 1,000,000 cells"):
        connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("select '-- x', :a", ["a"]),
        ("select ':no', \":no\", [:no], `:no`, :a, :a -- :no\n, :b", ["a", "a", "b"]),
        ("select 'it''s :no', /* :no '*/ :a /* :no", ["a"]),
        ("select :版, '", ["版"]),
        ("select 1", []),
    ],
)
def test_the_parameters_of_a_query_are_those_that_sqlite_binds(sql, names):
    assert named_parameters(sql) == names


def test_two_hyphens_in_a_string_hide_no_parameter(site):
    sql = "select '-- x' as a, :word as b"
    page = site.get(f"/wide?{urlencode({'sql': sql, 'word': '版面'})}")
    assert page.status_code == 200
    assert 'name="word" value="版面"' in page.text
    assert site.get(f"/wide.json?{urlencode({'sql': sql})}").status_code == 200


def test_who_waits_in_a_lane_lets_pages_pass_but_no_page_of_its_own():
    async def order():
        quick, seen = Quick(), []

        async def page():
            with quick.one():
                await asyncio.sleep(0.02)
                await quick.give_way()
                seen.append("page")

        async def listing():
            await asyncio.sleep(0)
            await quick.give_way()
            seen.append("list")

        await asyncio.gather(page(), listing())
        return seen

    assert finished(order()) == ["page", "list"]
