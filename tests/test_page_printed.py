"""The scripts that make pages of printed lines, learn from them how they go on, and say how well pages are read."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from banmian.page import lexicon
from click.testing import CliRunner
from gold_page import GOLD, seed_page, seed_text
from train import bounded, logistic, printed, score
from train import wrap as train_wrap
from trees import ARTICLES, written


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path)


def made(source: Path, out: Path, order: str = "articles", count: int = 4) -> Path:
    arguments = [str(source), str(out), "--pages", str(count), "--order", order]
    done = CliRunner().invoke(printed.main, arguments)
    assert done.exit_code == 0, done.output
    return out


@pytest.mark.parametrize("order", list(printed.ORDERS))
def test_every_line_of_a_page_stands_in_its_right_reading_and_every_character_of_its_articles_on_it(
    source: Path, tmp_path: Path, order: str
) -> None:
    folder = made(source, tmp_path / "pages", order)
    assert len(list(folder.glob("*.txt"))) == 4
    articles = {one["headline"]: one["paragraphs"] for one in ARTICLES}
    for path in folder.glob("*.txt"):
        text, gold = path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))
        spans = [
            span
            for article in gold["articles"]
            for kind, found in article.items()
            for span in (chain.from_iterable(found) if kind == "paragraphs" else found)
        ]
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
        lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        assert sorted(span["line"] for span in spans) == lines
        for article in gold["articles"]:
            own = articles[article["headline"][0]["text"]]
            for paragraph, found in zip(own, article["paragraphs"], strict=True):
                shown = "".join(span["text"] for span in found)
                assert Counter(one for one in paragraph if one.isalnum()) <= Counter(shown)


def test_lines_that_are_not_articles_are_named(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"headline": "好", "paragraphs": []}\n{"title": "好"}\n', "utf-8")
    done = CliRunner().invoke(printed.main, [str(path), str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "articles.jsonl:2:" in done.output


def test_weights_of_line_ends_are_learned_anew_and_all_others_stay(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = made(source, tmp_path / "pages", count=8), tmp_path / "weights.txt"
    before = dict(lexicon.weights())
    monkeypatch.setattr(lexicon, "weights", lambda own=dict(before): own)
    lexicon.weights_of.cache_clear()
    done = CliRunner().invoke(train_wrap.main, [str(folder), "--out", str(out)])
    lexicon.weights_of.cache_clear()
    assert done.exit_code == 0, done.output
    lines = [line for line in out.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    rows = {name: float(value) for name, value in (line.split("\t") for line in lines)}
    learned = {name for name in rows if name.split()[0] in ("wrap", "cut")}
    assert rows.keys() == before.keys()
    assert {name: rows[name] for name in rows.keys() - learned} == {
        name: before[name] for name in rows.keys() - learned
    }
    assert any(rows[name] != before[name] for name in learned)
    assert rows["wrap stop full"] < 0
    by_hand = ("wrap divided", "wrap item", "wrap latin")
    assert [rows[name] for name in by_hand] == [before[name] for name in by_hand]


def test_pages_without_printed_lines_teach_nothing_of_line_ends(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("# 标题\n\n正文一段。\n", "utf-8")
    (tmp_path / "page.json").write_text('{"articles": []}', "utf-8")
    done = CliRunner().invoke(train_wrap.main, [str(tmp_path), "--out", str(tmp_path / "weights.txt")])
    assert done.exit_code == 1
    assert "printed lines" in done.output
    assert not (tmp_path / "weights.txt").exists()


def test_what_else_is_known_is_not_learned_again() -> None:
    found = [({"sign": 1.0}, True)] * 900 + [({"sign": 1.0}, False)] * 100 + [({}, True), ({}, False)] * 500
    without = logistic.fitted(found)
    beside = logistic.fitted(found, [2.0 * features.get("sign", 0.0) for features, _ in found])
    assert without["sign"] == pytest.approx(2.197, abs=0.05)
    assert beside["sign"] == pytest.approx(0.197, abs=0.05)


def test_a_page_that_is_read_right_scores_one() -> None:
    gold = json.loads((GOLD / "page.json").read_text("utf-8"))
    found = score.found_reading(seed_text(), seed_page())
    assert set(score.figures(score.counted(score.right_reading(gold), found)).values()) == {1.0}


# Two articles: a headline in line 1, text in lines 2 to 4, of which 2 and 3 are a paragraph; another in lines 5 and 6.
KNOWN = ({"headline": [1]}, [[2, 3], [4]]), ({"headline": [5]}, [[6, 7]])


def reading(*articles: tuple[dict[str, list[int]], list[list[int]]]) -> score.Read:
    def spans(lines: list[int]) -> list[dict[str, int]]:
        return [{"line": line} for line in lines]

    marked = [
        {kind: spans(lines) for kind, lines in kinds.items()} | {"paragraphs": [spans(lines) for lines in paragraphs]}
        for kinds, paragraphs in articles
    ]
    return score.right_reading({"articles": marked})


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (KNOWN, {}),
        # A join is missed, and one is made that isn't there.
        (
            (({"headline": [1]}, [[2], [3, 4]]), KNOWN[1]),
            {
                "joins F1": 0.5,
                "joins precision": 0.5,
                "joins recall": 0.5,
                "articles exact": 0.5,
                "pages exact": 0.0,
            },
        ),
        # The paragraphs are in another order.
        (
            (({"headline": [1]}, [[4], [2, 3]]), KNOWN[1]),
            {"order of text perfect": 0.5, "articles exact": 0.5, "pages exact": 0.0},
        ),
        # A headline is taken for text.
        (
            (KNOWN[0], ({}, [[5], [6, 7]])),
            {"order of text perfect": 0.5, "articles exact": 0.5, "pages exact": 0.0, "kinds of lines": 6 / 7},
        ),
        # Both are taken for one article: 9 pairs are right of the 21 that are found.
        (
            (({"headline": [1, 5]}, [[2, 3], [4], [6, 7]]),),
            {
                "pairs of lines in one article, F1": 2 * 9 / (9 + 21),
                "order of text perfect": 0.0,
                "articles exact": 0.0,
                "pages exact": 0.0,
            },
        ),
    ],
)
def test_each_mistake_costs_what_it_is(found, expected) -> None:
    figures = score.figures(score.counted(reading(*KNOWN), reading(*found)))
    assert figures == pytest.approx(dict.fromkeys(figures, 1.0) | expected)


def test_lines_of_a_kind_are_counted_as_found_and_as_right() -> None:
    known = reading(({"headline": [1], "crosshead": [3]}, [[2], [4]]))
    found = reading(({"headline": [1], "crosshead": [2]}, [[3], [4]]))
    assert list(score.by_kind(score.counted(known, found))) == [
        "headline: 1, found 1, right 1",
        "crosshead: 1, found 1, right 0",
        "body: 2, found 2, right 1",
    ]


def test_the_score_of_a_folder_is_printed(source: Path, tmp_path: Path) -> None:
    folder = made(source, tmp_path / "pages", count=1)
    done = CliRunner().invoke(score.main, [str(folder)])
    assert done.exit_code == 0, done.output
    assert "1 pages" in done.output
    assert all(f"{name}: " in done.output for name in ("joins F1", "articles exact", "kinds of lines", "headline"))


def test_a_page_without_a_right_reading_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("正文。\n", "utf-8")
    done = CliRunner().invoke(score.main, [str(tmp_path)])
    assert done.exit_code == 1
    assert "page.txt has no right reading" in done.output


@pytest.mark.parametrize("kind", list(bounded.KINDS))
def test_long_pages_have_as_many_lines_as_asked(kind: str) -> None:
    text = bounded.long_page(ARTICLES, kind, 70)
    assert sum(bool(line.strip()) for line in text.splitlines()) == text.count("\n") == 70


def test_what_a_long_page_costs_is_printed(source: Path) -> None:
    done = CliRunner().invoke(bounded.main, [str(source), "--lines", "30", "--kind", "unstopped"])
    assert done.exit_code == 0, done.output
    assert "unstopped: 30 lines" in done.output
    assert "MB" in done.output
