"""Paging through tables and views: whatever the order, their pages together hold each row once."""

import csv
import io
import random
import re
import sqlite3
from urllib.parse import parse_qsl, quote, urlencode

import fuzzing
import pytest
from banmian.site.paging import enclosed, ordered
from conftest import site_of
from published import Published

# What a table may hold: ties, NULLs, numbers with all their digits, keys of several columns or none.
_TABLES = """
    CREATE TABLE one_key (id INTEGER PRIMARY KEY, kind TEXT, number INTEGER, weight REAL) STRICT;
    CREATE TABLE text_key (id TEXT PRIMARY KEY, kind TEXT, number INTEGER, weight REAL) STRICT;
    CREATE TABLE two_keys (
        id INTEGER NOT NULL, part INTEGER NOT NULL, kind TEXT, number INTEGER, weight REAL, PRIMARY KEY (id, part)
    ) STRICT;
    CREATE TABLE no_key (id INTEGER, kind TEXT, number INTEGER, weight REAL) STRICT;
    CREATE VIEW seen AS SELECT kind, number, weight, id FROM one_key;
    CREATE VIEW seen_in_order AS SELECT kind, number, weight, id FROM one_key ORDER BY kind, id;
    CREATE VIEW counted AS SELECT kind, count(*) AS rows, min(id) AS id FROM text_key GROUP BY kind, number;
    CREATE INDEX one_key_kind ON one_key (kind);
"""
_KINDS = [None, "", "~", "$null", "a,b", "两", "[x]", "it's"]


@pytest.fixture(scope="module")
def made_up_site(tmp_path_factory):
    path = tmp_path_factory.mktemp("paging") / "made.db"
    connection = sqlite3.connect(path)
    connection.executescript(_TABLES)
    chance = random.Random(1)
    weights = [None, 0.1, 1 / 3, 2e-300, -1.5, *(chance.random() * 10 ** chance.randint(-5, 5) for _ in range(20))]
    for id in range(60):
        cells = (chance.choice(_KINDS), chance.choice([None, 1, 2, 10, -3]), chance.choice(weights))
        connection.execute("INSERT INTO one_key VALUES (?, ?, ?, ?)", (id, *cells))
        connection.execute("INSERT INTO text_key VALUES (?, ?, ?, ?)", (f"{id},~键", *cells))
        connection.execute("INSERT INTO two_keys VALUES (?, ?, ?, ?, ?)", (id // 7, id % 7, *cells))
        connection.execute("INSERT INTO no_key VALUES (?, ?, ?, ?)", (id % 50, *cells))
    connection.commit()
    connection.close()
    # A busy machine is no fault.
    published = Published(path, metadata=False, facet_time_limit_ms=10_000)
    yield published
    published.close()


def pages(site, path, most=20):
    """The answers of a table in JSON, one a page, as their next_url leads on."""
    found = []
    while path:
        answer = site.get(path.replace("http://localhost", ""))
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        path = found[-1]["next_url"]
        assert len(found) <= most
    return found


def rows(site, path):
    return [tuple(row) for page in pages(site, path) for row in page["rows"]]


def columns(site, table):
    """Columns of a table; those that SQLite hides say something else in each query."""
    return [row[1] for row in site.connection().execute(f"PRAGMA table_info([{table}])")]


def orders(site, table):
    """Every order that a table can be shown in, as the arguments of its address."""
    yield {}
    for column in columns(site, table):
        yield {"_sort": column}
        yield {"_sort_desc": column}


def database_name(site):
    return site.datasette.get_database().name


def tables(site):
    """Tables and views that the site shows."""
    answer = site.get(f"/{database_name(site)}.json").json()
    names = [table["name"] for table in answer["tables"]] + [view["name"] for view in answer["views"]]
    shadows = {row[0] for row in site.connection().execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")}
    return [name for name in names if name not in shadows]


def read_csv(answer):
    assert answer.status_code == 200, answer.text
    return [tuple(row) for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))][1:]


class Paged:
    """A table read page by page, three pages in all."""

    def __init__(self, site, table):
        self.site, self.table = site, table
        self.columns = columns(site, table)
        self._shown = urlencode({"_col": self.columns}, doseq=True)
        self.whole = sorted(map(repr, rows(site, self._path("json", {}, "max"))))

    def _path(self, form, order, size):
        asked = urlencode({**order, "_size": size, "_nofacet": 1, "_nocount": 1})
        return f"/{database_name(self.site)}/{self.table}.{form}?{self._shown}&{asked}"

    def assert_once_in_json(self, order):
        found = rows(self.site, self._path("json", order, len(self.whole) // 3 + 1))
        assert sorted(map(repr, found)) == self.whole, (self.table, order)
        for direction, column in order.items():
            values = [row[self.columns.index(column) - len(self.columns)] for row in found]
            assert values == in_order(values, descending=direction == "_sort_desc"), (self.table, order)

    def assert_once_in_csv(self, order):
        path = self._path("csv", order, len(self.whole) // 3 + 1)
        streamed = read_csv(self.site.get(f"{path}&_stream=on"))
        assert len(streamed) == len(self.whole), (self.table, order)
        assert len(set(streamed)) == len(set(self.whole)), (self.table, order)


def in_order(values, descending):
    """Values as SQLite sorts them: NULL first, then numbers, then text by its bytes."""

    def place(value):
        if value is None:
            return (0,)
        return (2, value.encode()) if isinstance(value, str) else (1, value)

    return sorted(values, key=place, reverse=descending)


@pytest.mark.parametrize("table", ["one_key", "text_key", "two_keys", "no_key", "seen", "seen_in_order", "counted"])
def test_each_row_stands_on_one_page_whatever_the_values(made_up_site, table):
    paged = Paged(made_up_site, table)
    for order in orders(made_up_site, table):
        paged.assert_once_in_json(order)
        paged.assert_once_in_csv(order)


def test_each_row_of_every_table_stands_on_one_page(site):
    shown = tables(site)
    assert {"articles", "mentions", "source_spans", "mentions_in_context"} <= set(shown)
    for at, table in enumerate(shown):
        paged = Paged(site, table)
        # One format for each order, and some of the orders: all take the same way, as the made-up tables prove.
        for n, order in enumerate(orders(site, table)):
            if (n + at) % 4 == 0 or fuzzing.TIMES > 1:
                (paged.assert_once_in_csv if n % 3 else paged.assert_once_in_json)(order)


CORRECTED = {
    "a.txt": "# 公园开放\n\n本报讯 市长郑明运昨天到场。\n",
    "editions.yml": "editions:\n- id: a\n  pages: [{file: a.txt}]\n"
    "  corrections: [{file: a.txt, printed: 郑明运, corrected: 郑明远, reason: r}]\n",
}


def test_the_key_of_each_view_tells_its_rows_apart(site, tmp_path):
    """Of the seeds, in which no name is corrected, and of a page on which one is."""
    with site_of(tmp_path, CORRECTED) as corrected:
        connections = [one.connection() for one in (site, corrected)]
        views = "SELECT name FROM sqlite_schema WHERE type = 'view' AND name NOT LIKE '%_seg'"
        for (view,) in connections[0].execute(views):
            key = site.datasette.table_metadata("edition", view)["key"]
            sql = f"SELECT {', '.join(key)} FROM {view}"
            found = [[tuple(row) for row in connection.execute(sql)] for connection in connections]
            assert [len(set(rows)) for rows in found] == [len(rows) for rows in found], view
            assert any(found), view


def test_pages_for_people_hold_each_row_once(site):
    ids, path = [], "/edition/mentions?_sort_desc=page_id&_size=20"
    while path:
        page = site.get(path).text
        ids += re.findall(r'<td class="col-id type-pk"><div class="cell"><a href="/mentions/[^"]+">(\d+)</a>', page)
        following = re.search(r'<a href="([^"]*)">[^<]*下一页', page)
        path = following[1].replace("&amp;", "&").replace("http://localhost", "") if following else None
    total = site.connection().execute("SELECT count(*) FROM mentions").fetchone()[0]
    assert sorted(map(int, ids)) == sorted(range(1, total + 1))


@pytest.mark.parametrize(
    "asked",
    [
        {"_sort": "kind", "_nocount": 1},
        {"_sort_desc": "part", "_facet": "kind"},
        {"_sort": "kind", "_where": "kind = 'person' or 1"},
        {"_sort": "surface", "kind": "person"},
        {"_sort_desc": "kind", "_col": "surface"},
        {"_sort": "page_id", "_size": "max"},
        {"_sort": "page_id", "_labels": "on"},
    ],
)
def test_each_row_once_with_what_else_an_address_may_ask(site, asked):
    condition = "kind = 'person'" if asked.get("kind") else "1"
    total = site.connection().execute(f"SELECT count(*) FROM mentions WHERE {condition}").fetchone()[0]
    found = [
        row
        for page in pages(site, f"/edition/mentions.json?{urlencode({'_size': 30, **asked})}")
        for row in page["rows"]
    ]
    assert len(found) == total
    assert len({str(row) for row in found}) == total


def facets(answer):
    """The facets of a page in JSON: each value with its count, and what the address asks for to which it leads."""
    return {
        name: [
            (one["value"], one["count"], sorted(parse_qsl(one["toggle_url"].partition("?")[2])))
            for one in facet["results"]
        ]
        for name, facet in answer["facet_results"].items()
    }


@pytest.mark.parametrize("table", ["one_key", "text_key", "two_keys", "no_key", "seen", "counted"])
def test_each_page_counts_all_rows_of_a_facet(made_up_site, table):
    conditions = [{}, {"_where": "kind <> '~' or id > 9 or 1 = 0", "_facet_size": 3}]
    for n, order in enumerate(orders(made_up_site, table)):
        # Pages so small that some end between NULLs.
        asked = urlencode({**order, **conditions[n % 2], "_facet": "kind", "_size": 6})
        first, *later = pages(made_up_site, f"/{database_name(made_up_site)}/{table}.json?{asked}")
        assert later
        assert facets(first)["kind"]
        assert [facets(page) for page in later] == [facets(first)] * len(later), (table, asked)


def test_a_facet_of_all_rows_is_not_that_of_some(site):
    known = [facets(site.get("/edition/mentions.json?_facet=kind&_size=1").json())["kind"] for _ in range(2)]
    assert known[0] == known[1]
    total = sum(count for _, count, _ in known[0])
    for asked in ({"_where": "id < 9"}, {"id__lt": 9}, {"_where": "1 or id in (select id from articles)"}):
        found = facets(site.get(f"/edition/mentions.json?{urlencode({**asked, '_facet': 'kind', '_size': 1})}").json())
        assert sum(count for _, count, _ in found["kind"]) == (total if "articles" in str(asked) else 8), asked


def test_a_facet_of_a_later_page_counts_what_it_leads_to(site):
    asked = urlencode({"_facet": "kind", "_sort_desc": "surface", "_size": 40})
    *_, last = pages(site, f"/edition/mentions.json?{asked}")
    counted = dict(site.connection().execute("SELECT kind, count(*) FROM mentions GROUP BY kind"))
    assert {kind: count for kind, count, _ in facets(last)["kind"]} == counted
    for kind, count, chosen_by in facets(last)["kind"]:
        chosen = site.get(f"/edition/mentions.json?{urlencode(chosen_by)}").json()
        assert (len(chosen["rows"]), chosen["filtered_table_rows_count"]) == (min(count, 40), counted[kind])


def test_each_hit_of_a_search_once(site):
    asked = urlencode({"_search": "的", "_sort": "page_id", "_size": 2})
    found = rows(site, f"/edition/articles.json?{asked}")
    hits = site.connection().execute("SELECT id FROM articles WHERE body || headline LIKE '%的%'").fetchall()
    assert sorted(row[0] for row in found) == sorted(row[0] for row in hits)


def test_a_condition_with_or_is_one_condition(site):
    """It used to undo the other filters, and its streamed CSV never ended."""
    condition = "kind = 'person' or kind = 'organization'"
    count = site.connection().execute("SELECT count(*) FROM mentions WHERE part = 'speaker'").fetchone()[0]
    asked = urlencode({"part": "speaker", "_where": condition, "_size": 3})
    assert len(rows(site, f"/edition/mentions.json?{asked}")) == count
    streamed = read_csv(
        site.get(f"/edition/mentions.csv?{urlencode({'_where': condition, '_stream': 'on', '_size': 20})}")
    )
    assert len({row[0] for row in streamed}) == len(streamed)
    assert streamed


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        ("a or b", "(a or b)"),
        ("(a or b)", "(a or b)"),
        ("(a) or (b)", "((a) or (b))"),
        ("(a = ')' or b)", "(a = ')' or b)"),
        ("(a = '(' or b)", "(a = '(' or b)"),
        ('("(" = [)] or `(` = b)', '("(" = [)] or `(` = b)'),
        ("(a = 'it''s)' or b)", "(a = 'it''s)' or b)"),
        ("a = '", "(a = ')"),
        ("(a", "((a)"),
        ("", "()"),
    ],
)
def test_parentheses_around_a_condition(condition, result):
    assert enclosed(condition) == result


@pytest.mark.parametrize("condition", ["a or b", "(a) or (b)", "(a = ')' or b)", "[(] = a or b"])
def test_parentheses_are_put_once(condition):
    assert enclosed(enclosed(condition)) == enclosed(condition)


@pytest.mark.parametrize(
    ("sql", "result"),
    [
        ("select a from t order by a limit 3", "select a from t order by a, id, [group] limit 3"),
        ("select a from t order by [a b] desc limit 3", "select a from t order by [a b] desc, id, [group] limit 3"),
        (
            'select a from v order by "a]" limit 3 offset 6',
            'select a from v order by "a]", id, [group] limit 3 offset 6',
        ),
        ("select a from t order by a, id limit 3", "select a from t order by a, id limit 3"),
        ("select a from t limit 3", "select a from t limit 3"),
        ("select count(*) from t", "select count(*) from t"),
        ("select a from t where x = 'order by a' limit 3", "select a from t where x = 'order by a' limit 3"),
    ],
)
def test_only_an_order_by_one_column_is_completed(sql, result):
    assert ordered(sql, ["id", "group"]) == result


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("mentions.json?_sort=nothing", 400),
        ("mentions.json?_sort=kind&_sort_desc=kind", 400),
        ("mentions.json?_next=5,5", 200),
        ("mentions.json?_next=5", 400),
        ("mentions.json?_next=1,2,3", 400),
        ("mentions.json?_sort=kind&_next=5", 400),
        ("mentions.json?_sort=kind&_next=a,b,c", 400),
        ("mentions_in_context.json?_next=abc", 400),
        ("mentions_in_context.json?_next=-1", 400),
        ("mentions_in_context.json?_next=" + "9" * 40, 400),
        ("articles_fts.json?_sort=articles_fts", 400),
        ("articles_fts.json?_sort=rank", 400),
        ("articles_fts_docsize.csv?_sort=sz&_stream=on", 403),
        ("articles_fts_data", 403),
    ],
)
def test_what_cannot_be_paged_through_is_refused(site, path, status):
    assert site.get(f"/edition/{path}").status_code == status


def test_a_query_is_not_sorted_anew(site):
    sql = "select kind from mentions order by kind limit 3"
    site.get("/edition/mentions.json?_sort=nothing")
    answer = site.get(f"/edition.json?sql={quote(sql)}").json()
    assert answer["query"]["sql"] == sql
    assert len(answer["rows"]) == 3
