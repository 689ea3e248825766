"""The calendar of editions: what was printed on which day, and what is missing."""

import re

import pytest
from conftest import site_of

SEEDS = """rules:
  - files: "{date}.txt"
    newspaper: 南湖晚报
    missing:
      - {dates: 1998-03-08..1998-03-09, why: not held, reason: 馆藏缺失}
editions:
  - {id: second, date: 1998-03-07, newspaper: 南湖晚报, pages_expected: 3, pages: [{file: b.txt}]}
  - {id: other, newspaper: 西山日报, date: 1998-03-07, pages: [{file: c.txt}]}
  - {id: undated, pages: [{file: e.txt}]}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    names = ("1998-03-05", "b", "c", "2001-12-31", "e")
    files = {f"{name}.txt": f"# 第{name}篇报道\n\n本报讯 昨天下了雨。\n" for name in names}
    with site_of(tmp_path_factory.mktemp("calendar"), {"editions.yml": SEEDS, **files}) as published:
        yield published


def days(page):
    """Month and day of the cells with a link or a gap -> the cell."""
    found = {}
    for month, table in re.findall(r"<caption>(\d+)月</caption>(.*?)</table>", page, re.S):
        for cell in re.findall(r"<td[^>]*>.*?</td>", table, re.S):
            if "<a " in cell or "gap" in cell:
                day = re.search(r"\d+", re.sub(r"<[^>]*>", " ", cell))[0]
                found[f"{month}-{day}"] = cell
    return found


@pytest.mark.parametrize(
    ("edition", "ways"),
    [
        ("1998-03-05", [("next", "second")]),
        ("second", [("prev", "1998-03-05"), ("next", "2001-12-31")]),
        # The only one of its newspaper, and one without a day.
        ("other", []),
        ("undated", []),
    ],
)
def test_an_edition_and_its_pages_lead_to_the_issues_of_the_paper_around_it(small, edition, ways):
    (page,) = small.get(f"/edition/pages.json?_shape=array&edition_id={edition}").json()
    for path in (f"/editions/{edition}", page["address"]):
        found = re.findall(r'<a href="([^"]*)" rel="(prev|next)"', small.get(path).text)
        assert found == [(f"/editions/{other}", way) for way, other in ways]


def test_each_day_leads_to_its_editions_and_says_what_is_missing(small):
    page = small.get("/-/calendar?year=1998").text
    cells = days(page)
    assert list(cells) == ["3-5", "3-7", "3-8", "3-9"]
    assert re.findall(r'href="([^"]*)"', cells["3-5"]) == ["/editions/1998-03-05"]
    assert re.findall(r'href="([^"]*)"', cells["3-7"]) == ["/editions/second", "/editions/other"]
    assert re.findall(r">([^<]+)</a>", cells["3-7"]) == ["南湖晚报", "西山日报"]
    assert "缺 2 版" in cells["3-7"]
    assert "未收藏 · 馆藏缺失" in cells["3-8"]
    for href in re.findall(r'href="(/editions/[^"]*)"', page):
        assert small.get(href).status_code == 200


@pytest.mark.parametrize(
    ("asked", "shown"), [("", "2001"), ("?year=1998", "1998"), ("?year=1066", "2001"), ("?year=x'", "2001")]
)
def test_the_year_that_is_asked_for_is_shown_or_else_the_last(small, asked, shown):
    page = small.get(f"/-/calendar{asked}")
    assert page.status_code == 200
    assert re.findall(r'<b aria-current="page">(\d+)</b>', page.text) == [shown]
    assert re.findall(r'\?year=(\d+)"', page.text) == sorted({"1998", "2001"} - {shown})
    assert "1 期没有日期" in page.text


def test_an_edition_without_a_day_has_no_calendar_but_the_page_is_there(site):
    page = site.get("/-/calendar")
    assert page.status_code == 200
    assert "<caption>" not in page.text
    assert "1 期没有日期" in page.text
