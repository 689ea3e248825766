"""Names, corrections and doubts in the text of an article."""

import pytest
from banmian.records import Correction, Piece
from banmian.site.annotate import Mark, SourceSpan, annotate, pieces_of, places


def name(start, end, href="/p/1"):
    return Mark(start, end, "person", "李明 · 省长", href)


def doubt(start, end):
    return Mark(start, end, "doubt", "?")


@pytest.mark.parametrize(
    ("text", "start", "names", "notes", "expected"),
    [
        ("甲乙丙", 0, [], [], "甲乙丙"),
        ("<b>&", 0, [], [], "&lt;b&gt;&amp;"),
        ("省长李明说", 0, [name(2, 4)], [], '省长<a class="name person" href="/p/1" title="李明 · 省长">李明</a>说'),
        ("省长李明说", 10, [name(12, 14)], [], '省长<a class="name person" href="/p/1" title="李明 · 省长">李明</a>说'),
        ("省长李明说", 20, [name(12, 14)], [], "省长李明说"),
        ("甲<乙", 0, [], [doubt(1, 2)], '甲<span class="doubt" title="?">&lt;</span>乙'),
        (
            "省长李明说",
            0,
            [name(2, 4)],
            [doubt(1, 3)],
            '省<span class="doubt" title="?">长</span><a class="name person" href="/p/1" title="李明 · 省长">'
            '<span class="doubt" title="?">李</span>明</a>说',
        ),
        (
            "甲乙",
            0,
            [],
            [doubt(0, 1), doubt(0, 2)],
            '<span class="doubt" title="?">甲</span><span class="doubt" title="?">乙</span>',
        ),
    ],
)  # fmt: skip
def test_annotate(text, start, names, notes, expected):
    assert annotate(text, start, names, notes) == expected


def test_a_title_cannot_leave_its_attribute():
    html = annotate("甲", 0, [Mark(0, 1, "person", '"><script>', "/p/1")], [])
    assert "<script>" not in html


def test_pieces_put_a_correction_in_its_place():
    spans = [SourceSpan("body", 0, 100, 110), SourceSpan("body", 7, 90, 95)]
    pieces = pieces_of(spans, [Correction(103, 107, " and", "和", "x")])["body"]
    assert pieces == [Piece(7, 12, 90, 95), Piece(0, 3, 100, 103), Piece(3, 4, 103, 107), Piece(4, 7, 107, 110)]
    assert places(pieces, 104, 105) == [(3, 4)]
    assert places(pieces, 102, 109) == [(2, 3), (3, 4), (4, 6)]
    assert places(pieces, 92, 101) == [(9, 12), (0, 1)]
    assert places(pieces, 200, 201) == []
