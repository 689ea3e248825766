"""The tables and views of a new database: schema.sql and views.sql, with the lists of kinds put in."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from importlib import resources

from banmian.seeds.facts import SHOWN
from banmian.seeds.formats import FORMS
from banmian.words.span_kinds import FIELDS, HEADINGS, RULINGS, SPAN_KINDS, STATED

# Published as `schema_version` in build_info. Raise the first number when a query that was written before could fail or
# mean something else (a table, column or value renamed, removed or given another meaning), the second when something is
# added, and say what in build/CHANGELOG.md: its test knows when it is time.
SCHEMA_VERSION = "3.0"

# Tables that hold offsets into text which is stored elsewhere, and the views of all their rows that give it.
WITH_TEXT = {
    "paragraph_places": "paragraphs",
    "phrase_counts": "phrases",
    "span_places": "source_spans",
    "statement_places": "statements",
}
# The order of the rows of what has no rowid.
ORDER = {
    "keywords": "article_id, position",
    "paragraphs": "id",
    "phrase_places": "phrase_id, article_id, start",
    "phrases": "id",
    "source_spans": "page_id, start",
    "statements": "id",
}


_INDEX = re.compile(r"^CREATE (?:UNIQUE )?INDEX [^;]*;", re.MULTILINE)


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables, then the views; all of it but the indexes of `index_tables`."""
    connection.executescript(_INDEX.sub("", _script("schema.sql")))
    connection.executescript(_script("views.sql"))


def index_tables(connection: sqlite3.Connection) -> None:
    """Create the indexes of the tables: of rows that are there already that takes a quarter of what they take apart."""
    for statement in _INDEX.findall(_script("schema.sql")):
        connection.execute(statement)


def _script(name: str) -> str:
    script = (resources.files(__package__) / name).read_text("utf-8")
    for place, text in _LISTS.items():
        script = script.replace(place, text)
    return script


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


# What stands in the scripts and in fields.yml, and what it stands for.
KIND_LISTS = {
    ":span_kinds": tuple(SPAN_KINDS),
    ":stated_kinds": STATED,
    ":rulings": RULINGS,
    ":crossheads": tuple(name for name, kind in SPAN_KINDS.items() if kind.paragraph and name != "body"),
    ":fields": FIELDS,
    ":shown": SHOWN,
    ":source_forms": ("text", "articles", *FORMS),
}
_LISTS = {
    **{place: _quoted(names) for place, names in KIND_LISTS.items()},
    ":heading_columns": ",\n    ".join(f"{name} TEXT CHECK ({name} <> '')" for name in HEADINGS),
    ":field_text": " ".join(f"WHEN '{name}' THEN articles.{name}" for name in HEADINGS),
}
