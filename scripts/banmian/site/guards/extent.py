"""How much one page of HTML lays out: it is made in the loop that answers everybody.

Files (.json, .csv, .xlsx) hold all that Datasette gives; a page leads to them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.database import Results

from banmian.site.guards.bounds import FACETS, PAGE_CELLS, PAGE_ROWS
from banmian.site.messages import plain

if TYPE_CHECKING:
    from datasette.utils.asgi import Request

_App = Callable[..., Awaitable[None]]

_SIZE = "_size"

_is_page: ContextVar[bool] = ContextVar("is_page", default=False)


def wrap(app: _App) -> _App:
    """`app`, asked for no more rows of a table than a page may have."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            is_page = "." not in scope["path"].rpartition("/")[2]
            _is_page.set(is_page)
            if is_page and b"_size=" in scope["query_string"]:
                scope = {**scope, "query_string": _sized(scope["query_string"])}
        await app(scope, receive, send)

    return wrapped


def _sized(query_string: bytes) -> bytes:
    asked = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    return urlencode([(key, _at_most(value) if key == _SIZE else value) for key, value in asked]).encode("ascii")


def _at_most(size: str) -> str:
    is_more = size == "max" or (size.isdecimal() and (len(size) > 9 or int(size) > PAGE_ROWS))
    return str(PAGE_ROWS) if is_more else size


def laid_out(results: Results) -> Results:
    """The rows of a query that a page lays out, marked as truncated where they are not all; of a file all."""
    most = max(PAGE_CELLS // max(len(results.description or ()), 1), 1)
    if not _is_page.get() or len(results.rows) <= most:
        return results
    return Results(results.rows[:most], True, results.description)


def refusal(request: Request) -> str | None:
    """Why the rows of a table that are asked for are refused; None where they are not."""
    facets = sum(
        len(request.args.getlist(key)) for key in request.args if key in ("_facet", "_facet_array", "_facet_date")
    )
    return plain("errors.facets", most=FACETS) if facets > FACETS else None
