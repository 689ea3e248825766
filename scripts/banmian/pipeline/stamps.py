"""What a database was built from: whether a build would give another one, without building it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from banmian.pipeline import opinions

DATABASE = "edition.db"
# Beside a published database: the one that lacks pages, until a person accepts it.
NEW_DATABASE = "edition.db.new"
# What a build depends on beside the seeds and Python: a change of any may give other bytes. An export needs more.
LIBRARIES = ("jieba", "opencc", "PyYAML")
_STAMP = "edition.stamp"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The folder of seeds that was built, the facts that decide on a new build, and what had to be left out."""

    folder: str
    facts: dict[str, Any]
    problems: list[str]


def read(build_folder: Path) -> Stamp | None:
    """The stamp of the last whole build; None where there is none."""
    try:
        return Stamp(**json.loads((build_folder / _STAMP).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(build_folder: Path, folder: Path, problems: list[str], second_opinion: str | None = None) -> None:
    """Say that what lies in `build_folder` was built from `folder`."""
    stamp = {
        "folder": str(folder.resolve()),
        "facts": facts(folder, build_folder, second_opinion),
        "problems": problems,
    }
    (build_folder / _STAMP).write_text(json.dumps(stamp, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")


def facts(folder: Path, build_folder: Path, second_opinion: str | None = None) -> dict[str, Any]:
    """What the database in `build_folder` follows from: whenever a new build of `folder` would differ, these do."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    library = Path(__file__).parents[1]
    code = sorted(path for path in library.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {
        "folder": str(folder.resolve()),
        "seeds": {path.name: _digest(path) for path in files},
        "other": sorted(path.name for path in folder.iterdir() if not path.is_file()),
        "code": hashlib.sha256("".join(map(_digest, code)).encode()).hexdigest(),
        "python": sys.version,
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        **opinions.facts(second_opinion),
        "database": _state(build_folder / NEW_DATABASE) or _state(build_folder / DATABASE),
    }


def _state(path: Path) -> list[int] | None:
    return [path.stat().st_size, path.stat().st_mtime_ns] if path.exists() else None


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return str(error)
