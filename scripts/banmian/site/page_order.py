"""Which page a mention or an article stands on, told from its number alone, and which pages come first.

The build numbers articles and mentions page by page. To look up the page of each of an entity's thousands of mentions
takes longer than all else on its page; where each page begins is read once for each file, some dozens of bytes a page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasette.database import Database

Numbers = NDArray[np.int64]

_KEPT = ("page order",)
# Characters of a day that name its year, and its month.
_YEAR, _MONTH = 4, 7
# Pages that are read in the time of one statement.
_SLICE = 50_000
_EDITIONS = "SELECT id FROM editions ORDER BY coalesce(date, date_latest, date_earliest) DESC, id"
_PAGES = f"""
    SELECT ordinal, edition_id, position, date, date_earliest, date_latest,
        (SELECT min(id) FROM articles WHERE page_id = pages.id), (SELECT min(id) FROM mentions WHERE page_id = pages.id)
    FROM pages JOIN editions ON editions.id = edition_id WHERE ordinal > ? ORDER BY ordinal LIMIT {_SLICE}"""


@dataclass(frozen=True, slots=True)
class Starts:
    """Where pages begin in a table: `numbers` of their first rows, in order, and the `pages`, by their place in a file.

    Pages without a row are left out.
    """

    numbers: Numbers
    pages: Numbers

    @classmethod
    def of(cls, first: Sequence[int | None]) -> Starts:
        """Those of pages whose first rows have these numbers."""
        pages = np.array([page for page, number in enumerate(first) if number is not None], dtype=np.int64)
        numbers = np.array([number for number in first if number is not None], dtype=np.int64)
        order = np.argsort(numbers, kind="stable")
        return cls(numbers[order], pages[order])

    def pages_of(self, numbers: Numbers) -> Numbers:
        """The page of each of these rows."""
        return self.pages[np.searchsorted(self.numbers, numbers, side="right") - 1]


@dataclass(frozen=True, slots=True)
class Periods:
    """The `names` of years or months, in order, and the place there of each day (of PageOrder.days)."""

    names: Sequence[str]
    of_days: Numbers

    @classmethod
    def of(cls, days: Sequence[str], characters: int) -> Periods:
        """What so many characters of a day name."""
        names, of_days = np.unique([day[:characters] for day in days], return_inverse=True)
        return cls(names.tolist(), of_days.astype(np.int64))


@dataclass(frozen=True, slots=True)
class PageOrder:
    """All pages of a file, by their place in it: their `ranks`, 0 for the first of the latest, and their `editions`.

    These are places in `edition_ids`, which are in order. `dates`, `earliest` and `latest` are places in `days`, which
    are too; -1 where an edition has none. `is_by_day` where the articles, by their numbers, are in the order of their
    dates and all have one.
    """

    ranks: Numbers
    editions: Numbers
    edition_ids: Sequence[str]
    dates: Numbers
    earliest: Numbers
    latest: Numbers
    days: Sequence[str]
    years: Periods
    months: Periods
    articles: Starts
    mentions: Starts
    is_by_day: bool

    def begin_of_first(self, pages: int) -> int:
        """The smallest number of a mention on so many of the first pages: all of theirs are from there on."""
        numbers = self.mentions.numbers[self.ranks[self.mentions.pages] < pages]
        return int(numbers.min()) if numbers.size else 0

    def on_first(self, pages: int, mentions: Numbers) -> Numbers:
        """Those of these mentions that stand on so many of the first pages."""
        return mentions[self.ranks[self.mentions.pages_of(mentions)] < pages] if mentions.size else mentions

    def window(self, mentions: Numbers, start: int, size: int) -> tuple[list[list[int]], int]:
        """The mentions of each page that holds one of those from place `start` to `start + size`, page after page.

        Also how many stand on pages before these.
        """
        ranks = self.ranks[self.mentions.pages_of(mentions)]
        in_order = np.argsort(ranks, kind="stable")
        ranks, mentions = ranks[in_order], mentions[in_order]
        asked = ranks[start : start + size]
        if not asked.size:
            return [], start
        first, end = np.searchsorted(ranks, asked[0]), np.searchsorted(ranks, asked[-1], side="right")
        bounds = np.flatnonzero(np.diff(ranks[first:end])) + 1
        return [page.tolist() for page in np.split(mentions[first:end], bounds)], int(first)

    def first_and_last_day(self, articles: Numbers) -> tuple[str | None, str | None, bool]:
        """Of the editions of these articles the first and the last day, and whether no date of them is exact.

        An exact date stands before the ends of a range.
        """
        pages = self.articles.pages_of(articles)
        exact = _known(self.dates[pages])
        is_inferred = not exact.size
        first, last = (_known(self.earliest[pages]), _known(self.latest[pages])) if is_inferred else (exact, exact)
        return (
            self.days[first.min()] if first.size else None,
            self.days[last.max()] if last.size else None,
            is_inferred,
        )

    def periods_of(self, periods: Periods, pages: Numbers) -> Numbers:
        """The place of the year or month of each of these pages; -1 where it has none, or its ends are of two."""
        first, last = (
            np.where(self.dates[pages] >= 0, self.dates[pages], ends[pages]) for ends in (self.earliest, self.latest)
        )
        # The last one is that of day -1.
        of_days = np.append(periods.of_days, -1)
        return np.where(of_days[first] == of_days[last], of_days[first], -1)


def _known(days: Numbers) -> Numbers:
    return days[days >= 0]


async def read_page_order(database: Database) -> PageOrder:
    """The order of the pages of this file; of one that does not change it is read once."""
    kept = {} if database.is_mutable else database.kept
    if _KEPT not in kept:
        editions = await database.execute_fn(lambda connection: _plain(connection, _EDITIONS))
        rows: list[tuple[Any, ...]] = []
        while len(rows) % _SLICE == 0:
            after = rows[-1][0] if rows else 0
            found = await database.execute_fn(lambda connection, after=after: _plain(connection, _PAGES, after))
            if not found:
                break
            rows += found
        kept[_KEPT] = _order([edition for (edition,) in editions], rows)
    order: PageOrder = kept[_KEPT]
    return order


def _plain(connection: sqlite3.Connection, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """The rows as tuples, whose size nobody has to watch."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, parameters).fetchall()


def _order(editions: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> PageOrder:
    _, of_edition, positions, *dates, articles, mentions = zip(*rows, strict=True) if rows else [()] * 8
    place = {edition: number for number, edition in enumerate(editions)}
    days = sorted({day for column in dates for day in column if day is not None})
    number_of = {day: number for number, day in enumerate(days)}
    first_to_last = np.lexsort((numbers(positions), numbers(place[edition] for edition in of_edition)))
    exact, earliest, latest = (numbers(number_of.get(day, -1) for day in column) for column in dates)
    ranks = np.empty(len(rows), dtype=np.int64)
    ranks[first_to_last] = np.arange(len(rows))
    articles_begin = Starts.of(articles)
    of_articles = exact[articles_begin.pages]
    in_order = {edition: number for number, edition in enumerate(sorted(editions))}
    return PageOrder(
        ranks,
        numbers(in_order[edition] for edition in of_edition),
        list(in_order),
        exact,
        earliest,
        latest,
        days,
        Periods.of(days, _YEAR),
        Periods.of(days, _MONTH),
        articles_begin,
        Starts.of(mentions),
        is_by_day=bool(np.all(of_articles >= 0) and np.all(np.diff(of_articles) >= 0)),
    )


def numbers(found: Iterable[int]) -> Numbers:
    """These whole numbers as an array."""
    return np.fromiter(found, dtype=np.int64)
