"""edition.db -> a folder of CSV and JSON that can be handed on: each file says where it comes from and whose it is."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import sqlite_utils
import yaml

from banmian.store.files import sha256, write_checksums, write_json
from banmian.store.schema import ORDER, WITH_TEXT

# A spreadsheet takes a cell that begins so for a formula; the apostrophe makes it text.
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
_NOTICE = """# {title}

{description}

- Source · 来源: {source} {source_url}
- Rights · 权利: {license}
- {rights}

## Editions · 期

{editions}

## Files · 文件

- `csv/`: every table, UTF-8 with a byte-order mark, so that Excel reads the Chinese. **Cells of text that begin with
  `=`, `+`, `-`, `@`, a tab or a carriage return have an apostrophe put before them**, so that no spreadsheet runs them
  as a formula: {harmless} cells here. Take the JSON where every character counts. An empty cell is an absent value.
  Excel cuts cells off after 32,767 characters.
- `csv/*.csv-metadata.json`: source, rights and what each column means (CSV on the Web, a W3C recommendation).
- `json/`: every table, unchanged, in an envelope that carries source, rights and the editions.
- `SHA256SUMS`: check with `sha256sum --check SHA256SUMS`.
"""


class ExportError(Exception):
    """There is nothing to export, or its description is missing."""


def export(database_file: Path, metadata_file: Path, folder: Path) -> Path:
    """Write all tables into `folder`, which is replaced as a whole. Same database, same bytes."""
    if not database_file.exists():
        raise ExportError(f"{database_file} does not exist. Run `make build` first")
    try:
        return write_export(database_file, yaml.safe_load(metadata_file.read_text("utf-8")), folder)
    except sqlite3.DatabaseError as error:
        raise ExportError(f"{database_file} can't be read ({error}). Remove it and run `make build`") from error


def export_zip(database_file: Path, metadata: Mapping[str, Any], file: Path) -> str:
    """Write what `export` writes as one .zip, its files in a folder of its name; the checksum of the .zip.

    `metadata`: the content of metadata.yml. Same database, same bytes. Raises sqlite3.DatabaseError where the database
    can't be read, KeyError where a table has no description.
    """
    with TemporaryDirectory(dir=file.parent) as folder:
        written = write_export(database_file, metadata, Path(folder) / file.stem)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(path for path in written.rglob("*") if path.is_file()):
                # Without the time of day, which no reader asks for and which would make other bytes.
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target)
    return sha256(file)


def write_export(
    database_file: Path,
    metadata: Mapping[str, Any],
    folder: Path,
    left_out: Mapping[str, Sequence[str]] = MappingProxyType({}),
    notice: str = _NOTICE,
) -> Path:
    """What `export` writes, for a description that is read already, without the columns of tables that are left out."""
    database = sqlite_utils.Database(database_file)
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    for name in ("csv", "json"):
        (new / name).mkdir(parents=True)
    rights = _rights(metadata, database)
    described: Mapping[str, Any] = metadata["databases"]["edition"]["tables"]
    harmless = 0
    for table in _tables(database):
        columns = [column.name for column in database[table].columns if column.name not in left_out.get(table, ())]
        order = ORDER.get(table, "rowid")
        rows = f"SELECT {', '.join(f'[{name}]' for name in columns)} FROM [{table}] ORDER BY {order}"
        harmless += _write_csv(new / "csv" / f"{table}.csv", columns, database.execute(rows))
        about = described[table]
        write_json(new / "csv" / f"{table}.csv-metadata.json", _csv_metadata(table, columns, about, rights))
        records = (dict(zip(columns, row, strict=True)) for row in database.execute(rows))
        _write_json(new / "json" / f"{table}.json", {**rights, "table": table}, records)
    said = notice.format_map({**rights, "editions": _editions_text(rights["editions"]), "harmless": harmless})
    (new / "README.md").write_text(said, "utf-8")
    write_checksums(new)
    database.close()
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return folder


def _tables(database: sqlite_utils.Database) -> list[str]:
    """The tables of the design: neither FTS5's virtual tables nor what it keeps for itself.

    Of those whose text stands elsewhere the views that give it.
    """
    indexes = [name for name in database.table_names() if name.endswith("_fts")]
    names = (name for name in database.table_names() if not name.startswith(tuple(indexes)))
    return sorted(WITH_TEXT.get(name, name) for name in names)


def _rights(metadata: Mapping[str, Any], database: sqlite_utils.Database) -> dict[str, Any]:
    columns = "id, newspaper, newspaper_basis, date, date_earliest, date_latest, date_basis, rights"
    return {
        "title": metadata["title"],
        "description": metadata.get("description") or metadata.get("description_html"),
        "source": metadata["source"],
        "source_url": metadata.get("source_url", ""),
        "license": metadata["license"],
        "rights": metadata["about"],
        "editions": list(database.query(f"SELECT {columns} FROM editions ORDER BY id")),
    }


def _editions_text(editions: Iterable[Mapping[str, str | None]]) -> str:
    lines = []
    for edition in editions:
        lines.append(f"- {edition['id']}")
        lines += [f"  - {name}: {value}" for name, value in edition.items() if value and name != "id"]
    return "\n".join(lines)


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Returns how many cells were made harmless."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            dangerous = [isinstance(cell, str) and cell.startswith(_FORMULA_BEGINNINGS) for cell in row]
            count += sum(dangerous)
            writer.writerow([f"'{cell}" if is_so else cell for cell, is_so in zip(row, dangerous, strict=True)])
    return count


def _write_json(path: Path, envelope: Mapping[str, Any], records: Iterator[Mapping[str, Any]]) -> None:
    """The envelope with the records as its last entry, `rows`, one a line: no table is held in memory."""
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(envelope, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "rows": [')
        for number, record in enumerate(records):
            file.write((",\n  " if number else "\n  ") + json.dumps(record, ensure_ascii=False))
        file.write("\n ]\n}\n")


def _csv_metadata(
    table: str, columns: Sequence[str], about: Mapping[str, Any], rights: Mapping[str, Any]
) -> dict[str, Any]:
    descriptions: Mapping[str, str] = about.get("columns", {})
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{table}.csv",
        "dc:title": f"{rights['title']}: {table}",
        "dc:description": about["description"],
        "dc:source": rights["source"],
        "dc:license": rights["license"],
        "dc:rights": rights["rights"],
        "dc:provenance": rights["editions"],
        "tableSchema": {
            "columns": [{"name": name, "dc:description": descriptions.get(name, name)} for name in columns]
        },
    }
