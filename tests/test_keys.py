"""Keys are given once and kept, whatever comes in beside what has them; of those that are gone it is known where to."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from banmian.keys.entities import EntityHere, Names, entity_keys
from banmian.keys.former import former_keys
from banmian.keys.matching import match
from banmian.keys.samples import sampled
from banmian.records import GivenKey
from conftest import ROOT, own_seeds, run_build
from test_build import digest, query

BUS = "# 新线路今天开通\n\n本报讯 市交通局局长王建国昨天说,新线路开通三天,乘客很多。沿线居民前来试乘。\n"
PARK = "# 公园昨天免费开放\n\n本报讯 市园林局局长赵志刚昨天宣布,全市公园免费开放。市民张伟说,早上来的人很多。\n"
SCHOOL = "# 三所小学下月开学\n\n本报讯 市教育局副局长李芳说,三所小学校舍已经完工,下月开学。家长们参观了操场和图书室。\n"
WATER = "# 水厂扩建工程完工\n\n本报讯 城西水厂厂长张伟昨天宣布,扩建工程完工,每天多供水五万吨。\n"
HALL = "# 市民中心启用\n\n本报讯 市民中心昨天启用,市长周明出席。大厅里设有二十个窗口,市民可以一次办完。\n"
EDITIONS = """editions:
- id: m
  city: 杭州市
  pages:
  - file: m1.txt
  - file: m2.txt
  identities:
  - {kind: person, names: [张伟], in: [城西水厂厂长张伟], as: different, reason: 同名}
"""


def article(day: int, text: str) -> str:
    return json.dumps({"date": f"2020-01-0{day}", "headline": f"新闻{day}", "body": text}, ensure_ascii=False) + "\n"


def write(folder: Path) -> Path:
    folder.mkdir()
    (folder / "editions.yml").write_text(EDITIONS, "utf-8")
    (folder / "m1.txt").write_text(f"{BUS}\n{WATER}", "utf-8")
    (folder / "m2.txt").write_text(f"{PARK}\n{SCHOOL}", "utf-8")
    (folder / "s.txt").write_text(HALL, "utf-8")
    (folder / "z.jsonl").write_text(article(1, "市长周明说,一切都好。") + article(1, "河道清淤已经开始。"), "utf-8")
    return folder


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return write(tmp_path / "seeds")


def built(seeds: Path, build: Path) -> Path:
    result = run_build(seeds, build)
    assert result.returncode == 0, result.stderr
    return build / "edition.db"


ADDRESSES = {
    "editions": "SELECT address, id FROM editions",
    "pages": "SELECT pages.address, headline FROM pages JOIN articles ON page_id = pages.id",
    "articles": "SELECT address, coalesce(headline, '') || body FROM articles",
    "people": """SELECT DISTINCT people.address, name || ': ' || headline FROM people
        JOIN mentions ON person_id = people.id JOIN articles ON articles.id = article_id""",
    "organizations": "SELECT address, name FROM organizations",
    "mentions": """SELECT found.address, surface || ': ' || articles.headline FROM mentions_in_context AS found
        JOIN articles ON articles.id = article_id""",
}


def addresses(database: Path) -> dict[str, set[tuple[str, str]]]:
    """By table, what stands at each address, as text."""
    return {table: set(query(database, sql)) for table, sql in ADDRESSES.items()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def add_an_edition_that_sorts_first(seeds: Path) -> None:
    (seeds / "a.txt").write_text("# 张伟当选\n\n本报讯 市民周强说,张伟当选上海市消防协会会长。\n", "utf-8")


def add_a_namesake_in_it(seeds: Path) -> None:
    text = "# 影院翻修\n\n本报讯 东城影院经理张伟说,影院翻修两个月,座椅全部换新。\n"
    (seeds / "aa.txt").write_text(text, "utf-8")
    ruled = "  - {kind: person, names: [张伟], in: [东城影院经理张伟], as: different, reason: 同名}\n"
    entry = f"editions:\n- id: aa\n  pages:\n  - file: aa.txt\n  identities:\n{ruled}"
    edit(seeds / "editions.yml", "editions:\n", entry)


def add_a_page(seeds: Path) -> None:
    (seeds / "m0.txt").write_text("# 图书馆延长开放\n\n本报讯 图书馆从下周起延长开放两小时。\n", "utf-8")
    edit(seeds / "editions.yml", "  - file: m1.txt\n", "  - file: m0.txt\n  - file: m1.txt\n")


def add_a_page_number(seeds: Path) -> None:
    edit(seeds / "editions.yml", "  - file: m2.txt\n", "  - file: m2.txt\n    number: 7\n")


def add_an_article(seeds: Path) -> None:
    path = seeds / "m2.txt"
    path.write_text(f"# 早市搬迁\n\n本报讯 东门早市下周一搬到新址,摊位增加一倍。\n\n{path.read_text('utf-8')}", "utf-8")


def add_an_article_that_came_apart(seeds: Path) -> None:
    path = seeds / "z.jsonl"
    path.write_text(article(1, "桥面铺装完成,通车在即。") + path.read_text("utf-8"), "utf-8")


def put_a_page_right(seeds: Path) -> None:
    editions = seeds / "editions.yml"
    statement = "  order:\n  - {file: m1.txt, line: 水厂扩建工程完工, as: begins, reason: 另一篇}\n"
    editions.write_text(editions.read_text("utf-8") + statement, "utf-8")


def list_an_edition_under_another_name(seeds: Path) -> None:
    edit(seeds / "editions.yml", "editions:\n", "editions:\n- id: r\n  pages:\n  - file: s.txt\n    number: 3\n")


def change_a_character(seeds: Path) -> None:
    edit(seeds / "m1.txt", "三天", "五天")


def break_the_lines_anew(seeds: Path) -> None:
    edit(seeds / "m2.txt", "市园林局局长赵志刚", "市园林局局长\n赵志刚")


def rename_a_file(seeds: Path) -> None:
    (seeds / "m2.txt").rename(seeds / "n2.txt")
    edit(seeds / "editions.yml", "m2.txt", "n2.txt")


CHANGES = (
    *(add_an_edition_that_sorts_first, add_a_namesake_in_it, add_a_page, add_a_page_number, add_an_article),
    *(add_an_article_that_came_apart, put_a_page_right),
)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The seeds with all that may come in, the database before, and the one after."""
    folder = tmp_path_factory.mktemp("grown")
    seeds = write(folder / "seeds")
    before = built(seeds, folder / "before")
    for change in CHANGES:
        change(seeds)
    return seeds, before, built(seeds, folder / "after")


@pytest.mark.parametrize("table", ADDRESSES)
def test_what_had_an_address_keeps_it_whatever_comes_in(grown: tuple[Path, Path, Path], table: str) -> None:
    _, before, after = grown
    old, new = addresses(before)[table], addresses(after)[table]
    if table == "mentions":
        # In these files an article came in before them.
        old = {(address, text) for address, text in old if not address.startswith(("/mentions/m-2/", "/mentions/z-"))}
    assert old
    assert old - new == set()
    assert len(new) > len(old)


@pytest.mark.parametrize(
    "change", [change_a_character, break_the_lines_anew, rename_a_file, list_an_edition_under_another_name]
)
def test_articles_pages_and_names_keep_theirs_where_the_file_or_edition_is_another(
    seeds: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    before = built(seeds, tmp_path / "before")
    change(seeds)
    after = built(seeds, tmp_path / "after")
    for sql in ("SELECT id, address FROM pages", "SELECT key, headline FROM articles", "SELECT key, name FROM people"):
        assert set(query(after, sql)) == set(query(before, sql))


def former(database: Path, kind: str) -> dict[str, tuple[str, list[str]]]:
    """Key -> what happened to it, and the keys of what it went into."""
    found: dict[str, tuple[str, list[str]]] = {}
    sql = f"SELECT key, happened, successor FROM former_keys WHERE kind = '{kind}' ORDER BY successor"
    for key, happened, successor in query(database, sql):
        found.setdefault(key, (happened, []))[1].extend([successor] if successor else [])
    return found


def test_an_edition_under_another_id_is_found_from_its_old_one(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "before")
    list_an_edition_under_another_name(seeds)
    assert former(built(seeds, tmp_path / "after"), "edition") == {"s": ("merged", ["r"])}
    edit(seeds / "editions.yml", "- id: r\n", "- id: s\n")
    assert former(built(seeds, tmp_path / "again"), "edition") == {"r": ("merged", ["s"])}


def test_what_is_taken_out_is_gone_and_what_comes_back_has_its_key_again(seeds: Path, tmp_path: Path) -> None:
    before = built(seeds, tmp_path / "before")
    text = (seeds / "s.txt").read_text("utf-8")
    (seeds / "s.txt").write_text("# 灯会开幕\n\n本报讯 灯会今晚开幕,花灯三百盏。\n", "utf-8")
    after = built(seeds, tmp_path / "after")
    assert former(after, "page") == {"s-1": ("withdrawn", [])}
    assert former(after, "article") == {"s-1-1": ("withdrawn", [])}
    assert former(after, "organization")["市民中心"] == ("withdrawn", [])
    # Nothing else gets a key that was given, be it in the same file.
    assert query(after, "SELECT id FROM pages WHERE source_file = 's.txt'") == [("s-1-2",)]
    assert query(after, "SELECT key FROM articles WHERE page_id = 's-1-2'") == [("s-1-2-1",)]
    (seeds / "t.txt").write_text(text, "utf-8")
    again = built(seeds, tmp_path / "again")
    assert query(again, "SELECT id FROM pages WHERE source_file = 't.txt'") == [("s-1",)]
    assert addresses(again)["articles"] >= addresses(before)["articles"]
    assert former(again, "article") == {}


def test_articles_that_become_one_lead_to_it_and_one_that_is_taken_apart_to_both(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "before")
    one, other = "市长周明说,一切都好。", "河道清淤已经开始。"
    (seeds / "z.jsonl").write_text(article(1, f"{one}\n{other}"), "utf-8")
    merged = built(seeds, tmp_path / "merged")
    assert former(merged, "article") == {"z-2020-01-01-1-2": ("merged", ["z-2020-01-01-1-1"])}
    (seeds / "z.jsonl").write_text(article(1, one) + article(1, other), "utf-8")
    assert former(built(seeds, tmp_path / "apart"), "article") == {}


LONG = "水位上涨三米多,低洼处的居民已经全部转移到学校和体育馆里暂住。"
HALVES = (
    "第一批物资凌晨运抵,有帐篷、棉被、饮用水和方便食品共二十车。",
    "堤坝上的巡查昼夜不停,每隔五十米设一个岗,发现险情立刻上报。",
)


def test_an_article_that_is_split_in_equal_parts_lists_them_and_a_larger_part_is_the_article() -> None:
    text = sampled(HALVES)
    old = GivenKey("article", "a-1-1", page="a-1", characters=text.characters, sample=text.sample)
    halves = match([old], [sampled([half]) for half in HALVES])
    assert (halves.same, halves.successors) == ({}, {0: (0, 1)})
    larger = match([old], [sampled([HALVES[0], HALVES[1][:14]]), sampled([HALVES[1][14:]])])
    assert larger.same == {0: 0}
    remainder = match([old], [sampled([HALVES[0][:20], LONG[:6]])])
    assert remainder.same == {0: 0}
    assert match([old], [sampled([LONG])]).same == {}


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (HALVES, True),
        ([HALVES[1], HALVES[0]], True),
        ([part for half in HALVES for part in (half[:10], half[10:])], True),
        (["".join(HALVES).replace("上", "土").replace("一", "-")], True),
        ([f"  {half[:9]} {half[9:]}\r" for half in HALVES], True),
        ([LONG], False),
        ([], False),
    ],
)
def test_a_text_is_known_by_most_of_its_characters(now: list[str], same: bool) -> None:
    text = sampled(HALVES)
    old = GivenKey("page", "a-1", edition="a", file="a.txt", characters=text.characters, sample=text.sample)
    assert bool(match([old], [sampled(now)]).same) == same


def person(key: str, name: str | None = None, articles: tuple[str, ...] = (), gone: str | None = None) -> GivenKey:
    return GivenKey("person", key, name=name, articles=articles, gone=gone)


@pytest.mark.parametrize(
    ("given", "here", "keys", "gone"),
    [
        # The numbers of namesakes change with what comes in before them: their articles tell.
        (
            [person("张伟", articles=("a-1",)), person("张伟-2", "张伟", ("m-1",))],
            [("张伟", "张伟", ["a-1"]), ("张伟-2", "张伟", ["b-1"]), ("张伟-3", "张伟", ["m-1"])],
            ["张伟", "张伟-3", "张伟-2"],
            {},
        ),
        # A name that becomes a further name of another one leads to it.
        (
            [person("史密斯"), person("约翰·史密斯")],
            [("约翰·史密斯", "约翰·史密斯", [], "史密斯")],
            ["约翰·史密斯"],
            {"史密斯": ["约翰·史密斯"]},
        ),
        # One that is called otherwise keeps its key.
        ([person("史密斯")], [("约翰·史密斯", "约翰·史密斯", [], "史密斯")], ["史密斯"], {}),
        # Of two that a name may mean now both are listed, but for the one in whose articles it stood.
        (
            [person("史密斯")],
            [("约翰·史密斯", "约翰·史密斯", ["a-1"], "史密斯"), ("亚当·史密斯", "亚当·史密斯", ["b-1"], "史密斯")],
            ["约翰·史密斯", "亚当·史密斯"],
            {"史密斯": ["约翰·史密斯", "亚当·史密斯"]},
        ),
        (
            [person("史密斯", "阿·史密斯", ("b-1",))],
            [("约翰·史密斯", "约翰·史密斯", ["a-1"], "史密斯"), ("亚当·史密斯", "亚当·史密斯", ["b-1"], "史密斯")],
            ["约翰·史密斯", "史密斯"],
            {},
        ),
        # A key that is gone is nobody else's; who comes back has it again.
        ([person("张伟-2", "张伟", ("m-1",), "withdrawn")], [("张伟-2", "张伟", ["b-1"])], ["张伟-3"], {"张伟-2": []}),
        ([person("张伟-2", "张伟", ("m-1",), "withdrawn")], [("张伟", "张伟", ["m-1"])], ["张伟-2"], {}),
        ([person("李芳", gone="withdrawn")], [("李芳", "李芳", ["b-1"])], ["李芳"], {}),
    ],
)
def test_people_are_known_by_name_and_namesakes_by_their_articles(given, here, keys, gone) -> None:
    entities = [EntityHere(key, name, tuple(others)) for key, name, _, *others in here]
    kept = entity_keys(Names(given, entities), lambda number: here[number][2], True, "person", "0")
    assert list(kept.keys) == keys
    found = former_keys(kept.record, {"person": set(kept.keys)})
    assert {one.key: list(one.successors) for one in found} == gone
    again = entity_keys(Names(kept.record, entities), lambda number: here[number][2], True, "person", "0")
    assert again.keys == kept.keys
    assert sorted(map(repr, again.record)) == sorted(map(repr, kept.record))


def test_what_went_into_something_that_is_gone_leads_to_what_that_went_into() -> None:
    record = [
        GivenKey("article", "a", gone="merged", to=("b",)),
        GivenKey("article", "b", gone="split", to=("c", "d")),
        GivenKey("article", "c", gone="withdrawn"),
        GivenKey("article", "d"),
        GivenKey("article", "e", gone="merged", to=("c",)),
    ]
    found = {one.key: (one.happened, one.successors) for one in former_keys(record, {"article": {"d"}})}
    assert found["a"] == found["b"] == ("merged", ("d",))
    assert found["c"] == found["e"] == ("withdrawn", ())


def test_the_same_seeds_and_record_give_the_same_bytes_also_the_build_that_made_the_record(
    grown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    seeds, _, after = grown
    record = (seeds / "keys.jsonl").read_bytes()
    assert digest(built(seeds, tmp_path / "again")) == digest(after)
    assert (seeds / "keys.jsonl").read_bytes() == record
    assert "up to date" in run_build(seeds, tmp_path / "again").stdout
    lines = record.decode().splitlines()
    kinds = ["page", "article", "organization", "person"]
    assert [json.loads(line) for line in lines]
    order = [(next(kind for kind in reversed(kinds) if f'{{"{kind}"' in line), line.split('"')[3]) for line in lines]
    assert order == sorted(order, key=lambda one: (kinds.index(one[0]), one[1]))


def test_our_own_record_is_that_of_our_seeds(tmp_path: Path) -> None:
    seeds = own_seeds(tmp_path / "seeds")
    built(seeds, tmp_path / "build")
    record = (seeds / "keys.jsonl").read_text("utf-8")
    assert record == (ROOT / "seeds" / "keys.jsonl").read_text("utf-8"), "run: make build, and commit seeds/keys.jsonl"


def test_a_change_in_the_record_makes_a_new_build(seeds: Path, tmp_path: Path) -> None:
    database = built(seeds, tmp_path / "build")
    edit(seeds / "keys.jsonl", '{"person": "周明"', '{"person": "周明明", "name": "周明"')
    assert "up to date" not in run_build(seeds, tmp_path / "build").stdout
    assert query(database, "SELECT address FROM people WHERE name = '周明'")[0][0].count("%E6%98%8E") == 2


def test_a_record_that_is_gone_is_made_anew_and_what_changed_is_told(
    grown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    _, _, after = grown
    seeds = shutil.copytree(grown[0], tmp_path / "seeds")
    shutil.copytree(after.parent, tmp_path / "build")
    (seeds / "keys.jsonl").unlink()
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    assert "the record of keys is gone and was made anew" in result.stdout
    assert "such as m-" in result.stdout
    assert (seeds / "keys.jsonl").exists()
    (seeds / "keys.jsonl").unlink()
    assert "is gone" not in run_build(seeds, tmp_path / "build").stdout


@pytest.fixture
def locked(seeds: Path) -> Iterator[Path]:
    """The seeds in a folder in which nothing can be written, not even by root: the record's place is taken."""
    (seeds / f".keys.jsonl.{os.getpid()}").mkdir()
    return seeds


def test_where_the_record_cannot_be_written_the_build_says_so_and_is_right(locked: Path, tmp_path: Path) -> None:
    result = run_build(locked, tmp_path / "build")
    assert result.returncode == 0
    assert "keys.jsonl can't be written" in result.stderr
    assert not (locked / "keys.jsonl").exists()
    assert "up to date" in run_build(locked, tmp_path / "build").stdout


def test_a_build_that_is_not_published_writes_no_record_before_it_is(seeds: Path, tmp_path: Path) -> None:
    built(seeds, tmp_path / "build")
    before = (seeds / "keys.jsonl").read_bytes()
    (seeds / "a.txt").write_text("# 张伟当选\n\n本报讯 市民周强说,张伟当选了。\n", "utf-8")
    (seeds / "s.txt").write_bytes(b"")
    assert run_build(seeds, tmp_path / "build").returncode == 1
    assert (seeds / "keys.jsonl").read_bytes() == before
    new = tmp_path / "build" / "edition.db.new"
    # What can't be read was not taken out.
    assert former(new, "article") == {"s-1-1": ("unread", [])}
    assert former(new, "organization")["市民中心"] == ("unread", [])
    new.replace(tmp_path / "build" / "edition.db")
    run_build(seeds, tmp_path / "build")
    record = (seeds / "keys.jsonl").read_text("utf-8")
    assert '"a-1-1"' in record
    assert '"s-1-1"' in record
    assert '"gone"' not in record
    assert "up to date" in run_build(seeds, tmp_path / "build").stdout


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: "<<<<<<< ours\n" + text, "keys.jsonl, line 1: 两人改过同一处"),
        (lambda text: text + text.splitlines()[2] + "\n", "stands in line 3 already"),
        (lambda text: text.replace('"characters"', '"letters"', 1), "line 1: {kind}unknown name 'letters'"),
        (lambda text: text.replace('"sample": "', '"sample": "!', 1), "line 1: {kind}'sample' can't be"),
        (lambda text: text.replace('{"article"', '{"artikel"', 1), "a line without a key"),
        (lambda text: text.replace('"file": "m1.txt", ', "", 1), "'file' is missing"),
        (lambda text: text + '{"person": "甲", "gone": "merged"}\n', "'to' of the key '甲'"),
        (lambda text: text + '{"person": "甲", "gone": "merged", "to": ["乙"]}\n', "the record does not have: 乙"),
        (lambda text: text + '{"person": "甲", "person": "乙"}\n', "'person' stands twice"),
        (lambda text: text + "甲\n", "not JSON at character 0"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused_with_its_line(
    grown: tuple[Path, Path, Path], tmp_path: Path, spoil: Callable[[str], str], said: str
) -> None:
    seeds = shutil.copytree(grown[0], tmp_path / "seeds")
    path = seeds / "keys.jsonl"
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 1
    assert "Nothing was built" in result.stderr
    assert said.replace("{kind}", "") in result.stderr or said.rpartition("{kind}")[2] in result.stderr
    assert "keys.jsonl, line" in result.stderr
