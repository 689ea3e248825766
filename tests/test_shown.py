"""What the public is not shown of a text stands nowhere in what it is served; facts and their places stay."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import run_build, run_command
from published import Published
from seed_folders import faults, folder_of

BEGINS = "市长郑明远昨天到城东考察,"
# Of one edition each: sentences that stand beyond the beginning, with characters that stand nowhere else.
HIDDEN = {
    "part": "副市长周卫东随后在座谈会上谈到鼹鼠如何在旧堤坝里打洞筑巢的故事",
    "part2": "会后大家一起参观了蜥蜴馆里新近运到的几十种热带爬行动物",
    "none": "局长刘建国在会上逐条回答了关于鹦鹉饲养场搬迁补偿的各种问题",
    "archive": "据工作人员介绍明年还将陆续添置骆驼和羚羊等大型食草动物",
    "caption": "图为市民在江边观看白鹳成群飞过新建大桥的壮观景象",
}
SHOWN = "新桥通车以后两岸居民往来只需十分钟比过去坐轮渡快得多"
LONG = "此事各方都很关心,有关部门正在研究。" * 12
PRIVATE = "村民何大山说,路修好了。袁隆平来过这里。居民赵小兰说,夜里也亮。"
CAPTION = f"{HIDDEN['caption']} 记者 王大力 摄"
PART = f"# 市长考察城东\n\n本报讯 {BEGINS}{LONG}{PRIVATE}{HIDDEN['part']}。\n\n{HIDDEN['part2']}。\n\n{CAPTION}\n"
NONE = f"# 搬迁有了答复\n\n本报讯 {LONG}{HIDDEN['none']}。\n"
FULL = f"# 新桥通车\n\n本报讯 市长郑明远昨天宣布新桥通车。{SHOWN}。\n"
ARCHIVE = f'{{"headline": "动物园扩建", "body": "{LONG}{HIDDEN["archive"]}。", "date": "2024-03-04"}}\n'
LISTED = f"""editions:
  - id: part
    date: 2024-03-01
    city: 武汉市
    note: 编者按:{HIDDEN["part"]}。
    pages: [{{file: a.txt}}]
    doubts: [{{file: a.txt, printed: 鼹鼠, suspected: 田鼠, reason: "原文说{HIDDEN["part"]}"}}]
    corrections: [{{file: a.txt, printed: 爬行动物, corrected: 爬虫, reason: r}}]
  - {{id: again, date: 2024-03-05, pages: [{{file: d.txt}}]}}
  - {{id: none, date: 2024-03-02, shown: none, pages: [{{file: b.txt}}]}}
  - {{id: full, date: 2024-03-03, rights: CC BY 4.0, shown: full, pages: [{{file: c.txt}}]}}
people:
  - {{names: [赵小兰], as: public, reason: The delegate of the street.}}
  - {{names: [刘建国, 无此人], as: private, reason: A namesake of no office.}}
"""
FILES = {"a.txt": PART, "b.txt": NONE, "c.txt": FULL, "d.txt": PART, "e.jsonl": ARCHIVE, "editions.yml": LISTED}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a build, and what the build said."""
    folder = tmp_path_factory.mktemp("shown")
    made = run_build(folder_of(folder / "seeds", FILES), folder / "build")
    assert made.returncode == 0, made.stderr
    return folder / "build", made.stdout + made.stderr


@pytest.fixture
def said(built: tuple[Path, str]) -> str:
    """What the build said."""
    return built[1]


@pytest.fixture(scope="module")
def whole(built: tuple[Path, str]) -> Iterator[Published]:
    """The site as its owner sees it."""
    published = Published(built[0] / "edition.db")
    yield published
    published.close()


@pytest.fixture(scope="module")
def public(built: tuple[Path, str]) -> Iterator[tuple[Path, Published]]:
    """The folder of a build, and the site of what the public is served, with a release of it."""
    build = built[0]
    assert run_command("public", "--build", build).returncode == 0
    of = ("--build", build / "public", "--metadata", "metadata.yml")
    assert run_command("release", *of, "--date", "2026-11-01").returncode == 0
    published = Published(build / "public" / "edition.db")
    yield build, published
    published.close()


def windows(text: str) -> list[str]:
    """Parts of a sentence of a dozen characters, without names: none of them may be read anywhere."""
    plain = re.split("周卫东|刘建国|王大力", text)
    return [part[at : at + 12] for part in plain for at in range(0, max(1, len(part) - 11), 4) if len(part) >= 12]


@pytest.mark.parametrize("sentence", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_shown_stands_in_no_file(public: tuple[Path, Published], sentence: str) -> None:
    forms = [form for text in windows(sentence) for form in (text.encode(), text.encode("unicode_escape"))]
    assert any(form in (public[0] / "edition.db").read_bytes() for form in forms)
    held = [
        str(path)
        for path in sorted((public[0] / "public").rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
    assert held == []


@pytest.fixture(scope="module")
def facts(public: tuple[Path, Published]) -> Path:
    """The export of facts alone."""
    assert run_command("export-facts", "--build", public[0], "--metadata", "metadata.yml").returncode == 0
    return public[0] / "facts"


SENTENCES = {**HIDDEN, "shown": SHOWN, "begins": "昨天到城东考察,此事各方都很关心", "headline": "市长考察城东"}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_facts_are_exported_without_a_sentence(facts: Path, sentence: str) -> None:
    """Whatever the public sees of it."""
    forms = [
        form for text in windows(sentence) or [sentence] for form in (text.encode(), text.encode("unicode_escape"))
    ]
    held = [str(path) for path in facts.rglob("*") if path.is_file() and any(f in path.read_bytes() for f in forms)]
    assert held == []


def test_facts_are_all_there_and_described(facts: Path, public: tuple[Path, Published]) -> None:
    package = json.loads((facts / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        with (facts / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        assert header == [field["name"] for field in resource["schema"]["fields"]], resource["name"]
    tables = {
        table: json.loads((facts / "json" / f"{table}.json").read_text("utf-8"))["rows"]
        for table in ("mentions", "positions", "pages", "articles")
    }
    with closing(sqlite3.connect(public[0] / "edition.db")) as database:
        database.row_factory = sqlite3.Row
        for table in ("mentions", "positions", "pages"):
            assert tables[table] == [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
    assert "郑明远" in {row["surface"] for row in tables["mentions"]}
    assert set(tables["articles"][0]) == {"id", "key", "page_id", "position", "genre", "characters", "url", "address"}
    names = {name for name in (facts / "SHA256SUMS").read_text("utf-8").split() if "." in name}
    assert names == {str(path.relative_to(facts)) for path in facts.rglob("*.*")}


def test_no_page_of_the_file_is_left_over_and_the_index_knows_no_hidden_character(
    public: tuple[Path, Published],
) -> None:
    with closing(sqlite3.connect(public[0] / "public" / "edition.db")) as database:
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)
        database.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, articles_fts, row)")
        known = {term for (term,) in database.execute("SELECT term FROM temp.words")}
    assert not known & set("鼹鼠蜥蜴鹦鹉骆驼羚羊鹳")
    assert set("城东桥轮渡") <= known


ADDRESSES = (
    *("/", "/articles/part-1-1", "/articles/part-1-1.json", "/pages/part-1/source", "/articles/none-1-1"),
    *("/editions/part.json", "/people/周卫东", "/people/郑明远.atom", "/-/search?q=市长", "/-/search.atom?q=市长"),
    *("/-/printings?article=part-1-1", "/edition/articles.csv?_stream=on", "/edition/source_spans.json?_size=max"),
    *("/edition/doubts.json", "/edition/readings.json", "/edition/what_was_said.json"),
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_not_shown_stands_on_no_page(public: tuple[Path, Published], address: str) -> None:
    answer = public[1].get(address)
    assert answer.status_code == 200, answer.text[:200]
    text = re.sub("<[^>]*>", "", answer.text) + answer.text
    assert [part for sentence in HIDDEN.values() for part in windows(sentence) if part in text] == []


def test_it_stands_in_no_part_of_what_can_be_taken_away(public: tuple[Path, Published]) -> None:
    answer = public[1].get("/-/download/banmian.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        text = b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert SHOWN in text
    workbook = public[1].get("/edition/articles.xlsx")
    with zipfile.ZipFile(io.BytesIO(workbook.content)) as archive:
        text += b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert [part for sentence in HIDDEN.values() for part in windows(sentence) if part in text] == []


def test_facts_and_their_places_are_those_of_the_whole(public: tuple[Path, Published]) -> None:
    """Every row, key, count and offset; a name stands where its offsets say."""
    facts = (
        'SELECT id, article_id, field, start, "end", surface, source_start, source_end, role, part FROM mentions',
        "SELECT person_id, organization_id, title, article_id FROM positions",
        "SELECT id, key, position, characters, length(body), address FROM articles",
        "SELECT id, name, mentions, articles FROM people",
        """SELECT page, start, "end", line, kind FROM span_places""",
        "SELECT id, characters, lines FROM pages",
        "SELECT article_id, first_article_id FROM reprints",
        """SELECT article_id, start, "end", length(text) FROM statements""",
    )
    with (
        closing(sqlite3.connect(public[0] / "edition.db")) as whole,
        closing(sqlite3.connect(public[0] / "public" / "edition.db")) as part,
    ):
        for sql in facts:
            assert part.execute(sql).fetchall() == whole.execute(sql).fetchall()
        assert whole.execute("SELECT count(*) FROM reprints").fetchone() == (2,)
        sliced = part.execute("""SELECT surface, substr(body, start + 1, "end" - start) FROM mentions
                                 JOIN articles ON articles.id = article_id WHERE field = 'body'""").fetchall()
    assert ("周卫东", "周卫东") in sliced
    assert all(surface == cut for surface, cut in sliced)


@pytest.mark.parametrize(
    ("key", "headline", "begins"),
    [
        ("part-1-1", "市长考察城东", BEGINS),
        ("full-1-1", "新桥通车", f"市长郑明远昨天宣布新桥通车。{SHOWN}。"),
        ("none-1-1", "■■■■■■", "■■■■"),
    ],
)
def test_how_much_is_shown(public: tuple[Path, Published], key: str, headline: str, begins: str) -> None:
    with closing(sqlite3.connect(public[0] / "public" / "edition.db")) as database:
        row = database.execute("SELECT headline, body FROM articles WHERE key = ?", [key]).fetchone()
    assert row[0] == headline
    assert row[1].startswith(begins)
    assert ("■" in row[1]) == (key != "full-1-1")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/articles/part-1-1", "本期未载明可以公开全文的权利"),
        ("/pages/part-1", "和 <code>shown: full</code>,即显示全文"),
        ("/pages/part-1/source", "其余每字代以一个■"),
        ("/articles/none-1-1", "本期不显示文字,只显示其中的姓名、机构名"),
        ("/-/search?q=鼹鼠", "只能搜到这里显示的文字"),
        ("/people/郑明远", "有些期未载明可以公开全文的权利"),
        ("/articles/part-1-1", '个字不显示">■■■…</span>'),
    ],
)
def test_a_page_says_what_is_shown_and_why(public: tuple[Path, Published], address: str, words: str) -> None:
    assert words in public[1].get(address).text
    assert words not in public[1].get("/articles/full-1-1").text


def test_the_next_build_renews_what_the_public_is_served(public: tuple[Path, Published], tmp_path: Path) -> None:
    """A withdrawal is gone with one build, and what the editor opens is shown."""
    shutil.copytree(public[0].parent, tmp_path / "copy", ignore=shutil.ignore_patterns("releases"))
    (tmp_path / "copy" / "build" / "public" / "export").mkdir()
    seeds, build = tmp_path / "copy" / "seeds", tmp_path / "copy" / "build"
    secret = "secret: 0123456789abcdef0123"
    opened = LISTED.replace("shown: none", "rights: Granted., shown: full")
    gone = f"withdrawn:\n  - {{kind: person, text: 周卫东, reason: r, date: 2026-11-01, {secret}}}\n"
    (seeds / "editions.yml").write_text(opened + gone, "utf-8")
    result = run_build(seeds, build)
    assert result.returncode == 0, result.stderr
    assert "which holds what editions.yml lets the public see" in result.stdout
    content = (build / "public" / "edition.db").read_bytes()
    assert "周卫东".encode() not in content
    assert HIDDEN["none"].encode() in content
    assert not (build / "public" / "export").exists()
    assert (build / "public" / "withdrawn.keys").read_bytes() == (build / "withdrawn.keys").read_bytes()
    before = content
    assert run_command("public", "--build", build).returncode == 0
    assert (build / "public" / "edition.db").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("郑明远", "office"),
        ("王大力", "byline"),
        ("何大山", None),
        ("袁隆平", "renown"),
        ("赵小兰", "editor"),
        ("刘建国", None),
    ],
)
def test_who_has_a_page_across_editions(public: tuple[Path, Published], whole: Published, name: str, role: str) -> None:
    """Others have none for the public: their address says so, and nothing leads to them; the editor sees all."""
    path = f"/people/{name}"
    with closing(sqlite3.connect(public[0] / "edition.db")) as database:
        assert database.execute("SELECT public_role FROM people WHERE name = ?", [name]).fetchone() == (role,)
    answers = {end: public[1].ask(path + end) for end in ("", ".json", ".atom", "/mentions.json")}
    sitemap = public[1].get("/sitemap-people-1.xml").text
    found = public[1].get(f"/-/search?q={name}").text
    asked = public[1].get(f'/-/reconcile?queries={{"q":{{"query":"{name}","type":"people"}}}}').json()["q"]["result"]
    curve = public[1].get(f"/-/over-time?person={name}").text
    link = f'href="{quote(path)}"'
    if role:
        assert [answers[end].status_code for end in ("", ".json", ".atom", "/mentions.json")] == [200, 200, 200, 302]
        assert (quote(path) in sitemap, link in found, len(asked), link in curve) == (True, True, 1, True)
    else:
        assert [answers[end].status_code for end in ("", ".json", ".atom", "/mentions.json")] == [200, 403, 403, 403]
        assert all(answer.headers["x-robots-tag"] == "noindex" for answer in answers.values())
        english = public[1].get(f"{path}?_lang=en").text
        assert "No office, byline or other public role of this person is known" in english
        assert '<meta name="robots" content="noindex">' in answers[""].text
        assert not re.search("part-1|again-1", answers[""].text)
        assert (quote(path) in sitemap, link in found, asked, link in curve) == (False, False, [], False)
    assert link in public[1].get("/articles/none-1-1" if name == "刘建国" else "/articles/part-1-1").text
    assert whole.get(path + ".json").status_code == 200


LISTS = (
    "/edition/people.csv",
    "/edition/people_listed.csv",
    "/edition/most_mentioned.csv",
    "/edition/parts_played.csv",
    "/edition/people_together.csv",
    "/edition.csv?sql=select+name+from+people",
    "/-/pictures/mentions",
    "/-/pictures/parts",
    "/-/pictures/together",
)


@pytest.mark.parametrize("path", LISTS)
def test_no_list_nor_picture_has_people_without_a_public_role(
    public: tuple[Path, Published], whole: Published, path: str
) -> None:
    ours, theirs = whole.get(path).text, public[1].get(path).text
    assert ("何大山" in ours, "何大山" in theirs) == (True, False)
    assert "郑明远" in theirs


def test_the_table_of_people_keeps_its_key_and_columns(public: tuple[Path, Published], whole: Published) -> None:
    ours, theirs = (site.get("/edition/people.json?_shape=objects&key=郑明远").json() for site in (whole, public[1]))
    assert (theirs["primary_keys"], theirs["columns"]) == (["id"], ours["columns"])
    assert theirs["rows"] == ours["rows"]
    mentions = public[1].get("/articles/part-1-1").text
    assert "何大山" in mentions


def test_what_is_decided_of_nobody_is_named(said: str) -> None:
    assert "line 14 of editions.yml (people): nobody has the key '无此人'; remove or renew it" in said


def test_programs_are_told_of_people_with_a_public_role_alone(public: tuple[Path, Published]) -> None:
    (data,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', public[1].get("/articles/part-1-1").text, re.S
    )
    named = {one["name"] for part in ("author", "mentions") for one in json.loads(data)[part]}
    assert {"郑明远", "周卫东", "王大力", "赵小兰"} <= named
    assert "何大山" not in named


def test_an_office_says_when_it_was_printed(whole: Published) -> None:
    assert "市长</li>" not in whole.get("/people/郑明远").text
    assert "as printed between 2024-03-03 and 2024-03-05" in whole.get("/people/郑明远?_lang=en").text
    assert "as printed on 2024-03-02" in whole.get("/people/刘建国?_lang=en").text
    row = whole.get("/edition/offices.json?person=刘建国&_shape=array").json()[0]
    assert (row["printed_on"], row["printed_between"]) == ("2024-03-02", None)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("shown: full", "shown: full needs rights beside it"),
        ("shown: all", "shown can't be 'all'. Known: snippet, full, none"),
    ],
)
def test_what_is_malformed_is_named(tmp_path: Path, stated: str, words: str) -> None:
    folder_of(
        tmp_path, {"a.txt": FULL, "editions.yml": f"editions:\n  - {{id: one, pages: [{{file: a.txt}}], {stated}}}\n"}
    )
    ((file, line, reason),) = faults(tmp_path)
    assert (file, line) == ("editions.yml", 2)
    assert words in reason
