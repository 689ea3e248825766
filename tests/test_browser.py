"""What a person sees in a browser: the site as `make serve` starts it, in Chromium, wide and narrow."""

from itertools import pairwise

import pytest
import uncertain_page
from banmian.words.remarks import chinese
from playwright import sync_api
from published import served

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 800}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def address(edition_db):
    with served(edition_db) as address:
        yield address


@pytest.fixture(scope="module")
def uncertain_address(tmp_path_factory):
    with served(uncertain_page.write_database(tmp_path_factory.mktemp("uncertain"))) as address:
        yield address


def test_the_front_page_shows_articles_with_their_names_marked(page, address):
    page.goto(address)
    assert page.locator(".front article").count() == 5
    name = page.locator(".front .text a.name.person").first
    printed = name.inner_text()
    name.click()
    sync_api.expect(page.locator("h1")).to_contain_text(printed)
    page.locator("td.hit a").first.click()
    sync_api.expect(page.locator("article.single h1.headline")).to_be_visible()


def test_two_characters_are_found(page, address):
    page.goto(address)
    word = page.locator(".front .headline").first.inner_text()[2:4]
    page.locator(".big-search input").fill(word)
    page.locator(".big-search button").click()
    hit = page.locator(".hits li").first
    sync_api.expect(hit.locator("mark").first).to_have_text(word)
    places = hit.locator(".places a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    hit.locator(".places a").last.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    hit.locator(".places a").last.click()
    sync_api.expect(page.locator("mark:target")).to_be_in_viewport()
    assert page.locator("article.single mark[id]").count() == len(places)
    assert {"#" + each.partition("#")[2] for each in places} == {
        "#" + each
        for each in page.locator("article.single mark[id]").evaluate_all("marks => marks.map(mark => mark.id)")
    }


@pytest.mark.parametrize("page", [NARROW], indirect=True)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/edition",
        "/pages/000_8a5f4c7e35afc5e6-1/source",
        "/-/questions",
        "/-/sql",
        "/-/pictures",
        "/-/pictures/together",
        "/-/pictures/coverage",
        "/-/download",
        "/-/calendar",
        "/editions/000_8a5f4c7e35afc5e6",
        "/edition/mentions/1",
        "/edition/articles",
        "/edition/articles/1",
        "/edition/people/1",
        "/edition/organizations/1",
        "/edition/search",
        "/edition/how_paragraphs_were_joined",
        "/edition/mentions",
        "/-/search?q=%E5%B7%A5%E4%BD%9C",
        "/-/rights",
        "/nothing",
    ],
)
def test_a_narrow_window_needs_no_sideways_scrolling(page, address, path):
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("page", [WIDE, PHONE], indirect=True)
def test_no_name_below_a_bar_is_cut(page, address):
    page.goto(f"{address}/-/pictures/organizations")
    ends = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.top, box.bottom])"
    bars = [top for top, _ in page.locator("svg.bars rect.bar").evaluate_all(ends)]
    bars.append(page.locator("svg.bars").evaluate("picture => picture.getBoundingClientRect().bottom"))
    names = page.locator("svg.bars p.below").evaluate_all(ends)
    assert len(names) == len(bars) - 1 > 5
    for (top, bottom), (bar, after) in zip(names, pairwise(bars), strict=True):
        assert bar < top < bottom <= after
    width = "all => all.every(one => one.scrollWidth <= one.clientWidth)"
    assert page.locator("svg.bars p.below").evaluate_all(width)


@pytest.mark.parametrize("page", [NARROW], indirect=True)
@pytest.mark.parametrize("mark", [".issue a.inferred", ".text a.why.doubt", ".text a.why.correction"])
def test_a_finger_opens_the_basis_of_what_is_inferred_and_of_notes(page, address, mark):
    page.goto(address)
    basis = page.locator(mark).first.get_attribute("title")
    page.locator(mark).first.click()
    shown = page.locator(":target + dd")
    sync_api.expect(shown).to_be_visible()
    assert shown.inner_text().split()[0] in basis


@pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True)
def test_what_is_uncertain_is_seen_and_leads_to_its_evidence(page, uncertain_address):
    page.goto(f"{uncertain_address}/edition/pages/{uncertain_page.PAGE_ID}")
    signs = page.locator("a.why.unsure")
    assert signs.count() == 3
    for n in range(3):
        box = signs.nth(n).bounding_box()
        assert min(box["width"], box["height"]) >= 16
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    signs.first.click()
    sync_api.expect(page.locator(":target + dd")).to_contain_text(chinese(uncertain_page.JOIN.evidence[0]))


@pytest.mark.parametrize(
    ("path", "of"),
    [("/-/search?q=%E6%97%A0%E6%AD%A4%E5%AD%97%E4%B8%B2", "p.zero-results"), ("/-/sql", ".CodeMirror .cm-keyword")],
)
def test_what_is_said_in_the_dark_stands_on_dark(page, address, path, of):
    page.emulate_media(color_scheme="dark")
    page.goto(address + path)
    colours = """seen => {
        const light = colour => colour.match(/[0-9]+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0);
        const box = seen.closest('.CodeMirror') || seen;
        return [light(getComputedStyle(box).backgroundColor), light(getComputedStyle(seen).color)];
    }"""
    behind, text = page.locator(of).first.evaluate(colours)
    assert behind < 150
    assert text > 400


def test_a_long_text_leaves_the_other_cells_in_sight(page, address):
    page.goto(f"{address}/edition/articles")
    rows = page.locator(".rows-and-columns tbody tr")
    assert all(rows.nth(n).bounding_box()["height"] < 150 for n in range(rows.count()))


@pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True)
def test_nothing_comes_from_elsewhere(page, address):
    asked = []

    def heard(request):
        asked.append(request.url)

    page.on("request", heard)
    for path in ("/", "/edition", "/edition/articles/1", "/edition/search", "/-/search?q=%E5%B7%A5"):
        page.goto(address + path)
    page.remove_listener("request", heard)
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_the_scripts_of_the_data_pages_run_under_the_policy_of_the_site(page, complaints, address):
    page.goto(f"{address}/edition/articles?_facet=rubric")
    page.locator(".dropdown-menu-icon").nth(3).click()
    assert "按此列统计" in page.locator(".dropdown-menu").inner_text()
    page.goto(f"{address}/edition?sql=select+1")
    page.click("#sql-format")
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()") == "select\n  1"
    assert complaints == []


@pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True)
def test_one_click_selects_a_citation_and_its_other_forms_open(page, address):
    page.goto(f"{address}/edition/articles/1")
    box = page.locator("section.cite")
    first = box.locator("pre.citation").first
    first.click()
    assert page.evaluate("getSelection().toString().trim()") == first.inner_text().strip()
    others = box.locator("details pre.citation")
    sync_api.expect(others.first).to_be_hidden()
    box.locator("summary").press("Enter")
    sync_api.expect(others).to_have_count(3)
    sync_api.expect(others.first).to_contain_text("@article{")
    href = box.get_by_role("link", name="BibTeX").get_attribute("href")
    assert page.request.get(href).text().strip() == others.first.inner_text().strip()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("page", "scheme"), [(WIDE, "light"), (NARROW, "dark"), (PHONE, "light")], indirect=["page"])
def test_from_the_front_page_to_a_name_its_mention_its_printed_line_and_back(page, complaints, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.locator(".front .more a").first.click()
    name = page.locator("article.single .text a.name.person").first
    printed = name.inner_text()
    name.click()
    page.locator("td.hit a", has_text=printed).first.click()
    marked = page.locator("article.single a.name:target")
    sync_api.expect(marked).to_have_text(printed)
    page.locator("a.printed-in:visible").click()
    line = page.locator(".came-in li", has=page.locator("a.name:target"))
    sync_api.expect(line).to_contain_text(printed)
    sync_api.expect(page.locator(".came-in a.name:target")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.locator(".came-in a.name:target").click()
    sync_api.expect(page.locator("article.single a.name:target")).to_have_text(printed)
    page.locator(".text .lines a").first.click()
    sync_api.expect(page.locator(".came-in li:target")).to_be_in_viewport()
    assert complaints == []


def test_the_two_sides_of_a_page_as_it_came_in_follow_each_other(page, address):
    page.goto(f"{address}/pages/000_8a5f4c7e35afc5e6-1/source")
    page.locator('.came-in a.joint[href="#at-2928"]').click()
    goes_on = page.locator("#at-2928")
    sync_api.expect(goes_on).to_be_in_viewport()
    sync_api.expect(page.locator("#line-69")).to_be_in_viewport()
    goes_on.hover()
    assert page.locator("path.ribbon.lit").count() == 1
    page.locator('.made a.from-line[href="#line-79"]').first.click()
    sync_api.expect(page.locator("#line-79")).to_be_in_viewport()


def test_the_menu_works_in_a_narrow_window_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain = context.new_page()
    for entry in ("people", "organizations", "questions"):
        plain.goto(address)
        plain.locator(f'nav.menu a[href$="{entry}"]').click()
        assert plain.locator('nav.menu a[aria-current="true"]').get_attribute("href").endswith(entry)
        assert plain.locator("html").evaluate("html => html.scrollWidth") <= PHONE["width"]
    plain.goto(f"{address}/pages/000_8a5f4c7e35afc5e6-1/source")
    plain.locator('.came-in a.joint[href="#at-2928"]').click()
    sync_api.expect(plain.locator("#at-2928")).to_be_in_viewport()
    context.close()
