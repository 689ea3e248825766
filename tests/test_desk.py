"""The editor's desk without a browser: what is said of lines becomes entries, is undone, signed and confirmed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from banmian.desk.decisions import DecisionError, Said
from banmian.desk.pages import Desk
from banmian.desk.written import ChangedError
from banmian.seeds import SeedsError, read_seeds
from desk_pages import LINES, desk_of
from invented import page as invented_page
from published import Published
from train.variants import shapes


@pytest.mark.parametrize(
    ("said", "entries"),
    [
        (Said("join", "3 5"), [{"after": "批树苗已经运到各个公", "before": "园,市民可以就近参加", "as": "join"}]),
        (
            Said("apart", "3 5 9"),
            [
                {"after": "批树苗已经运到各个公", "before": "园,市民可以就近参加", "as": "apart"},
                {"after": ",市民可以就近参加。", "before": "公交线路从下月起增加", "as": "apart"},
            ],
        ),
        (Said("headline", "1", "3"), [{"line": "春天种什么", "as": "headline", "article": "全市植树活动昨天开始"}]),
        (Said("begins", "9"), [{"line": "公交线路从下月起增加", "as": "begins"}]),
        (
            Said("furniture", "7、9"),
            [{"line": text, "as": "furniture"} for text in ("公交增加三条", "公交线路从下月起增加")],
        ),
        (
            Said("article", "1 3-5"),
            [
                {
                    "lines": [{"line": "春天种什么", "as": "headline"}, "全市植树活动昨天开始", "园,市民可以就近参加"],
                    "as": "article",
                }
            ],
        ),
        (
            Said("article", "7=kicker 9"),
            [{"lines": [{"line": "公交增加三条", "as": "kicker"}, "公交线路从下月起增加"], "as": "article"}],
        ),
        (
            Said("article", "7=引题 9=正文"),
            [{"lines": [{"line": "公交增加三条", "as": "kicker"}, "公交线路从下月起增加"], "as": "article"}],
        ),
    ],
)
def test_what_is_said_of_lines_is_an_entry_by_their_text(tmp_path: Path, said: Said, entries: list[object]) -> None:
    desk = desk_of(tmp_path)
    view = desk.page(next(iter(desk.pages())))
    desk.decide(view.source.id, said, view.seen)
    found = desk.page(view.source.id)
    signed = {"file": "a.txt", "reason": "编者在编辑台决定 · decided at the editor's desk"}
    assert [one.entry for one in found.decisions] == [{**signed, **entry} for entry in entries]
    assert found.problems == ()
    assert found.page.unheeded == ()


TREES = (
    "# 春天种什么",
    "全市植树活动昨天开始,首批树苗已经运到各个公园。",
    "市民可以就近参加种树,也可以认养一棵。每个公园都有工作人员等候",
    "树苗哪里来",
    "今年的树苗都来自本市的苗圃,苗圃去年秋天就开始培育这些树苗。",
)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        # A list says what goes on, not whether in the same paragraph, but for behind a crosshead.
        (Said("article", "1 3 5 9"), {(5, 9)}),
        (Said("article", "1 5 9 3"), {(5, 9)}),
        (Said("article", "1 3 5 7=crosshead 9"), set()),
        (Said("join", "5 9"), set()),
        (Said("crosshead", "7"), set()),
    ],
)
def test_what_is_stated_or_follows_is_not_asked_what_is_open_is(
    tmp_path: Path, said: Said, asked: set[tuple[int, ...]]
) -> None:
    desk = desk_of(tmp_path, "\n\n".join(TREES) + "\n")
    name = next(iter(desk.pages()))
    assert (5, 9) in links_asked(desk, name)
    desk.decide(name, said, desk.page(name).seen)
    assert links_asked(desk, name) == asked
    assert desk.page(name).page.unheeded == ()


def links_asked(desk: Desk, name: str) -> set[tuple[int, ...]]:
    numbers = [tuple(line.number for line in question.lines) for question in desk.page(name).questions]
    return {pair for pair in numbers if len(pair) == 2}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said("join", "3"), "desk_two_lines"),
        (Said("join", "3 4"), "desk_no_such_line"),
        (Said("join", "3 3"), "desk_line_twice"),
        (Said("body", "三"), "desk_not_lines"),
        (Said("article", "3=撤回"), "desk_not_lines"),
        (Said("body", ""), "desk_no_line"),
        (Said("nothing", "3"), "desk_says_nothing"),
        (Said("correct", "3", text=LINES[1]), "desk_same_text"),
        (Said("suspect", "3", text=LINES[1]), "desk_same_text"),
        (Said("correct", "3", text=" "), "desk_same_text"),
        (Said("doubt", "3", text="公交"), "desk_not_in_line"),
    ],
)
def test_what_can_t_be_said_is_told(tmp_path: Path, said: Said, kind: str) -> None:
    desk = desk_of(tmp_path)
    view = desk.page(next(iter(desk.pages())))
    with pytest.raises(DecisionError) as error:
        desk.decide(view.source.id, said, view.seen)
    assert error.value.remark.kind == kind
    assert not desk.text.path.exists()


def test_what_contradicts_an_earlier_entry_is_named_and_not_written(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    name = next(iter(desk.pages()))
    desk.decide(name, Said("join", "3 5"), desk.page(name).seen)
    before = desk.text.read()
    with pytest.raises(SeedsError, match=r"editions\.yml"):
        desk.decide(name, Said("join", "3 9"), before[1])
    assert desk.text.read() == before


def test_a_page_whose_entries_contradict_each_other_is_on_the_desk_with_them(tmp_path: Path) -> None:
    entries = "".join(
        f"      - {{file: a.txt, after: 运到各个公, before: '{line}', as: join, reason: r}}\n"
        for line in ("园,市民", "公交线路")
    )
    desk = desk_of(tmp_path, editions=f"editions:\n  - id: one\n    pages: [{{file: a.txt}}]\n    order:\n{entries}")
    name = next(iter(desk.pages()))
    view = desk.page(name)
    assert len(view.problems) == 1
    desk.take_back(name, "order", 1, view.seen)
    assert (desk.page(name).problems, len(desk.page(name).decisions)) == ((), 1)


def test_changes_are_undone_and_made_again_in_any_number(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, editions="# 甲\neditions:\n  - id: one\n    pages: [{file: a.txt}]\n")
    name = next(iter(desk.pages()))
    texts = [desk.text.read()[0]]
    for said in (Said("join", "3 5"), Said("correct", "9", text="公交线路从下月起减少!"), Said("begins", "9")):
        desk.decide(name, said, desk.page(name).seen)
        texts.append(desk.text.read()[0])
    # The desk may be closed in between.
    desk = Desk(tmp_path / "seeds", tmp_path / "own")
    for text in reversed(texts[:-1]):
        desk.text.undo()
        assert desk.text.read()[0] == text
    desk.text.undo()
    assert desk.text.possible() == (False, True)
    for text in texts[1:]:
        desk.text.redo()
        assert desk.text.read()[0] == text
    desk.text.undo()
    desk.decide(name, Said("body", "9"), desk.page(name).seen)
    assert desk.text.possible() == (True, False)


def test_what_somebody_else_wrote_is_noticed_and_stays(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    name = next(iter(desk.pages()))
    seen = desk.page(name).seen
    desk.decide(name, Said("join", "3 5"), seen)
    with pytest.raises(ChangedError):
        desk.decide(name, Said("begins", "9"), seen)
    other = desk.text.read()[0] + "# mine\n"
    desk.text.path.write_text(other, "utf-8")
    for step in (desk.text.undo, desk.text.redo) if desk.text.possible()[1] else (desk.text.undo,):
        with pytest.raises(ChangedError):
            step()
    assert desk.text.read()[0] == other
    desk.decide(name, Said("begins", "9"), desk.page(name).seen)
    assert "# mine" in desk.text.read()[0]


def test_a_page_is_checked_by_one_and_confirmed_by_another(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    name = next(iter(desk.pages()))
    desk.check(name, "LW", desk.page(name).seen)
    with pytest.raises(DecisionError):
        desk.check(name, "LW", desk.page(name).seen)
    desk.check(name, "ZM", desk.page(name).seen)
    view = desk.page(name)
    assert (view.checked["checked_by"], view.checked["confirmed_by"]) == ("LW", "ZM")
    desk.decide(name, Said("join", "3 5", by="LW"), view.seen)
    with pytest.raises(DecisionError):
        desk.confirm(name, "order", 0, "LW", desk.page(name).seen)
    desk.confirm(name, "order", 0, "ZM", desk.page(name).seen)
    assert desk.page(name).decisions[0].entry["confirmed_by"] == "ZM"
    assert read_seeds(tmp_path / "seeds").problems == ()


def test_a_page_in_any_order_is_put_right_by_its_articles_as_lists(tmp_path: Path) -> None:
    invented = invented_page(5, 4, shuffled=True)
    desk = desk_of(tmp_path, invented.text)
    name = next(iter(desk.pages()))
    for headings, body in zip(invented.headings, invented.bodies, strict=True):
        lines = [*(f"{line.number}={kind}" for line, kind in headings), *(f"{line.number}=body" for line, _ in body)]
        desk.decide(name, Said("article", " ".join(lines)), desk.text.read()[1])
        for (one, before), (other, after) in pairwise(body):
            kind = "join" if before == after else "paragraph"
            desk.decide(name, Said(kind, f"{one.number} {other.number}"), desk.text.read()[1])
    read = shapes(desk.page(name).page)
    assert all(shape in read for shape in invented.shapes)


def test_the_public_site_has_no_desk(site: Published) -> None:
    assert [site.ask(path).status_code for path in ("/-/desk", "/-/desk/a-1")] == [404, 404]
