"""Keys are given once and kept, whatever comes in beside what has them; of those that are gone it is known where to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, own_seeds, run_build
from test_build import digest, query

BUS = "# 新线路今天开通\n\n本报讯 市交通局局长王建国昨天说,新线路开通三天,乘客很多。沿线居民前来试乘。\n"
PARK = "# 公园昨天免费开放\n\n本报讯 市园林局局长赵志刚昨天宣布,全市公园免费开放。市民张伟说,早上来的人很多。\n"
SCHOOL = "# 三所小学下月开学\n\n本报讯 市教育局副局长李芳说,三所小学校舍已经完工,下月开学。家长们参观了操场和图书室。\n"
WATER = "# 水厂扩建工程完工\n\n本报讯 城西水厂厂长张伟昨天宣布,扩建工程完工,每天多供水五万吨。\n"
HALL = "# 北方大学新校区启用\n\n本报讯 北方大学新校区昨天启用,市长周明出席。大厅里设有二十个窗口,市民可以一次办完。\n"
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


def read_a_page_anew(seeds: Path) -> None:
    # One character in thirty, as another OCR would.
    for old, new in (("公园免费", "公圆免费"), ("早上", "旱上"), ("校舍", "校含"), ("操场", "操扬")):
        edit(seeds / "m2.txt", old, new)


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
    "change",
    [change_a_character, read_a_page_anew, break_the_lines_anew, rename_a_file, list_an_edition_under_another_name],
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


@pytest.mark.parametrize(
    ("table", "printed", "corrected"), [("people", "赵志刚", "赵志冈"), ("organizations", "市园林局", "市园艺局")]
)
def test_a_name_that_an_editor_corrects_keeps_its_address_and_is_found_as_printed(
    seeds: Path, tmp_path: Path, table: str, printed: str, corrected: str
) -> None:
    names = f"SELECT key, name FROM {table}"
    before = query(built(seeds, tmp_path / "before"), names)
    ((key, name),) = [row for row in before if printed.removeprefix("市") in row[1]]
    entry = f"  - {{file: m2.txt, printed: {printed}, corrected: {corrected}, reason: 误识}}\n"
    stated = (seeds / "editions.yml").read_text("utf-8")
    (seeds / "editions.yml").write_text(f"{stated}  corrections:\n{entry}", "utf-8")
    after = built(seeds, tmp_path / "after")
    now = name.replace(printed.removeprefix("市"), corrected.removeprefix("市"))
    assert set(query(after, names)) == {(key, now) if row == (key, name) else row for row in before}
    assert query(after, f"SELECT name FROM aliases WHERE name = '{printed}'") == [(printed,)]
    # And back again.
    (seeds / "editions.yml").write_text(stated, "utf-8")
    assert query(built(seeds, tmp_path / "again"), names) == before


@pytest.mark.parametrize(
    ("table", "file", "printed", "mended"),
    [
        ("people", "m2.txt", "赵志刚", "赵志冈"),
        ("organizations", "m2.txt", "教育局", "教育厅"),
        ("people", "s.txt", "周明", "王建国"),
    ],
)
def test_a_name_that_is_mended_in_the_file_itself_keeps_its_address_or_leads_to_who_is_called_so(
    seeds: Path, tmp_path: Path, table: str, file: str, printed: str, mended: str
) -> None:
    (seeds / "z.jsonl").unlink()
    names = f"SELECT key, name FROM {table}"
    before = dict(query(built(seeds, tmp_path / "before"), names))
    (key,) = [key for key, name in before.items() if printed in name]
    edit(seeds / file, printed, mended)
    after = built(seeds, tmp_path / "after")
    now = {one: name.replace(printed, mended) for one, name in before.items()}
    if mended in before:
        del now[key]
    assert dict(query(after, names)) == now
    assert former(after, "person") == ({key: ("merged", [mended])} if mended in before else {})


def test_a_name_that_was_corrected_when_it_was_first_published_keeps_its_address_as_it_was_printed(
    seeds: Path, tmp_path: Path
) -> None:
    stated = (seeds / "editions.yml").read_text("utf-8")
    entry = "{file: m2.txt, printed: 赵志刚, corrected: 赵志冈, reason: 误识}"
    (seeds / "editions.yml").write_text(f"{stated}  corrections:\n  - {entry}\n", "utf-8")
    built(seeds, tmp_path / "before")
    (seeds / "editions.yml").write_text(stated, "utf-8")
    after = built(seeds, tmp_path / "after")
    assert query(after, "SELECT name FROM people WHERE key = '赵志冈'") == [("赵志刚",)]
    assert former(after, "person") == {}


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
    assert former(after, "organization")["北方大学"] == ("withdrawn", [])
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
