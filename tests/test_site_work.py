"""What a page of the site costs grows with what it shows and no faster: counted in steps, not in seconds."""

import re
import sys
from types import SimpleNamespace

import pytest
from banmian.records import Correction
from banmian.site import results
from banmian.site.annotate import Mark, SourceSpan, annotate, pieces_of, places
from banmian.site.exports import _Harmless
from banmian.site.paging import enclosed
from banmian.site.search import escape_fts, escape_fts_width, escape_fts_words
from banmian.site.snippets import as_html, cut

OPEN, CLOSE = "\u2060【", "】\u2060"


class Scanned(str):
    """A text that counts the characters over which `find` goes."""

    steps = 0

    def find(self, wanted, start=0):
        at = str.find(self, wanted, start)
        Scanned.steps += (len(self) if at < 0 else at + len(wanted)) - start
        return at


@pytest.mark.parametrize(
    "text", [OPEN * 3000, (OPEN + "字" + CLOSE) * 3000, CLOSE * 3000 + OPEN, OPEN + CLOSE + OPEN * 3000]
)
def test_each_character_of_a_cell_is_looked_at_a_few_times(text):
    Scanned.steps = 0
    as_html(Scanned(text))
    assert Scanned.steps <= 3 * len(text)


def lines_run(function, *arguments):
    """How many lines of Python `function` runs; the calls that it makes are counted too."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*arguments)
    finally:
        sys.settrace(before)
    return count


def article(size):
    """A text with many names, notes and corrections, as arguments of the functions that mark it."""
    text = "省长李明说" * size
    names = [Mark(5 * n + 2, 5 * n + 4, "person", "李明", "/p/1") for n in range(size)]
    notes = [Mark(5 * n + 3, 5 * n + 5, "doubt", "?", "#d") for n in range(size)]
    spans = [SourceSpan("body", 5 * n, 6 * n, 6 * n + 5) for n in range(size)]
    corrections = [Correction(6 * n + 1, 6 * n + 2, "长", "长", "x") for n in range(size)]
    return SimpleNamespace(text=text, names=names, notes=notes, spans=spans, corrections=corrections)


def marked(size):
    made = article(size)
    pieces = pieces_of(made.spans, made.corrections)["body"]
    for n in range(size):
        places(pieces, 6 * n, 6 * n + 5)
    annotate(made.text, 0, made.names, made.notes)


def spreadsheet(size):
    harmless = _Harmless()
    for n in range(size):
        harmless.part({"body": b'1,"=a""b",\r\n', "more_body": n + 1 < size})


@pytest.mark.parametrize(
    "work",
    [
        marked,
        spreadsheet,
        lambda size: enclosed("('a' or [b])" * size),
        lambda size: enclosed("[" * size),
        lambda size: escape_fts("- " * size),
        lambda size: escape_fts('"a' * size),
        lambda size: escape_fts("甲 OR " * size),
        lambda size: escape_fts_width("，a-" * size),
        lambda size: escape_fts_words("市长 " * size),
    ],
)
def test_twice_as_much_takes_twice_the_steps(work):
    work(3)  # What is read once, from files of the package.
    small, large = lines_run(work, 100), lines_run(work, 400)
    assert large <= 4 * small + 200


@pytest.mark.parametrize(
    ("query", "result"),
    [
        ("李明:", "李明"),
        ("“李明”,", "李明"),
        ('"李 明"', '"李 明"'),
        ("-李明", "-李明"),
        ("(-李明)", "-李明"),
        ("ban*", "ban*"),
        ("。。。", ""),
        ("A_", "A_"),
        ("", ""),
    ],
)
def test_signs_around_a_name_are_left_out(query, result):
    assert results.bare(query) == result


def test_no_pattern_is_tried_again_at_each_sign():
    """A pattern that ends in $ would be tried at each of these signs, to the end of them all."""
    for pattern in (results._BEFORE, results._AFTER):
        assert pattern.pattern.startswith(r"\A")


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("甲乙丙", 3, "甲乙丙"),
        ("甲乙丙", 2, "甲乙"),
        (f"甲{OPEN}乙丙{CLOSE}丁", 4, f"甲{OPEN}乙{CLOSE}"),
        (f"甲{OPEN}乙丙丁", 4, f"甲{OPEN}乙"),
        (f"甲{OPEN}乙{CLOSE}丁", 2, "甲"),
        (f"甲{OPEN}乙{CLOSE}丁", 5, f"甲{OPEN}乙{CLOSE}"),
        (f"甲{OPEN}乙{CLOSE}丁", 6, f"甲{OPEN}乙{CLOSE}"),
    ],
)
def test_a_hit_that_is_cut_in_two_is_marked_to_the_cut(text, most, expected):
    assert cut(text, most) == expected


def cells(page, column):
    return re.findall(rf'<td class="col-{column}[^"]*">(?:<div class="cell">)?(.*?)(?:</div>)?</td>', page, re.DOTALL)


def test_a_long_cell_is_cut_and_says_where_the_whole_is(site, monkeypatch):
    monkeypatch.setitem(site.datasette._settings, "truncate_cells_html", 30)
    bodies = cells(site.get("/edition/articles?_size=2").text, "body")
    wholes = [row[0] for row in site.connection().execute("SELECT body FROM articles ORDER BY id LIMIT 2")]
    for id, (cell, whole) in enumerate(zip(bodies, wholes, strict=True), 1):
        shown = re.fullmatch(r'([^<]*)<a class="cut" href="([^"]*)" title="([^"]*)">…</a>', cell)
        assert shown, cell
        assert whole.startswith(shown[1])
        assert len(shown[1]) == 30
        assert re.fullmatch(rf"/articles/\w+-1-{id}", shown[2])
        assert f"{len(whole):,}" in shown[3]


def test_a_query_cannot_make_a_long_cell_of_marks(site, monkeypatch):
    monkeypatch.setitem(site.datasette._settings, "truncate_cells_html", 300)
    sql = "select replace(hex(zeroblob(5000)), '0', char(8288) || '【') as x from articles limit 3"
    page = site.get(f"/edition?sql={sql}").text
    assert page.count('<span class="cut"') == 3
    assert "20,000" in page
    assert page.count("【") < 3 * 300
