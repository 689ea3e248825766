"""Files of OCR engines are read as text: each form by an invented example, its lines and boxes; what is refused."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path

import pytest
from banmian.seeds import SeedsError, read_seeds
from banmian.seeds.formats import unpacked
from conftest import run_build
from forms import ALTO3, BOX, CONTENT_LIST, FORMS, HOCR, LINES, RECTANGLE, TEXTS
from published import Published
from seed_folders import folder_of


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_known_by_its_content_and_read_as_text(tmp_path: Path, kind: str) -> None:
    name, content, form = FORMS[kind]
    (edition,) = read_seeds(folder_of(tmp_path, {f"1998-03-05/{name}": content})).editions
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
    (page,) = read_seeds(folder_of(tmp_path, {name: content})).editions[0].pages
    found = list(unpacked(page.geometry))[line]
    assert (found.element, found.block, found.label, found.confidence) == (element, block, label, confidence)
    assert (found.left, found.top, found.width, found.height) == box


def test_a_file_of_several_pages_makes_several_pages(tmp_path: Path) -> None:
    folder_of(tmp_path, {"1998-03-05_content_list.json": json.dumps(CONTENT_LIST, ensure_ascii=False)})
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
    folder_of(tmp_path, {"a.json": json.dumps(CONTENT_LIST)})
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
    folder_of(tmp_path, {name: content})
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
    folder_of(tmp_path, {name: content})
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


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a page in each of three forms, one file of two pages, and one as text."""
    folder = tmp_path_factory.mktemp("forms")
    for kind, name in (("alto 4", "1.xml"), ("hocr", "2.html"), ("rapid", "3.json")):
        folder_of(folder / "seeds", {f"1998-03-05/{name}": FORMS[kind][1]})
    folder_of(folder / "seeds", {"1998-03-06.json": json.dumps(CONTENT_LIST)})
    folder_of(folder / "seeds", {"1998-03-05/mets.xml": "<mets/>"})
    folder_of(folder / "seeds", {"1998-03-07.txt": "# 春天种什么\n\n市民领取树苗。\n"})
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
