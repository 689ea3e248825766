"""A line corrected at the desk: the smallest entries beside those that stand, what is read of it, and doubts."""

from __future__ import annotations

from pathlib import Path

import pytest
from banmian.desk.articles import articles_of, lines_of
from banmian.desk.decisions import Said
from banmian.desk.stretches import Stretch, abridged
from banmian.desk.widths import widths_of
from desk_pages import LINES, desk_of


@pytest.mark.parametrize(
    ("text", "corrections"),
    [
        ("公交线路从下月起减少。", [("增加", "减少")]),
        ("公交线路自下月起增加!", [("从", "自"), ("。", "!")]),
        ("公交线路从下月起要增加。", [("起", "起要")]),
        ("交线路从下月起增加。", [("公交", "交")]),
        ("公交线路从下月增加。", [("月起", "月")]),
    ],
)
def test_a_corrected_line_is_its_smallest_corrections(
    tmp_path: Path, text: str, corrections: list[tuple[str, str]]
) -> None:
    desk = desk_of(tmp_path)
    view = desk.page(next(iter(desk.pages())))
    desk.decide(view.source.id, Said("correct", "9", text=text), view.seen)
    found = desk.page(view.source.id)
    assert [(one.printed, one.corrected) for one in found.source.corrections] == corrections
    assert any(str(article.text("body")).endswith(text) for article in found.page.articles)


# The line 全市植树活动昨天开始,首批树苗已经运到各个公 as it is corrected, one time after the other.
@pytest.mark.parametrize(
    ("texts", "corrections", "by"),
    [
        # Another place of the line; each keeps who made it.
        (["全市植树活动今天", "全市植绿活动今天"], [("树", "绿"), ("昨", "今")], ["2", "1"]),
        # The same place once more, a part of it, and as it is printed.
        (["全市植树活动今天", "全市植树活动明天"], [("昨", "明")], ["2"]),
        (["全市植树活动日前", "全市植树活动昨日前"], [("天", "日前")], ["2"]),
        (["全市植树活动今天", "全市植树活动昨天"], [], []),
        # Beside it: what is put in behind a correction is part of it.
        (["全市植树活动今天", "全市植树活动今日天"], [("昨", "今日")], ["2"]),
        (["全市植树活动今天", "全市植树活动天"], [("动昨", "动")], ["2"]),
        (["全市植绿活动昨天", "全市绿活动今天"], [("植树", "绿"), ("昨", "今")], ["2", "2"]),
    ],
)
def test_a_line_is_corrected_anew_beside_what_stands_of_it(
    tmp_path: Path, texts: list[str], corrections: list[tuple[str, str]], by: list[str]
) -> None:
    desk = desk_of(tmp_path)
    name = next(iter(desk.pages()))
    for number, text in enumerate(texts, 1):
        whole = text + LINES[1].removeprefix("全市植树活动昨天")
        desk.decide(name, Said("correct", "3", text=whole, by=str(number)), desk.page(name).seen)
    found = desk.page(name)
    assert [(one.printed, one.corrected) for one in found.source.corrections] == corrections
    entries = sorted((one.entry for one in found.decisions), key=lambda entry: int(entry["start"]))
    assert [entry["by"] for entry in entries] == by
    (line,) = (one for one in lines_of(found.source, found.page) if one.line.number == 3)
    assert line.text == whole
    assert [(one.printed, one.text) for one in line.read if one.printed is not None] == corrections
    shown = "".join(
        one.text
        for parts in articles_of(found.source, found.page)
        for part in parts
        for fragment in part.fragments
        for one in fragment.read
    )
    assert whole in shown
    # Each was one step.
    for _ in texts:
        desk.text.undo()
    assert desk.page(name).decisions == ()


def test_what_a_line_may_be_is_a_doubt_of_its_places(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    name = next(iter(desk.pages()))
    desk.decide(name, Said("suspect", "9", text="公交线路从下周起减少。"), desk.page(name).seen)
    found = desk.page(name)
    assert [(one.printed, one.suspected) for one in found.source.doubts] == [("月", "周"), ("增加", "减少")]
    (line,) = (one for one in lines_of(found.source, found.page) if one.line.number == 9)
    assert line.text == LINES[4]
    assert [one.text for one in line.read if one.doubt] == ["月", "增加"]


@pytest.mark.parametrize(
    ("texts", "brief"),
    [
        (["甲" * 72], ["甲" * 72]),
        (["甲" * 80], ["甲" * 34, "…12", "甲" * 34]),
        (["甲" * 40, "+乙", "甲" * 60], ["甲" * 40, "+乙", "甲" * 6, "…20", "甲" * 34]),
        (["甲" * 60, "+乙", "甲" * 60], ["甲" * 34, "…20", "甲" * 6, "+乙", "甲" * 6, "…20", "甲" * 34]),
        (["甲" * 3, "+乙", "甲" * 100], ["甲" * 3, "+乙", "甲" * 30, "…36", "甲" * 34]),
    ],
)
def test_a_long_line_is_shown_without_its_middle_but_for_what_is_marked_there(
    texts: list[str], brief: list[str]
) -> None:
    read = [Stretch(text.removeprefix("+"), "丙" if text.startswith("+") else None) for text in texts]
    found = abridged(read)
    assert [f"…{len(one.text)}" if one.is_gap else "+" * (one.printed is not None) + one.text for one in found] == brief
    assert "".join(one.text for one in found) == "".join(one.text for one in read)


SET = f"　　{'春' * 19}\n{'夏' * 21}\n{'秋' * 8}。\n"


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        # Printed lines, those of a paragraph with an indent, its last one short; a paragraph a line has no column.
        (SET * 3, {line: [(2, 21, 21), (0, 21, 21), (0, 9, 21)][(line - 1) % 3] for line in range(1, 10)}),
        ("\n\n".join(LINES), {}),
    ],
)
def test_a_printed_line_is_known_beside_its_column(
    tmp_path: Path, text: str, widths: dict[int, tuple[float, float, float]]
) -> None:
    desk = desk_of(tmp_path, text)
    found = widths_of(desk.page(next(iter(desk.pages()))).source)
    assert {line: (one.indent, one.reach, one.column) for line, one in found.items()} == widths
