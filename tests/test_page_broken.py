"""What is plainly broken on a page is asked about; what an editor says as it is changes nothing but certainty."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from banmian.names import read_names
from banmian.page import read_page
from banmian.records import Heading, Join, Page, Remark, Ruling
from banmian.review.order import review
from banmian.seeds import read_seeds
from banmian.store import new_database
from banmian.words.span_kinds import INNER
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import page as invented_page
from published import Published

WHOLE = """# 城北公园昨天开放

城北公园昨天上午开放,前来参观的市民有三千多人。公园里种了两千棵树,还修了五公里长的步道。

公园的东门外面有一座停车场,可以停两百辆汽车。
"""
ENDS = """# 城北公园昨天开放

城北公园昨天上午开放,前来参观的市民有三千多人。公园里种了两千棵树,还修了五公里长的步道。

公园的东门外面有一座停车场,可以停两百辆汽车。市民也可以乘坐十二路、三十四路或者七十八路公共汽
"""
BEGINS = """# 市图书馆延长开放时间

。读者从今天起可以在网上预约座位,每次最多预约三天。

市图书馆从下个月起每天晚上开放到十点钟,周末也不例外。
"""
BETWEEN = """# 城北公园昨天开放

城北公园昨天上午开放,前来参观的市民有三千多人。公园里种了两千棵树,还修了五公里长的步道

公园的东门外面有一座停车场,可以停两百辆汽车。
"""
NO_TEXT = """# 城北公园昨天开放

城北公园昨天上午开放,前来参观的市民有三千多人。公园里种了两千棵树。

# 市图书馆延长开放时间
"""


def asked(page: Page) -> set[tuple[str, str]]:
    """Where the page is broken, as (kind, why) of each question that says so."""
    kinds = {"ends_inside", "begins_inside", "may_be_heading", "no_text"}
    judged = [("paragraph", move) for move in page.moves]
    judged += [(one.kind, one) for one in (*page.headings, *page.broken)]
    found = {(kind, remark.kind) for kind, one in judged for remark in one.evidence if remark.kind in kinds}
    assert not any(one.certain for _, one in judged if kinds & {remark.kind for remark in one.evidence})
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE, set()),
        (ENDS, {("end", "ends_inside")}),
        (BEGINS, {("begins", "begins_inside")}),
        (BETWEEN, {("paragraph", "ends_inside")}),
        (NO_TEXT, {("headline", "no_text")}),
    ],
    ids=["whole", "ends", "begins", "between", "no text"],
)
def test_what_is_broken_is_asked_once(text: str, expected: set[tuple[str, str]]) -> None:
    assert asked(read_page(text)) == expected


def test_a_line_of_text_that_could_be_a_headline_is_asked_about_as_such_and_not_as_a_broken_end() -> None:
    found = asked(read_page(f"{WHOLE}\n市图书馆延长开放时间\n"))
    assert {why for _, why in found} <= {"may_be_heading", "no_text"}
    assert len(found) == 1


def test_a_text_that_goes_on_on_another_page_is_not_broken() -> None:
    text = ENDS.replace("公共汽\n", "公共汽\n\n(下转第3版)\n")
    assert ("end", "ends_inside") not in asked(read_page(text))


@pytest.fixture(scope="module", params=[ENDS, BEGINS], ids=["end", "begins"])
def broken_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "a.txt").write_text(request.param, "utf-8")
    (edition,) = read_seeds(folder).editions
    read = read_page(request.param)
    with new_database(folder) as new:
        new.writer.add_edition(edition, [read], read_names(read.articles, None))
        new.writer.finish({"version": "test"})
        new.publish(folder / "edition.db")
    return folder / "edition.db"


def test_the_question_is_an_entry_of_review_and_a_sign_in_the_text(broken_database: Path) -> None:
    said = list(review(broken_database, 1, everything=False))
    entries = yaml.safe_load("\n".join(line for line in said if not line.startswith("#")))
    (entry,) = entries
    assert entry["file"] == "a.txt"
    assert entry["as"] is None
    assert any("in the midst of a sentence" in line for line in said)
    published = Published(broken_database)
    try:
        assert 'data-sign="完?' in published.get("/").text or 'data-sign="始?' in published.get("/").text
        article = published.get("/edition/articles/1?_lang=en").text
        assert "in the midst of a sentence" in article
        rows = published.get("/edition/uncertain_readings.json?_shape=array").json()
        assert rows[0]["kind"] in ("begins", "end")
        assert rows[0]["entry"].startswith("# order\n- file: ")
    finally:
        published.close()


def as_published(page: Page) -> Iterator[Ruling]:
    """The statements that say what the page already is."""
    firsts = {span.article: span.start for span in reversed(page.spans) if span.paragraph == 1 and span.position == 1}
    for join in page.joins:
        yield Ruling("join", join.left_end - 1, join.right_start, "as it is")
    for move in page.moves:
        yield Ruling("paragraph", move.left_end - 1, move.right_start, "as it is")
    for heading in page.headings:
        yield Ruling(heading.kind, heading.start, firsts.get(heading.article), "as it is")
    for span in page.spans:
        if span.kind in INNER and span.position == 1 and span.paragraph == 1:
            yield Ruling("begins", span.start, None, "as it is")


def shape(page: Page) -> tuple[object, ...]:
    """All of a page but how certain it is."""
    links = [(one.left_end, one.right_start) for one in (*page.joins, *page.moves)]
    headings = [(one.article, one.start, one.kind) for one in page.headings]
    return page.spans, page.articles, links, headings, page.warnings


@settings(max_examples=examples(4), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_a_statement_of_what_already_is_changes_nothing_but_certainty(seed: int) -> None:
    dice = random.Random(seed)
    text = invented_page(seed, dice.randint(2, 4), shuffled=dice.random() < 0.5).text
    free = read_page(text)
    statements = list(as_published(free))
    stated = dice.sample(statements, dice.randint(1, min(4, len(statements))))
    found = read_page(text, rulings=stated)
    assert shape(found) == shape(free)
    assert found.unheeded == ()
    judged: list[Join | Heading] = [*found.joins, *found.moves, *found.headings]
    ruled = [one for one in judged if Remark("ruled") in one.evidence]
    assert all(one.certain and one.confidence == 1 for one in ruled)
    links = {(one.line, one.other) for one in stated if one.kind in ("join", "paragraph")}
    assert {(one.left_end - 1, one.right_start) for one in ruled if isinstance(one, Join)} == links
