"""An editor's word is law, on 200 invented pages: all that is true, any part of it, one false statement among it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from invented import page, true_statements
from test_law import exact, followed, names_the_false_one

pytestmark = pytest.mark.check


@pytest.mark.parametrize("seed", range(200))
def test_all_true_statements_make_the_page_exact_and_any_are_followed(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    invented = page(seed, dice.randint(2, 8), shuffled=seed % 2 > 0)
    entries = true_statements(invented, dice)
    dice.shuffle(entries)
    assert exact(invented, followed(invented, tmp_path, entries))
    followed(invented, tmp_path, [entry for entry in entries if dice.random() < dice.uniform(0.1, 0.9)])


@pytest.mark.parametrize("seed", range(200))
def test_a_false_statement_among_all_true_ones_is_named(tmp_path: Path, seed: int) -> None:
    assert names_the_false_one(tmp_path, seed, 2 + seed % 7)
