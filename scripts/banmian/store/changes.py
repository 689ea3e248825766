"""What differs between two databases: rows added, changed and withdrawn, by keys that outlast a build."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from banmian.store.addresses import TABLES
from banmian.store.files import connect, read_only
from banmian.store.withdrawn import withdrawn_digests

# Table -> what its rows are known by, how the query for that begins, and columns that are left out: what they are known
# by, and numbers that a build gives (articles.id and the like), for which keys stand.
_COMPARED: Mapping[str, tuple[str, str, Collection[str]]] = {
    "editions": ("id", "SELECT id", ("id",)),
    "pages": ("id", "SELECT id", ("id", "ordinal")),
    "articles": ("key", "SELECT key", ("id", "key", "position")),
    "people": ("key", "SELECT key", ("id", "key")),
    "organizations": ("key", "SELECT key", ("id", "key")),
    "mentions": (
        "page, first character, kind",
        "SELECT page_id || ' ' || source_start || ' ' || kind, coalesce("
        "(SELECT key FROM {schema}.people p WHERE p.id = person_id),"
        " (SELECT key FROM {schema}.organizations o WHERE o.id = organization_id))",
        ("id", "page_id", "article_id", "person_id", "organization_id", "kind", "source_start"),
    ),
    "corrections": ("page, first character", "SELECT page_id || ' ' || start", ("id", "page_id", "start")),
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of one table: `known_by` says what the keys in the three lists are, each of them in order."""

    table: str
    known_by: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


def changes(new: Path, old: Path) -> list[Changes]:
    """The tables in which the database `new` differs from `old`; columns that only one of them has don't count."""
    connection = connect(new)
    try:
        connection.execute("ATTACH ? AS old", [read_only(old)])
        found = list(_differences(connection))
    finally:
        connection.close()
    return [one for one in found if one.added or one.changed or one.withdrawn]


def unnamed(found: Iterable[Changes], new: Path) -> tuple[Changes, ...]:
    """The changes with digests in the place of names that were withdrawn, as the database `new` has them."""
    with closing(connect(new)) as connection:
        former = {key for (key,) in connection.execute("SELECT key FROM former_keys")}

    def known(kind: str, key: str) -> str:
        return next((one for one in withdrawn_digests(new, kind, key) if one in former), key)

    kinds = {table: kind for kind, (table, _) in TABLES.items()}
    return tuple(
        replace(one, withdrawn=tuple(known(kinds[one.table], key) for key in one.withdrawn))
        if one.table in kinds else one
        for one in found
    )  # fmt: skip


def _differences(connection: sqlite3.Connection) -> Iterator[Changes]:
    for table, (known_by, query, left_out) in _COMPARED.items():
        columns = "".join(f', "{name}"' for name in _shared_columns(connection, table) if name not in left_out)
        new, old = (
            _rows(connection, f"{query.format(schema=schema)}{columns} FROM {schema}.{table}")
            for schema in ("main", "old")
        )
        yield Changes(
            table,
            known_by,
            tuple(sorted(new.keys() - old.keys())),
            tuple(sorted(key for key in new.keys() & old.keys() if new[key] != old[key])),
            tuple(sorted(old.keys() - new.keys())),
        )


def _shared_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    new, old = (
        {row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")} for schema in ("main", "old")
    )
    return sorted(new & old)


def _rows(connection: sqlite3.Connection, query: str) -> dict[str, tuple[object, ...]]:
    """What a row is known by -> what stands in it; of several rows known by the same, all that stands in them."""
    rows: dict[str, tuple[object, ...]] = {}
    for key, *values in connection.execute(query):
        rows[key] = (*rows.get(key, ()), *values)
    return rows
