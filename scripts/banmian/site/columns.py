"""What columns and their values are called on pages: data/columns.tsv, and the labels of values in metadata.yml."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from markupsafe import Markup

from banmian.site import languages, messages
from banmian.site.quoting import halves
from banmian.words.sentences import Sentence, sentences

if TYPE_CHECKING:
    from datasette.app import Datasette

# By table and column the labels of values; the table is None for a query, whose columns are named as those of tables.
_Labels = Mapping[tuple[str | None, str], Mapping[str, tuple[str, str]]]

# Columns of queries whose values are those of another.
_ALIKE = {"their_part": "part", "part_of_person": "part", "full_name_basis": "name_basis"}

# Metadata lasts as long as the site runs, and Datasette copies it each time that it is asked for.
_known: WeakKeyDictionary[Datasette, dict[str, _Labels]] = WeakKeyDictionary()
_columns: WeakKeyDictionary[Datasette, dict[str, frozenset[str]]] = WeakKeyDictionary()


@cache
def _names() -> Mapping[str, Sentence]:
    return sentences("banmian.site", "columns.tsv")


@cache
def names() -> frozenset[str]:
    """The columns of all tables and of our queries."""
    return frozenset(name.rpartition(".")[2] for name in _names())


def called(column: str, of: str | None = None) -> str:
    """What a column of this table or query is called on the page; its own name where it has no other."""
    found = _names().get(f"{of}.{column}") or _names().get(column)
    return column if found is None else found.words({})[languages.column() or 0]


def called_of_result(datasette: Datasette, database: str, column: str, columns: Collection[str], of: str | None) -> str:
    """The same for one of the `columns` of a result: the number of what another one names is said to be a number.

    `of` is None for SQL of a visitor's own: what that names otherwise than tables do, stays.
    """
    if of is None and column not in _of_tables(datasette, database):
        return column
    name = called(column, of)
    is_number = column.endswith("_id") and any(called(other, of) == name for other in columns if other != column)
    return messages.brief("data.number_of", name=name) if is_number else name


def _of_tables(datasette: Datasette, database: str) -> frozenset[str]:
    """The columns of all tables that are described."""
    if database not in (known := _columns.setdefault(datasette, {})):
        tables = datasette.metadata("tables", database=database, fallback=False) or {}
        known[database] = frozenset(column for about in tables.values() for column in about.get("columns", {}))
    return known[database]


def without_values(columns: Sequence[str], rows: Sequence[Iterable[object]]) -> list[str]:
    """Those of the `columns` in which none of these rows, as Datasette shows them, has a value."""
    cells = zip(*rows, strict=True)
    return [column for column, of_column in zip(columns, cells, strict=False) if all(map(_is_without, of_column))]


def _is_without(cell: object) -> bool:
    """Whether Datasette shows nothing here: of a query it gives what it shows, of a table also the kind of value."""
    return cell["value_type"] == "none" if isinstance(cell, dict) else cell == "&nbsp;"


def label(datasette: Datasette, database: str, table: str | None, column: str, value: object) -> str | None:
    """What a value of a column is called on the page; None where it has no name. `table` is None for a query."""
    if database not in (known := _known.setdefault(datasette, {})):
        known[database] = _labels(datasette, database)
    found = known[database].get((table, _ALIKE.get(column, column)), {}).get(str(value))
    if found is not None:
        return found[languages.column() or 0]
    said = messages.coded("values", str(value)) if table is None else None
    return None if said == str(value) else said


def has_labels(datasette: Datasette, database: str, table: str, column: str) -> bool:
    """Whether values of this column of a table have names."""
    if database not in (known := _known.setdefault(datasette, {})):
        known[database] = _labels(datasette, database)
    return (table, _ALIKE.get(column, column)) in known[database]


def labelled(datasette: Datasette, database: str, table: str | None, column: str, value: object) -> Markup | None:
    """The same as HTML that keeps the value itself."""
    said = label(datasette, database, table, column, value)
    if said is None or said == str(value):
        return None
    return Markup('<data value="{}">{}</data>').format(value, said)


def _labels(datasette: Datasette, database: str) -> _Labels:
    labels: dict[tuple[str | None, str], dict[str, tuple[str, str]]] = {}
    tables = datasette.metadata("tables", database=database, fallback=False) or {}
    for table, about in tables.items():
        for column, named in about.get("labels", {}).items():
            both = {value: halves(text) or (text, value) for value, text in named.items()}
            labels[table, column] = both
            labels.setdefault((None, column), {}).update(both)
    return labels
