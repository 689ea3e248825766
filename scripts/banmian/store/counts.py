"""What a build counts when all is written, so that no visitor waits for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from banmian.names.people.public_roles import SIGNING

_OF_ENTITIES = """
    UPDATE {table} SET (mentions, articles, in_headings) = (
        SELECT count(*), count(DISTINCT article_id), coalesce(sum(field <> 'body'), 0)
        FROM mentions WHERE {column} = {table}.id)"""
_SIGNED = f"""
    UPDATE people SET signed = counted FROM (
        SELECT person_id, count(*) AS counted FROM mentions
        WHERE part IN ({", ".join(f"'{part}'" for part in SIGNING)}) GROUP BY person_id
    ) WHERE person_id = people.id"""
_OF_PHRASES = """
    UPDATE phrase_counts SET (articles, places) = (
        SELECT count(DISTINCT article_id), count(*) FROM phrase_places WHERE phrase_id = phrase_counts.id)"""
_TABLES = {
    "article_names": """
        INSERT INTO article_names
        SELECT article_id, json_group_array(name) FROM (
            SELECT DISTINCT article_id, coalesce(person_id, -organization_id) AS name FROM mentions ORDER BY 1, 2
        ) GROUP BY article_id ORDER BY article_id""",
    # Of all mentions that a rule found, the share whose name is found elsewhere too.
    "rules": """
        INSERT INTO rules
        SELECT kind, rule, count(*), avg(coalesce(people.mentions, organizations.mentions) > 1)
        FROM mentions LEFT JOIN people ON people.id = person_id
        LEFT JOIN organizations ON organizations.id = organization_id
        GROUP BY kind, rule ORDER BY kind, rule""",
    "span_counts": """
        INSERT INTO span_counts
        SELECT edition_id, kind, article_id IS NOT NULL AS in_article, count(*), sum("end" - start)
        FROM span_places JOIN pages ON pages.ordinal = page
        GROUP BY edition_id, kind, in_article ORDER BY edition_id, kind, in_article""",
}
_TABLES_OF_OURS = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%) STRICT%' ORDER BY name"


def longest_cell(connection: sqlite3.Connection) -> int:
    """The characters of the longest text in any cell of a table."""
    longest = 0
    for (table,) in connection.execute(_TABLES_OF_OURS).fetchall():
        columns = [name for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})") if kind == "TEXT"]
        if columns:
            lengths = ", ".join(f'max(length("{column}"))' for column in columns)
            longest = max(longest, *filter(None, connection.execute(f"SELECT {lengths} FROM {table}").fetchone()), 0)
    return longest


def fill_counts(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Count the mentions of each name, the places of each phrase, what rules found, the kinds of spans; list names.

    Returns the number of rows of the tables that it fills.
    """
    for table, column in (("people", "person_id"), ("organizations", "organization_id")):
        connection.execute(_OF_ENTITIES.format(table=table, column=column))
    connection.execute(_SIGNED)
    connection.execute(_OF_PHRASES)
    return {table: connection.execute(sql).rowcount for table, sql in _TABLES.items()}
