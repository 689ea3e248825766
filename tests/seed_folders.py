"""Folders of seeds for tests, and what is read in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from banmian.seeds import Edition, SeedsError, read_seeds

RULE = "rules:\n  - files: '{date}/{page}.txt'\n    newspaper: 江城晚报\n    city: 武汉市\n"


def folder_of(path: Path, files: Mapping[Any, str | bytes] | tuple[str, ...]) -> Path:
    """A folder of seeds with these files (name, a text or bytes -> content); pages need no text of their own."""
    contents = files if isinstance(files, Mapping) else dict.fromkeys(files, "# 题\n\n文。\n")
    for name, content in contents.items():
        file = path / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def pages(folder: Path) -> dict[str, list[tuple[str, str | None, str]]]:
    """Of each edition its pages: id, number, file."""
    return {e.id: [(p.id, p.number, p.file) for p in e.pages] for e in read_seeds(folder).editions}


def only(folder: Path) -> Edition:
    (edition,) = read_seeds(folder).editions
    return edition


def faults(folder: Path) -> list[tuple[str, int | None, str]]:
    """What is wrong with a folder, whether it stops the build or leaves something out."""
    try:
        found = read_seeds(folder).problems
    except SeedsError as error:
        found = error.problems
    return [(problem.file, problem.line, problem.reason) for problem in found]
