"""The keys of one build: those that the record gives to what is there again, new ones, and the record that follows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from banmian.keys.articles import ArticleHere, article_keys
from banmian.keys.entities import Names, entity_keys
from banmian.keys.former import FormerKey, former_keys
from banmian.keys.pages import PageHere, edition_keys, page_keys
from banmian.keys.samples import articles_sampled, known_by, sampled
from banmian.pipeline.reading import ReadEdition
from banmian.pipeline.stamps import NEW_DATABASE
from banmian.pipeline.withdrawing import unnamed
from banmian.records import KEY_KINDS, GivenKey
from banmian.seeds import Edition, Seeds
from banmian.seeds.folders import KEYS_FILE, without_part
from banmian.seeds.key_record import written_key_record
from banmian.store.files import write_whole
from banmian.store.write import Writer

# Beside a database that lacks pages, until a person accepts it.
_WAITING = f"{KEYS_FILE}.new"
_ENTITIES = ("organization", "person")


class KeysOfBuild:
    """`editions` have the pages of the seeds under the ids that they keep; `since` is the digest of the seeds."""

    def __init__(self, seeds: Seeds, since: str) -> None:
        given = seeds.keys or ()
        self._given = {kind: tuple(one for one in given if one.kind == kind) for kind in KEY_KINDS}
        self._since = since
        self._withdrawn = seeds.withdrawn
        self._unread = _unread(seeds)
        self._articles: list[ArticleHere] = []
        self._record: dict[str, tuple[GivenKey, ...]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._known = {(one.page, one.characters, one.sample) for one in self._given["article"]}
        self.editions = self._with_kept_pages(seeds.editions)

    def add(self, edition: Edition, read: ReadEdition) -> None:
        """Take in the articles of an edition of `editions` as it was read."""
        for source, page, samples in zip(edition.pages, read.pages, read.samples, strict=True):
            # All runs are needed only of what may have changed.
            is_known = not self._given["article"] or self._known.issuperset((source.id, *one) for one in samples)
            texts = [known_by(*one) for one in samples] if is_known else articles_sampled(page)
            self._articles += (ArticleHere(source.id, position, text) for position, text in enumerate(texts, 1))

    def give_to_articles(self, writer: Writer) -> None:
        """Give the articles that were written their keys, once all editions are."""
        waiting = [one for one in self._given["page"] if one.file in self._unread]
        unread = {one.key for one in waiting if not one.gone}
        found = article_keys(self._given["article"], self._articles, unread, self._since)
        self._articles = []
        self._keep("article", found.keys, found.record)
        writer.keys.give("article", dict(enumerate(found.keys, 1)))

    def give_to_names(self, writer: Writer) -> None:
        """Give people and organizations their keys, once it is settled who is who; then write what became of others."""
        for kind in _ENTITIES:
            ids, entities = writer.keys.entities(kind)
            names, articles = Names(self._given[kind], entities), writer.keys.articles_of(kind, ids)
            places = writer.keys.places_of(kind, ids)
            found = entity_keys(names, articles, places, not self._unread, kind, self._since)
            self._keep(kind, found.keys, found.record)
            writer.keys.give(kind, dict(zip(ids, found.keys, strict=True)))
        writer.add_former(self._former())

    def record(self) -> str:
        """The record of keys that follows, as a file."""
        return written_key_record(one for kind in KEY_KINDS for one in self._record[kind])

    def _former(self) -> list[FormerKey]:
        here = {kind: frozenset(keys) for kind, keys in self._keys.items()}
        return list(former_keys((one for kind in KEY_KINDS for one in self._record[kind]), here))

    def _keep(self, kind: str, keys: Sequence[str], record: Sequence[GivenKey]) -> None:
        self._keys[kind] = tuple(keys)
        self._record[kind] = unnamed(kind, record, keys, self._withdrawn)

    def _with_kept_pages(self, editions: Sequence[Edition]) -> tuple[Edition, ...]:
        pages = [
            PageHere(page.id, edition.id, page.file, sampled(page.text.split("\n")))
            for edition in editions
            for page in edition.pages
        ]
        found = page_keys(self._given["page"], pages, self._unread, self._since)
        self._keep("page", found.keys, found.record)
        former = edition_keys(self._given["edition"], self._given["page"], found.record, self._since)
        self._keep("edition", [edition.id for edition in editions], former)
        keys = iter(found.keys)
        return tuple(
            replace(edition, pages=tuple(replace(page, id=next(keys)) for page in edition.pages))
            for edition in editions
        )


def _unread(seeds: Seeds) -> frozenset[str]:
    """The files that are there, or should be, and can't be read."""
    named = (problem.remark.values.get("file") for problem in seeds.problems)
    files = [problem.file for problem in seeds.problems] + [file for file in named if isinstance(file, str)]
    return frozenset(map(without_part, files))


def keep_until_accepted(build_folder: Path, record: str | None) -> None:
    """Lay the record of a database that waits beside it; None: none waits."""
    if record is None:
        (build_folder / _WAITING).unlink(missing_ok=True)
    else:
        write_whole(build_folder / _WAITING, record.encode())


def accepted(build_folder: Path) -> str | None:
    """The record of the database that waited and was put in its place by now; None where there is none."""
    waiting = build_folder / _WAITING
    if (build_folder / NEW_DATABASE).exists() or not waiting.exists():
        return None
    record = waiting.read_text("utf-8")
    waiting.unlink()
    return record


class ChangedError(Exception):
    """The record of keys in the folder of seeds is not the one that was read."""


def write_record(folder: Path, record: str, before: str | None) -> bool:
    """Write the record into the folder of seeds, whole or not at all; whether it changed.

    `before` is the digest of the one that was read. Raises OSError, and ChangedError where another lies there by now.
    """
    path = folder / KEYS_FILE
    content, there = record.encode(), path.read_bytes() if path.exists() else None
    if there == content:
        return False
    if (there and hashlib.sha256(there).hexdigest()) != before:
        raise ChangedError
    write_whole(path, content)
    return True
