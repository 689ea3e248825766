"""Files of articles that are already apart: every character accounted for, every mistake said with its line."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from banmian.records import Remark
from banmian.seeds import Problem, read_seeds
from banmian.seeds.articles import read_article_line
from banmian.words.span_kinds import FIELDS
from conftest import run_build
from hypothesis import given
from hypothesis import strategies as st

ARTICLE = {"headline": "全市经济工作会议召开", "body": "昨日,市委书记刘启明主持会议。\n\n刘启明说,要“稳中求进”。"}
TEXTS = st.text(st.sampled_from('甲乙丙,。 \n\t"\\/é😀\u2028'), max_size=20)


def write(folder: Path, *lines: object, name: str = "archive.jsonl") -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    (folder / name).write_bytes("\n".join(texts).encode())
    return folder


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize(
    ("record", "fields", "paragraphs"),
    [
        ({"headline": "题", "body": "甲。\n\n 乙。 \r\n"}, {"headline": "题", "body": "甲。\n乙。"}, [(0, 2), (3, 5)]),
        ({"headline": "题\n二行", "body": ""}, {"headline": "题\n二行"}, []),
        ({"paragraphs": ["甲", "", " 乙\n丙"]}, {"body": "甲\n乙\n丙"}, [(0, 1), (2, 3), (4, 5)]),
        ({"kicker": "引", "subheadline": None, "byline": "记者 王芳", "body": "\"甲\\乙😀\""},
         {"kicker": "引", "byline": "记者 王芳", "body": "\"甲\\乙😀\""}, [(0, 6)]),
    ],
)  # fmt: skip
def test_a_line_becomes_an_article(
    record: dict, fields: dict[str, str], paragraphs: list[tuple[int, int]], ascii_only: bool
) -> None:
    article = read_article_line(json.dumps(record, ensure_ascii=ascii_only), 0).article
    assert {name: field.text for name, field in article.fields.items()} == fields
    assert [(paragraph.start, paragraph.end) for paragraph in article.paragraphs] == paragraphs


@given(
    st.fixed_dictionaries({"headline": TEXTS, "body": TEXTS}, optional={"byline": TEXTS, "tags": st.lists(TEXTS)}),
    st.booleans(),
)
def test_the_spans_spell_the_line_and_every_character_leads_back_to_it(record: dict, ascii_only: bool) -> None:
    line = json.dumps(record, ensure_ascii=ascii_only) + "\n"
    read = read_article_line(line, 7)
    spans = list(read.spans(0))
    assert "".join(span.text for span in spans) == line
    assert [span.start for span in spans] == [7, *(span.end for span in spans)][:-1]
    for field in read.article.fields.values():
        for piece in field.pieces:
            printed = line[piece.source_start - 7 : piece.source_end - 7]
            assert json.loads(f'"{printed}"') == field.text[piece.start : piece.end]
        assert [part.strip() for part in field.text.split("\n")] == [part for part in field.text.split("\n") if part]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON at character 1 of the line"),
        ('["a"]', "a line must be one JSON object"),
        ('{"headline": "题"}', "either 'body' or 'paragraphs'; this one has neither"),
        ('{"body": "甲", "paragraphs": []}', "this one has body and paragraphs"),
        ('{"body": "甲", "body": "乙"}', "the key 'body' stands twice"),
        ('{"body": 1}', "'body' must be a text"),
        ('{"paragraphs": ["甲", 1]}', "'paragraphs' must be a list of texts"),
        ('{"body": "\\ud800"}', "\\ud800 is no character of a text"),
        ('{"body": "甲", "date": "2024-02-30"}', "'2024-02-30' is no date"),
        ('{"body": "甲", "page": ["1"]}', "'page' must be a text or a whole number"),
    ],
)
def test_a_line_that_is_no_article_is_a_problem_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    write(tmp_path, ARTICLE, name="good.jsonl")
    seeds = read_seeds(write(tmp_path, ARTICLE, "", line))
    assert [edition.id for edition in seeds.editions] == ["good"]
    (problem,) = seeds.problems
    assert (problem.file, problem.line) == ("archive.jsonl", 3)
    assert words in problem.reason
    assert line[:10] in problem.reason


def test_dates_and_page_numbers_make_editions_and_pages(tmp_path: Path) -> None:
    days = [("2024-01-02", 1), ("2024-01-02", 2), ("2024-01-03", 1), ("2024-01-02", 1)]
    write(tmp_path, *({**ARTICLE, "date": day, "page": page} for day, page in days))
    (tmp_path / "editions.yml").write_text(
        "editions:\n  - {id: paper, newspaper: 某报, city: 杭州市, pages: [{file: archive.jsonl}]}\n", "utf-8"
    )
    editions = read_seeds(tmp_path).editions
    assert [(e.id, e.date, e.newspaper, e.city) for e in editions] == [
        ("paper-2024-01-02", "2024-01-02", "某报", "杭州市"),
        ("paper-2024-01-03", "2024-01-03", "某报", "杭州市"),
    ]
    pages = [(page.id, len(page.apart.page.articles)) for edition in editions for page in edition.pages if page.apart]
    assert pages == [("paper-2024-01-02-1", 2), ("paper-2024-01-02-2", 1), ("paper-2024-01-03-1", 1)]


def test_an_archive_is_listed_alone(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE)
    (tmp_path / "a.txt").write_text("# 题\n\n文。\n", "utf-8")
    (tmp_path / "editions.yml").write_text(
        "editions:\n  - id: paper\n    pages:\n      - file: a.txt\n      - file: archive.jsonl\n", "utf-8"
    )
    result = run_build(tmp_path, tmp_path / "build")
    assert result.returncode == 1
    assert re.search(r"editions.yml, line 5: .* · a file of articles \(\*.jsonl\) is listed in an", result.stderr)


def test_a_key_that_is_not_known_is_kept_counted_and_shown(tmp_path: Path) -> None:
    (edition,) = read_seeds(write(tmp_path, {**ARTICLE, "tags": ["经济"]}, {**ARTICLE, "tags": []})).editions
    (page,) = edition.pages
    assert page.apart is not None
    assert page.apart.page.warnings == (Remark("unknown_key", {"key": "tags", "articles": 2}),)
    assert '["经济"]' in [span.text for span in page.apart.page.spans if span.kind == "furniture"]


def test_articles_enter_the_same_tables_with_offsets_true_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    lines = [{**ARTICLE, "date": day, "url": "https://example.org/1"} for day in ("2024-01-02", "2024-01-03")]
    write(tmp_path / "seeds", "", *(json.dumps(line) for line in lines), "")
    result = run_build(tmp_path / "seeds", tmp_path / "build")
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "seeds" / "archive.jsonl").read_bytes().decode()
    connection = sqlite3.connect(tmp_path / "build" / "edition.db")
    spans = connection.execute("SELECT text, line, start FROM source_spans ORDER BY start").fetchall()
    assert "".join(span for span, _, _ in spans) == text
    assert all(line == text.count("\n", 0, start) + 1 for _, line, start in spans)
    mentions = connection.execute("SELECT surface, source_start, source_end, role FROM mentions").fetchall()
    assert ("刘启明", "市委书记") in [(surface, role) for surface, _, _, role in mentions]
    assert all(json.loads(f'"{text[start:end]}"') == surface for surface, start, end, _ in mentions)
    assert connection.execute("SELECT DISTINCT url FROM articles").fetchall() == [("https://example.org/1",)]
    assert {row[1] for row in connection.execute("PRAGMA table_info(articles)")} > {*FIELDS, "url"}
    connection.close()


def test_an_empty_archive_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE, name="good.jsonl")
    (problem,) = read_seeds(write(tmp_path, "{}", "")).problems
    assert isinstance(problem, Problem)
    assert problem.line == 1


def test_a_key_that_is_not_known_is_said_once_for_a_file(tmp_path: Path) -> None:
    lines = [f'{{"headline": "题", "body": "文。", "tags": 1, "date": "2024-01-0{day}"}}' for day in (1, 2, 3)]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    pages = [page.apart.page for edition in read_seeds(tmp_path).editions for page in edition.pages if page.apart]
    assert [list(page.warnings) for page in pages] == [[Remark("unknown_key", {"key": "tags", "articles": 3})], [], []]
