"""How far a choice of the page stage can be trusted, and what tells of it.

The confidence of a choice is the share of those like it that were right on pages of which the right reading is known:
logistic regression on the features below. train/certainty.py learns its weights, those of weights.txt that begin with
`certain`, and from which confidence on a choice is called certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from math import exp, log1p

from banmian.page.article import Reader, Reading
from banmian.page.broken import begins_inside, breaks, ends_inside
from banmian.page.crossheads import closes_article, heading_features, marks_of, opens_article
from banmian.page.kinds import crosshead_family
from banmian.page.lexicon import weighted, weights
from banmian.page.links import Links
from banmian.page.marks import Seam
from banmian.page.rivals import Rivals
from banmian.page.topic import Topics

_FAR = 12.0
_CLOSE = 2.0

Features = dict[str, float]


class Trust:
    """What tells how far the links and headings of a solved page can be trusted."""

    def __init__(self, readings: Sequence[Reading], reader: Reader, rivals: Rivals) -> None:
        self._reader = reader
        self._links = reader.links
        self._rivals = rivals
        self._marks = marks_of(self._links.units)
        margins = [
            margin if margin is not None else _FAR
            for reading in readings
            for margin in (self._margin(reading, *link) for link in pairwise(reading.body))
        ]
        self._close = sum(margin < _CLOSE for margin in margins) / max(1, len(margins))
        self._broken = sum(breaks(self._links, reading) for reading in readings) / max(1, len(readings))

    def of_link(self, reading: Reading, left: int, right: int) -> Features:
        """Of the link from `left` to `right`, neighbours in the reading's body."""
        links, is_next = self._links, float(right == left + 1)
        crossing, unit = links.crossing(left, right), links.units[left]
        return {
            **self._lead(self._margin(reading, left, right)),
            "score": _bounded(self._reader.orders.free_link(left, right)),
            "next": is_next,
            "next in order": is_next * links.in_order,
            "dictionary": min(crossing.gain, _FAR) / _FAR,
            "fluency": crossing.fluency,
            "fits": _bounded(links.fits(left, right)),
            "set": _bounded(unit.goes_on) * is_next,
            "stays": _bounded(unit.stays) * is_next,
            f"stop {links.sides[left].stop}": 1.0,
            "likeness": links.topics.likeness(left, right) * 10,
            "likeness around": links.topics.likeness_around(left, right) * 10,
            **self._of_article(reading),
        }

    def of_heading(self, reading: Reading, line: int, kind: str) -> Features:
        """Of a line that the reading takes for a heading or byline of this kind."""
        own = self._reader.kinds[line]
        others = [odds for other, odds in own.items() if other != kind]
        topics = self._links.topics
        return {
            **self._lead(self._rivals.heading(line, kind).margin),
            **self._of_article(reading),
            "one line": float(len(reading.body) == 1),
            "no text": float(not reading.body),
            "inside": float(bool(reading.body) and min(reading.body) < line < max(reading.body)),
            "below": float(bool(reading.body) and line > max(reading.body)),
            "marked": float(self._reader.is_marked(line)),
            "hashed": float(bool(self._links.units[line].level)),
            "bold": float(self._links.units[line].bold),
            "coverage": topics.coverage(line, reading.body) if reading.body else 0.0,
            "coverage below": topics.coverage(line, list(_below(reading, line))),
            "strangers": float(_strangers(topics, reading, line)),
            **self._of_line(line),
            "form": _bounded(own.get(kind, 0.0) - max(others)) if others else 0.0,
            "sole form": float(not others),
            kind: 1.0,
        }

    def _of_line(self, line: int) -> Features:
        """What stands around a heading, asked whether or not the search did."""
        units = self._links.units
        if not 0 < line < len(units) - 1:
            return {"at edge of page": 1.0}
        around = heading_features(units, line, self._marks, self._links.topics)
        return {
            "as crosshead": _bounded(weighted(crosshead_family(units[line]), around)),
            "led": float(opens_article(units[line + 1])),
            "after end": float(closes_article(units[line - 1])),
        }

    def of_edge(self, reading: Reading, line: int, margin: float | None) -> Features:
        """Of a line in the midst of a sentence with which the text of the reading begins or ends; its `margin`."""
        side = self._links.sides[line]
        return {
            **self._lead(margin),
            **self._of_article(reading),
            f"stop {side.stop}": 1.0,
            "dangles": float(side.dangles),
            "start": side.start,
            "end": side.end,
            "one line": float(len(reading.body) == 1),
        }

    def _of_article(self, reading: Reading) -> Features:
        margins = [self._margin(reading, *link) for link in pairwise(reading.body)]
        weakest = max(0.0, min([margin for margin in margins if margin is not None], default=_FAR))
        lines = sorted(line for line, _ in reading.kinds)
        return {
            "article margin": min(weakest, _FAR),
            "article near": log1p(min(weakest, _FAR)),
            "article broken": float(breaks(self._links, reading)),
            "article apart": float(lines[-1] - lines[0] >= len(lines)),
            "no headline": float("headline" not in dict(reading.kinds).values()),
            "breaks inside": float(sum(_breaks_inside(self._links, reading))),
        }

    def _margin(self, reading: Reading, left: int, right: int) -> float | None:
        return self._rivals.link(left, right, (left, right) in reading.joins).margin

    def _lead(self, lead: float | None) -> Features:
        margin = _FAR if lead is None else max(0.0, min(lead, _FAR))
        return {
            "margin": margin,
            "margin near": log1p(margin),
            "noisy": float(self._links.noisy),
            "noisy margin": margin * self._links.noisy,
            "page close": self._close,
            "page broken": self._broken,
            "page in order": self._links.in_order,
        }


def of_seam(seam: Seam) -> Features:
    """Of two printed lines that were put together because the page is set so."""
    return {"score": seam.score, **{name: _bounded(odds) for name, odds in seam.odds}}


def confidence_of(kind: str, features: Mapping[str, float]) -> tuple[float, bool]:
    """The confidence of a choice of this kind (join, move, heading, crosshead, seam), and whether that is certain."""
    confidence = round(1 / (1 + exp(-weighted(f"certain {kind}", features))), 4)
    return confidence, confidence >= weights()[f"certain {kind} from"]


def family_of(kind: str) -> str:
    """The weights by which a heading of this kind is trusted."""
    return "crosshead" if kind == "crosshead" else "heading"


def _bounded(odds: float) -> float:
    return max(-_FAR, min(odds, _FAR))


def _breaks_inside(links: Links, reading: Reading) -> Iterator[bool]:
    """Of the paragraphs of a reading, whether one ends and the next begins in the midst of a sentence."""
    joins = frozenset(reading.joins)
    for left, right in pairwise(reading.body):
        if (left, right) not in joins:
            yield ends_inside(links, left) or begins_inside(links, right)


def _below(reading: Reading, line: int) -> Sequence[int]:
    """The text below a line of the reading, up to its next heading."""
    below = [(other, kind) for other, kind in reading.kinds if other > line]
    return [other for other, _ in takewhile(lambda one: one[1] == "body", below)]


def _strangers(topics: Topics, reading: Reading, line: int) -> bool:
    """Whether the line stands between lines of text that have nothing in common."""
    above = max((other for other in reading.body if other < line), default=None)
    below = min((other for other in reading.body if other > line), default=None)
    return above is not None and below is not None and not topics.likeness_around(above, below)
