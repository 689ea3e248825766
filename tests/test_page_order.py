"""The best sequence of the runs of an article's lines, against trying them all."""

from itertools import pairwise, permutations

import pytest
from banmian.page.order import best_path
from hypothesis import given
from hypothesis import strategies as st

SCORES = st.integers(-20, 20).map(float)


@st.composite
def scores(draw):
    size = draw(st.integers(1, 5))
    row = st.lists(SCORES, min_size=size, max_size=size)
    return draw(row), draw(st.lists(row, min_size=size, max_size=size)), draw(row)


@given(scores())
def test_no_path_is_better(given_scores):
    starts, steps, ends = given_scores

    def total(path):
        return starts[path[0]] + sum(steps[one][other] for one, other in pairwise(path)) + ends[path[-1]]

    path, score, tried = best_path(starts, steps, ends)
    assert sorted(path) == list(range(len(starts)))
    assert total(path) == score == max(map(total, permutations(range(len(starts)))))
    assert tried >= 1


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ([[0.0, 5.0, 0.0], [0.0, 0.0, 5.0], [0.0, 0.0, 0.0]], (0, 1, 2)),
        ([[0.0, 0.0, 0.0], [5.0, 0.0, 0.0], [0.0, 5.0, 0.0]], (2, 1, 0)),
        ([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], (0, 1, 2)),
    ],
)
def test_equal_paths_keep_the_order_of_the_file(steps, path):
    assert best_path([0.0] * 3, steps, [0.0] * 3)[0] == path
