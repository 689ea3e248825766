"""The same columns in another order are the same articles."""

import gold_page
import pytest
from banmian.page import read_page
from hypothesis import given, settings
from hypothesis import strategies as st


def article_blocks():
    """The lines of the seed page, article by article, in file order."""
    text = gold_page.seed_text()
    page = read_page(text)
    blocks = [[] for _ in page.articles]
    at = 0
    for line in text.split("\n"):
        owners = {span.article for span in page.spans if at <= span.start < at + len(line) and span.article is not None}
        if owners:
            blocks[min(owners)].append(line)
        at += len(line) + 1
    return blocks, texts_of(page)


def texts_of(page):
    return {tuple(sorted((name, field.text) for name, field in article.fields.items())) for article in page.articles}


BLOCKS, TEXTS = article_blocks()


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(len(BLOCKS))))
def test_articles_in_any_order(order):
    text = "\n\n".join(line for number in order for line in BLOCKS[number]) + "\n"
    assert texts_of(read_page(text)) == TEXTS


@pytest.mark.parametrize("newline", ["\r\n", " \n", "\n\n\n", "\r"])
def test_line_ends_make_no_difference(newline):
    text = newline.join(line for block in BLOCKS for line in block)
    assert texts_of(read_page(text)) == TEXTS
