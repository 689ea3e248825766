"""The dictionary of fields (scripts/banmian/store/fields.yml), and which tables and views have them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml
from banmian.store.schema import KIND_LISTS, create_tables
from banmian.words.span_kinds import SPAN_KINDS, SpanKind

STORE = resources.files("banmian.store")
_KEYS = {"in", "meaning", "unit", "values"}


class DescriptionError(ValueError):
    """What describes the database is wrong or incomplete; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a column means: bilingual text, the name of a unit, and what may stand in it with a label for each value.

    A label is Chinese, or Chinese and English, or empty.
    """

    meaning: str
    unit: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


class Fields:
    """Fields by table and column, as `entries` says: the content of fields.yml."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._senses = {column: _senses(column, entry) for column, entry in entries.items()}
        self.unused = {(column, table) for column, senses in self._senses.items() for table in senses}

    def of(self, table: str, column: str) -> Field:
        """The field of this column; a field of articles is what its kind is, where the dictionary has no more to say.

        Raises DescriptionError where the dictionary does not have it.
        """
        senses = self._senses.get(column, {})
        if not senses and table == "articles" and column in SPAN_KINDS:
            kind = SPAN_KINDS[column]
            return Field(f"{kind.chinese} · {kind.english.capitalize()}")
        sense = table if table in senses else None
        if sense not in senses:
            raise DescriptionError(f"fields.yml does not say what {column} of {table} means. Add it there")
        self.unused.discard((column, sense))
        return senses[sense]


def read_fields() -> Fields:
    """The dictionary as it stands in the house."""
    return Fields(yaml.safe_load((STORE / "fields.yml").read_text("utf-8")))


def schema_digest() -> str:
    """Eight digits that change whenever a table, a column, its type, or a value allowed in it does."""
    fields = read_fields()
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    columns = [
        (table, name, kind, is_needed, sorted(fields.of(table, name).values))
        for table in schema()
        for _, name, kind, is_needed, *_ in connection.execute(f"PRAGMA table_info({table})")
    ]
    connection.close()
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()[:8]


def schema() -> dict[str, list[str]]:
    """The columns of every table and view that visitors see, in the order of the schema."""
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}
    connection.close()
    return columns


def _senses(column: str, entry: Any) -> dict[str | None, Field]:
    """The meanings of a column by table; None for all tables that have none of their own."""
    senses: dict[str | None, Field] = {}
    for sense in entry if isinstance(entry, list) else [entry]:
        about = {"meaning": sense} if isinstance(sense, str) else sense
        if not isinstance(about, dict) or not set(about) <= _KEYS or not isinstance(about.get("meaning"), str):
            raise DescriptionError(f"fields.yml: {column} needs a meaning, and may have in, unit and values: {sense}")
        for table in about.get("in", [None]):
            if table in senses:
                raise DescriptionError(f"fields.yml: {column} means two things in {table or 'all other tables'}")
            senses[table] = Field(about["meaning"], about.get("unit"), _values(column, about.get("values", {})))
    return senses


def _values(column: str, values: Mapping[Any, Any] | Sequence[Any]) -> dict[str, str]:
    stated = values if isinstance(values, Mapping) else dict.fromkeys(values, "")
    labels: dict[Any, Any] = {}
    for value, label in stated.items():
        kinds = KIND_LISTS.get(value)
        labels |= {value: label} if kinds is None else {kind: _named(SPAN_KINDS[kind]) for kind in kinds}
    for value, label in labels.items():
        if not isinstance(label, str):
            raise DescriptionError(
                f"fields.yml: the value {value} of {column} has no label. Quote what has a comma in it"
            )
    return {str(value): label for value, label in labels.items()}


def _named(kind: SpanKind) -> str:
    return f"{kind.chinese} · {kind.english}"


def described(about: Field, units: Mapping[str, Mapping[str, str]]) -> str:
    """All that is known of a field in one bilingual text."""
    chinese, english = halves(about.meaning)
    if about.unit:
        if about.unit not in units:
            raise DescriptionError(f"about.yml has no unit {about.unit!r}. Known: {', '.join(units)}")
        unit = halves(units[about.unit]["meaning"])
        chinese, english = f"{chinese};{unit[0]}", f"{english}; {unit[1]}"
    if about.values:
        labels = {value: halves(label) for value, label in about.values.items()}
        chinese += ":" + "、".join(f"`{value}` {zh}".rstrip() for value, (zh, _) in labels.items())
        english += ": " + ", ".join(
            f"`{value}`" + (f" ({en})" if en not in ("", value) else "") for value, (_, en) in labels.items()
        )
    return f"{chinese} · {english}"


def halves(text: str) -> tuple[str, str]:
    """The Chinese and the English half of a text; the English one may be empty."""
    chinese, _, english = text.partition(" · ")
    return chinese, english
