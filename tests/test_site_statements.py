"""How many statements of SQL a page of the site takes: few, and as many where the archive has more rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from banmian.site.pictures.asked import QUERIES
from conftest import site_of
from published import Published

MOST = 20


def archive(editions: int) -> dict[str, str]:
    """Editions of three invented articles that name one person and one body: file -> text. Seven fill a page."""
    story = "本报讯 临江市市长王建国昨天在临江市图书馆说,第{}座新馆将在明年春天开放。临江市教育局介绍,新馆有书{}册。"
    return {
        f"{2000 + month}-01-01.jsonl": "\n".join(
            json.dumps({"headline": f"新馆{month}月开放{n}", "body": story.format(n, 100 * month + n)})
            for n in range(1, 4)
        )
        + "\n"
        for month in range(1, editions + 1)
    }


class Counted:
    """A site whose statements are counted."""

    def __init__(self, site: Published) -> None:
        self.site = site
        self.statements: list[str] = []
        # As `make serve` sets it.
        site.datasette._settings["suggest_facets"] = False
        prepare = site.datasette._prepare_connection

        def counted(connection, database):
            prepare(connection, database)
            # What an index asks for inside is told as a comment.
            connection.set_trace_callback(lambda sql: sql.startswith("--") or self.statements.append(sql))

        site.datasette._prepare_connection = counted

    def taken(self, path: str) -> int:
        """How many statements a page takes once it was asked for: an index is opened by the first who asks."""
        assert self.site.get(path).status_code == 200
        return min(self._taken(path) for _ in range(2))

    def _taken(self, path: str) -> int:
        self.statements.clear()
        self.site.get(path)
        return len(self.statements)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    with site_of(tmp_path_factory.mktemp("small"), archive(7), num_sql_threads=1) as published:
        yield Counted(published)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    with site_of(tmp_path_factory.mktemp("large"), archive(14), num_sql_threads=1) as published:
        yield Counted(published)


def first(site: Published, table: str) -> str:
    return str(site.connection().execute(f"SELECT address FROM {table} ORDER BY id LIMIT 1").fetchone()[0])


CURVES = "/-/over-time?word=图书馆&word=新馆&word=春天&person=王建国&organization=临江市图书馆&reprints=once"


@pytest.mark.parametrize(
    "page",
    [
        *("/", "articles", "people", "organizations", "/-/search?q=图书馆", "/-/calendar", CURVES, "/-/pictures"),
        *(f"/-/pictures/{name}?since=2001" for name in QUERIES),
    ],
)
def test_a_page_takes_few_statements_however_many_rows_there_are(small, large, page):
    taken = [one.taken(page if "/" in page else first(one.site, page)) for one in (small, large)]
    assert taken[1] <= taken[0] <= MOST


@pytest.mark.parametrize("table", ["articles", "people", "mentions", "mentions_in_context", "source_spans", "editions"])
def test_the_page_of_a_table_takes_as_many_statements_for_more_rows(small, large, table):
    assert large.taken(f"/edition/{table}") == small.taken(f"/edition/{table}") <= MOST


def test_what_is_asked_once_is_the_same_as_what_stands_in_the_file(large):
    database = large.site.datasette.get_database()
    for _ in range(2):
        counts = large.site.run(database.table_counts())
        connection = large.site.connection()
        assert counts == {
            name: connection.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0]
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        }


def test_names_that_visitors_made_up_are_not_kept(large):
    database = large.site.datasette.get_database()
    large.site.get("/edition/articles")
    before = len(database.kept)
    for n in range(20):
        assert large.site.get(f"/edition/made_up_{n}").status_code == 404
    assert len(database.kept) == before
