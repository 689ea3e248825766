"""The best reading of a set of lines as one article: which are headings, and in which order the body goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product, takewhile
from math import prod
from operator import itemgetter

from banmian.page.budget import Budget
from banmian.page.kinds import Kinds
from banmian.page.lexicon import weighted
from banmian.page.links import Links
from banmian.page.order import Order, Orders
from banmian.words.span_kinds import ABOVE, BELOW, SPAN_KINDS

_MOST_READINGS = 8
_ALL_READINGS = 64
_HOPELESS = 9.0
_FEW_READINGS = 2
_READING_STEPS = 30
_HEADINGS = tuple(name for name, kind in SPAN_KINDS.items() if kind.heading)
_MOST = tuple((name, kind.most) for name, kind in SPAN_KINDS.items() if kind.most is not None)
_RANKS = {name: rank for rank, name in enumerate((*ABOVE, "headline", *BELOW))}
_IN_HEADING = frozenset(_HEADINGS)


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines read as one article: the kind of each, body lines in order, and the log odds of it all.

    `crossheads` says before which body line each stands (None: after the last), where an editor's word decides it.
    """

    score: float
    kinds: tuple[tuple[int, str], ...]
    body: tuple[int, ...]
    joins: tuple[tuple[int, int], ...]
    crossheads: tuple[tuple[int, int | None], ...] = ()


class Reader:
    """Reads sets of lines of one page as articles, each set once."""

    def __init__(self, links: Links, kinds: list[Kinds], budget: Budget) -> None:
        self.links = links
        self.kinds = kinds
        self.orders = Orders(links, budget)
        self._budget = budget
        self._marked = frozenset(line for line, own in enumerate(kinds) if own.keys() == {"headline"})
        self._sole = {line: list(own) for line, own in enumerate(kinds) if len(own) == 1}
        self._known_options: dict[tuple[int, bool, bool, bool, bool], list[str]] = {}
        self._pairs: dict[tuple[int, str], tuple[int, str]] = {}
        self._known: dict[tuple[tuple[int, ...], bool], Reading | None] = {}

    def read(self, lines: tuple[int, ...], thorough: bool = False) -> Reading | None:
        """The best reading of `lines` (ascending), None where they can't be one article.

        `thorough` weighs more kinds of lines and more orders.
        """
        if (lines, thorough) not in self._known:
            self._known[lines, thorough] = self._read(lines, thorough)
        return self._known[lines, thorough]

    def as_told(self, kinds: Sequence[tuple[int, str]], body: tuple[int, ...]) -> Reading:
        """The lines of these kinds (ascending) as one article with its text in this order, and what that scores."""
        lines, own = tuple(line for line, _ in kinds), dict(kinds)
        headings = frozenset(line for line, kind in kinds if kind != "body")
        score = self._score_of(lines, own, self.orders.of(body, headings))
        return Reading(score, tuple(kinds), body, self.orders.joins(body, headings))

    def at_worst(self, lines: Sequence[int]) -> Reading:
        """The lines (ascending) as one article whatever stands against it: all text that may be, in file order."""
        named = [(line, self.kinds[line]) for line in lines]
        kinds = [(line, "body" if "body" in own else max(own, key=own.__getitem__)) for line, own in named]
        return self.as_told(kinds, tuple(line for line, kind in kinds if kind == "body"))

    def other_orders(self, reading: Reading) -> Iterator[tuple[float, Reading]]:
        """For each link of the reading the best one without it, its kinds kept, and how much less that scores."""
        lines, kinds = tuple(line for line, _ in reading.kinds), dict(reading.kinds)
        headings = tuple(line for line in lines if kinds[line] != "body")
        if len(reading.body) < 2:
            return
        own = self.orders.best(tuple(sorted(reading.body)), headings, thorough=True)
        for link in pairwise(reading.body):
            order = self.orders.without(tuple(sorted(reading.body)), headings, link)
            if order is None:
                continue
            change = self._fitness(lines, kinds, order.lines) - self._fitness(lines, kinds, reading.body)
            joins = self.orders.joins(order.lines, frozenset(headings))
            yield own.score - order.score - change, Reading(reading.score, reading.kinds, order.lines, joins)

    def _fitness(self, lines: tuple[int, ...], kinds: dict[int, str], body: tuple[int, ...]) -> float:
        return weighted("article", self.article_features(lines, kinds, body))

    def is_marked(self, line: int) -> bool:
        """Whether the line can only be a headline: by its marks, its form, or because an editor says so."""
        return line in self._marked

    def fitness(self, kinds: Sequence[tuple[int, str]], body: tuple[int, ...]) -> float:
        """How well lines of these kinds (ascending) with their text in this order make an article."""
        return self._fitness(tuple([line for line, _ in kinds]), dict(kinds), body)

    def _read(self, lines: tuple[int, ...], thorough: bool) -> Reading | None:
        scored = [
            (*self._score(lines, kinds, thorough), kinds)
            for headline in self._headlines(lines)
            for kinds in self._readings(lines, headline, thorough)
        ]
        if not scored:
            return None
        score, body, kinds = max(scored, key=itemgetter(0))
        headings = frozenset(line for line in lines if kinds[line] != "body")
        # What many readings have in common is kept once.
        own = tuple([self._pairs.setdefault(pair, pair) for pair in kinds.items()])
        return Reading(score, own, body, self.orders.joins(body, headings))

    def _headlines(self, lines: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The lines that may together be the headline."""
        marked = [line for line in lines if line in self._marked]
        if marked:
            together = marked[-1] - marked[0] == len(marked) - 1
            return [tuple(marked)] if together else []
        found = [(line,) for line in lines if "headline" in self.kinds[line]]
        few = self._budget.scarce or self._budget.spent
        return [*(found[:_FEW_READINGS] if few else found), ()]

    def _readings(self, lines: tuple[int, ...], headline: tuple[int, ...], thorough: bool) -> Iterator[dict[int, str]]:
        options = {line: self._sole.get(line) or self._options(lines, line, headline) for line in lines}
        # An article has one dateline: more need no thorough look.
        plain = len(self.links.leads.intersection(lines)) < 2 and self._budget.spend(len(lines))
        most = (_ALL_READINGS if thorough else _MOST_READINGS) if plain else _FEW_READINGS
        _narrow(options, most)
        first = {line: own[0] if own else "" for line, own in options.items()}
        varied = [line for line in lines if len(options[line]) != 1]
        for chosen in product(*[options[line] for line in varied]):
            kinds = first | dict(zip(varied, chosen, strict=True))
            self._budget.spend(_READING_STEPS + len(lines))
            others = [(line, kind) for line, kind in kinds.items() if kind != "body"]
            if _consistent(others) or self._consistent_as_stated(others):
                yield kinds

    def _consistent_as_stated(self, kinds: Sequence[tuple[int, str]]) -> bool:
        """Whether it is so without what an editor put beside the headline, wherever that stands."""
        stated = self.links.rulings.kinds
        others = [(line, kind) for line, kind in kinds if line not in stated or kind == "headline"]
        return len(others) < len(kinds) and _consistent(others)

    def _options(self, lines: tuple[int, ...], line: int, headline: tuple[int, ...]) -> list[str]:
        """The kinds that the line may have beside this headline, the likeliest first."""
        if line in headline:
            return ["headline"]
        before = bool(headline) and headline[0] - 2 <= line < headline[0]
        after = bool(headline) and headline[-1] < line <= headline[-1] + 3
        at_edge = line in (lines[0], lines[-1])
        where = line, before, after, at_edge, at_edge or line == lines[-2]
        if where not in self._known_options:
            self._known_options[where] = self._options_at(*where)
        return self._known_options[where]

    def _options_at(self, line: int, before: bool, after: bool, at_edge: bool, near_edge: bool) -> list[str]:
        own = self.kinds[line]
        allowed = {
            "body": True,
            **dict.fromkeys(ABOVE, before),
            **dict.fromkeys(BELOW, after),
            "rubric": before or after or at_edge,
            "byline": after or near_edge,
            "crosshead": not at_edge,
        }
        best = max(own.values())
        options = [kind for kind in own if allowed.get(kind) and own[kind] > best - _HOPELESS]
        return sorted(options, key=lambda kind: (-own[kind], kind))

    def _score(self, lines: tuple[int, ...], kinds: dict[int, str], thorough: bool) -> tuple[float, tuple[int, ...]]:
        """What this reading scores, and its body in the best order."""
        body = tuple([line for line in lines if kinds[line] == "body"])
        between = tuple([line for line in lines if kinds[line] != "body"])
        order = self.orders.best(body, between, thorough) if body else Order(0.0, ())
        return self._score_of(lines, kinds, order), order.lines

    def _score_of(self, lines: tuple[int, ...], kinds: dict[int, str], order: Order) -> float:
        score = sum([self.kinds[line].get(kind, 0.0) for line, kind in kinds.items()]) + order.score
        score += self.links.rulings.on_lines(lines)
        return score + self._fitness(lines, kinds, order.lines)

    def article_features(
        self, lines: tuple[int, ...], kinds: dict[int, str], body: tuple[int, ...]
    ) -> dict[str, float]:
        """How well the heading fits the body and stands to it, and what the article lacks. `body` in reading order."""
        group: dict[str, list[int]] = {kind: [] for kind in _HEADINGS}
        crossed = False
        for line, kind in kinds.items():
            if kind in group:
                group[kind].append(line)
            crossed = crossed or kind == "crosshead"
        headline, byline = group["headline"], group["byline"]
        signed = bool(group["rubric"]) or any(self.kinds[line].keys() != {"byline"} for line in byline)
        features = {
            "no body": float(not body and "caption" not in kinds.values()),
            "no headline": float(not headline and not (body and self.links.units[body[0]].resumes)),
            "headline second line": float(max(0, len(headline) - 1)),
            "signed": float(signed),
            "signed half": float(bool(group["rubric"]) != bool(byline) and signed),
            "one line": float(len(body) == 1),
            "crosshead astray": float(self._astray(lines, kinds)) if crossed else 0.0,
            "second subheadline": float(len(group["subheadline"]) > 1),
            "kicker and subheadline": float(bool(group["subheadline"] and group["kicker"])),
        }
        if body:
            if crossed:
                features["crosshead covered"] = sum(self._covered(lines, kinds))
                features["crosshead between strangers"] = float(self._strangers(lines, kinds))
            features |= self._fit(group, body, "signed " if signed else "")
        return features

    def _fit(self, group: dict[str, list[int]], body: tuple[int, ...], prefix: str) -> dict[str, float]:
        """How well the headings fit the body, and where they stand to it."""
        coverage = self.links.topics.coverage
        features = {}
        if group["headline"]:
            first = group["headline"][0]
            place = "first" if first < min(body) else "last" if first > max(body) else "inside"
            features[f"{prefix}headline {place}"] = 1.0
            features[f"headline {place}, in order"] = self.links.in_order
            features[f"{prefix}headline unmarked"] = float(not self.links.units[first].level)
            features["headline covered"] = coverage(first, body)
            features["headline covered by lead"] = coverage(first, body[:1])
            likenesses = self.links.topics.likenesses(first)
            found = [likenesses[line] for line in body]
            features["headline in lines"] = sum(found) * 10
            features["lines without headline"] = float(found.count(0.0))
        features[f"{prefix}dateline"] = float(bool(self.links.units[body[0]].dateline))
        for kind in (*ABOVE, *BELOW):
            features[f"{kind} covered"] = sum([coverage(line, body) for line in group[kind]])
        return features

    def _covered(self, lines: tuple[int, ...], kinds: dict[int, str]) -> Iterator[float]:
        """Of each crosshead the share that the lines below it take up, up to the next one."""
        for at, line in enumerate(lines):
            if kinds[line] == "crosshead":
                below = list(takewhile(lambda other: kinds[other] == "body", lines[at + 1 :]))
                yield self.links.topics.coverage(line, below)

    def _strangers(self, lines: tuple[int, ...], kinds: dict[int, str]) -> int:
        """How many crossheads stand between lines that have not one pair of characters in common."""
        likeness = self.links.topics.likeness_around
        return sum(
            kinds[line] == "crosshead" and kinds[above] == kinds[below] == "body" and not likeness(above, below)
            for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        )

    def _astray(self, lines: tuple[int, ...], kinds: dict[int, str]) -> int:
        """How many crossheads do not stand between whole paragraphs, or between a heading and one."""
        astray = 0
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
            if kinds[line] == "crosshead":
                below = kinds[before] != "body" or not self.links.breaks_off(before)
                astray += not (below and kinds[after] in ("body", "crosshead"))
        return astray


def _narrow(options: dict[int, list[str]], most: int) -> None:
    """Leave unlikely kinds out of `options`, of lines that may be most things first, until so many ways are left."""
    count = prod(map(len, options.values()))
    for size in range(max(map(len, options.values())), 1, -1):
        for line, own in options.items():
            if count <= most:
                return
            if len(own) == size:
                options[line] = _without_last(own)
                count = count // size * (size - 1)


def _without_last(options: list[str]) -> list[str]:
    """The options of a line without the unlikeliest; that it is body stays."""
    last = options[-2] if options[-1] == "body" else options[-1]
    return [option for option in options if option != last]


def _consistent(kinds: Sequence[tuple[int, str]]) -> bool:
    """Whether the heading is one group (headline with kicker and subheadline at it) and parts come at most once.

    `kinds` has those of all lines that are no body.
    """
    found = [kind for _, kind in kinds]
    if len(found) > 1 and any(found.count(kind) > most for kind, most in _MOST):
        return False
    group = [(line, _RANKS[kind]) for line, kind in kinds if kind in _RANKS]
    if len(group) < 2:
        return True
    first, last = group[0][0], group[-1][0]
    if sum([first <= line <= last and kind in _IN_HEADING for line, kind in kinds]) <= last - first:
        return False
    ranks = [rank for _, rank in group]
    return ranks == sorted(ranks)
