"""What is withdrawn stands nowhere after one build, and its address says that it is gone."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import run_build, run_command
from published import Published
from seed_folders import faults, folder_of

SECRET = "drill-0123456789abcdef"
NAME, BODY, PHRASE = "郑明远", "武汉市远航造船厂", "西岭旧事"
PAGE = (
    f"# 市长{NAME}会见客人\n\n本报讯 市长{NAME}昨天会见客人。局长刘建国说,{PHRASE}已经过去。{BODY}的代表到场。\n\n"
    f"# 植树活动开始\n\n本报讯 全市植树活动今天开始,市长郑\n明远到场。园林局局长周卫东介绍了情况。\n\n"
    "# 无关的一则\n\n本报讯 图书馆馆长吴岫瀛说,新馆今天开放。\n\n本馆藏书三万册。\n"
)
ARCHIVE = (
    '{"headline": "远方来信", "body": "记者从武汉获悉,郑明远的信已经收到。"}\n'
    '{"headline": "两则", "body": "周卫东来访。"}\n'
)
LISTED = (
    "editions:\n  - id: one\n    date: 2024-03-01\n    city: 武汉市\n"
    f"    note: {NAME}供稿\n    pages: [{{file: a.txt}}]\n"
    f"    doubts: [{{file: a.txt, printed: 市长{NAME}会见, reason: '{NAME}?'}}]\n"
)


def entry(kind: str, text: str, more: str = "") -> str:
    return f"  - {{kind: {kind}, text: {text}, reason: Asked for., date: 2026-11-01, secret: {SECRET}{more}}}\n"


WITHDRAWN = (
    "withdrawn:\n"
    + entry("person", NAME) + entry("organization", BODY) + entry("phrase", PHRASE)
    + entry("article", "无关的一则", ", file: a.txt")
)  # fmt: skip


def holding(folder: Path, text: str) -> list[str]:
    """The files in a folder that hold a text, in the plain or as JSON escapes it."""
    forms = (text.encode(), text.encode("unicode_escape"))
    files = (path for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Published, str]]:
    """A site as it stands after one build with withdrawals, where another had all of it; what the build said."""
    folder = tmp_path_factory.mktemp("drill")
    seeds = folder_of(folder / "seeds", {"a.txt": PAGE, "b.jsonl": ARCHIVE, "editions.yml": LISTED})
    build = folder / "build"
    assert run_build(seeds, build).returncode == 0
    assert run_command("export", "--build", build, "--metadata", "metadata.yml").returncode == 0
    with closing(sqlite3.connect(build / "edition.db")) as before:
        assert before.execute("SELECT count(*) FROM people WHERE name = ?", [NAME]).fetchone() == (1,)
    assert holding(build, NAME)
    release = ("release", "--build", build, "--metadata", "metadata.yml", "--date")
    assert run_command(*release, "2026-10-01").returncode == 0
    # What was released is an editor's to take back.
    (build / "releases").rename(folder / "releases")
    (seeds / "editions.yml").write_text(LISTED + WITHDRAWN, "utf-8")
    result = run_build(seeds, build)
    assert result.returncode == 0, result.stderr
    (folder / "releases").rename(build / "releases")
    assert run_command(*release, "2026-11-02").returncode == 0
    shutil.move(build / "releases" / "1", folder / "first")
    published = Published(build / "edition.db")
    yield folder, published, result.stdout + result.stderr
    published.close()


@pytest.mark.parametrize("text", [NAME, BODY, PHRASE, "无关的一则", "吴岫瀛", "三万册"])
def test_it_stands_nowhere(drill: tuple[Path, Published, str], text: str) -> None:
    folder, _, said = drill
    assert holding(folder / "build", text) == []
    assert text not in (folder / "seeds" / "keys.jsonl").read_text("utf-8")
    assert text not in said


def test_no_page_of_the_database_is_left_over(drill: tuple[Path, Published, str]) -> None:
    with closing(sqlite3.connect(drill[0] / "build" / "edition.db")) as database:
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


@pytest.mark.parametrize(
    "address", [f"/people/{NAME}", "/people/吴岫瀛", f"/organizations/{BODY}", "/articles/one-1-3"]
)
@pytest.mark.parametrize("form", ["", ".json"])
def test_its_address_says_that_it_is_gone(drill: tuple[Path, Published, str], address: str, form: str) -> None:
    assert drill[1].ask(address + form).status_code == 410


def test_an_address_that_never_was_is_not_found(drill: tuple[Path, Published, str]) -> None:
    assert drill[1].ask("/people/郑明近").status_code == 404


def test_places_and_lines_stay(drill: tuple[Path, Published, str]) -> None:
    """Signs stand for the characters, one for one; what is not withdrawn is as it was."""
    sql = "SELECT text FROM source_spans JOIN pages ON pages.id = page_id WHERE source_file = ? ORDER BY start"
    with closing(sqlite3.connect(drill[0] / "build" / "edition.db")) as database:
        text = "".join(text for (text,) in database.execute(sql, ["a.txt"]))
        names = {name for (name,) in database.execute("SELECT name FROM people")}
        note = database.execute("SELECT note FROM editions WHERE id = 'one'").fetchone()
    assert [len(line) for line in text.split("\n")] == [len(line) for line in PAGE.split("\n")]
    assert all(new in (old, "■") for new, old in zip(text, PAGE, strict=True))
    assert {"刘建国", "周卫东"} <= names
    assert note == ("■■■供稿",)


def test_the_record_of_keys_and_the_table_hold_digests(drill: tuple[Path, Published, str]) -> None:
    with closing(sqlite3.connect(drill[0] / "build" / "edition.db")) as database:
        sql = "SELECT kind, key FROM former_keys WHERE kind IN ('person', 'organization')"
        former = list(database.execute(sql))
    assert {kind for kind, _ in former} == {"organization", "person"}
    assert [key for _, key in former if not re.fullmatch(r"~[0-9a-f]{24}", key)] == []
    record = (drill[0] / "seeds" / "keys.jsonl").read_text("utf-8")
    assert [key for _, key in former if key not in record] == []


def test_the_secret_is_not_published(drill: tuple[Path, Published, str]) -> None:
    assert holding(drill[0] / "build", SECRET) == ["withdrawn.keys"]


def test_the_next_build_says_the_same(drill: tuple[Path, Published, str]) -> None:
    folder = drill[0]
    before = (folder / "seeds" / "keys.jsonl").read_bytes()
    (folder / "build" / "edition.stamp").unlink()
    assert run_build(folder / "seeds", folder / "build").returncode == 0
    assert (folder / "seeds" / "keys.jsonl").read_bytes() == before


def test_in_some_editions_alone(tmp_path: Path) -> None:
    """What is withdrawn in one edition stays in the others, and so does its page."""
    files = {"a.txt": "# 消息\n\n本报讯 市长郑明远说。\n", "b.txt": "# 消息\n\n本报讯 市长郑明远来访。\n"}
    seeds = folder_of(tmp_path / "seeds", {**files, "editions.yml": "withdrawn:\n" + entry("person", NAME, ", in: a")})
    assert run_build(seeds, tmp_path / "build").returncode == 0
    with closing(sqlite3.connect(tmp_path / "build" / "edition.db")) as database:
        bodies = dict(database.execute("SELECT page_id, body FROM articles"))
    assert bodies == {"a-1": "市长■■■说。", "b-1": "市长郑明远来访。"}


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("{kind: person, text: 甲, reason: r, date: 2026-11-01}", "needs a secret of 16 characters or more, such as"),
        (f"{{kind: people, text: 甲, reason: r, date: 2026-11-01, secret: {SECRET}}}", "unknown kind 'people'"),
        (f"{{kind: article, text: 甲, reason: r, date: 2026-11-01, secret: {SECRET}}}", "is withdrawn by its file"),
        (f"{{kind: person, text: 甲, date: 2026-11-01, secret: {SECRET}}}", "needs the key 'reason'"),
        (f"{{kind: person, text: 甲, reason: r, secret: {SECRET}}}", "needs the key 'date'"),
    ],
)
def test_what_is_malformed_is_named(tmp_path: Path, stated: str, words: str) -> None:
    folder_of(tmp_path, {"a.txt": PAGE, "editions.yml": f"withdrawn:\n  - {stated}\n"})
    ((file, line, reason),) = faults(tmp_path)
    assert (file, line) == ("editions.yml", 2)
    assert words in reason


def test_an_article_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A withdrawal that does nothing must not look like one."""
    stated = "withdrawn:\n" + entry("article", "没有这一行", ", file: a.txt")
    seeds = folder_of(tmp_path / "seeds", {"a.txt": PAGE, "editions.yml": stated})
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 1
    assert "editions.yml, line 2: " in result.stderr
    assert "no line of an article of 'a.txt' begins with '没有这一行'. State it as printed" in result.stderr
