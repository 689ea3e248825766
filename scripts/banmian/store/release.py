"""A release: a database and its export under a number that stays, with what changed since the one before."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from banmian.store.changes import Changes, changes, unnamed
from banmian.store.checks import CheckError, check_database
from banmian.store.data_package import data_package
from banmian.store.export import export
from banmian.store.files import sha256, write_checksums, write_json
from banmian.store.released import DATABASE

_SHOWN = 100
_CHANGES = """# Release {number} · {date}

Editions {editions}, pages {pages}, articles {articles}, people {people}, organizations {organizations},
mentions {mentions}.

"""


class ReleaseError(Exception):
    """There is nothing to release, or it is not fit to be."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release in its folder; `number` counts from 1, `changes` are those since the one before it, if there is one."""

    folder: Path
    number: int
    changes: tuple[Changes, ...]


def release(database_file: Path, metadata_file: Path, releases: Path, date: str) -> Release | None:
    """Put the next release into `releases`, in a folder named by its number; None where nothing changed since the last.

    It holds edition.db, export/, datapackage.json, CITATION.cff, CHANGES.md and SHA256SUMS. `date` is its day. The
    database is checked as a whole first. Raises ReleaseError.
    """
    if not database_file.exists():
        raise ReleaseError(f"{database_file} does not exist. Run `make build` first")
    before = _last(releases)
    if before is not None and sha256(before / DATABASE) == sha256(database_file):
        return None
    number = int(before.name) + 1 if before else 1
    found = unnamed(changes(database_file, before / DATABASE), database_file) if before else ()
    new = releases / f".{number}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    shutil.copyfile(database_file, new / DATABASE)
    _check(new / DATABASE)
    _describe(new, metadata_file, number, date)
    _write_changes(new, number, date, found, before)
    write_checksums(new)
    new.rename(releases / str(number))
    return Release(releases / str(number), number, found)


def _last(releases: Path) -> Path | None:
    folders = [path for path in releases.glob("*") if path.name.isdecimal()] if releases.exists() else []
    return max(folders, key=lambda path: int(path.name), default=None)


def _check(copy: Path) -> None:
    """The whole check, the index against its text too: a build that reads little anew checks only that."""
    connection = sqlite3.connect(copy)
    try:
        check_database(connection, {})
    except (sqlite3.DatabaseError, CheckError) as error:
        raise ReleaseError(f"{copy.name} is not sound ({error}). Remove it and run `make build`") from error
    finally:
        connection.rollback()
        connection.close()


def _describe(folder: Path, metadata_file: Path, number: int, date: str) -> None:
    """The export, datapackage.json and CITATION.cff."""
    metadata = yaml.safe_load(metadata_file.read_text("utf-8"))
    export(folder / DATABASE, metadata_file, folder / "export")
    described = metadata["databases"][Path(DATABASE).stem]["tables"]
    connection = sqlite3.connect(folder / DATABASE)
    package = {
        "name": "banmian",
        "title": metadata["title"],
        "description": metadata.get("description", ""),
        "version": str(number),
        "created": f"{date}T00:00:00Z",
        "licenses": [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": metadata["license"],
            }
        ],
        "sources": [{"title": metadata["source"]}],
        **data_package(connection, folder / "export", described),
    }
    connection.close()
    write_json(folder / "datapackage.json", package)
    citation = {
        "cff-version": "1.2.0",
        "message": metadata["about"],
        "title": metadata["title"],
        "type": "dataset",
        "version": str(number),
        "date-released": date,
        "authors": [{"name": "Banmian 版面"}],
        "license": "CC0-1.0",
        "identifiers": [
            {"type": "other", "value": f"sha256:{sha256(folder / DATABASE)}", "description": f"SHA-256 of {DATABASE}"}
        ],
    }
    (folder / "CITATION.cff").write_text(yaml.safe_dump(citation, allow_unicode=True, sort_keys=False), "utf-8")


def _write_changes(folder: Path, number: int, date: str, found: Sequence[Changes], before: Path | None) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    tables = ("editions", "pages", "articles", "people", "organizations", "mentions")
    counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    connection.close()
    text = _CHANGES.format(number=number, date=date, **counts)
    if before is None:
        text += "The first release.\n"
    elif not found:
        text += f"No row of the tables below differs from release {before.name}; what else a build writes does.\n"
    else:
        text += f"Since release {before.name}; all of it in changes.json.\n" + "".join(map(_section, found))
    (folder / "CHANGES.md").write_text(text, "utf-8")
    whole = {one.table: {"known by": one.known_by, **_lists(one)} for one in found}
    write_json(folder / "changes.json", {"release": number, "since": int(before.name) if before else None, **whole})


def _lists(one: Changes) -> dict[str, list[str]]:
    return {"added": [*one.added], "changed": [*one.changed], "withdrawn": [*one.withdrawn]}


def _section(one: Changes) -> str:
    lines = [f"\n## {one.table}, by {one.known_by}\n"]
    for what, keys in _lists(one).items():
        if keys:
            more = f"\n  - and {len(keys) - _SHOWN:,} more" if len(keys) > _SHOWN else ""
            shown = "".join(f"\n  - {key}" for key in keys[:_SHOWN])
            lines.append(f"\n- {what}: {len(keys):,}{shown}{more}")
    return "".join(lines) + "\n"
