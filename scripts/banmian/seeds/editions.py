"""A folder of seeds as editions: page files and what seeds/editions.yml says about them."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from banmian.records import Correction, Doubt, Identity
from banmian.seeds.archive import read_archive
from banmian.seeds.files import EDITIONS_FILE, LARGEST_ARCHIVE, PageFile, list_folder, read_page_file
from banmian.seeds.identities import IDENTITY_KEYS, contradiction, numbered, read_identity
from banmian.seeds.order import ORDER_KEYS, OrderEntry, read_order_entry, rule
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition, PageSource
from banmian.seeds.yaml_nodes import Entry, compose, listed_entries

_TEXTS = ("newspaper", "newspaper_basis", "date_basis", "city", "city_basis", "language", "rights", "note")
_DATES = ("date", "date_earliest", "date_latest")
_EDITION_KEYS = ("id", *_TEXTS, *_DATES, "pages", "corrections", "doubts", "order", "identities")
_PAGE_KEYS = ("file", "number", "number_basis", "name", "name_basis")
_CORRECTION_KEYS = ("file", "start", "printed", "corrected", "reason")
_DOUBT_KEYS = ("file", "start", "printed", "suspected", "reason", "status")
DOUBT_STATUSES = ("open", "confirmed", "refuted")


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
    listed = _read_editions_file(path / EDITIONS_FILE) if (path / EDITIONS_FILE).exists() else []
    for page in (page for one in listed for page in one.pages):
        _refuse_no_page(page)
    problems: list[Problem] = []
    editions: list[Edition] = []
    for one in listed:
        if _is_archive(one):
            _add_archive(path, one.pages[0].required("file"), one.edition, editions, problems)
            continue
        ids = _page_ids(one)
        pages = [_read_listed_page(path, page, ids[page.required("file")], one, problems) for page in one.pages]
        if kept := tuple(page for page in pages if page):
            editions.append(replace(one.edition, pages=kept))
    named = {page.required("file") for one in listed for page in one.pages}
    unlisted = [name for name in folder.pages if name not in named]
    _refuse_doubles(listed, unlisted)
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
    pages = [page for edition in editions for page in edition.pages]
    for ids in ([edition.id for edition in editions], [page.id for page in pages]):
        for identifier in (identifier for identifier, count in Counter(ids).items() if count > 1):
            reason = f"two editions or pages have the id {identifier!r}. List one of their files with another id"
            raise SeedsError(Problem(EDITIONS_FILE, None, reason))


def _read_editions_file(path: Path) -> list[_Listed]:
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
            if seen.get(file := entry.required("file")) != one.edition.id:
                raise entry.error(None, f"{file!r} is no page of the edition {one.edition.id!r}. List it under pages")
    return listed


def _listed(entry: Entry) -> _Listed:
    identifier = entry.word("id", required=True) or ""
    values = {key: entry.text(key) for key in _TEXTS} | {key: entry.date(key) for key in _DATES}
    earliest, latest = values["date_earliest"], values["date_latest"]
    if values["date"] and (earliest or latest):
        raise entry.error(None, "an edition has a date, or date_earliest and date_latest, not both")
    if earliest and latest and earliest > latest:
        raise entry.error(None, f"date_earliest {earliest} is after date_latest {latest}")
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


def _refuse_doubles(listed: list[_Listed], unlisted: list[str]) -> None:
    """Two editions of one id, or two pages, could not be told apart in a citation."""
    editions, pages = {Path(name).stem for name in unlisted}, {_unlisted_id(name) for name in unlisted}
    for one in listed:
        if one.edition.id in editions:
            raise one.entry.error(None, f"two editions have the id {one.edition.id!r}. Give one of them another id")
        editions.add(one.edition.id)
        ids = _page_ids(one)
        for page in one.pages:
            page_id = ids[page.required("file")]
            if page_id in pages:
                raise page.error(None, f"two pages have the id {page_id!r}. Give this one a `number` of its own")
            pages.add(page_id)


def _refuse_no_page(page: Entry) -> None:
    name = page.required("file")
    if "/" in name or not name.endswith((".txt", ".jsonl")):
        raise page.error(None, f"{name!r} can't be a page: pages are *.txt files directly in the folder")


def _page_ids(listed: _Listed) -> dict[str, str]:
    """The id of each page by its file."""
    numbers = [page.word("number") or str(position) for position, page in enumerate(listed.pages, 1)]
    return {page.required("file"): f"{listed.edition.id}-{n}" for page, n in zip(listed.pages, numbers, strict=True)}


def _unlisted_id(name: str) -> str:
    return f"{Path(name).stem}-1"


def _read_listed_page(
    folder: Path, page: Entry, page_id: str, listed: _Listed, problems: list[Problem]
) -> PageSource | None:
    name = page.required("file")
    if not (folder / name).exists():
        problems.append(Problem(EDITIONS_FILE, page.line, f"the page {name!r} is not in the folder. Add or unlist it"))
        return None
    file = read_page_file(folder, name)
    if isinstance(file, Problem):
        problems.append(file)
        return None
    found: list[Problem] = []
    corrections = [_correction(entry, file, found) for entry in listed.corrections if entry.required("file") == name]
    doubts = [_doubt(entry, file, found) for entry in listed.doubts if entry.required("file") == name]
    kept = _apart([correction for correction in corrections if correction], file, found)
    stated = _doubts_apart([doubt for doubt in doubts if doubt], file, found)
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


def _correction(entry: Entry, file: PageFile, problems: list[Problem]) -> Correction | None:
    place = _place(entry, file, problems)
    printed, corrected, reason = (entry.required(key) for key in ("printed", "corrected", "reason"))
    if "\n" in corrected:
        raise entry.error(None, f"'corrected' {corrected!r} has a line's end in it. State it line by line")
    if corrected == printed:
        raise entry.error(None, f"'printed' and 'corrected' are the same, {printed!r}. Remove the correction")
    return Correction(*place, printed, corrected, reason) if place else None


def _doubt(entry: Entry, file: PageFile, problems: list[Problem]) -> Doubt | None:
    place = _place(entry, file, problems)
    status = entry.text("status") or DOUBT_STATUSES[0]
    if status not in DOUBT_STATUSES:
        raise entry.error(None, f"unknown status {status!r} of a doubt. Known: {', '.join(DOUBT_STATUSES)}")
    reason = entry.required("reason")
    return Doubt(*place, entry.required("printed"), entry.text("suspected"), reason, status) if place else None


def _place(entry: Entry, file: PageFile, problems: list[Problem]) -> tuple[int, int] | None:
    """Where `printed` stands, guarded: at `start`, or without `start` at its only place in the file."""
    printed, start = entry.required("printed"), entry.number("start")
    if "\n" in printed:
        raise entry.error(None, f"{printed!r} runs over a line's end. State it line by line")
    places = [at for at in range(len(file.text)) if file.text.startswith(printed, at)] if printed else []
    if start is None and len(places) == 1:
        return places[0], places[0] + len(printed)
    if start in places:
        return start, start + len(printed)
    elsewhere = f"It stands at {', '.join(map(str, places[:5]))}" if places else "It stands nowhere in the file"
    if start is None:
        reason = f"{printed!r} is not at one place only in {file.name}. {elsewhere}: state `start`"
    else:
        there = file.text[start : start + len(printed)]
        reason = f"expected {printed!r} at offset {start} of {file.name}, found {there!r}. {elsewhere}"
    problems.append(Problem(EDITIONS_FILE, entry.line, reason))
    return None


def _apart(corrections: list[Correction], file: PageFile, problems: list[Problem]) -> tuple[Correction, ...]:
    """Sorted by start. Two that overlap are a Problem: nobody could say what the text then is."""
    ordered = sorted(corrections, key=lambda correction: correction.start)
    for one, other in itertools.pairwise(ordered):
        if other.start < one.end:
            line = file.text.count("\n", 0, other.start) + 1
            problems.append(Problem(file.name, line, f"two corrections overlap at offset {other.start}. Make them one"))
    return tuple(ordered)


def _doubts_apart(doubts: list[Doubt], file: PageFile, problems: list[Problem]) -> tuple[Doubt, ...]:
    """Sorted by start. A place has one doubt."""
    ordered = sorted(doubts, key=lambda doubt: doubt.start)
    for one, other in itertools.pairwise(ordered):
        if other.start == one.start:
            line = file.text.count("\n", 0, other.start) + 1
            problems.append(Problem(file.name, line, f"two doubts begin at offset {other.start}. Make them one"))
    return tuple(ordered)
