"""The picture of parts: who speaks, acts, attends or is only referred to, and who reports."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from banmian.site.pictures.asked import Asked, Row, Ways, key_of, rows_of
from banmian.site.pictures.drawn import Cell, Disc, Drawn, Matrix, Table

if TYPE_CHECKING:
    from datasette.database import Database

_MOST = 25
_PARTS = ("speaker", "subject", "attendee", "referenced", "reporter", "author", "editor")
# The largest disc, and the smallest that is seen.
_LARGE, _SMALL = 13.0, 2.0


async def draw_parts(database: Database, asked: Asked, ways: Ways) -> Drawn:
    """The parts of those who are mentioned most."""
    found = await rows_of(database, "parts_played", asked.scope, _MOST + 1)
    rows = found[:_MOST]
    most = max((row[part] or 0 for row in rows for part in _PARTS), default=1) or 1

    def mentions(row: Row, part: str = "") -> str:
        return ways.query("mentions_of", {"person": key_of(row["address"]), "part": part, **asked.scope})

    def disc(row: Row, part: str) -> Disc | None:
        count = row[part]
        return Disc(part, count, _radius(count, most), mentions(row, part)) if count else None

    names = [Cell(row["person"], ways.path(row["address"])) for row in rows]
    discs = [[disc(row, part) for part in _PARTS] for row in rows]
    table = [
        (
            name,
            Cell(f"{row['mentions']:,}", mentions(row)),
            *(Cell(f"{one.value:,}", one.href) if one else Cell("0") for one in own),
        )
        for name, row, own in zip(names, rows, discs, strict=True)
    ]
    heads = ("pictures.name", "pictures.all_mentions", *(f"parts.{part}" for part in _PARTS))
    notes = [("pictures.first", {"count": _MOST})] if len(found) > _MOST else []
    panels = [Matrix("parts", _PARTS, list(zip(names, discs, strict=True)))] if rows else []
    return Drawn(panels, Table(heads, table), notes)


def _radius(count: int, most: int) -> float:
    return round(max(_SMALL, _LARGE * sqrt(count / most)), 1)
