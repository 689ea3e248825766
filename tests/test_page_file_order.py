"""How surely a page has its lines in order: where text breaks off, and where leads stand."""

import json
from pathlib import Path

import pytest
from banmian.page import lexicon
from banmian.page.links import Links
from click.testing import CliRunner
from train import file_order, mix
from train.headings import units_of

TREES = [
    "**本报讯** (记者 王芳)全市的绿化季活动今天在沿河的六个公园同时展开,园林局局长到场种下了第一棵银杏。",
    "三年来市民认养的树木已经超过四万棵,成活率一年比一年高,不少家庭带着孩子来到现场培土浇水。",
    "活动将持续到下个月中旬,市民可以在各社区的服务站报名。",
]
BUSES = [
    "**本报讯** (记者 李强)连接城东新区和火车站的一条公交线路从下周起开始运营,全程十四公里,沿途设站二十八座。",
    "线路经过两所中学、一家医院和一座菜市场,预计每天有一万多名乘客,新车全部采用低地板。",
    "附近的居民盼这趟车已经盼了很久,他们说以后去医院方便多了。",
]
HEADS = ["## 市民绿化季活动今天展开", "## 新开公交线路方便居民"]


def order_of(lines: list[str]) -> float:
    units = units_of("\n\n".join(lines) + "\n")
    return Links(units).in_order


def test_whole_articles_one_after_the_other_are_in_order() -> None:
    assert order_of([HEADS[0], *TREES, HEADS[1], *BUSES]) > 0.5


@pytest.mark.parametrize(
    "lines",
    [
        # Both leads stand below text.
        [TREES[1], TREES[2], TREES[0], HEADS[0], BUSES[1], BUSES[2], BUSES[0], HEADS[1]],
        # A paragraph is cut where the other article's text goes on.
        [HEADS[0], TREES[0], TREES[1][:30], HEADS[1], BUSES[0], BUSES[1][:32], TREES[1][30:], TREES[2], BUSES[1][32:]],
    ],
)
def test_columns_that_moved_are_not_in_order(lines: list[str]) -> None:
    assert order_of(lines) < 0.3


@pytest.mark.parametrize(
    ("body", "headline", "expected"),
    [
        ([[2], [3], [5], [6]], [[1], [4]], True),
        ([[2], [3], [5], [6]], [[1], [7]], False),
        ([[3], [2], [5], [6]], [[1], [4]], False),
        ([[2], [5], [3], [6]], [[1], [4]], False),
    ],
)
def test_a_page_is_in_order_where_its_articles_are(body, headline, expected) -> None:
    def spans(lines: list[int]) -> list[dict[str, int]]:
        return [{"line": line} for line in lines]

    articles = [
        {"headline": spans(headline[at]), "paragraphs": [spans(body[2 * at]), spans(body[2 * at + 1])]} for at in (0, 1)
    ]
    assert file_order.is_in_order({"articles": articles}) == expected


def test_only_the_weights_of_the_order_are_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = tmp_path / "articles.jsonl", tmp_path / "weights.txt"
    articles = [
        {"headline": f"{place}{HEADS[0][3:]}", "paragraphs": [f"{place}消息,{text}" for text in (*TREES, *BUSES)]}
        for place in ("海州", "江城", "临川", "云岭", "东港", "西山", "北桥")
    ]
    source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), "utf-8")
    few = [{**part, "pages": 2} for part in mix._recorded()["parts"] if part["name"] in ("columns", "printed lines")]
    monkeypatch.setattr(mix, "_recorded", lambda: {"seeds": {"headings": 0}, "parts": few})
    done = CliRunner().invoke(file_order.main, [str(source), str(source), "--out", str(out)])
    assert done.exit_code == 0, done.output
    rows = dict(line.split("\t") for line in out.read_text("utf-8").splitlines() if not line.startswith("#"))
    others = {name for name in lexicon.weights() if not name.startswith("file order ")}
    assert {name for name in rows if not name.startswith("file order ")} == others
    assert all(float(rows[name]) == lexicon.weights()[name] for name in others)
