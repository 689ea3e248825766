"""Pages of a table that together hold each of its rows once, in whatever order.

Datasette pages through a sorted table by the last row's value and key, but orders only the later pages by both: rows of
one value can fall between the first page and the second. Through a view it pages by offset, in an order that leaves
rows of one value where the sorter happens to put them. Here every order ends in what tells the rows apart: the primary
key, the `key` that metadata.yml states of a view, or all columns of a view without one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.database import Database, QueryInterrupted, Results
from datasette.filters import FilterArguments
from datasette.utils import escape_sqlite
from datasette.utils.asgi import BadRequest, Forbidden

from banmian.site import known, query_files, query_pages
from banmian.site.guards import extent
from banmian.site.lasting import LastingDatabase
from banmian.site.messages import plain

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

# What tells apart the rows of the table whose rows are about to be asked for in this task.
_tie_breakers: ContextVar[Sequence[str]] = ContextVar("tie_breakers", default=())

# The key of that table, [] where its rows have none.
_keys: ContextVar[Sequence[str] | None] = ContextVar("keys", default=None)

# How the SQL ends that Datasette writes for the rows of a table.
_LIMIT = re.compile(r" limit \d+(?: offset \d+)?\Z")
_ONE_COLUMN = re.compile(r'order by (?:\[[^\]]*\]|"(?:[^"]|"")*"|\w+)(?: desc)?\Z')
_OFFSET = re.compile(r"[0-9]{1,18}")
_CLOSING = {"'": "'", '"': '"', "`": "`", "[": "]"}

# What to do about a query that reached a limit: one of ours, or one that was typed.
_AT_LIMIT = {
    (QueryInterrupted, True): "errors.too_long_canned",
    (QueryInterrupted, False): "errors.too_long_typed",
    (MemoryError, True): "errors.too_much_canned",
    (MemoryError, False): "errors.too_much_typed",
}


class PagedDatabase(LastingDatabase):
    """A database whose tables are asked for in an order without ties, whose queries by pages."""

    async def execute(
        self, sql: str, params: Any = None, truncate: bool = False, *arguments: Any, **options: Any
    ) -> Results:
        """Run a query as Datasette does, the rows of a table in an order that leaves no two of them equal."""
        # Of the queries behind the page of a table, only that of its rows is cut off at a number of rows.
        is_table = bool(columns := _tie_breakers.get())
        if truncate and is_table:
            _tie_breakers.set(())
            sql = ordered(sql, columns)
        is_canned = truncate and not is_table and sql in await self._canned()
        is_whole = is_canned and query_files.is_whole()
        is_query = is_canned or (truncate and query_pages.is_typed(sql))
        if is_query:
            sql = query_pages.in_order(sql)
        if is_canned:
            sql = query_files.limited(sql) if is_whole else query_pages.page_of(sql)
        try:
            results = await super().execute(sql, params, truncate and not is_whole, *arguments, **options)
        except (QueryInterrupted, MemoryError) as error:
            if not is_query:
                raise
            # As what SQLite refuses: its page keeps what was asked, to be changed.
            limit = QueryInterrupted if isinstance(error, QueryInterrupted) else MemoryError
            raise sqlite3.OperationalError(plain(_AT_LIMIT[limit, is_canned])) from error
        if truncate:
            # Of a table, ?_size= says how many there are, and one more tells of a next page.
            results = results if is_table else query_files.noted(extent.laid_out(results))
            await known.learn(self, results)
        return results

    async def _canned(self) -> set[str]:
        """The SQL of the canned queries."""
        return {query["sql"] for query in (await self.ds.get_canned_queries(self.name, None)).values()}


def ordered(sql: str, tie_breakers: Sequence[str]) -> str:
    """`sql`, which Datasette wrote for the rows of a table, with `tie_breakers` after the one column it sorts by."""
    limit = _LIMIT.search(sql)
    at = sql.rfind("order by ", 0, limit.start()) if limit else -1
    if limit is None or at < 0 or not _ONE_COLUMN.match(sql[at : limit.start()]):
        return sql
    return f"{sql[: limit.start()]}, {', '.join(map(escape_sqlite, tie_breakers))}{limit[0]}"


def replace_databases(datasette: Datasette) -> None:
    """Put a PagedDatabase in the place of every file that `datasette` serves."""
    for name, database in datasette.databases.items():
        if database.path and type(database) is Database:
            paged = PagedDatabase(datasette, path=database.path, is_mutable=database.is_mutable)
            datasette.remove_database(name)
            datasette.add_database(paged, name, route=database.route)


def filters(
    datasette: Datasette, request: Request, database: str, table: str
) -> Callable[[], Awaitable[FilterArguments]]:
    """Adds no filter. Called before the rows of a table are asked for, it says what tells them apart.

    Each ?_where= becomes one condition, also where it is several with OR between them. What can't be paged through is
    refused: a ?_next= that is not one of this table and order, the inside of a full-text index.
    """
    if "_where" in request.args:
        _ask(request, [(key, enclosed(value) if key == "_where" else value) for key, value in _arguments(request)])

    async def inner() -> FilterArguments:
        if reason := extent.refusal(request):
            raise BadRequest(reason)
        asked = datasette.databases[database]
        known.lists(table)
        kind = await asked.execute("SELECT type FROM pragma_table_list WHERE name = ?", [table])
        if [tuple(row) for row in kind] == [("shadow",)]:
            raise Forbidden(plain("errors.index_table"))
        columns = await asked.table_column_details(table)
        order = request.args
        if not (order.get("_sort") or order.get("_sort_desc")):
            metadata = datasette.table_metadata(database, table)
            order = {f"_{key}": metadata.get(key) for key in ("sort", "sort_desc")}
        by = order.get("_sort") or order.get("_sort_desc")
        if any(column.name == by and column.hidden == 1 for column in columns):
            raise BadRequest(plain("errors.sort", column=by))
        if by and _is_left_out(request, by):
            # Where rows have labels of foreign keys Datasette takes for granted that they have what they are sorted by.
            without_labels = [(key, value) for key, value in _arguments(request) if key not in ("_label", "_labels")]
            _ask(request, [*without_labels, ("_labels", "off")])
        if kind.first()[0] == "view":
            key = datasette.table_metadata(database, table).get("key")
            _tie_breakers.set(key or [column.name for column in columns])
            _keys.set([])
            is_possible = bool(_OFFSET.fullmatch(request.args.get("_next") or "0"))
        else:
            keys = await asked.primary_keys(table) or ["rowid"]
            _tie_breakers.set(keys)
            _keys.set(keys)
            parts = (request.args.get("_next") or "").split(",")
            is_possible = parts == [""] or len(parts) == len(keys) + bool(by)
        if not is_possible:
            raise BadRequest(plain("errors.next"))
        return FilterArguments([])

    return inner


def _arguments(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.query_string, keep_blank_values=True)


def _ask(request: Request, arguments: Sequence[tuple[str, str]]) -> None:
    """Make the request one with other arguments."""
    request.scope = {**request.scope, "query_string": urlencode(arguments).encode("ascii")}


def _is_left_out(request: Request, column: str) -> bool:
    """Whether ?_col= or ?_nocol= says not to show the column; a key is shown always."""
    chosen = request.args.getlist("_col")
    return column in request.args.getlist("_nocol") or bool(chosen and column not in chosen)


def keys_of_rows() -> Sequence[str] | None:
    """The columns that tell the rows apart which this request lists, [] for a view's; None where it lists no table."""
    return _keys.get()


def enclosed(condition: str) -> str:
    """`condition` in parentheses of its own, as it is where it already stands in them."""
    depth = at = 0
    while at < len(condition):
        if closing := _CLOSING.get(condition[at]):
            at = condition.find(closing, at + 1)
            if at < 0:
                break
        depth += (condition[at] == "(") - (condition[at] == ")")
        at += 1
        if depth == 0:
            break
    is_enclosed = condition.startswith("(") and depth == 0 and at == len(condition)
    return condition if is_enclosed else f"({condition})"
