"""What the path of a file says of itself where no rule does: a plain date, the number of a page, ids made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from banmian.seeds.dates import printed_day
from banmian.seeds.formats import SUFFIXES
from banmian.words.lists import rows

_SEPARATORS = " -_.,"
_DIGITS = re.compile(r"([0-9]+)")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PathFacts:
    """What a path says: the date, the id of the edition that the file is of, the number of its page.

    `place` is the same for the files of one edition: those of a folder of one date, or in one folder with one date in
    their names and nothing else but a number after it. Without a date, or with several, a file is alone; `false_date`
    is what looks like a date and is none.
    """

    date: str | None
    edition: str
    number: str | None
    place: tuple[str, str] | None
    false_date: str | None = None


def path_facts(path: str) -> PathFacts:
    """What `path`, relative to the folder of seeds, says."""
    stem = without_suffix(path)
    found = sorted(_dates(stem))
    days = {day for _, _, day in found if day}
    false = next((stem[start:end] for start, end, day in found if not day), None)
    if len(days) != 1 or false:
        return PathFacts(None, identifier(stem), None, None, false)
    start, end, day = found[0][0], found[0][1], days.pop()
    slash = stem.rfind("/")
    before = _without_parts(stem[:start], day)
    if end <= slash:
        folder = [part for part in (before, day, *stem[end:slash].split("/")) if part]
        name = stem[slash + 1 :]
        for at, until, _ in sorted(_dates(name), reverse=True):
            name = name[:at] + name[until:]
        return PathFacts(day, identifier("-".join(folder)), page_number(name.strip(_SEPARATORS)), ("/", stem[:slash]))
    rest = stem[end:].strip(_SEPARATORS)
    number = page_number(rest)
    if rest and not number:
        return PathFacts(day, identifier(stem), None, None)
    return PathFacts(day, identifier("-".join(filter(None, (before, day)))), number, (stem[:start], day))


def page_number(text: str) -> str | None:
    """The number of the page that `text` is (01 and 第1版 are 1, A01 is A01); None where it is more than one."""
    for pattern in _patterns("page"):
        if found := pattern.fullmatch(text):
            return found[1]
    return None


def stated_date(text: str) -> str | None:
    """A date as a rule finds it in a path, as YYYY-MM-DD; None where there is no such day."""
    parts = _DIGITS.findall(text)
    year, month, day = parts if len(parts) == len("YMD") else (text[:4], text[4:6], text[6:])
    return _day(year, month, day)


def stated_date_pattern() -> str:
    """The pattern of what a rule tells to be a date, without groups."""
    return _patterns("stated_date")[0].pattern


def identifier(text: str) -> str:
    """`text` as a part of keys: `/` becomes `-`."""
    return text.replace("/", "-")


def slug(text: str) -> str:
    """`text` as one word that is part of keys."""
    return _BLANKS.sub("-", identifier(text).strip(_SEPARATORS))


def without_suffix(path: str) -> str:
    """The path without what follows the last dot of the file's name, and without what an engine puts before that."""
    folder, slash, name = path.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    if path.endswith(SUFFIXES):
        for pattern in _patterns("tail"):
            stem = pattern.sub("", stem) or stem
    return folder + slash + (stem if dot and stem else name)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2 before 10."""
    parts = _DIGITS.split(text)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Where dates stand, and which; '' is one that does not exist, written as only dates are."""
    for pattern in _patterns("date"):
        for found in pattern.finditer(text):
            year, sign, month, day = found.groups()
            if (known := _day(year, month, day)) or sign:
                yield found.start(), found.end(), known or ""


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return printed_day(f"{year:0>4}-{month:0>2}-{day:0>2}").isoformat()
    except ValueError:
        return None


def _without_parts(before: str, day: str) -> str:
    """What stands before a date, without folders of its year and month."""
    year, month, _ = day.split("-")
    parts = {year, month, f"{year}-{month}", f"{year}{month}"}
    kept = [part for part in before.split("/") if part not in parts]
    return slug("-".join(filter(None, kept)))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for one, pattern in rows("banmian.seeds", "paths.txt") if one == name)
