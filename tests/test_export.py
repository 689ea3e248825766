"""What is taken away: Excel-proof CSV, JSON without loss, rights and checksums."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from banmian.store.export import ExportError, export
from banmian.store.schema import ORDER, WITH_TEXT
from conftest import ROOT


@pytest.fixture
def database(edition_db: Path, tmp_path: Path) -> Path:
    shutil.copy(edition_db, tmp_path / "edition.db")
    return tmp_path / "edition.db"


def tables_of(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    tables = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%) STRICT%'")
    ]
    connection.close()
    return sorted(WITH_TEXT.get(table, table) for table in tables)


def test_every_table_is_there_whole_in_csv_and_json(database: Path) -> None:
    folder = export(database, ROOT / "metadata.yml", database.parent / "export")
    tables = tables_of(database)
    assert sorted(path.stem for path in (folder / "csv").glob("*.csv")) == tables
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    for table in tables:
        rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY {ORDER.get(table, 'rowid')}")]
        written = json.loads((folder / "json" / f"{table}.json").read_text("utf-8"))
        assert written["rows"] == rows
        assert (folder / "csv" / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        with open(folder / "csv" / f"{table}.csv", encoding="utf-8-sig", newline="") as file:
            cells = list(csv.reader(file))
        assert cells[1:] == [["" if value is None else str(value) for value in row.values()] for row in rows]
    connection.close()


def test_every_file_carries_source_rights_and_the_basis_of_its_editions(database: Path) -> None:
    folder = export(database, ROOT / "metadata.yml", database.parent / "export")
    connection = sqlite3.connect(database)
    (basis,) = connection.execute("SELECT newspaper_basis FROM editions").fetchone()
    connection.close()
    notice = (folder / "README.md").read_text("utf-8")
    assert basis in notice
    for path in folder.rglob("*.json"):
        content = json.loads(path.read_text("utf-8"))
        rights = [content.get("rights"), content.get("dc:rights")]
        editions = content.get("editions") or content.get("dc:provenance")
        assert any(right and right in notice for right in rights), path
        assert editions[0]["newspaper_basis"] == basis


def test_checksums_are_of_every_file(database: Path) -> None:
    folder = export(database, ROOT / "metadata.yml", database.parent / "export")
    lines = [line.split("  ") for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert {name for _, name in lines} == files
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for digest, name in lines)


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1号", "@SUM(A1)", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_counted(database: Path, cell: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute("UPDATE organizations SET name = ? WHERE id = 1", [cell])
    connection.commit()
    connection.close()
    folder = export(database, ROOT / "metadata.yml", database.parent / "export")
    with open(folder / "csv" / "organizations.csv", encoding="utf-8-sig", newline="") as file:
        assert next(iter(csv.DictReader(file)))["name"] == "'" + cell
    assert json.loads((folder / "json" / "organizations.json").read_text("utf-8"))["rows"][0]["name"] == cell
    assert "a formula: 1 cells here" in " ".join((folder / "README.md").read_text("utf-8").split())


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Run `make build` first"):
        export(tmp_path / "edition.db", ROOT / "metadata.yml", tmp_path / "export")
