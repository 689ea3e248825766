"""The pages on the desk: each read anew with what is decided, and decisions about it written."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from banmian.desk.decisions import Decided, DecisionError, Said, entries_of
from banmian.desk.questions import Question, questions
from banmian.desk.written import EditionsText
from banmian.desk.yaml_edits import Entry, add_entry, remove_entry, set_key
from banmian.page import read_page
from banmian.records import Correction, Page, Remark
from banmian.seeds import Edition, PageSource, Problem, SeedsError, read_seeds
from banmian.seeds.editions import page_as_decided
from banmian.seeds.folders import EDITIONS_FILE

# The lists of an edition in which decisions stand; the last one is about names, not about a page.
LISTS = ("order", "corrections", "doubts", "identities")
# So many pages are kept as they were read last.
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of editions.yml: in which list of its edition it stands, and as which of them (from 0)."""

    key: str
    number: int
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageOnDesk:
    """A page as it stands: `seen` is the digest of the file of editions, `problems` what of that can't be followed."""

    edition: Edition
    source: PageSource
    page: Page
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]
    checked: Mapping[str, str]
    problems: tuple[Problem, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page among all, its entries counted, and by whom it was checked; `asked` is None where it was not read."""

    edition: Edition
    source: PageSource
    decisions: int
    checked: Mapping[str, str]
    asked: int | None


class Desk:
    """The pages of a folder of seeds and its file of editions; `own` is a folder for what can be undone."""

    def __init__(self, seeds: Path, own: Path) -> None:
        self._seeds = seeds
        self.text = EditionsText(seeds / EDITIONS_FILE, own)
        self._known: dict[tuple[object, ...], Page] = {}
        self._pages: dict[str, tuple[Edition, PageSource]] = {}

    def pages(self) -> dict[str, tuple[Edition, PageSource]]:
        """All pages that came as text, by id: those too whose entries can't be followed. Raises SeedsError."""
        found = read_seeds(self._seeds, lenient=True).editions
        self._pages = {page.id: (one, page) for one in found for page in one.pages if page.apart is None}
        return self._pages

    def listed(self) -> list[ListedPage]:
        """All pages, none of them read for it: that takes seconds each. Raises SeedsError."""
        found = self.pages().values()
        text, _ = self.text.read()
        items = _items(text)
        return [self._listed(edition, source, items.get(edition.id, {})) for edition, source in found]

    def _listed(self, edition: Edition, source: PageSource, item: Mapping[str, Any]) -> ListedPage:
        decisions, checked = _decisions(item, source)
        page = self._known.get((source.text, source.corrections, source.rulings))
        asked = None if page is None else len(questions(source.text, page))
        return ListedPage(edition, source, sum(one.key != "identities" for one in decisions), checked, asked)

    def page(self, page_id: str) -> PageOnDesk | None:
        """The page as it is read now, None where there is none. Raises SeedsError."""
        known = self._page(page_id)
        if known is None:
            return None
        edition = known[0]
        text, seen = self.text.read()
        source, problems = page_as_decided(self._seeds, *known, self.text.path)
        page = self._read(source)
        decisions, checked = _decisions(_items(text).get(edition.id, {}), source)
        asked = tuple(questions(source.text, page))
        return PageOnDesk(edition, source, page, asked, decisions, checked, problems, seen)

    def decide(self, page_id: str, said: Said, seen: str) -> None:
        """Write what was said of lines of a page.

        Raises DecisionError where it can't be said, SeedsError where it can't be followed, ChangedError where the
        file is not the one that was `seen`, EditError where it can't be edited so.
        """
        known = self._page(page_id)
        if known is None:
            raise DecisionError(Remark("desk_no_line"))
        source, _ = page_as_decided(self._seeds, *known, self.text.path)
        self._write(known[0], source, entries_of(said, source, self._read), seen)

    def answer(self, edition: Edition, entry: Entry, seen: str) -> None:
        """Write who is who. Raises as `decide` does."""
        source = edition.pages[0]
        self._write(edition, source, Decided((("identities", entry),)), seen)

    def check(self, page_id: str, by: str, seen: str) -> None:
        """Write that somebody read the whole page; of a second one, that he confirms it. Raises as `decide` does."""
        on_desk = self.page(page_id)
        if on_desk is None or not by:
            raise DecisionError(Remark("desk_no_initials"))
        text, _ = self.text.read()
        source, edition = on_desk.source, on_desk.edition
        at = _place(_items(text).get(edition.id, {}), source)
        if at is None:
            new = add_entry(text, edition.id, None, "pages", {"file": source.file, "checked_by": by})
        elif "checked_by" not in on_desk.checked:
            new = set_key(text, edition.id, "pages", at, "checked_by", by)
        elif on_desk.checked["checked_by"] == by or "confirmed_by" in on_desk.checked:
            raise DecisionError(Remark("desk_checked_by", {"by": on_desk.checked["checked_by"]}))
        else:
            new = set_key(text, edition.id, "pages", at, "confirmed_by", by)
        self._put(new, edition, source, seen)

    def confirm(self, page_id: str, key: str, number: int, by: str, seen: str) -> None:
        """Write that a second editor confirms an entry. Raises as `decide` does."""
        on_desk = self.page(page_id)
        found = [] if on_desk is None else [one for one in on_desk.decisions if (one.key, one.number) == (key, number)]
        if not found or on_desk is None or not by:
            raise DecisionError(Remark("desk_no_initials"))
        if found[0].entry.get("by") == by or "confirmed_by" in found[0].entry:
            raise DecisionError(Remark("desk_checked_by", {"by": found[0].entry.get("by", by)}))
        text, _ = self.text.read()
        new = set_key(text, on_desk.edition.id, key, number, "confirmed_by", by)
        self._put(new, on_desk.edition, on_desk.source, seen)

    def take_back(self, page_id: str, key: str, number: int, seen: str) -> None:
        """Take an entry out, whoever wrote it. Raises as `decide` does."""
        on_desk = self.page(page_id)
        if on_desk is not None and key in LISTS:
            text, _ = self.text.read()
            new = remove_entry(text, on_desk.edition.id, key, number)
            self._put(new, on_desk.edition, on_desk.source, seen)

    def _page(self, page_id: str) -> tuple[Edition, PageSource] | None:
        return self._pages.get(page_id) or self.pages().get(page_id)

    def _write(self, edition: Edition, source: PageSource, decided: Decided, seen: str) -> None:
        text, _ = self.text.read()
        standing, _ = _decisions(_items(text).get(edition.id, {}), source)
        # New ones go last, so that those that they replace are still the ones with these numbers.
        for key, entry in decided.entries:
            text = add_entry(text, edition.id, source.file, key, entry)
        for one in reversed(_entries_of_corrections(standing, decided.replaced, source)):
            text = remove_entry(text, edition.id, one.key, one.number)
        self._put(text, edition, source, seen)

    def _put(self, text: str, edition: Edition, source: PageSource, seen: str) -> None:
        """Write the text once it is known that the page can follow it."""
        with tempfile.TemporaryDirectory() as folder:
            tried = Path(folder) / EDITIONS_FILE
            tried.write_text(text, "utf-8", newline="")
            _, problems = page_as_decided(self._seeds, edition, source, tried)
        if problems:
            raise SeedsError(*problems)
        self.text.write(text, seen)

    def _read(self, source: PageSource) -> Page:
        about = (source.text, source.corrections, source.rulings)
        if about not in self._known:
            while len(self._known) >= _KEPT:
                del self._known[next(iter(self._known))]
            self._known[about] = read_page(*about, deciding=True)
        return self._known[about]


def _decisions(item: Mapping[str, Any], source: PageSource) -> tuple[tuple[Decision, ...], Mapping[str, str]]:
    """What the edition says of the page and of its names; by whom the page was checked."""
    names = {source.label, f"{source.file}#1" if source.part is None else source.label}
    found = [
        Decision(key, number, entry)
        for key in LISTS
        for number, entry in enumerate(item.get(key) or [])
        if isinstance(entry, dict) and (key == "identities" or entry.get("file") in names)
    ]
    at = _place(item, source)
    return tuple(found), {} if at is None else item["pages"][at]


def _entries_of_corrections(
    decisions: Sequence[Decision], wanted: Sequence[Correction], source: PageSource
) -> list[Decision]:
    """The entries that state these corrections, in the order of the file; one without `start` stands at one place."""
    known = {(one.start, one.printed, one.corrected) for one in wanted}
    return [
        one
        for one in decisions
        if one.key == "corrections"
        and (
            int(one.entry["start"]) if "start" in one.entry else source.text.find(one.entry["printed"]),
            one.entry["printed"],
            one.entry["corrected"],
        )
        in known
    ]


def _place(item: Mapping[str, Any], source: PageSource) -> int | None:
    """Which page of the edition's list it is."""
    pages = item.get("pages") or []
    return next((at for at, page in enumerate(pages) if page.get("file") == source.file), None)


def _items(text: str) -> Mapping[str, Mapping[str, Any]]:
    """The editions that the file lists, by id, all values as text."""
    data = yaml.load(text.removeprefix("\ufeff"), Loader=yaml.BaseLoader) or []
    listed = data.get("editions") if isinstance(data, dict) else data
    return {item["id"]: item for item in listed or [] if isinstance(item, dict) and "id" in item}
