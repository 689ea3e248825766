"""What a picture is made of. Widths and starts are per cent of the picture's width, heights its units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, ClassVar

# On a phone: characters of a line of names, its height, and that of a bar with the room before the next.
_NARROW, _NARROW_LINE, _NARROW_BAR = 20, 20, 36
# A message by its key, and what is put into it.
Said = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text that may lead somewhere. `section` says that it is a code, and of what: the page says it in words.

    `is_inferred` is a full name that is not printed so.
    """

    text: str
    href: str | None = None
    section: str | None = None
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the left edge: its name with the page of it, its value in words, the rows that it counts.

    `tint` is its colour and hatching, `below` the names on the line under it.
    """

    label: Cell
    value: Said
    width: float
    href: str
    tint: int = 0
    below: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other; `title` is the key of what they are called, '' where the picture says it.

    `is_key`: they say what the colours of other parts of the picture mean. `room`: the width of names in per
    cent.
    """

    form: ClassVar[str] = "bars"
    bars: Sequence[Bar]
    title: str = ""
    is_key: bool = False
    room: int = 64

    @property
    def step(self) -> int:
        """From the top of a bar to that of the next."""
        return 58 if any(bar.below for bar in self.bars) else 34

    @property
    def height(self) -> int:
        """Of all of them."""
        return self.step * len(self.bars)

    @property
    def tops(self) -> Sequence[int]:
        """Where each begins on a phone, which breaks the names below a bar, and where the last ends."""
        return list(accumulate((_NARROW_BAR + _NARROW_LINE * _lines(bar.below) for bar in self.bars), initial=0))


def _lines(names: Sequence[Cell]) -> int:
    """In how many lines these names stand on a phone."""
    return -(-sum(len(name.text) + 1 for name in names) // _NARROW)


@dataclass(frozen=True, slots=True)
class Disc:
    """A number as the area of a disc, with the rows that it counts."""

    code: str
    value: int
    radius: float
    href: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Discs in columns that are named by `codes` of `section`, a row for each name."""

    form: ClassVar[str] = "matrix"
    title: ClassVar[str] = ""
    section: str
    codes: Sequence[str]
    rows: Sequence[tuple[Cell, Sequence[Disc | None]]]
    step: int = 44
    head: int = 30

    @property
    def height(self) -> int:
        """Of the head and all rows."""
        return self.head + self.step * len(self.rows)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a strip: of what it is, how much of it, the rows that it counts."""

    code: str
    tint: int
    value: int
    percent: float
    start: float
    width: float
    href: str


@dataclass(frozen=True, slots=True)
class Strips:
    """Strips of parts that make up a whole, below each other: each with the row of its page, and its address."""

    form: ClassVar[str] = "strips"
    title: str
    strips: Sequence[tuple[Mapping[str, Any], str, Sequence[Segment]]]
    step: int = 46

    @property
    def height(self) -> int:
        """Of all of them."""
        return self.step * len(self.strips)


@dataclass(frozen=True, slots=True)
class Thread:
    """A run of the source: its kind and line, the path around the rectangles that it fills, and its line's address."""

    code: str
    tint: int
    line: int
    path: str
    href: str


@dataclass(frozen=True, slots=True)
class Weave:
    """Every character of a page in the order of the file, in columns; `width` and `height` are its own units."""

    form: ClassVar[str] = "weave"
    title: str
    width: int
    height: int
    threads: Sequence[Thread]


@dataclass(frozen=True, slots=True)
class Node:
    """A person: where the disc of this radius stands, and in how many articles; `is_middle` of the one asked about."""

    label: Cell
    articles: int
    x: float
    y: float
    radius: float
    is_middle: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people with the articles in which both stand, as a line of this thickness."""

    names: tuple[str, str]
    articles: int
    ends: tuple[float, float, float, float]
    thickness: float
    href: str


@dataclass(frozen=True, slots=True)
class Network:
    """People and their ties, in a picture of its own units."""

    form: ClassVar[str] = "network"
    title: ClassVar[str] = ""
    width: int
    height: int
    nodes: Sequence[Node]
    ties: Sequence[Tie]


Panel = Bars | Matrix | Strips | Weave | Network


@dataclass(frozen=True, slots=True)
class Table:
    """The same as a table: the keys of its headings, and its rows; numbers are set right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: its parts, the same as a table, and what is to be said with it, such as what was left out."""

    panels: Sequence[Panel]
    table: Table
    notes: Sequence[Said] = field(default_factory=list)
