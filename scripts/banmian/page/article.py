"""The best reading of a set of lines as one article: which are headings, and in which order the body goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from banmian.page.kinds import Kinds
from banmian.page.lexicon import weighted
from banmian.page.links import Links
from banmian.page.order import Budget, Order, Orders

_MOST_READINGS = 8
_HOPELESS = 9.0
_FEW_READINGS = 2
_HEADINGS = ("kicker", "headline", "subheadline", "rubric", "byline")


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines read as one article: the kind of each, body lines in order, and the log odds of it all."""

    score: float
    kinds: tuple[tuple[int, str], ...]
    order: Order | None

    @property
    def body(self) -> tuple[int, ...]:
        return self.order.lines if self.order else ()

    @property
    def joins(self) -> tuple[tuple[int, int], ...]:
        return self.order.joins if self.order else ()


class Reader:
    """Reads sets of lines of one page as articles, each set once."""

    def __init__(self, links: Links, kinds: list[Kinds], budget: Budget) -> None:
        self.links = links
        self.kinds = kinds
        self.orders = Orders(links, budget)
        self._budget = budget
        self._known: dict[tuple[int, ...], Reading | None] = {}

    def read(self, lines: tuple[int, ...]) -> Reading | None:
        """The best reading of `lines` (ascending), None where they can't be one article."""
        if lines not in self._known:
            self._known[lines] = self._read(lines)
        return self._known[lines]

    def is_marked(self, line: int) -> bool:
        """Whether the line is a headline by its marks."""
        return self.kinds[line].keys() == {"headline"}

    def _read(self, lines: tuple[int, ...]) -> Reading | None:
        best: Reading | None = None
        for headline in self._headlines(lines):
            for kinds in self._readings(lines, headline):
                reading = self._score(lines, kinds)
                if best is None or reading.score > best.score:
                    best = reading
        return best

    def _headlines(self, lines: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The lines that may together be the headline."""
        marked = [line for line in lines if self.is_marked(line)]
        if marked:
            together = marked[-1] - marked[0] == len(marked) - 1
            return [tuple(marked)] if together else []
        return [(line,) for line in lines if "headline" in self.kinds[line]] + [()]

    def _readings(self, lines: tuple[int, ...], headline: tuple[int, ...]) -> Iterator[dict[int, str]]:
        options = {line: self._options(lines, line, headline) for line in lines}
        plain = _leads(self.links, lines) < 2 and self._budget.spend(len(lines))
        most = _MOST_READINGS if plain else _FEW_READINGS
        while _count(options) > most:
            widest = max(options, key=lambda line: len(options[line]))
            options[widest] = options[widest][:-1]
        for chosen in product(*options.values()):
            kinds = dict(zip(lines, chosen, strict=True))
            self._budget.spend(len(lines))
            if _consistent(lines, kinds):
                yield kinds

    def _options(self, lines: tuple[int, ...], line: int, headline: tuple[int, ...]) -> list[str]:
        """The kinds that the line may have beside this headline, the likeliest first."""
        if line in headline:
            return ["headline"]
        own = self.kinds[line]
        if len(own) == 1:
            return list(own)
        before = bool(headline) and headline[0] - 2 <= line < headline[0]
        after = bool(headline) and headline[-1] < line <= headline[-1] + 3
        at_edge = line in (lines[0], lines[-1])
        allowed = {
            "body": True,
            "kicker": before,
            "subheadline": after,
            "rubric": before or after or at_edge,
            "byline": after or at_edge or line == lines[-2],
            "crosshead": not at_edge,
        }
        best = max(own.values())
        options = [kind for kind in own if allowed.get(kind) and own[kind] > best - _HOPELESS]
        return sorted(options, key=lambda kind: (-own[kind], kind))

    def _score(self, lines: tuple[int, ...], kinds: dict[int, str]) -> Reading:
        body = tuple(line for line in lines if kinds[line] == "body")
        between = tuple(line for line in lines if kinds[line] != "body")
        order = self.orders.best(body, between) if body else None
        score = sum(self.kinds[line].get(kind, 0.0) for line, kind in kinds.items()) + (order.score if order else 0.0)
        score += weighted("article", self.article_features(lines, kinds, order))
        return Reading(score, tuple(kinds.items()), order)

    def article_features(self, lines: tuple[int, ...], kinds: dict[int, str], order: Order | None) -> dict[str, float]:
        """How well the heading fits the body and stands to it, and what the article lacks."""
        group = {kind: [line for line in lines if kinds[line] == kind] for kind in _HEADINGS}
        signed = bool(group["rubric"]) or any(self.kinds[line].keys() != {"byline"} for line in group["byline"])
        coverage = self.links.topics.coverage
        body = order.lines if order else ()
        prefix = "signed " if signed else ""
        features = {
            "no body": float(not body),
            "no headline": float(not group["headline"]),
            "headline second line": float(max(0, len(group["headline"]) - 1)),
            "signed": float(signed),
            "signed half": float(bool(group["rubric"]) != bool(group["byline"]) and signed),
            "one line": float(len(body) == 1),
            "crosshead astray": float(self._astray(lines, kinds)),
            "second subheadline": float(len(group["subheadline"]) > 1),
            "kicker and subheadline": float(bool(group["subheadline"] and group["kicker"])),
        }
        if group["headline"] and body:
            first = group["headline"][0]
            place = "first" if first < min(body) else "last" if first > max(body) else "inside"
            features[f"{prefix}headline {place}"] = 1.0
            features[f"{prefix}headline unmarked"] = float(not self.links.units[first].level)
            features["headline covered"] = coverage(first, body)
            features["headline covered by lead"] = coverage(first, body[:1])
        if body:
            features[f"{prefix}dateline"] = float(bool(self.links.units[body[0]].dateline))
            for kind in ("kicker", "subheadline"):
                features[f"{kind} covered"] = sum(coverage(line, body) for line in group[kind])
        return features

    def _astray(self, lines: tuple[int, ...], kinds: dict[int, str]) -> int:
        """How many crossheads do not stand between whole paragraphs."""
        astray = 0
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
            if kinds[line] == "crosshead":
                astray += not (kinds[before] == kinds[after] == "body" and not self.links.breaks_off(before))
        return astray


def _leads(links: Links, lines: tuple[int, ...]) -> int:
    """How many of the lines have a dateline: an article has one, so that more need no thorough look."""
    return sum(bool(links.units[line].dateline) for line in lines)


def _count(options: dict[int, list[str]]) -> int:
    count = 1
    for kinds in options.values():
        count *= len(kinds)
    return count


def _consistent(lines: tuple[int, ...], kinds: dict[int, str]) -> bool:
    """Whether the heading is one group (headline with kicker and subheadline at it) and parts come at most once."""
    found = [kinds[line] for line in lines]
    if any(found.count(kind) > most for kind, most in (("kicker", 2), ("subheadline", 2), ("rubric", 1))):
        return False
    group = [k for k, kind in enumerate(found) if kind in ("kicker", "headline", "subheadline")]
    if not group:
        return True
    inner = found[group[0] : group[-1] + 1]
    if any(kind not in ("kicker", "headline", "subheadline", "byline", "rubric") for kind in inner):
        return False
    marks = [kind for kind in inner if kind in ("kicker", "headline", "subheadline")]
    rank = {"kicker": 0, "headline": 1, "subheadline": 2}
    return [rank[kind] for kind in marks] == sorted(rank[kind] for kind in marks) and lines[group[-1]] - lines[
        group[0]
    ] == group[-1] - group[0]
