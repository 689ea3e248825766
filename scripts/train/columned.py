"""Articles that are set in columns of blocks, and how the columns of several stand side by side on a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from train.known import Line
from train.variants import set_in_lines

# The number of a paragraph, from 1, and a line of it; with the number negative a crosshead that stands before it.
Numbered = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks of an article: its heading, and the columns of its text."""

    heading: Sequence[Line]
    columns: Sequence[Sequence[Line]]

    @property
    def lines(self) -> list[Line]:
        """All blocks as they are read."""
        return [*self.heading, *(line for column in self.columns for line in column)]


def numbered(body: Sequence[str], crossheads: Mapping[int, str], width: int) -> list[Numbered]:
    """The paragraphs of `body` in lines of this width; `crossheads` stand before the paragraphs with these indices."""
    lines: list[Numbered] = []
    for number, text in enumerate(body, 1):
        if number - 1 in crossheads:
            lines.append((-number, crossheads[number - 1]))
        lines += [(number, line) for line in set_in_lines(text, width)]
    return lines


def in_columns(lines: Sequence[Numbered], count: int, mark: str, lead: str) -> list[list[Line]]:
    """The lines in up to `count` columns of like length, a block for what each holds of a paragraph.

    `mark` stands before crossheads, `lead` before the first block.
    """
    columns: list[list[Line]] = []
    for at in range(count):
        joined: dict[int, str] = defaultdict(str)
        for number, line in lines[at * len(lines) // count : (at + 1) * len(lines) // count]:
            joined[number] += line
        columns.append(
            [
                Line("crosshead", text, mark) if number < 0 else Line("body", text, paragraph=number)
                for number, text in joined.items()
            ]
        )
    columns = [column for column in columns if column]
    first = columns[0][0]
    columns[0][0] = Line(first.kind, first.text, lead, paragraph=first.paragraph)
    return columns


def by_page(bands: Iterable[Sequence[Article]]) -> list[Line]:
    """The columns of the page from left to right: bands of articles side by side, each headed over its first column."""
    page: defaultdict[int, list[Line]] = defaultdict(list)
    for band in bands:
        at = 0
        for article in band:
            page[at] += article.heading
            for column, lines in enumerate(article.columns):
                page[at + column] += lines
            at += len(article.columns)
    return [line for at in sorted(page) for line in page[at]]
