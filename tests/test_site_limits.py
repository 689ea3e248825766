"""One hostile URL is one answer with status 400, not a machine on its knees."""

import contextlib
import re
import resource
import sqlite3
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from published import Published

MEGABYTE = 1024 * 1024
ROWS = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT "
# As long as a string may be here, without a function that is denied.
LONG = "replace(hex(zeroblob(30000)), '0', 'a')"


def start_of_memory() -> float:
    """Return the process's memory in MB, and let its peak be counted from here where the system can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return peak_of_memory()


def peak_of_memory() -> float:
    """Return the highest memory of the process in MB: since `start_of_memory` on Linux, since its start elsewhere."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        unit = MEGABYTE if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    path = tmp_path_factory.mktemp("limits", numbered=False) / "small.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE build_info (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        INSERT INTO build_info VALUES ('longest cell', '1000');
        CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT);
        INSERT INTO texts (text) VALUES ('一'), ('二');
        CREATE VIRTUAL TABLE texts_fts USING fts5 (text, content='texts', content_rowid='id' /* content="texts" */);
        INSERT INTO texts_fts (rowid, text) SELECT id, text FROM texts;
        """
    )
    connection.close()
    published = Published(path, metadata=False)
    yield published
    published.close()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT zeroblob(500000000)",
        "SELECT hex(zeroblob(400000000))",
        "SELECT randomblob(500000000)",
        "SELECT printf('%.*c', 500000000, 'x')",
        "SELECT format('%.*c', 500000000, 'x')",
        f"SELECT replace({LONG}, 'a', {LONG})",
        "SELECT count(*) FROM json_each('[' || replace(hex(zeroblob(100000000)), '0', '1,') || '1]')",
        "SELECT instr(replace(hex(zeroblob(50000000)), '0', 'a'), replace(hex(zeroblob(25000000)), '0', 'a') || 'b')",
        f"SELECT {LONG} LIKE '%' || {LONG}",
        f"SELECT {', '.join(['1'] * 1000)}",
        f"{ROWS} group_concat({LONG}) FROM c",
        f"{ROWS} {', '.join(f'{LONG} AS a{n}' for n in range(90))} FROM c",
        f"{ROWS} {', '.join(f'cast({LONG} AS blob) AS a{n}' for n in range(90))} FROM c",
        # Each name stands for two of the one before: twice the memory with each.
        "WITH t0 AS (SELECT 1 AS x), "
        + ", ".join(f"t{n} AS (SELECT a.x FROM t{n - 1} a, t{n - 1} b)" for n in range(1, 40))
        + " SELECT * FROM t39",
        f"SELECT {'1 + ' * 900}1",
        f"SELECT {'(' * 900}1{')' * 900}",
        "SELECT sql FROM sqlite_stmt",
        "SELECT count(*) FROM sqlite_stmt",
        "SELECT * FROM dbstat",
        "SELECT hex(fts3_tokenizer('simple'))",
        "SELECT FTS3_TOKENIZER('simple')",
        "SELECT * FROM pragma_database_list",
        "SELECT count(*) FROM Pragma_Database_List()",
        "EXPLAIN SELECT * FROM pragma_database_list",
        "SELECT load_extension('x')",
        "SELECT sqlite_log(1, 'x')",
        "ATTACH ':memory:' AS other",
        "SELECT 1; SELECT 2",
        "SELECT rowid FROM texts_fts WHERE texts_fts MATCH '" + "(" * 5000 + "'",
    ],
)
def test_a_hostile_query_is_refused(site, sql):
    before = start_of_memory()
    for path in ("/small.json?", "/small?"):
        assert site.get(path + urlencode({"sql": sql})).status_code == 400
    assert peak_of_memory() - before < 300, "MB that the query took, beside what the tests before it had taken"


@pytest.mark.parametrize(
    "path",
    [
        "/small/texts{}?_where=zeroblob(500000000)",
        "/small/texts{}?_where=length(hex(zeroblob(50000000)))",
        "/small/texts{}?_where=(select+1+from+sqlite_stmt)",
        "/small/texts{}?_searchmode=raw&_search=%22",
        "/small/texts{}?_sort=nope",
        "/small/texts{}?id__in=[1",
        "/small/texts{}?id__in=[[1]]",
        "/small/texts{}?_through={{}}",
        "/small/texts{}?_through=[1]",
        "/small/texts{}?_timelimit=x",
    ],
)
@pytest.mark.parametrize("extension", ["", ".json", ".csv"])
def test_a_hostile_filter_is_refused(site, path, extension):
    assert site.get(path.format(extension)).status_code == 400


@pytest.mark.parametrize(
    "asked", ["_sort=nope", urlencode({"_where": f"({ROWS} count(*) FROM c) > 0", "_timelimit": "20"})]
)
def test_where_a_table_is_refused_there_is_a_way_back_to_it(site, asked):
    answer = site.get(f"/small/texts?{asked}")
    assert answer.status_code == 400
    assert '<a href="/small/texts">texts</a>' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/small",
        "/small/texts",
        "/small/texts/1",
        "/small/texts.json?_facet=text&_size=max",
        "/small/texts.csv?_stream=on",
        "/small/texts?_search=",
        "/small/texts?_search=%22",
        "/small/texts?_search=%00%ED%A0%80",
        "/small/texts_fts",
        "/small?sql=select+*+from+sqlite_master",
        "/small?sql=select+*+from+pragma_table_info('texts')",
        "/small?sql=select+snippet(texts_fts,0,'(',')','…',5)+from+texts_fts",
        "/small?sql=select+*+from+json_each('[1]')",
        "/small.db",
        "/-/search?q=%E4%B8%80",
    ],
)
def test_what_datasette_does_itself_still_works(site, path):
    assert site.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/small?sql=select+*+from+sqlite_master", "/small.json"])
def test_no_page_tells_where_the_file_lies(site, path):
    answer = site.get(path)
    assert answer.status_code == 200
    assert "limits/" not in answer.text


def test_the_longest_string_follows_the_longest_cell(site):
    connection = site.connection()
    limit = connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH)
    assert 10 * 1000 < limit < MEGABYTE
    assert connection.execute("PRAGMA hard_heap_limit").fetchone()[0] <= 256 * MEGABYTE


def test_rows_are_counted_for_each_result(site):
    connection = site.connection()
    for _ in range(1000):
        assert len(connection.execute(f"SELECT {LONG}").fetchone()[0]) == 60_000


def test_what_sqlite_leaves_unexplained_is_the_visitors_error(site, monkeypatch):
    def execute(self, fn):
        raise SystemError("<sqlite3.Connection object at 0x1> returned NULL without setting an exception")

    monkeypatch.setattr("datasette.database.Database.execute_fn", execute)
    for path in ("/small.json?sql=SELECT+1", "/small?sql=SELECT+1"):
        assert site.get(path).status_code == 400
