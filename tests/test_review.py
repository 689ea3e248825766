"""What is uncertain: in the database, and as entries that an editor completes."""

from __future__ import annotations

import json
import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
import uncertain_page
import yaml
from banmian.names import read_names
from banmian.page import read_page
from banmian.page.obey import unheeded
from banmian.records import Ruling
from banmian.review.order import review
from banmian.seeds import Edition, PageSource, SeedsError, read_seeds
from banmian.seeds.entries import heading_entry, link_entry, quoted
from banmian.seeds.lines import BEGINNING, ENDING, find, printed_lines
from banmian.store import new_database
from banmian.store.readings import runner_up_of
from banmian.store.warnings import warning_of
from banmian.words.remarks import english, from_json, in_both
from conftest import run_build, run_command
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uncertain_page import AT, END, JOIN, LINES, MOVE, PAGE_ID, TEXT, UNSURE

EDITION = "editions:\n  - id: one\n    pages: [{file: gongyuan.txt}]\n    order:\n"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return uncertain_page.write_database(tmp_path_factory.mktemp("uncertain"))


def rows(database: Path, sql: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


UNCERTAIN = "SELECT * FROM readings WHERE NOT certain ORDER BY confidence"


def test_what_is_uncertain_says_why_and_what_else_it_could_be(database: Path) -> None:
    found = rows(database, UNCERTAIN)
    assert [(r["kind"], r["line"], r["other_line"], r["confidence"]) for r in found] == [
        ("paragraph", 7, 11, 0.6),
        ("join", 3, 7, 0.8),
        ("headline", 5, None, 0.9),
    ]
    assert [(r["before"], r["after"]) for r in found] == [
        (LINES[3][-20:], LINES[5][:20]),
        (LINES[1][-20:], LINES[3][:20]),
        (LINES[2][2:], LINES[4][:20]),
    ]
    assert [(r["article_id"], r["paragraph_id"]) for r in found] == [(1, 2), (1, 1), (2, None)]
    assert [from_json(r["evidence"]) for r in found] == [list(one.evidence) for one in (MOVE, JOIN, UNSURE)]
    assert [(r["runner_up_kind"], r["runner_up_line"], r["runner_up_text"]) for r in found] == [
        ("join", 9, LINES[4][:10]),
        ("paragraph", 9, LINES[4][:10]),
        ("crosshead", 3, LINES[1][:10]),
    ]
    assert [english(runner_up_of(r)) for r in found] == [
        f"goes on at line 9: {LINES[4][:10]}",
        f"a new paragraph at line 9: {LINES[4][:10]}",
        "crosshead instead of headline",
    ]
    (sure,) = rows(database, "SELECT * FROM readings WHERE certain")
    assert (sure["kind"], sure["confidence"], sure["entry"]) == ("headline", 0.999, None)


def test_an_entry_stands_beside_what_is_uncertain(database: Path) -> None:
    entries = [yaml.safe_load(r["entry"])[0] for r in rows(database, UNCERTAIN)]
    assert all(entry.pop("reason") and entry.pop("file") == "gongyuan.txt" for entry in entries)
    assert entries == [
        {"after": LINES[3][-10:], "before": LINES[5][:10], "as": None},
        {"after": LINES[1][-10:], "before": LINES[3][:10], "as": None},
        {"line": LINES[2][2:], "article": LINES[4][:10], "as": None},
    ]


def write_seeds(folder: Path, order: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "gongyuan.txt").write_text(TEXT, "utf-8")
    (folder / "editions.yml").write_text(EDITION + order, "utf-8")
    return folder


def test_the_review_is_yaml_that_order_takes_once_it_is_completed(database: Path, tmp_path: Path) -> None:
    printed = "\n".join(review(database, None, False)) + "\n"
    with pytest.raises(SeedsError, match=r"'as' is empty\. Fill in what you decided: join, paragraph, apart"):
        read_seeds(write_seeds(tmp_path, printed))
    for answer in ("paragraph", "join", "headline"):
        printed = re.sub("^( +as:)  #", rf"\1 {answer}  #", printed, count=1, flags=re.MULTILINE)
    seeds = read_seeds(write_seeds(tmp_path, printed))
    assert seeds.problems == ()
    (source,) = seeds.editions[0].pages
    assert source.stale == ()
    assert [(r.kind, r.line, r.other) for r in source.rulings] == [
        ("join", AT[1], AT[3]),
        ("headline", AT[2], AT[4]),
        ("paragraph", AT[3], AT[5]),
    ]
    assert unheeded(uncertain_page.page(), TEXT, source.rulings) == ()


def test_the_review_says_what_decides(database: Path) -> None:
    printed = "\n".join(review(database, None, False))
    places = re.findall(r"# (\w+), line (\d+)", printed)
    assert places == [("paragraph", "7"), ("join", "3"), ("headline", "5")]
    assert "confidence 0.600, margin 0.25" in printed
    assert "evidence: 词典里的“公园”跨在断口两边 · the dictionary word 公园 stands across the cut" in printed
    assert f"runner-up: 接到第9行:{LINES[4][:10]} · goes on at line 9: {LINES[4][:10]}" in printed
    assert "as:  # join, paragraph or apart; published: paragraph" in printed
    assert f"# or about line 9:\n      # {link_entry_of(3, 4)[0]}" in printed
    assert printed.count("or about line") == 2


def link_entry_of(left: int, right: int) -> list[str]:
    return link_entry("gongyuan.txt", printed_lines(TEXT), END[left], AT[right], None).split("\n")


@pytest.mark.parametrize(("limit", "everything", "places"), [(1, False, 1), (None, False, 3), (None, True, 4)])
def test_the_review_can_be_shorter_or_longer(database: Path, limit: int | None, everything: bool, places: int) -> None:
    printed = "\n".join(review(database, limit, everything))
    assert len(yaml.safe_load(printed)) == places


def test_with_nothing_uncertain_the_least_certain_are_comments(tmp_path: Path) -> None:
    database = uncertain_page.write_database(tmp_path, certain=True)
    printed = list(review(database, None, False))
    assert printed[0] == "# Nothing is uncertain. The least certain of what was read:"
    assert len(re.findall("confidence", "\n".join(printed))) == 3
    assert yaml.safe_load("\n".join(printed)) is None
    assert rows(database, UNCERTAIN) == []


@pytest.mark.parametrize(
    ("ruling", "applied"),
    [
        (Ruling("join", AT[1], AT[3], "r"), True),
        (Ruling("paragraph", AT[1], AT[3], "r"), False),
        (Ruling("apart", AT[1], AT[3], "r"), False),
        (Ruling("apart", AT[1], AT[4], "r"), True),
        (Ruling("paragraph", AT[3], AT[5], "r"), True),
        (Ruling("paragraph", AT[1], AT[5], "r"), False),
        (Ruling("paragraph", AT[5], AT[1], "r"), False),
        (Ruling("join", AT[0], AT[1], "r"), False),
        (Ruling("headline", AT[0], None, "r"), True),
        (Ruling("headline", AT[0], AT[5], "r"), True),
        (Ruling("headline", AT[0], AT[4], "r"), False),
        (Ruling("kicker", AT[0], None, "r"), False),
    ],
)
def test_a_ruling_is_published_with_whether_the_page_follows_it(tmp_path: Path, ruling: Ruling, applied: bool) -> None:
    assert unheeded(uncertain_page.page(), TEXT, [ruling]) == (() if applied else (ruling,))
    database = uncertain_page.write_database(tmp_path, rulings=(ruling,))
    (row,) = rows(database, "SELECT * FROM rulings")
    assert tuple(row) == (PAGE_ID, ruling.kind, ruling.line, ruling.other, None, "r", applied)


def test_a_list_of_lines_is_published_whole_and_in_order(tmp_path: Path) -> None:
    lines = ((AT[0], "headline"), (AT[4], "body"), (AT[1], "body"))
    database = uncertain_page.write_database(tmp_path, rulings=(Ruling("article", AT[0], AT[1], "r", lines),))
    of_lines = (
        "SELECT value ->> 'start', value ->> 'kind' FROM rulings, json_each(rulings.lines) ORDER BY json_each.key"
    )
    assert [tuple(row) for row in rows(database, of_lines)] == list(lines)


def test_a_line_with_the_text_of_another_is_numbered_and_a_part_of_a_line_has_no_entry() -> None:
    lines = printed_lines("同一行文字\n\n另一行文字\n\n同一行文字")
    assert "after_nth: 1\n" in link_entry("a.txt", lines, 5, 7, None)
    assert "\n  nth: 2\n" in (heading_entry("a.txt", lines, 14, 7, "headline") or "")
    assert "\n  article_nth: 1\n" in (heading_entry("a.txt", lines, 7, 0, "headline") or "")
    assert heading_entry("a.txt", lines, 7, 9, "byline") is None


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_a_quoted_text_is_read_as_it_was(text: str) -> None:
    entry = f"- line: {quoted(text)}\n  as:  # choose"
    assert yaml.safe_load(entry) == [{"line": text, "as": None}]


def test_a_stale_entry_is_printed_published_and_no_error(tmp_path: Path) -> None:
    order = "      - {file: gongyuan.txt, after: 运到各个学, before: '园,市民可以就', as: join, reason: r}\n"
    seeds = write_seeds(tmp_path / "seeds", order)
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    said = (
        "no longer applies: line 5 of editions.yml (as: join): after: no line ends with '运到各个学'; line 3 ends with"
    )
    assert said in result.stdout
    (row,) = rows(tmp_path / "build" / "edition.db", "SELECT * FROM warnings WHERE kind = 'entry_stale'")
    stale = in_both(warning_of(row))
    assert said in stale
    assert f"Note: gongyuan.txt: {stale}" in result.stdout
    assert rows(tmp_path / "build" / "edition.db", "SELECT * FROM rulings") == []
    printed = list(review(tmp_path / "build" / "edition.db", None, False))
    assert printed[0] == f"# gongyuan.txt: {stale}"


def test_a_ruling_that_the_page_does_not_follow_comes_first(tmp_path: Path) -> None:
    ruling = Ruling("join", AT[1], AT[4], "the sentence goes on")
    printed = list(review(uncertain_page.write_database(tmp_path, rulings=(ruling,)), None, False))
    assert printed[0].startswith("# gongyuan.txt: 第3行:未能照")
    assert "line 3: it could not be read as order: in editions.yml says (as: join, the sentence goes on)" in printed[0]


def test_the_page_follows_what_an_editor_decided(tmp_path: Path) -> None:
    entries = [
        {"after": "运到各个公", "before": "园,市民可以就", "as": "join"},
        {"after": "到场植树。", "before": "活动持续三天", "as": "paragraph"},
        {"after": "三天,结束后由各区养护。", "before": "夜间公交线路从", "as": "apart"},
        {"line": "夜间公交线路增", "article": "夜间公交线路从", "as": "headline"},
    ]
    stated = [json.dumps({"file": "gongyuan.txt", "reason": "r", **one}, ensure_ascii=False) for one in entries]
    seeds = write_seeds(tmp_path / "seeds", "".join(f"      - {one}\n" for one in stated))
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    database = tmp_path / "build" / "edition.db"
    assert [tuple(row) for row in rows(database, "SELECT kind, applied FROM rulings")] == [
        ("join", 1),
        ("headline", 1),
        ("paragraph", 1),
        ("apart", 1),
    ]
    printed = run_command("review", "--build", tmp_path / "build", "--all").stdout
    assert yaml.safe_load(printed)


def test_without_a_database_the_review_says_what_to_do(tmp_path: Path) -> None:
    result = run_command("review", "--build", tmp_path)
    assert result.returncode == 1
    assert "Run `make build`" in result.stderr


ODD = st.text(st.sampled_from("甲乙丙。,:{}[]&*!|>'\"%@`#-? \t\x07\x7f\ufffe\ue000:，“”"), min_size=1, max_size=14)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ODD, min_size=1, max_size=6), st.booleans())
def test_the_review_of_any_page_is_yaml(tmp_path: Path, texts: list[str], crosshead: bool) -> None:
    text = "\n\n".join(["# 一个标题", *(["**小标题**"] if crosshead else []), *texts, "正文在此结束。"])
    read = read_page(text)
    source = PageSource("odd-1", "a: b.txt", text, sha256(text.encode()).hexdigest(), None, None, None, None, (), ())
    with new_database(tmp_path) as new:
        new.writer.add_edition(Edition("odd", (source,)), [read], read_names(read.articles, None))
        new.writer.finish({"version": "test"})
        new.publish(tmp_path / "edition.db")
    printed = "\n".join(review(tmp_path / "edition.db", None, True))
    lines = printed_lines(text)
    for entry in yaml.safe_load(printed) or []:
        for key, side in (("line", BEGINNING), ("article", BEGINNING), ("after", ENDING), ("before", BEGINNING)):
            if key in entry:
                found = find(lines, entry[key], side)
                nth = entry.get("nth" if key == "line" else f"{key}_nth", 1 if len(found) == 1 else None)
                assert nth is not None
                assert nth <= len(found)


def test_the_review_of_an_article_that_begins_with_a_crosshead_is_yaml(tmp_path: Path) -> None:
    text = (
        "# 港口新航线开通\n\n### 首航\n\n昨天上午首班货轮从北港码头启航,全程缩短十二天。\n\n航线每周一班,运送水果。\n"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(text, "utf-8")
    assert run_build(tmp_path / "seeds", tmp_path / "build").returncode == 0
    assert yaml.safe_load("\n".join(review(tmp_path / "build" / "edition.db", None, True)))
