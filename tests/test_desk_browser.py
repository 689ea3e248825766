"""The editor's desk in Chromium: a page put right, undone, in two windows at once; what is refused."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from banmian.desk.pages import Desk
from banmian.page import read_page
from banmian.seeds import read_seeds
from banmian.site.desk import OPEN
from desk_pages import desk_over, said
from invented import InventedPage
from invented import page as invented_page
from languages import strange
from playwright import sync_api
from test_law import exact

INVENTED = invented_page(3, 4)
# A page of 60 lines or more.
LONG = invented_page(5, 9)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder of seeds and one of what was built, and the address of the desk over them."""
    with desk_over(tmp_path_factory.mktemp("desk"), INVENTED) as address:
        yield address


@pytest.fixture
def folder(desk: tuple[Path, str]) -> Path:
    """The folder, nothing decided in it."""
    (desk[0] / "seeds" / "editions.yml").unlink(missing_ok=True)
    shutil.rmtree(desk[0] / "build" / ".desk", ignore_errors=True)
    return desk[0]


@pytest.fixture
def address(folder: Path, desk: tuple[Path, str]) -> str:
    return desk[1]


@pytest.fixture
def page(page: sync_api.Page, complaints: list[str], address: str) -> Iterator[sync_api.Page]:
    """The desk of the page."""
    page.goto(address)
    yield page
    # A browser complains of each answer that is a refusal.
    assert [said for said in complaints if not re.search("status of 409", said)] == []


def signed(page: sync_api.Page) -> None:
    """What was not written for want of initials is, and the page stands anew with its script."""
    page.fill("#fault input[name='by']", "LW")
    with page.expect_navigation():
        page.press("#fault input[name='by']", "Enter")


def test_an_unread_page_is_put_right_and_signed(folder: Path, page: sync_api.Page) -> None:
    put_right(page, folder, INVENTED)


@pytest.mark.check
def test_an_unread_page_of_sixty_lines_is_put_right(tmp_path: Path, browser: sync_api.Browser) -> None:
    assert sum(map(bool, LONG.text.split("\n"))) >= 60
    with desk_over(tmp_path, LONG) as (folder, address):
        page = browser.new_page()
        page.set_default_timeout(90_000)
        page.goto(address)
        put_right(page, folder, LONG)
        page.close()


def put_right(page: sync_api.Page, folder: Path, invented: InventedPage) -> None:
    """Say all of a page that nobody has read, article by article, and that it is right then: so it is."""
    page.click("button[value='check']")
    sync_api.expect(page.locator("#fault")).to_be_in_viewport()
    sync_api.expect(page.locator(".desk-head .done")).to_have_count(0)
    # Enter in the field of the initials says nothing but them.
    page.fill("#by", "LW")
    page.press("#by", "Enter")
    sync_api.expect(page.locator("#fault")).to_have_count(0)
    for lines in said(invented):
        page.fill("#chosen", lines)
        page.click("button[value='say article']")
        sync_api.expect(page.locator("#fault")).to_have_count(0)
    sync_api.expect(page.locator("#by")).to_have_value("LW")
    (source,) = read_seeds(folder / "seeds").editions[0].pages
    assert [ruling.kind for ruling in source.rulings] == ["article"] * len(invented.bodies)
    assert exact(invented, read_page(source.text, (), source.rulings))
    assert sorted(len(ruling.lines) for ruling in source.rulings) == sorted(len(one.split()) for one in said(invented))
    page.click("button[value='check']")
    sync_api.expect(page.locator(".desk-head .done")).to_contain_text("LW")
    assert (folder / "seeds" / "editions.yml").read_text("utf-8").count("by: LW") == len(invented.bodies) + 1


def test_lines_are_picked_by_clicks_or_keys_and_answers_undone(folder: Path, page: sync_api.Page) -> None:
    one, other = (line.number for line, _ in INVENTED.bodies[0][:2])
    before = page.locator(".desk-articles").inner_text()
    page.click(f"[data-line='{one}']")
    page.focus(f"[data-line='{other}']")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("#chosen")).to_have_value(f"{one} {other}")
    sync_api.expect(page.locator("#chosen")).to_be_in_viewport()
    sync_api.expect(page.locator("#questions .question").first).to_be_visible()
    page.click("button[value='say join']")
    signed(page)
    sync_api.expect(page.locator("#decided li")).to_have_count(1)
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("u")
    sync_api.expect(page.locator("#decided li")).to_have_count(0)
    assert page.locator(".desk-articles").inner_text() == before
    page.keyboard.press("r")
    sync_api.expect(page.locator("#decided li")).to_have_count(1)


def test_a_question_is_answered_by_the_keyboard_alone(page: sync_api.Page) -> None:
    asked = page.locator("#questions .question").count()
    assert asked > 0
    page.keyboard.press("j")
    places = page.locator("#questions .question").first.locator(".place a")
    sync_api.expect(page.locator(".desk-lines .here")).to_have_count(places.count())
    sync_api.expect(page.locator(".desk-articles .here").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    signed(page)
    sync_api.expect(page.locator("#decided li")).to_have_count(1)
    assert page.locator("#questions .question").count() < asked
    sync_api.expect(page.locator(".desk-head .wrote + #undo")).to_be_enabled()
    page.click("#undo")
    sync_api.expect(page.locator("#decided li")).to_have_count(0)
    sync_api.expect(page.locator(".desk-head .wrote")).to_have_count(0)


def test_all_pages_are_listed(address: str) -> None:
    listed = httpx.get(address.rpartition("/")[0])
    assert listed.status_code == 200, listed.text
    assert address.rpartition("/")[2] in listed.text


def test_what_was_built_counts_the_questions_that_the_page_asks(folder: Path) -> None:
    page = Desk(folder / "seeds", folder / "own").page("a-1")
    with closing(sqlite3.connect(folder / "build" / "edition.db")) as connection:
        assert connection.execute(OPEN).fetchall() == [("a-1", len(page.questions))]
        # A join and a move of one place are one question, and a heading of that line is another.
        connection.execute("CREATE TEMP TABLE readings (page_id, kind, line, other_line, certain)")
        places = [("join", 3, 5), ("paragraph", 3, 5), ("headline", 3, None), ("begins", 3, None), ("end", 3, None)]
        connection.executemany("INSERT INTO readings VALUES ('a-1', ?, ?, ?, 0)", places)
        assert connection.execute(OPEN).fetchall() == [("a-1", 4)]


def test_two_windows_lose_nothing_of_each_other(
    folder: Path, browser: sync_api.Browser, address: str, page: sync_api.Page
) -> None:
    second = browser.new_page()
    second.goto(address)
    first_lines, second_lines = said(INVENTED)[:2]
    for window, lines in ((page, first_lines), (second, second_lines)):
        window.fill("#by", "LW")
        window.fill("#chosen", lines)
        window.click("button[value='say article']")
    sync_api.expect(second.locator("#fault")).to_be_in_viewport()
    assert len(read_seeds(folder / "seeds").editions[0].pages[0].rulings) == 1
    with second.expect_navigation():
        second.click("#fault button")
    sync_api.expect(second.locator("#decided li")).to_have_count(2)
    assert len(read_seeds(folder / "seeds").editions[0].pages[0].rulings) == 2
    second.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [(1280, 900), (820, 1180), (390, 800)])
def test_it_fits_and_is_accessible(page: sync_api.Page, viewport: tuple[int, int], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    assert page.evaluate("document.getElementById('chosen').clientWidth") >= 200
    page.click(f"#L{INVENTED.bodies[0][0][0].number} .printed", position={"x": 3, "y": 8})
    sync_api.expect(page.locator("form.mend textarea")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []


@pytest.mark.check
def test_a_tablet_is_touched(browser: sync_api.Browser, folder: Path, address: str) -> None:
    context = browser.new_context(viewport={"width": 820, "height": 1180}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    page.fill("#by", "LW")
    for line in (one.number for one, _ in INVENTED.bodies[0][:2]):
        page.tap(f"[data-line='{line}']")
    with page.expect_navigation():
        page.tap("button[value='say join']")
    sync_api.expect(page.locator("#decided li")).to_have_count(1)
    context.close()


def test_a_line_is_corrected_where_it_stands(folder: Path, page: sync_api.Page) -> None:
    line = INVENTED.bodies[0][0][0]
    page.fill("#by", "LW")
    page.click(f"#L{line.number} .printed", position={"x": 3, "y": 8})
    field = page.locator("form.mend textarea")
    sync_api.expect(field).to_have_value(line.printed)
    sync_api.expect(field).to_be_focused()
    # The caret is where the click was.
    page.keyboard.type("某")
    sync_api.expect(field).to_have_value(f"某{line.printed}")
    page.keyboard.press("Escape")
    sync_api.expect(field).to_have_count(0)
    page.keyboard.press("c")
    field.fill(f"某{line.printed[1:]}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for place in (page.locator(f"#L{line.number}"), page.locator(f".text[data-line='{line.number}']")):
        sync_api.expect(place.locator("ins")).to_have_text("某")
        sync_api.expect(place.locator("del")).to_have_text(line.printed[0])
    sync_api.expect(page.locator(f"#L{line.number}")).to_be_in_viewport()
    # In the article the same line is there to be corrected once more: it may be so.
    page.click(f".desk-articles .text[data-line='{line.number}']")
    sync_api.expect(field).to_have_value(f"某{line.printed[1:]}")
    field.fill(f"某{line.printed[1:-2]}某某")
    with page.expect_navigation():
        page.click("form.mend button[value='say suspect']")
    sync_api.expect(page.locator(f"#L{line.number} .doubt")).to_have_count(1)
    (source,) = read_seeds(folder / "seeds").editions[0].pages
    found = [(one.printed, one.corrected) for one in source.corrections]
    assert found == [(line.printed[0], "某")]
    assert [(one.printed, one.suspected) for one in source.doubts] == [(line.printed[-2:], "某某")]
    for _ in range(2):
        with page.expect_navigation():
            page.click("#undo")
    sync_api.expect(page.locator("ins, .doubt")).to_have_count(0)


def test_without_javascript_all_of_it_works(browser: sync_api.Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("#chosen", said(INVENTED)[0])
    page.click("button[value='say article']")
    sync_api.expect(page.locator("#decided li")).to_have_count(0)
    signed(page)
    sync_api.expect(page.locator("#decided li")).to_contain_text("LW")
    # They are asked for once.
    page.click("#questions .answers button >> nth=0")
    sync_api.expect(page.locator("#decided li")).to_have_count(2)
    line = INVENTED.bodies[1][0][0]
    page.click(f"#L{line.number} .mends")
    page.fill("form.mend textarea", f"某{line.printed[1:]}")
    page.click("form.mend button[value='say correct']")
    sync_api.expect(page.locator(f"#L{line.number} ins")).to_have_text("某")
    context.close()


# What is sent, and whether it is written; what can't be said or followed is told.
SENT = (
    ({"act": "say join", "lines": "3 4"}, False),
    ({"act": "say join", "lines": "1"}, False),
    ({"act": "say body", "lines": "x"}, False),
    ({"act": "say doubt", "lines": "1", "text": "x"}, False),
    ({"act": "say body", "lines": "1", "by": ""}, False),
    ({"act": "say body", "lines": "1", "seen": "x"}, False),
    ({"act": "say correct", "lines": "1", "text": "某", "to": "L1"}, True),
    ({"act": "say join", "lines": "{0} {1}"}, True),
    # It can't go on in two lines.
    ({"act": "say join", "lines": "{0} {2}"}, False),
    ({"act": "check"}, True),
    ({"act": "check"}, False),
)


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("zh", "zh-CN")])
def test_no_word_of_another_language_stands_on_the_desk(folder: Path, address: str, language: str, code: str) -> None:
    own = address.split("/-/")[0]
    lines = [line.number for body in INVENTED.bodies for line, _ in body]
    # The folder is called by its editor, and so is the file.
    names = frozenset(("Banmian", "Datasette", "English", "Esc", "LW", "txt", "csv", "yml", "editions"))
    with httpx.Client(cookies={"language": language}, follow_redirects=True) as client:
        pages = [client.get(own + path) for path in ("/-/desk", "/-/desk/a-1?correct=1", "/-/desk/none")]
        for sent, is_written in SENT:
            shown = lxml.html.fromstring(client.get(address).text)
            carried = {key: shown.xpath(f"string(//input[@name='{key}']/@value)") for key in ("csrftoken", "seen")}
            said = {"by": "LW", "to": "say", **carried, **sent, "lines": sent.get("lines", "").format(*lines)}
            pages.append(client.post(address, data=said, headers={"origin": own}))
            assert (pages[-1].status_code == 200) == is_written, sent
        pages += [client.get(address), client.get(own + "/-/desk")]
    for one in pages:
        document = lxml.html.fromstring(one.text)
        assert document.get("lang") == code
        assert strange(document, language, names) == []


def test_only_pages_of_this_machine_are_answered(folder: Path, address: str) -> None:
    with httpx.Client() as client:
        token = client.get(address).text.split('name="csrftoken" value="')[1].split('"')[0]
        own = address.split("/-/")[0]
        sent = {
            "csrftoken": token,
            "act": "say join",
            "by": "LW",
            "lines": said(INVENTED)[0],
            "seen": "e3b0c44298fc1c14",
        }
        assert client.get(address, headers={"host": "example.org"}).status_code == 403
        for origin in ({}, {"origin": "null"}, {"origin": "http://example.org"}, {"origin": "http://127.0.0.1"}):
            assert client.post(address, data=sent, headers=origin).status_code == 403, origin
        assert not (folder / "seeds" / "editions.yml").exists()
        assert client.post(address, data=sent, headers={"origin": own}).status_code in (303, 409)
        assert client.post(address, data={**sent, "csrftoken": ""}, headers={"origin": own}).status_code == 403
