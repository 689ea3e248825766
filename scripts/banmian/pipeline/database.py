"""The whole way: seeds -> page -> names -> store. What the command line calls; it prints nothing itself."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from banmian import __version__
from banmian.pipeline import opinions
from banmian.pipeline.cities import unknown_city
from banmian.pipeline.kept import Kept
from banmian.pipeline.keys import KeysOfBuild
from banmian.pipeline.plausible import ImplausibleError, Plausibility, Unusual
from banmian.pipeline.progress import Progress, stepped
from banmian.pipeline.reader import LIBRARIES
from banmian.pipeline.reading import ReadEdition, with_stale
from banmian.pipeline.withdrawing import forget_withdrawn, without_withdrawn
from banmian.pipeline.workers import Hands, read_editions
from banmian.records import Remark
from banmian.seeds import Edition, Seeds
from banmian.seeds.contents import LARGEST_OWN, content_of, is_there
from banmian.seeds.folders import KEYS_FILE, TABLE_FILE
from banmian.seeds.missing import UNEXPLAINED
from banmian.store import new_database
from banmian.store.public_roles import fill_public_roles
from banmian.store.publish import NewDatabase
from banmian.words.remarks import in_both

# Digits of the digest of the seeds that say since when a key is gone, and keys that a warning names.
_SINCE = 12
_SHOWN = 5
# Warnings of what is far from usual that the terminal names; all of them are in the database.
_UNUSUAL_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the published file, the figures of its summary by name, and warnings in both languages.

    `record` is the record of keys that the next build of these seeds is to read.
    """

    path: Path
    figures: dict[str, int]
    warnings: tuple[str, ...]
    record: str


def seeds_digest(seeds: Seeds, editions_file: Path) -> str:
    """A digest of all that came in: the files that were read, what editions.yml and the table beside it say."""
    said = [file for file in (editions_file, editions_file.with_name(TABLE_FILE)) if is_there(file)]
    digest = hashlib.sha256(b"".join(content_of(file, LARGEST_OWN) for file in said))
    for edition in seeds.editions:
        for page in edition.pages:
            digest.update(f"\0{edition.id}\0{page.file}\0{page.sha256}".encode())
    return digest.hexdigest()


def build(
    seeds: Seeds,
    build_folder: Path,
    editions_file: Path,
    target: Path,
    hands: Hands,
    progress: Progress,
    is_strict: bool = False,
) -> Built:
    """Build `target` from the editions of `seeds`, telling `progress` of it.

    Same seeds, record of keys and libraries, same bytes, whatever was kept from earlier builds and whatever `hands`
    read. Raises CheckError, and leaves `target` as it was, where a check fails, OpinionError where there is no such
    second opinion, WorkersError where what reads keeps dying or can't be used, ImplausibleError where `is_strict` and
    something is far from usual.
    """
    warnings: list[str] = []
    seeds = without_withdrawn(seeds)
    digest = seeds_digest(seeds, editions_file)
    keys, plausibility = KeysOfBuild(seeds, digest[:_SINCE]), Plausibility()
    several = len(keys.editions) > 1
    kept = Kept(build_folder / ".cache" / "read", opinions.facts(hands.second_opinion), several)
    with new_database(build_folder) as new:
        asked: set[str] = set()
        progress.stage("editions", sum(map(_characters, keys.editions)))
        reading = read_editions(keys.editions, kept, hands, progress)
        for edition, read in stepped(reading, progress, lambda read: _characters(read[0])):
            warnings += _add(new, edition, read, _about_city(edition, asked))
            keys.add(edition, read)
            plausibility.add(edition, read)
        warnings += _say_unusual(new, plausibility.unusual(), is_strict)
        new.writer.add_missing(seeds.missing)
        if unexplained := [one for one in seeds.missing if one.kind == UNEXPLAINED]:
            values = {
                "count": sum(one.pages or 0 for one in unexplained),
                "editions": len({o.edition for o in unexplained}),
            }
            warnings.append(in_both(Remark("pages_unexplained", values)))
        progress.stage("identities")
        keys.give_to_articles(new.writer)
        warnings += map(in_both, new.writer.add_identities())
        keys.give_to_names(new.writer)
        warnings += map(in_both, fill_public_roles(new.connection, seeds.people))
        if seeds.keys is None and (moved := new.writer.keys.moved(target)):
            said = Remark("record_gone", {"count": len(moved), "keys": moved[:_SHOWN]})
            warnings.append(f"{KEYS_FILE}: {in_both(said)}")
        record = keys.record()
        characters = sum(map(_characters, seeds.editions))
        progress.stage("index")
        new.writer.finish(
            {
                "version": __version__,
                "seeds sha256": digest,
                "keys sha256": hashlib.sha256(record.encode()).hexdigest(),
                "characters accounted for": str(characters),
                "pages left out": str(len(seeds.problems)),
                **{f"{name} version": metadata.version(name) for name in LIBRARIES},
                "SQLite version": sqlite3.sqlite_version,
                **opinions.facts(hands.second_opinion),
            }
        )
        counts = new.writer.counts
        absent = [one.text for one in seeds.withdrawn if not one.scope and one.kind != "article"]
        new.publish(target, _fresh(keys.editions, kept), absent, progress.stage)
    forget_withdrawn(build_folder, seeds.withdrawn)
    kept.forget_others()
    tables = ("editions", "pages", "articles", "people", "organizations", "mentions")
    return Built(target, {**{t: counts[t] for t in tables}, "characters": characters}, tuple(warnings), record)


def _fresh(editions: Sequence[Edition], kept: Kept) -> list[str] | None:
    """The pages of the editions that were read anew; None where all were."""
    fresh = [edition for edition in editions if edition.id in kept.fresh]
    return None if len(fresh) == len(editions) else [page.id for edition in fresh for page in edition.pages]


def _characters(edition: Edition) -> int:
    """How much there is to read: editions are of very different sizes."""
    return sum(len(page.text) for page in edition.pages)


def _say_unusual(new: NewDatabase, unusual: Sequence[Unusual], is_strict: bool) -> list[str]:
    """Put what is far from usual among the warnings; the first of them, with their files."""
    said = [f"{one.file}: {in_both(one.remark)}" for one in unusual]
    if is_strict and said:
        raise ImplausibleError("\n".join([in_both(Remark("implausible", {})), *said]))
    new.writer.add_warnings((one.page, one.remark) for one in unusual)
    more = len(said) - _UNUSUAL_SHOWN
    return [*said[:_UNUSUAL_SHOWN], *([in_both(Remark("more_unusual", {"count": more}))] if more > 0 else [])]


def _about_city(edition: Edition, asked: set[str]) -> tuple[Remark, ...]:
    """What is to say of the edition's city, of each city once: `asked` are those that were met before."""
    if edition.city is None or edition.city in asked:
        return ()
    asked.add(edition.city)
    found = unknown_city(edition.city)
    return (found,) if found else ()


def _add(new: NewDatabase, edition: Edition, read: ReadEdition, remarks: tuple[Remark, ...]) -> Sequence[str]:
    """Write the edition, `remarks` among the warnings of its first page; the warnings, with their files."""
    pages = [with_stale(source, page) for source, page in zip(edition.pages, read.pages, strict=True)]
    pages[0] = replace(pages[0], warnings=(*remarks, *pages[0].warnings))
    new.writer.add_edition(edition, pages, read.obeyed.names)
    new.writer.add_words(read.keywords, read.phrases, read.signatures)
    new.writer.answers.add(edition, read.obeyed.met)
    found = [(s.label, warning) for s, page in zip(edition.pages, pages, strict=True) for warning in page.warnings]
    return [f"{file}: {in_both(warning)}" for file, warning in found]
