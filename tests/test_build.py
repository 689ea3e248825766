"""A build as `make build` runs it: published whole or not at all, and the same every time."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from banmian.pipeline import stamps
from conftest import ROOT, own_seeds, run_build, run_command, run_process

PAGE = (
    "# 全市植树活动今日启动\n\n本报讯 全市植树活动今天启动。活动持续三天,市民可以就近参加。\n\n活动由市林业局主办。\n"
)


ARTICLE = "# 首班地铁提前一刻钟\n\n本报讯 市长李建国昨天说,首班地铁从下月起提前一刻钟,方便早起的市民。\n"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder of one page, a.txt, of one article."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(ARTICLE, "utf-8")
    return tmp_path / "seeds"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def query(database: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def test_the_same_seeds_give_the_same_bytes(edition_db: Path, tmp_path: Path) -> None:
    # Strings have other hashes there than in the process that built edition_db.
    result = run_process(own_seeds(tmp_path / "seeds"), tmp_path / "build", env={**os.environ, "PYTHONHASHSEED": "1"})
    assert result.returncode == 0, result.stderr
    assert digest(tmp_path / "build" / "edition.db") == digest(edition_db)


def test_what_was_built_before_in_the_same_process_leaves_no_trace(
    edition_db: Path, seeds: Path, tmp_path: Path
) -> None:
    assert run_build(seeds, tmp_path / "other").returncode == 0
    output = run_build(own_seeds(tmp_path / "own"), tmp_path / "build").stdout
    assert digest(tmp_path / "build" / "edition.db") == digest(edition_db)
    rows = dict(query(edition_db, "SELECT name, value FROM build_info WHERE name LIKE 'rows in %'"))
    for table in ("editions", "pages", "articles", "people", "organizations", "mentions"):
        assert f"{table} {int(rows[f'rows in {table}']):,}" in output
    assert "characters 4,321 (every one accounted for)" in output


def test_nothing_is_built_twice_and_no_change_is_missed(seeds: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"

    def again() -> bool:
        result = run_build(seeds, build)
        assert result.returncode == 0, result.stderr
        return "up to date" not in result.stdout

    assert again()
    assert not again()
    (seeds / "b.txt").write_text(PAGE, "utf-8")
    assert again()
    assert query(build / "edition.db", "SELECT count(*) FROM pages") == [(2,)]
    (seeds / "b.txt").write_text(PAGE.replace("三天", "五天"), "utf-8")
    assert again()
    assert query(build / "edition.db", "SELECT body LIKE '%五天%' FROM articles WHERE page_id = 'b-1'") == [(1,)]
    (seeds / "b.txt").unlink()
    assert again()
    assert query(build / "edition.db", "SELECT count(*) FROM pages") == [(1,)]
    assert not again()
    shutil.copytree(seeds, tmp_path / "elsewhere")
    seeds = tmp_path / "elsewhere"
    assert again()
    (build / "edition.db").unlink()
    assert again()


@pytest.mark.parametrize("library", ["jieba", "opencc", "PyYAML", "numpy"])
def test_another_version_of_a_library_that_a_build_asks_makes_a_new_one(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    run_build(seeds, tmp_path / "build")
    version = stamps.metadata.version
    assert query(
        tmp_path / "build" / "edition.db", f"SELECT value FROM build_info WHERE name = '{library} version'"
    ) == [(version(library),)]
    monkeypatch.setattr(stamps.metadata, "version", lambda name: "another" if name == library else version(name))
    assert "up to date" not in run_build(seeds, tmp_path / "build").stdout
    assert "up to date" in run_build(seeds, tmp_path / "build").stdout


def test_every_library_that_a_build_asks_is_known_of() -> None:
    names = ("words", "seeds", "page", "names", "keys", "store", "pipeline")
    rooms = [ROOT / "scripts" / "banmian" / room for room in names]
    # What only an export needs, and what only another way to the same bytes does.
    others = {rooms[5] / "export.py", rooms[6] / "cluster.py"}
    modules = {path for room in rooms for path in room.rglob("*.py")} - others
    nodes = [node for path in modules for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    asked = {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    asked |= {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) if node.module}
    distributions = packages_distributions()
    libraries = {distributions[name][0] for name in asked - {"banmian"} if name in distributions}
    assert {library.lower() for library in libraries} == {library.lower() for library in stamps.LIBRARIES}


def test_a_page_that_cannot_be_read_leaves_what_is_published_as_it_was(seeds: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"
    run_build(seeds, build)
    before = digest(build / "edition.db")
    (seeds / "b.txt").write_text(PAGE, "utf-8")
    (seeds / "c.txt").write_bytes(b"")
    result = run_build(seeds, build)
    assert result.returncode == 1
    assert "c.txt, line 1: 文件是空的。请移走,或放入该版文字 · the file is empty" in result.stderr
    assert f"mv {build / 'edition.db.new'} {build / 'edition.db'}" in result.stderr
    assert digest(build / "edition.db") == before
    assert query(build / "edition.db.new", "SELECT count(*) FROM pages") == [(2,)]
    again = run_build(seeds, build)
    assert again.returncode == 1
    assert "up to date" in again.stdout
    assert "c.txt, line 1: 文件是空的" in again.stderr
    shutil.move(build / "edition.db.new", build / "edition.db")
    accepted = run_build(seeds, build)
    assert "up to date" in accepted.stdout
    assert "To publish" not in accepted.stderr
    (seeds / "c.txt").unlink()
    assert run_build(seeds, build).returncode == 0
    assert query(build / "edition.db", "SELECT count(*) FROM pages") == [(2,)]


def test_a_new_database_goes_once_nothing_is_left_out(seeds: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"
    run_build(seeds, build)
    (seeds / "c.txt").write_bytes(b"")
    run_build(seeds, build)
    assert (build / "edition.db.new").exists()
    (seeds / "c.txt").unlink()
    assert run_build(seeds, build).returncode == 0
    assert not (build / "edition.db.new").exists()


def test_without_a_folder_of_seeds_the_one_that_was_built_is_taken(seeds: Path, tmp_path: Path) -> None:
    (seeds / "b.txt").write_text(PAGE, "utf-8")
    run_build(seeds, tmp_path / "build")
    assert "up to date" in run_command("build", "--build", tmp_path / "build").stdout


@pytest.mark.parametrize("folder", ["", ".", "./"])
def test_a_build_does_not_write_into_the_folder_that_one_stands_in(
    monkeypatch: pytest.MonkeyPatch, seeds: Path, folder: str
) -> None:
    monkeypatch.chdir(seeds)
    result = run_command("build", "--seeds", seeds, "--build", folder)
    assert result.returncode == 2
    assert "name a folder of its own" in result.stderr


def test_seeds_and_build_are_two_folders(seeds: Path) -> None:
    result = run_build(seeds, seeds)
    assert result.returncode == 2
    assert "must be two folders" in result.stderr


def test_the_other_pages_are_published_where_nothing_was(seeds: Path, tmp_path: Path) -> None:
    # As many processes read as this machine has cores.
    for name in "bd":
        (seeds / f"{name}.txt").write_text(PAGE, "utf-8")
    (seeds / "c.txt").write_bytes(b"\xff")
    result = run_process(seeds, tmp_path / "build")
    assert result.returncode == 1
    assert "c.txt, line 1: 第0字节(0xff)不是UTF-8。请存为UTF-8。 · not UTF-8 at byte 0 (0xff)" in result.stderr
    assert query(tmp_path / "build" / "edition.db", "SELECT count(*) FROM pages") == [(3,)]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda seeds: shutil.rmtree(seeds), "there is no such folder"),
        (lambda seeds: [path.unlink() for path in seeds.glob("*.txt")], "no page here"),
        (lambda seeds: (seeds / "editions.yml").write_text("editions: [{name: x}]"), "unknown key 'name'"),
    ],
)
def test_seeds_that_cannot_be_used_build_nothing(seeds: Path, tmp_path: Path, spoil, message: str) -> None:
    build = tmp_path / "build"
    run_build(seeds, build)
    before = digest(build / "edition.db")
    spoil(seeds)
    result = run_build(seeds, build)
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert digest(build / "edition.db") == before


def test_a_build_that_is_killed_at_any_moment_leaves_what_is_published_as_it_was(seeds: Path, tmp_path: Path) -> None:
    build, new = tmp_path / "build", tmp_path / "new"
    run_build(seeds, build)
    (seeds / "b.txt").write_text(PAGE, "utf-8")
    run_build(seeds, new)
    command = [sys.executable, str(ROOT / "tests" / "dying_build.py"), *map(str, (seeds, build, new))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert result.returncode == 0, result.stderr
    moments = [line.split("\t") for line in result.stdout.splitlines()]
    looks = [(step, state) for how, step, state in moments if how == "seen"]
    steps, states = zip(*looks, strict=True)
    # Once it is moved into place it is the new one, whole.
    published = steps.index("os.rename .edition.db.building-") + 1
    assert set(states[:published]) == {"old"}
    assert set(states[published:]) == {"new"}
    assert len([step for step in steps if step.startswith("statement")]) >= 50
    kills = [(step, state) for how, step, state in moments if how == "killed"]
    assert len(kills) >= 5
    assert set(kills) <= set(looks)
    assert digest(build / "edition.db") == digest(new / "edition.db")
    assert not list(build.glob(".edition.db.building-*"))


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("杭洲市", "city: '杭洲市' is no province, city or county of today (is '杭州市' meant?); if it lies abroad"),
        ("巴黎", "city: '巴黎' is no province, city or county of today; if it lies abroad"),
        ("杭州市", None),
        ("杭州", None),
        ("浙江省杭州市", None),
        ("新加坡", None),
    ],
)
def test_a_city_that_no_list_knows_is_noted_once_and_the_page_is_built(
    seeds: Path, tmp_path: Path, city: str, said: str | None
) -> None:
    (seeds / "b.txt").write_text(ARTICLE, "utf-8")
    editions = [f"  - {{id: {name}1, city: {city}, pages: [{{file: {name}.txt}}]}}\n" for name in "ab"]
    (seeds / "editions.yml").write_text("editions:\n" + "".join(editions), "utf-8")
    result = run_build(seeds, tmp_path / "build")
    assert result.returncode == 0, result.stderr
    notes = [line for line in result.stdout.splitlines() if "city:" in line]
    assert len(notes) == (said is not None)
    if said:
        assert notes[0].startswith("Note: a.txt: city: ")
        assert said in notes[0]
    kinds = query(tmp_path / "build" / "edition.db", "SELECT kind FROM warnings WHERE kind = 'unknown_city'")
    assert len(kinds) == len(notes)


def test_make_reviews_what_the_first_build_could_make_and_speaks_of_no_database_before(
    seeds: Path, tmp_path: Path
) -> None:
    def reviewed() -> subprocess.CompletedProcess[str]:
        make = ["make", "-f", str(ROOT / "Makefile"), "-o", ".venv/installed", "review"]
        given = [f"BIN={Path(sys.executable).parent}", f"SEEDS={seeds}", f"BUILD={tmp_path / 'build'}"]
        return subprocess.run([*make, *given], cwd=tmp_path, capture_output=True, text=True, check=False)

    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    (seeds / "b.txt").write_bytes(b"")
    (seeds / "editions.yml").write_text("edition: []\n", "utf-8")
    result = reviewed()
    assert result.returncode != 0
    assert "Nothing was built.\n" in result.stderr
    (seeds / "editions.yml").unlink()
    result = reviewed()
    assert result.returncode == 0, result.stderr
    assert f"Reviewing {tmp_path / 'build'}/edition.db as it is." in result.stderr
    assert "published" not in result.stderr
    (seeds / "editions.yml").write_text("edition: []\n", "utf-8")
    assert "Nothing was built, what was published stays." in reviewed().stderr


def test_the_desk_of_other_seeds_does_not_take_the_place_of_what_is_published(seeds: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"
    assert run_build(seeds, build).returncode == 0
    published = digest(build / "edition.db")
    shutil.copytree(seeds, tmp_path / "trial")
    result = run_command("desk", "--seeds", str(tmp_path / "trial"), "--build", str(build))
    assert result.returncode == 2
    assert f"make desk SEEDS={tmp_path / 'trial'} BUILD={tmp_path / 'trial'}-build" in result.stderr
    assert digest(build / "edition.db") == published
