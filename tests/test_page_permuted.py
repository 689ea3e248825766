"""The same columns in another order are the same articles."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from banmian.page import read_page
from banmian.records import Page
from fuzzing import examples, some
from gold_page import seed_page, seed_text
from hypothesis import given, settings
from hypothesis import strategies as st

# Each of the five articles stands first, and before each other one.
ORDERS = ["42031", "21043", "13402", "41230", "31402", "01324"]


@cache
def blocks() -> list[list[str]]:
    """The lines of the seed page, article by article, in file order."""
    page = seed_page()
    found: list[list[str]] = [[] for _ in page.articles]
    at = 0
    for line in seed_text().split("\n"):
        owners = {span.article for span in page.spans if at <= span.start < at + len(line) and span.article is not None}
        if owners:
            found[min(owners)].append(line)
        at += len(line) + 1
    return found


def texts_of(page: Page) -> set[tuple[tuple[str, str], ...]]:
    return {tuple(sorted((name, field.text) for name, field in article.fields.items())) for article in page.articles}


def check(order: list[int]) -> None:
    text = "\n\n".join(line for number in order for line in blocks()[number]) + "\n"
    assert texts_of(read_page(text)) == texts_of(seed_page())


def test_the_orders_are_all_neighbours() -> None:
    assert len({pair for order in ORDERS for pair in pairwise(order)}) == 5 * 4
    assert {order[0] for order in ORDERS} == {order[-1] for order in ORDERS} == set("01234")


@pytest.mark.check
@pytest.mark.parametrize("order", some(ORDERS, 2))
def test_articles_after_each_other(order: str) -> None:
    check([int(number) for number in order])


@settings(max_examples=examples(1))
@given(st.permutations(range(5)))
def test_articles_in_any_order(order: list[int]) -> None:
    check(order)


@pytest.mark.check
@pytest.mark.parametrize("newline", some(["\r\n", " \n", "\n\n\n", "\r"], 2))
def test_line_ends_make_no_difference(newline: str) -> None:
    text = newline.join(line for block in blocks() for line in block)
    assert texts_of(read_page(text)) == texts_of(seed_page())
