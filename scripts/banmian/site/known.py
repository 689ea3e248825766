"""The addresses of what the cells of a page refer to by number: asked for all rows at once, when the rows are."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from banmian.store.addresses import address

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database, Results

_App = Callable[..., Awaitable[None]]

# Columns, of whatever table, view or query, that hold the key of a row of a table.
REFERENCES = {
    "article_id": "articles",
    "edition_id": "editions",
    "mention_id": "mentions",
    "organization_id": "organizations",
    "other_mention_id": "mentions",
    "other_organization_id": "organizations",
    "other_person_id": "people",
    "page_id": "pages",
    "person_id": "people",
}
_OF_TABLE = """
    SELECT '{table}', id, address, {called}, NULL, NULL FROM {table} WHERE id IN (SELECT value FROM json_each(?))"""
_OF_MENTIONS = """
    SELECT 'mentions', mentions.id, pages.address, surface, source_start, source_end
    FROM mentions JOIN pages ON pages.id = page_id WHERE mentions.id IN (SELECT value FROM json_each(?))"""
_FILES = (".json", ".csv", ".xlsx", ".db")

# Where the table is noted down whose rows are listed.
_LISTED = ("", "")
# Before the table, in what is known: what a row of it is called.
_CALLED = "called "

# What is known in this request: (table, key) -> address. None where no page is made, and nothing has to be.
_addresses: ContextVar[MutableMapping[tuple[str, object], str] | None] = ContextVar("addresses", default=None)


def wrap(app: _App) -> _App:
    """`app`, in each request for a page of which the addresses become known of what the page shows."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            _addresses.set(None if scope["path"].endswith(_FILES) else {})
        await app(scope, receive, send)

    return wrapped


def lists(table: str) -> None:
    """Say that the rows that are asked for next are those of a table."""
    known = _addresses.get()
    if known is not None:
        known[_LISTED] = table


async def learn(database: Database, results: Results) -> None:
    """Make the addresses known of all that the rows of these results refer to, with one statement."""
    known = _addresses.get()
    if known is None or not results.rows:
        return
    wanted: dict[str, set[int]] = {}
    columns = [column for column, *_ in results.description]
    listed = known.get(_LISTED) if "address" not in columns else None
    for place, column in enumerate(columns):
        if (table := listed if column == "id" else REFERENCES.get(column)) in _SQL:
            wanted.setdefault(table, set()).update(row[place] for row in results.rows if isinstance(row[place], int))
    missing = {
        table: json.dumps(sorted(new))
        for table, numbers in wanted.items()
        if (new := {number for number in numbers if (table, number) not in known})
    }
    if missing:
        sql = " UNION ALL ".join(_SQL[table] for table in missing)
        for table, number, own, called, *offsets in await database.execute(sql, list(missing.values())):
            known[table, number] = mention_address(own, *offsets) if table == "mentions" else own
            known[_CALLED + table, number] = called


def address_of(table: str, key: object) -> str | None:
    """The address of the row with this key, from the root of the site; None where it has none or it is not known."""
    if table in ("editions", "pages"):
        return address(table, str(key))
    return (_addresses.get() or {}).get((table, key))


def called(table: str, key: object) -> str | None:
    """What the row with this key is called; None where it has no name or that is not known."""
    return (_addresses.get() or {}).get((_CALLED + table, key))


def address_of_row(table: str, row: Mapping[str, Any]) -> str | None:
    """The same of a row that a page of the table lists; of other tables, and of views, None."""
    if table not in REFERENCES.values():
        return None
    own: str | None = _bare(row, "address")
    key = _bare(row, "id")
    # Datasette hands on the key that it makes a link of as text.
    is_number = table in _SQL and isinstance(key, str) and key.isdecimal()
    return own or address_of(table, int(key) if is_number else key)


def related(own: str, reference: Mapping[str, Any]) -> str | None:
    """The address of the rows that refer to what has this address; None where a column says so that has another name.

    `reference` is an entry of Datasette's foreign_key_tables.
    """
    standard = REFERENCES.get(reference["other_column"])
    is_named_so = standard == own.split("/")[1] and not reference["other_column"].startswith("other_")
    return f"{own}/{reference['other_table']}" if is_named_so else None


def path_of(datasette: Datasette) -> Callable[[str], str]:
    """What makes an address of the site of one of ours, as urls.path of Datasette, whose strings are slow to write."""
    base = str(datasette.urls.instance())
    return lambda address: base + address.removeprefix("/")


def mention_address(page: str, start: int, end: int) -> str:
    """The address of a mention at these offsets of the page with this address."""
    return f"{page.replace('/pages/', '/mentions/', 1)}/{start}-{end}"


def source_address(page: str, line: int | None = None, anchor: str | None = None) -> str:
    """The address of the page as it came in whose own address is `page`, or of one of its lines, or a name there."""
    return f"{page}/source" if line is None else f"{page}/source?line={line}#{anchor or f'line-{line}'}"


def mention_anchor(start: int, end: int) -> str:
    """How a mention at these offsets is called on the page of its article, and where it is printed."""
    return f"mention-{start}-{end}"


def _bare(row: Mapping[str, Any], column: str) -> Any:
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    # Datasette puts the label of a foreign key beside its value.
    return value["value"] if isinstance(value, dict) else value


_SQL = {
    table: _OF_TABLE.format(table=table, called=called)
    for table, called in (("articles", "headline"), ("people", "name"), ("organizations", "name"))
}
_SQL["mentions"] = _OF_MENTIONS
