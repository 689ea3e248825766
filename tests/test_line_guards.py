"""A line is known by the text that it begins or ends with: which one is meant, and what is said where none is."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.seeds.lines import BEGINNING, ENDING, Side, find, find_all, guard_of, line_at, printed_lines
from banmian.words.remarks import english
from hypothesis import given
from hypothesis import strategies as st
from order_entries import page, write

SAME = "同一行文字\n\n**本报讯** (记者 张平)今天开工,工期三月。\n\n同一行文字\n\n另一行：“文字”（完）\n"


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ("line: 同一行文字, nth: 1", 0),
        ("line: 同一行文字, nth: 2", SAME.rindex("同一行文字")),
        ("line: 今天开工", SAME.index("**本")),
        ("line: '(记者 张平)今天开工'", SAME.index("**本")),
        ("line: 本报讯 (记者, nth: 1", SAME.index("**本")),
        ("line: '另一行:\"文字\"(完)'", SAME.index("另")),
    ],
)
def test_marks_datelines_and_the_width_of_signs_do_not_count(tmp_path: Path, values: str, start: int) -> None:
    (tmp_path / "a.txt").write_text(SAME, "utf-8")
    write(tmp_path, f"{{file: a.txt, {values}, as: body, reason: r}}")
    source = page(tmp_path)
    assert source.stale == ()
    assert [ruling.line for ruling in source.rulings] == [start]


LEADS = "本报讯 首批树苗已经运到。\n\n首批树苗已经不够。\n\n首批树苗\n\n首批树苗已经发完。(完)\n\n树苗已经发完。\n"


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ("line: 首批树苗已经, nth: 1", 1),
        ("line: 首批树苗已经, nth: 2", 3),
        ("line: 首批树苗已经, nth: 3", 7),
        ("line: 首批树苗已经运", 1),
        ("line: 首批树苗", 5),
        ("line: 首批树苗, nth: 1", 1),
        ("line: 首批树苗, nth: 3", 5),
        ("after: 树苗已经发完。, after_nth: 1, before: 首批树苗", 7),
        ("after: 树苗已经发完。, after_nth: 2, before: 首批树苗", 9),
        ("after: 树苗已经发完。, before: 首批树苗", 9),
    ],
)
def test_the_number_of_a_line_counts_all_lines_with_its_text(tmp_path: Path, values: str, line: int) -> None:
    (tmp_path / "a.txt").write_text(LEADS, "utf-8")
    write(tmp_path, f"{{file: a.txt, {values}, as: {'apart' if 'after' in values else 'body'}, reason: r}}")
    source = page(tmp_path)
    assert source.stale == ()
    assert [LEADS.count("\n", 0, ruling.line) + 1 for ruling in source.rulings] == [line]


def test_a_text_that_stands_after_a_dateline_too_is_no_longer_one_line_s(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEADS, "utf-8")
    write(tmp_path, "{file: a.txt, line: 首批树苗已经, as: body, reason: r}")
    (message,) = page(tmp_path).stale
    assert "3 lines have it, 1, 3, 7" in english(message)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("line: 同一行文字", "2 lines have it, 1, 5. Give more of the line, or say which of them it is (nth: 2)"),
        ("line: 同一行文字, nth: 3", "only 2 lines have '同一行文字', there is no number 3 of them"),
        ("line: “今天开工”", "line 3 does without the quotation marks"),
    ],
)
def test_what_is_said_of_a_line_that_is_not_found(tmp_path: Path, values: str, words: str) -> None:
    (tmp_path / "a.txt").write_text(SAME, "utf-8")
    write(tmp_path, f"{{file: a.txt, {values}, as: body, reason: r}}")
    (message,) = page(tmp_path).stale
    assert words in english(message)


TEXTS = st.lists(st.text("甲乙丙#* \t", max_size=25), max_size=6).map("\r\n".join)


@pytest.mark.parametrize("side", [BEGINNING, ENDING], ids=["beginning", "end"])
@given(text=TEXTS)
def test_a_guard_finds_its_line_and_no_other(side: Side, text: str) -> None:
    lines = printed_lines(text)
    assert [line.printed for line in lines] == [line.strip() for line in text.split("\r\n") if line.strip()]
    for line in lines:
        assert text[line.start : line.end] == line.printed
        assert line_at(lines, line.start) == line_at(lines, line.end) == line
        guard = guard_of(lines, line, side)
        if guard.nth is None:
            assert find(lines, guard.text, side) == [line]
        else:
            assert find_all(lines, guard.text, side)[guard.nth - 1] == line
        if guard.nth is not None and not any(mark in text for mark in "#*"):
            assert len([other for other in lines if other.bare == line.bare]) > 1
