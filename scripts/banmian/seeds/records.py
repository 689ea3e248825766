"""Editions as curated in seeds/editions.yml, and the page files that belong to them."""

from __future__ import annotations

from dataclasses import dataclass

from banmian.records import Correction, Doubt, Identity, Page, Remark, Ruling


@dataclass(frozen=True, slots=True)
class Apart:
    """A page whose articles came already apart.

    The page as it is, the articles' addresses, and where it stands in its file: (offset, line number) of each line.
    """

    page: Page
    urls: tuple[str | None, ...]
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page file: where it is (relative to the folder of seeds), what it holds and what an editor said about it.

    `id` is the edition's id and the page's number, or its place in the edition where it has no number. `stale` says
    which entries of `order` no longer apply, and what else is to be said of the file. `form` is that of the file; of
    an engine's, `text` is what was read in it and `geometry` its lines (formats.unpacked). `part` is the page of a file
    of several.
    """

    id: str
    file: str
    text: str
    sha256: str
    number: str | None
    number_basis: str | None
    name: str | None
    name_basis: str | None
    corrections: tuple[Correction, ...]
    doubts: tuple[Doubt, ...]
    apart: Apart | None = None
    form: str = "text"
    part: int | None = None
    geometry: bytes = b""
    rulings: tuple[Ruling, ...] = ()
    stale: tuple[Remark, ...] = ()

    @property
    def label(self) -> str:
        """The file, and `#` with the page of one of several: how entries of editions.yml name it."""
        return self.file if self.part is None else f"{self.file}#{self.part}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A page that is not there, or several without numbers, or with no edition a whole issue, and why."""

    edition: str | None
    newspaper: str | None
    date: str | None
    variant: str | None
    page: str | None
    pages: int | None
    kind: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated issue of a newspaper. A `..._basis` says how we know what the page itself does not print."""

    id: str
    pages: tuple[PageSource, ...]
    newspaper: str | None = None
    newspaper_basis: str | None = None
    date: str | None = None
    date_earliest: str | None = None
    date_latest: str | None = None
    date_basis: str | None = None
    city: str | None = None
    city_basis: str | None = None
    language: str | None = None
    rights: str | None = None
    shown: str | None = None
    note: str | None = None
    issn: str | None = None
    cn: str | None = None
    issue: str | None = None
    variant: str | None = None
    holder: str | None = None
    pages_expected: int | None = None
    identities: tuple[Identity, ...] = ()
