"""Lists of people and organizations, and results of queries in the order that a reader asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import pytest
from conftest import site_of
from published import Published
from pypinyin import lazy_pinyin


def rows(site: Published, path: str) -> list[dict[str, object]]:
    return site.get(path.replace("?", ".json?_shape=array&", 1)).json()


STORY = "# 展览开幕\n\n本报讯 市文化局局长{}说,临江市博物馆的展览今天开幕。\n"
# Three editions with a date, and one of which only a range is known.
EDITIONS = {
    **{f"2001-0{n}-0{n}.txt": STORY.format(name) for n, name in enumerate(["王建国", "李晓梅", "王建国"], 1)},
    "old.txt": STORY.format("赵志刚").replace("今天", "昨天"),
    "old2.txt": STORY.format("王建国").replace("今天", "前天"),
    "late.txt": STORY.format("赵志刚").replace("今天", "上周"),
    "editions.yml": "editions:\n- {id: late, date_latest: 1999-05-06, date_basis: 见内文, pages: [{file: late.txt}]}\n"
    "- {id: old, date_earliest: 1990-01-02, date_latest: 2009-03-04, date_basis: 见内文,"
    " pages: [{file: old.txt}, {file: old2.txt}]}\n",
}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with site_of(tmp_path_factory.mktemp("dated"), EDITIONS) as published:
        yield published


def test_only_exact_dates_are_first_or_last_and_an_inferred_one_is_said_to_be(dated: Published) -> None:
    found = {row["person"]: (row["first_date"], row["last_date"]) for row in rows(dated, "/edition/people_listed?")}
    exact = {"王建国": ("2001-01-01", "2001-03-03"), "李晓梅": ("2001-02-02", "2001-02-02")}
    assert found == exact | {"赵志刚": (None, None)}
    assert "1990-01-02至2009-03-04之间某日所印(推定)" in dated.get("/people/赵志刚").text
    assert "2001-01-01至2001-03-03所印" in dated.get("/people/王建国").text
    assert "2001-02-02所印" in dated.get("/people/李晓梅").text


BETWEEN = "1990-01-02 – 2009-03-04"


def test_the_ends_of_an_inferred_date_are_no_dates_in_queries_searches_and_feeds(dated: Published) -> None:
    offices = {(row["person"], row["printed_on"], row["printed_between"]) for row in rows(dated, "/edition/offices?")}
    ranges = {("王建国", BETWEEN), ("赵志刚", BETWEEN), ("赵志刚", " – 1999-05-06")}
    assert {(name, between) for name, on, between in offices if on is None} == ranges
    assert ("李晓梅", "2001-02-02", None) in offices
    officers = {row["person"]: row for row in rows(dated, "/edition/bodies_and_officers?")}
    names = ("printed_from", "printed_until", "printed_between")
    assert [officers["赵志刚"][name] for name in names] == [None, None, BETWEEN]
    assert [officers["王建国"][name] for name in names] == ["2001-01-01", "2001-03-03", None]
    found = dated.get("/-/search?q=展览").text
    assert "from=2001-01&" in found
    assert "from=1990" not in found
    assert f"{BETWEEN}</a>" in found
    feed = dated.get("/people/赵志刚.atom").text
    assert BETWEEN in feed
    assert "– 1999-05-06" in feed
    assert not re.search("<updated>(1990|1999|2009)", feed)


@pytest.mark.parametrize("table", ["people", "organizations"])
def test_the_list_says_of_each_how_often_and_when_it_is_named(dated: Published, table: str) -> None:
    site = dated
    assert site.ask(f"/{table}").headers["location"] == f"/edition/{table}_listed"
    assert site.ask(f"/{table}?name=x").headers["location"] == f"/edition/{table}?name=x"
    found = rows(site, f"/edition/{table}_listed?")
    column = {"people": "person_id", "organizations": "organization_id"}[table]
    expected = (
        site.connection()
        .execute(f"""
        SELECT {column}, count(*), count(DISTINCT article_id), min(date), max(date)
        FROM mentions JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
        WHERE {column} IS NOT NULL GROUP BY 1""")
        .fetchall()
    )
    columns = (column, "mentions", "articles", "first_date", "last_date")
    assert sorted(tuple(row[name] for name in columns) for row in found) == sorted(map(tuple, expected))
    counts = [row["mentions"] - row.get("signed", 0) for row in found]
    assert counts == sorted(counts, reverse=True)
    page = site.ask(f"/edition/{table}_listed").text
    assert all(f'href="{row["address"]}"' in page for row in found if str(row["address"]).isascii())


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("", ["2009", "2009", "2001-03", "2001-02", "2001-01", "1999"]),
        ("sort=earliest", ["1990", "1990", "1999", "2001-01", "2001-02", "2001-03"]),
        ("since=2001-02", ["2001-03", "2001-02"]),
        ("until=2001-02", ["2001-02", "2001-01"]),
        ("start=4", ["2001-01", "1999"]),
        ("newspaper=没有", []),
    ],
)
def test_articles_are_listed_by_when_they_were_printed(dated: Published, asked: str, days: list[str]) -> None:
    found = rows(dated, f"/edition/articles_listed?{asked}")
    assert all(day in str(row["date"]) for row, day in zip(found, days, strict=True))
    assert all(str(row["begins_with"]).startswith("市文化局局长") for row in found)
    page = dated.get(f"/articles?{asked}" if not asked else f"/edition/articles_listed?{asked}").text
    assert all(f'<a href="{row["address"]}">展览开幕</a>' in page for row in found)


def test_columns_without_a_value_are_left_out_of_what_is_shown_and_named(dated: Published) -> None:
    for path in ("/edition/articles_listed", "/edition/articles"):
        document = lxml.html.fromstring(dated.get(path).text)
        heads = {th.findtext("code"): th.get("class", "") for th in document.xpath("//th[@scope='col']")}
        left_out = {name for name, shown in heads.items() if "empty" in shown.split()}
        assert "rubric" in left_out
        assert "headline" not in left_out
        assert "栏目" in document.xpath("//p[@class='help'][contains(., '不列')]")[0].text_content()
    assert "empty" not in dated.get("/edition?sql=select+null+as+nothing,+1+as+one").text


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("people_listed?first=陈", lambda row: row["person"][0] == "陈"),
        ("people_listed?start=3", lambda row: True),
        ("organizations_listed?type=party", lambda row: row["type"] == "party"),
        ("organizations_listed?type=company&first=商", lambda row: row["name"] == "商汤科技"),
    ],
)
def test_a_list_is_of_those_that_are_asked_for(site: Published, asked: str, holds) -> None:
    found, whole = rows(site, f"/edition/{asked}"), rows(site, f"/edition/{asked.split('?')[0]}?")
    assert 0 < len(found) < len(whole)
    assert found == ([row for row in whole if holds(row)] if "start" not in asked else whole[3:])


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("龚正", "person", "gong zheng"),
        ("单某", "person", "shan mou"),
        ("单某", "organization", "dan mou"),
        ("尉迟恭", "person", "yu chi gong"),
        ("A股·公司", "organization", "a gu gong si"),
    ],
)
def test_names_are_spelled_to_be_sorted(site: Published, name: str, kind: str, key: str) -> None:
    assert site.connection().execute("SELECT in_pinyin(?, ?)", [name, kind]).fetchone()[0] == f"{key} {name}"


@pytest.mark.parametrize(
    ("asked", "column", "is_down"),
    [
        ("people_listed?sort=articles", "articles", True),
        ("people_listed?sort=first_date", "first_date", False),
        ("people_listed?sort=last_date", "last_date", True),
        ("organizations_listed?sort=last_date", "last_date", True),
    ],
)
def test_a_list_is_in_the_order_that_is_asked_for(dated: Published, asked: str, column: str, is_down: bool) -> None:
    found, whole = rows(dated, f"/edition/{asked}"), rows(dated, f"/edition/{asked.split('?')[0]}?")
    values = [row[column] for row in found]
    assert sorted(map(str, found)) == sorted(map(str, whole))
    known = [value for value in values if value is not None]
    assert len(known) > 1
    # Those without a date come last.
    assert values == sorted(known, reverse=is_down) + [None] * (len(values) - len(known))


@pytest.mark.parametrize(
    ("asked", "column", "begin"),
    [("people_listed?sort=person", "person", "陈吉宁"), ("organizations_listed?sort=name", "name", "百思玛特")],
)
def test_a_list_is_from_a_to_z(site: Published, asked: str, column: str, begin: str) -> None:
    names = [row[column] for row in rows(site, f"/edition/{asked}")]
    initials = [lazy_pinyin(name)[0][0] for name in names]
    assert (names[0], initials) == (begin, sorted(initials))


def test_the_last_office_that_is_printed_stands_beside_a_name(site: Published) -> None:
    sql = """SELECT person_id, title, organization FROM positions_with_names AS one WHERE position_id =
             (SELECT max(position_id) FROM positions_with_names WHERE person_id = one.person_id)"""
    offices = {number: office for number, *office in site.connection().execute(sql)}
    found = {row["person_id"]: [row["title"], row["organization"]] for row in rows(site, "/edition/people_listed?")}
    assert {number: office for number, office in found.items() if office != [None, None]} == offices


@pytest.mark.parametrize(
    "path",
    ["/edition/offices?", "/edition?sql=select+person,+title+from+positions_with_names;&", "/edition/offices?_from=1&"],
)
@pytest.mark.parametrize("is_down", [False, True])
def test_results_stand_in_the_order_of_a_column(site: Published, path: str, is_down: bool) -> None:
    asked = f"{path}_sort{'_desc' if is_down else ''}=title"
    found = [row["title"] for row in rows(site, asked.replace("_from=1&", ""))]
    assert len(found) > 5
    assert found == sorted(found, reverse=is_down)
    page = site.get(asked).text
    shown = re.findall(r'<td class="col-title">([^<]*)', page)
    assert shown == (found[1:] if "_from" in path else found)
    (other,) = re.findall(r'<a href="[^"]*_sort(_desc)?=title" rel="nofollow">职务&nbsp;', page)
    assert bool(other) != is_down
    # What can be chosen is asked for as before.
    assert "offices" not in path or '<option value="陈吉宁">' in page


@pytest.mark.parametrize("column", ["nothing", "a]b", ""])
def test_a_column_that_is_not_there_is_no_error_of_the_site(site: Published, column: str) -> None:
    answer = site.get(f"/edition/offices?_sort={column}")
    assert answer.status_code in (200, 400)
    assert ("没有名为<code>nothing</code>的列" in answer.text) == (column == "nothing")


def test_a_doubted_office_is_doubted_in_the_list_of_people_too(site: Published) -> None:
    offices = {(row["person"], row["title"]): row["doubt"] for row in rows(site, "/edition/offices?")}
    doubted = {name for name, doubt in offices.items() if doubt}
    listed = {(row["person"], row["title"]): row["doubt"] for row in rows(site, "/edition/people_listed?")}
    assert doubted & listed.keys()
    assert all(listed[name] == offices[name] for name in listed.keys() & offices.keys())
