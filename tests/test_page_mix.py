"""The mix of made pages from which headings and certainty are learned: recorded, the same each time, right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from banmian.page import lexicon
from click.testing import CliRunner
from train import agency, columns, headings, mix
from trees import ARTICLES, written


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path)


def spans_of(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for article in gold["articles"]:
        for kind, found in article.items():
            yield from chain.from_iterable(found) if kind == "paragraphs" else found
    yield from gold["loose"]


def test_the_mix_is_the_same_each_time_and_another_for_certainty(source: Path) -> None:
    once, again, other = (list(mix.parts(source, source, use)) for use in ("headings", "headings", "certainty"))
    assert once == again
    assert [part.name for part in once] == [part.name for part in other]
    assert all(part.pages != theirs.pages for part, theirs in zip(once, other, strict=True))
    assert {part.worn for part in once} == {True, False}


def test_every_line_of_the_mix_stands_in_the_right_reading_of_its_page(source: Path) -> None:
    for part in mix.parts(source, source, "headings"):
        for text, gold in part.pages[:3]:
            spans = list(spans_of(gold))
            assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
            assert {span["line"] for span in spans} == {
                number for number, line in enumerate(text.split("\n"), 1) if line.strip()
            }


@pytest.mark.parametrize("order", columns.ORDERS)
def test_columns_hold_all_text_of_their_articles(order: str) -> None:
    articles = [{**article, "crossheads": dict(article["crossheads"])} for article in ARTICLES]
    for _, gold in columns.pages(articles, 5, 1, order, marks="# "):
        for article in gold["articles"]:
            own = next(one for one in ARTICLES if one["headline"] == article["headline"][0]["text"])
            found = ["".join(span["text"] for span in spans) for spans in article["paragraphs"]]
            assert [len(text) for text in found] == [len(text) for text in own["paragraphs"]]
            assert [span["text"] for span in article["crosshead"]] == [words for _, words in own["crossheads"]]


def test_worn_pages_lost_stops() -> None:
    articles = [{**article, "crossheads": {}} for article in ARTICLES]
    clean, worn = (
        "".join(text for text, _ in columns.pages(articles, 30, 1, "articles", worn=worn)) for worn in (False, True)
    )
    assert 0.7 < worn.count("。\n") / clean.count("。\n") < 0.95


def test_only_what_stands_around_headings_is_learned_of_the_mix(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [
        {**part, "pages": 2} for part in mix._recorded()["parts"] if part["name"] in ("columns", "an engine's Markdown")
    ]
    monkeypatch.setattr(mix, "_recorded", lambda: {"seeds": {"headings": 0}, "parts": few})
    out = tmp_path / "weights.txt"
    done = CliRunner().invoke(headings.main, [str(source), str(source), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "headline: headline" in done.output
    rows = dict(line.split("\t") for line in out.read_text("utf-8").splitlines() if not line.startswith("#"))
    learned = ("crosshead around ", "marked crosshead ", "headline around ")
    others = {name for name in lexicon.weights() if not name.startswith(learned)}
    assert {name for name in rows if not name.startswith(learned)} == others
    assert all(float(rows[name]) == lexicon.weights()[name] for name in others)


XML = """<doc><title>城北的苗圃开门了</title><body>
\t中新网海州1月2日电 (记者 王芳)城北的三家苗圃今天一早向市民开放,送出了一万株树苗。
\t市民排起长队,不少人带着孩子来,领到树苗就种在河边。
{}
\t苗圃说,明年还要再来一次,树苗会比今年多一倍。(完)【编辑:李丽】
\t园林局的人也来了,教大家怎样培土,怎样浇水,怎样修枝。
{}
\t活动到下个月中旬结束,各社区的服务站都可以报名。
</body></doc>"""


def test_crossheads_of_an_agency_are_told_from_paragraphs() -> None:
    article = agency.article_of(XML.format("\t明年树苗更多", "\t服务站里报名"))
    assert article is not None
    assert article["headline"] == "城北的苗圃开门了"
    assert article["crossheads"] == [(2, "明年树苗更多"), (4, "服务站里报名")]
    assert article["paragraphs"][0].startswith("城北的三家苗圃")
    assert article["paragraphs"][2].endswith("多一倍。")


@pytest.mark.parametrize("other", ["\t苗圃外的长队。 王芳 摄", "\t作者:王芳", "\t明年树苗更多,", "\t一二三"])
def test_an_article_with_a_line_that_may_be_something_else_is_left_out(other: str) -> None:
    assert agency.article_of(XML.format("\t明年树苗更多", other)) is None
