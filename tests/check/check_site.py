"""The whole site of the seeds: no link leads nowhere, no page fails, nothing is written to the browser's console."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from check.crawl import ADDRESSED, Crawl, crawl
from conftest import made_once
from fuzzing import drawn
from playwright import sync_api
from published import Published, served

pytestmark = pytest.mark.check

# Tables of the search index, linked where hidden tables are listed: nobody may see them.
CLOSED = re.compile(r"/edition/\w+_fts_(config|data|docsize|idx)(\?_lang=\w+)?")
# So many kinds of page are opened in the browser.
IN_BROWSER = 150
BY_NUMBER = re.compile(rf"/edition/(?:{'|'.join(ADDRESSED)})/[^?]*")


@pytest.fixture(scope="module")
def visited(edition_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """What a crawl visits: one for all workers, it takes minutes."""

    def make(folder: Path) -> None:
        site = Published(edition_db)
        found = crawl(site.ask)
        site.close()
        folder.mkdir()
        (folder / "crawl.json").write_text(found.as_json(), "utf-8")

    return Crawl.from_json((made_once(tmp_path_factory, "crawl", make) / "crawl.json").read_text("utf-8"))


def test_every_link_leads_somewhere(visited: Crawl) -> None:
    assert len(visited.status) > 2_000
    wrong = {
        f"{address} on {visited.found_on[address]}": status
        for address, status in visited.status.items()
        if status not in (200, 301, 302) and not (status == 403 and CLOSED.fullmatch(address))
    }
    assert wrong == {}


def test_no_link_leads_to_a_row_by_its_number(visited: Crawl) -> None:
    wrong = [address for address in visited.status if BY_NUMBER.fullmatch(address)]
    assert wrong == []
    assert {f"/{table}/*" for table in ADDRESSED} <= visited.kinds().keys()


def test_every_link_to_a_place_in_a_page_finds_it(visited: Crawl) -> None:
    assert visited.places
    assert visited.dead_places() == []


def test_no_page_complains_in_the_browser(
    visited: Crawl, edition_db: Path, browser: sync_api.Browser, say: Callable[[str], None]
) -> None:
    kinds = [path for path in visited.kinds().values() if not CLOSED.fullmatch(path)]
    opened = drawn(kinds, IN_BROWSER)
    say(f"In the browser: a page of each of {len(opened)} of {len(kinds)} kinds")
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"{page.url}: {request.url} failed"))
    page.on("response", lambda answer: answer.ok or complaints.append(f"{answer.url}: {answer.status}"))
    with served(edition_db) as address:
        for path in opened:
            page.goto(address + path)
    page.close()
    assert complaints == []
