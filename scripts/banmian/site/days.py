"""The calendar of editions: a year on a page, each day with what was printed on it and what is missing."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from datasette.database import Database

Row = Mapping[str, Any]
# Its name, and its weeks.
Month = tuple[str, tuple[tuple["Day | None", ...], ...]]

# As the messages of the site call them.
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# What stands in a date that is none (0 for a year) is not found here.
_YEARS = """
    SELECT year, sum(editions) AS editions, sum(missing) AS missing FROM (
        SELECT substr(date, 1, 4) AS year, count(*) AS editions, 0 AS missing FROM editions
        WHERE date IS NOT NULL GROUP BY 1
        UNION ALL
        SELECT substr(date, 1, 4), 0, count(*) FROM missing WHERE edition_id IS NULL AND date IS NOT NULL GROUP BY 1
    ) GROUP BY year ORDER BY year"""
_EDITIONS = """
    SELECT id, address, date, date_basis, newspaper, variant,
        (SELECT sum(coalesce(pages, 1)) FROM missing WHERE edition_id = editions.id) AS missing_pages
    FROM editions WHERE date BETWEEN :first AND :last ORDER BY date, newspaper, variant, id"""
_MISSING = """
    SELECT date, newspaper, variant, kind, reason FROM missing
    WHERE edition_id IS NULL AND date BETWEEN :first AND :last ORDER BY date, newspaper, variant, id"""
_UNDATED = "SELECT count(*) AS undated FROM editions WHERE date IS NULL"
_WITHOUT_DAY = """
    SELECT id, address, newspaper, newspaper_basis, variant, date, date_earliest, date_latest, date_basis
    FROM editions WHERE date IS NULL ORDER BY coalesce(date_earliest, date_latest), id LIMIT 60"""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year that is shown, with its editions and the issues that are missing, both sorted by newspaper."""

    date: str
    number: int
    editions: Sequence[Row]
    missing: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All years with editions or missing issues, in order; the one that is shown, if any, with its twelve months.

    A month is weeks from Monday to Sunday, None for days of another month. `newspapers` tells whether several are
    printed in that year, `undated` how many editions have no day, `without_day` are the first of these.
    """

    years: Sequence[Row]
    year: str | None
    months: Sequence[Month]
    newspapers: int
    undated: int
    without_day: Sequence[Row]


async def read_calendar(database: Database, asked: str | None) -> Calendar:
    """The calendar of the year `asked` (1998), by default of the last that has an edition."""
    years = (await database.execute(_YEARS)).rows
    known = {row["year"] for row in years}
    printed = [row["year"] for row in years if row["editions"]] or sorted(known)
    year = asked if asked in known else (printed[-1] if printed else None)
    undated = (await database.execute(_UNDATED)).first()["undated"]
    without_day = (await database.execute(_WITHOUT_DAY)).rows if undated else ()
    if year is None:
        return Calendar(years, None, (), 0, undated, without_day)
    span = {"first": f"{year}-01-01", "last": f"{year}-12-31"}
    editions = (await database.execute(_EDITIONS, span)).rows
    missing = (await database.execute(_MISSING, span)).rows
    months = _months(int(year), _by_day(editions), _by_day(missing))
    return Calendar(years, year, months, len({row["newspaper"] for row in [*editions, *missing]}), undated, without_day)


def _by_day(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    days: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        days[row["date"]].append(row)
    return days


def _months(year: int, editions: Mapping[str, list[Row]], missing: Mapping[str, list[Row]]) -> Sequence[Month]:
    def day(number: int, month: int) -> Day | None:
        if not number:
            return None
        name = date(year, month, number).isoformat()
        return Day(name, number, editions.get(name, ()), missing.get(name, ()))

    return tuple(
        (name, tuple(tuple(day(number, month) for number in week) for week in calendar.monthcalendar(year, month)))
        for month, name in enumerate(_MONTHS, 1)
    )
