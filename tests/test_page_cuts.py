"""What the text on both sides of a cut says."""

from pathlib import Path

import pytest
from banmian import page
from banmian.page.cuts import Strings, crossing, read_side, stop_of


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("大桥昨天合龙。", "full"),
        ("他说:“大桥昨天合龙。”", "full"),
        ("这就是所谓的“慢生活”", "maybe"),
        ("大桥昨天合龙,", "pause"),
        ("大桥昨天合", "open"),
        ("?!", "full"),
    ],
)
def test_how_a_line_ends(text, stop):
    assert stop_of(text) == stop


@pytest.mark.parametrize(
    ("left", "right", "word", "matched", "unmatched", "counted"),
    [
        ("沿江各县加快发展农产品加工", "业,带动农民增收。", "加工业", "", 0, ""),
        ("他把这叫作“慢下来的生", "活”,朋友们都赞成。", "生活", "”", 0, ""),
        ("他把这叫作“慢下来的生", "大桥昨天合龙。", "", "", 1, ""),
        ("全县新修水渠35", "公里,灌溉良田。", "", "", 0, "5公里"),
    ],
)
def test_evidence_across_a_cut(left, right, word, matched, unmatched, counted):
    found = crossing(read_side(left), read_side(right), Strings([]))
    assert (found.word, found.matched, found.unmatched, found.counted) == (word, matched, unmatched, counted)
    assert (found.gain > 0) == bool(word)


def test_words_that_the_page_prints_elsewhere():
    strings = Strings(["云帆科技园昨天开园。"])
    assert crossing(read_side("游客来到云帆"), read_side("科技园参观。"), strings).printed == "云帆科技园"


LISTS = sorted((Path(page.__file__).parent / "data").glob("*.txt"))
# Regular expressions, of which a later one may hold an earlier one.
IN_ORDER = ("patterns", "signs")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_data_files_say_what_they_are_and_are_sorted(path):
    lines = path.read_text("utf-8").splitlines()
    rows = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert lines[0].startswith("# ")
    assert rows == (list(dict.fromkeys(rows)) if path.stem in IN_ORDER else sorted(set(rows)))


@pytest.mark.parametrize(
    ("left", "right", "likely"),
    [
        ("这是一条高速公", "路的起点。", True),
        ("这座城市的历史的", "们走进公园。", False),
        ("全长3", "7公里。", True),
        ("大桥昨天合龙。", "的确不易。", None),
    ],
)
def test_whether_the_characters_at_a_cut_follow_each_other(left, right, likely):
    flows = crossing(read_side(left), read_side(right), Strings([])).fluency
    assert (flows > 0 if likely else flows < 0) if likely is not None else flows == 0
