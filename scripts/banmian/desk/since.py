"""What is other than at the last release: in the database, and in what is decided about each page."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from banmian.store.changes import Changes, changes
from banmian.store.files import connect
from banmian.store.released import DATABASE, RELEASES, Released, read_releases

_DECIDED = """
    SELECT page_id, count(*) FROM (
        SELECT page_id FROM rulings UNION ALL SELECT page_id FROM corrections UNION ALL SELECT page_id FROM doubts
    ) GROUP BY page_id"""


@dataclass(frozen=True, slots=True)
class Since:
    """The last release, the tables in which the database differs from it, and how many entries each page had then."""

    release: Released
    changes: Sequence[Changes]
    decisions: Mapping[str, int]

    def decided(self, now: Mapping[str, int]) -> Mapping[str, int]:
        """Page -> how many entries it has more than then, of those that have; `now` is how many each page has."""
        more = {page: count - self.decisions.get(page, 0) for page, count in now.items()}
        return {page: count for page, count in more.items() if count > 0}


def since_release(build: Path) -> Since | None:
    """What is other than at the last release of this folder of results; None where there is none that can be read."""
    database, found = build / DATABASE, read_releases(build / RELEASES)[0]
    if not found or not database.exists():
        return None
    released = build / RELEASES / str(found[0].number) / DATABASE
    try:
        differing, decisions = _compared(database, database.stat().st_mtime_ns, released)
    except (OSError, sqlite3.Error):
        return None
    return Since(found[0], differing, decisions)


# Both are read whole: once for each build.
@lru_cache(maxsize=1)
def _compared(database: Path, built: int, released: Path) -> tuple[Sequence[Changes], Mapping[str, int]]:
    with closing(connect(released)) as connection:
        decisions = dict(connection.execute(_DECIDED).fetchall())
    return tuple(changes(database, released)), decisions
