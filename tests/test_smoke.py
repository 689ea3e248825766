"""What a running site is asked, here of the Datasette in use; make check asks the newest alpha."""

from __future__ import annotations

import copy
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
import smoke
import yaml
from docs.metadata import for_datasette_1, metadata
from published import METADATA


def test_every_sort_of_page_is_as_it_should_be(edition_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.main(edition_db, METADATA) == 0, capsys.readouterr().out


def test_what_fails_is_told_with_its_reason(
    edition_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stated = yaml.safe_load(METADATA.read_text("utf-8"))
    queries = stated["databases"]["edition"]["queries"]
    stated["databases"]["edition"]["queries"] = {
        "offices": queries["offices"],
        "bylines": {**queries["bylines"], "sql": "select nowhere"},
        "companies": {**queries["companies"], "sql": "select 1 where 0"},
    }
    (tmp_path / "metadata.yml").write_text(yaml.safe_dump(stated), "utf-8")
    assert smoke.main(edition_db, tmp_path / "metadata.yml") == 1
    told = capsys.readouterr().out
    # The page asks for some of the rows, the file for all: two statements.
    for address in ("/edition/bylines", "/edition/bylines.json?_shape=objects"):
        assert f"no such column: nowhere\n    {address}\n" in told
    assert "1 not: without '<tbody>'\n    /edition/companies\n" in told
    assert "offices" not in told


def test_a_database_without_people_and_organizations_has_no_page_of_one(edition_db: Path, tmp_path: Path) -> None:
    shutil.copy(edition_db, tmp_path / "edition.db")
    connection = sqlite3.connect(tmp_path / "edition.db")
    connection.executescript("PRAGMA foreign_keys = OFF; DELETE FROM people; DELETE FROM organizations;")
    connection.close()
    whole, without = (
        [path for path, _ in smoke.pages(database, [])] for database in (edition_db, tmp_path / "edition.db")
    )
    entities = [path for path in whole if re.match("/edition/(people|organizations)/|/-/search", path)]
    assert len(entities) == 4
    assert without == [path for path in whole if path not in entities]


def test_datasette_1_gets_the_same_in_two_files() -> None:
    content = metadata()
    files = for_datasette_1(content)
    assert set(files) == {"datasette.yml", "metadata.yml"}
    before = copy.deepcopy(content["databases"]["edition"])
    config, words = (files[name]["databases"]["edition"] for name in ("datasette.yml", "metadata.yml"))
    for kind in ("tables", "queries"):
        for name, about in before[kind].items():
            about.pop("units", None)
            assert config[kind][name] | words[kind][name] == about, name
    assert files["metadata.yml"]["title"] == content["title"]
    assert "rights" not in files["datasette.yml"]
    assert set(config["queries"]["offices"]) == {"title", "description", "params", "hide_sql", "sql"}
    assert set(config["tables"]["articles"]) == {"label_column", "sort", "facets"}
