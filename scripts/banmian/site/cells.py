"""Cells of tables and query results that show more than their value."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from datasette.utils import tilde_encode
from markupsafe import Markup

from banmian.site.snippets import as_html

if TYPE_CHECKING:
    from datasette.app import Datasette

# Columns, of whatever table, view or query, that hold the key of a row.
_KEYS = {
    "article_id": "articles",
    "person_id": "people",
    "organization_id": "organizations",
    "page_id": "pages",
    "edition_id": "editions",
    "mention_id": "mentions",
    "paragraph_id": "paragraphs",
}
# Columns whose text is the name of the row that another column of the same result has the key of.
_NAMED = {
    "headline": ("article_id",),
    "first_headline": ("article_id",),
    "person": ("person_id",),
    "organization": ("organization_id",),
    "name": ("person_id", "organization_id"),
    "appears_with": ("person_id",),
    "full_name": ("person_id", "organization_id"),
}
# The basis of what is as the page prints it.
_PRINTED = "printed"


def render(
    datasette: Datasette, row: Any, value: object, column: str, table: str | None, database: str
) -> Markup | str | Awaitable[Markup] | None:
    """The HTML of one cell; None where Datasette's own will do."""
    if not isinstance(value, int | str) or value == "":
        return None
    if isinstance(value, str) and (marked := as_html(value)) is not None:
        return marked
    if column in _KEYS:
        return _link(datasette, database, column, value, value)
    for key in _NAMED.get(column, ()):
        if isinstance(key_value := _cell(row, key), int):
            return _link(datasette, database, key, key_value, value)
    if table and column in (datasette.table_metadata(database, table).get("units") or {}):
        # Datasette would write 1.3k for 1300.
        return str(value)
    basis = _basis(row, column)
    return _inferred(datasette, value, basis) if basis else None


def _link(datasette: Datasette, database: str, column: str, key: int | str, text: int | str) -> Markup:
    path = datasette.urls.row(database, _KEYS[column], tilde_encode(str(key)))
    return Markup('<a href="{}">{}</a>').format(path, text)


def _cell(row: Any, column: str) -> object:
    try:
        return row[column]
    except (KeyError, IndexError):
        return None


def _basis(row: Any, column: str) -> str | None:
    """How the value of `column` is known, where the page does not print it: the column beside it says so."""
    basis = _cell(row, f"{column}_basis")
    return basis if isinstance(basis, str) and basis != _PRINTED else None


async def _inferred(datasette: Datasette, value: int | str, basis: str) -> Markup:
    template = datasette.jinja_env.get_template("_inferred_cell.html")
    return Markup(await template.render_async(value=value, basis=basis))
