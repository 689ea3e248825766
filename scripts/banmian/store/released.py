"""What was released: the folders that release.py made, as they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from banmian.store.changes import Changes

DATABASE, RELEASES = "edition.db", "releases"


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its number and day, the SHA-256 of its database, and what changed since the release `since`.

    `since` is None for the first one.
    """

    number: int
    date: str
    sha256: str
    since: int | None
    changes: Sequence[Changes]


def read_releases(folder: Path) -> tuple[Sequence[Released], Sequence[str]]:
    """The releases in a folder, the latest first, and the names of those that can't be read."""
    numbered = [path for path in folder.glob("*") if path.name.isascii() and path.name.isdecimal()]
    found, unreadable = [], []
    for path in sorted(numbered, key=lambda path: int(path.name), reverse=True):
        try:
            found.append(_read(path))
        except (OSError, ValueError, KeyError, TypeError, IndexError, yaml.YAMLError):
            unreadable.append(path.name)
    return found, unreadable


def _read(folder: Path) -> Released:
    cited = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    said: Mapping[str, Any] = json.loads((folder / "changes.json").read_text("utf-8"))
    tables = [(table, one) for table, one in said.items() if isinstance(one, dict)]
    return Released(
        number=int(folder.name),
        date=str(cited["date-released"]),
        sha256=str(cited["identifiers"][0]["value"]).removeprefix("sha256:"),
        since=said["since"],
        changes=[
            Changes(table, one["known by"], *(tuple(one[what]) for what in ("added", "changed", "withdrawn")))
            for table, one in tables
        ],
    )
