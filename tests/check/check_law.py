"""An editor's word is law, on invented pages: all that is true, any part of it, one false statement among it.

The pages are drawn from a thousand: one that the editor stated whole takes some seconds.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzzing import drawn
from invented import page, true_statements
from test_law import exact, followed, names_the_false_one

pytestmark = pytest.mark.check

TRUE, FALSE = drawn(range(1000), 60), drawn(range(1000), 200)


@pytest.fixture(autouse=True)
def drawn_pages(say: Callable[[str], None]) -> None:
    say(f"The law: {len(TRUE)} pages of 1000 with true statements, {len(FALSE)} with a false one among them")


@pytest.mark.parametrize("seed", TRUE)
def test_all_true_statements_make_the_page_exact_and_any_are_followed(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    invented = page(seed, dice.randint(2, 8), shuffled=seed % 2 > 0)
    entries = true_statements(invented, dice)
    dice.shuffle(entries)
    assert exact(invented, followed(invented, tmp_path, entries))
    followed(invented, tmp_path, [entry for entry in entries if dice.random() < dice.uniform(0.1, 0.9)])


@pytest.mark.parametrize("seed", FALSE)
def test_a_false_statement_among_all_true_ones_is_named(tmp_path: Path, seed: int) -> None:
    assert names_the_false_one(tmp_path, seed, 2 + seed % 7)
