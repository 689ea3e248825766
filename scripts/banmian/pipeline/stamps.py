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
from banmian.pipeline.reader import LIBRARIES
from banmian.seeds.contents import ContentError, content_of, is_there
from banmian.seeds.files import LARGEST_ARCHIVE
from banmian.seeds.folders import EDITIONS_FILE, KEYS_FILE, TABLE_FILE, list_folder
from banmian.store.files import write_whole

DATABASE = "edition.db"
# Beside a published database: the one that lacks pages, until a person accepts it.
NEW_DATABASE = "edition.db.new"
_STAMP = "edition.stamp"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The facts that decide on a new build, the state of the database that was built, and what had to be left out."""

    facts: dict[str, Any]
    database: list[int] | None
    problems: list[str]

    @property
    def folder(self) -> str:
        """The folder of seeds that was built."""
        return str(self.facts["folder"])

    def is_of(self, facts: dict[str, Any], build_folder: Path) -> bool:
        """Whether a build from `facts` would give the database that lies in `build_folder`."""
        return self.facts == facts and self.database == _database(build_folder)


def read(build_folder: Path) -> Stamp | None:
    """The stamp of the last whole build; None where there is none."""
    try:
        return Stamp(**json.loads((build_folder / _STAMP).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(build_folder: Path, facts: dict[str, Any], problems: list[str]) -> None:
    """Say that what lies in `build_folder` was built from what `facts` tell. Raises OSError."""
    stamp = {"facts": facts, "database": _database(build_folder), "problems": problems}
    write_whole(build_folder / _STAMP, json.dumps(stamp, ensure_ascii=False, indent=1, sort_keys=True).encode())


def facts(folder: Path, second_opinion: str | None = None) -> dict[str, Any]:
    """What a database follows from: whenever a new build of `folder` would differ, these do.

    Of files that are no pages only the names. Raises SeedsError where there is nothing to build.
    """
    here = list_folder(folder)
    said = [name for name in (EDITIONS_FILE, TABLE_FILE, KEYS_FILE) if is_there(folder / name)]
    read = [*here.pages, *here.archives, *here.forms, *said]
    library = Path(__file__).parents[1]
    code = sorted(path for path in library.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {
        "folder": str(folder.resolve()),
        "seeds": {name: _digest(folder / name) for name in read},
        "other": [*here.skipped, *map(str, here.wrong)],
        "code": hashlib.sha256("".join(map(_digest, code)).encode()).hexdigest(),
        "python": sys.version,
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        **opinions.facts(second_opinion),
    }


def keys_digest(facts: dict[str, Any]) -> str | None:
    """The digest of the record of keys as it was before the build; None where there was none."""
    digest: str | None = facts["seeds"].get(KEYS_FILE)
    return digest


def with_keys(facts: dict[str, Any], record: str) -> dict[str, Any]:
    """The facts after the record of keys was written into the folder."""
    return {**facts, "seeds": {**facts["seeds"], KEYS_FILE: hashlib.sha256(record.encode()).hexdigest()}}


def published(build_folder: Path) -> tuple[list[int] | None, list[int] | None]:
    """What changes whenever a build publishes a database, or lays one beside the published one."""
    return _state(build_folder / DATABASE), _state(build_folder / NEW_DATABASE)


def _database(build_folder: Path) -> list[int] | None:
    return _state(build_folder / NEW_DATABASE) or _state(build_folder / DATABASE)


def _state(path: Path) -> list[int] | None:
    return [path.stat().st_size, path.stat().st_mtime_ns] if path.exists() else None


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(content_of(path, LARGEST_ARCHIVE)).hexdigest()
    except ContentError as error:
        # A file too large to be read is known by its size, which that says.
        return str(error)
