"""What is not there: pages and issues never printed, not held or unreadable, and pages nobody tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from banmian.records import Remark
from banmian.seeds.dates import printed_day
from banmian.seeds.paths import natural
from banmian.seeds.problems import Problem
from banmian.seeds.records import Edition, Missing
from banmian.seeds.yaml_nodes import Entry

KINDS = ("not printed", "not held", "unreadable")
UNEXPLAINED = "unexplained"
MISSING_KEYS = ("pages", "why", "reason")
MISSING_ISSUE_KEYS = ("dates", "variant", "why", "reason")
MISSING_COLUMNS = ("missing", "missing_pages", "missing_reason")
_PAGES = re.compile(r"([A-Za-z]{0,2})0*([0-9]{1,3})(?:(?:-|\.\.)([A-Za-z]{0,2})0*([0-9]{1,3}))?")
_DATES = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
_MOST_DAYS = 36_600


@dataclass(frozen=True, slots=True)
class MissingPages:
    """Numbers of pages of an edition that are missing, and where that is stated."""

    entry: Entry
    pages: tuple[str, ...]
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class MissingIssues:
    """Dates on which an issue of a paper is missing, of one `variant` or whatever there is."""

    entry: Entry
    dates: tuple[str, ...]
    newspaper: str | None
    variant: str | None
    kind: str
    reason: str


def read_missing_pages(entry: Entry) -> MissingPages:
    """The missing pages of an entry of an edition. Raises SeedsError where it is malformed."""
    pages = _pages(entry, "pages")
    if not pages and not entry.strays:
        entry.text("pages", required=True)
    kind, reason = _kind(entry, "why"), entry.required("reason")
    entry.checked()
    return MissingPages(entry, pages, kind, reason)


def read_missing_issues(entry: Entry) -> MissingIssues:
    """The missing issues of an entry of a rule. Raises SeedsError where it is malformed."""
    dates: list[str] = []
    for text in entry.texts("dates"):
        try:
            dates += _days(text)
        except ValueError:
            entry.fault(entry.nodes["dates"], Remark("no_dates", {"text": text}))
    if not dates and not entry.strays and not entry.faults:
        entry.text("dates", required=True)
    kind, reason = _kind(entry, "why"), entry.required("reason")
    variant = entry.text("variant")
    entry.checked()
    return MissingIssues(entry, tuple(dict.fromkeys(dates)), None, variant, kind, reason)


def read_missing_cells(entry: Entry) -> MissingPages | MissingIssues | None:
    """What a row of the table says is missing: pages, or without any the issue of its date; None where nothing is."""
    if not any(entry.text(column) for column in MISSING_COLUMNS):
        return None
    kind, reason = _kind(entry, "missing"), entry.required("missing_reason")
    if entry.text("missing_pages"):
        return MissingPages(entry, _pages(entry, "missing_pages"), kind, reason)
    day = entry.text("date")
    if day is None:
        entry.fault(None, Remark("missing_without_date"))
    return MissingIssues(entry, (day or "",), entry.text("newspaper"), entry.text("variant"), kind, reason)


def _kind(entry: Entry, key: str) -> str:
    kind = entry.required(key)
    if kind and kind not in KINDS:
        entry.fault(entry.nodes[key], Remark("unknown_missing_kind", {"text": kind, "known": list(KINDS)}))
    return kind


def _pages(entry: Entry, key: str) -> tuple[str, ...]:
    found: list[str] = []
    for text in entry.texts(key):
        for part in re.split(r"[,;\s、，；]+", text) if key == "missing_pages" else [text]:
            try:
                found += _numbers(part)
            except ValueError:
                entry.fault(entry.nodes[key], Remark("no_page_numbers", {"text": part}))
    return tuple(dict.fromkeys(found))


def _numbers(text: str) -> list[str]:
    """The numbers of 3, 5-8 or A1-A4. Raises ValueError."""
    found = _PAGES.fullmatch(text)
    if not found:
        raise ValueError(text)
    section, first, other, last = found.groups()
    if last is None:
        return [_number(text)]
    if other not in ("", section) or int(last) < int(first):
        raise ValueError(text)
    width = len(text[len(section) :].partition("-")[0].partition("..")[0]) if section else 0
    return [f"{section}{number:0{width}}" for number in range(int(first), int(last) + 1)]


def _number(text: str) -> str:
    return str(int(text)) if text.isdecimal() else text


def _days(text: str) -> list[str]:
    """The days of 1998-02-01 or 1998-02-01..1998-02-03. Raises ValueError."""
    found = _DATES.fullmatch(text)
    if not found:
        raise ValueError(text)
    first, last = printed_day(found[1]), printed_day(found[2] or found[1])
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise ValueError(text)
    return [(first + timedelta(days=days)).isoformat() for days in range((last - first).days + 1)]


def missing_rows(
    editions: Iterable[Edition], pages: Mapping[str, Sequence[MissingPages]], issues: Sequence[MissingIssues]
) -> tuple[Missing, ...]:
    """All that is missing by date, newspaper, edition and page; `pages` by the id of the edition."""
    rows: list[Missing] = []
    for edition in editions:
        stated = pages.get(edition.id, ())
        for one in stated:
            rows += (_page_row(edition, number, 1, one.kind, one.reason) for number in one.pages)
        gone = set(chain.from_iterable(one.pages for one in stated))
        rows += (_page_row(edition, number, count, UNEXPLAINED, None) for number, count in _unexplained(edition, gone))
    for issue in issues:
        rows += (
            Missing(None, issue.newspaper, day, issue.variant, None, None, issue.kind, issue.reason)
            for day in issue.dates
        )
    return tuple(sorted(rows, key=_order))


def _page_row(edition: Edition, number: str | None, pages: int, kind: str, reason: str | None) -> Missing:
    day = edition.date or edition.date_earliest
    return Missing(edition.id, edition.newspaper, day, edition.variant, number, pages, kind, reason)


def _order(row: Missing) -> tuple[object, ...]:
    return (
        row.date or "",
        row.newspaper or "",
        row.edition or "",
        row.variant or "",
        natural(row.page or ""),
        row.kind,
    )


def _unexplained(edition: Edition, gone: set[str]) -> Iterator[tuple[str | None, int]]:
    """Pages that are expected and neither there nor stated to be missing: (number, 1), or (None, how many)."""
    there = [page.number for page in edition.pages]
    expected = edition.pages_expected or 0
    if all(number and number.isdecimal() for number in (*there, *gone)):
        known = {int(number) for number in (*there, *gone) if number}
        yield from ((str(number), 1) for number in range(1, expected + 1) if number not in known)
    elif (open_ := expected - len(there) - len(gone)) > 0:
        yield None, open_


def contradictions(
    editions: Iterable[Edition], pages: Mapping[str, Sequence[MissingPages]], issues: Iterable[MissingIssues]
) -> Iterator[Problem]:
    """Pages and issues that are there though they are said to be missing."""
    issues_of: dict[str, list[Edition]] = {}
    for edition in editions:
        issues_of.setdefault(edition.date or "", []).append(edition)
        there = {page.number: page.file for page in edition.pages}
        for one in pages.get(edition.id, ()):
            for number in one.pages:
                if number in there:
                    values = {"number": number, "file": there[number]}
                    yield Problem(one.entry.file, one.entry.line, Remark("page_not_missing", values))
    for issue in issues:
        for day in issue.dates:
            for edition in issues_of.get(day, ()):
                same_paper = issue.newspaper in (None, edition.newspaper)
                if same_paper and (issue.variant is None or issue.variant == edition.variant):
                    values = {"text": day, "id": edition.id}
                    yield Problem(issue.entry.file, issue.entry.line, Remark("issue_not_missing", values))
