"""`order` in editions.yml: what an editor decided about lines, guarded by their text."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.records import Ruling
from banmian.seeds import SeedsError, read_seeds
from banmian.words.remarks import english
from banmian.words.span_kinds import STATED
from order_entries import page, write

LINES = (
    "# 全市植树活动今日启动",
    "全市植树活动今天上午启动,首批树苗已经运到各个公",
    "**今年春天种什么**",
    "园,市民可以就近参加。",
    "活动由市林业局主办,持续三天。",
    "园,市民可以自带工具。",
)
PAGE = "\ufeff" + "\n\n".join(LINES) + "\n"
AT = {line: PAGE.index(line) for line in LINES}
HEADLINE, FIRST, CROSSHEAD, SECOND, THIRD, OTHER = AT.values()
JOIN = "{file: a.txt, after: 运到各个公, before: '园,市民可以就', as: join, reason: r}"


LIST = (
    "{file: a.txt, lines: [{line: 全市植树活动今日, as: headline}, 全市植树活动今天, {line: 今年春天, as: crosshead}, "
    "活动由市, '园,市民可以就'], as: article, reason: r}"
)


def entry(**values: str) -> str:
    return "{file: a.txt, " + ", ".join(f'{key}: "{value}"' for key, value in values.items()) + ", reason: r}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("values", "ruling"),
    [
        ({"after": "运到各个公", "before": "园,市民可以就", "as": "join"}, ("join", FIRST, SECOND)),
        ({"after": "个公", "before": "活动由市", "as": "paragraph"}, ("paragraph", FIRST, THIRD)),
        ({"after": "三天。", "before": LINES[5], "as": "apart"}, ("apart", THIRD, OTHER)),
        ({"line": "今年春天", "as": "crosshead"}, ("crosshead", CROSSHEAD, None)),
        ({"line": "**今年春天种什么**", "as": "rubric"}, ("rubric", CROSSHEAD, None)),
        ({"line": "全市植树活动今日", "as": "kicker", "article": "活动由"}, ("kicker", HEADLINE, THIRD)),
        ({"after": "今年春天种什么", "before": "园,市民可以自", "as": "apart"}, ("apart", CROSSHEAD, OTHER)),
    ],
)
def test_an_entry_becomes_a_ruling_on_the_lines_that_it_names(
    folder: Path, values: dict[str, str], ruling: tuple[str, int, int | None]
) -> None:
    write(folder, entry(**values))
    source = page(folder)
    assert source.rulings == (Ruling(*ruling, "r"),)
    assert source.stale == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"after": "运到各个公园", "before": "园,市民可以就", "as": "join"},
            "after: no line ends with '运到各个公园'; line 3 ends with '经运到各个公'",
        ),
        (
            {"after": "首批树苗", "before": "园,市民可以就", "as": "join"},
            "after: no line ends with '首批树苗'; it stands inside line 3, which ends with '到各个公'",
        ),
        ({"line": "无此一行文字", "as": "headline"}, "line: no line begins with '无此一行文字'; remove or renew it"),
        (
            {"after": "个公", "before": "园,市民可以", "as": "join"},
            "before: '园,市民可以' is not one line's only: 2 lines have it, 7, 11. Give more of the line",
        ),
        ({"line": "今年春天", "as": "crosshead", "article": "没有"}, "article: no line begins with '没有'"),
    ],
)
def test_an_entry_whose_text_is_gone_is_said_and_the_page_is_built_without_it(
    folder: Path, values: dict[str, str], words: str
) -> None:
    write(folder, JOIN, entry(**values))
    source = page(folder)
    assert source.rulings == (Ruling("join", FIRST, SECOND, "r"),)
    message = english(*source.stale)
    assert message.startswith(f"no longer applies: line 6 of editions.yml (as: {values['as']}): ")
    assert words in message
    assert message.endswith("; remove or renew it")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("{file: a.txt, befor: 甲, as: join, reason: r}", "unknown key 'befor' in an order"),
        (entry(after="个公", before="活动", **{"as": "glue"}), "unknown 'glue' of two lines ('after', 'before')"),
        (entry(after="个公", before="活动", **{"as": "headline"}), "Known: join, paragraph, apart"),
        (
            entry(line="活动由", **{"as": "join"}),
            f"unknown 'join' of a line ('line'). Known: begins, {', '.join(STATED)}",
        ),
        (entry(line="活动由", **{"as": "dateline"}), "unknown 'dateline' of a line"),
        (entry(after="个公", before="活动", **{"as": ""}), "'as' is empty. Fill in what you decided: join, paragraph"),
        ("{file: a.txt, line: 活动由, as: , reason: r}", f"Fill in what you decided: begins, {', '.join(STATED)}"),
        ("{file: a.txt, line: 活动由, reason: r}", "'as' is empty"),
        ("{file: a.txt, line: 活动由, as: body}", "needs the key 'reason'"),
        ("{file: a.txt, line: 活动由, as: body, reason: }", "needs the key 'reason'"),
        ("{line: 活动由, as: body, reason: r}", "needs the key 'file'"),
        (entry(after="个公", **{"as": "join"}), "needs the key 'before'"),
        (entry(before="个公", **{"as": "join"}), "needs the key 'after'"),
        (entry(**{"as": "join"}), "either 'after' and 'before', the text of two lines, or 'line', of one"),
        (entry(after="个公", before="活动", line="活", **{"as": "join"}), "either 'after' and 'before'"),
        (entry(after="个公", before="活动", article="活", **{"as": "join"}), "'article' goes with 'line'"),
        (entry(line="活动\\n由", **{"as": "body"}), "'line' runs over a line's end"),
        (entry(line="活动由", **{"as": "body"}).replace("a.txt", "b.txt"), "'b.txt' is no page of the edition"),
    ],
)
def test_a_malformed_entry_stops_the_build(folder: Path, order: str, words: str) -> None:
    write(folder, order)
    with pytest.raises(SeedsError) as raised:
        read_seeds(folder)
    (problem,) = raised.value.problems
    assert words in problem.reason
    assert (problem.file, problem.line) == ("editions.yml", 5)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            [JOIN, entry(after="个公", before="活动由市", **{"as": "paragraph"})],
            "would go on in '园,市民可以就近参加。' and in",
        ),
        (
            [JOIN, entry(after="三天。", before="园,市民可以就", **{"as": "join"})],
            "would follow '全市植树活动今天上午启动'",
        ),
        ([JOIN, entry(after="个公", before="园,市民可以就", **{"as": "paragraph"})], "as join and as paragraph"),
        (
            [JOIN, entry(after="个公", before="园,市民可以就", **{"as": "apart"})],
            "does not follow '全市植树活动今天上午启动'",
        ),
        ([entry(line="活动", **{"as": "body"}), entry(line="活动由", **{"as": "headline"})], "but line 5 makes it"),
        ([entry(line="园,市民可以就", **{"as": "headline"}), JOIN], "'园,市民可以就近参加。' is text that goes on"),
        (
            [entry(line="今年春天", **{"as": "caption"}), entry(line="活动由", article="今年春天", **{"as": "body"})],
            "line 5",
        ),
        (
            [entry(line="活动由", article="活动", **{"as": "headline"})],
            "both texts are of one line, '活动由市林业局主办,持续'",
        ),
        (
            [JOIN, entry(after="就近参加。", before="全市植树活动今天", **{"as": "paragraph"})],
            "the text of '全市植树活动今天上午启动' would go on in a circle, as line 5 states too",
        ),
        (
            [JOIN, entry(line="园,市民可以就", **{"as": "begins"})],
            "an article begins with '园,市民可以就近参加。', and it follows",
        ),
        (
            [
                JOIN,
                entry(line="全市植树活动今天", **{"as": "begins"}),
                entry(after="就近参加。", before="活动由市", **{"as": "paragraph"}),
                entry(line="全市植树活动今日", article="园,市民可以就", **{"as": "headline"}),
                entry(line="今年春天", article="活动由市", **{"as": "headline"}),
            ],
            "'今年春天种什么' would be headlines of one article, as 2 more entries state (lines 7, 8)",
        ),
        ([LIST, entry(after="三天。", before="园,市民可以自", **{"as": "paragraph"})], "whose list of lines lacks it"),
        ([LIST, entry(line="今年春天", **{"as": "headline"})], "but line 5 makes it a line (crosshead) of that list"),
        ([LIST, LIST.replace("活动由市, ", "")], "would go on in '活动由市林业局主办,持续' and in"),
        ([LIST.replace("活动由市, ", "活动由市, 活动由, ")], "stands twice in the list"),
        (
            [LIST, entry(line="活动由市", **{"as": "begins"})],
            "an article begins with '活动由市林业局主办,持续', and it follows",
        ),
    ],
)
def test_entries_that_contradict_each_other_leave_the_page_out(folder: Path, entries: list[str], words: str) -> None:
    write(folder, *entries)
    seeds = read_seeds(folder)
    assert seeds.editions == ()
    reasons = [problem.reason for problem in seeds.problems if problem.line == 4 + len(entries)]
    assert any(words in reason for reason in reasons), seeds.problems
    assert {problem.file for problem in seeds.problems} == {"editions.yml"}


PARTED = "# 花园今天开放\n\n市花园开放。\n\n# 园内有什么\n\n园内设长椅。\n\n八路公交改线。\n"
OWN = entry(line="园内设", article="市花园", **{"as": "body"})
APART = entry(after="开放。", before="园内设", **{"as": "apart"})
BACK = entry(after="长椅。", before="市花园", **{"as": "apart"})
FIRST_OF_TWO = [entry(line="市花园", **{"as": "body"}), entry(line="市花园", **{"as": "begins"}), OWN, APART]


@pytest.mark.parametrize(
    ("entries", "contradict"),
    [
        ([*FIRST_OF_TWO, entry(line="八路", **{"as": "furniture"})], "(lines 6, 7). Keep one"),
        (
            [
                entry(line="市花园", **{"as": "body"}),
                OWN,
                APART,
                BACK,
                entry(line="八路", **{"as": "caption"}),
            ],
            "Keep one",
        ),
        (FIRST_OF_TWO, None),
        ([*FIRST_OF_TWO[2:], entry(line="市花园", **{"as": "body"}), entry(line="八路", **{"as": "furniture"})], None),
        ([*FIRST_OF_TWO, entry(line="八路", article="市花园", **{"as": "body"})], None),
    ],
    ids=["first", "both ways", "text to part them", "the other way round", "text of their own"],
)
def test_lines_of_one_article_that_nothing_can_part_are_named(
    folder: Path, entries: list[str], contradict: str | None
) -> None:
    (folder / "a.txt").write_text(PARTED, "utf-8")
    write(folder, *entries)
    found = [problem.reason for problem in read_seeds(folder).problems]
    words = "'市花园开放。' and '园内设长椅。' are of one article and not to follow each other"
    if contradict is None:
        assert found == []
    else:
        assert len(found) == 1
        assert words in found[0]
        assert found[0].endswith(contradict)


def test_a_marked_line_between_lines_that_do_not_follow_each_other_is_a_crosshead(folder: Path) -> None:
    (folder / "a.txt").write_text(PARTED, "utf-8")
    around = [("after: 开放。", "before: 园内有"), ("after: 园内有什么", "before: 园内设")]
    write(folder, APART, *(f"{{file: a.txt, {one}, {other}, as: paragraph, reason: r}}" for one, other in around))
    (found,) = read_seeds(folder).problems
    assert "'园内设长椅。' does not follow '市花园开放。', and follows it" in found.reason


def test_entries_that_agree_stand_beside_each_other(folder: Path) -> None:
    apart = entry(after="个公", before="园,市民可以自", **{"as": "apart"})
    other = entry(after="个公", before="活动由", **{"as": "apart"})
    body = entry(line="全市植树活动今天", **{"as": "body"})
    crosshead = entry(line="今年春天", article="园,市民可以就", **{"as": "crosshead"})
    write(folder, JOIN, apart, other, body, crosshead)
    assert [(r.kind, r.line) for r in page(folder).rulings] == [
        ("apart", FIRST),
        ("apart", FIRST),
        ("body", FIRST),
        ("join", FIRST),
        ("crosshead", CROSSHEAD),
    ]


def test_what_is_stated_twice_and_alike_is_no_contradiction(folder: Path) -> None:
    write(
        folder,
        JOIN,
        JOIN,
        entry(line="今年春天", **{"as": "crosshead"}),
        entry(line="**今年春天", **{"as": "crosshead"}),
    )
    assert [r.kind for r in page(folder).rulings] == ["join", "join", "crosshead", "crosshead"]


def test_a_list_of_lines_is_an_article(folder: Path) -> None:
    write(folder, LIST)
    (ruling,) = page(folder).rulings
    lines = ((HEADLINE, "headline"), (FIRST, "body"), (CROSSHEAD, "crosshead"), (THIRD, "body"), (SECOND, "body"))
    assert ruling == Ruling("article", HEADLINE, SECOND, "r", lines)


def test_lines_from_one_to_another_are_all_of_them_text(folder: Path) -> None:
    write(folder, "{file: a.txt, lines: [{line: 全市植树活动今天, to: 活动由市}], as: article, reason: r}")
    (ruling,) = page(folder).rulings
    assert ruling.lines == tuple((at, "body") for at in (FIRST, CROSSHEAD, SECOND, THIRD))


def test_articles_that_are_already_apart_have_no_order(folder: Path) -> None:
    (folder / "b.jsonl").write_text('{"headline": "题", "body": "文。"}\n', "utf-8")
    order = "order: [{file: b.jsonl, line: 题, as: body, reason: r}]"
    (folder / "editions.yml").write_text(
        f"editions:\n  - id: b\n    pages: [{{file: b.jsonl}}]\n    {order}\n", "utf-8"
    )
    with pytest.raises(SeedsError, match="without corrections, doubts, order or missing"):
        read_seeds(folder)
