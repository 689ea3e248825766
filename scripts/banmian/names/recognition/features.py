"""The features of the tagger: what stands in the channels at and around a character, each as one number.

A feature is hashed into one of 2 ** BITS places (Weinberger et al. 2009), so that weights hold no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .symbols import CHANNELS, Numbers

BITS = 20
# As many numbers stand between two texts as a window reaches.
WINDOW = 4
_NOTHING = np.uint64(0xFFFFFFFF)

Template = tuple[tuple[str, int], ...]


def _window(channel: str, *offsets: int) -> Template:
    return tuple((channel, offset) for offset in offsets)


TEMPLATES: tuple[Template, ...] = (
    *(_window("character", offset) for offset in (-2, -1, 0, 1, 2)),
    *(_window("character", offset, offset + 1) for offset in (-2, -1, 0, 1)),
    _window("character", -1, 0, 1),
    *(_window("class", *offsets) for offsets in ((-1, 0), (0, 1), (-1, 0, 1), (0, 1, 2), (-2, -1, 0))),
    (("word", 0), ("place_in_word", 0)),
    *(_window("word", offset) for offset in (-4, -2, 2, 4)),
    _window("place_in_word", -1, 0, 1),
    _window("flag", -1, 0, 1),
    (("flag", 0), ("place_in_word", 0)),
    (("flag", -2), ("flag", 0), ("place_in_word", 0)),
    (("flag", 0), ("flag", 2), ("place_in_word", 0)),
    (("lists", 0), ("place_in_word", 0)),
    *(_window("lists", *offsets) for offsets in ((-1, 0, 1), (-2, 0), (0, 2))),
    _window("organization", -1, 0, 1),
    (("organization", 0), ("word", 0)),
    (("organization", 0), ("character", 1)),
    (("organization", 0), ("character", -1)),
    (("organization", 0), ("person", 0)),
    _window("person", -1, 0, 1),
    (("person", 0), ("character", 0)),
    (("person", 0), ("class", 0), ("class", 1)),
    (("person", 0), ("candidate", 0)),
    _window("candidate", -1, 0, 1),
    (("candidate", 0), ("class", 0)),
    _window("office", -1, 0, 1),
    (("office", 0), ("organization", 0)),
    (("office", 1), ("organization", 0)),
    (("office", -1), ("person", 0)),
    (("office_holder", 0), ("office", 1)),
    _window("head", 0, 1),
    (("head", 0), ("organization", 0), ("place_in_word", 0)),
    _window("head", 2),
    _window("repeated", -1, 0),
    _window("again", 0),
    _window("again", -1, 0, 1),
    (("again", 0), ("place_in_word", 0)),
    (("again", 0), ("flag", 0)),
    (("again", 0), ("organization", 0), ("person", 0)),
    (("line", 0), ("organization", 0)),
    (("line", 0), ("person", 0)),
    (("line", 0), ("character", 0)),
)


def joined(texts: Sequence[Mapping[str, Numbers]]) -> tuple[dict[str, Numbers], list[int]]:
    """The channels of several texts in one row, with room between them, and where each text begins in it."""
    room = np.full(WINDOW, _NOTHING)
    starts = []
    at = WINDOW
    for text in texts:
        starts.append(at)
        at += len(text["character"]) + WINDOW
    rows = {name: np.concatenate([room, *(part for text in texts for part in (text[name], room))]) for name in CHANNELS}
    return rows, starts


def places(rows: Mapping[str, Numbers]) -> Iterator[npt.NDArray[np.uint64]]:
    """For each template the place of its feature, a number below 2 ** BITS, at each position of joined `rows`.

    At the first and last positions, between texts, there is no feature: they get that of the window cut short.
    """
    size = len(rows["character"]) - 2 * WINDOW
    for number, template in enumerate(TEMPLATES, 1):
        mixed = np.full(size, number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF, np.uint64)
        for channel, offset in template:
            mixed ^= rows[channel][WINDOW + offset : WINDOW + offset + size]
            mixed *= np.uint64(0xFF51AFD7ED558CCD)
            mixed ^= mixed >> np.uint64(29)
        yield mixed >> np.uint64(64 - BITS)
