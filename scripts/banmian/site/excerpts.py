"""Where the words of a search stand in the articles that it found, cut out by an index of these articles alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from banmian.site.snippets import CLOSE, OPEN
from banmian.store.index import index_in_memory

# The headline is the second column of the index.
_EXCERPTS = """
    SELECT rowid, highlight(found, 1, :open, :close), snippet(found, -1, :open, :close, '…', 64)
    FROM found WHERE found MATCH :match"""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Segmented text with the hits between OPEN and CLOSE: the whole headline, if any, and the part of most hits."""

    headline: str | None
    snippet: str


def excerpts(articles: Sequence[Mapping[str, Any]], match: str) -> Mapping[int, Excerpt]:
    """The excerpts of these rows of `articles`, which FTS5's expression `match` finds, by their id."""
    with closing(index_in_memory(articles)) as connection:
        found = connection.execute(_EXCERPTS, {"match": match, "open": OPEN, "close": CLOSE})
        return {id: Excerpt(headline, snippet) for id, headline, snippet in found}
