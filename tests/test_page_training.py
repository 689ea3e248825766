"""The scripts that learn the page stage's weights, on the one page of which the right reading is known here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from banmian.page.solve import page_score
from click.testing import CliRunner
from gold_page import GOLD, SEED
from train import certainty as train_certainty
from train import page as train_page
from train import worn as train_worn


@pytest.fixture
def known(tmp_path: Path) -> Path:
    folder = tmp_path / "known"
    folder.mkdir()
    shutil.copy(SEED, folder / "page.txt")
    shutil.copy(GOLD / "page.json", folder / "page.json")
    return folder


def rows(path: Path) -> dict[str, float]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    return {name: float(value) for name, value in (line.split("\t") for line in lines)}


def test_a_page_that_is_read_right_teaches_nothing_new(known: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.txt"
    done = CliRunner().invoke(train_page.main, ["--clean", str(known), "--epochs", "1", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "right 1" in done.output
    known_before = {name: value for name, value in rows(train_page.WEIGHTS).items() if value}
    assert rows(out) == pytest.approx(known_before, abs=0.006)


def test_the_score_is_the_sum_of_what_the_features_weigh(known: Path) -> None:
    page = train_page.read_known(known / "page.txt", noisy=False)
    search = train_page.Search(page.units, page.noisy)
    readings = search.improved(search.stretches()).readings
    counted = train_page.score(train_page.lexicon.weights(), train_page.counts_of(search, readings))
    assert counted == pytest.approx(page_score(readings), abs=0.01)


def test_a_wrong_weight_is_moved(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = dict(train_page.lexicon.weights())
    monkeypatch.setattr(train_page.lexicon, "weights", lambda: weights)
    weights["article headline inside"] -= 30
    page = train_page.read_known(known / "page.txt", noisy=False)
    before = weights["article headline inside"]
    assert train_page.learn(weights, page, rate=1.0) == "moved"
    assert weights["article headline inside"] > before
    train_page.lexicon.weights_of.cache_clear()


def test_how_certain_readings_are_is_learned_for_each_kind(known: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.txt"
    shutil.copy(train_certainty.WEIGHTS, out)
    done = CliRunner().invoke(train_certainty.main, [str(known), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "join: 9, right 9;" in done.output
    assert {f"certain {kind} from" for kind in train_certainty.FAMILIES} <= rows(out).keys()


@pytest.mark.parametrize(
    ("confidences", "share", "expected"),
    [
        ([(0.9, True)] * 10, 0.9, 0.9),
        ([(0.9, True)] * 9 + [(0.8, True)], 0.9, 0.8),
        ([(0.9, True)] * 20 + [(0.7, False), (0.6, True)], 0.95, 0.9),
        ([(0.9, False)], 0.9, 1.0),
    ],
)
def test_threshold_leaves_out_what_is_too_often_wrong(
    confidences: list[tuple[float, bool]], share: float, expected: float
) -> None:
    assert train_certainty.threshold(confidences, share) == expected


def test_each_part_of_the_mix_has_a_say_of_its_own_where_it_has_enough() -> None:
    easy = [(0.9, True)] * 1000
    hard = [(0.8, True)] * 100 + [(0.7 - at / 1000, False) for at in range(20)]
    assert train_certainty.limit([easy, hard], 0.95, 0.99) == 0.8
    assert train_certainty.limit([easy, hard], 0.95, 0.5) == pytest.approx(0.681)
    assert train_certainty.limit([easy, hard[-20:]], 0.95, 0.99) == pytest.approx(0.681)
    assert train_certainty.limit([easy], 0.95, 0.99) == 0.9


def test_how_certain_readings_are_is_measured_without_changing_anything(known: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.txt"
    done = CliRunner().invoke(train_certainty.main, [str(known), "--measure", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"{known.name}: join: 9, right 9;" in done.output
    assert not out.exists()


def test_what_tells_of_lost_stops_is_learned(known: Path, tmp_path: Path) -> None:
    worn, out = tmp_path / "worn", tmp_path / "weights.txt"
    worn.mkdir()
    lines = (known / "page.txt").read_text("utf-8").split("\n")
    (worn / "page.txt").write_text("\n".join(line.removesuffix("。") for line in lines), "utf-8")
    arguments = ["--worn", str(worn), "--whole", str(known), "--out", str(out)]
    done = CliRunner().invoke(train_worn.main, arguments)
    assert done.exit_code == 0, done.output
    assert "2 pages; not noticed 0, called worn that are not 0" in done.output
    learned = rows(out)
    assert learned["noise lost"] > 0 > learned["noise kept"]
