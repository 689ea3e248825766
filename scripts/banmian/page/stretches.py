"""The best split of a page into stretches of one article each, by an exact search over all of its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from banmian.page.article import Reader, Reading
from banmian.page.budget import Budget
from banmian.words.span_kinds import HEADS

_LONGEST_ARTICLE = 45
_SHORTER_ARTICLE = 16
# Where steps are scarce an article of more lines is looked at if it begins with a lead or what is likely a heading (is
# surely one where they are used up), else with every so many lines.
_BRIEF_ARTICLE, _BRIEFEST_ARTICLE, _EVERY = 6, 3, 8
_MOST_HEADLINES = 4
_SURE_JOIN, _LIKELY_JOIN = 6.0, 0.0
_IMPOSSIBLE = float("-inf")

Score = Callable[[Sequence[Reading]], float]


@dataclass(frozen=True, slots=True)
class Split:
    """The articles of the best split, and every stretch looked at with the score of the best page that has it.

    From the line `simply_from` on the search had to leave out what is unlikely; None: nowhere.
    """

    readings: tuple[Reading, ...]
    rivals: tuple[tuple[float, Reading], ...]
    simply_from: int | None


def split(reader: Reader, score: Score, budget: Budget) -> Split:
    """The best split of all lines of the reader's page; `score` is that of some articles of the page."""
    count = len(reader.kinds)
    best: list[tuple[float, int, Reading | None]] = [(0.0, 0, None)]
    looked: list[tuple[int, int, float, Reading]] = []
    likely = _divisions(reader, _LIKELY_JOIN)
    possible = _divisions(reader, _SURE_JOIN) | likely
    simply_from = None
    for end in range(1, count + 1):
        if budget.spent and simply_from is None:
            simply_from = end - 1
        options: list[tuple[float, int, Reading | None]] = [(_IMPOSSIBLE, 0, None)]
        for begin, reading in _ending(reader, end, likely if budget.spent else possible, budget):
            if best[begin][0] > _IMPOSSIBLE:
                own = score([reading])
                looked.append((begin, end, own, reading))
                options.append((best[begin][0] + own, begin, reading))
        if len(options) == 1 and (end in likely or end == count):
            # Some line between the two places at which an article may begin can be nothing that is of one article.
            begin = max(at for at in range(end) if best[at][0] > _IMPOSSIBLE)
            reading = reader.at_worst(range(begin, end))
            looked.append((begin, end, score([reading]), reading))
            options.append((best[begin][0] + score([reading]), begin, reading))
        best.append(max(options, key=lambda option: (option[0], option[1])))
    return Split(_path(best), tuple(_with_rest(best, looked)), simply_from)


def _ending(reader: Reader, end: int, allowed: frozenset[int], budget: Budget) -> Iterator[tuple[int, Reading]]:
    """The stretches before the line `end` that can be an article, the shortest first; `allowed` is where any divide."""
    longest = _SHORTER_ARTICLE if budget.spent else _LONGEST_ARTICLE
    brief = _BRIEFEST_ARTICLE if budget.spent else _BRIEF_ARTICLE if budget.scarce else longest
    for begin in range(end - 1, max(-1, end - 1 - longest), -1) if end in allowed else ():
        if begin not in allowed or (end - begin > brief and not _opens(reader, begin, budget.spent)):
            continue
        reading = reader.read(tuple(range(begin, end)))
        if reading is not None:
            yield begin, reading
        elif sum(reader.is_marked(line) for line in range(begin, end)) > _MOST_HEADLINES:
            break


def _opens(reader: Reader, line: int, surely: bool) -> bool:
    own = reader.kinds[line]
    heading = reader.is_marked(line) if surely else max(own, key=own.__getitem__) in HEADS
    return heading or line % _EVERY == 0 or line in reader.links.leads


def _path(best: Sequence[tuple[float, int, Reading | None]]) -> tuple[Reading, ...]:
    readings: list[Reading] = []
    at = len(best) - 1
    while at > 0:
        _, begin, reading = best[at]
        if reading is None:
            raise AssertionError(f"no reading of the page ends at line {at}")
        readings.append(reading)
        at = begin
    return tuple(readings[::-1])


def _with_rest(
    best: Sequence[tuple[float, int, Reading | None]], looked: Sequence[tuple[int, int, float, Reading]]
) -> Iterator[tuple[float, Reading]]:
    """Each stretch with the score of the best split that has it."""
    after = [_IMPOSSIBLE] * len(best)
    after[-1] = 0.0
    for begin, end, own, _ in reversed(looked):
        after[begin] = max(after[begin], own + after[end])
    for begin, end, own, reading in looked:
        if after[end] > _IMPOSSIBLE:
            yield best[begin][0] + own + after[end], reading


def _divisions(reader: Reader, sure: float) -> frozenset[int]:
    """The lines before which an article may end: not inside a sentence that goes on as surely as `sure`.

    At least one of so many lines is one, so that a page without any can be divided too.
    """
    found, last = {0}, 0
    for at in range(1, len(reader.kinds) + 1):
        if at - last == _SHORTER_ARTICLE or _may_divide(reader, at, sure):
            found.add(at)
            last = at
    return frozenset(found)


def _may_divide(reader: Reader, at: int, sure: float) -> bool:
    if at == len(reader.kinds) or "body" not in reader.kinds[at - 1] or "body" not in reader.kinds[at]:
        return True
    return not (reader.links.breaks_off(at - 1) and reader.links.score(at - 1, at, "next") > sure)
