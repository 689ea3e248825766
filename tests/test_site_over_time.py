"""Over time: in how many articles of each month people, bodies and words stand, as a picture and as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from banmian.site.curves import Curve, draw, times_between, unit_for
from conftest import site_of
from playwright import sync_api
from published import Published, served

MAYOR = "本报讯 临江市市长王建国昨天说,临江市图书馆的新馆将在明年春天开放。"
READER = "本报讯 读者李晓梅昨天在临江市图书馆借了书,她说这里的书很多。"
RAIN = "本报讯 昨天下了大雨,街上的行人很少。"
# What is printed: day -> articles.
PRINTED = {
    "2001-01-05": [MAYOR, RAIN],
    "2001-01-20": [MAYOR, MAYOR, READER, RAIN],
    "2001-02-05": [READER, RAIN, RAIN, RAIN],
    "2001-04-05": [RAIN, MAYOR],
    None: [MAYOR, RAIN],
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    lines = [
        json.dumps({"headline": f"{day}第{n}篇", "body": body} | ({"date": day} if day else {}), ensure_ascii=False)
        for day, bodies in PRINTED.items()
        for n, body in enumerate(bodies, 1)
    ]
    with site_of(tmp_path_factory.mktemp("time"), {"all.jsonl": "\n".join(lines) + "\n"}) as published:
        yield published


def page_of(site: Published, *terms: tuple[str, str]) -> str:
    answer = site.get(f"/-/over-time?{urlencode(terms)}")
    assert answer.status_code == 200
    return answer.text


def figures(page: str) -> dict[str, list[str]]:
    """The rows of the table of times: time -> its cells."""
    rows = re.findall(r'<tr><th scope="row"><time datetime="([^"]*)">.*?</th>(.*?)</tr>', page)
    return {time: re.findall(r"([\d,.]+%?)<", re.sub(r"<(?!/td)[^>]*>", "", cells)) for time, cells in rows}


@pytest.mark.parametrize(
    ("term", "months", "years"),
    [
        (("person", "王建国"), {"2001-01": "3", "2001-02": "0", "2001-04": "1"}, "4"),
        (("person", "李晓梅"), {"2001-01": "1", "2001-02": "1", "2001-04": "0"}, "2"),
        (("word", "大雨"), {"2001-01": "2", "2001-02": "3", "2001-04": "1"}, "6"),
        (("word", "大雪"), {"2001-01": "0", "2001-02": "0", "2001-04": "0"}, "0"),
        (("organization", "临江市图书馆"), {"2001-01": "4", "2001-02": "1", "2001-04": "1"}, "6"),
    ],
)
def test_articles_of_each_time_are_counted(
    archive: Published, term: tuple[str, str], months: dict[str, str], years: str
) -> None:
    by_month = figures(page_of(archive, term, ("by", "month")))
    assert {time: cells[0] for time, cells in by_month.items()} == {"2001-01": "6", "2001-02": "4", "2001-04": "2"}
    assert {time: cells[1] for time, cells in by_month.items()} == months
    assert {time: cells[2] for time, cells in by_month.items()} == {
        time: f"{100 * int(count) / int(by_month[time][0]):.2f}%" for time, count in months.items()
    }
    assert figures(page_of(archive, term, ("by", "year")))["2001"][:2] == ["12", years]


@pytest.mark.parametrize(
    ("limits", "times"),
    [
        ([("by", "day")], ["2001-01-05", "2001-01-20", "2001-02-05", "2001-04-05"]),
        ([("by", "day"), ("since", "2001-01-06"), ("until", "2001-02")], ["2001-01-20", "2001-02-05"]),
        ([("by", "month"), ("since", "2001-02")], ["2001-02", "2001-04"]),
        ([("by", "month"), ("since", "2001-02-31"), ("until", "x'")], ["2001-01", "2001-02", "2001-04"]),
        ([("by", "century")], ["2001-01-05", "2001-01-20", "2001-02-05", "2001-04-05"]),
        ([("since", "2010")], []),
    ],
)
def test_the_span_and_the_unit_can_be_chosen(
    archive: Published, limits: list[tuple[str, str]], times: list[str]
) -> None:
    assert list(figures(page_of(archive, ("person", "王建国"), *limits))) == times


def test_several_stand_beside_each_other_and_each_point_leads_to_its_articles(archive: Published) -> None:
    terms = [("word", "大雨"), ("person", "王建国"), ("person", "李晓梅"), ("by", "month")]
    page = page_of(archive, *terms)
    assert figures(page)["2001-01"] == ["6", "2", "33.33%", "3", "50.00%", "1", "16.67%"]
    (picture,) = re.findall(r'<svg class="curve".*?</svg>', page, re.S)
    points = {
        unescape(title): unescape(href)
        for href, title in re.findall(r'<a href="([^"]*)".*?<title>(.*?)</title>', picture)
    }
    rain = ["大雨 2001-01:2", "大雨 2001-02:3", "大雨 2001-04:1"]
    people = ["王建国 2001-01:3", "王建国 2001-04:1", "李晓梅 2001-01:1", "李晓梅 2001-02:1"]
    assert list(points) == [*rain, *people]
    for title, href in points.items():
        found = archive.get(href.replace("?", ".json?") + "&_shape=array").json()
        assert len(found) == int(title[-1])
        assert {row["date"][:7] for row in found} == {title.split()[1][:7]}


def test_the_first_and_the_latest_article_are_named(archive: Published) -> None:
    page = page_of(archive, ("person", "李晓梅"))
    ends = re.findall(r'<a href="(/articles/[^"]*)"><time datetime="([^"]*)">', page)
    assert [day for _, day in ends] == ["2001-01-20", "2001-02-05"]
    for address, _ in ends:
        assert "李晓梅" in archive.get(unescape(address)).text


def test_an_office_has_the_dates_of_the_editions_that_print_it(archive: Published) -> None:
    text = re.sub(r"<[^>]*>", "", page_of(archive, ("person", "王建国")))
    assert "2001-01-05、2001-01-20、2001-04-05 没有确切日期的 1 期" in text


def test_editions_without_an_exact_date_are_counted_apart(archive: Published) -> None:
    page = page_of(archive, ("person", "王建国"))
    assert "没有确切日期的各期不在图中:全部 2 篇" in page
    (href,) = re.findall(r'href="([^"]*)">王建国 1 篇', page)
    assert len(archive.get(unescape(href).replace("?", ".json?") + "&_shape=array").json()) == 1


def test_where_nothing_is_dated_nothing_is_drawn(site: Published) -> None:
    page = page_of(site, ("person", "陈吉宁"))
    assert 'class="curve"' not in page
    assert "没有确切日期的各期不在图中:全部 5 篇" in page


@pytest.mark.parametrize(
    ("terms", "said", "curves"),
    [
        ([("person", "赵无名"), ("word", "雨")], "没有这个人物:赵无名", 1),
        ([("organization", "<b>")], "没有这个机构:&lt;b&gt;", 0),
        ([("word", word) for word in "大雨图书馆里"], "最多 5 项,未列:里", 5),
        ([("word", " "), ("word", "雨"), ("word", "雨 ")], "", 1),
        ([("word", '"'), ("word", "-雨"), ("word", "雨*")], "", 3),
        ([], "", 0),
    ],
)
def test_what_is_not_there_or_too_much_is_said(
    archive: Published, terms: list[tuple[str, str]], said: str, curves: int
) -> None:
    page = page_of(archive, *terms)
    assert said in page
    assert page.count('class="line dash') == curves


@pytest.mark.parametrize("address", ["/people/王建国", "/organizations/临江市图书馆", "/-/questions"])
def test_pages_of_people_bodies_and_questions_lead_there(archive: Published, address: str) -> None:
    (href,) = re.findall(r'href="(/-/over-time[^"]*)"', archive.get(address).text)
    page = archive.get(unescape(href)).text
    assert ('class="line' in page) == ("?" in href)


def test_the_figures_can_be_taken_away_as_the_page_counts_them(archive: Published) -> None:
    page = page_of(archive, ("person", "王建国"), ("by", "month"))
    (href,) = re.findall(r'<a href="([^"]*)">JSON</a>', page)
    rows = archive.get(unescape(href)).json()
    assert [(row["time"], row["articles"], row["of_all"], row["percent"]) for row in rows] == [
        (None, 1, 2, 50.0),
        ("2001-01", 3, 6, 50.0),
        ("2001-02", 0, 4, 0.0),
        ("2001-04", 1, 2, 50.0),
    ]


@pytest.mark.parametrize(
    ("first", "last", "asked", "unit"),
    [
        ("2001-01-01", "2001-03-31", "", "day"),
        ("2001-01-01", "2002-03-31", "", "month"),
        ("1951-01-01", "2002-03-31", "", "year"),
        ("2001-01-01", "2001-05-31", "day", "day"),
        ("2001-01-01", "2002-05-31", "day", "month"),
        ("1951-01-01", "2002-05-31", "day", "year"),
        ("1951", "1951-02", "day", "day"),
        ("", "", "", "month"),
        ("2002-01-01", "2001-01-01", "year", "year"),
    ],
)
def test_the_unit_follows_the_span(first: str, last: str, asked: str, unit: str) -> None:
    assert unit_for(first, last, asked) == unit


@pytest.mark.parametrize(
    ("first", "last", "unit", "times"),
    [
        ("2000-02-28", "2000-03-01", "day", ["2000-02-28", "2000-02-29", "2000-03-01"]),
        ("2000-11", "2001-02", "month", ["2000-11", "2000-12", "2001-01", "2001-02"]),
        ("1999", "2001", "year", ["1999", "2000", "2001"]),
    ],
)
def test_no_time_is_left_out(first: str, last: str, unit: str, times: list[str]) -> None:
    assert times_between(first, last, unit) == times


def test_a_line_breaks_where_the_archive_has_nothing() -> None:
    times = times_between("2001-01", "2001-05", "month")
    values = {"2001-01": 2, "2001-02": 0, "2001-04": 37}
    picture = draw(times, [Curve("a", values)], frozenset(values))
    (line,) = picture.lines
    assert [point.time for point in line.points] == list(values)
    assert line.path.count("M") == 2
    assert len(picture.nothing) == 2
    assert [text for text, _ in picture.ticks] == ["0", "10", "20", "30", "40"]
    heights = {point.value: point.y for point in line.points}
    assert heights[0] == picture.bottom > heights[2] > heights[37] > picture.ticks[-1][1]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0], ["0", "1", "2", "3", "4"]),
        ([1, 0], ["0", "1", "2", "3", "4"]),
        ([9], ["0", "5", "10", "15", "20"]),
        ([1030], ["0", "500", "1000", "1500", "2000"]),
        ([100.0, 3.25], ["0", "25", "50", "75", "100"]),
        ([0.8], ["0", "0.2", "0.4", "0.6", "0.8"]),
        ([0.0], ["0", "1", "2", "3", "4"]),
    ],
)
def test_the_scale_has_round_numbers_and_whole_ones_for_articles(values: list[float], ticks: list[str]) -> None:
    times = times_between("2001", "2002", "year")[: len(values)]
    picture = draw(times, [Curve("a", dict(zip(times, values, strict=True)))], frozenset(times))
    assert [text for text, _ in picture.ticks] == ticks


@pytest.fixture(scope="module")
def address(archive: Published) -> Iterator[str]:
    with served(archive.datasette.get_database().path) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_drawn_in_a_browser_and_a_point_is_followed(
    address: str, browser: sync_api.Browser, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme, java_script_enabled=False)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{address}/-/over-time?{urlencode([('word', '大雨'), ('person', '王建国'), ('by', 'month')])}")
    assert page.locator("svg.curve a").count() == 5
    assert page.locator("svg.curve .hue-0 .line").bounding_box()["width"] > 100
    page.locator("input[name=person]").last.fill("李晓梅")
    page.locator("form.over-time button").click()
    assert page.locator("svg.curve .line").count() == 3
    page.locator("svg.curve .hue-2 a").first.click()
    sync_api.expect(page.locator("td.col-headline").first).to_contain_text("2001-01-20")
    assert told == []
    page.close()
