"""datapackage.json: what the tables of an export are, for programs (Data Package, version 1)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from banmian.store.files import sha256

_TYPES = {"text": "string", "integer": "integer", "real": "number"}


def data_package(
    database: sqlite3.Connection,
    export: Path,
    described: Mapping[str, Any],
    left_out: Mapping[str, Sequence[str]] = MappingProxyType({}),
    within: str = "export/",
) -> dict[str, Any]:
    """The descriptor of `export`, a folder made by export.py; `described` is the part of metadata.yml on its tables.

    `left_out` are columns that it lacks, `within` is the way from the descriptor to the folder. It
    names no title, version or licence: those are the release's.
    """
    tables = sorted(path.stem for path in (export / "csv").glob("*.csv"))
    return {
        "profile": "tabular-data-package",
        "resources": [
            _resource(database, export, name, described[name], left_out.get(name, ()), within) for name in tables
        ],
    }


def _resource(
    database: sqlite3.Connection,
    export: Path,
    table: str,
    about: Mapping[str, Any],
    left_out: Sequence[str],
    within: str,
) -> dict[str, Any]:
    path = export / "csv" / f"{table}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table.replace("_", "-"),
        "path": f"{within}csv/{table}.csv",
        "description": about["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": _schema(database, table, about.get("columns", {}), left_out),
    }


def _schema(
    database: sqlite3.Connection, table: str, descriptions: Mapping[str, str], left_out: Sequence[str]
) -> dict[str, Any]:
    columns = database.execute(f"PRAGMA table_info([{table}])").fetchall()
    fields = [
        {
            "name": name,
            "type": _TYPES.get(kind.lower() or _kind(database, table, name), "any"),
            "description": descriptions.get(name, name),
            **({"constraints": {"required": True}} if required and kind != "TEXT" else {}),
        }
        for _, name, kind, required, _, _ in columns
        if name not in left_out
    ]
    keys = [name for _, name, _, _, _, place in sorted(columns, key=lambda column: column[5]) if place]
    return {"fields": fields, "missingValues": [""], **({"primaryKey": keys} if keys else {})}


def _kind(database: sqlite3.Connection, table: str, column: str) -> str:
    """What stands in a column that a view computes, whose type no schema tells; empty where nothing stands in it."""
    row = database.execute(f"SELECT typeof([{column}]) FROM [{table}] WHERE [{column}] IS NOT NULL LIMIT 1").fetchone()
    return str(row[0]) if row else ""
