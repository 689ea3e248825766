"""A few short digests by which a text is known again, whatever line breaks, order or single characters of it change.

Every run of some characters of a line has a digest; of each of some equal parts of the text the smallest is kept. The
share of these that another text has too is about the share of the characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from banmian.records import Page

# Characters of a run, and the most parts of a text.
_RUN = 6
_PARTS = 16
# Digests are numbers below this.
DIGESTS = 1 << 24

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_NEWLINE = np.uint64(ord("\n"))
_NO_RUNS: NDArray[np.uint32] = np.zeros(0, np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """A text by the number of its characters that are not blank, its sample, and the digests of all of its runs."""

    characters: int
    sample: tuple[int, ...]
    runs: NDArray[np.uint32]


def articles_sampled(page: Page) -> list[Sampled]:
    """Each article of the page, by the spans of the source that it is made of."""
    lines: list[list[str]] = [[] for _ in page.articles]
    for span in page.spans:
        if span.article is not None:
            lines[span.article].append(span.text)
    return list(map(sampled, lines))


def known_by(characters: int, sample: tuple[int, ...]) -> Sampled:
    """A text of which no run needs to be known."""
    return Sampled(characters, sample, _NO_RUNS)


def sampled(lines: Iterable[str]) -> Sampled:
    """The text of these lines; white space does not count."""
    bare = [text for line in lines if (text := "".join(line.split()))]
    if not bare:
        return Sampled(0, (), _NO_RUNS)
    # A line that is shorter than a run is one by itself.
    joined = "\n".join(text.ljust(_RUN, "\0") for text in bare)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    places = len(codes) - _RUN + 1
    digests = np.zeros(places, np.uint64)
    for offset in range(_RUN):
        digests = digests * _MULTIPLIER + codes[offset : offset + places]
    digests ^= digests >> np.uint64(31)
    digests *= _MIX
    digests ^= digests >> np.uint64(29)
    line_ends = np.concatenate(([0], np.cumsum(codes == _NEWLINE)))
    in_line = line_ends[_RUN:] == line_ends[:places]
    runs = (digests[in_line] % np.uint64(DIGESTS)).astype(np.uint32)
    parts = min(_PARTS, len(runs))
    begins = np.arange(parts) * len(runs) // parts
    sample = tuple(int(digest) for digest in np.minimum.reduceat(runs, begins))
    return Sampled(sum(map(len, bare)), sample, runs)
