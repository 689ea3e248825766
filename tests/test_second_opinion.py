"""A second opinion on names: it fills what the rules leave open, and is off unless somebody chooses it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
import second_opinion_stand_in as stand_in
from banmian.names import Backend, OpinionError, read_names
from banmian.pipeline import opinions
from banmian.records import Article, Field, Names, Paragraph, Piece
from conftest import run_build, run_command
from hypothesis import given
from hypothesis import strategies as st

TEXT = "市长李建国昨天来到西湖,听微光未来的呼噜噜介绍情况。"
CHOSEN = "second_opinion_stand_in:find"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}


def names(text: str, backend: Backend | None) -> Names:
    body = Field(text, (Piece(0, len(text), 0, len(text)),))
    return read_names([Article({"body": body}, (Paragraph(1, "paragraph", 0, len(text)),))], "杭州市", backend)


def test_it_fills_what_the_rules_leave_open() -> None:
    added = [m for m in names(TEXT, stand_in.find).mentions if m.rule == "second_opinion"]
    assert [(m.kind, m.surface, m.role) for m in added] == [
        ("organization", "微光未来", None),
        ("person", "呼噜噜", None),
    ]


def test_what_the_rules_found_stays_as_it_was() -> None:
    by_rule = names(TEXT, None)
    both = names(TEXT, stand_in.find)
    assert [m for m in both.mentions if m.rule != "second_opinion"] == list(by_rule.mentions)
    assert [(p.person, p.title) for p in both.positions] == [(p.person, p.title) for p in by_rule.positions]


@pytest.mark.parametrize("added", [(5, 12, "person"), (11, 13, "person"), (13, 17, "person")])
def test_a_person_it_adds_does_not_change_the_part_of_one_beside(added: tuple[int, int, str]) -> None:
    found = names(TEXT, lambda _: [added])
    assert [(m.surface, m.part) for m in found.mentions if m.rule == "after_office"] == [("李建国", "subject")]
    assert sum(m.rule == "second_opinion" for m in found.mentions) == 1
    assert found.statements == names(TEXT, None).statements


SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 8), st.sampled_from(("person", "organization", "place")))
)


@given(SPANS)
def test_whatever_it_says_nothing_overlaps(spans: list[tuple[int, int, str]]) -> None:
    said = [(start, min(start + length, len(TEXT)), kind) for start, length, kind in spans]
    by_rule, found = names(TEXT, None).mentions, names(TEXT, lambda _: said).mentions
    assert set(by_rule) == {m for m in found if m.rule != "second_opinion"}
    assert all(TEXT[m.start : m.end] == m.surface for m in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert found == names(TEXT, lambda _: said[::-1]).mentions


def test_offsets_outside_the_text_are_named() -> None:
    with pytest.raises(OpinionError, match=rf"text\[0:{len(TEXT) + 1}\] in a text of {len(TEXT)} characters"):
        names(TEXT, stand_in.outside)


@pytest.mark.parametrize("chosen", ["no_such_module:find", "second_opinion_stand_in:nothing", "x", ":", "os:", ""])
def test_a_choice_that_is_none_is_named(chosen: str) -> None:
    with pytest.raises(OpinionError, match="module:function"):
        opinions.load(chosen)
    with pytest.raises(OpinionError, match="no function"):
        opinions.load("second_opinion_stand_in:no_function")


def test_the_tool_takes_it_as_an_option(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n", "utf-8")
    rules = []
    for options in ([], ["--second-opinion", CHOSEN]):
        answer = run_command("names", file, *options)
        rules.append([mention["rule"] for mention in json.loads(answer.stdout)["mentions"]])
    assert "second_opinion" not in rules[0]
    assert rules[1].count("second_opinion") == 2


def test_a_build_is_made_anew_when_the_opinion_changes(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(f"# 调研活动举行\n\n{TEXT}\n", "utf-8")
    files = []
    for chosen, again in (
        (None, "Built"),
        (None, "up to date"),
        (CHOSEN, "Built"),
        (CHOSEN, "up to date"),
        (None, "Built"),
    ):
        if len(files) == 4:
            # Names that the opinion added would be gone now, and stay on record.
            shutil.copy(tmp_path / "keys.jsonl", tmp_path / "seeds")
        result = run_build(tmp_path / "seeds", tmp_path / "build", {opinions.VARIABLE: chosen})
        assert result.returncode == 0, result.stderr
        assert again in result.stdout
        if not files:
            shutil.copy(tmp_path / "seeds" / "keys.jsonl", tmp_path)
        files.append((tmp_path / "build" / "edition.db").read_bytes())
    assert files[0] == files[1] == files[4] != files[2] == files[3]
    run_build(tmp_path / "seeds", tmp_path / "build", {opinions.VARIABLE: CHOSEN})
    connection = sqlite3.connect(tmp_path / "build" / "edition.db")
    (said,) = connection.execute("SELECT value FROM build_info WHERE name = 'second opinion'").fetchone()
    assert said == CHOSEN
    assert connection.execute("SELECT count(*) FROM mentions WHERE rule = 'second_opinion'").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize("chosen", ["no_such_module:find", "second_opinion_stand_in:outside"])
def test_a_build_with_a_broken_opinion_publishes_nothing(tmp_path: Path, chosen: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(f"# 调研活动举行\n\n{TEXT}\n", "utf-8")
    result = run_build(tmp_path / "seeds", tmp_path / "build", {opinions.VARIABLE: chosen})
    assert result.returncode == 1
    assert "second opinion" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "build" / "edition.db").exists()
