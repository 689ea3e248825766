"""Entries of `order`, written for a page and read again."""

from __future__ import annotations

from pathlib import Path

from banmian.seeds import PageSource, read_seeds

EDITION = "editions:\n  - id: one\n    pages: [{file: a.txt}]\n    order:\n"


def write(folder: Path, *entries: str) -> None:
    (folder / "editions.yml").write_text(EDITION + "".join(f"      - {one}\n" for one in entries), "utf-8")


def page(folder: Path) -> PageSource:
    seeds = read_seeds(folder)
    assert seeds.problems == ()
    return seeds.editions[0].pages[0]
