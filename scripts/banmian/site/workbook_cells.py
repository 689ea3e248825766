"""What a workbook has more than bare values: names of columns, labels, addresses that lead somewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request

from banmian.site import cells, columns
from banmian.site.messages import brief

if TYPE_CHECKING:
    from datasette.app import Datasette

_LABEL = "_label"


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one table, or of a query: `of` is its name, None for SQL of a visitor's own."""

    datasette: Datasette
    request: Request
    database: str
    of: str | None
    is_table: bool

    def heading(self, name: str, all_names: Collection[str]) -> str:
        """What a column is called in the language of the reader, with its own name: 人物 (person)."""
        called = columns.called_of_result(self.datasette, self.database, name.removesuffix(_LABEL), all_names, self.of)
        if name.endswith(_LABEL):
            called = brief("data.said_of", name=called)
        return name if called == name else f"{called} ({name})"

    def labelled(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> set[str]:
        """The columns whose values have labels: of a table all that may have some, of a query those that do here."""
        if self._table is not None:
            return {name for name in names if columns.has_labels(self.datasette, self.database, self._table, name)}
        return {name for row in rows for name, value in zip(names, row, strict=True) if self._label(name, value)}

    def with_label(self, column: str, value: Any) -> tuple[Any, Any]:
        """A value and its label; of a row that is referred to Datasette brings it along."""
        if isinstance(value, dict):
            return value["value"], value["label"]
        return value, self._label(column, value)

    def text(self, column: str, value: Any) -> str:
        """The text of a cell: of an address of this site the whole, of words in two languages those of the reader."""
        if self.is_address(column, value):
            return str(self.datasette.absolute_url(self.request, self.datasette.urls.path(value)))
        return cells.in_own_words(self._table, column, str(value))

    def is_address(self, column: str, value: Any) -> bool:
        """Whether this is an address of this site."""
        return column.endswith("address") and isinstance(value, str) and value.startswith("/")

    @property
    def _table(self) -> str | None:
        return self.of if self.is_table else None

    def _label(self, column: str, value: Any) -> str | None:
        if isinstance(value, dict) or value is None or value == "":
            return None
        return columns.label(self.datasette, self.database, self._table, column, value)
