"""The page as it came in: each line of the file beside the articles made of it, and the picture of how they were."""

from __future__ import annotations

import html
import re
import sqlite3
from itertools import pairwise
from urllib.parse import quote

import pytest
from banmian.site import source
from banmian.site.flow import Placed, draw
from banmian.site.source import letter_of, parts_of
from conftest import ROOT
from published import Published

PAGE = "/pages/000_8a5f4c7e35afc5e6-1"
PATH = f"{PAGE}/source"
TAG = re.compile(r"<[^>]*>")


def rows(site: Published, sql: str) -> list[sqlite3.Row]:
    return site.connection().execute(sql).fetchall()


def plain(markup: str) -> str:
    return html.unescape(TAG.sub("", markup))


def side(page: str, name: str) -> str:
    return page.split(f'<section class="side {name}"')[1].split("</section>")[0]


def printed_lines(page: str) -> dict[int, str]:
    """The text of each line that is shown, without the signs that stand beside it."""
    lines = re.findall(r'<li id="line-(\d+)">(.*?)</li>', side(page, "came-in"), re.DOTALL)
    signs = r'<a class="(?:line-number|letter|joint|why)[^>]*>[^<]*</a>|<small.*?</small>'
    return {int(number): plain(re.sub(signs, "", text)) for number, text in lines}


def test_each_line_of_the_file_stands_there_as_it_came(site: Published) -> None:
    text = (ROOT / "seeds" / "000_8a5f4c7e35afc5e6.txt").read_text("utf-8")
    expected = {number: line for number, line in enumerate(text.splitlines(), 1) if line.strip()}
    found = printed_lines(site.ask(PATH).text)
    assert {number: line.rstrip() for number, line in found.items()} == {
        n: line.rstrip() for n, line in expected.items()
    }


def test_each_fragment_is_on_both_sides_and_every_link_within_the_page_finds_its_place(site: Published) -> None:
    page = site.ask(PATH).text
    starts = {str(row[0]) for row in rows(site, "SELECT start FROM source_spans WHERE article_id IS NOT NULL")}
    for name in ("came-in", "made"):
        assert set(re.findall(r'data-at="(\d+)"', side(page, name))) == starts
    anchors = re.findall(r'\bid="([^"]*)"', page)
    assert len(anchors) == len(set(anchors))
    assert {f"at-{start}" for start in starts} <= set(anchors)
    links = {place for path, place in re.findall(r'href="([^"#]*)#([^"]+)"', page) if not path or path[0] == "?"}
    assert links
    assert links <= set(anchors)


def test_the_articles_read_as_they_were_put_together(site: Published) -> None:
    made = side(site.ask(PATH).text, "made")
    for text, headline in rows(site, "SELECT body, headline FROM articles"):
        shown = re.sub(r'<a class="(?:from-line|joint|why)[^>]*>[^<]*</a>', "", made)
        assert re.sub(r"\s", "", text)[:2000] in re.sub(r"\s", "", plain(shown))
        assert headline in plain(made)


def test_each_join_says_how_certain_it_is_and_what_speaks_for_it(site: Published) -> None:
    page = site.ask(PATH).text
    joins = rows(site, "SELECT * FROM readings WHERE kind = 'join'")
    assert joins
    for join in joins:
        state = "sure" if join["certain"] else "unsure"
        assert f'<a class="joint {state}" href="#at-{join["other_start"]}"' in side(page, "came-in")
        assert f'<a class="joint {state}" href="#why-join-{join["start"]}"' in side(page, "made")
        note = page.split(f'<dt id="why-join-{join["start"]}">')[1].split("</dd>")[0]
        assert f"{join['confidence']:.0%}" in note
        assert plain(note.split("<dd>")[1]).strip()


def test_the_picture_says_in_a_table_what_it_draws(site: Published) -> None:
    page = site.ask(PATH).text
    picture, table = (page.split(f"<{tag}")[1] for tag in ('svg class="flow"', 'details class="flow-table"'))
    ribbons = re.findall(r'<path class="ribbon [^"]*" d="[^"]*" data-at="(\d+)"', picture)
    lines = re.findall(r'<tr><td><a href="\?line=(\d+)#line-\1">', table)
    assert len(lines) == len(ribbons) > 40
    assert site.ask(f"{PATH}.csv").headers["location"] == "/edition/order_of_lines.csv?page=000_8a5f4c7e35afc5e6-1"
    assert site.get(f"{PATH}.json").status_code == 200
    # Line 79 goes on in line 69, which stands above it in the file.
    found = site.get("/edition/order_of_lines.json?_shape=array&page=000_8a5f4c7e35afc5e6-1").json()
    (joined,) = [row for row in found if row["line"] == 69]
    assert (joined["joined_to_line"], joined["published_as"]) == (79, "没有把握 · uncertain")


@pytest.mark.parametrize(("lines", "spans", "characters"), [(5, 420, 20_000), (240, 9, 20_000), (240, 420, 300)])
def test_the_parts_of_a_long_page_show_each_line_once_and_any_line_is_found(
    site: Published, monkeypatch: pytest.MonkeyPatch, lines: int, spans: int, characters: int
) -> None:
    whole = printed_lines(site.ask(PATH).text)
    monkeypatch.setattr(source, "_LINES", lines)
    monkeypatch.setattr(source, "_SPANS", spans)
    monkeypatch.setattr(source, "_CHARACTERS", characters)
    first = site.ask(PATH).text
    parts = re.findall(r'href="\?line=(\d+)">\d+–\d+</a>|<b aria-current="page">(\d+)–', first.split("<footer")[0])
    found: dict[int, str] = {}
    for number in dict.fromkeys(one or other for one, other in parts):
        shown = printed_lines(site.ask(f"{PATH}?line={number}").text)
        assert not shown.keys() & found.keys()
        found |= shown
    assert found == whole
    for line in (3, 69, 97):
        assert line in printed_lines(site.ask(f"{PATH}?line={line}").text)


@pytest.mark.parametrize("asked", ["0", "x", "-3", "98", "999999999", "1" * 40, "%D9%A3", ""])
def test_a_line_that_is_none_shows_the_page_all_the_same(site: Published, asked: str) -> None:
    answer = site.ask(f"{PATH}?line={asked}")
    assert answer.status_code == 200
    assert 'id="line-3"' in answer.text


@pytest.mark.parametrize("key", ["none", "%FF", "000_8a5f4c7e35afc5e6"])
def test_a_page_that_never_was_is_not_found(site: Published, key: str) -> None:
    assert site.ask(f"/pages/{key}/source").status_code == 404


def test_the_line_numbers_of_an_article_lead_to_their_lines(site: Published) -> None:
    page = site.ask(PATH).text
    for row in rows(site, "SELECT id, address FROM articles"):
        shown = site.ask(row["address"]).text
        sql = f"SELECT DISTINCT line FROM source_spans WHERE paragraph_id IS NOT NULL AND article_id = {row['id']}"
        expected = {str(line) for (line,) in rows(site, sql)}
        assert set(re.findall(rf'href="{PATH}\?line=(\d+)#line-\1"', shown)) == expected
        assert all(f'id="line-{line}"' in page for line in expected)


def test_a_name_leads_to_its_printed_line_and_back(site: Published) -> None:
    page = site.ask(PATH).text
    mentions = rows(
        site,
        """SELECT articles.address, source_start, source_end, surface FROM mentions
           JOIN articles ON articles.id = article_id""",
    )
    articles = {row["address"]: site.ask(row["address"]).text for row in mentions}
    for address, start, end, surface in mentions:
        anchor = f"mention-{start}-{end}"
        article = articles[address]
        name = re.search(
            rf'<a class="name \w+" id="{anchor}"[^>]*>(.*?)</a><a class="printed-in" href="([^"]*)"', article
        )
        assert name, anchor
        assert plain(name[1]) == surface
        assert re.fullmatch(rf"{re.escape(PATH)}\?line=\d+#{anchor}", name[2])
        printed = re.search(rf'<a class="name \w+" id="{anchor}" href="{re.escape(quote(address))}#{anchor}"', page)
        assert printed, anchor


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_articles_have_letters(place: int, letter: str) -> None:
    assert letter_of(place) == letter


def test_a_line_longer_than_a_part_is_a_part_of_its_own() -> None:
    spans = [{"line": n, "start": 30_000 * n, "end": 30_000 * n + 25_000} for n in range(3)]
    assert parts_of(spans) == [(0, 0), (1, 1), (2, 2)]
    assert parts_of([]) == []


@pytest.mark.parametrize(
    ("starts", "moved"),
    [
        ([0, 1, 2, 3], set()),
        ([3, 0, 1, 2], {3}),
        ([0, 4, 5, 1, 2, 3], {4, 5}),
        ([2, 0, 3, 1], {2, 3}),
        ([], set()),
    ],
)
def test_as_few_ribbons_as_possible_are_called_moved(starts: list[int], moved: set[int]) -> None:
    placed = [Placed(10 * n, 10 * n + 9, n + 1, 1, n, False, "text") for n in starts]
    flow, whole = draw(placed, [], [], {1: "A"}, {1: "hue-0"}, [], set())
    assert whole
    assert {ribbon.start // 10 for ribbon in flow.ribbons if ribbon.moved} == moved
    read = sorted(flow.ribbons, key=lambda ribbon: ribbon.place or 0)
    assert [ribbon.start // 10 for ribbon in read] == starts
    for one, other in pairwise(read):
        assert (one.right or 0) + one.height <= (other.right or 0) + 0.2


def test_a_page_of_very_many_lines_is_drawn_in_few_ribbons_or_in_part() -> None:
    together = [Placed(10 * n, 10 * n + 10, n + 1, n // 500, n // 20, False, None) for n in range(2000)]
    letters, colours = ({n: letter_of(n) for n in range(2000)}, dict.fromkeys(range(2000), "hue-0"))
    flow, whole = draw(together, [], [], letters, colours, [], set())
    assert (len(flow.ribbons), whole) == (4, True)
    apart = [Placed(10 * n, 10 * n + 9, n + 1, n % 2, n, False, None) for n in [*range(0, 2000, 2), *range(1, 2000, 2)]]
    flow, whole = draw(apart, [], [], letters, colours, [], set(range(0, 500, 10)))
    assert (len(flow.ribbons), whole) == (50, False)
