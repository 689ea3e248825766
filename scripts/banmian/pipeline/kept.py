"""What earlier builds read, kept by a digest of all that it follows from: an archive is not read anew for one page.

A page depends on its text and what editors decided about it, the names of an edition on its pages, its city and who was
said to be who; both on the code and data of the stages that read them, the libraries and Python.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from banmian.keys.samples import articles_sampled
from banmian.pipeline.reader import reader_digest
from banmian.pipeline.reading import ReadEdition
from banmian.records import Page
from banmian.seeds import Edition, PageSource
from banmian.words.signatures import signatures

_SUM = hashlib.sha256().digest_size


class Kept:
    """The records of `folder`, those that this build used, and the ids of the editions that it read anew, `fresh`.

    Of one of `several` editions that is kept too by which its reprints are known.
    They are pickles: whoever can write them can write the database beside them as well.
    """

    def __init__(self, folder: Path, opinion: Mapping[str, str], several: bool) -> None:
        self.folder = folder
        self._opinion = opinion
        self._several = several
        self._used: set[str] = set()
        self._sound: set[str] = set()
        self.fresh: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def edition(self, edition: Edition) -> ReadEdition | None:
        """The edition as it was read before; None where that can't be known."""
        found = self._load(self._edition_name(edition))
        if found is None:
            return None
        pages = self.pages(edition)
        return None if None in pages else ReadEdition(pages, *found)  # type: ignore[arg-type]

    def pages(self, edition: Edition) -> tuple[Page | None, ...]:
        """Of each page of the edition how it was put together before, None where that can't be known."""
        return tuple(source.apart.page if source.apart else self._load(_page_name(source)) for source in edition.pages)

    def keep(self, edition: Edition, read: ReadEdition) -> ReadEdition:
        """Keep what was read for the builds to come, and return it."""
        self.fresh.add(edition.id)
        samples = [[(one.characters, one.sample) for one in articles_sampled(page)] for page in read.pages]
        read = replace(read, signatures=signatures(read.bodies()) if self._several else [], samples=samples)
        for source, page in zip(edition.pages, read.pages, strict=True):
            if not source.apart:
                self._save(_page_name(source), page)
        kept = (read.obeyed, read.keywords, read.phrases, read.signatures, read.samples)
        self._save(self._edition_name(edition), kept)
        return read

    def forget_others(self) -> None:
        """Remove what this build neither used nor made."""
        for path in self.folder.glob("*/*"):
            if f"{path.parent.name}/{path.name}" not in self._used:
                path.unlink(missing_ok=True)

    def _edition_name(self, edition: Edition) -> str:
        pages = [_page_name(source) for source in edition.pages]
        decided = (edition.city, edition.identities, sorted(self._opinion.items()), self._several)
        return _name("\0".join((*pages, repr(decided))))

    def _load(self, name: str) -> Any:
        self._used.add(name)
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content[_SUM:]).digest() != content[:_SUM]:
            return None
        self._sound.add(name)
        return pickle.loads(zlib.decompress(content[_SUM:]))

    def _save(self, name: str, record: object) -> None:
        self._used.add(name)
        if name in self._sound:
            return
        path = self.folder / name
        content = zlib.compress(_pickled(record), 1)
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            # What a fall of the whole machine leaves of it, its checksum tells.
            unfinished.write_bytes(hashlib.sha256(content).digest() + content)
            os.replace(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


class _Pickler(pickle.Pickler):
    """Records by their class and values: dataclasses with slots would ask for the names of their fields one by one."""

    def reducer_override(self, obj: Any) -> Any:
        names = _fields(obj.__class__)
        return (obj.__class__, tuple(getattr(obj, name) for name in names)) if names else NotImplemented


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that is made of them in this order; none of what is no such class."""
    if not is_dataclass(kind) or any(one.kw_only or not one.init for one in fields(kind)):
        return ()
    return tuple(one.name for one in fields(kind))


def _pickled(record: object) -> bytes:
    file = BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(record)
    return file.getvalue()


def _page_name(source: PageSource) -> str:
    return _name("\0".join((str(bool(source.apart)), source.text, repr((source.corrections, source.rulings)))))


def _name(follows_from: str) -> str:
    digest = hashlib.sha256(f"{reader_digest()}\0{follows_from}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:2]}/{digest[2:]}"
