"""However long a page is, the work that it takes is bounded: counted in steps, not in time."""

import random

import pytest
from banmian.page import article, read_page, stretches
from banmian.page.budget import Budget
from banmian.page.marks import read_unit
from banmian.page.parts import MOST_AT_ONCE, parts_of, stretches_of
from banmian.page.source import read_lines
from banmian.records import Ruling

CLAUSES = (
    "沿河的公园里种下了一批新树",
    "车站的广场上装了三十盏路灯",
    "学校的操场在放假以前铺好了",
    "渔港的码头又添了两台起重机",
    "菜市场旁边的停车场昨天开放",
    "山上的茶园今年提前开始采摘",
)


def units_of(text):
    return [read_unit(line) for line in read_lines(text, ())]


def page_without_stops(lines: int) -> str:
    dice = random.Random(1)
    return "\n".join(",".join(dice.choices(CLAUSES, k=dice.randint(1, 4))) for _ in range(lines)) + "\n"


def page_of_articles(count: int) -> str:
    dice = random.Random(2)
    return "\n\n".join(
        line
        for number in range(count)
        for line in (
            f"# 第{number}条消息",
            *[f"{dice.choice(CLAUSES)},一共用了{dice.randint(10**6, 10**7)}元。" for _ in range(dice.randint(2, 5))],
        )
    )


def steps(monkeypatch, text: str) -> int:
    """How many readings of lines as an article are weighed."""
    weighed = 0
    score = article.Reader._score

    def counted(self, *arguments):
        nonlocal weighed
        weighed += 1
        return score(self, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(article.Reader, "_score", counted)
        read_page(text)
    return weighed


def test_work_grows_with_the_page_and_no_faster(monkeypatch):
    # Both in parts: a page that is searched whole has more steps for each line, and would be no measure.
    few, many = (steps(monkeypatch, page_without_stops(lines)) for lines in (MOST_AT_ONCE + 10, 3 * MOST_AT_ONCE))
    assert many < 4 * few
    assert many < 60_000


def test_a_long_page_is_read_in_parts_and_says_so():
    text = page_of_articles(70)
    page = read_page(text)
    assert "".join(span.text for span in page.spans) == text
    assert page.warnings[0].kind == "in_parts"
    assert page.warnings[0].values == {"parts": 4, "lines": len(units_of(text))}
    owners = {span.start: span.article for span in page.spans if span.article is not None}
    assert sorted(set(owners.values())) == list(range(len(page.articles)))
    assert list(dict.fromkeys(owners.values())) == list(range(len(page.articles)))
    assert {owners[heading.start] == heading.article for heading in page.headings} == {True}


def test_parts_begin_with_articles_and_never_between_lines_that_an_editor_names_together():
    units = units_of(page_of_articles(70))
    assert len(parts_of(units[:200])) == 1
    parts = parts_of(units)
    assert [unit for part in parts for unit in part] == units
    assert all(part[0].level for part in parts)
    begin, end = units[0].line.start, units[-1].line.start
    assert len(parts_of(units, [Ruling("article", begin, end, "one article")])) == 1
    first = parts[1][0].line.start
    stated = parts_of(units, [Ruling("join", first - 1, first, "it goes on")])
    assert first not in [part[0].line.start for part in stated]


def test_how_a_very_long_page_is_set_is_told_by_stretches_that_begin_with_articles_and_divide_no_ruling():
    units = units_of(page_of_articles(700))
    assert len(stretches_of(units[:2000])) == 1
    stretches = stretches_of(units)
    assert [unit for few in stretches for unit in few] == units
    assert {1000 <= len(few) <= 2000 for few in stretches[:-1]} == {True}
    assert all(few[0].level for few in stretches)
    begin, end = units[0].line.start, units[-1].line.start
    assert len(stretches_of(units, [Ruling("article", begin, end, "one article")])) == 1


def test_an_article_begins_where_an_editor_says_so_in_any_part_of_a_long_page():
    text = page_of_articles(50)
    units = units_of(text)
    begin = next(unit.line.start for unit in reversed(units) if not unit.level)
    page = read_page(text, (), [Ruling("begins", begin, None, "another subject")])
    assert page.warnings[0].kind == "in_parts"
    assert not page.unheeded
    owners = {span.start: span.article for span in page.spans if span.kind == "body"}
    assert min(start for start, owner in owners.items() if owner == owners[begin]) == begin


@pytest.mark.parametrize("lines", [1, 17, 46, 120])
def test_fragments_of_one_sentence_are_a_page(lines):
    text = "\n".join("一二三四五六七八九十"[at % 10] * 3 + "市民绿化活动今天在全市展" for at in range(lines)) + "\n"
    assert "".join(span.text for span in read_page(text).spans) == text


def test_lines_that_can_be_no_article_are_one_where_nothing_divides_them(monkeypatch):
    monkeypatch.setattr(stretches, "_may_divide", lambda reader, at, sure: at == len(reader.kinds))
    text = "# 公园开放\n\n沿河的公园里种下了一批新树。\n\n# 车站装灯\n\n车站的广场上装了三十盏路灯。\n"
    page = read_page(text)
    assert "".join(span.text for span in page.spans) == text
    assert [article.fields["body"].text.count("\n") for article in page.articles if "body" in article.fields]


def test_a_budget_is_spent_once():
    budget = Budget(3)
    assert [budget.spend(2), budget.spend(1), budget.spend(1)] == [True, True, False]
    assert budget.spent
