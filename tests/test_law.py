"""An editor's word is law: every set of statements that don't contradict each other is followed."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from banmian.page import read_page
from banmian.page.article import Reader, Reading
from banmian.page.stretches import Split
from banmian.records import Page, Ruling
from banmian.seeds import read_seeds
from banmian.seeds.editions import Seeds
from banmian.seeds.problems import SeedsError
from banmian.words.span_kinds import STATED
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import Entry, InventedPage, as_printed_lines, false_statement, link, named, page, true_statements
from train.variants import shapes


def stated(folder: Path, text: str, entries: Sequence[Entry]) -> Seeds:
    """The seeds of a folder with one page and these entries about it."""
    (folder / "a.txt").write_text(text, "utf-8")
    order = [{"file": "a.txt", "reason": "r", **entry} for entry in entries]
    edition = {"id": "one", "pages": [{"file": "a.txt"}], "order": order}
    (folder / "editions.yml").write_text(yaml.safe_dump({"editions": [edition]}, allow_unicode=True), "utf-8")
    return read_seeds(folder)


def read(seeds: Seeds) -> Page:
    assert seeds.problems == ()
    (source,) = seeds.editions[0].pages
    assert source.stale == ()
    return read_page(source.text, source.corrections, source.rulings)


def followed(invented: InventedPage, folder: Path, entries: Sequence[Entry]) -> Page:
    """The page with these entries, every one of which it follows."""
    found = read(stated(folder, invented.text, entries))
    assert found.unheeded == ()
    assert "".join(span.text for span in found.spans) == invented.text
    return found


def exact(invented: InventedPage, found: Page) -> bool:
    read_as = shapes(found)
    return all(shape in read_as for shape in invented.shapes)


@pytest.mark.parametrize("seed", range(3))
def test_a_page_of_which_all_is_stated_is_exact(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    invented = page(seed, 2 + seed, shuffled=seed % 2 > 0)
    entries = true_statements(invented, dice)
    dice.shuffle(entries)
    assert exact(invented, followed(invented, tmp_path, entries))


@settings(max_examples=examples(4), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.integers(2, 4), st.floats(0.1, 0.9), st.booleans())
def test_any_true_statements_are_followed(tmp_path: Path, seed: int, count: int, share: float, shuffled: bool) -> None:
    dice = random.Random(seed)
    invented = page(seed, count, shuffled)
    entries = [entry for entry in true_statements(invented, dice) if dice.random() < share]
    dice.shuffle(entries)
    followed(invented, tmp_path, entries)


def names_the_false_one(folder: Path, seed: int, count: int) -> bool:
    """Whether a false statement among all true ones about a page is said to contradict some of them."""
    dice = random.Random(seed)
    invented = page(seed, count)
    entries = true_statements(invented, dice)
    at = dice.randint(0, len(entries))
    entries.insert(at, false_statement(invented, dice))
    problems = stated(folder, invented.text, entries).problems
    ((_, editions),) = yaml.compose((folder / "editions.yml").read_text("utf-8")).value  # type: ignore[union-attr]
    order = next(value for key, value in editions.value[0].value if key.value == "order")
    number = order.value[at].start_mark.line + 1
    others = [problem for problem in problems if re.search(r"lines? \d", problem.reason)]
    return any(number in (other.line, *map(int, re.findall(r"\d+", other.reason))) for other in others)


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_a_false_statement_among_all_true_ones_is_named(tmp_path: Path, seed: int, count: int) -> None:
    assert names_the_false_one(tmp_path, seed, count)


# Pages on which one word of the editor was not followed, each with what brought it about.
HARD = {
    "a caption of an article whose list has nothing but its kicker": (
        "六百位市民出力\n## 体育场明年开放\n昨天上午,体育场的居民代表说明了屋顶花园。\n",
        [
            {"line": "体育场明年", "as": "caption", "article": "六百位市民"},
            {"lines": [{"line": "六百位市民"}], "as": "article"},
        ],
    ),
    "a line that may stand over an article, above one with which another begins": (
        "今后还将在社区设立花园,\n出意见。\n放时间,市民可以在园内散\n市花园从本周末起延长开\n",
        [
            {"line": "今后还将", "as": "begins", "article": "放时间"},
            {"line": "市花园从", "as": "begins"},
        ],
    ),
    "a byline with which an article begins, below a line that is no text": (
        "上接第1版\n本报记者 王强\n**花园明年开**\n",
        [{"line": "本报记者", "as": "begins"}, {"line": "花园明年", "as": "byline", "article": "上接第1版"}],
    ),
    "text that would come back by itself to where it began, in two steps": (
        "花园可以散步,也可以跑步,老人\n\n凭证免费入园。\n\n座,开园的时间分别是早上六\n\n点和晚上十点。\n\n"
        "今后还将在社区设立花园,方便大\n\n家散步休息,欢迎提出意见。\n\n小区居民李阿姨说,以前去花园要\n\n"
        "换乘两趟车,现在一趟就到了。\n\n**本报讯** 从城东客运站到\n\n人民公园的一条新公交线路今天开\n\n"
        "通,沿途设站八\n\n# 标题一行字\n\n# 另一个标题\n",
        [
            {"after": "家散步休息,欢迎提出意见。", "before": "花园可以", "as": "paragraph"},
            {"after": "老人", "before": "今后还将", "as": "paragraph"},
        ],
    ),
    "a line that the list of its article lacks, before one that goes on elsewhere": (
        "方便大家散步休息,欢迎提\n小区居民李阿姨说,以前去\n花园要换乘两趟车,现在一\n趟就到了。\n放时间,市民可以在园内散\n"
        "# 标题一行字\n",
        [
            {"after": "现在一", "before": "放时间", "as": "paragraph"},
            {"lines": [{"line": "标题一行字", "as": "body"}, "方便大家", "趟就到了"], "as": "article"},
            {"line": "标题一行字", "as": "body", "article": "小区居民"},
        ],
    ),
    "two rows of one table, of two articles": (
        "# 花园开放\n\n本报讯 市花园今天开放,市民可以入园。\n\n| 花园 | 3 |\n| 公交 | 8 |\n\n# 公交改线\n\n"
        "本报讯 八路公交今天改线,沿途设站八座。\n",
        [
            {"line": "| 花园", "as": "table", "article": "市花园今天"},
            {"line": "| 公交", "as": "table", "article": "八路公交"},
        ],
    ),
    "printed lines that go on in each other, of two articles": (
        "# 花园开放\n  本报讯 市花园今天开放,市民可\n以入园散步。\n# 公交改线\n"
        "  本报讯 八路公交今天改线,沿途\n设站八座。\n  昨天上午,花园里来了一百多名志\n"
        "愿者,他们整理了长椅和步道,还给\n游客指路。下午,公交站旁也有人在\n"
        "介绍新的线路,不少乘客停下来询问\n首末班车的时间。\n",
        [
            {"line": "市花园今天", "as": "begins"},
            {"line": "八路公交", "as": "begins"},
            {"line": "市花园今天", "as": "body"},
            {"line": "八路公交", "as": "body"},
            {"line": "愿者,他们", "as": "body", "article": "市花园今天"},
            {"line": "游客指路", "as": "body", "article": "八路公交"},
        ],
    ),
    "two lines of one article that don't follow each other, with nothing else to part them": (
        "# 花园开放\n\n本报讯 市花园今天开放,市民可以入园。\n\n园内设长椅,共五十处。\n\n# 公交改线\n\n"
        "本报讯 八路公交今天改线。\n\n首末班车的时间不变。\n",
        [
            {"line": "市花园今天", "as": "begins"},
            {"line": "园内设长椅", "as": "body", "article": "市花园今天"},
            {"after": "市民可以入园。", "before": "园内设长椅", "as": "apart"},
        ],
    ),
    "a line that only its mark and what follows it make a crosshead": (
        "# 花园开放\n\n本报讯 市花园今天开放,市民可以入园。\n\n# 园内有什么\n\n园内设长椅,共五十处。\n\n# 公交改线\n\n"
        "本报讯 八路公交今天改线。\n\n首末班车的时间不变。\n",
        [
            {"after": "市民可以入园。", "before": "园内设长椅", "as": "paragraph"},
            {"after": "园内有什么", "before": "园内设长椅", "as": "paragraph"},
        ],
    ),
    "a line that is said to be of its own article": (
        "# 花园开放\n\n市花园今天开放,市民可以入园。\n\n园内设长椅。\n",
        [
            {"line": "市花园今天", "as": "begins", "article": "市花园今天"},
            {"line": "园内设长椅", "as": "body", "article": "园内设长椅"},
        ],
    ),
}


@pytest.mark.parametrize(("text", "entries"), HARD.values(), ids=HARD.keys())
def test_what_is_stated_of_a_line_holds_beside_what_is_settled_of_others(
    tmp_path: Path, text: str, entries: Sequence[Entry]
) -> None:
    found = read(stated(tmp_path, text, entries))
    assert found.unheeded == ()
    assert "".join(span.text for span in found.spans) == text


def dealt(monkeypatch: pytest.MonkeyPatch, share: float, seed: int) -> None:
    """Let the search find nothing but a random division: each line begins an article as likely as `share` says."""
    search, dice = importlib.import_module("banmian.page.solve"), random.Random(seed)

    def split(reader: Reader, score: object, budget: object) -> Split:
        begins = [0, *(line for line in range(1, len(reader.kinds)) if dice.random() < share), len(reader.kinds)]
        return Split(tuple(told(reader, range(*ends)) for ends in pairwise(begins)), (), None)

    def told(reader: Reader, lines: range) -> Reading:
        kinds = [(line, dice.choice(sorted(reader.kinds[line]))) for line in lines]
        return reader.as_told(kinds, tuple(line for line, kind in kinds if kind == "body"))

    monkeypatch.setattr(search, "split", split)
    for name in ("improved", "exchanged"):
        monkeypatch.setattr(search, name, lambda reader, readings, *_: list(readings))


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(("text", "entries"), HARD.values(), ids=HARD.keys())
def test_what_is_stated_holds_whatever_the_search_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, entries: Sequence[Entry], share: float
) -> None:
    dealt(monkeypatch, share, 1)
    assert read(stated(tmp_path, text, entries)).unheeded == ()


def test_text_that_the_list_of_an_article_lacks_leaves_with_the_headings_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "# 花园开放\n\n本报讯 市花园今天开放,市民可以入园。\n\n# 首末班车不变\n\n# 公交改线\n\n"
        "本报讯 八路公交今天改线。\n\n沿途设站八座。\n"
    )
    listed = [{"line": "花园开放", "as": "headline"}, "市花园今天"]
    dealt(monkeypatch, 0.0, 1)
    found = read(stated(tmp_path, text, [{"lines": listed, "as": "article"}]))
    assert found.unheeded == ()
    homes = [{span.article for span in found.spans if words in span.text} for words in ("花园", "八路", "沿途")]
    assert [len(home) for home in homes] == [1, 1, 1]
    assert homes[1] == homes[2] != homes[0]
    assert {span.article for span in found.spans if "公交改线" in span.text or "首末" in span.text} == homes[1]


@pytest.mark.parametrize("seed", range(12))
def test_any_true_statements_are_followed_whatever_the_search_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)
    invented = page(seed, 2 + seed % 3, shuffled=seed % 2 > 0)
    entries = [entry for entry in true_statements(invented, dice) if dice.random() < 0.1 + seed / 20]
    dealt(monkeypatch, seed / 12, seed)
    followed(invented, tmp_path, dice.sample(entries, len(entries)))


KINDS = list(STATED)
MARKS_ALONE = "![](a.jpg)", "<!-- image -->", "***", "---", "$$", "<br>", "##"


@pytest.mark.parametrize("line", MARKS_ALONE)
def test_a_line_of_marks_alone_is_what_is_stated(line: str) -> None:
    before, after = "# 花园开放\n\n本报讯 市花园今天开放。\n\n", "园内设长椅,共五十处。"
    text, at = f"{before}{line}\n\n{after}\n", len(before)
    ruled = [Ruling(kind, at, None, "r") for kind in (*KINDS, "begins")]
    ruled += [Ruling(kind, at, text.index(after), "r") for kind in ("join", "paragraph")]
    assert [one.kind for one in ruled if read_page(text, (), [one]).unheeded] == []


@st.composite
def any_statements(draw: st.DrawFn) -> tuple[InventedPage, list[Entry]]:
    """A page and statements that say anything of any of its lines."""
    invented = page(draw(st.integers(0, 40)), draw(st.integers(1, 3)))
    if draw(st.booleans()):
        invented = replace(invented, text=as_printed_lines(invented.text, draw(st.integers(11, 18))))
    lines = invented.lines
    at = st.integers(0, min(len(lines), draw(st.sampled_from([4, 8, 30]))) - 1).map(lines.__getitem__)

    def line(key: str) -> st.SearchStrategy[Entry]:
        return at.map(lambda one: named(lines, one, key))

    kinds, links = st.sampled_from([*KINDS, "begins"]), st.sampled_from(["join", "paragraph", "apart"])
    kind = st.tuples(line("line"), kinds).map(lambda v: {**v[0], "as": v[1]})
    tied = st.tuples(line("line"), kinds, line("article")).map(lambda v: {**v[0], "as": v[1], **v[2]})
    linked = st.tuples(at, at, links).map(lambda v: link(lines, *v))
    item = st.one_of(line("line"), st.tuples(line("line"), st.sampled_from(KINDS)).map(lambda v: {**v[0], "as": v[1]}))
    listed = st.lists(item, min_size=1, max_size=4).map(lambda items: {"lines": items, "as": "article"})
    return invented, draw(st.lists(st.one_of(kind, tied, linked, linked, listed), max_size=8))


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_statements())
def test_any_statements_are_followed_or_contradict_each_other(
    tmp_path: Path, made: tuple[InventedPage, list[Entry]]
) -> None:
    invented, entries = made
    try:
        seeds = stated(tmp_path, invented.text, entries)
    except SeedsError:
        return
    if not seeds.problems:
        found = read(seeds)
        # Of two lines of one article neither of which follows the other a third must be text; some pages have none.
        assert [ruling for ruling in found.unheeded if ruling.kind != "apart"] == []
        assert "".join(span.text for span in found.spans) == invented.text
