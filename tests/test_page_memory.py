"""A page that is read again, with another decision about it, is the page that a reading from scratch finds."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import pytest
from banmian import page as stage
from banmian.page import links, memory, parts, read_page
from banmian.page.memory import Memories
from banmian.page.source import read_lines
from banmian.records import Ruling
from banmian.words.span_kinds import STATED
from fuzzing import examples, some
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import as_printed_lines
from invented import page as invented_page

TEXTS = (
    invented_page(5, 2, shuffled=True).text,
    as_printed_lines(invented_page(6, 1).text, 30),
    invented_page(7, 2).text.replace("。", "").replace("# ", "**"),
)
PLACES = [[line.start for line in read_lines(text, ()) if line.text] for text in TEXTS]
TWO = ("join", "paragraph", "apart")
SOLVE = import_module("banmian.page.solve")
# All the steps that a page may take, few enough to be used up in the midst of a page, and a page in parts.
STEPS = {
    "all": [],
    "few": [(SOLVE, "_STEPS", 20_000)],
    "none left": [(SOLVE, "_STEPS", 2_000)],
    "parts": [(module, "MOST_AT_ONCE", 6) for module in (SOLVE, parts)]
    + [(parts, "_PART", (3, 6)), (parts, "_STRETCH", (5, 10))],
}


@st.composite
def answers(draw: st.DrawFn, places: Sequence[int]) -> Ruling:
    """What may be said of lines that begin in these places, whether it is so or not."""
    at = st.integers(0, len(places) - 1)
    kind, line = draw(st.sampled_from([*TWO, *TWO, "begins", "article", *STATED])), draw(at)
    if kind == "article":
        lines = tuple((places[one], "body") for one in draw(st.lists(at, min_size=2, max_size=4, unique=True)))
        return Ruling(kind, lines[0][0], lines[-1][0], "r", lines)
    near = st.integers(max(0, line - 2), min(len(places) - 1, line + 3))
    other = draw(near.filter(lambda one: one != line) if kind in TWO else st.none() | near)
    return Ruling(kind, places[line], None if other is None else places[other], "r")


@pytest.mark.check
@pytest.mark.parametrize("steps", some(list(STEPS), 2))
@settings(max_examples=examples(2))
@given(st.data())
def test_a_page_read_again_is_as_read_from_scratch(steps: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(TEXTS) - 1))
    text, given_answers = TEXTS[number], data.draw(st.lists(answers(PLACES[number]), min_size=1, max_size=3))
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in STEPS[steps]:
            patch.setattr(module, name, value)
        forget()
        read_page(text, deciding=True)
        for count in range(1, len(given_answers) + 1):
            again = read_page(text, (), given_answers[:count], deciding=True)
        undone = read_page(text, (), given_answers[1:], deciding=True)
        patch.setattr(stage, "_memories", lambda *about: Memories())
        for module in (links, memory):
            patch.setattr(module, "twins", lambda own, others: [None] * len(own.units))
        assert again == read_page(text, (), given_answers)
        assert undone == read_page(text, (), given_answers[1:])
    forget()


def forget() -> None:
    """Forget what was read."""
    stage._memories.cache_clear()
    stage._read.cache_clear()
