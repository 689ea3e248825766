"""The offices that editions print of a person, or those that they print in an organization."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from banmian.site.page_order import PageOrder, numbers
from banmian.site.reading import Row, rows_of

# Offices on a page: a body may have thousands.
_MOST = 50
# The first position of each office, its article and the last one: found at the ends of each in an index.
_OWN = """
    FROM positions AS own WHERE own.person_id = office.person_id AND own.title = office.title
    AND own.organization_id IS office.organization_id"""
_PRINTED = f"""
    SELECT (SELECT id {_OWN} ORDER BY article_id, id LIMIT 1), (SELECT min(article_id) {_OWN}),
        (SELECT max(article_id) {_OWN}), person_id, title, organization_id
    FROM (SELECT DISTINCT person_id, title, organization_id FROM positions WHERE {{column}} = ?) AS office"""
# The same of each article that prints it, in the order of an index, and nothing but what stands in it.
_PRINTED_APART = """
    SELECT min(id), article_id, article_id, person_id, title, organization_id
    FROM positions WHERE {column} = ? GROUP BY person_id, title, organization_id, article_id"""
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


def read_offices(connection: sqlite3.Connection, order: PageOrder, column: str, number: str) -> Sequence[Row]:
    """The first _MOST offices of a person or in an organization, by the places where they are printed first.

    Each with the names that it consists of, their addresses, what is doubted, the `first_day` and `last_day`
    (page_order.py), whether these are inferred, and the `total` of offices.
    """
    printed = _printed(connection, order, column, number)
    shown = sorted(printed, key=lambda office: office.first)[:_MOST]
    given = {"id": number, "shown": json.dumps([office.first for office in shown])}
    names = rows_of(connection, _SHOWN.format(column=column), given)
    return [_row(order, office, row, len(printed)) for office, row in zip(shown, names, strict=True)]


@dataclass(frozen=True, slots=True)
class _Office:
    """The number of its first position, and of the articles that print it those that tell its days."""

    first: int
    dated: Sequence[int]


def _printed(connection: sqlite3.Connection, order: PageOrder, column: str, number: str) -> list[_Office]:
    """Every office. Where articles are in the order of their days, its first and its last one tell them."""
    cursor = connection.cursor()
    # Nobody counts tuples: there may be thousands.
    cursor.row_factory = None
    sql = (_PRINTED if order.is_by_day else _PRINTED_APART).format(column=column)
    found = []
    for _, rows in groupby(cursor.execute(sql, [number]), key=itemgetter(3, 4, 5)):
        firsts, *ends, _, _, _ = zip(*rows, strict=True)
        found.append(_Office(min(firsts), list(chain.from_iterable(ends))))
    return found


def _row(order: PageOrder, office: _Office, names: Row, total: int) -> Row:
    first_day, last_day, is_inferred = order.first_and_last_day(numbers(office.dated))
    days = {"first_day": first_day, "last_day": last_day, "is_inferred": is_inferred}
    return {**names, **days, "total": total}
