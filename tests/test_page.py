"""The page in seeds/ is put together exactly as it was marked by hand."""

import gold_page
import pytest
from banmian.page import read_page


@pytest.fixture(scope="module")
def page():
    return read_page(gold_page.seed_text(), gold_page.gold_corrections())


def test_the_seed_page_is_the_gold(page):
    assert list(page.articles) == gold_page.gold_articles()
    assert page.warnings == ()


def test_every_join_says_why(page):
    assert len(page.joins) == 9
    assert all(join.evidence and join.margin is not None for join in page.joins)
