"""What a folder of seeds holds, in its folders too: page files, files of articles, and what is none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from banmian.records import Remark
from banmian.seeds import formats
from banmian.seeds.identifiers import shown, unfit_for_text
from banmian.seeds.problems import Problem, SeedsError

EDITIONS_FILE = "editions.yml"
TABLE_FILE = "editions.csv"
# The record of keys that were given, which a build reads and writes.
KEYS_FILE = "keys.jsonl"
ARCHIVE = ".jsonl"
# What stands beside the pages for people and their editors: no page, and nothing to report.
_DOCUMENTS = ("README.md", "editions.schema.json")
PAGES = (".txt",)
SUFFIXES = (*PAGES, ARCHIVE, *formats.SUFFIXES)


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder of seeds holds, paths relative to it with `/`, sorted.

    Page files, files of articles (*.jsonl), files that may be pages in a form of some engine, and the others, which are
    not opened. `wrong` are folders and files that might be pages, but for their names.
    """

    path: Path
    pages: tuple[str, ...]
    archives: tuple[str, ...]
    forms: tuple[str, ...]
    skipped: tuple[str, ...]
    wrong: tuple[Problem, ...] = ()


def list_folder(path: Path) -> Folder:
    """What `path` and its folders hold. Raises SeedsError where there is no such folder or no page in it.

    Hidden files and folders, and links that lead back into the folder, are not looked into but named among the skipped.
    """
    if not path.is_dir():
        raise SeedsError(Problem(str(path), None, Remark("no_folder")))
    walk = _Walk(path.resolve())
    files = sorted(walk.files(path, ""))
    pages = tuple(name for name in files if name.endswith(PAGES))
    archives = tuple(name for name in files if name.endswith(ARCHIVE) and name != KEYS_FILE)
    forms = tuple(name for name in files if name.endswith(formats.SUFFIXES) and Path(name).name not in _DOCUMENTS)
    if not pages and not archives and not forms:
        raise SeedsError(Problem(str(path), None, Remark("no_page_here")), *walk.wrong)
    known = {*pages, *archives, *forms, EDITIONS_FILE, TABLE_FILE, KEYS_FILE}
    others = [name for name in files if name not in known and Path(name).name not in _DOCUMENTS]
    return Folder(path, pages, archives, forms, tuple(sorted((*others, *walk.passed))), tuple(walk.wrong))


def without_part(file: str) -> str:
    """The file of `file#2`, the second page of a file of several."""
    name, sign, part = file.rpartition("#")
    return name if sign and part.isdecimal() else file


@dataclass(slots=True)
class _Walk:
    """Goes through folders, each once: a link to one that is gone through anyway is passed by."""

    root: Path
    passed: list[str] = field(default_factory=list)
    wrong: list[Problem] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def files(self, folder: Path, before: str) -> Iterator[str]:
        """The files in `folder`, with `before` before their names; folders with a page's name are such files."""
        here = folder.stat()
        self.seen.add((here.st_dev, here.st_ino))
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        if not entries and before:
            self.passed.append(before.removesuffix("/"))
        for entry in entries:
            name = before + entry.name
            if unfit := unfit_for_text(entry.name, ""):
                self._misnamed(entry, shown(name, ""), unfit)
            elif _is_hidden(entry.name):
                self.passed.append(name)
            elif not _is_folder(entry) or entry.name.endswith((*PAGES, ARCHIVE)):
                yield name
            elif entry.is_symlink() and self._is_gone_through(Path(entry.path)):
                self.passed.append(name)
            else:
                yield from self._inside(Path(entry.path), name)

    def _misnamed(self, entry: os.DirEntry[str], name: str, unfit: str) -> None:
        """No key or address can be made of such a name."""
        if _is_folder(entry) or entry.name.endswith(SUFFIXES):
            self.wrong.append(Problem(name, None, Remark("name_no_text", {"escape": unfit})))
        else:
            self.passed.append(name)

    def _inside(self, folder: Path, name: str) -> Iterator[str]:
        try:
            yield from self.files(folder, f"{name}/")
        except PermissionError:
            # What can't be looked into is named like all that is not read.
            self.passed.append(name)

    def _is_gone_through(self, link: Path) -> bool:
        real = link.resolve()
        here = real.stat()
        inside = real.is_relative_to(self.root) or self.root.is_relative_to(real)
        return inside or (here.st_dev, here.st_ino) in self.seen


def _is_hidden(name: str) -> bool:
    """Whether a person hid it. A name that begins with two dots is an unlucky one."""
    return name.startswith(".") and not name.startswith("..")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads to itself.
        return False
