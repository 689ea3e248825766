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

import pytest
from conftest import run_build, run_command
from published import Published
from seed_folders import faults, folder_of
from shown_seeds import BEGINS, FULL, HIDDEN, LISTED, SHOWN, build_of, site_over


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Published]]:
    """The folder of a build, and the site of what the public is served."""
    build = build_of(tmp_path_factory)
    with site_over(build / "public" / "edition.db") as published:
        yield build, published


@pytest.fixture(scope="module")
def facts(public: tuple[Path, Published]) -> Path:
    """The export of facts alone."""
    return public[0] / "facts"


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
