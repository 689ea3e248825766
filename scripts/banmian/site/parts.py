"""Which articles of a newspaper's page one page of the site shows: in an archive a page may hold hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.database import Database

# Characters of articles on one page. A page that was printed holds fewer; each takes some twenty bytes of HTML.
MOST = 16_000
_ARTICLES = "SELECT id, characters FROM articles WHERE page_id = :page ORDER BY position"


@dataclass(frozen=True, slots=True)
class Part:
    """The `first` to the `last` article of a page, counted from 1, of `total`.

    `ids` are the first and the last id of them. `before` and `after` are the articles with which the parts around it
    begin, None where there is none.
    """

    first: int
    last: int
    total: int
    ids: tuple[int, int]
    before: int | None
    after: int | None


async def read_part(database: Database, page_id: str, asked: int = 1, most: int = MOST) -> Part:
    """The part in which the article `asked` stands: as many as have `most` characters together, but at least one."""
    rows: Sequence[Mapping[str, Any]] = (await database.execute(_ARTICLES, {"page": page_id})).rows
    begins = list(_begins([row["characters"] for row in rows], most))
    place = max(sum(begin <= asked for begin in begins) - 1, 0)
    first = begins[place] if begins else 1
    after = begins[place + 1] if place + 1 < len(begins) else None
    last = after - 1 if after else len(rows)
    ids = (rows[first - 1]["id"], rows[last - 1]["id"]) if rows else (0, 0)
    return Part(first, last, len(rows), ids, begins[place - 1] if place else None, after)


def _begins(sizes: Sequence[int], most: int) -> Iterator[int]:
    """With which article, counted from 1, each part begins."""
    size = most + 1
    for number, characters in enumerate(sizes, 1):
        if size + characters > most:
            yield number
            size = 0
        size += characters
