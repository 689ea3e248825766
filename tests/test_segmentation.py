"""The search index's view of a text: the same in Python and in SQL, and nothing of it lost."""

from __future__ import annotations

import sqlite3

import pytest
from banmian.store.segmentation import NEWLINE, SEPARATOR, SPACE, TOKENIZER, restore, segment, segment_sql
from hypothesis import given
from hypothesis import strategies as st


def in_sql(text: str | None) -> str | None:
    connection = sqlite3.connect(":memory:")
    (segmented,) = connection.execute(
        f"SELECT {segment_sql('source.text')} FROM (SELECT ? AS text) AS source", [text]
    ).fetchone()
    connection.close()
    return segmented


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("中国", ["中", "国"]),
        ("App上线", ["App", "上", "线"]),
        ("Ａ１级", ["A1", "级"]),
        ("“十四五”,好", ["“", "十", "四", "五", "”", ",", "好"]),
        ("甲\n乙", ["甲", NEWLINE, "乙"]),
        ("记者 王", ["记", "者", SPACE, "王"]),
        ("𠮷é😀", ["𠮷", "é", "😀"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token for token in segment(text).split(SEPARATOR) if token] == tokens


@pytest.mark.parametrize("text", ["甲" * length for length in (0, 1, 399, 400, 401, 800, 1201)])
def test_sql_gives_the_same_at_the_ends_of_its_blocks(text: str) -> None:
    assert in_sql(text) == segment(text)


def test_absent_text_stays_absent() -> None:
    assert in_sql(None) is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_sql_gives_the_same_for_any_text(text: str) -> None:
    assert in_sql(text) == segment(text)


@given(st.text(st.sampled_from("中文，。 \n“”aZ9é%"), max_size=40))
def test_a_segmented_text_can_be_restored(text: str) -> None:
    assert restore(segment(text)) == text


@given(
    st.text(st.sampled_from("甲乙丙,。 \n1a"), min_size=1, max_size=12),
    st.text(st.sampled_from("甲乙丙,。 \n"), min_size=1, max_size=3),
)
def test_a_phrase_is_found_where_it_stands_and_nowhere_else(text: str, phrase: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize="{TOKENIZER}")')
    connection.execute("INSERT INTO texts VALUES (?)", [segment(text)])
    (found,) = connection.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", [f'"{segment(phrase)}"']).fetchone()
    connection.close()
    assert bool(found) == (phrase in text)
