"""Search syntax: what escape_fts and escape_fts_words make of what a visitor typed, through real FTS5."""

import random
import sqlite3

import pytest
from banmian.site.search import (
    NOTHING,
    escape_fts,
    escape_fts_forms,
    escape_fts_other_forms,
    escape_fts_other_words,
    escape_fts_width,
    escape_fts_words,
)
from banmian.store.segmentation import TOKENIZER, segment
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = {
    1: "省长李明来到南湖“创新”社区App 1500元",
    2: "hello World or 不在 张 伟",
    3: "a*b “引语” -5 3.14",
    4: "南京市\n长江大桥",
    5: "Ａ１座\u3000二层😀",
    6: "协调会(扩大)举行,谁？记者：王",
}


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE texts USING fts5 (body, tokenize="{TOKENIZER}")')
    connection.executemany("INSERT INTO texts (rowid, body) VALUES (?, ?)", [(n, segment(t)) for n, t in TEXTS.items()])
    return connection


def found(index, expression):
    rows = index.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (expression,))
    return [rowid for (rowid,) in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("李明", [1]),
        ("明来到南", [1]),
        ("李来", []),
        ("“创新”", [1]),
        ("创新社区", []),
        ("张 伟", [2]),
        ("张伟", []),
        ('"张 伟"', [2]),
        ('"伟 张"', []),
        ("伟　张", [2]),
        ("李明 南湖", [1]),
        ("李明 不在", []),
        ("不在 -hello", []),
        ("南 -省长", [4]),
        ('南 -"省 长" -市', [1]),
        ("李明 OR 张", [1, 2]),
        ("李明 南湖 OR 张 不在", [1, 2]),
        ("李明 or 张", []),
        ("OR", [2]),
        ("OR 张", [2]),
        ("World OR", [2]),
        ("hello world", [2]),
        ("hell", []),
        ("hell*", [2]),
        ("社区Ap*", [1]),
        ("南*", [1, 4]),
        ('"hell*"', []),
        ("a*b", [3]),
        ("1500", [1]),
        ("150", []),
        ("3.14", [3]),
        ("3 14", [3]),
        ('"-5"', [3]),
        ("-", [3]),
        ("A1座", [5]),
        ("ａ１", [5]),
        ('"座 二层"', [5]),
        ("😀", [5]),
        ("市长", []),
        ('"市\n长"', [4]),
        ("市\n长", [4]),
        ('张"伟', [2]),
        ("NEAR(李 明)", []),
        ("body:李明", []),
        ("^省", []),
    ],
)
def test_exact(index, query, expected):
    assert found(index, escape_fts(query)) == expected


@pytest.mark.parametrize("query", [None, "", " ", '"', '""', '"" ""', "-李明", '-"李 明" -张', "\u200b", "\x01"])
def test_nothing_searchable_finds_nothing(index, query):
    assert found(index, escape_fts(query)) == []


def test_nothing_is_one_expression():
    assert escape_fts("") == escape_fts_words("-甲") == NOTHING


@pytest.mark.parametrize("query", ["李\0明", "李\ud800明", "\udfff"])
def test_what_no_text_can_hold_is_not_found(index, query):
    assert found(index, escape_fts(query)) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("李明", [1]),
        ("省长创新", [1]),
        ("南京市长江大桥", [4]),
        ("省长创新 OR 不在", [1, 2]),
        ("社区 -省长创新", [1]),
        ('"省长创新"', []),
        ("省长，创新", [1]),
        ("省长长江", []),
        ("省长!", [1]),
        ("省长，", [1]),
        ("扩大、会", [6]),
        ("", []),
    ],
)
def test_words(index, query, expected):
    assert found(index, escape_fts_words(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("（扩大）", [6]),
        ("(扩大)", [6]),
        ("举行，谁?", []),
        ('"记者:王"', [6]),
        ("谁?记者", [6]),
        ("协调会 -（扩大）", []),
        ("＂引语＂", []),
        ("（扩大） OR 不在", [2, 6]),
    ],
)
def test_full_and_half_width_punctuation_find_each_other(index, query, expected):
    assert found(index, escape_fts_width(query)) == expected
    assert set(expected) <= set(found(index, escape_fts_words(query)))


@pytest.mark.parametrize("query", ["（扩大）", "谁?记者"])
def test_exact_means_as_typed(index, query):
    assert found(index, escape_fts(query)) == []


@given(st.text(max_size=30))
@settings(max_examples=examples(200))
def test_words_find_at_least_what_is_exact(index, query):
    exact, width, words = (set(found(index, f(query))) for f in (escape_fts, escape_fts_width, escape_fts_words))
    assert exact <= width <= words or "-" in query


def _random_queries(count):
    generator = random.Random(20)
    pieces = [
        *'""" --**()^:+{}\\\'`,.李明南湖省\u3000\n\t\0\ud800\udfff😀é\u0301\u200b\ufeffＡ１%_abNEAR',
        " OR ",
        " AND ",
        " NOT ",
    ]
    for n in range(count):
        if n % 4:
            yield "".join(generator.choices(pieces, k=generator.randrange(25)))
        else:
            yield "".join(map(chr, (generator.randrange(0x110000) for _ in range(generator.randrange(12)))))


def test_random_strings_lead_to_no_error(index):
    for query in _random_queries(examples(5_000)):
        for function in (escape_fts, escape_fts_width, escape_fts_words):
            found(index, function(query))


@pytest.mark.parametrize(
    "query", ["李 " * 20_000, "-李 " * 20_000, "李 OR " * 20_000, "李" * 60_000, '"' * 60_000, "(" * 60_000]
)
def test_long_queries_lead_to_no_error(index, query):
    found(index, escape_fts(query))
    found(index, escape_fts_words(query))


def ranked(index, expression):
    return dict(index.execute("SELECT rowid, bm25(texts) FROM texts WHERE texts MATCH ?", (expression,)))


@pytest.mark.parametrize(
    "query",
    [
        *("创新社区", "協調會", "协调会(扩大)", "长江南京", "南京市长江", "张伟", "伟张 -App", "省长 社区"),
        *("社区南湖 OR 张伟", '"创新社区"', "社区Ap*", "-南京", "京", "", "协调会(扩大)举行 -人"),
    ],
)
@pytest.mark.parametrize("names", [None, '[["张伟", "李明"], ["创新社区", "大桥"]]'])
def test_what_is_looked_for_behind_what_was_typed_is_found_and_ranked_as_with_it(index, query, names):
    typed = set(found(index, escape_fts(query)))
    for whole, others in ((escape_fts_forms, escape_fts_other_forms), (escape_fts_words, escape_fts_other_words)):
        expected, rest = ranked(index, whole(query, names)), ranked(index, others(query, names))
        assert {n: score for n, score in expected.items() if n not in typed} == {
            n: score for n, score in rest.items() if n not in typed
        }
