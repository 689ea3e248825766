"""Files of and beside databases: opened without a change, written as JSON, and their checksums."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def read_only(path: Path) -> str:
    """The address under which SQLite opens the database for reading alone (`uri=True`, or by ATTACH)."""
    return f"{path.resolve().as_uri()}?mode=ro"


def connect(path: Path) -> sqlite3.Connection:
    """A connection that can only read. Raises sqlite3.OperationalError where there is no such file."""
    return sqlite3.connect(read_only(path), uri=True)


def sha256(path: Path) -> str:
    """The checksum of the file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, whatever happens meanwhile. Raises OSError, and leaves what was there."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write `value` as JSON that people can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_checksums(folder: Path) -> None:
    """Write SHA256SUMS, of all files in the folder, as sha256sum reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")
