"""Curves over time as the server draws them: which times there are, and where each point stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

# What a time is, with the characters of a date that tell it.
UNITS = {"year": 4, "month": 7, "day": 10}
# A picture with more times than this shows the latest of them; the next longer unit is chosen before that.
MOST_TIMES = 160
_MOST_DAYS = 92
# The form of each curve's points, around 0 0: a disc, a square, a triangle, a rhomb, a triangle on its head.
MARKS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "M-3.7-3.7h7.4v7.4h-7.4z",
    "M0-5L5 4H-5z",
    "M0-5.4L5.4 0 0 5.4-5.4 0z",
    "M0 5L5-4H-5z",
)
_LABELS = 8
_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 4
# In the units of the picture: all of it, and what is left of and below the curves.
WIDTH, HEIGHT = 960, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 16, 32


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn: its name, and its value at each time that the archive has articles of."""

    name: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Point:
    """The value at a time, and where it stands."""

    time: str
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A curve: its points, and the lines through them (`M x y L x y …`), apart where the archive has nothing."""

    name: str
    points: Sequence[Point]
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines between the two axes: `ticks` are values with their y, `labels` times with their x.

    `nothing` are x and width of the stretches of time that the archive has nothing of.
    """

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: Sequence[Line]
    ticks: Sequence[tuple[str, float]]
    labels: Sequence[tuple[str, float]]
    nothing: Sequence[tuple[float, float]]


def unit_for(first: str, last: str, asked: str = "") -> str:
    """The unit of time (year, month, day) for days from `first` to `last`: the `asked` one, or longer ones if too many.

    Without an asked one: days for a quarter of a year, months for some years, years beyond.
    """
    if not first or not last or first > last:
        return asked or "month"
    most = {"day": MOST_TIMES if asked == "day" else _MOST_DAYS, "month": MOST_TIMES}
    units = list(UNITS)[::-1]
    for unit in units[units.index(asked) if asked else 0 :]:
        if unit not in most or _number(last, unit, True) - _number(first, unit, False) < most[unit]:
            return unit
    return "year"


def times_between(first: str, last: str, unit: str) -> list[str]:
    """Every time from `first` to `last`, both times of this unit, both included."""
    numbers = range(_number(first, unit, False), _number(last, unit, True) + 1)
    if unit == "day":
        return [date.fromordinal(number).isoformat() for number in numbers]
    return [f"{number:04}" if unit == "year" else f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def draw(times: Sequence[str], curves: Sequence[Curve], printed: Collection[str]) -> Picture:
    """The picture of `curves` over `times`, of which the archive has articles of those that are `printed`."""
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    step = width / len(times)
    x = {time: round(_LEFT + (place + 0.5) * step, 1) for place, time in enumerate(times)}
    ticks = _ticks([curve.values[time] for curve in curves for time in times if time in curve.values])

    def y(value: float) -> float:
        return round(_TOP + height * (1 - value / ticks[-1]), 1)

    def line(curve: Curve) -> Line:
        points = [Point(t, curve.values[t], x[t], y(curve.values[t])) for t in times if t in curve.values]
        drawn = {point.time: f"{point.x} {point.y}" for point in points}
        runs = [[drawn[t] for t in run] for there, run in groupby(times, drawn.__contains__) if there]
        return Line(curve.name, points, " ".join("M" + "L".join(run) for run in runs))

    gaps = [list(run) for there, run in groupby(times, lambda time: time in printed) if not there]
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        bottom=HEIGHT - _BOTTOM,
        lines=[line(curve) for curve in curves],
        ticks=[(f"{tick:g}", y(tick)) for tick in ticks],
        labels=[(time, x[time]) for time in times[:: -(-len(times) // _LABELS)]],
        nothing=[(round(x[run[0]] - step / 2, 1), round(len(run) * step, 1)) for run in gaps],
    )


def _number(day: str, unit: str, is_last: bool) -> int:
    """A day, or a month or year for its first or last day, as a number that counts units."""
    year, month = int(day[:4]), int(day[5:7] or (12 if is_last else 1))
    if unit == "day":
        last = 28 if month == 2 else 30
        return date(year, month, int(day[8:] or (last if is_last else 1))).toordinal()
    return year if unit == "year" else year * 12 + month - 1


def _ticks(values: Sequence[float]) -> Sequence[float]:
    """Round numbers from 0 to the first that is not below any of `values`: whole ones where these all are whole."""
    most, are_whole = max(values, default=0), all(isinstance(value, int) for value in values)
    size = 1.0
    while not are_whole and size * _TICKS > most > 0:
        size /= 10
    while size * _TICKS * _STEPS[-1] < most:
        size *= 10
    steps = [size * factor for factor in _STEPS if not are_whole or (size * factor).is_integer()]
    step = next((step for step in steps if step * _TICKS >= most), size)
    return [round(step * place, 9) for place in range(_TICKS + 1)]
