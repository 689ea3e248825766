"""The lines of a page as an engine gave them: the text that they are read as, and where each stood."""

from __future__ import annotations

import json
import math
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Box = tuple[float, float, float, float]


class SourceLine(NamedTuple):
    """Where a line of the text as read comes from.

    `line` counts from 1 in the text; `element` leads back to the source: an id, or a path in it. `block` and `label`
    are the engine's: which lines it holds together, and for what. The box is in the units of the source.
    """

    line: int
    element: str
    block: str | None
    label: str | None
    left: float | None
    top: float | None
    width: float | None
    height: float | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of a file: its place in it from 1, its text, and its lines packed."""

    part: int
    text: str
    geometry: bytes


@dataclass(slots=True)
class PageText:
    """Gathers the lines of a page in the order in which they come.

    The text has one line for each, `\\n` between, and an empty line where the engine begins another block.
    """

    texts: list[str] = field(default_factory=list)
    lines: list[SourceLine] = field(default_factory=list)

    def add(
        self,
        text: str,
        element: str,
        *,
        block: str | None = None,
        label: str | None = None,
        box: Box | None = None,
        confidence: float | None = None,
    ) -> None:
        """Add what an element holds: a line, or as many as it has line ends. Blanks at their ends are none of it."""
        for part in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
            if kept := part.rstrip().lstrip(" \t\ufeff"):
                if self.lines and self.lines[-1].block != block:
                    self.texts.append("")
                self.texts.append(kept)
                left, top, width, height = box or (None, None, None, None)
                line = SourceLine(len(self.texts), element, block, label, left, top, width, height, confidence)
                self.lines.append(line)

    def page(self, part: int) -> FormPage | None:
        """The page, `part` of its file; None where it has no text."""
        return FormPage(part, "\n".join(self.texts), _packed(self.lines)) if self.lines else None


def _packed(lines: Sequence[SourceLine]) -> bytes:
    """Lines as bytes: those of ten thousand pages are held until they are written."""
    return zlib.compress(json.dumps(lines, ensure_ascii=False).encode("utf-8"), 1)


def unpacked(geometry: bytes) -> Iterator[SourceLine]:
    """The lines of a page."""
    return (SourceLine(*row) for row in json.loads(zlib.decompress(geometry))) if geometry else iter(())


def joined(words: Iterable[str]) -> str:
    """Words of a line, a blank between two of an alphabet: between Chinese ones it is the engine's, not the page's."""
    line = ""
    for word in words:
        between = " " if line and word and _is_spaced(line[-1]) and _is_spaced(word[0]) else ""
        line += between + word
    return line


def _is_spaced(sign: str) -> bool:
    """Whether a blank may stand beside the character in print."""
    return unicodedata.east_asian_width(sign) not in "WF" and not sign.isspace()


def mean(values: Iterable[tuple[float | None, int]]) -> float | None:
    """The mean of the values that are known, each weighed by a number of characters."""
    known = [(value, weight) for value, weight in values if value is not None and weight]
    return round(sum(value * weight for value, weight in known) / sum(w for _, w in known), 4) if known else None


def around(points: Iterable[Sequence[object]]) -> Box | None:
    """The box around points: left, top, width, height."""
    pairs = [(number(point[0]), number(point[1])) for point in points]
    known = [(x, y) for x, y in pairs if x is not None and y is not None]
    if not known:
        return None
    left, top = min(x for x, _ in known), min(y for _, y in known)
    return left, top, max(x for x, _ in known) - left, max(y for _, y in known) - top


def number(text: object) -> float | None:
    """A number of a source; None where there is none that can be stored."""
    try:
        value = float(text)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None
