"""Rows as a workbook (.xlsx), written by rows into a file, so that none is held whole in memory.

Text is text: what begins with = + - @ is no formula, digits that are text stay text. What Excel can't hold, or what is
too much for one answer, is said on a sheet of its own, and that sheet is opened first.
"""

from __future__ import annotations

import asyncio
import math
import re
import tempfile
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any
from unicodedata import east_asian_width
from urllib.parse import parse_qsl, urlencode

import xlsxwriter
from datasette.utils.asgi import Request, Response

from banmian.site.citations.files import cited_address
from banmian.site.citations.formats import cite_key, gb7714
from banmian.site.messages import plain
from banmian.site.workbook_cells import Cells

if TYPE_CHECKING:
    from datasette.app import Datasette

EXTENSION = "xlsx"
# Rows of a table in one workbook, and characters of all its cells. A query has what Datasette gives, max_returned_rows.
MOST_ROWS = 20_000
MOST_CHARACTERS = 20_000_000
# Excel counts in UTF-16 code units.
LONGEST_CELL = 32_767
# Room for the words that say that a cell is cut.
_KEPT = LONGEST_CELL - 512
# Digits of a number that Excel keeps.
_LARGEST = 10**15
# Links of a sheet that Excel takes, and characters of one.
_MOST_LINKS, _LONGEST_LINK = 65_530, 2_079
# Columns are as wide as what stands in the first rows, up to so many digits.
_MEASURED_ROWS, _WIDEST = 200, 60
_CHUNK = 64 * 1024
_NOT_OF_A_SHEET = re.compile(r"[\[\]:*?/\\']")
# What says which rows, and how, but not of the page that is seen.
_OF_THE_PAGE = frozenset(("_size", "_shape", "_next", "_nofacet", "_nocount", "_facet", "_dl", "_bom", "_stream"))

Row = Sequence[Any]


def can_render(columns: Sequence[str]) -> bool:
    """Whether there is something to put into a workbook."""
    return bool(columns)


async def render(
    datasette: Datasette,
    columns: Sequence[str],
    rows: Sequence[Row],
    database: str,
    table: str | None,
    query_name: str | None,
    request: Request,
    view_name: str,
    data: Mapping[str, Any],
) -> Response:
    """The rows that an address stands for: of a table all that are asked for, up to MOST_ROWS, not a page of them."""
    if data.get("error"):
        return Response.text(str(data["error"]), status=400)
    name = query_name or table or "sql"
    cells = Cells(datasette, request, database, query_name or table, query_name is None)
    labelled = {*(data.get("expanded_columns") or ()), *cells.labelled(columns, rows)}
    workbook = _Workbook(name, columns, labelled, cells, await _about(datasette, request))
    try:
        if view_name == "table" and query_name is None:
            async for page in _pages(datasette, request):
                if not await asyncio.to_thread(workbook.add, page["rows"]):
                    break
        else:
            await asyncio.to_thread(workbook.add, rows)
            workbook.is_cut = workbook.is_cut or bool(data.get("truncated"))
        file = await asyncio.to_thread(workbook.close)
    except BaseException:
        workbook.discard()
        raise
    headers = {"content-disposition": f'attachment; filename="{cite_key(name)[:80]}.{EXTENSION}"'}
    return _File(file, headers)


async def _pages(datasette: Datasette, request: Request) -> AsyncIterator[Mapping[str, Any]]:
    """The rows of a table, page by page, as large as Datasette gives them."""
    # Datasette imports its plugins before this view is whole.
    from datasette.views.table import TableView

    arguments = parse_qsl(request.query_string, keep_blank_values=True)
    kept = [(name, value) for name, value in arguments if name not in _OF_THE_PAGE]
    asked = urlencode([*kept, ("_size", "max"), ("_nofacet", "1"), ("_nocount", "1")])
    whole = Request({**request.scope, "query_string": asked.encode("ascii")}, request.receive)
    start = dict(arguments).get("_next")
    while True:
        data, _, _ = await TableView(datasette).data(whole, **({"_next": start} if start else {}))
        yield data
        start = data.get("next")
        if not start:
            return


async def _about(datasette: Datasette, request: Request) -> list[tuple[str, str]]:
    """What the second sheet says, line by line: what it is and where it is from."""
    path = (request.scope.get("canonical") or datasette.absolute_url(request, request.path)).removesuffix(
        f".{EXTENSION}"
    )
    address = f"{path}?{request.query_string}" if request.query_string else path
    citation = await cited_address(datasette, request)
    lines = [(plain("workbook.address"), address)]
    if citation is not None:
        lines.append((plain("article.cite"), gb7714(citation).strip()))
    for key, label in (("license", "site.licence"), ("about", "rights.rights"), ("source", "site.source")):
        if value := datasette.metadata(key):
            lines.append((plain(label), str(value)))
    return lines


class _Workbook:
    """One sheet of rows and one about them."""

    def __init__(
        self, name: str, columns: Sequence[str], labelled: Collection[str], cells: Cells, about: list[tuple[str, str]]
    ) -> None:
        """`labelled`: the columns whose values have labels. These stand in columns of their own, as in a CSV."""
        self._cells = cells
        self._columns = columns
        self.is_cut = False
        self._about = about
        self._labelled = [column in labelled for column in columns]
        pairs = ((column, f"{column}_label") if column in labelled else (column,) for column in columns)
        self._names = [name for pair in pairs for name in pair]
        self._count = self._characters = self._links = 0
        self._cut_cells: list[tuple[int, str, int, int]] = []
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sent
        self._folder = tempfile.TemporaryDirectory()
        self._workbook = xlsxwriter.Workbook(self._file, {"constant_memory": True, "tmpdir": self._folder.name})
        self._sheet = self._workbook.add_worksheet(_NOT_OF_A_SHEET.sub("_", name)[:31])
        self._bold = self._workbook.add_format({"bold": True})
        headings = [cells.heading(name, columns) for name in self._names]
        self._widths = [_width(heading) for heading in headings]
        for place, heading in enumerate(headings):
            self._sheet.write_string(0, place, heading, self._bold)
        self._sheet.freeze_panes(1, 0)

    def add(self, rows: Sequence[Row]) -> bool:
        """Write rows; False once there is no room for more."""
        for row in rows:
            if self._count >= MOST_ROWS or self._characters >= MOST_CHARACTERS:
                self.is_cut = True
                return False
            self._count += 1
            place = 0
            for value, column, is_labelled in zip(tuple(row), self._columns, self._labelled, strict=True):
                for cell in self._cells.with_label(column, value) if is_labelled else (value,):
                    self._write(place, column, cell)
                    place += 1
        return True

    def _write(self, place: int, column: str, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, int | float) and math.isfinite(value) and abs(value) < _LARGEST:
            self._sheet.write_number(self._count, place, value)
            return
        text = self._cells.text(column, value)
        self._characters += len(text)
        if self._count <= _MEASURED_ROWS:
            self._widths[place] = max(self._widths[place], _width(text))
        units = _units(text)
        if units > LONGEST_CELL:
            kept = text.encode("utf-16-le")[: 2 * _KEPT].decode("utf-16-le", "ignore")
            self._cut_cells.append((self._count + 1, self._names[place], len(text), len(kept)))
            text = kept + plain("workbook.cut_cell", length=len(text), kept=len(kept))
        if self._cells.is_address(column, value) and self._links < _MOST_LINKS and len(text) <= _LONGEST_LINK:
            self._links += 1
            self._sheet.write_url(self._count, place, text, string=text)
        else:
            self._sheet.write_string(self._count, place, text)

    def close(self) -> IO[bytes]:
        """The file, from its beginning."""
        sheet = self._workbook.add_worksheet(plain("workbook.about")[:31])
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 110)
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        if self._count:
            self._sheet.autofilter(0, 0, self._count, max(len(self._names) - 1, 0))
        lines = [*self._about, (plain("workbook.rows"), f"{self._count:,}")]
        if self.is_cut:
            lines.append((plain("workbook.cut"), plain("workbook.cut_rows", count=self._count)))
        for row, column, length, kept in self._cut_cells:
            where = plain("workbook.cell", column=column, row=row)
            lines.append((plain("workbook.cut"), f"{where}: {plain('workbook.cut_cell', length=length, kept=kept)}"))
        for number, (label, text) in enumerate(lines):
            sheet.write_string(number, 0, label, self._bold)
            sheet.write_string(number, 1, text[:LONGEST_CELL])
        if self.is_cut or self._cut_cells:
            sheet.activate()
        self._workbook.close()
        self._folder.cleanup()
        self._file.seek(0)
        return self._file

    def discard(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._folder.cleanup()


def _width(text: str) -> int:
    """How wide a column is that shows the text: in digits, of which a Chinese character takes two."""
    return min(_WIDEST, 2 + sum(1 + (east_asian_width(one) in "WF") for one in text[:_WIDEST]))


def _units(text: str) -> int:
    # Only text that could be too long is counted.
    return len(text) if 2 * len(text) <= LONGEST_CELL else len(text.encode("utf-16-le", "surrogatepass")) // 2


class _File(Response):  # type: ignore[misc]
    """An answer that is read from a file, part by part."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str]) -> None:
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        super().__init__("", headers=dict(headers), content_type=content_type)
        self._file = file

    async def asgi_send(self, send: Any) -> None:
        """Send the file, then close it."""
        with self._file as file:
            headers = {**self.headers, "content-type": self.content_type}
            raw = [[name.encode("latin-1"), value.encode("latin-1")] for name, value in headers.items()]
            await send({"type": "http.response.start", "status": self.status, "headers": raw})
            while part := file.read(_CHUNK):
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
