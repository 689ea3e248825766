"""Facets that say the same on every page of a table: how many rows there are in all, and where those of a value begin.

Datasette puts what ?_next= says among the conditions under which it counts, so that a later page counts the rows that
are left, and keeps it in the links, so that they lead into the middle of what was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.facets import Facet
from datasette.utils import compound_keys_after_sql
from datasette.utils.asgi import Request

from banmian.site import paging

_COLUMN = r"(?:\[[^\]]*\]|\w+)"
_NULL = rf"{_COLUMN} is null"
_SOME = _NULL.replace(" is ", " is not ")
# How the condition begins that Datasette writes for the rows after the last one shown; without an order by a column not
# at all.
_AFTER = (
    rf"\({_NULL} and ",
    rf"\({_SOME} or \({_NULL} and ",
    rf"\({_COLUMN} [<>] :p\d+(?: or {_NULL})? or \({_COLUMN} = :p\d+ and ",
    "",
)


@cache
def of_all_rows(facet: type[Facet]) -> type[Facet]:
    """The same kind of facet, for all rows of the table that a page of it shows some of."""

    class OfAllRows(facet):  # type: ignore[misc]
        def __init__(self, datasette: Any, request: Request, database: str, sql: str, **others: Any) -> None:
            if request.args.get("_next"):
                request, sql = _first_page(request), without_next(sql, paging.keys_of_rows() or ())
            super().__init__(datasette, request, database, sql=sql, **others)

    return OfAllRows


def _first_page(request: Request) -> Request:
    asked = [(key, value) for key, value in parse_qsl(request.query_string, keep_blank_values=True) if key != "_next"]
    return Request({**request.scope, "query_string": urlencode(asked).encode("ascii")}, request.receive)


def without_next(sql: str, keys: Sequence[str]) -> str:
    """`sql`, which Datasette wrote for the rows of a table from a page on, for all of them.

    `keys` tell the rows of the table apart; a view has none, and its pages no condition.
    """
    if not keys:
        return sql
    after_keys = re.sub(r":p\d+", r":p\\d+", re.escape(compound_keys_after_sql(list(keys))))
    condition = rf"(?: and|where) (?:{'|'.join(_AFTER)})(?:{after_keys}|rowid > :p\d+)\)*\s*\Z"
    return re.sub(condition, " ", sql)
