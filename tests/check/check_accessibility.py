"""Accessibility of each kind of page, by axe-core: what is serious or critical may only become less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import uncertain_page
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api
from published import served

pytestmark = pytest.mark.check

PAGES = {
    "front page": "/",
    "database": "/edition",
    "table": "/edition/articles",
    "table of names": "/edition/mentions",
    "table, sorted and filtered": "/edition/mentions?kind=person&_sort=surface",
    "article": "/edition/articles/1",
    "person": "/edition/people/1",
    "organization": "/edition/organizations/1",
    "edition": "/edition/editions/000_8a5f4c7e35afc5e6",
    "page": "/edition/pages/000_8a5f4c7e35afc5e6-1",
    "page as it came in": "/pages/000_8a5f4c7e35afc5e6-1/source",
    "other row": "/edition/positions/1",
    "query": "/edition/how_paragraphs_were_joined",
    "list of articles": "/edition/articles_listed",
    "query with choices": "/edition/offices",
    "search query": "/edition/search?q=%E5%B7%A5%E4%BD%9C",
    "search": "/-/search?q=%E5%B7%A5%E4%BD%9C",
    "search with nothing found": "/-/search?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%BA%9B%E5%AD%97",
    "table without rows": "/edition/reprints",
    "SQL of one's own": "/-/sql",
    "SQL": "/edition?sql=select+*+from+people",
    "rights": "/-/rights",
    "calendar": "/-/calendar",
    "printings": "/-/printings",
    "over time": "/-/over-time?word=%E4%B8%8A%E6%B5%B7&person=%E9%99%88%E5%90%89%E5%AE%81",
    "questions": "/-/questions",
    "pictures": "/-/pictures",
    "releases": "/-/releases",
    "picture of people": "/-/pictures/together",
    "picture of bars": "/-/pictures/mentions",
    "picture of bars with names below": "/-/pictures/organizations",
    "picture of parts": "/-/pictures/parts",
    "picture of the source": "/-/pictures/coverage",
    "download": "/-/download",
    "mention": "/edition/mentions/1",
    "no such page": "/nothing",
    "refused SQL": "/edition?sql=select+nothing",
}
UNCERTAIN = {"uncertain page": f"/edition/pages/{uncertain_page.PAGE_ID}"}
WINDOWS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 800}}

SCHEMES: dict[Literal["light", "dark"], dict[str, list[str]]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}

# How many elements each rule found at fault on a kind of page when this was written. Whoever mends them lowers it.
KNOWN = {
    "table, sorted and filtered": {"link-in-text-block": 1},
}


@pytest.fixture(scope="module")
def address(edition_db: Path) -> Iterator[str]:
    with served(edition_db) as address:
        yield address


@pytest.fixture(scope="module")
def uncertain_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(uncertain_page.write_database(tmp_path_factory.mktemp("uncertain"))) as address:
        yield address


def found(browser: sync_api.Browser, url: str) -> dict[str, list[str]]:
    """The serious and critical faults: for each rule in each window the elements; in the dark, those of colours."""
    faults: dict[str, list[str]] = {}
    for window, size in WINDOWS.items():
        page = browser.new_page(viewport=sync_api.ViewportSize(**size))
        page.goto(url)
        for scheme, options in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            for fault in Axe().run(page, options=options).response["violations"]:
                if fault["impact"] in ("serious", "critical"):
                    faults[f"{fault['id']}, {window}, {scheme}"] = [node["html"][:200] for node in fault["nodes"]]
        page.close()
    return faults


def check(kind: str, faults: dict[str, list[str]]) -> None:
    known = KNOWN.get(kind, {})
    more = {fault: elements for fault, elements in faults.items() if len(elements) > known.get(fault.split(",")[0], 0)}
    assert more == {}, {fault: len(elements) for fault, elements in more.items()}


@pytest.mark.parametrize("kind", PAGES)
def test_each_kind_of_page(kind: str, address: str, browser: sync_api.Browser) -> None:
    check(kind, found(browser, address + PAGES[kind]))


@pytest.mark.parametrize("kind", UNCERTAIN)
def test_pages_with_what_is_uncertain(kind: str, uncertain_address: str, browser: sync_api.Browser) -> None:
    check(kind, found(browser, uncertain_address + UNCERTAIN[kind]))


def test_axe_finds_a_fault_where_there_is_one(browser: sync_api.Browser) -> None:
    assert found(browser, "data:text/html,<html><title>x</title><body><img src=x></body>").keys() >= {
        "image-alt, wide, light"
    }
