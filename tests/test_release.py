"""A release: what it holds, and what it says of the one before."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
import yaml
from banmian.desk.since import since_release
from banmian.store.release import ReleaseError, release
from conftest import ROOT
from lxml import etree
from published import Published


@pytest.fixture(scope="module")
def folder(edition_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, its first release, and a second after three changes in it."""
    folder = tmp_path_factory.mktemp("release")
    database = folder / "edition.db"
    shutil.copy(edition_db, database)
    assert make(folder, "2026-11-27") == 1
    assert make(folder, "2026-11-28") is None
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE editions SET note = 'seen anew' WHERE rowid = 1")
        connection.execute(
            "INSERT INTO people (id, key, address, name, mentions, articles, in_headings)"
            " VALUES (9999, '新人', '/people/新人', '新人', 0, 0, 0)"
        )
        connection.execute("UPDATE organizations SET key = key || ' 2' WHERE id = (SELECT min(id) FROM organizations)")
        for index in ("people_fts", "organizations_fts"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    connection.close()
    assert make(folder, "2026-11-29") == 2
    return folder


def make(folder: Path, date: str) -> int | None:
    made = release(folder / "edition.db", ROOT / "metadata.yml", folder / "releases", date)
    return made and made.number


def test_a_release_holds_the_database_and_says_what_every_file_of_it_is(folder: Path) -> None:
    first = folder / "releases" / "1"
    names = {path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file()}
    assert {"edition.db", "datapackage.json", "CITATION.cff", "CHANGES.md", "changes.json", "export/README.md"} <= names
    listed = dict(line.split("  ")[::-1] for line in (first / "SHA256SUMS").read_text("utf-8").splitlines())
    assert set(listed) == names - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((first / name).read_bytes()).hexdigest() == digest


def test_the_data_package_describes_each_table_as_it_was_written(folder: Path) -> None:
    first = folder / "releases" / "1"
    package = json.loads((first / "datapackage.json").read_text("utf-8"))
    assert package["version"] == "1"
    assert {one["path"] for one in package["resources"]} == {
        path.relative_to(first).as_posix() for path in (first / "export" / "csv").glob("*.csv")
    }
    for one in package["resources"]:
        content = (first / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        with (first / one["path"]).open(encoding=one["encoding"], newline="") as file:
            rows = list(csv.DictReader(file))
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert all(field["description"] for field in fields.values())
        for row in rows:
            assert list(row) == list(fields)
            assert all(
                fields[name]["type"] != "integer" or not cell or int(cell) is not None for name, cell in row.items()
            )
        keys = [tuple(row[name] for name in one["schema"].get("primaryKey", [])) for row in rows]
        assert not keys or () in keys or len(set(keys)) == len(keys)


def test_a_release_can_be_cited(folder: Path) -> None:
    citation = yaml.safe_load((folder / "releases" / "2" / "CITATION.cff").read_text("utf-8"))
    digest = hashlib.sha256((folder / "releases" / "2" / "edition.db").read_bytes()).hexdigest()
    assert (citation["version"], citation["date-released"], citation["type"]) == ("2", "2026-11-29", "dataset")
    assert citation["identifiers"][0]["value"] == f"sha256:{digest}"


def test_a_release_names_every_row_that_is_new_other_or_gone(folder: Path) -> None:
    changed = json.loads((folder / "releases" / "2" / "changes.json").read_text("utf-8"))
    connection = sqlite3.connect(folder / "edition.db")
    (edition,) = connection.execute("SELECT id FROM editions WHERE rowid = 1").fetchone()
    (renamed,) = connection.execute("SELECT key FROM organizations ORDER BY id LIMIT 1").fetchone()
    connection.close()
    assert changed.pop("release") == 2
    assert changed.pop("since") == 1
    # Those who are mentioned are known by their keys.
    mentions = changed.pop("mentions")
    assert mentions["added"] == mentions["withdrawn"] == []
    assert len(mentions["changed"]) >= 1
    assert {
        table: {what: keys for what, keys in one.items() if keys and what != "known by"}
        for table, one in changed.items()
    } == {
        "editions": {"changed": [edition]},
        "people": {"added": ["新人"]},
        "organizations": {"added": [renamed], "withdrawn": [renamed.removesuffix(" 2")]},
    }
    told = (folder / "releases" / "2" / "CHANGES.md").read_text("utf-8")
    assert "新人" in told
    assert f"- changed: {len(mentions['changed'])}" in told


def test_what_is_not_sound_is_not_released(edition_db: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="make build"):
        make(tmp_path, "2026-11-27")
    shutil.copy(edition_db, tmp_path / "edition.db")
    connection = sqlite3.connect(tmp_path / "edition.db")
    with connection:
        connection.execute("DELETE FROM articles_fts_idx")
        connection.execute("DELETE FROM articles_fts_data WHERE id > 10")
    connection.close()
    with pytest.raises(ReleaseError, match="not sound"):
        make(tmp_path, "2026-11-27")
    assert not list((tmp_path / "releases").glob("1"))


@pytest.mark.parametrize("place", ["", "public"])
def test_the_site_shows_the_releases_beside_its_database_and_has_a_feed_of_them(folder: Path, place: str) -> None:
    database = folder / place / "edition.db"
    if place:
        database.parent.mkdir()
        shutil.copy(folder / "edition.db", database)
    site = Published(database)
    page = site.get("/-/releases").text
    assert re.findall(r'<section id="release-(\d)"><h2>.*?datetime="([^"]*)"', page) == [
        ("2", "2026-11-29"),
        ("1", "2026-11-27"),
    ]
    (cited,) = yaml.safe_load((folder / "releases" / "2" / "CITATION.cff").read_text("utf-8"))["identifiers"]
    assert cited["value"].removeprefix("sha256:") in page
    # What is named is in the published database: not the key that was withdrawn.
    assert '<a href="/people/%E6%96%B0%E4%BA%BA">新人</a>' in page
    (bodies,) = re.findall(r'<th scope="row">机构</th>(.*?)</tr>', page, re.DOTALL)
    assert [cell[0] for cell in re.findall("<td>(.*?)</td>", bodies)] == ["1", "0", "1"]
    assert re.findall("<td>(?=[^<]*<small><a)(.)", bodies) == ["1"]
    assert 'href="/-/releases"' in site.get("/-/download").text
    assert "etag" not in site.get("/-/releases").headers
    feed = etree.fromstring(site.get("/-/releases.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    told = [
        [entry.findtext(atom + name) for name in ("id", "updated", "summary")] for entry in feed.iter(atom + "entry")
    ]
    assert [one[:2] for one in told] == [
        ["http://localhost/-/releases#release-2", "2026-11-29T00:00:00Z"],
        ["http://localhost/-/releases#release-1", "2026-11-27T00:00:00Z"],
    ]
    assert "与第1次发布相比: 期:新增0,改动1,撤出0; 人物:新增1" in told[0][2]
    assert told[1][2] == "首次发布。"
    site.close()


def test_where_nothing_was_released_that_is_said_and_what_is_no_release_is_named(
    edition_db: Path, tmp_path: Path
) -> None:
    shutil.copy(edition_db, tmp_path)
    site = Published(tmp_path / edition_db.name)
    assert "还没有发布过" in site.get("/-/releases").text
    assert site.get("/-/releases.atom").content.count(b"<entry>") == 0
    (tmp_path / "releases" / "7").mkdir(parents=True)
    assert "releases/7 读不出来" in site.get("/-/releases").text
    site.close()


def test_the_desk_says_what_is_other_than_at_the_last_release(
    edition_db: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, seeds = tmp_path / "build", tmp_path / "seeds"
    build.mkdir()
    shutil.copy(edition_db, build)
    monkeypatch.setenv("BANMIAN_DESK_BUILD", str(build))
    monkeypatch.setenv("BANMIAN_DESK_SEEDS", str(shutil.copytree(ROOT / "seeds", seeds)))
    assert since_release(build) is None
    (build / "releases").symlink_to(folder / "releases")
    since = since_release(build)
    assert since is not None
    assert since.release.number == 2
    assert [(one.table, len(one.withdrawn)) for one in since.changes if one.table == "people"] == [("people", 1)]
    ((page, count),) = since.decisions.items()
    assert since.decided({page: count + 2, "new": 1, "other": 0}) == {page: 2, "new": 1}
    assert since.decided({page: count}) == {}
    site = Published(build / "edition.db")
    shown = re.sub("<[^>]*>", "", site.get("/-/desk").text)
    assert "自第2次发布(2026-11-29)以来" in shown
    assert "新作了0条裁定,涉及0版" in shown
    assert "人物:新增0,改动0,撤出1" in shown
    site.close()
