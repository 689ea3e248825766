"""How the lines and words of an engine's file become text: encodings, reading order, lines, words."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.seeds import read_seeds
from forms import ALTO3, HOCR
from seed_folders import folder_of


def test_the_encoding_is_what_the_file_says(tmp_path: Path) -> None:
    text = ALTO3.replace("UTF-8", "GB18030").encode("gb18030")
    folder_of(tmp_path, {"a.xml": text})
    folder_of(tmp_path, {"b.html": HOCR.replace("utf-8", "gbk").encode("gbk")})
    assert [edition.pages[0].text[:5] for edition in read_seeds(tmp_path).editions] == ["春天种什么"] * 2


INNER = """\
<TextRegion id="t">
 <TextRegion id="t2"><TextLine id="a"><TextEquiv><Unicode>二</Unicode></TextEquiv></TextLine></TextRegion>
 <TextRegion id="t1"><TextEquiv><Unicode>一</Unicode></TextEquiv></TextRegion>
 <TextEquiv><Unicode>一二</Unicode></TextEquiv>
</TextRegion>
<TextRegion id="r"><TextEquiv><Unicode>零</Unicode></TextEquiv></TextRegion>"""


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("", "二\n\n一\n\n零"),
        ('<RegionRefIndexed index="1" regionRef="t"/><RegionRefIndexed index="0" regionRef="r"/>', "零\n\n二\n\n一"),
        ('<RegionRefIndexed index="0" regionRef="t1"/>', "一\n\n二\n\n零"),
        ('<RegionRefIndexed index="0" regionRef="gone"/>', "二\n\n一\n\n零"),
        (
            '<UnorderedGroupIndexed id="u" index="0"><RegionRef regionRef="r"/><RegionRef regionRef="t1"/>'
            "</UnorderedGroupIndexed>",
            "零\n\n一\n\n二",
        ),
    ],
)
def test_regions_stand_in_their_reading_order_each_once(tmp_path: Path, order: str, text: str) -> None:
    stated = f'<ReadingOrder><OrderedGroup id="o">{order}</OrderedGroup></ReadingOrder>' if order else ""
    folder_of(tmp_path, {"a.xml": f"<PcGts><Page>{stated}{INNER}</Page></PcGts>"})
    assert read_seeds(tmp_path).editions[0].pages[0].text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<div class='ocr_carea'><p class='ocr_par'>一 二</p><p class='ocr_par'>三</p></div>", "一二\n\n三"),
        ("<p class='ocr_caption'><span class='ocr_line'>一</span><span class='ocr_line'>二</span></p>", "一\n二"),
        ("<span class='ocrx_line'>one <b>two</b>\n three</span>", "one two three"),
        ("<span class='ocr_line'><span class='ocrx_word'></span><span class='ocrx_word'>一</span></span>", "一"),
    ],
)
def test_hocr_is_read_line_by_line_whatever_holds_the_lines(tmp_path: Path, body: str, text: str) -> None:
    folder_of(tmp_path, {"a.hocr": f"<html><body><div class='ocr_page'>{body}</div></body></html>"})
    assert read_seeds(tmp_path).editions[0].pages[0].text == text


@pytest.mark.parametrize(
    ("strings", "text"),
    [
        ('<String CONTENT="A"/><SP/><String CONTENT="b"/>', "A b"),
        ('<String CONTENT="GDP"/><SP/><String CONTENT="增"/><String CONTENT="长"/>', "GDP增长"),
        ('<String CONTENT="　　本报讯"/>', "　　本报讯"),
        ('<String CONTENT="exam-"/><HYP CONTENT="-"/>', "exam-"),
        ('<String CONTENT="exam"/><HYP CONTENT="\u00ad"/>', "exam\u00ad"),
        ('<String/><String CONTENT="一&lt;二"/>', "一<二"),
    ],
)
def test_words_of_alto_are_joined_as_they_are_printed(tmp_path: Path, strings: str, text: str) -> None:
    line = f"<TextBlock><TextLine>{strings}</TextLine></TextBlock>"
    folder_of(tmp_path, {"a.xml": f"<alto><Layout><Page>{line}</Page></Layout></alto>"})
    assert read_seeds(tmp_path).editions[0].pages[0].text == text
