"""Bad input: a named error with what to do, or the text as it is; other pages are built, what was published stays."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from banmian.pipeline import stamps
from banmian.seeds import SeedsError, contents, read_seeds
from conftest import run_build

GOOD = "# 春天的标题\n\n本报讯 全市植树活动今天开始。\n"
EDITION = "editions:\n  - id: one\n    pages: [{file: a.txt}]\n"
LINE = '<TextBlock ID="{id}"><TextLine><String CONTENT="{text}"/></TextLine></TextBlock>'
ALTO = f"<alto><Layout><Page>{LINE}</Page></Layout></alto>"
BOMB = "".join(f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]\n" for b, c in pairwise("abcdefghijklm"))
DIGITS = "9" * 5000


def article(**more: str) -> str:
    """A line of a file of articles; the values are JSON."""
    stated = {"headline": '"标题"', "body": '"正文。"', **more}
    return "{" + ", ".join(f'"{name}": {value}' for name, value in stated.items()) + "}\n"


# Of each file that can't be a page: its name and content, the line that is named, and words of what is said.
LEFT_OUT: list[tuple[str | bytes, str | bytes, int | None, str]] = [
    (b"name-\xff.txt", GOOD, None, r"\xff in the name of a file or folder is no character of a text. Rename it"),
    (b"folder-\xff/a.txt", GOOD, None, r"\xff in the name of a file or folder"),
    (b"name-\xff.jsonl", article(), None, r"\xff in the name"),
    (b"name-\xff.xml", "<alto/>", None, r"\xff in the name"),
    ("line-\n-end.txt", GOOD, None, r"\n in the name"),
    ("escape-\x1b[31m.txt", GOOD, None, r"\x1b in the name"),
    ("\u200b.txt", GOOD, None, r"\u200b in the id '\u200b' can't be seen"),
    ("bidi-\u202e.txt", GOOD, None, r"\u202e in the id"),
    ("...txt", GOOD, None, "'..' is no id. Write a word"),
    (" .txt", GOOD, None, "is no id"),
    ("\u3000.txt", GOOD, None, "is no id"),
    ("utf16.txt", GOOD.encode("utf-16"), 1, "the file is UTF-16"),
    ("utf16-be.txt", GOOD.encode("utf-16-be"), 1, "UTF-16"),
    ("utf32.txt", GOOD.encode("utf-32"), 1, "not UTF-8. Save it as UTF-8"),
    ("gbk.txt", GOOD.encode("gbk"), 1, "iconv -f GB18030 -t UTF-8"),
    ("gb18030.txt", (GOOD + "𠀀㐀").encode("gb18030"), 1, "iconv -f GB18030 -t UTF-8"),
    ("big5.txt", "# 春天的標題\n\n全市植樹活動今天開始。\n".encode("big5"), 1, "GBK or Big5"),
    ("truncated.txt", GOOD.encode()[:-2], 3, "not UTF-8 at byte"),
    ("surrogate.txt", GOOD.encode() + b"\xed\xa0\x80", 4, "not UTF-8 at byte"),
    ("overlong.txt", GOOD.encode() + b"\xc0\x80", 4, "not UTF-8 at byte"),
    ("nul.txt", "# 题\n\n文\0。\n", 3, "a NUL character at offset 6; remove it"),
    ("empty.txt", "", 1, "the file is empty"),
    ("blank.txt", "\ufeff \n\u3000\n", 1, "nothing but white space"),
    # Found by fuzzing.
    ("blank-ends.txt", "\u2028\x85\x1c\u2003", 1, "nothing but white space"),
    ("deep-jsonl.jsonl", article(x="[" * 100_000 + "]" * 100_000), 1, "too many brackets within brackets"),
    ("open-jsonl.jsonl", "[" * 100_000, 1, "too many brackets within brackets"),
    ("digits-jsonl.jsonl", article(page=DIGITS), 1, "a number too long"),
    ("half-body-jsonl.jsonl", article(body=r'"正\ud800文"'), 1, r"\ud800 is no character of a text. Remove it"),
    ("half-key-jsonl.jsonl", article(**{r"\ud800": "1"}), 1, r"\ud800 is no character"),
    ("half-page-jsonl.jsonl", article(page=r'"\ud800"'), 1, r"\ud800 is no character"),
    ("half-url-jsonl.jsonl", article(url=r'"\ud800"'), 1, r"\ud800 is no character"),
    ("nul-body-jsonl.jsonl", article(body=r'"正\u0000文"'), 1, "is no character of a text"),
    ("nul-page-jsonl.jsonl", article(page=r'"a\u0000b"'), 1, r"\x00 is no character"),
    ("nul-url-jsonl.jsonl", article(url=r'"a\u0000b"'), 1, r"\x00 is no character"),
    ("unseen-page-jsonl.jsonl", article(page=r'"\u200b"'), 1, r"\u200b in the id"),
    ("no-day-jsonl.jsonl", article(date='"2023-02-29"'), 1, "'2023-02-29' is no date"),
    ("year-9999-jsonl.jsonl", article(date='"9999-01-01"'), 1, "'9999-01-01' is no date of a newspaper"),
    ("raw-control-jsonl.jsonl", article(body='"正\x01文"'), 1, "not JSON at character"),
    ("no-hex-jsonl.jsonl", article(body=r'"正\u00_1文"'), 1, "not JSON at character"),
    ("cr-jsonl.jsonl", article().strip() + "\r" + article(), 1, "not JSON at character"),
    ("truncated-jsonl.jsonl", article().encode()[:-10], 1, "not UTF-8 at byte"),
    ("cut-jsonl.jsonl", article()[:-5], 1, "not JSON at character"),
    ("twice-jsonl.jsonl", '{"body": "甲", "body": "乙"}\n', 1, "the key 'body' stands twice"),
    ("types-jsonl.jsonl", '{"headline": 5, "body": ["甲"]}\n', 1, "must be a text"),
    ("no-object-jsonl.jsonl", "5\n", 1, "a line must be one JSON object"),
    ("entity-xml.xml", '<!DOCTYPE a [<!ENTITY a "文">]><alto>&a;</alto>', 1, "declares entities"),
    ("entity-16-xml.xml", '<!DOCTYPE a [<!ENTITY a "文">]><alto>&a;</alto>'.encode("utf-16"), 1, "declares entities"),
    ("deep-xml.xml", "<alto>" + "<a>" * 100_000 + "</a>" * 100_000 + "</alto>", 1, "not whole XML"),
    ("huge-xml.xml", ALTO.format(id="x" * 11_000_000, text="文"), 1, "not whole XML"),
    ("huge-text-xml.xml", ALTO.format(id="x", text="文" * 4_000_000), 1, "not whole XML"),
    ("half-xml.xml", ALTO.format(id="&#xD800;", text="文"), 1, "not whole XML"),
    ("nul-xml.xml", ALTO.format(id="x", text="&#0;"), 1, "not whole XML"),
    ("cut-xml.xml", ALTO.format(id="x", text="文")[:-9], 1, "not whole XML"),
    ("encoding-xml.xml", '<?xml version="1.0" encoding="x-none"?><alto/>', 1, "not whole XML"),
    ("textless-xml.xml", "<alto/>", None, "alto without any text"),
    (
        "deep.hocr",
        f"<html><div class='ocr_page'>{'<div>' * 50_000}<span class='ocr_line'>文</span></div></html>",
        None,
        "hocr",
    ),
    ("deep-json.json", "[" * 100_000, None, "not JSON at character"),
    ("digits-json.json", f'[{{"type": "text", "text": "文", "page_idx": {DIGITS}}}]', None, "not JSON at character"),
    ("half-json.json", r'[{"type": "text", "text": "文\ud800", "page_idx": 0}]', None, r"\ud800 is no character"),
    ("half-label-json.json", r'[{"type": "text\ud800", "text": "文", "page_idx": 0}]', None, "like a file of mineru"),
    (
        "half-block.json",
        r'{"parsing_res_list": [{"block_label": "\ud800", "block_content": "文"}]}',
        None,
        "paddleocr",
    ),
]

# Of each page whose text is taken as it is: its name and its text.
TAKEN: dict[str, str] = {
    "..x.txt": GOOD,
    "bom.txt": "\ufeff" + GOOD,
    "bom-inside.txt": GOOD + "\ufeff" + GOOD,
    "replaced.txt": "# 春\ufffd的标题\n\n本报讯 全市\ufffd\ufffd活动今天开始。\n",
    "mojibake.txt": "# ÃÂ¤Â¸Â\xad\n\n锟斤拷烫烫烫屯屯屯。\n",
    "controls.txt": "# 春\x01天\x1b[31m的\x7f标\x85题\n\n本报讯\x02 全市\x0b植\x0c树活动\u2028今天\u2029开始。\n",
    "cr.txt": GOOD.replace("\n", "\r"),
    "crlf.txt": GOOD.replace("\n", "\r\n"),
    "mixed-ends.txt": "# 春天的标题\r\n\r本报讯 全市植树\n\r活动今天开始。\r\r\n",
    "unpaired.txt": "# **春天的标题\n\n本报讯 **全市植树** 活动**今天开始。\n\n**\n\n****\n",
    "headings-only.txt": "# 春天的标题\n\n# 夏天的标题\n\n## 秋天\n\n#\n",
    "no-headings.txt": "本报讯 全市植树活动今天开始。\n",
    "one-sign.txt": "。",
    "bidi.txt": "# 春天\u202e的标题\u200b\u2066x\u2069\u200d\n\n本报讯 全市\u200b植树\ufeff活动今天开始。\n",
    "private.txt": "# 春\ue000天的\U000f0000标题\n\n本报讯 全市植\uf8ff树活动今天开始。\n",
    "extension-b.txt": "# 春天的𠀀𠮷标题\n\n本报讯 全市植𪛖树活动今天开始,𠮷田到场。\n",
    "combining.txt": "# 春\u0301天\u20dd的标题\n\n本报讯 e\u0301\u0301\u0301 全市植\u3099树活动今天开始。\n",
    "emoji.txt": "# 春天👩‍👩‍👧‍👦的标题🇨🇳\n\n本报讯 全市植树🌲活动今天👍🏽开始。\n",
    "full-width.txt": "# ２０２６年春天的标题\n\n本报讯 １２３４５棵树,ＡＢＣ公司今天植树。\n",
    "both-scripts.txt": "# 春天的標題和标题\n\n本報訊 全市植樹活动今天開始,市長張偉說話。\n",
    "table.txt": "# 春天的标题\n\n| 甲 | 乙 |\n|---|---|\n| 1 | =1+1 |\n\n本报讯 全市植树活动今天开始。\n",
    "links.txt": "# [春天](javascript:alert(1))\n\n![图](x.png) [链接](javascript:alert(1)) <javascript:1>\n\n植树。\n",
    "script.txt": "# <script>alert(1)</script>春天\n\n<img src=x onerror=alert(1)> 本报讯 全市植树活动今天开始。\n",
    "sql.txt": "# '); DROP TABLE articles; --\n\n\" OR 1=1; 本报讯 全市植树活动今天开始。\n",
    "cells.txt": "# =1+1\n\n+1 全市植树。\n\n-1 今天开始。\n\n@SUM(A1) 活动。\n",
    "same.txt": "# 同一标题\n\n本报讯 全市绿化活动今天开始。\n",
    "same-again.txt": "# 同一标题\n\n本报讯 全市绿化活动今天开始。\n",
    "Case.txt": GOOD,
    "case.txt": GOOD + "\n另一段。\n",
    "<script>.txt": GOOD,
    "'; drop table x.txt": GOOD,
    "q?x=1&y=%2f#2.txt": GOOD,
    "\u00e9.txt": GOOD,
    "e\u0301.txt": GOOD,
    "9999-01-01.txt": GOOD,
    "2024-02-30.txt": GOOD,
    "c\\d.txt": GOOD,
    "folder..x/..y.txt": GOOD,
    "articles.jsonl": article(body=r'"正\u001b文\ud83d\ude00。"', x="NaN", url='"javascript:alert(1)"')
    + article(page=r'"../x y"')
    + article(headline='"<script>"', body='"=1+1"'),
}  # fmt: skip

# Of each file that says something of the pages: its content, and words of what is said with its name.
STOPS: list[tuple[str, str | bytes, str]] = [
    ("editions.yml", "[" * 1000 + "]" * 1000, "too many lists or brackets within each other"),
    ("editions.yml", "{a: " * 3000 + "}" * 3000, "too many lists or brackets"),
    ("editions.yml", "- " * 3000 + "x\n", "too many lists or brackets"),
    ("editions.yml", EDITION.replace("one", r'"a\ud800"'), r"line 2: .*\\ud800 in 'id' is no character of a text"),
    ("editions.yml", EDITION + r'    note: "a\ud800"', r"line 4: .*\\ud800 in 'note'"),
    ("editions.yml", EDITION + r'    "\ud800": x', r"line 4: .*unknown key '\\ud800'"),
    ("editions.yml", EDITION.replace("one", r'"a\0b"'), r"\\x00 in 'id'"),
    ("editions.yml", EDITION.replace("one", r'"a\e[31mb"'), r"\\x1b in 'id'"),
    ("editions.yml", EDITION.replace("one", r'"\u200b"'), r"line 2: .*\\u200b in the id '\\u200b' can't be seen"),
    ("editions.yml", EDITION.replace("one", r'"a\u202eb"'), r"\\u202e in the id"),
    ("editions.yml", EDITION.replace("one", '"../x"'), "must be one word without '/'"),
    ("editions.yml", EDITION.replace("one", ".."), r"'\.\.' is no id"),
    ("editions.yml", EDITION.replace("one", "x" * 100_000), "an id of 100,000 characters"),
    ("editions.yml", EDITION.replace("one", r'"a\nb"'), "must be one word"),
    ("editions.yml", EDITION.replace("a.txt", f"a.txt, number: {DIGITS}"), "an id of 5,000 characters"),
    ("editions.yml", EDITION.replace("a.txt", "../a.txt"), "can't be a page"),
    ("editions.yml", EDITION + r'    newspaper: "a\0b"', r"\\x00 in 'newspaper'"),
    ("editions.yml", EDITION + f"    doubts: [{{file: a.txt, start: {DIGITS}}}]", "'start' must be a whole"),
    ("editions.yml", EDITION + f"    pages_expected: {DIGITS}", "'pages_expected' must be a whole number from 1"),
    ("editions.yml", EDITION + "    pages_expected: 1000000000", "must be a whole number from 1 to 2000"),
    ("editions.yml", EDITION + f"    order: [{{file: a.txt, line: x, as: body, nth: {DIGITS}}}]", "'nth' must be"),
    ("editions.yml", f"{EDITION}    missing: [{{pages: 1-{DIGITS}, why: unreadable, reason: r}}]", "is no page number"),
    ("editions.yml", EDITION + "    date: 2023-02-29", "'2023-02-29' is no date"),
    ("editions.yml", EDITION + "    date: 9999-01-01", "'9999-01-01' is no date of a newspaper"),
    ("editions.yml", EDITION + "    date: 0001-01-01", "is no date of a newspaper"),
    ("editions.yml", EDITION + "    date_earliest: 2024-01-01\n    date_latest: 9999-12-31", "'9999-12-31' is no date"),
    ("editions.yml", "a: &a [x, x]\n" + BOMB, "its anchors"),
    ("editions.yml", "editions: &a\n  - id: x\n    pages: *a\n", "its anchors"),
    ("editions.yml", "&a [*a]", "its anchors"),
    ("editions.yml", EDITION + '    note: !!python/object/apply:os.system ["id"]', "'note' must be a text"),
    ("editions.yml", EDITION + "    note: !!binary aGVsbG8=", "a tag of YAML, 'tag:.*:binary', before 'note'"),
    ("editions.yml", EDITION + "    note: !own text", "a tag of YAML, '!own', before 'note'"),
    ("editions.yml", EDITION + "    note: a\n    note: b", "line 5: .*'note' stands twice"),
    ("editions.yml", "editions: 5", "must be a list"),
    ("editions.yml", "editions: [5, x, null, [1]]", "an edition must be a list of"),
    ("editions.yml", EDITION + "    note: {a: b}", "line 4: .*'note' must be a text"),
    ("editions.yml", "text", "the file must be a list of"),
    ("editions.yml", (EDITION + "    note: 上海市的报纸").encode("gbk"), "line 4: .*not UTF-8"),
    ("editions.yml", EDITION.encode("utf-16"), "the file is UTF-16"),
    ("editions.yml", EDITION + "    note: a\0b", "line 4: .*a NUL character"),
    ("editions.yml", EDITION + "    note: a\x1bb", "not YAML"),
    ("editions.yml", (EDITION + "    note: 上海").encode()[:-1], "line 4: .*not UTF-8"),
    ("editions.yml", f'rules:\n  - files: "{"*a" * 40}{{date}}.txt"\n    newspaper: x', r"line 2: .*too many \*"),
    ("editions.csv", "id,note\na,x\0y\n", "line 2: .*a NUL character"),
    ("editions.csv", "id,files\na\x1bb,a.txt\n", r"line 2: .*\\x1b in 'id'"),
    ("editions.csv", "id,files\n\u200b,a.txt\n", r"line 2: .*\\u200b in the id"),
    ("editions.csv", "id,note\na,上海市的报纸\n".encode("gbk"), "line 2: .*GBK"),
    ("editions.csv", "id,note\na,上海".encode()[:-1], "line 2: .*not UTF-8"),
    ("editions.csv", 'id,note\na,"上海\n', "not CSV"),
    ("editions.csv", f"id,note\na,{'x' * 200_000}\n", "not CSV"),
    ("editions.csv", f"id,pages_expected\na,{DIGITS}\n", "line 2: .*'pages_expected' must be a whole number"),
    ("editions.csv", "id,date\na,9999-01-01\n", "line 2: .*'9999-01-01' is no date"),
    ("editions.csv", "id,date\na,2023-02-29\n", "line 2: .*'2023-02-29' is no date"),
    ("editions.csv", "id,note\na,x\na,y\n", "line 3: .*line 2 is about the edition 'a' too"),
    ("editions.csv", "", "the file is empty"),
    ("keys.jsonl", "[" * 100_000, "line 1: .*too many brackets"),
    ("keys.jsonl", r'{"person": "\ud800", "name": "x"}', r'line 1: .*\'person\' can\'t be "\\ud800"'),
    ("keys.jsonl", r'{"person": "x", "name": "\ud800"}', "'name' can't be"),
    ("keys.jsonl", r'{"person": "a\u0000b", "name": "x"}', "'person' can't be"),
    ("keys.jsonl", r'{"edition": "\u200b"}', "'edition' can't be"),
    ("keys.jsonl", f'{{"article": "a-1", "characters": {DIGITS}, "sample": ""}}', "line 1: .*a number too long"),
    ("keys.jsonl", f'{{"article": "a-1", "characters": {"9" * 50}, "sample": ""}}', "'characters' can't be"),
    ("keys.jsonl", '{"person": "上海市的报纸"}'.encode("gbk"), "line 1: .*not UTF-8"),
    ("keys.jsonl", '{"person": "上海'.encode()[:-1], "line 1: .*not UTF-8"),
    ("keys.jsonl", '{"person": ["x"]}', "'person' can't be"),
    ("keys.jsonl", '{"person": "x", "gone": ["merged"], "to": ["a"]}', "'gone' can't be"),
    ("keys.jsonl", '{"person": "x", "to": 5}', "'to' can't be 5"),
    ("keys.jsonl", '{"person": "x"}\n{"person": "x"}', "line 2: .*stands in line 1 already"),
    ("keys.jsonl", "5\n", "a line without a key"),
    ("keys.jsonl", '{"person": NaN}', "'person' can't be NaN"),
]  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What a build said, and the database that it made."""

    code: int
    said: str
    database: Path


def written(folder: Path, files: Iterator[tuple[str | bytes, str | bytes]]) -> Path:
    """A folder of seeds with these files, whose names may be bytes."""
    for name, content in files:
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), os.fsencode(name))))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def texts(database: Path) -> dict[str, str]:
    """Of each page file its text, as the spans of the database spell it."""
    sql = "SELECT source_file, text FROM source_spans JOIN pages ON pages.id = page_id ORDER BY page_id, start"
    found: dict[str, str] = {}
    with closing(sqlite3.connect(database)) as connection:
        for file, text in connection.execute(sql):
            found[file] = found.get(file, "") + text
    return found


@pytest.fixture(scope="module")
def left_out(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Everything that can't be read in one folder, beside a good page, where another database is published."""
    folder = tmp_path_factory.mktemp("left_out")
    seeds = written(folder / "seeds", iter([("a.txt", GOOD)]))
    assert run_build(seeds, folder / "build").returncode == 0
    published = (folder / "build" / "edition.db").read_bytes()
    written(seeds, ((name, content) for name, content, _, _ in LEFT_OUT))
    result = run_build(seeds, folder / "build")
    assert (folder / "build" / "edition.db").read_bytes() == published
    return Result(result.returncode, result.stderr, folder / "build" / "edition.db.new")


def test_what_cannot_be_read_costs_no_other_page(left_out: Result) -> None:
    assert left_out.code == 1
    assert texts(left_out.database) == {"a.txt": GOOD}
    assert "Traceback" not in left_out.said


@pytest.mark.parametrize(("name", "line", "words"), [(n, line, words) for n, _, line, words in LEFT_OUT])
def test_what_cannot_be_read_is_named(left_out: Result, name: str | bytes, line: int | None, words: str) -> None:
    folder = name.split(b"/")[0] if isinstance(name, bytes) else name
    shown = folder.decode("utf-8", "backslashreplace") if isinstance(folder, bytes) else folder
    shown = shown.replace("\n", "\\n").replace("\x1b", "\\x1b")
    place = f"{shown}: " if line is None else f"{shown}, line {line}: "
    (said,) = [one for one in left_out.said.splitlines() if one.startswith(f"  {place}")]
    assert words in said
    chinese, _, english = said.removeprefix(f"  {place}").partition(" · ")
    assert chinese
    assert english


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("taken")
    result = run_build(written(folder / "seeds", iter(TAKEN.items())), folder / "build")
    return Result(result.returncode, result.stderr, folder / "build" / "edition.db")


def test_what_can_be_read_is_published_to_the_character(taken: Result) -> None:
    assert (taken.code, taken.said) == (0, "")
    found = texts(taken.database)
    # The pages of a file of articles are its lines, in several.
    assert sorted(found.pop("articles.jsonl")) == sorted(TAKEN["articles.jsonl"])
    assert found == {name: text for name, text in TAKEN.items() if name != "articles.jsonl"}


@pytest.mark.parametrize(("file", "content", "words"), STOPS, ids=[f"{n} {one[0]}" for n, one in enumerate(STOPS)])
def test_what_is_wrong_with_a_file_about_pages_is_named(
    tmp_path: Path, file: str, content: str | bytes, words: str
) -> None:
    written(tmp_path, iter([("a.txt", GOOD), (file, content)]))
    with pytest.raises(SeedsError, match=rf"{file}(?s:.)*{words}"):
        read_seeds(tmp_path)
    assert stamps.facts(tmp_path)["seeds"].keys() == {"a.txt", file}


def test_a_file_about_pages_that_is_wrong_leaves_what_was_published(tmp_path: Path) -> None:
    seeds, build = written(tmp_path / "seeds", iter([("a.txt", GOOD)])), tmp_path / "build"
    assert run_build(seeds, build).returncode == 0
    published = (build / "edition.db").read_bytes()
    for file in ("editions.yml", "editions.csv", "keys.jsonl"):
        before = (seeds / file).read_bytes() if (seeds / file).exists() else None
        (seeds / file).write_bytes(b"[" * 100_000 if before else b"\xff")
        result = run_build(seeds, build)
        assert result.returncode == 1
        assert result.stderr.startswith(f"Nothing was built, what was published stays.\n{file}, line 1: ")
        assert (build / "edition.db").read_bytes() == published
        (seeds / file).unlink()


@pytest.mark.parametrize("text", ["\ufeff" + EDITION, EDITION.replace("\n", "\r"), EDITION.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_a_file_about_pages_are_taken_in_stride(tmp_path: Path, text: str) -> None:
    written(tmp_path, iter([("a.txt", GOOD), ("editions.yml", text), ("keys.jsonl", '\ufeff{"person": "x"}\r\n')]))
    assert [edition.id for edition in read_seeds(tmp_path).editions] == ["one"]


# What may stand in place of a file, and what is said of it.
NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "this is a folder"),
    "pipe": (os.mkfifo, "this is no regular file. Remove it"),
    "endless device": (lambda path: path.symlink_to("/dev/zero"), "this is no regular file"),
    "empty device": (lambda path: path.symlink_to("/dev/null"), "this is no regular file"),
    "loop": (lambda path: path.symlink_to(path.name), "can't be read (Too many levels of symbolic links)"),
    "link to nothing": (lambda path: path.symlink_to("nowhere"), "can't be read (No such file or directory)"),
}


@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("name", ["b.txt", "b.jsonl", "b.xml", "b.json", "editions.yml", "editions.csv", "keys.jsonl"])
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path, name: str, kind: str) -> None:
    make, words = NO_FILES[kind]
    written(tmp_path, iter([("a.txt", GOOD)]))
    make(tmp_path / name)
    assert "a.txt" in stamps.facts(tmp_path)["seeds"]
    try:
        seeds = read_seeds(tmp_path)
    except SeedsError as error:
        assert name in ("editions.yml", "editions.csv", "keys.jsonl")
        problems = error.problems
    else:
        assert [edition.id for edition in seeds.editions] == ["a"]
        problems = seeds.problems
        if kind == "folder" and name in ("b.xml", "b.json"):
            # A folder may be called so: it is looked into.
            assert seeds.skipped == (name,)
            return
    (problem,) = problems
    assert problem.file == name
    assert words in problem.reason


def test_a_page_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, iter([("a.txt", GOOD), ("b.txt", GOOD)]))
    opened = os.open

    def refuse(path: Path, *given: int) -> int:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *given)

    # Who runs this as root may read anything.
    monkeypatch.setattr(contents.os, "open", refuse)
    seeds = read_seeds(tmp_path)
    assert [edition.id for edition in seeds.editions] == ["a"]
    assert [str(problem).partition(" · ")[2] for problem in seeds.problems] == [
        "can't be read (Permission denied). Check the file and its permissions"
    ]


@pytest.mark.parametrize("change", [b"more", b""], ids=["grows", "shrinks"])
def test_a_page_that_changes_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes
) -> None:
    written(tmp_path, iter([("a.txt", GOOD), ("b.txt", GOOD)]))
    asked = os.fstat
    page = (tmp_path / "b.txt").stat().st_ino

    def fstat(handle: int) -> os.stat_result:
        before = asked(handle)
        if before.st_ino == page:
            (tmp_path / "b.txt").write_bytes(change)
        return before

    monkeypatch.setattr(contents.os, "fstat", fstat)
    seeds = read_seeds(tmp_path)
    assert [edition.id for edition in seeds.editions] == ["a"]
    assert [(problem.file, problem.remark.kind) for problem in seeds.problems] == [("b.txt", "changed_while_read")]


@pytest.mark.parametrize(("day", "is_said"), [("2098-01-01", True), ("2024-01-01", False)])
def test_a_day_that_has_not_come_is_asked_about(tmp_path: Path, day: str, is_said: bool) -> None:
    stated = [("a.txt", GOOD), ("editions.yml", EDITION + f"    date: {day}\n")]
    result = run_build(written(tmp_path / "seeds", iter(stated)), tmp_path / "build")
    assert result.returncode == 0
    assert ("the day of an edition has not come yet (one). Is it right?" in result.stdout) is is_said
