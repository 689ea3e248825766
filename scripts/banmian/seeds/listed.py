"""editions.yml: the editions that it lists, every entry checked but for the text of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import yaml

from banmian.records import Remark
from banmian.seeds.corrections import checked_correction, checked_doubt
from banmian.seeds.files import EDITIONS_FILE
from banmian.seeds.identities import IDENTITY_KEYS, contradiction, numbered, read_identity
from banmian.seeds.order import ORDER_KEYS, OrderEntry, read_order_entry
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.records import Edition
from banmian.seeds.slips import explained
from banmian.seeds.yaml_nodes import Entry, collected, compose, listed_items

_TEXTS = ("newspaper", "newspaper_basis", "date_basis", "city", "city_basis", "language", "rights", "note")
_DATES = ("date", "date_earliest", "date_latest")
_EDITION_KEYS = ("id", *_TEXTS, *_DATES, "pages", "corrections", "doubts", "order", "identities")
_PAGE_KEYS = ("file", "number", "number_basis", "name", "name_basis")
_CORRECTION_KEYS = ("file", "start", "printed", "corrected", "reason")
_DOUBT_KEYS = ("file", "start", "printed", "suspected", "reason", "status")
_ALL_KEYS = {*_EDITION_KEYS, *_PAGE_KEYS, *_CORRECTION_KEYS, *_DOUBT_KEYS, *ORDER_KEYS, *IDENTITY_KEYS}


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition as editions.yml lists it, its pages not read yet."""

    edition: Edition
    entry: Entry
    pages: tuple[Entry, ...]
    corrections: tuple[Entry, ...]
    doubts: tuple[Entry, ...]
    order: tuple[tuple[Entry, OrderEntry], ...]


def read_editions_file(path: Path) -> list[Listed]:
    """What the file lists. Raises SeedsError with all that is wrong, and slips of the keyboard that may be why."""
    try:
        return _read_listed(path)
    except SeedsError as error:
        raise SeedsError(*explained(path, error.problems, _ALL_KEYS)) from error


def _read_listed(path: Path) -> list[Listed]:
    root = compose(path)
    if root is None:
        return []
    problems: list[Problem] = []
    listed = collected(
        lambda item: _listed(_edition_entry(path.name, item)), listed_items(path.name, root, "editions"), problems
    )
    if not problems:
        problems += _misplaced(listed)
    if problems:
        raise SeedsError(*problems)
    who = numbered([one.edition.identities for one in listed])
    return [
        replace(one, edition=replace(one.edition, identities=decided)) for one, decided in zip(listed, who, strict=True)
    ]


def _edition_entry(file: str, node: yaml.Node) -> Entry:
    """The entry of an edition. Raises SeedsError, for entries of other lists with where they belong."""
    stated = {str(key.value) for key, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
    for key, keys in (("order", ORDER_KEYS), ("identities", IDENTITY_KEYS)):
        if stated and "as" in stated and stated <= set(keys):
            raise SeedsError(Problem(file, node.start_mark.line + 1, Remark("among_editions", {"key": key})))
    return Entry(file, node, _EDITION_KEYS, "edition")


def _misplaced(listed: Sequence[Listed]) -> list[Problem]:
    """Pages that are listed twice, and entries about files that are no pages of their edition."""
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for one in listed:
        for page in one.pages:
            file = page.required("file")
            if file in seen:
                values = {"file": file, "one": seen[file], "other": one.edition.id}
                problems += page.error(page.nodes["file"], Remark("page_listed_twice", values)).problems
            seen.setdefault(file, one.edition.id)
        for entry in (*one.corrections, *one.doubts, *(entry for entry, _ in one.order)):
            if (of := seen.get(file := entry.required("file"))) != one.edition.id:
                own = [page.required("file") for page in one.pages]
                other = of or meant(file, own)
                kind = "page_of_other" if of else "no_page_of_but" if other else "no_page_of"
                remark = Remark(kind, {"file": file, "id": one.edition.id, "other": other})
                problems += entry.error(entry.nodes["file"], remark).problems
    return problems


def _listed(entry: Entry) -> Listed:
    identifier = entry.word("id", required=True) or ""
    values = {key: entry.text(key) for key in _TEXTS} | {key: entry.date(key) for key in _DATES}
    earliest, latest = values["date_earliest"], values["date_latest"]
    if values["date"] and (earliest or latest):
        entry.fault(entry.nodes["date"], Remark("two_dates"))
    if earliest and latest and earliest > latest:
        values_of = {"earliest": earliest, "latest": latest}
        entry.fault(entry.nodes["date_earliest"], Remark("dates_reversed", values_of))
    if earliest and earliest == latest:
        # Two ends of one day are that day: nobody should read "between 12 March and 12 March".
        values |= {"date": earliest, "date_earliest": None, "date_latest": None}
    pages = entry.entries("pages", _PAGE_KEYS, "page", _checked_page)
    corrections = entry.entries("corrections", _CORRECTION_KEYS, "correction", checked_correction)
    doubts = entry.entries("doubts", _DOUBT_KEYS, "doubt", checked_doubt)
    order = entry.entries("order", ORDER_KEYS, "order", lambda one: (one, read_order_entry(one)))
    who = entry.entries("identities", IDENTITY_KEYS, "identity", read_identity)
    if wrong := contradiction(who):
        entry.faults.append(Problem(EDITIONS_FILE, wrong[0].line, wrong[1]))
    if not entry.items("pages") and not entry.strays and not entry.faults:
        entry.fault(entry.nodes.get("pages"), Remark("no_pages", {"id": identifier}))
    entry.checked()
    archives = [page for page in pages if page.required("file").endswith(".jsonl")]
    if archives and (len(pages) > 1 or {"corrections", "doubts", "order"} & entry.nodes.keys()):
        raise archives[0].error(None, Remark("archive_alone"))
    return Listed(
        Edition(id=identifier, pages=(), identities=tuple(who), **values),
        entry,
        tuple(pages),
        tuple(corrections),
        tuple(doubts),
        tuple(order),
    )


def _checked_page(page: Entry) -> Entry:
    """The entry of a page. Raises SeedsError where its file can't be one, or its number is none."""
    name = page.required("file")
    if name and ("/" in name or not name.endswith((".txt", ".jsonl"))):
        page.fault(page.nodes["file"], Remark("no_page_name", {"file": name}))
    number = page.word("number")
    if number and not number.isascii():
        digits = "".join(str(int(sign)) for sign in number if sign.isdecimal())
        page.fault(page.nodes["number"], Remark("page_number", {"text": number, "wanted": digits or "A4"}))
    for key in ("number_basis", "name", "name_basis"):
        page.text(key)
    page.checked()
    return page


def meant(name: str, names: Iterable[str]) -> str:
    """Which of `names` is meant, '' where none is like it."""
    return next(iter(get_close_matches(name, list(names), 1)), "")
