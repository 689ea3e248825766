"""Whatever a page holds, its spans spell it."""

import pytest
from banmian.page import read_page
from banmian.records import Correction
from banmian.words.span_kinds import SPAN_KINDS
from fuzzing import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        "# ",
        "## ",
        "**",
        "**本报讯** ",
        "新华社成都3月5日电 ",
        "(记者 张伟)",
        "(下转第3版)",
        "本报记者 李娜 摄",
        "记者 王芳",
        "第2版",
        "“",
        "”",
        "(",
        ")",
        "。",
        ",",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u3000",
        "\ufeff",
        "\u2028",
        "\0",
        "会议指出,要抓好春耕备耕",
        "全市粮食产量再创新高",
        "10",
        "个村",
        "时评",
        "陈 杰",
        "and",
        "𠮷",
        "### ",
        "$15\\%$",
        "$",
        "<br>",
        "<table><tr><td>",
        "</td></tr></table>",
        "| 甲 | 乙 |\n",
        "|---|---|\n",
        "![](a.jpg)",
        "![图为大桥合龙](a.jpg)",
        "[全文](https://a.cn)",
        "- ",
        "1. ",
        "\\*",
        "*",
        "***",
        "&amp;",
        "---",
        "```",
        "<!-- ",
        "-->",
    ]
)
PAGES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)).filter(
    lambda text: text.strip().strip("\ufeff\u200b").strip()
)


def check(text: str, page) -> None:
    assert "".join(span.text for span in page.spans) == text
    assert [span.start for span in page.spans] == [0, *[span.end for span in page.spans[:-1]]]
    for span in page.spans:
        assert span.kind in SPAN_KINDS
        assert span.text == text[span.start : span.end] != ""
        assert span.article is None or 0 <= span.article < len(page.articles)
    for article in page.articles:
        for field in article.fields.values():
            assert field.text
            for piece in field.pieces:
                if piece.end - piece.start == piece.source_end - piece.source_start:
                    assert field.text[piece.start : piece.end] == text[piece.source_start : piece.source_end]
        body = article.text("body") or ""
        assert "\n".join(body[p.start : p.end] for p in article.paragraphs) == body
        places = [(piece.source_start, piece.source_end) for piece in _body_pieces(article)]
        assert sorted(places) == [
            (s.start, s.end) for s in page.spans if s.paragraph and article is page.articles[s.article]
        ]


def _body_pieces(article):
    return article.fields["body"].pieces if "body" in article.fields else ()


@settings(max_examples=examples(200))
@given(PAGES)
@example("# ")
@example("**")
@example("#")
@example("x")
@example("\ufeff# 标题\r\n\r\n正文在此。  \r\n")
def test_spans_spell_any_text(text):
    check(text, read_page(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\ufeff \r\n\u3000"])
def test_a_page_of_blanks_is_an_error(text):
    with pytest.raises(ValueError, match="empty"):
        read_page(text)


@settings(max_examples=examples(100))
@given(PAGES, st.data())
def test_corrections_are_never_split(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 8)))
    corrected = data.draw(st.sampled_from(["", "和", "和和和", "。", "本报讯", "# ", " "]))
    correction = Correction(start, end, text[start:end], corrected, "test")
    page = read_page(text, [correction])
    assert "".join(span.text for span in page.spans) == text
    holding = [span for span in page.spans if span.start < end and start < span.end]
    assert len({span.kind for span in holding}) == 1
    assert len(holding) == 1


def test_a_correction_that_leaves_nothing_but_marks_is_read():
    page = read_page("**本报讯**0", [Correction(7, 8, "0", "# ", "test")])
    assert "".join(span.text for span in page.spans) == "**本报讯**0"


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        (Correction(0, 2, "别的", "x", "r"), "expects"),
        (Correction(3, 3, "", "x", "r"), "empty"),
        (Correction(0, 2, "标题", "a\nb", "r"), "line break"),
    ],
)
def test_a_correction_that_does_not_fit_is_an_error(correction, message):
    with pytest.raises(ValueError, match=message):
        read_page("标题正文。", [correction])
