"""Names of all editions that surely mean one body or person become one row: the last step of a writing."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from banmian.names.identity import cores, merging
from banmian.store.foreigners import Move, foreigners
from banmian.words.span_kinds import HEADINGS

_TABLES = {"person": ("people", "person_id"), "organization": ("organizations", "organization_id")}
# Keys with a number are an editor's; what a body is named by in its text comes before what a headline makes of it.
_KEYS = "SELECT key FROM {table} WHERE key = name ORDER BY id"
_IN_ARTICLES = """
    SELECT article_id, key FROM mentions JOIN {table} AS entities ON entities.id = {column}
    WHERE key = name
    GROUP BY 1, 2 ORDER BY 1, min(field IN ({headings})), min(iif(field IN ({headings}), NULL, mentions.id)), 2"""

_TYPES = "SELECT key, type FROM organizations WHERE key = name ORDER BY id"
_PRINTED = """
    SELECT DISTINCT surface, organizations.key FROM mentions JOIN organizations ON organizations.id = organization_id
    WHERE organizations.key <> surface AND organizations.key = organizations.name
        AND surface IN (SELECT key FROM organizations)
    ORDER BY 1, 2"""
_OFFICERS = """
    SELECT DISTINCT organizations.key, title || char(10) || people.key
    FROM positions JOIN organizations ON organizations.id = organization_id JOIN people ON people.id = person_id
    WHERE organizations.key IN (SELECT value FROM json_each(?))"""
_ARTICLES = """
    SELECT DISTINCT organizations.key, article_id FROM mentions JOIN organizations ON organizations.id = organization_id
    WHERE organizations.key IN (SELECT value FROM json_each(?))"""


def merge_names(connection: sqlite3.Connection, apart: Collection[tuple[str, frozenset[str]]]) -> list[str]:
    """Put together what is surely one, but for pairs of names (kind, names) that stay `apart`; the changed tables."""
    of_kind = {kind: {names for of, names in apart if of == kind} for kind in _TABLES}
    bodies = merging.one_body(_keys(connection, "organization"), of_kind["organization"])
    _move(connection, "organization", [(None, name, other) for name, other in bodies.items()])
    steps = (
        ("organization", _bodies),
        ("organization", _known_bodies),
        ("organization", _proven_bodies),
        ("person", _people),
        ("person", foreigners),
    )
    for kind, found in steps:
        _move(connection, kind, [move for move in found(connection) if frozenset(move[1:]) not in of_kind[kind]])
    return ["organizations", "people", "aliases"]


def _keys(connection: sqlite3.Connection, kind: str) -> list[str]:
    return [key for (key,) in connection.execute(_KEYS.format(table=_TABLES[kind][0]))]


def _in_articles(connection: sqlite3.Connection, kind: str) -> dict[int, list[str]]:
    """Article -> the names in it in the order in which they stand in it first, those of headlines alone last."""
    table, column = _TABLES[kind]
    headings = ", ".join(f"'{field}'" for field in HEADINGS)
    found: dict[int, list[str]] = {}
    for article, key in connection.execute(_IN_ARTICLES.format(table=table, column=column, headings=headings)):
        found.setdefault(article, []).append(key)
    return found


def _bodies(connection: sqlite3.Connection) -> Iterator[Move]:
    for article, names in _in_articles(connection, "organization").items():
        yield from ((article, short, long) for short, long in merging.bodies_in_article(names).items())


def _types(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute(_TYPES))


def _known_bodies(connection: sqlite3.Connection) -> Iterator[Move]:
    printed: dict[str, list[str]] = {}
    for surface, key in connection.execute(_PRINTED):
        printed.setdefault(surface, []).append(key)
    yield from ((None, *pair) for pair in merging.known_as(_types(connection), printed).items())


def _proven_bodies(connection: sqlite3.Connection) -> Iterator[Move]:
    types = _types(connection)
    pairs = list(cores.same_core(types))
    names = json.dumps(sorted({name for pair in pairs for name in pair}))
    officers, articles = (_by_body(connection.execute(sql, [names])) for sql in (_OFFICERS, _ARTICLES))
    beside = {
        frozenset(pair)
        for pair in pairs
        if not officers[pair[0]].isdisjoint(officers[pair[1]])
        or (types[pair[0]] == "company" and not articles[pair[0]].isdisjoint(articles[pair[1]]))
    }
    yield from ((None, *pair) for pair in merging.proven(pairs, beside).items())


def _by_body(rows: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for body, said in rows:
        found[body].add(said)
    return found


def _people(connection: sqlite3.Connection) -> Iterator[Move]:
    named = _in_articles(connection, "person")
    articles: dict[str, list[int]] = {}
    for article, names in named.items():
        for name in names:
            articles.setdefault(name, []).append(article)
    pairs: Mapping[int, Mapping[str, str]] = {
        article: merging.people_in_article(names) for article, names in named.items()
    }
    yield from ((None, short, long) for short, long in merging.only_in(pairs, articles).items())


def _move(connection: sqlite3.Connection, kind: str, moves: list[Move]) -> None:
    """Give what is said of a name to another one, in one article or (None) in all; names without mentions go."""
    table, column = _TABLES[kind]
    connection.execute("CREATE TEMP TABLE moves (article_id INTEGER, old INTEGER, new INTEGER)")
    connection.executemany(
        f"""INSERT INTO moves SELECT ?, old.id, new.id FROM {table} AS old, {table} AS new
            WHERE old.key = ? AND new.key = ?""",
        moves,
    )
    connection.execute("CREATE INDEX temp.moves_old ON moves (old)")
    _add_aliases(connection, kind)
    for of in ("mentions", "positions", *(("statement_places",) if kind == "person" else ())):
        connection.execute(
            f"""UPDATE {of} SET {column} = moves.new FROM moves
                WHERE {of}.{column} = moves.old AND coalesce(moves.article_id, {of}.article_id) = {of}.article_id"""
        )
    gone = f"""SELECT old FROM moves WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE {column} = old)
                AND NOT EXISTS (SELECT 1 FROM positions WHERE {column} = old)"""
    connection.execute(f"DELETE FROM aliases WHERE {column} IN ({gone})")
    connection.execute(f"DELETE FROM {table} WHERE id IN ({gone})")
    connection.execute("DROP TABLE moves")


def _add_aliases(connection: sqlite3.Connection, kind: str) -> None:
    """The names and printed forms that move, as further names of the one that they go to."""
    table, column = _TABLES[kind]
    of_person, of_organization = ("new", "NULL") if kind == "person" else ("NULL", "new")
    connection.execute(
        f"""INSERT INTO aliases
            SELECT (SELECT coalesce(max(id), 0) FROM aliases) + row_number() OVER (ORDER BY new, name),
                {of_person}, {of_organization}, name, '{kind}'
            FROM (
                SELECT new, key AS name FROM moves JOIN {table} ON {table}.id = old
                UNION
                SELECT new, aliases.name FROM moves JOIN aliases ON aliases.{column} = old WHERE article_id IS NULL
                UNION
                SELECT new, surface FROM moves JOIN mentions ON mentions.{column} = old
                WHERE coalesce(moves.article_id, mentions.article_id) = mentions.article_id
            ) AS named
            WHERE name <> (SELECT key FROM {table} WHERE id = new)
                AND NOT EXISTS (SELECT 1 FROM aliases AS known WHERE known.{column} = new AND known.name = named.name)
                AND (length(name) > 1 OR '{kind}' = 'organization')"""
    )
