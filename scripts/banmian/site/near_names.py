"""Names that differ from what was typed in a character or two: lost, put in, or another one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from banmian.site.ranking import Search
from banmian.site.search import each, escape_fts

# Characters of what may be a name; of so many at most one may differ, of more two.
_LENGTHS, _ONE = range(2, 13), 4
# Names with the most of its characters that are compared.
_COMPARED = 80
_CANDIDATES = """
    SELECT entity.id, entity.name
    FROM {table}_fts JOIN (SELECT * FROM {known}) AS entity ON entity.id = {table}_fts.rowid
    WHERE {table}_fts MATCH :match ORDER BY rank LIMIT :most"""


def near_names(connection: sqlite3.Connection, search: Search) -> list[tuple[str, int]]:
    """The rows (table, id) whose names are nearly what was typed, if that is one run; not those called just so."""
    parts = each(search.query)
    if len(parts) != 1 or len(parts[0]) not in _LENGTHS or parts[0].isascii():
        return []
    typed = parts[0]
    match = "{name} : (" + escape_fts(" OR ".join(dict.fromkeys(typed))) + ")"
    found = []
    for table in ("people", "organizations"):
        known = search.people if table == "people" else table
        rows = connection.execute(_CANDIDATES.format(table=table, known=known), {"match": match, "most": _COMPARED})
        found += [(table, row["id"]) for row in rows if 0 < distance(typed, row["name"]) <= _allowed(typed)]
    return found


def _allowed(typed: str) -> int:
    return 1 if len(typed) <= _ONE else 2


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters must be put in, taken out or exchanged to make one of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for n, left in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, right in enumerate(other, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (left != right))
    return row[-1]
