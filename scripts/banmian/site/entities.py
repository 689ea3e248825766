"""The pages of people and organizations: their names, offices and doubts, and their mentions article by article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from banmian.site.known import mention_anchor, source_address

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = Mapping[str, Any]

# Mentions on one page.
SIZE = 50
_ENTITY = "SELECT * FROM {table} WHERE id = :id"
_ALIASES = "SELECT DISTINCT name FROM aliases WHERE {column} = :id ORDER BY id"
_CANDIDATES = """
    SELECT kind, name, other_name, evidence, {column} AS id, other_{column} AS other_id,
        (SELECT address FROM {table} WHERE {table}.id = {column}) AS address,
        (SELECT address FROM {table} WHERE {table}.id = other_{column}) AS other_address
    FROM identity_candidates
    WHERE status = 'open' AND (identity_candidates.{column} = :id OR other_{column} = :id)
    ORDER BY identity_candidates.id"""
# Which offices a page shows is decided before names and doubts are looked up: a body may have thousands.
_POSITIONS = """
    WITH shown AS MATERIALIZED (
        SELECT min(positions.id) AS first, count(DISTINCT article_id) AS articles, count(*) OVER () AS total,
            person_id, title, organization_id,
            coalesce(min(date), min(date_earliest)) AS first_day, coalesce(max(date), max(date_latest)) AS last_day,
            min(date) IS NULL AS is_inferred
        FROM positions JOIN articles ON articles.id = article_id JOIN pages ON pages.id = page_id
        JOIN editions ON editions.id = edition_id
        WHERE {column} = :id
        GROUP BY person_id, title, organization_id ORDER BY first LIMIT 50
    ), doubted AS MATERIALIZED (
        SELECT person_id, title, organization_id, max(doubt) AS doubt FROM positions_with_names
        WHERE {column} = :id AND mention_id IN (SELECT mention_id FROM mention_doubts)
        GROUP BY person_id, title, organization_id
    )
    SELECT shown.*, office.organization, office.organization_name_basis, office.person, office.basis, doubted.doubt,
        (SELECT address FROM organizations WHERE organizations.id = shown.organization_id) AS organization_address,
        (SELECT address FROM people WHERE people.id = shown.person_id) AS person_address
    FROM shown CROSS JOIN positions_with_names AS office ON office.position_id = shown.first
    LEFT JOIN doubted ON doubted.person_id = shown.person_id AND doubted.title = shown.title
        AND doubted.organization_id IS shown.organization_id
    ORDER BY shown.first"""
_DOUBTS = """
    SELECT DISTINCT
        printed || iif(suspected IS NULL, '?', '? → ' || suspected) || ' · ' || doubts.reason AS doubt
    FROM mentions JOIN mention_doubts ON mention_id = mentions.id
    JOIN doubts ON doubts.page_id = mention_doubts.page_id AND doubts.start = doubt_start
    WHERE {column} = :id AND doubts.status <> 'refuted' ORDER BY doubts.page_id, doubts.start"""
# Which mentions a page shows is decided before their texts are cut out of the articles, first by the printed pages
# that they stand on: an entity may have thousands. The latest editions come first.
_MENTIONS = """
    WITH on_page AS MATERIALIZED (
        SELECT page_id, count(*) AS mentions FROM mentions WHERE {column} = :id GROUP BY page_id
    ), placed AS MATERIALIZED (
        SELECT page_id, mentions, sum(mentions) OVER (
                ORDER BY coalesce(date, date_latest, date_earliest) DESC, edition_id, position
            ) AS until
        FROM on_page JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
    ), near AS MATERIALIZED (
        SELECT page_id, until, min(until - mentions) OVER () AS before
        FROM placed WHERE until > :from AND until - mentions < :from + :size
    ), shown AS MATERIALIZED (
        SELECT mentions.id AS mention, row_number() OVER (ORDER BY until, article_id, source_start) AS place
        FROM mentions CROSS JOIN near ON near.page_id = mentions.page_id
        WHERE mentions.{column} = :id
        ORDER BY place LIMIT :size OFFSET coalesce(:from - (SELECT min(before) FROM near), 0)
    )
    SELECT mentions_in_context.*, articles.address AS article_address, pages.address AS page_address, pages.number,
        editions.id, newspaper, newspaper_basis, date, date_earliest, date_latest, date_basis,
        (
            SELECT line FROM span_places
            WHERE span_places.page = pages.ordinal AND span_places.start <= source_start
            ORDER BY span_places.start DESC LIMIT 1
        ) AS line
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
        ) AS line
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
    key = {"id": number}

    async def rows(sql: str) -> Sequence[Row]:
        found: Sequence[Row] = (await database.execute(sql.format(table=table, column=column), key)).rows
        return found

    (entity,) = await rows(_ENTITY)
    start = min(start, max(0, entity["mentions"] - 1)) // SIZE * SIZE
    asked = {**key, "size": SIZE, "from": start}
    mentions = (await database.execute(_MENTIONS.format(column=column), asked)).rows
    last = start + len(mentions)
    return {
        "entity": entity,
        "feed": datasette.urls.path(f"{entity['address']}.atom"),
        "names": [row["name"] for row in await rows(_ALIASES)],
        "positions": await rows(_POSITIONS),
        "doubts": [row["doubt"] for row in await rows(_DOUBTS)],
        "candidates": await rows(_CANDIDATES),
        "mentions": Mentions(
            articles=_by_article(datasette, mentions),
            first=start + 1,
            last=last,
            total=entity["mentions"],
            before=start - SIZE if start else None,
            after=last if last < entity["mentions"] else None,
        ),
    }


async def read_mention(datasette: Datasette, name: str, number: str) -> dict[str, Any]:
    """What the page of one mention shows, with the ways to it in its article and on its printed line."""
    row = (await datasette.get_database(name).execute(_MENTION, {"id": number})).first()
    found = _mention(datasette, row)
    return {"mention": row, "mention_href": found.href, "printed_href": found.printed}


def _by_article(datasette: Datasette, mentions: Sequence[Row]) -> Sequence[InArticle]:
    found = []
    for _, rows in groupby(mentions, key=lambda row: row["article_id"]):
        own = list(rows)
        found.append(InArticle(own[0], [_mention(datasette, row) for row in own]))
    return found


def _mention(datasette: Datasette, row: Row) -> Mention:
    anchor = mention_anchor(row["source_start"], row["source_end"])
    return Mention(
        row=row,
        href=datasette.urls.path(f"{row['article_address']}#{anchor}"),
        printed=datasette.urls.path(source_address(row["page_address"], row["line"], anchor)),
    )
