"""Days on which newspapers were printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from banmian.records import Remark
from banmian.seeds.records import Edition

# Years before the first newspaper, and after the last that anybody will add here, are slips of a hand.
_EARLIEST, _LATEST = 1600, 2099
# How many editions are named.
_SHOWN = 5


def printed_day(text: str) -> date:
    """The day YYYY-MM-DD. Raises ValueError where there is no such day, or no newspaper was printed in its year."""
    if len(text) != len("YYYY-MM-DD"):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if not _EARLIEST <= found.year <= _LATEST:
        raise ValueError(text)
    return found


def to_come(editions: Iterable[Edition], today: date) -> Remark | None:
    """What is said of editions whose day has not begun anywhere on earth; None where there is none."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    found = [one.id for one in editions if max(one.date or "", one.date_earliest or "") > tomorrow]
    return Remark("date_to_come", {"count": len(found), "ids": found[:_SHOWN]}) if found else None
