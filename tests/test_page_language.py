"""The tables of characters that follow each other, and how they are counted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from banmian.page import fluency as page_fluency
from banmian.page import lexicon
from banmian.page.fluency import as_counted, fluency
from banmian.page.misread import misread
from click.testing import CliRunner
from train import language as train_language

DATA = Path(lexicon.__file__).parent / "data"
NEWS = [
    ["昨天，新的高速公路通车。", "记者在公路旁看到，３５辆客车依次驶过。"],
    ["公路沿线的村民说，公路修好了。", "公园离公路20公里。"],
    ["这条公路长200公里，是全省最长的公路。"],
    ["公园旁的公路昨天重修，限速60公里。"],
]


@pytest.mark.parametrize(
    ("text", "counted"),
    [("第１２届ＣＢＡ，", "第00届AAA,"), ("2024年iPhone", "0000年AAAAAA"), ("《论语》", "《论语》")],
)
def test_digits_and_letters_are_alike(text, counted):
    assert as_counted(text) == counted


@pytest.fixture
def tables(monkeypatch):
    """Small tables in place of the real ones: 公 is followed by 路 and 司, 高速公 above all by 路."""
    made = {"pairs.txt": ["0\t-1\t2 0公", "公\t-3\t1 司园\t2 路"], "triples.txt": ["公\t-4 分园\t2 速路", "路\t1 公的"]}
    monkeypatch.setattr(page_fluency, "rows", lambda name: [row.split("\t") for row in made[name]])
    memories = (page_fluency._table, page_fluency._pairs, page_fluency._triples)
    for memory in memories:
        memory.cache_clear()
    yield
    for memory in memories:
        memory.cache_clear()


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("left", "right", "odds"),
    [
        ("公", "路", 2),
        ("高速公", "路", 4),
        ("高速公", "路的起点", 5),
        ("分公", "园", -3),
        ("公", "民", -3),
        ("速公", "民", -3),
        ("全长3", "7公里", 2),
        ("全长３", "公里", 2),
        ("他", "路", 0),
    ],
)
def test_a_triple_adds_to_its_pair_and_unknown_characters_to_nothing(left, right, odds):
    assert fluency(left, right) == odds


@pytest.mark.parametrize(
    ("left", "likely", "unlikely"),
    [
        ("新修的高速公", "路通车", "园开放"),
        ("全市经济社会发", "展水平", "路通车"),
        ("记者昨天从市教", "育局获悉", "展水平"),
        ("比去年同期增长3", "0%以上", "育局获悉"),
    ],
)
def test_the_right_partner_flows_better(left, likely, unlikely):
    assert fluency(left, likely) > fluency(left, unlikely)


def train(folder, *options):
    source = folder / "news.jsonl"
    articles = [json.dumps({"paragraphs": paragraphs}, ensure_ascii=False) for paragraphs in NEWS]
    source.write_text("\n".join(articles), "utf-8")
    done = CliRunner().invoke(train_language.main, [str(source), "--named", "made up", "--out", str(folder), *options])
    assert done.exit_code == 0, done.output
    return [(folder / name).read_text("utf-8").splitlines() for name in ("pairs.txt", "triples.txt")]


def test_what_hardly_stands_so_is_taken_for_misread_but_for_what_stands_so_again():
    printed = ["市民政部门昨天公布了新的养老服务办法,全市各区将在年内建成二十个社区食堂。"]
    misprinted = ["市民政部门昨天公由了新的养老服务办法,全市各区将在年内建成二十个社区色堂。"]
    assert misread([]) == misread(printed) == misread(misprinted * 2) < misread(misprinted)


def test_counting_writes_what_three_articles_hold(tmp_path):
    pairs, triples = train(tmp_path)
    for lines in (pairs, triples):
        assert lines[0].startswith("# ")
        assert any("4 articles: made up" in line for line in lines if line.startswith("#"))
    rows = [row.split("\t") for row in pairs if not row.startswith("#")]
    found = {first: dict.fromkeys("".join(group.split(" ")[1] for group in groups)) for first, _, *groups in rows}
    assert "路" in found["公"]
    assert "里" in found["公"]
    assert "园" not in found["公"]  # in two articles only
    assert all(float(others) <= 0 for _, others, *_ in rows)


def test_what_begins_paragraphs_and_ends_sentences(tmp_path):
    news = [["公园开放。", "公园关闭。", "他去公路。"]] * 60
    counts = train_language.count(news)
    mixture = train_language.Mixture([counts])
    starts = dict(row.split("\t") for row in train_language.edge_rows(mixture, mixture.starts))
    stops = dict(row.split("\t") for row in train_language.edge_rows(mixture, mixture.stops))
    assert float(starts["公"]) > 0 > float(starts["园"])
    assert float(stops["放"]) > 0 > float(stops["公"])
    assert list(starts) == sorted(starts)


def test_the_most_telling_pairs_are_kept(tmp_path):
    pairs, triples = train(tmp_path, "--pairs", "1", "--triples", "0")
    assert len([row for row in pairs if not row.startswith("#")]) == 1
    assert all(row.startswith("#") for row in triples)


def test_a_line_that_is_no_article_is_named(tmp_path):
    source = tmp_path / "bad.jsonl"
    source.write_text('{"paragraphs": ["公路"]}\n{"text": "公路"}\n', "utf-8")
    done = CliRunner().invoke(train_language.main, [str(source), "--named", "made up", "--out", str(tmp_path)])
    assert done.exit_code != 0
    assert "bad.jsonl:2" in done.output


def test_the_same_articles_give_the_same_tables(tmp_path):
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        source = folder / "news.jsonl"
        source.write_text("\n".join(json.dumps({"paragraphs": paragraphs}) for paragraphs in NEWS), "utf-8")
        command = [sys.executable, train_language.__file__, str(source), "--named", "made up", "--out", str(folder)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append([(folder / name).read_bytes() for name in ("pairs.txt", "triples.txt")])
    assert made[0] == made[1]


@pytest.mark.parametrize(("name", "size", "begin"), [("pairs.txt", 1, 2), ("triples.txt", 2, 1)])
def test_each_string_of_a_table_stands_once_in_order(name, size, begin):
    for key, *groups in lexicon.rows(name):
        assert len(key) == 1
        numbers, strings = [], []
        for group in groups[begin - 1 :]:
            number, _, characters = group.partition(" ")
            numbers.append(int(number))
            assert len(characters) % size == 0
            part = [characters[at : at + size] for at in range(0, len(characters), size)]
            assert part == sorted(part)
            strings += part
        assert numbers == sorted(set(numbers))
        assert len(strings) == len(set(strings))


def test_the_tables_stay_small():
    assert sum((DATA / name).stat().st_size for name in ("pairs.txt", "triples.txt")) < 650_000
