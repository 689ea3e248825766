"""The pages of people and organizations: their names, offices and doubts, and their mentions article by article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from banmian.site.known import mention_anchor, path_of, source_address
from banmian.site.offices import read_offices
from banmian.site.page_order import Numbers, PageOrder, numbers, read_page_order
from banmian.site.reading import Row, rows_of
from banmian.site.romanized import romanized_of

if TYPE_CHECKING:
    from datasette.app import Datasette

# Mentions on one page.
SIZE = 50
_ENTITY = "SELECT * FROM {table} WHERE id = :id"
_ALIASES = "SELECT DISTINCT name FROM aliases WHERE {column} = :id ORDER BY id"
# + before a column: few articles have corrections, and what is corrected is looked for there, not in all mentions.
# A column with it takes no text for a number.
_AS_PRINTED = """
    SELECT printed, min(mention_id) FROM names_as_printed WHERE +{column} = CAST(:id AS INTEGER)
    GROUP BY printed ORDER BY 2"""
_CANDIDATES = """
    SELECT kind, name, other_name, evidence, {column} AS id, other_{column} AS other_id,
        (SELECT address FROM {table} WHERE {table}.id = {column}) AS address,
        (SELECT address FROM {table} WHERE {table}.id = other_{column}) AS other_address
    FROM identity_candidates
    WHERE status = 'open' AND (identity_candidates.{column} = :id OR other_{column} = :id)
    ORDER BY identity_candidates.id"""
_DOUBTS = """
    SELECT DISTINCT
        printed || iif(suspected IS NULL, '?', '? → ' || suspected) || ' · ' || doubts.reason AS doubt
    FROM mention_doubts CROSS JOIN mentions ON mention_id = mentions.id
    JOIN doubts ON doubts.page_id = mention_doubts.page_id AND doubts.start = doubt_start
    WHERE {column} = :id AND doubts.status <> 'refuted'
    ORDER BY doubts.page_id, doubts.start"""
# No text may be as long as all of them together.
_MOST = 20_000
_NUMBERS = f"""
    SELECT group_concat(id) FROM (SELECT id FROM mentions WHERE {{column}} = ? AND id >= ? ORDER BY id LIMIT {_MOST})"""
# Of the pages that hold a window of mentions if these are spread evenly, so many times as many are read first.
_UNEVEN = 3
# Of mentions by the printed pages that they stand on, those of this page of the site.
_MENTIONS = """
    WITH shown AS MATERIALIZED (
        SELECT mentions.id AS mention, row_number() OVER (ORDER BY pages.key, article_id, source_start) AS place
        FROM json_each(:pages) AS pages CROSS JOIN json_each(pages.value) AS number
        CROSS JOIN mentions ON mentions.id = number.value
        ORDER BY place LIMIT :size OFFSET :before
    )
    SELECT mentions_in_context.*, articles.address AS article_address, pages.address AS page_address, pages.number,
        editions.id, newspaper, newspaper_basis, date, date_earliest, date_latest, date_basis,
        (
            SELECT line FROM span_places
            WHERE span_places.page = pages.ordinal AND span_places.start <= source_start
            ORDER BY span_places.start DESC LIMIT 1
        ) AS line,
        (SELECT printed FROM names_as_printed WHERE names_as_printed.mention_id = shown.mention) AS printed
    FROM shown CROSS JOIN mentions_in_context ON mention_id = shown.mention
    JOIN articles ON articles.id = mentions_in_context.article_id
    JOIN pages ON pages.id = mentions_in_context.page_id JOIN editions ON editions.id = edition_id
    ORDER BY place"""

_MENTION = """
    SELECT mentions_in_context.*, pages.address AS page_address,
        (SELECT address FROM articles WHERE articles.id = article_id) AS article_address,
        coalesce(
            (SELECT address FROM people WHERE people.id = person_id),
            (SELECT address FROM organizations WHERE organizations.id = organization_id)
        ) AS entity_address,
        (
            SELECT line FROM source_spans
            WHERE source_spans.page_id = mentions_in_context.page_id AND source_spans.start <= source_start
            ORDER BY source_spans.start DESC LIMIT 1
        ) AS line,
        (SELECT printed FROM names_as_printed AS corrected WHERE corrected.mention_id = :id) AS printed
    FROM mentions_in_context JOIN pages ON pages.id = page_id WHERE mention_id = :id"""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in its context: `href` leads to it in its article, `printed` to the line that it was printed in."""

    row: Row
    href: str
    printed: str


@dataclass(frozen=True, slots=True)
class InArticle:
    """The mentions that stand in one article, of those on this page; `row` knows its headline, address and date."""

    row: Row
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True)
class Mentions:
    """One page of the mentions: the `first` to the `last`, counted from 1, of `total`, grouped by article.

    `before` and `after` are where the pages around it begin, counted from 0, None where there is none.
    """

    articles: Sequence[InArticle]
    first: int
    last: int
    total: int
    before: int | None
    after: int | None


async def read_entity(
    datasette: Datasette, name: str, table: str, column: str, number: str, start: int
) -> dict[str, Any]:
    """What the page of a person or an organization shows, with its mentions from the place `start`, counted from 0."""
    database = datasette.get_database(name)
    order = await read_page_order(database)

    def read(connection: sqlite3.Connection) -> tuple[Sequence[Any], ...]:
        statements = (_ENTITY, _ALIASES, _AS_PRINTED, _DOUBTS, _CANDIDATES)
        asked = (sql.format(table=table, column=column) for sql in statements)
        (entity,), *found = (rows_of(connection, sql, {"id": number}) for sql in asked)
        mentions = _mentions(connection, order, column, number, _beginning(entity, start), entity["mentions"])
        return entity, *found, mentions, read_offices(connection, order, column, number)

    entity, names, as_printed, doubts, candidates, mentions, positions = await database.execute_fn(read)
    start = _beginning(entity, start)
    last = start + len(mentions)
    names = [row["name"] for row in names]
    as_printed = [row["printed"] for row in as_printed]
    return {
        "entity": entity,
        "feed": datasette.urls.path(f"{entity['address']}.atom"),
        "names": [name for name in names if name not in as_printed],
        "as_printed": as_printed,
        "pinyin": romanized_of(entity["name"], names) if table == "people" else None,
        "positions": positions,
        "doubts": [row["doubt"] for row in doubts],
        "candidates": candidates,
        "mentions": Mentions(
            articles=_by_article(datasette, mentions),
            first=start + 1,
            last=last,
            total=entity["mentions"],
            before=start - SIZE if start else None,
            after=last if last < entity["mentions"] else None,
        ),
    }


def _beginning(entity: Row, start: int) -> int:
    """The place of the first mention on the page of that at `start`."""
    return min(start, max(0, int(entity["mentions"]) - 1)) // SIZE * SIZE


def _mentions(
    connection: sqlite3.Connection, order: PageOrder, column: str, number: str, start: int, total: int
) -> list[Row]:
    """SIZE mentions from this place on, of `total`: those of the latest editions come first."""
    end = min(start + SIZE, total)
    few = _UNEVEN * end * len(order.ranks) // max(total, 1) + 1
    found = order.on_first(few, _numbers_of(connection, column, number, order.begin_of_first(few)))
    if len(found) < end:
        found = _numbers_of(connection, column, number)
    pages, before = order.window(found, start, SIZE)
    asked = {"pages": json.dumps(pages), "size": SIZE, "before": start - before}
    return connection.execute(_MENTIONS, asked).fetchall()


def _numbers_of(connection: sqlite3.Connection, column: str, number: str, first: int = 0) -> Numbers:
    """The numbers of its mentions from `first` on: a row of many is read in a fifth of the time of as many rows."""
    found = [numbers(())]
    while text := connection.execute(_NUMBERS.format(column=column), [number, first]).fetchone()[0]:
        found.append(np.fromstring(text, dtype=np.int64, sep=","))
        first = int(found[-1][-1]) + 1
        if len(found[-1]) < _MOST:
            break
    return np.concatenate(found)


async def read_mention(datasette: Datasette, name: str, number: str) -> dict[str, Any]:
    """What the page of one mention shows, with the ways to it in its article and on its printed line."""
    row = (await datasette.get_database(name).execute(_MENTION, {"id": number})).first()
    found = _mention(path_of(datasette), row)
    return {"mention": row, "mention_href": found.href, "printed_href": found.printed}


def _by_article(datasette: Datasette, mentions: Sequence[Row]) -> Sequence[InArticle]:
    found, path = [], path_of(datasette)
    for _, rows in groupby(mentions, key=lambda row: row["article_id"]):
        own = list(rows)
        found.append(InArticle(own[0], [_mention(path, row) for row in own]))
    return found


def _mention(path: Callable[[str], str], row: Row) -> Mention:
    anchor = mention_anchor(row["source_start"], row["source_end"])
    return Mention(
        row=row,
        href=path(f"{row['article_address']}#{anchor}"),
        printed=path(source_address(row["page_address"], row["line"], anchor)),
    )
