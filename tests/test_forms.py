"""Files of OCR engines are read as text: each form by an invented example, its lines and boxes; what is refused."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from banmian.seeds import SeedsError, read_seeds
from banmian.seeds.formats import unpacked
from conftest import run_build
from published import Published

ALTO = """\
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"><Layout><Page ID="P1"><PrintSpace>
 <TextBlock ID="B1"><TextLine ID="L1" HPOS="10" VPOS="20" WIDTH="300" HEIGHT="40">
   <String CONTENT="春天" WC="0.9"/><SP/><String CONTENT="种什么" WC="0.8"/></TextLine></TextBlock>
 <ComposedBlock><TextBlock ID="B2">
  <TextLine ID="L2"><String CONTENT="市民"/><SP/><String CONTENT="领取"/><SP/><String CONTENT="exam"
    SUBS_TYPE="HypPart1" SUBS_CONTENT="example"/><HYP CONTENT="-"/></TextLine>
  <TextLine ID="L3"><String CONTENT="ple" SUBS_TYPE="HypPart2" SUBS_CONTENT="example"/><SP/>
    <String CONTENT="of"/><String CONTENT="text"/></TextLine>
  <TextLine ID="L4"/></TextBlock></ComposedBlock>
</PrintSpace></Page></Layout></alto>"""
ALTO3 = ALTO.replace("{version}", "3")
PAGE_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="1.png">
 {order}
 <TextRegion id="r1" type="paragraph"><Coords points="0,50 100,50 100,90"/>
  <TextLine id="l1"><Coords points="5,50 95,50 95,70 5,70"/>
   <Word><TextEquiv><Unicode>别的</Unicode></TextEquiv></Word>
   <TextEquiv index="1"><Unicode>市民领去</Unicode></TextEquiv>
   <TextEquiv index="0" conf="0.7"><Unicode>市民领取</Unicode></TextEquiv></TextLine>
  <TextLine id="l2"><Word><TextEquiv conf="0.5"><Unicode>树苗</Unicode></TextEquiv></Word>
   <Word><TextEquiv conf="0.9"><Unicode>两株。</Unicode></TextEquiv></Word></TextLine>
  <TextEquiv><Unicode>市民领取\n树苗两株。</Unicode></TextEquiv></TextRegion>
 <TextRegion id="r2" type="heading"><Coords><Point x="0" y="0"/><Point x="80" y="40"/></Coords>
  <TextEquiv><Unicode>春天种什么</Unicode></TextEquiv></TextRegion>
</Page></PcGts>"""
ORDER = """<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r1"/>
 <OrderedGroupIndexed index="0" id="h"><RegionRefIndexed index="0" regionRef="r2"/></OrderedGroupIndexed>
 </OrderedGroup></ReadingOrder>"""
HOCR = """\
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta charset="utf-8"><meta name='ocr-system' content='tesseract 5'></head><body>
<div class='ocr_page' id='page_1' title='bbox 0 0 900 900'><div class='ocr_carea' id='block_1'>
 <p class='ocr_par' id='par_1'><span class='ocr_header' id='line_1' title="bbox 10 20 310 60; baseline 0 0">
  <span class='ocrx_word' title='bbox 10 20 90 60; x_wconf 96'>春天</span>
  <span class='ocrx_word' title='bbox 99 20 310 60; x_wconf 90'><strong>种什么</strong></span></span></p>
 <p class='ocr_par' id='par_2'><span class='ocr_line' id='line_2' title='bbox 10 80 300 99'>市民 &amp;
   GDP   up&nbsp;</span></p>
</div></div></body></html>"""
BOX = [[10, 20], [310, 22], [310, 60], [10, 58]]
RECTANGLE = (10.0, 20.0, 300.0, 40.0)
LINES = "春天种什么\n市民领取树苗"
CONTENT_LIST: list[dict[str, Any]] = [
    {"type": "text", "text": "春天种什么", "text_level": 1, "bbox": [10, 20, 310, 60], "page_idx": 0},
    {"type": "text", "text": "市民领取树苗。", "page_idx": 0},
    {"type": "image", "img_path": "a.jpg", "image_caption": ["树苗 张明摄"], "image_footnote": [], "page_idx": 0},
    {
        "type": "table",
        "table_caption": ["表一"],
        "table_body": "<table><tr><td>一</td></tr></table>",
        "table_footnote": ["注"],
        "page_idx": 2,
    },
    {"type": "list", "list_items": ["甲", "乙"], "page_idx": 2},
    {"type": "header", "text": "江城晚报", "page_idx": 2},
]
FORMS: dict[str, tuple[str, str, str]] = {
    "alto 2": ("01.xml", ALTO.replace("{version}", "2"), "alto"),
    "alto 4": ("01.alto", ALTO.replace("{version}", "4"), "alto"),
    "alto without namespace": (
        "01.xml",
        ALTO.replace(' xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"', ""),
        "alto",
    ),
    "page": ("01.xml", PAGE_XML.replace("{order}", ""), "page_xml"),
    "page in order": ("01.xml", PAGE_XML.replace("{order}", ORDER), "page_xml"),
    "hocr": ("01.html", HOCR, "hocr"),
    "paddle 3": (
        "01_res.json",
        json.dumps({"res": {"rec_texts": LINES.split("\n"), "rec_scores": [0.9, 0.8], "rec_polys": [BOX, BOX]}}),
        "paddleocr",
    ),
    "paddle 2": ("01.json", json.dumps([[[BOX, [text, 0.9]] for text in LINES.split("\n")]]), "paddleocr"),
    "paddle json": (
        "01.json",
        json.dumps({"code": 100, "data": [{"text": t, "box": BOX, "score": 0.9} for t in LINES.split("\n")]}),
        "paddleocr",
    ),
    "structure": (
        "01.json",
        json.dumps(
            {
                "parsing_res_list": [
                    {"block_label": "doc_title", "block_content": "春天种什么", "block_bbox": [10, 20, 310, 60]},
                    {"block_label": "text", "block_content": "市民领取\n树苗", "block_bbox": [10, 80, 310, 90]},
                ],
                "overall_ocr_res": {"rec_texts": ["x"]},
            }
        ),
        "paddleocr",
    ),
    "structure lines": (
        "01.json",
        json.dumps([{"layout_det_res": {}, "overall_ocr_res": {"rec_texts": LINES.split("\n")}}]),
        "paddleocr",
    ),
    "paddle service": (
        "01.json",
        json.dumps({"result": {"ocrResults": [{"prunedResult": {"rec_texts": LINES.split("\n")}}]}}),
        "paddleocr",
    ),
    "rapid": (
        "01.json",
        json.dumps([{"box": BOX, "txt": text, "score": 0.9} for text in LINES.split("\n")]),
        "rapidocr",
    ),
    "rapid server": (
        "01.json",
        json.dumps({str(n): {"rec_txt": t, "dt_boxes": BOX, "score": "0.9"} for n, t in enumerate(LINES.split("\n"))}),
        "rapidocr",
    ),
    "rapid 1": ("01.json", json.dumps([[BOX, text, 0.9] for text in LINES.split("\n")]), "rapidocr"),
    "rapid columns": (
        "01.json",
        json.dumps({"boxes": [BOX, BOX], "txts": LINES.split("\n"), "scores": [0.9, 0.8]}),
        "rapidocr",
    ),
}
TEXTS = {
    **dict.fromkeys(("alto 2", "alto 4", "alto without namespace"), "春天种什么\n\n市民领取exam-\nple of text"),
    "page": "市民领取\n树苗两株。\n\n春天种什么",
    "page in order": "春天种什么\n\n市民领取\n树苗两株。",
    "hocr": "春天种什么\n\n市民& GDP up",
    "structure": "# 春天种什么\n\n市民领取\n树苗",
}


def seeds_of(folder: Path, name: str, content: str | bytes) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_known_by_its_content_and_read_as_text(tmp_path: Path, kind: str) -> None:
    name, content, form = FORMS[kind]
    (edition,) = read_seeds(seeds_of(tmp_path, f"1998-03-05/{name}", content)).editions
    (page,) = edition.pages
    assert (page.form, page.number, page.text) == (form, "1", TEXTS.get(kind, LINES))
    assert page.sha256 == hashlib.sha256(content.encode()).hexdigest()
    lines = list(unpacked(page.geometry))
    texts = page.text.split("\n")
    assert [line.line for line in lines] == [number for number, text in enumerate(texts, 1) if text]
    assert len({line.element for line in lines}) == len(lines) or kind == "structure"


@pytest.mark.parametrize(
    ("kind", "line", "element", "block", "label", "box", "confidence"),
    [
        ("alto 4", 0, "L1", "B1", None, RECTANGLE, 0.84),
        ("alto 4", 1, "L2", "B2", None, (None,) * 4, None),
        ("page", 0, "l1", "r1", "paragraph", (5.0, 50.0, 90.0, 20.0), 0.7),
        ("page", 1, "l2", "r1", "paragraph", (None,) * 4, 0.74),
        ("page", 2, "r2", "r2", "heading", (0.0, 0.0, 80.0, 40.0), None),
        ("hocr", 0, "line_1", "par_1", "ocr_header", RECTANGLE, 0.924),
        ("paddle 3", 1, "/rec_texts/1", None, None, RECTANGLE, 0.8),
        ("structure", 1, "/parsing_res_list/1", "/parsing_res_list/1", "text", (10.0, 80.0, 300.0, 10.0), None),
        ("rapid", 1, "/1", None, None, RECTANGLE, 0.9),
        ("rapid server", 0, "/0", None, None, RECTANGLE, 0.9),
        ("rapid columns", 1, "/txts/1", None, None, RECTANGLE, 0.8),
    ],
)
def test_each_line_leads_back_to_its_element_and_keeps_block_and_box(
    tmp_path: Path,
    kind: str,
    line: int,
    element: str,
    block: str | None,
    label: str | None,
    box: tuple[float | None, ...],
    confidence: float | None,
) -> None:
    name, content, _ = FORMS[kind]
    (page,) = read_seeds(seeds_of(tmp_path, name, content)).editions[0].pages
    found = list(unpacked(page.geometry))[line]
    assert (found.element, found.block, found.label, found.confidence) == (element, block, label, confidence)
    assert (found.left, found.top, found.width, found.height) == box


def test_a_file_of_several_pages_makes_several_pages(tmp_path: Path) -> None:
    seeds_of(tmp_path, "1998-03-05_content_list.json", json.dumps(CONTENT_LIST, ensure_ascii=False))
    (edition,) = read_seeds(tmp_path).editions
    assert (edition.id, edition.date) == ("1998-03-05", "1998-03-05")
    first, third = edition.pages
    assert (first.id, first.part, first.number, first.form) == ("1998-03-05-1", 1, "1", "mineru")
    assert (third.id, third.part, third.number) == ("1998-03-05-3", 3, "3")
    assert first.text == "# 春天种什么\n\n市民领取树苗。\n\n树苗 张明摄"
    assert third.text == "表一\n<table><tr><td>一</td></tr></table>\n注\n\n甲\n乙\n\n江城晚报"
    assert [line.label for line in unpacked(third.geometry)][:3] == ["table_caption", "table_body", "table_footnote"]
    assert {page.file for page in edition.pages} == {"1998-03-05_content_list.json"}


def test_entries_are_about_the_text_as_read_of_one_page_of_the_file(tmp_path: Path) -> None:
    seeds_of(tmp_path, "a.json", json.dumps(CONTENT_LIST))
    entry = "{{file: {}, printed: 江城, corrected: 江成, reason: r}}"
    yaml = "editions:\n  - id: one\n    pages: [{{file: a.json}}]\n    corrections: [{}]\n"
    (tmp_path / "editions.yml").write_text(yaml.format(entry.format("a.json#3")), "utf-8")
    first, third = read_seeds(tmp_path).editions[0].pages
    assert [(page.id, page.number, len(page.corrections)) for page in (first, third)] == [
        ("one-1", None, 0),
        ("one-3", None, 1),
    ]
    for name in ("a.json", "a.json#2"):
        (tmp_path / "editions.yml").write_text(yaml.format(entry.format(name)), "utf-8")
        (problem,) = read_seeds(tmp_path).problems
        assert (problem.file, problem.line) == ("editions.yml", 4)
        assert problem.reason == f"which page is '{name}'? Write one of its pages, such as a.json#1, a.json#3"


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "content", "line", "words"),
    [
        ("a.xml", ALTO3.replace("?>\n", f"?>\n{BOMB}\n", 1), 2, "the file declares entities"),
        ("a.xml", ALTO3.replace("?>\n", f"?>\n{EXTERNAL}\n", 1), 2, "the file declares entities"),
        ("a.html", HOCR.replace('.dtd">', '.dtd" [<!ENTITY a "b">]>'), 1, "the file declares entities"),
        (
            "a.xml",
            codecs.BOM_UTF16_LE + f"<?xml version='1.0'?>{BOMB}<alto/>".encode("utf-16-le"),
            1,
            "declares entities",
        ),
        ("a.xml", ALTO3[:-20], 11, "not whole XML"),
        ("a.xml", ALTO3.split("<Layout>", maxsplit=1)[0] + "</alto>", None, "alto without any text"),
        ("a.json", '{"rec_texts": ["春', 1, "not JSON at character 15"),
        ("a.json", json.dumps([{"box": BOX, "txt": "\0", "score": 1}]), None, "\\x00 is no character of a text"),
        ("a.json", json.dumps([{"box": BOX, "txt": "\ud800", "score": 1}]), None, "\\ud800 is no character of a text"),
        ("a.json", "[" * 100_000, None, "not JSON"),
        ("a.json", json.dumps({"parsing_res_list": [1]}), None, "like a file of paddleocr, but it can't be read"),
        ("a.xml", "", 1, "the file is empty"),
    ],
)
def test_what_can_t_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, content: str | bytes, line: int | None, words: str
) -> None:
    seeds_of(tmp_path, name, content)
    (tmp_path / "b.txt").write_text("文。\n", "utf-8")
    seeds = read_seeds(tmp_path)
    assert [edition.id for edition in seeds.editions] == ["b"]
    (problem,) = seeds.problems
    assert problem.file == name
    assert problem.line == line or line is None
    assert words in problem.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mets.xml", "<mets><fileSec/></mets>"),
        ("layout.json", json.dumps({"pdf_info": [{"page_idx": 0}]})),
        ("v2_content_list.json", json.dumps([[{"type": "title", "content": {}}]])),
        ("about.html", "<html><body><p>文。</p></body></html>"),
        ("list.json", "[]"),
        ("words.json", '"文"'),
        ("notes.xml", "文。"),
    ],
)
def test_what_is_of_no_form_is_named_and_not_read_unless_it_is_listed(tmp_path: Path, name: str, content: str) -> None:
    seeds_of(tmp_path, name, content)
    with pytest.raises(SeedsError, match=rf"no page here[^$]*{name}"):
        read_seeds(tmp_path)
    (tmp_path / "b.txt").write_text("文。\n", "utf-8")
    seeds = read_seeds(tmp_path)
    assert ([edition.id for edition in seeds.editions], seeds.problems) == (["b"], ())
    assert [
        (problem.file, "of no form that is read. Those are: text" in problem.reason) for problem in seeds.unknown
    ] == [(name, True)]
    (tmp_path / "editions.yml").write_text(f"editions:\n  - id: one\n    pages: [{{file: {name}}}]\n", "utf-8")
    seeds = read_seeds(tmp_path)
    assert ([problem.file for problem in seeds.problems], seeds.unknown) == ([name], ())


def test_the_encoding_is_what_the_file_says(tmp_path: Path) -> None:
    text = ALTO3.replace("UTF-8", "GB18030").encode("gb18030")
    seeds_of(tmp_path, "a.xml", text)
    seeds_of(tmp_path, "b.html", HOCR.replace("utf-8", "gbk").encode("gbk"))
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
    seeds_of(tmp_path, "a.xml", f"<PcGts><Page>{stated}{INNER}</Page></PcGts>")
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
    seeds_of(tmp_path, "a.hocr", f"<html><body><div class='ocr_page'>{body}</div></body></html>")
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
    seeds_of(tmp_path, "a.xml", f"<alto><Layout><Page>{line}</Page></Layout></alto>")
    assert read_seeds(tmp_path).editions[0].pages[0].text == text


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a page in each of three forms, one file of two pages, and one as text."""
    folder = tmp_path_factory.mktemp("forms")
    for kind, name in (("alto 4", "1.xml"), ("hocr", "2.html"), ("rapid", "3.json")):
        seeds_of(folder / "seeds", f"1998-03-05/{name}", FORMS[kind][1])
    seeds_of(folder / "seeds", "1998-03-06.json", json.dumps(CONTENT_LIST))
    seeds_of(folder / "seeds", "1998-03-05/mets.xml", "<mets/>")
    seeds_of(folder / "seeds", "1998-03-07.txt", "# 春天种什么\n\n市民领取树苗。\n")
    result = run_build(folder / "seeds", folder / "build")
    assert result.returncode == 0, result.stderr
    assert "Not read:\n  1998-03-05/mets.xml: " in result.stdout
    return folder / "build" / "edition.db"


def test_spans_spell_the_text_as_read_and_the_file_is_hashed(database: Path) -> None:
    published = Published(database)
    try:
        connection = published.connection()
        pages = connection.execute("SELECT * FROM pages ORDER BY id").fetchall()
        assert [(page["id"], page["source_form"], page["source_part"]) for page in pages] == [
            ("1998-03-05-1", "alto", None),
            ("1998-03-05-2", "hocr", None),
            ("1998-03-05-3", "rapidocr", None),
            ("1998-03-06-1", "mineru", 1),
            ("1998-03-06-3", "mineru", 3),
            ("1998-03-07-1", "text", None),
        ]
        for page in pages:
            spans = connection.execute("SELECT text FROM source_spans WHERE page_id = ? ORDER BY start", [page["id"]])
            text = "".join(span["text"] for span in spans)
            file = database.parent.parent / "seeds" / page["source_file"]
            assert page["source_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
            assert (page["text_sha256"] or page["source_sha256"]) == hashlib.sha256(text.encode()).hexdigest()
            lines = connection.execute("SELECT line FROM source_lines WHERE page_id = ?", [page["id"]]).fetchall()
            printed = [number for number, line in enumerate(text.split("\n"), 1) if line]
            assert [line["line"] for line in lines] == ([] if page["source_form"] == "text" else printed)
        headline = connection.execute("SELECT headline FROM articles WHERE page_id = '1998-03-06-1'").fetchone()
        assert headline["headline"] == "春天种什么"
    finally:
        published.close()
