"""Tables of an article, printed in Markdown, in HTML or by engines, as rows of cells. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

# In Markdown: a row between bars, the row of dashes below the head, and a bar that is no edge of a cell.
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_BAR = re.compile(r"(?<!\\)\|")
_CELLS = ("td", "th")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, and its cells row by row: none where its form is not known. `head`: of the first rows."""

    source: str
    rows: tuple[tuple[str, ...], ...]
    head: int = 0


def read_table(source: str) -> Table:
    """The table that is printed so."""
    lines = [line for line in source.split("\n") if line.strip()]
    if lines and all(_ROW.fullmatch(line) or _RULE.fullmatch(line) for line in lines):
        rules = [at for at, line in enumerate(lines) if _RULE.fullmatch(line)]
        rows = tuple(_bare(line) for at, line in enumerate(lines) if at not in rules)
        return Table(source, rows, min(rules[0], 1) if rules else 0)
    parser = _Cells()
    parser.feed(source)
    parser.close()
    return Table(source, tuple(map(tuple, parser.rows)) if parser.whole else (), parser.head)


def _bare(line: str) -> tuple[str, ...]:
    cells = _BAR.split(line.strip())[1:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)


class _Cells(HTMLParser):
    """Collects the cells of an HTML table; `whole`: nothing but blanks stands outside of them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.head = 0
        self._open = False
        self._stray = False

    @property
    def whole(self) -> bool:
        return bool(self.rows) and all(self.rows) and not self._stray

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in _CELLS and self.rows:
            self._open = True
            if tag == "th" and not self.rows[-1] and self.head == len(self.rows) - 1:
                self.head = len(self.rows)
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in (*_CELLS, "tr", "table")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data
        else:
            self._stray = self._stray or bool(data.strip())
