"""editions.yml: the editions that it lists, every entry checked but for the text of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import yaml

from banmian.records import Identity, Remark
from banmian.seeds.corrections import checked_correction, checked_doubt
from banmian.seeds.facts import FACT_KEYS, Facts, read_facts
from banmian.seeds.folders import EDITIONS_FILE, SUFFIXES
from banmian.seeds.identities import IDENTITY_KEYS, contradiction, numbered, read_identity
from banmian.seeds.missing import MISSING_ISSUE_KEYS, MISSING_KEYS, MissingPages, read_missing_pages
from banmian.seeds.order import ORDER_KEYS, OrderEntry, read_order_entry
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.public_people import PEOPLE_KEYS, PublicPeople, read_people
from banmian.seeds.rules import RULE_KEYS, Rule, read_rule
from banmian.seeds.signed import CHECKED_KEYS, SIGNED_KEYS, check_signed
from banmian.seeds.slips import explained
from banmian.seeds.withdrawn import WITHDRAWN_KEYS, Withdrawn, read_withdrawn
from banmian.seeds.yaml_files import compose
from banmian.seeds.yaml_nodes import Entry, collected, listed_items

_EDITION_KEYS = ("id", *FACT_KEYS, "pages", "corrections", "doubts", "order", "identities", "missing")
_PAGE_KEYS = ("file", "number", "number_basis", "name", "name_basis", *CHECKED_KEYS)
# A path in the folder of seeds, through no hidden folder and no `..`.
_PAGE = re.compile(rf"(?:(?!\.\.?/|\.[^.])[^/]+/)*[^/]*({'|'.join(map(re.escape, SUFFIXES))})")
_CORRECTION_KEYS = ("file", "start", "printed", "corrected", "reason", *SIGNED_KEYS)
_DOUBT_KEYS = ("file", "start", "printed", "suspected", "reason", "status", *SIGNED_KEYS)
_ALL_KEYS = {
    *(*_EDITION_KEYS, *RULE_KEYS, *_PAGE_KEYS, *_CORRECTION_KEYS, *_DOUBT_KEYS),
    *(*ORDER_KEYS, *IDENTITY_KEYS, *MISSING_KEYS, *MISSING_ISSUE_KEYS, *WITHDRAWN_KEYS, *PEOPLE_KEYS),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition as editions.yml lists it, its pages not read yet."""

    id: str
    facts: Facts
    identities: tuple[Identity, ...]
    entry: Entry
    pages: tuple[Entry, ...]
    corrections: tuple[Entry, ...]
    doubts: tuple[Entry, ...]
    order: tuple[tuple[Entry, OrderEntry], ...]
    missing: tuple[MissingPages, ...]


@dataclass(frozen=True, slots=True)
class EditionsFile:
    """What editions.yml says: the editions that it lists, rules for files of many, what is withdrawn, who is public."""

    listed: tuple[Listed, ...] = ()
    rules: tuple[Rule, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    people: tuple[PublicPeople, ...] = ()


def read_editions_file(path: Path) -> EditionsFile:
    """What the file says. Raises SeedsError with all that is wrong, and slips of the keyboard that may be why."""
    try:
        return _read_file(path)
    except SeedsError as error:
        raise SeedsError(*explained(path, error.problems, _ALL_KEYS)) from error


def _read_file(path: Path) -> EditionsFile:
    root = compose(path)
    if root is None:
        return EditionsFile()
    problems: list[Problem] = []
    editions, stated, taken, known = listed_items(path.name, root, ("editions", "rules", "withdrawn", "people"))
    listed = collected(lambda item: _listed(_edition_entry(path.name, item)), editions, problems)
    rules = collected(lambda item: read_rule(Entry(path.name, item, RULE_KEYS, "rule")), stated, problems)
    gone = collected(lambda item: read_withdrawn(Entry(path.name, item, WITHDRAWN_KEYS, "withdrawn")), taken, problems)
    people = collected(lambda item: read_people(Entry(path.name, item, PEOPLE_KEYS, "people")), known, problems)
    if not problems:
        problems += _listed_twice(listed)
    if problems:
        raise SeedsError(*problems)
    who = numbered([one.identities for one in listed])
    kept = [replace(one, identities=decided) for one, decided in zip(listed, who, strict=True)]
    return EditionsFile(tuple(kept), tuple(rules), tuple(gone), tuple(people))


def _edition_entry(file: str, node: yaml.Node) -> Entry:
    """The entry of an edition. Raises SeedsError, for entries of other lists with where they belong."""
    stated = {str(key.value) for key, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
    for key, keys in (("order", ORDER_KEYS), ("identities", IDENTITY_KEYS)):
        if stated and "as" in stated and stated <= set(keys):
            raise SeedsError(Problem(file, node.start_mark.line + 1, Remark("among_editions", {"key": key})))
    return Entry(file, node, _EDITION_KEYS, "edition")


def _listed_twice(listed: Sequence[Listed]) -> list[Problem]:
    """Pages that are listed twice."""
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for one in listed:
        for page in one.pages:
            file = page.required("file")
            if file in seen:
                values = {"file": file, "one": seen[file], "other": one.id}
                problems += page.error(page.nodes["file"], Remark("page_listed_twice", values)).problems
            seen.setdefault(file, one.id)
    return problems


def _listed(entry: Entry) -> Listed:
    identifier = entry.word("id", required=True) or ""
    facts = read_facts(entry)
    pages = entry.entries("pages", _PAGE_KEYS, "page", _checked_page)
    corrections = entry.entries("corrections", _CORRECTION_KEYS, "correction", checked_correction)
    doubts = entry.entries("doubts", _DOUBT_KEYS, "doubt", checked_doubt)
    order = entry.entries("order", ORDER_KEYS, "order", lambda one: (one, read_order_entry(one)))
    who = entry.entries("identities", IDENTITY_KEYS, "identity", read_identity)
    missing = entry.entries("missing", MISSING_KEYS, "missing", read_missing_pages)
    if wrong := contradiction(who):
        entry.faults.append(Problem(EDITIONS_FILE, wrong[0].line, wrong[1]))
    entry.checked()
    archives = [page for page in pages if page.required("file").endswith(".jsonl")]
    if archives and (len(pages) > 1 or {"corrections", "doubts", "order", "missing"} & entry.nodes.keys()):
        raise archives[0].error(None, Remark("archive_alone"))
    return Listed(
        identifier,
        facts,
        tuple(who),
        entry,
        tuple(pages),
        tuple(corrections),
        tuple(doubts),
        tuple(order),
        tuple(missing),
    )


def _checked_page(page: Entry) -> Entry:
    """The entry of a page. Raises SeedsError where its file can't be one, or its number is none."""
    name = page.required("file")
    if name and not _PAGE.fullmatch(name):
        page.fault(page.nodes["file"], Remark("no_page_name", {"file": name}))
    number = page.word("number")
    if number and not number.isascii():
        digits = "".join(str(int(sign)) for sign in number if sign.isdecimal())
        page.fault(page.nodes["number"], Remark("page_number", {"text": number, "wanted": digits or "A4"}))
    for key in ("number_basis", "name", "name_basis"):
        page.text(key)
    check_signed(page, CHECKED_KEYS)
    page.checked()
    return page


def meant(name: str, names: Iterable[str]) -> str:
    """Which of `names` is meant, '' where none is like it."""
    return next(iter(get_close_matches(name, list(names), 1)), "")
