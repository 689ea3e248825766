"""Cells of tables and query results that show more than their value."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette.utils import is_url, path_from_row_pks, tilde_encode
from markupsafe import Markup

from banmian.site import columns, known, paging
from banmian.site.known import REFERENCES
from banmian.site.messages import plain, remarked
from banmian.site.quoting import doubted, prose, quoted, told
from banmian.site.snippets import as_html, cut
from banmian.site.unsure import in_words
from banmian.store.warnings import warning_of

if TYPE_CHECKING:
    from datasette.app import Datasette

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
# The column of a table by which its rows are called: it leads to the page of its row.
_CALLED = {"articles": "headline", "people": "name", "organizations": "name"}
# Columns that say whether a full name is printed, for each column that shows one.
_NAME_BASES = {
    "organization": ("organization_name_basis",),
    "name": ("name_basis", "organization_name_basis"),
    "full_name": ("full_name_basis",),
}
# Refers to pages by a number that is not their key.
_ORDINAL = ("span_places", "page")
# Tables whose `evidence` is remarks.
_WITH_EVIDENCE = frozenset({"readings", "identity_candidates"})
# What an editor, a build or a query says in both languages.
_PROSE = frozenset(
    (
        *("city_basis", "date_basis", "name_basis", "newspaper_basis", "number_basis"),
        *("note", "reason", "rights", "evidence", "joined_by", "joined_to_the_one_before_by", "runner_up"),
    )
)
# Names that only we give.
CODES = frozenset(("entry", "figure", "language", "source_file"))
_DOUBT = "doubt"
_PINYIN = "pinyin"
# A literal of SQL in both languages.
_LITERAL = re.compile("'([^']+ · [^']+)'")
# What is known of a page, not of its edition.
_OF_PAGES = frozenset({"number", "name"})
# The basis of what is as the page prints it, and of a full name that a rule made of a short one.
_PRINTED = "printed"
_EXPANDED = "expanded"


def render(
    datasette: Datasette, row: Any, value: object, column: str, table: str | None, database: str
) -> Markup | str | Awaitable[Markup] | None:
    """The HTML of one cell; None where Datasette's own will do."""
    if (table, column) == _ORDINAL:
        number = value["value"] if isinstance(value, dict) else value
        return Markup('<a href="{}?ordinal={}">{}</a>').format(datasette.urls.table(database, "pages"), number, number)
    if isinstance(value, dict) and column in REFERENCES:
        # Datasette put the label of a foreign key beside its value.
        return _link(datasette, database, column, value["value"], value["label"] or "-")
    if not isinstance(value, int | str) or value == "":
        return None
    if isinstance(value, str) and column.endswith("address") and value.startswith("/"):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(value), quoted(unquote(value)))
    if table == "warnings" and column == "details" and (said := _warning(row)) is not None:
        return prose(said)
    if table in _WITH_EVIDENCE and column == "evidence":
        return prose(in_words(str(value)))
    if (named := columns.labelled(datasette, database, table, column, value)) is not None:
        return named
    if column == _PINYIN:
        return Markup('<span lang="zh-Latn">{}</span>').format(value)
    if column == _DOUBT:
        return prose(doubted(value))
    if column in _PROSE or (table is None and value in _said_by_queries()):
        return prose(value)
    begin, rest = _begin(datasette, row, str(value), table, database)
    if isinstance(value, str) and (marked := as_html(begin)) is not None:
        return quoted(marked) + rest
    if table and paging.keys_of_rows() is None and column in REFERENCES:
        # The page of one row.
        begin = known.called(REFERENCES[column], value) or begin
    if column in REFERENCES or column == "paragraph_id":
        return _link(datasette, database, column, value, begin) + rest
    for key in _NAMED.get(column, ()):
        if isinstance(key_value := _cell(row, key), int):
            link = _link(datasette, database, key, key_value, begin) + rest
            is_expanded = any(_cell(row, basis) == _EXPANDED for basis in _NAME_BASES.get(column, ()))
            return _with_badge(datasette, link, _EXPANDED, column, row) if is_expanded else link
    if table and column in (datasette.table_metadata(database, table).get("units") or {}):
        # Datasette would write 1.3k for 1300.
        return str(value)
    if column in CODES or table == "build_info":
        return Markup("<code>{}</code>").format(begin) + rest
    shown: Markup | str = quoted(begin)
    if table and column == _CALLED.get(table) and (own := known.address_of_row(table, row)):
        shown = Markup('<a href="{}">{}</a>').format(datasette.urls.path(own), shown)
    basis = _cell(row, f"{column}_basis")
    if isinstance(basis, str) and basis != _PRINTED:
        return _with_badge(datasette, shown + rest, basis, column, row)
    return shown + rest if (rest or shown != begin) and not is_url(str(value).strip()) else None


def in_own_words(table: str | None, column: str, text: str) -> str:
    """What an editor, a build or a query says in both languages, in that of the reader; any other text as it is."""
    return told(text) if column in _PROSE or (table is None and text in _said_by_queries()) else text


@cache
def _said_by_queries() -> frozenset[str]:
    """The words in both languages that our queries put into their results."""
    files = (resources.files(__package__) / "queries").iterdir()
    return frozenset(said for file in files for said in _LITERAL.findall(file.read_text("utf-8")))


def _warning(row: Any) -> str | None:
    """The warning of a row in words; None where a column that it needs was left out, or its kind is not known."""
    try:
        return remarked(warning_of(row))
    except (LookupError, ValueError):
        return None


def _begin(datasette: Datasette, row: Any, text: str, table: str | None, database: str) -> tuple[str, Markup]:
    """As much of a cell's text as a list of rows shows, and a sign that there is more, with the way to it."""
    most = datasette.setting("truncate_cells_html")
    keys = paging.keys_of_rows()
    # The page of one row shows it whole.
    if not most or len(text) <= most or (table and keys is None):
        return text, Markup()
    if table and keys:
        own = known.address_of_row(table, row)
        path = _path(datasette, database, table, own, path_from_row_pks(row, keys, False))
        sign = Markup('<a class="cut" href="{}" title="{}">…</a>').format(
            path, plain("data.cut_with_row", length=len(text))
        )
    else:
        sign = Markup('<span class="cut" title="{}">…</span>').format(plain("data.cut", length=len(text)))
    return cut(text, most), sign


def _link(datasette: Datasette, database: str, column: str, key: int | str, text: int | str) -> Markup:
    if column not in REFERENCES:
        # Paragraphs are a view, whose rows have no pages.
        path = f"{datasette.urls.table(database, 'paragraphs')}?id={tilde_encode(str(key))}"
        return Markup('<a href="{}">{}</a>').format(path, quoted(text))
    table = REFERENCES[column]
    own = known.address_of(table, key)
    path = _path(datasette, database, table, own, tilde_encode(str(key)))
    return Markup('<a href="{}">{}</a>').format(path, quoted(text))


def _path(datasette: Datasette, database: str, table: str, own: str | None, key: str) -> str:
    """Where a link to a row leads: to the address that it has of its own, else to Datasette's."""
    return str(datasette.urls.path(own) if own else datasette.urls.row(database, table, key))


def _cell(row: Any, column: str) -> object:
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    # Datasette puts the label of a foreign key beside its value.
    return value["value"] if isinstance(value, dict) else value


async def _with_badge(datasette: Datasette, value: Markup, basis: str, column: str, row: Any) -> Markup:
    """`value` marked as inferred, with a link to the whole basis: `basis` is prose, or the code of an expanded name."""
    template = datasette.jinja_env.get_template("_inferred_cell.html")
    edition_id, what = _cell(row, "edition_id"), column
    if edition_id is None:
        edition_id = _cell(row, "id")
    elif column in _OF_PAGES:
        what = f"{column}-{_cell(row, 'position')}"
    is_full_name = basis == _EXPANDED
    return Markup(
        await template.render_async(
            value=value, basis=basis, edition_id=edition_id, what=what, is_full_name=is_full_name
        )
    )
