"""The picture of how a page was put in order: its lines at the left, its articles at the right, ribbons between.

Heights are pixels. What lies across is laid out by the template: three columns, the ribbons drawn in a width of 100.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Row = Mapping[str, Any]

# So many ribbons are drawn with the words of their lines; more are thin, and still more are those of one part only.
_WITH_WORDS, _MOST = 90, 320
_LINE, _TALLEST, _THIN = 18.0, 52.0, 2.5
# Pixels for a character, and for all the characters of a page of thin ribbons.
_CHARACTER, _ALL = 0.1, 1400.0
_GAP = 12.0
_WORDS = 40
# As tall as a ribbon must be to have words.
_ROOM = 15.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A fragment at its place in the order in which the articles are read; `head` says that it is of a headline.

    `text` is None where it is not shown.
    """

    start: int
    end: int
    line: int
    article: int
    paragraph: int | None
    head: bool
    text: str | None


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Fragments that follow each other in the file and in an article, from `line` to `last`.

    `left` and `right` are where it begins on each side, None at the right where it went into no article. `words` is the
    text that it begins with, `head` whether that is a headline, `room` whether it is tall enough to show. `place`
    counts the ribbons as they are read, from 1. `moved`: it has left its place among the others, which kept theirs.
    `joined`: the reading that joins it to the ribbon above at the right, in one paragraph.
    """

    start: int
    line: int
    last: int
    letter: str | None
    colour: str
    words: str
    room: bool
    head: bool
    height: float
    left: float
    right: float | None
    path: str
    place: int | None
    moved: bool
    joined: Row | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The ribbons in the order of the file, and the height of the picture; those are `thin` that lack words."""

    ribbons: Sequence[Ribbon]
    height: float
    thin: bool


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    line: int
    last: int
    article: int | None
    paragraph: int | None
    head: bool
    text: str
    size: int


def draw(
    placed: Sequence[Placed],
    loose: Iterable[Row],
    articles: Iterable[Row],
    letters: Mapping[int, str],
    colours: Mapping[int, str],
    readings: Iterable[Row],
    shown: frozenset[int] | set[int],
) -> tuple[Flow, bool]:
    """The picture of a page, and whether it is of the whole page: else only of the fragments that begin at `shown`."""
    loose = list(loose)
    runs, whole = _runs(placed, loose, 0), True
    if len(runs) > _WITH_WORDS:
        runs = _runs(placed, loose, 1)
    if len(runs) > _MOST:
        whole = False
        placed = [fragment for fragment in placed if fragment.start in shown]
        loose = [row for row in loose if row["start"] in shown]
        runs = _runs(placed, loose, 1)
    joins = {row["other_start"]: row for row in readings if row["kind"] == "join"}
    return _laid_out(runs, letters, colours, joins), whole


def _runs(placed: Sequence[Placed], loose: Iterable[Row], across: int) -> list[_Run]:
    """Fragments in the order in which they are read, those of one line in one run; with `across` of several lines."""
    follows: dict[int, int] = {}
    in_file = sorted(placed, key=lambda fragment: fragment.start)
    for one, next_one in pairwise(in_file):
        follows[one.start] = next_one.start
    runs: list[_Run] = []
    before: Placed | None = None
    for fragment in placed:
        goes_on = before is not None and before.article == fragment.article
        if (
            before
            and goes_on
            and follows.get(before.start) == fragment.start
            and (across or before.line == fragment.line)
        ):
            runs[-1].end, runs[-1].last = fragment.end, fragment.line
            runs[-1].text += fragment.text or ""
            runs[-1].paragraph = fragment.paragraph
            runs[-1].size += fragment.end - fragment.start
        else:
            size = fragment.end - fragment.start
            here = (fragment.line, fragment.line, fragment.article, fragment.paragraph, fragment.head)
            runs.append(_Run(fragment.start, fragment.end, *here, fragment.text or "", size))
        before = fragment
    for row in loose:
        size = row["end"] - row["start"]
        runs.append(_Run(row["start"], row["end"], row["line"], row["line"], None, None, False, "", size))
    return runs


def _laid_out(
    runs: Sequence[_Run], letters: Mapping[int, str], colours: Mapping[int, str], joins: Mapping[int, Row]
) -> Flow:
    words = len(runs) <= _WITH_WORDS
    scale = _CHARACTER if words else _ALL / max(1, sum(run.size for run in runs))
    least, most = (_LINE, _TALLEST) if words else (_THIN, _ALL)
    heights = {run.start: min(most, max(least, run.size * scale)) for run in runs}
    right, height = _right_side(runs, heights)
    in_file = sorted(runs, key=lambda run: run.start)
    # The left side is stretched to the length of the right one.
    gap = max(0.0, height - sum(heights.values())) / max(1, len(runs) - 1)
    left, at = {}, 0.0
    for run in in_file:
        left[run.start] = at
        at += heights[run.start] + gap
    stays = _kept([run.start for run in runs if run.article is not None])
    places = {run.start: place for place, run in enumerate(runs, 1)}
    above = dict(zip((run.start for run in runs[1:]), runs, strict=False))
    ribbons = []
    for run in in_file:
        tall, to, before = heights[run.start], right.get(run.start), above.get(run.start)
        in_one = before is not None and before.paragraph is not None and before.paragraph == run.paragraph
        ribbons.append(
            Ribbon(
                start=run.start,
                line=run.line,
                last=run.last,
                letter=None if run.article is None else letters[run.article],
                colour="loose" if run.article is None else colours[run.article],
                words=run.text[:_WORDS],
                room=tall >= _ROOM,
                head=run.head,
                height=round(tall, 1),
                left=round(left[run.start], 1),
                right=None if to is None else round(to, 1),
                path="" if to is None else _path(left[run.start], to, tall),
                place=None if to is None else places[run.start],
                moved=to is not None and run.start not in stays,
                joined=joins.get(run.start) if in_one else None,
            )
        )
    return Flow(ribbons, round(max(height, at) + 1, 1), not words)


def _right_side(runs: Iterable[_Run], heights: Mapping[int, float]) -> tuple[Mapping[int, float], float]:
    """Where each run of an article begins at the right, and where the last one ends."""
    right: dict[int, float] = {}
    at, article = 0.0, None
    for run in runs:
        if run.article is not None:
            at += _GAP if article is not None and run.article != article else 0.0
            right[run.start] = at
            at += heights[run.start]
            article = run.article
    return right, at


def _kept(starts: Sequence[int]) -> frozenset[int]:
    """As many of `starts` as possible that stand in their order: the others were moved."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for start in starts:
        place = bisect_left(ends, start)
        before[start] = ends[place - 1] if place else None
        ends[place : place + 1] = [start]
    kept, at = set(), ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return frozenset(kept)


def _path(left: float, right: float, height: float) -> str:
    a, b, c, d = (f"{y:.1f}" for y in (left, right, right + height, left + height))
    return f"M0 {a}C50 {a} 50 {b} 100 {b}V{c}C50 {c} 50 {d} 0 {d}Z"
