"""How wide the printed lines of a page are set, beside the column that they stand in: what a compositor judges by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from banmian.page.marks import read_units
from banmian.page.measure import measures, missing
from banmian.page.source import checked, read_lines
from banmian.seeds.records import PageSource


@dataclass(frozen=True, slots=True)
class Width:
    """A printed line in full-width characters: its indent, up to where it reaches, and the width of its column."""

    indent: float
    reach: float
    column: float


def widths_of(source: PageSource) -> Mapping[int, Width]:
    """By number, the lines that are set in a column; none of a page on which a line is a whole paragraph or column."""
    units = read_units(read_lines(source.text, checked(source.text, source.corrections)))
    return {
        unit.line.number: Width(unit.line.indent, measure - missing(unit, measure), measure)
        for unit, measure in zip(units, measures(units), strict=True)
        if measure is not None
    }
