"""What the text on both sides of a cut tells of whether a sentence was cut there or ended, and how that is learned."""

import json

import pytest
from banmian.page import ended as page_ended
from banmian.page.ended import goes_on, signs
from click.testing import CliRunner
from train import ended as train_ended


@pytest.mark.parametrize(
    ("left", "right", "cut"),
    [
        ("会议要求,各地各部门要进一步提高", "思想认识,把防汛工作抓实抓细。", True),
        ("昨天上午,这座大桥正式建成并投入", "使用,两岸居民过江只要五分钟。", True),
        ("列车将于下月恢复开行", "近日,多地气象部门发布预警,提醒居民注意。", False),
        ("双方还就共同关心的问题交换意见等等", "据了解,这是第三次会谈,前两次在去年举行。", False),
    ],
)
def test_a_cut_sentence_is_told_from_one_that_ended(left, right, cut):
    assert (goes_on(left, right) > 0) == cut


def test_both_ends_are_told_by_characters_and_by_the_lengths_of_their_clauses():
    assert set(signs("天晴,风大", "left")) == {
        ("left 1", "大"),
        ("left 2", "风大"),
        ("left 3", ",风大"),
        ("left 4", "晴,风大"),
        ("left clause parted", "1"),
        ("left sentence whole", "1"),
    }
    assert ("right clause parted", "1") in set(signs("天晴,风大", "right"))


@pytest.fixture
def learned(tmp_path, monkeypatch):
    """The table learned from articles in which sentences end with 了 and paragraphs begin with 另."""
    news = [{"paragraphs": [f"另{one}市的新桥经过五年的建设终于在这个月的月初通车了。"] * 4} for one in "甲乙丙丁"] * 3
    (tmp_path / "news.jsonl").write_text("\n".join(json.dumps(one) for one in news), "utf-8")
    out = tmp_path / "ended.txt"
    done = CliRunner().invoke(
        train_ended.main, [str(tmp_path / "news.jsonl"), "--named", "invented", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    rows = [row.split("\t") for row in out.read_text("utf-8").splitlines() if not row.startswith("#")]
    monkeypatch.setattr(page_ended, "rows", lambda _: rows)
    for memory in (page_ended._table, page_ended._side):
        memory.cache_clear()
    yield out.read_text("utf-8")
    for memory in (page_ended._table, page_ended._side):
        memory.cache_clear()


def test_what_ends_and_begins_is_learned(learned):
    assert "12 articles: invented." in learned
    assert goes_on("新桥终于通车了", "另丁市的桥") < 0 < goes_on("另乙市的新桥经过", "五年的建设")
