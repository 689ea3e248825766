"""The page as it was found without decisions, seen as the lines that an editor's decisions leave to the search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from banmian.page.article import Reading
from banmian.page.marks import Unit, read_units
from banmian.page.memory import Memories
from banmian.page.rulings import Rulings
from banmian.page.solve import solve
from banmian.page.source import read_lines
from banmian.page.undecided import Free, seen

LINES = ["# 桥梁通车", "新桥昨日通车。", "车流不断,", "秩序井然。", "# 水位上涨", "河水上涨。"]
READINGS = (
    Reading(1.0, ((0, "headline"), (1, "body"), (2, "body"), (3, "body")), (2, 3, 1), ((2, 3),)),
    Reading(1.0, ((4, "headline"), (5, "body")), (5,), ()),
)


def units_of(lines: list[str]) -> list[Unit]:
    return read_units(read_lines("\n".join(lines), ()))


@pytest.mark.parametrize(
    ("gone", "kinds", "bodies", "joins"),
    [
        ([], [[0, 1, 2, 3], [4, 5]], [(2, 3, 1), (5,)], [((2, 3),), ()]),
        ([1], [[0, 1, 2], [3, 4]], [(1, 2), (4,)], [((1, 2),), ()]),
        ([2], [[0, 1, 2], [3, 4]], [(2, 1), (4,)], [(), ()]),
        ([4, 5], [[0, 1, 2, 3]], [(2, 3, 1)], [((2, 3),)]),
    ],
    ids=["nothing", "text", "text that another goes on in", "an article"],
)
def test_lines_that_are_gone_leave_the_others_as_they_were_read(
    gone: list[int], kinds: list[list[int]], bodies: list[tuple[int, ...]], joins: list[tuple[tuple[int, int], ...]]
) -> None:
    units = units_of(LINES)
    left = [unit for line, unit in enumerate(units) if line not in gone]
    found = seen(left, [(units, Free(READINGS, None))]).readings
    assert [[line for line, _ in reading.kinds] for reading in found] == kinds
    assert [reading.body for reading in found] == bodies
    assert [reading.joins for reading in found] == joins


def test_a_line_that_was_part_of_one_or_of_none_is_read_as_the_one_above() -> None:
    units = units_of(LINES)
    whole = [units[0], replace(units[1], printed=(units[1], units[2])), units[4], units[5]]
    headline, text = READINGS[0].kinds[:2]
    two = (
        replace(READINGS[0], kinds=(headline, text), body=(1,), joins=()),
        replace(READINGS[1], kinds=((2, "headline"), (3, "body")), body=(3,)),
    )
    found = seen(units, [(whole, Free(two, None))]).readings
    assert [reading.body for reading in found] == [(1, 2, 3), (5,)]


def test_of_a_page_that_was_found_in_parts_each_line_is_read_in_its_own() -> None:
    units = units_of(LINES)
    second = Free((Reading(1.0, ((0, "headline"), (1, "body")), (1,), ()),), None)
    found = seen(units, [(units[:4], Free(READINGS[:1], None)), (units[4:], second)]).readings
    assert [reading.kinds for reading in found] == [reading.kinds for reading in READINGS]
    assert [reading.body for reading in found] == [reading.body for reading in READINGS]


def test_of_a_page_that_was_dealt_out_the_pages_that_come_next_are_seen_too() -> None:
    units = units_of(LINES)
    found = seen(units[1:], [(units, Free(READINGS, ((2.0, READINGS),)))]).others
    assert found is not None
    assert [(loss, [reading.body for reading in readings]) for loss, readings in found] == [(2.0, [(1, 2, 0), (4,)])]


def test_what_is_decided_of_a_page_is_searched_with_what_is_known_of_it_without() -> None:
    with pytest.raises(ValueError, match="without rulings"):
        solve(units_of(LINES), Rulings(), memories=Memories())
