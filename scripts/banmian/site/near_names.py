"""Names that differ from what was typed in a character or two: lost, put in, or another one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from banmian.site.quoting import has_chinese
from banmian.site.ranking import Search
from banmian.site.search import each, escape_fts

# Characters of what may be a name; of so many at most one may differ, of more two.
_LENGTHS, _ONE = range(2, 13), 4
# Names of about its length and with enough of its characters that are looked at, of each kind.
_LOOKED_AT = 5_000
_CANDIDATES = """
    SELECT entity.id, entity.name
    FROM {table}_fts JOIN (SELECT * FROM {known}) AS entity ON entity.id = {table}_fts.rowid
    WHERE {table}_fts MATCH :match AND length(entity.name) BETWEEN :shortest AND :longest LIMIT :most"""


def near_names(connection: sqlite3.Connection, search: Search) -> list[tuple[str, int]]:
    """The rows (table, id) whose names are nearly what was typed, if that is one run; not those called just so."""
    parts = each(search.query)
    if len(parts) != 1 or len(parts[0]) not in _LENGTHS or parts[0].isascii():
        return []
    typed, most = parts[0], _allowed(parts[0])
    match = "{name} : (" + escape_fts(" OR ".join(_groups(typed, most))) + ")"
    given = {"match": match, "shortest": len(typed) - most, "longest": len(typed) + most, "most": _LOOKED_AT}
    found, characters = [], set(typed)
    for table in ("people", "organizations"):
        known = search.people if table == "people" else table
        rows = connection.execute(_CANDIDATES.format(table=table, known=known), given)
        like = [row for row in rows if len(characters.difference(row["name"])) <= most]
        found += [(table, row["id"]) for row in like if 0 < distance(typed, row["name"]) <= most]
    return found


def _groups(typed: str, most: int) -> list[str]:
    """Characters of which a name has all of one group, apart by spaces: `most` that differ leave one group whole.

    Any character alone finds half of all names. Those that are no tokens by themselves are in none.
    """
    characters = list(dict.fromkeys(typed))
    known = list(filter(has_chinese, characters))
    return [" ".join(known[n :: most + 1]) for n in range(most + 1)] if len(known) > most else characters


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
