"""editions.yml: the editions that it lists, every entry checked but for the text of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import yaml

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
            reason = f"an entry of {key!r} among the editions. Put it under '{key}:' of its edition (- id: …, pages: …)"
            raise SeedsError(Problem(file, node.start_mark.line + 1, reason))
    return Entry(file, node, _EDITION_KEYS, "an edition")


def _misplaced(listed: Sequence[Listed]) -> list[Problem]:
    """Pages that are listed twice, and entries about files that are no pages of their edition."""
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for one in listed:
        for page in one.pages:
            file = page.required("file")
            if file in seen:
                reason = f"the page {file!r} is listed twice, in {seen[file]!r} and {one.edition.id!r}"
                problems += page.error(None, reason).problems
            seen.setdefault(file, one.edition.id)
        for entry in (*one.corrections, *one.doubts, *(entry for entry, _ in one.order)):
            if (of := seen.get(file := entry.required("file"))) != one.edition.id:
                own = [page.required("file") for page in one.pages]
                hint = f", but of {of!r}. State it there" if of else meant(file, own) or ". List it under pages"
                reason = f"{file!r} is no page of the edition {one.edition.id!r}{hint}"
                problems += entry.error(entry.nodes["file"], reason).problems
    return problems


def _listed(entry: Entry) -> Listed:
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
    problems: list[Problem] = []
    pages = entry.entries("pages", _PAGE_KEYS, "a page", _checked_page, problems)
    corrections = entry.entries("corrections", _CORRECTION_KEYS, "a correction", checked_correction, problems)
    doubts = entry.entries("doubts", _DOUBT_KEYS, "a doubt", checked_doubt, problems)
    order = entry.entries("order", ORDER_KEYS, "an order", lambda one: (one, read_order_entry(one)), problems)
    who = entry.entries("identities", IDENTITY_KEYS, "an identity", read_identity, problems)
    if wrong := contradiction(who):
        problems.append(Problem(EDITIONS_FILE, wrong[0].line, wrong[1]))
    if problems:
        raise SeedsError(*problems)
    if not pages:
        raise entry.error(None, f"the edition {identifier!r} lists no pages")
    archives = [page for page in pages if page.required("file").endswith(".jsonl")]
    if archives and (len(pages) > 1 or {"corrections", "doubts", "order"} & entry.nodes.keys()):
        reason = "a file of articles (*.jsonl) is listed in an edition of its own, without corrections, doubts or order"
        raise archives[0].error(None, reason)
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
    if "/" in name or not name.endswith((".txt", ".jsonl")):
        raise page.error(None, f"{name!r} can't be a page: pages are *.txt files directly in the folder")
    number = page.word("number")
    if number and not number.isascii():
        digits = "".join(str(int(sign)) for sign in number if sign.isdecimal())
        wanted = f"{digits}, not {number!r}" if digits else f"4 or A4, not {number!r}"
        reason = f"'number' is part of the keys of articles: write {wanted}. What a page is called goes under 'name'"
        raise page.error(page.nodes["number"], reason)
    return page


def meant(name: str, names: Iterable[str]) -> str:
    """A question whether another of `names` is meant, '' where none is like it."""
    near = get_close_matches(name, list(names), 1)
    return f". Is {near[0]!r} meant?" if near else ""
