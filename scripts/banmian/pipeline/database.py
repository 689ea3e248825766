"""The whole way: seeds -> page -> names -> store. What the command line calls; it prints nothing itself."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from itertools import chain
from pathlib import Path

from banmian import __version__, words
from banmian.names import Backend, obey, read_names
from banmian.page import read_page
from banmian.pipeline import opinions
from banmian.pipeline.cities import unknown_city
from banmian.pipeline.stamps import LIBRARIES
from banmian.records import Page, Remark
from banmian.seeds import Edition, PageSource, Seeds
from banmian.store import new_database
from banmian.store.publish import NewDatabase
from banmian.words.remarks import in_both


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the published file, the figures of its summary by name, and warnings in both languages."""

    path: Path
    figures: dict[str, int]
    warnings: tuple[str, ...]


def seeds_digest(seeds: Seeds, editions_file: Path) -> str:
    """A digest of all that came in: the files that were read and what editions.yml says."""
    digest = hashlib.sha256(editions_file.read_bytes() if editions_file.exists() else b"")
    for edition in seeds.editions:
        for page in edition.pages:
            digest.update(f"\0{edition.id}\0{page.file}\0{page.sha256}".encode())
    return digest.hexdigest()


def build(
    seeds: Seeds,
    build_folder: Path,
    editions_file: Path,
    target: Path,
    advance: Callable[[Edition], None],
    second_opinion: str | None = None,
) -> Built:
    """Build `target` from the editions of `seeds`; `advance` is called with each edition that is done.

    Same seeds and libraries, same bytes. `second_opinion` names a backend for names, as module:function. Raises
    CheckError, and leaves `target` as it was, where a check fails, OpinionError where there is no such backend.
    """
    words.use_cache(build_folder / ".cache")
    backend = opinions.load(second_opinion) if second_opinion else None
    warnings: list[str] = []
    with new_database(build_folder) as new:
        asked: set[str] = set()
        for edition in seeds.editions:
            warnings += _add(new, edition, backend, _about_city(edition, asked))
            advance(edition)
        warnings += map(in_both, new.writer.add_identities())
        characters = sum(len(page.text) for edition in seeds.editions for page in edition.pages)
        new.writer.finish(
            {
                "version": __version__,
                "seeds sha256": seeds_digest(seeds, editions_file),
                "characters accounted for": str(characters),
                "pages left out": str(len(seeds.problems)),
                **{f"{name} version": metadata.version(name) for name in LIBRARIES},
                "SQLite version": sqlite3.sqlite_version,
                **opinions.facts(second_opinion),
            }
        )
        counts = new.writer.counts
        new.publish(target)
    tables = ("editions", "pages", "articles", "people", "organizations", "mentions")
    return Built(target, {**{t: counts[t] for t in tables}, "characters": characters}, tuple(warnings))


def _read(source: PageSource) -> Page:
    if source.apart:
        return source.apart.page
    page = read_page(source.text, source.corrections, source.rulings)
    return replace(page, warnings=(*source.stale, *page.warnings))


def _about_city(edition: Edition, asked: set[str]) -> tuple[Remark, ...]:
    """What is to say of the edition's city, of each city once: `asked` are those that were met before."""
    if edition.city is None or edition.city in asked:
        return ()
    asked.add(edition.city)
    found = unknown_city(edition.city)
    return (found,) if found else ()


def _add(new: NewDatabase, edition: Edition, backend: Backend | None, remarks: tuple[Remark, ...]) -> Sequence[str]:
    """Read and write the edition, `remarks` among the warnings of its first page; the warnings, with their files."""
    pages = [_read(page) for page in edition.pages]
    pages[0] = replace(pages[0], warnings=(*remarks, *pages[0].warnings))
    articles = list(chain.from_iterable(page.articles for page in pages))
    obeyed = obey(read_names(articles, edition.city, backend), articles, edition.identities)
    new.writer.add_edition(edition, pages, obeyed.names)
    new.writer.answers.add(edition, obeyed.met)
    found = [(s.file, warning) for s, page in zip(edition.pages, pages, strict=True) for warning in page.warnings]
    return [f"{file}: {in_both(warning)}" for file, warning in found]
