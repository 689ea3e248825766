"""Damaged files: whatever bytes stand in them, the seeds are read or what is wrong is named, and text is spelled."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from banmian.page import read_page
from banmian.seeds import SeedsError, read_seeds
from banmian.site.search import escape_fts, escape_fts_width, escape_fts_words
from banmian.store.segmentation import TOKENIZER
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.check

PAGE = "# 春天的标题\n\n本报讯 全市植树活动今天开始。\n"
EDITIONS = """editions:
  - id: one
    newspaper: &paper 江城晚报
    date: 2024-03-01
    pages: [{file: a.txt, number: 1}]
    corrections:
      - {file: a.txt, printed: 植树, corrected: 种树, reason: '错字'}
    order:
      - {file: a.txt, line: 春天的标题, as: headline, reason: r}
    identities:
      - {kind: person, names: [张伟], as: different, in: [春天], reason: r}
    missing: [{pages: 3-4, why: unreadable, reason: r}]
rules:
  - files: "{date}/{page}.txt"
    newspaper: *paper
withdrawn:
  - {kind: phrase, text: 今天, reason: r, date: 2026-11-01, secret: 0123456789abcdef}
"""
LINE = '<TextBlock ID="b1"><TextLine HPOS="1" VPOS="2"><String CONTENT="春天" WC="0.9"/></TextLine></TextBlock>'
# Files as they should be, by name; each is damaged alone.
FILES: dict[str, bytes] = {
    "a.txt": PAGE.encode(),
    "b.jsonl": '{"headline": "标题", "body": "文\\n段\\u4e2d\\ud83d\\ude00", "page": 2}\n'.encode(),
    "editions.yml": EDITIONS.replace("*paper", "江城").replace("&paper ", "").encode(),
    "editions.csv": 'id,files,date,note\none,,2024-03-01,"注,释"\nb,b.jsonl,,\n'.encode(),
    "keys.jsonl": b'{"article": "one-1-1", "characters": 20, "sample": "AAAA"}\n{"person": "x", "gone": "withdrawn"}\n',
    "c.xml": f"<?xml version='1.0'?><alto><Layout><Page>{LINE}</Page></Layout></alto>".encode(),
    "d.hocr": "<html><div class='ocr_page'><span class='ocr_line' title='bbox 1 2 3 4'>春</span></div></html>".encode(),
    "e.json": '[{"type": "text", "text": "春天", "page_idx": 0, "text_level": 1}]'.encode(),
    "f.json": '{"rec_texts": ["春天"], "rec_scores": [0.9], "rec_polys": [[[1, 2], [3, 4]]]}'.encode(),
}  # fmt: skip
# What is put into a file.
PIECES = st.one_of(
    st.binary(max_size=4),
    st.sampled_from([b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b'"', b"'", b"{"]),
    st.sampled_from([b"[" * 500, b"}", b"]", b": ", b"- ", b"&a ", b"*a", b"!!set ", b"9" * 5000, b"-1", b"null"]),
    st.sampled_from([b"NaN", b"\r", b"\n", b"\t", b"\x1b[31m", b"\xe2\x80\x8b", b"\xe2\x80\xae", b"../"]),
    st.sampled_from([b"<!ENTITY a 'b'>", b"&#0;", b"&a;", b"<a>", b"</a>"]),
)  # fmt: skip
DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), PIECES), min_size=1, max_size=4)


def damaged(content: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    """The content with some bytes taken out and others put in, each at a place (a share of the whole)."""
    for share, length, piece in damage:
        at = int(share * len(content))
        content = content[:at] + piece + content[at + length :]
    return content


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp())
    yield path
    shutil.rmtree(path)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=examples(15))
@given(damage=DAMAGE)
def test_a_damaged_file_is_read_or_named(folder: Path, name: str, damage: list[tuple[float, int, bytes]]) -> None:
    for file in folder.iterdir():
        file.unlink()
    files = {"good.txt": PAGE.encode(), "a.txt": PAGE.encode(), name: damaged(FILES[name], damage)}
    for file, content in files.items():
        (folder / file).write_bytes(content)
    try:
        seeds = read_seeds(folder)
    except SeedsError as error:
        said = [str(problem) for problem in error.problems]
        assert said
        assert all(" · " in one for one in said)
        return
    texts = {page.file: page.text for edition in seeds.editions for page in edition.pages}
    assert texts["good.txt"] == PAGE
    assert all(" · " in str(problem) for problem in seeds.problems)
    for edition in seeds.editions:
        for page in edition.pages:
            (edition.id + page.id + page.text).encode()


# Any characters, those that break readers among them.
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\0\x1b\r\n\t\v\f\x85\u2028\u200b\u202e\ufeff\ufffd\ue000𠀀\u0301👩#*|<>[]()!\"'`=+-@,。:记者讯■"
        ),
    ),
    max_size=200,
)


@settings(max_examples=examples(60))
@given(TEXT.filter(lambda text: not all(sign.isspace() or sign in "\ufeff\u200b" for sign in text)))
def test_a_page_of_any_characters_is_spelled_by_its_spans(text: str) -> None:
    assert "".join(span.text for span in read_page(text).spans) == text


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f'CREATE VIRTUAL TABLE found USING fts5 (text, tokenize="{TOKENIZER}")')
        yield connection


SYNTAX = st.sampled_from(['"', "-", "*", " OR ", " NOT ", " NEAR(", ")", "^", "a*", "text:", "{", " + "])
QUERY = st.lists(st.one_of(TEXT, SYNTAX), max_size=12)


@settings(max_examples=examples(100))
@given(QUERY)
def test_a_query_of_any_characters_is_no_error(index: sqlite3.Connection, parts: list[str]) -> None:
    for rewritten in (escape_fts, escape_fts_width, escape_fts_words):
        index.execute("SELECT * FROM found WHERE found MATCH ?", [rewritten("".join(parts))]).fetchall()
