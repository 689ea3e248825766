"""The features of the tagger: what stands in the channels at and around a character, each as one number.

A feature is hashed into one of 2 ** BITS places (Weinberger et al. 2009), so that weights hold no words.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    (("use", 0), ("place_in_word", 0)),
    (("use_before", 0), ("place_in_word", 0)),
    (("use_behind", 0), ("place_in_word", 0)),
    (("use_before", 0), ("use", 0), ("place_in_word", 0)),
    (("use", 0), ("use_behind", 0), ("place_in_word", 0)),
    (("use_before", 0), ("use_behind", 0), ("place_in_word", 0)),
    (("organization", 0), ("use_before", 0)),
    (("organization", 0), ("use_behind", 0)),
    (("person", 0), ("use_before", 0)),
    (("person", 0), ("use_behind", 0)),
    (("candidate", 0), ("use_before", 0)),
    (("candidate", 0), ("use_behind", 0)),
    (("again", 0), ("use_before", 0)),
    (("again", 0), ("use_behind", 0)),
    (("within", 0), ("place_in_word", 0)),
    (("within", 0), ("organization", 0)),
    (("within", 0), ("person", 0)),
    _window("within", -1, 0, 1),
    (("listed", 0), ("place_in_word", 0)),
    (("listed", 0), ("organization", 0), ("person", 0)),
    (("listed", 0), ("character", -1)),
    (("listed", 0), ("character", 1)),
)


# The templates, those of most parts first, to mix them part by part: which they are, and the place of each of the first
# parts of those that have it, of the second ones, of the third.
_ORDER = sorted(range(len(TEMPLATES)), key=lambda number: -len(TEMPLATES[number]))
_PARTS = [
    np.array([(CHANNELS.index(channel), WINDOW + offset) for channel, offset in parts]).T
    for turn in range(len(TEMPLATES[_ORDER[0]]))
    if (parts := [TEMPLATES[number][turn] for number in _ORDER if len(TEMPLATES[number]) > turn])
]
_SEEDS = np.array([(number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF for number in _ORDER], np.uint64)


def joined(texts: Sequence[Numbers]) -> tuple[Numbers, list[int]]:
    """The channels of several texts in one row, with room between them, and where each text begins in it."""
    room = np.full((len(CHANNELS), WINDOW), _NOTHING)
    starts = []
    at = WINDOW
    for text in texts:
        starts.append(at)
        at += text.shape[1] + WINDOW
    return np.concatenate([room, *(part for text in texts for part in (text, room))], axis=1), starts


def places(rows: Numbers) -> npt.NDArray[np.int64]:
    """For each template (row) and position of joined `rows` (column) the place of its feature, below 2 ** BITS.

    At the first and last positions, between texts, there is no feature: they get that of the window cut short.
    """
    size = rows.shape[1] - 2 * WINDOW
    # [channel, offset] -> what stands there around each position.
    channel, onward = rows.strides
    shape = (len(CHANNELS), 2 * WINDOW + 1, size)
    around = np.lib.stride_tricks.as_strided(rows, shape, (channel, onward, onward), writeable=False)
    mixed = np.empty((len(TEMPLATES), size), np.uint64)
    mixed[:] = _SEEDS[:, None]
    shifted = np.empty_like(mixed)
    for channels, offsets in _PARTS:
        turn = mixed[: len(channels)]
        turn ^= around[channels, offsets]
        turn *= np.uint64(0xFF51AFD7ED558CCD)
        turn ^= np.right_shift(turn, np.uint64(29), out=shifted[: len(channels)])
    mixed >>= np.uint64(64 - BITS)
    found = np.empty((len(TEMPLATES), size), np.int64)
    found[_ORDER] = mixed
    return found
