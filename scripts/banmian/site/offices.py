"""The offices that editions print of a person, or those that they print in an organization."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from banmian.site.page_order import PageOrder, numbers

if TYPE_CHECKING:
    from datasette.database import Database

Row = Mapping[str, Any]

# Offices on a page: a body may have thousands.
_MOST = 50
# In the order of an index, and nothing but what stands in it.
_PRINTED = """
    SELECT min(id), min(article_id), max(article_id), count(DISTINCT article_id), person_id, title, organization_id
    FROM positions WHERE {column} = ? GROUP BY person_id, title, organization_id{article}"""
# What is doubted is looked for where anything is.
_SHOWN = """
    WITH doubted AS MATERIALIZED (
        SELECT person_id, title, organization_id, max(doubt) AS doubt FROM positions_with_names
        WHERE EXISTS (SELECT 1 FROM mention_doubts)
            AND {column} = :id AND mention_id IN (SELECT mention_id FROM mention_doubts)
        GROUP BY person_id, title, organization_id
    )
    SELECT office.organization, office.organization_name_basis, office.person, office.title, office.basis,
        office.role_as_printed,
        doubted.doubt,
        (SELECT address FROM organizations WHERE organizations.id = office.organization_id) AS organization_address,
        (SELECT address FROM people WHERE people.id = office.person_id) AS person_address
    FROM json_each(:shown) AS shown CROSS JOIN positions_with_names AS office ON office.position_id = shown.value
    LEFT JOIN doubted ON doubted.person_id = office.person_id AND doubted.title = office.title
        AND doubted.organization_id IS office.organization_id
    ORDER BY shown.key"""


async def read_offices(database: Database, order: PageOrder, column: str, number: str) -> Sequence[Row]:
    """The first _MOST offices of a person or in an organization, by the places where they are printed first.

    Each with the names that it consists of, their addresses, what is doubted, the `articles` that print it, the
    `first_day` and `last_day` (page_order.py), whether these are inferred, and the `total` of offices.
    """

    def read(connection: sqlite3.Connection) -> Sequence[Row]:
        printed = _printed(connection, order, column, number)
        shown = sorted(printed, key=lambda office: office.first)[:_MOST]
        given = {"id": number, "shown": json.dumps([office.first for office in shown])}
        names = connection.execute(_SHOWN.format(column=column), given).fetchall()
        return [_row(order, office, row, len(printed)) for office, row in zip(shown, names, strict=True)]

    rows: Sequence[Row] = await database.execute_fn(read)
    return rows


@dataclass(frozen=True, slots=True)
class _Office:
    """The number of its first position, how many `articles` print it, and of these the ones that tell its days."""

    first: int
    articles: int
    dated: Sequence[int]


def _printed(connection: sqlite3.Connection, order: PageOrder, column: str, number: str) -> list[_Office]:
    """Every office. Where articles are in the order of their days, its first and its last one tell them."""
    cursor = connection.cursor()
    # Nobody counts tuples: there may be thousands.
    cursor.row_factory = None
    sql = _PRINTED.format(column=column, article="" if order.is_by_day else ", article_id")
    found = []
    for _, rows in groupby(cursor.execute(sql, [number]), key=itemgetter(4, 5, 6)):
        firsts, *ends, articles, _, _, _ = zip(*rows, strict=True)
        found.append(_Office(min(firsts), sum(articles), list(chain.from_iterable(ends))))
    return found


def _row(order: PageOrder, office: _Office, names: Row, total: int) -> Row:
    first_day, last_day, is_inferred = order.first_and_last_day(numbers(office.dated))
    days = {"first_day": first_day, "last_day": last_day, "is_inferred": is_inferred}
    return {**names, **days, "articles": office.articles, "total": total}
