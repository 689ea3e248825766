"""A search in a browser: other characters, letters, other names and filters, each with one click back."""

import pytest
from playwright.sync_api import expect
from published import served


@pytest.fixture(scope="module")
def address(edition_db):
    with served(edition_db) as address:
        yield address


@pytest.fixture
def page(page, complaints):
    yield page
    assert complaints == []


def search(page, address, typed):
    page.goto(f"{address}/-/search")
    page.locator("#search-all-q").fill(typed)
    page.locator("#search-all-q").press("Enter")
    expect(page.locator("#search-all-q")).to_have_value(typed)
    expect(page.locator("details.syntax")).to_be_attached()


@pytest.mark.parametrize(("typed", "form"), [("龔正", "龚正"), ("全国人民代表大会", "全国人大")])
def test_other_characters_and_other_names_are_said_with_one_click_to_what_was_typed(page, address, typed, form):
    search(page, address, typed)
    expect(page.locator(".forms")).to_contain_text(form)
    marked = page.locator(".hits mark")
    found = marked.count()
    assert form in marked.all_inner_texts()
    page.locator(".forms a").last.click()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?q={_encoded(page, typed)}&exact=1")
    assert set(marked.all_inner_texts()) <= {typed}
    page.locator(".forms a").click()
    expect(marked).to_have_count(found)


def _encoded(page, text):
    return page.evaluate("encodeURIComponent", text)


def test_letters_lead_to_who_is_spelled_so(page, address):
    search(page, address, "gongzheng")
    name = page.locator(".found-names.spelled a.name").first
    expect(name).to_have_text("龚正")
    name.click()
    expect(page.locator("h1")).to_contain_text("龚正")


def test_a_filter_keeps_as_many_articles_as_it_says_and_is_taken_away_again(page, address):
    search(page, address, "上海")
    hits = page.locator(".found-articles h3")
    found = hits.count()
    values = page.locator("#narrow li")
    counts = [int("".join(filter(str.isdigit, text))) for text in values.locator("small").all_inner_texts()]
    least = min(range(len(counts)), key=counts.__getitem__)
    assert counts[least] < found
    # Under a fold, where there are many values.
    values.nth(least).evaluate("value => value.closest('details')?.setAttribute('open', '')")
    values.nth(least).locator("a").click()
    expect(hits).to_have_count(counts[least])
    page.locator(".narrowed a").click()
    expect(hits).to_have_count(found)


def test_where_nothing_is_found_what_nearly_would_be_is_one_click_away(page, address):
    search(page, address, "禁毒 火星人")
    expect(page.locator(".zero-results")).to_be_visible()
    offered = page.locator(".nearly li").first
    count = int("".join(filter(str.isdigit, offered.locator("small").inner_text())))
    offered.locator("a").click()
    expect(page.locator(".found-articles h3")).to_have_count(count)
