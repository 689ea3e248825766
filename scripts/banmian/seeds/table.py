"""editions.csv: what is known of editions as a table, a row an edition."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from banmian.records import Remark
from banmian.seeds.facts import FACT_KEYS, Facts, read_facts
from banmian.seeds.files import read_own
from banmian.seeds.missing import MISSING_COLUMNS, MissingIssues, MissingPages, read_missing_cells
from banmian.seeds.patterns import FilePattern, PatternError, read_pattern
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.yaml_nodes import Entry, collected

COLUMNS = ("id", "files", *FACT_KEYS, *MISSING_COLUMNS)
# A date as spreadsheets write it, year first.
_DATE = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the edition that it is about, by its id, its files or its date, and what it says of it.

    It may also say that the issue of its date is missing.
    """

    entry: Entry
    id: str | None
    pattern: FilePattern | None
    facts: Facts
    missing: MissingPages | MissingIssues | None


def read_table(path: Path) -> list[Row]:
    """The rows of the table. Raises SeedsError with all that is wrong, each with its line."""
    text = read_own(path, may_be_empty=False)
    problems: list[Problem] = []
    try:
        rows = collected(_row, list(_entries(path.name, text.removeprefix("\ufeff"), problems)), problems)
    except csv.Error as error:
        raise SeedsError(Problem(path.name, None, Remark("not_csv", {"said": str(error)}))) from error
    if problems:
        raise SeedsError(*problems)
    return rows


def _entries(file: str, text: str, problems: list[Problem]) -> Iterator[Entry]:
    """The rows as entries, so that they are read like those of editions.yml."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    header = [name.strip() for name in next(reader, [])]
    while header and not header[-1]:
        # Spreadsheets write columns that were once used.
        header.pop()
    for name in header:
        if fault := _column_fault(name, header):
            problems.append(Problem(file, 1, fault))
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            problems.append(Problem(file, line, Remark("row_too_long", {"cells": len(cells), "columns": len(header)})))
        elif not problems:
            yield Entry(file, _node(header, cells, line), COLUMNS, "row")


def _column_fault(name: str, header: list[str]) -> Remark | None:
    if name in COLUMNS:
        return Remark("column_twice", {"name": name}) if header.count(name) > 1 else None
    near = get_close_matches(name, COLUMNS, 1)
    values = {"name": name, "known": list(COLUMNS)}
    return Remark("unknown_column_but", {**values, "other": near[0]}) if near else Remark("unknown_column", values)


def _node(header: list[str], cells: list[str], line: int) -> yaml.Node:
    mark = yaml.Mark("", 0, line - 1, 0, None, 0)

    def scalar(value: str) -> yaml.Node:
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, mark, mark)

    stated = [(name, _cell(name, cell.strip())) for name, cell in zip(header, cells, strict=False)]
    return yaml.MappingNode("tag:yaml.org,2002:map", [(scalar(k), scalar(v)) for k, v in stated if v], mark, mark)


def _cell(column: str, value: str) -> str:
    if column.startswith("date") and (found := _DATE.fullmatch(value)):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return value


def _row(entry: Entry) -> Row:
    facts, identifier, stated, pattern = read_facts(entry), entry.word("id"), entry.text("files"), None
    if stated:
        try:
            pattern = read_pattern(stated)
        except PatternError as error:
            entry.fault(entry.nodes["files"], error.remark)
        if pattern and not pattern.begins:
            # Each row would have to be held against each file.
            entry.fault(entry.nodes["files"], Remark("row_begins_with_sign", {"text": stated}))
    if not (identifier or stated or facts["date"]):
        entry.fault(None, Remark("row_of_nothing"))
    missing = read_missing_cells(entry)
    entry.checked()
    return Row(entry, identifier, pattern, facts, missing)
