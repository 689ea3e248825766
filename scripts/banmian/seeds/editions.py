"""A folder of seeds as editions: page files and what seeds/editions.yml says about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from banmian.records import Identity
from banmian.seeds.archive import read_archive
from banmian.seeds.corrections import corrections_apart, doubts_apart, read_correction, read_doubt
from banmian.seeds.files import EDITIONS_FILE, LARGEST_ARCHIVE, Folder, PageFile, list_folder, read_page_file
from banmian.seeds.identities import IDENTITY_KEYS, contradiction, numbered, read_identity
from banmian.seeds.order import ORDER_KEYS, OrderEntry, read_order_entry, rule
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, PageSource
from banmian.seeds.slips import slips
from banmian.seeds.yaml_nodes import Entry, compose, listed_entries

_TEXTS = ("newspaper", "newspaper_basis", "date_basis", "city", "city_basis", "language", "rights", "note")
_DATES = ("date", "date_earliest", "date_latest")
_EDITION_KEYS = ("id", *_TEXTS, *_DATES, "pages", "corrections", "doubts", "order", "identities")
# The file of editions under other names, in small letters.
_OTHER_NAMES = (
    *("editions.yml", "editions.yaml", "edition.yml", "edition.yaml", "editions.txt.yml"),
    *("editions.yml.txt", "editions.yaml.txt", "edition.yml.txt", "edition.yaml.txt", "editions.txt"),
)
_PAGE_KEYS = ("file", "number", "number_basis", "name", "name_basis")
_CORRECTION_KEYS = ("file", "start", "printed", "corrected", "reason")
_DOUBT_KEYS = ("file", "start", "printed", "suspected", "reason", "status")


@dataclass(frozen=True, slots=True)
class Seeds:
    """The readable editions sorted by id, the names of skipped files, and what could not be read."""

    editions: tuple[Edition, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """An edition as editions.yml lists it, its pages not read yet."""

    edition: Edition
    entry: Entry
    pages: tuple[Entry, ...]
    corrections: tuple[Entry, ...]
    doubts: tuple[Entry, ...]
    order: tuple[OrderEntry, ...]


def read_seeds(path: Path) -> Seeds:
    """The editions of a folder; a page that can't be used is left out and a Problem.

    Raises SeedsError where editions.yml is itself wrong, since nothing that it says can then be trusted.
    """
    folder = list_folder(path)
    _ask_about_other_names(folder)
    listed = _read_editions_file(path / EDITIONS_FILE) if (path / EDITIONS_FILE).exists() else []
    for page in (page for one in listed for page in one.pages):
        _refuse_no_page(page)
    problems: list[Problem] = []
    editions: list[Edition] = []
    named = {page.required("file") for one in listed for page in one.pages}
    unlisted = [name for name in folder.pages if name not in named]
    for one in listed:
        if _is_archive(one):
            _add_archive(path, one.pages[0].required("file"), one.edition, editions, problems)
            continue
        ids = _page_ids(one)
        pages = [
            _read_listed_page(path, page, ids[page.required("file")], one, unlisted, problems) for page in one.pages
        ]
        if kept := tuple(page for page in pages if page):
            editions.append(replace(one.edition, pages=kept))
    _refuse_doubles(listed, unlisted, path)
    for name in unlisted:
        file = read_page_file(path, name)
        if isinstance(file, Problem):
            problems.append(file)
        else:
            editions.append(Edition(id=Path(name).stem, pages=(_page(_unlisted_id(name), file),)))
    for name in folder.archives:
        if name not in named:
            _add_archive(path, name, Edition(id=Path(name).stem, pages=()), editions, problems)
    _refuse_equal_ids(editions)
    return Seeds(tuple(sorted(editions, key=lambda edition: edition.id)), folder.skipped, tuple(problems))


def _ask_about_other_names(folder: Folder) -> None:
    """What is said in a file of almost the right name would be dropped in silence."""
    for name in (*folder.skipped, *folder.pages):
        if name.lower() in _OTHER_NAMES:
            reason = f"not read: what is said of pages stands in {EDITIONS_FILE}. Rename it, or remove it"
            if name in folder.pages:
                reason += ". A page needs another name"
            raise SeedsError(Problem(name, None, reason))


def _meant(name: str, names: Iterable[str]) -> str:
    """A question whether another of `names` is meant, '' where none is like it."""
    near = get_close_matches(name, list(names), 1)
    return f". Is {near[0]!r} meant?" if near else ""


def _is_archive(listed: _Listed) -> bool:
    return listed.pages[0].required("file").endswith(".jsonl")


def _add_archive(folder: Path, name: str, known: Edition, editions: list[Edition], problems: list[Problem]) -> None:
    if not (folder / name).exists():
        problems.append(Problem(EDITIONS_FILE, None, f"the file {name!r} is not in the folder. Add or unlist it"))
        return
    file = read_page_file(folder, name, LARGEST_ARCHIVE)
    for found in [file] if isinstance(file, Problem) else read_archive(file, known):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            editions.append(found)


def _refuse_equal_ids(editions: list[Edition]) -> None:
    """Editions of files of articles get their ids from dates, which no line of editions.yml states."""
    files: dict[tuple[str, str], list[str]] = {}
    for edition in editions:
        files.setdefault(("editions", edition.id), []).append(edition.pages[0].file)
        for page in edition.pages:
            files.setdefault(("pages", page.id), []).append(page.file)
    for (what, identifier), several in files.items():
        if len(several) > 1:
            of = " and ".join(dict.fromkeys(map(repr, several)))
            reason = f"two {what} have the id {identifier!r}, those of {of}. List one of these files with another id"
            raise SeedsError(Problem(EDITIONS_FILE, None, reason))


def _read_editions_file(path: Path) -> list[_Listed]:
    """What the file lists. Raises SeedsError, which names slips of the keyboard first that may be the reason."""
    try:
        return _read_listed(path)
    except SeedsError as error:
        raise SeedsError(*slips(path, error.problems), *error.problems) from error


def _read_listed(path: Path) -> list[_Listed]:
    root = compose(path)
    if root is None:
        return []
    entries = listed_entries(path.name, root, "editions", _EDITION_KEYS, "an edition")
    listed = [_listed(entry) for entry in entries]
    who = numbered([one.edition.identities for one in listed])
    listed = [
        replace(one, edition=replace(one.edition, identities=decided)) for one, decided in zip(listed, who, strict=True)
    ]
    seen: dict[str, str] = {}
    for one in listed:
        for page in one.pages:
            file = page.required("file")
            if file in seen:
                raise page.error(None, f"the page {file!r} is listed twice, in {seen[file]!r} and {one.edition.id!r}")
            seen[file] = one.edition.id
        for entry in (*one.corrections, *one.doubts, *one.entry.entries("order", ORDER_KEYS, "an order")):
            if (of := seen.get(file := entry.required("file"))) != one.edition.id:
                own = [page.required("file") for page in one.pages]
                hint = f", but of {of!r}. State it there" if of else _meant(file, own) or ". List it under pages"
                raise entry.error(entry.nodes["file"], f"{file!r} is no page of the edition {one.edition.id!r}{hint}")
    return listed


def _listed(entry: Entry) -> _Listed:
    identifier = entry.word("id", required=True) or ""
    values = {key: entry.text(key) for key in _TEXTS} | {key: entry.date(key) for key in _DATES}
    earliest, latest = values["date_earliest"], values["date_latest"]
    if values["date"] and (earliest or latest):
        raise entry.error(None, "an edition has a date, or date_earliest and date_latest, not both")
    if earliest and latest and earliest > latest:
        raise entry.error(None, f"date_earliest {earliest} is after date_latest {latest}")
    if earliest and earliest == latest:
        # Two ends of one day are that day: nobody should read "between 12 March and 12 March".
        values |= {"date": earliest, "date_earliest": None, "date_latest": None}
    pages = entry.entries("pages", _PAGE_KEYS, "a page")
    if not pages:
        raise entry.error(None, f"the edition {identifier!r} lists no pages")
    archives = [page for page in pages if page.required("file").endswith(".jsonl")]
    if archives and (len(pages) > 1 or {"corrections", "doubts", "order"} & entry.nodes.keys()):
        reason = "a file of articles (*.jsonl) is listed in an edition of its own, without corrections, doubts or order"
        raise archives[0].error(None, reason)
    return _Listed(
        Edition(id=identifier, pages=(), identities=_identities(entry), **values),
        entry,
        tuple(pages),
        tuple(entry.entries("corrections", _CORRECTION_KEYS, "a correction")),
        tuple(entry.entries("doubts", _DOUBT_KEYS, "a doubt")),
        tuple(read_order_entry(order) for order in entry.entries("order", ORDER_KEYS, "an order")),
    )


def _identities(entry: Entry) -> tuple[Identity, ...]:
    identities = tuple(read_identity(one) for one in entry.entries("identities", IDENTITY_KEYS, "an identity"))
    wrong = contradiction(identities)
    if wrong:
        raise SeedsError(Problem(EDITIONS_FILE, wrong[0].line, wrong[1]))
    return identities


def _refuse_doubles(listed: list[_Listed], unlisted: list[str], folder: Path) -> None:
    """Two editions of one id, or two pages, could not be told apart in a citation."""
    editions = {Path(name).stem: name for name in unlisted}
    pages = {_unlisted_id(name): name for name in unlisted}
    for one in listed:
        own = one.pages[0].required("file")
        if other := editions.get(one.edition.id):
            missing = [page for page in one.pages if not (folder / page.required("file")).exists()]
            if other in unlisted and missing:
                name = missing[0].required("file")
                raise missing[0].error(None, f"the page {name!r} is not in the folder. Is {other!r} meant?")
            both = f"two editions have the id {one.edition.id!r}, those of {other!r} and {own!r}"
            raise one.entry.error(None, f"{both}. Give one of them another id")
        editions[one.edition.id] = own
        ids = _page_ids(one)
        for page in one.pages:
            page_id, file = ids[page.required("file")], page.required("file")
            if page_id in pages:
                both = f"two pages have the id {page_id!r}, {pages[page_id]!r} and {file!r}"
                raise page.error(None, f"{both}. Give this one a `number` of its own")
            pages[page_id] = file


def _refuse_no_page(page: Entry) -> None:
    name = page.required("file")
    if "/" in name or not name.endswith((".txt", ".jsonl")):
        raise page.error(None, f"{name!r} can't be a page: pages are *.txt files directly in the folder")
    number = page.word("number")
    if number and not number.isascii():
        digits = "".join(str(int(sign)) for sign in number if sign.isdecimal())
        meant = f"{digits}, not {number!r}" if digits else f"4 or A4, not {number!r}"
        reason = f"'number' is part of the keys of articles: write {meant}. What a page is called goes under 'name'"
        raise page.error(page.nodes["number"], reason)


def _page_ids(listed: _Listed) -> dict[str, str]:
    """The id of each page by its file."""
    numbers = [page.word("number") or str(position) for position, page in enumerate(listed.pages, 1)]
    return {page.required("file"): f"{listed.edition.id}-{n}" for page, n in zip(listed.pages, numbers, strict=True)}


def _unlisted_id(name: str) -> str:
    return f"{Path(name).stem}-1"


def _read_listed_page(
    folder: Path, page: Entry, page_id: str, listed: _Listed, unlisted: list[str], problems: list[Problem]
) -> PageSource | None:
    name = page.required("file")
    if not (folder / name).exists():
        hint = _meant(name, unlisted) or ". Add or unlist it"
        problems.append(Problem(EDITIONS_FILE, page.line, f"the page {name!r} is not in the folder{hint}"))
        return None
    file = read_page_file(folder, name)
    if isinstance(file, Problem):
        problems.append(file)
        return None
    found: list[Problem] = []
    corrections = [
        read_correction(entry, file, found) for entry in listed.corrections if entry.required("file") == name
    ]
    doubts = [read_doubt(entry, file, found) for entry in listed.doubts if entry.required("file") == name]
    kept = corrections_apart([correction for correction in corrections if correction], file, found)
    stated = doubts_apart([doubt for doubt in doubts if doubt], file, found)
    order = rule([entry for entry in listed.order if entry.file == name], file, found)
    problems += found
    if found:
        return None
    return replace(
        _page(page_id, file),
        number=page.text("number"),
        number_basis=page.text("number_basis"),
        name=page.text("name"),
        name_basis=page.text("name_basis"),
        corrections=kept,
        doubts=stated,
        rulings=order.rulings,
        stale=order.stale,
    )


def _page(page_id: str, file: PageFile) -> PageSource:
    return PageSource(page_id, file.name, file.text, file.sha256, None, None, None, None, (), ())
