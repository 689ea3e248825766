"""The best reading of a page whose columns were read one after the other, each with parts of several articles.

From top to bottom a column holds the next part of each article that is set over it: of those that stood in the column
before, in the same order, and new ones. Line by line the search keeps the likeliest ways to deal the page out (a beam):
a line goes on in its article, goes on with one further down or, in the next column, with one further up, or begins
another. An article that a column passes over is over. How much each of these counts are the rows `dealt` of
weights.txt; how well lines go on in each other, and what they may be, is weighed as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from banmian.page.article import Reader, Reading
from banmian.page.lexicon import weighted, weights
from banmian.words.span_kinds import ABOVE, BELOW, SPAN_KINDS

_WAYS, _MOST_STEPS = 80, 6000
# By so many lines a text is compared with an article: those that go on from its first, and the article's last ones.
_AHEAD, _RECENT = 3, 8
# What it costs at most that an article is left in the midst of a sentence, as long as a later column may go on with it.
_LEFT_OPEN = -0.7
_RETURNING = 8.0
# A return as seen by Links: the place that costs least.
_RETURN = "backward"
_RANKS = {name: rank for rank, name in enumerate((*ABOVE, "headline", *BELOW))}


@dataclass(frozen=True, slots=True, eq=False)
class _Article:
    """The lines of an article so far.

    `own` is what its kinds, links and beginning score, `worth` that with how its heading fits its text.
    """

    kinds: tuple[tuple[int, str], ...]
    body: tuple[int, ...]
    joins: tuple[tuple[int, int], ...]
    own: float
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """A way to deal out the lines so far.

    `order` has the articles from top to bottom of the page, `seen` those of the column, `over` those that are over,
    `now` is that of the last line, `top` the one with which the column began, `below` what stood below each when it was
    last left. `score` is that of all articles, those that are left as if they ended, and of the ways between them.
    """

    score: float
    articles: tuple[_Article, ...]
    order: tuple[int, ...]
    seen: frozenset[int]
    over: frozenset[int]
    below: tuple[int, ...]
    now: int
    top: int
    returns: int


@dataclass(frozen=True, slots=True)
class Deal:
    """A page dealt out to articles: its score, how often a column goes on with an article of the one before."""

    score: float
    readings: tuple[Reading, ...]
    returns: int


class Dealer:
    """Deals out the lines of a page. `reader` knows the kinds that they have where the file is in order."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._links = reader.links
        self._grown = cache(self._grow)
        self._begun = cache(self._begin)
        self._ending = cache(self._end)
        self._like = cache(self._likeness)

    def deals(self) -> list[Deal]:
        """The likeliest ways to deal the page out, the best first; the last lines are where they differ most.

        No article is gone on with after others unless that scores far more than a page where all stand one by one.
        """
        one_by_one, returning = self._deals(returns=False), self._deals(returns=True)
        return returning if returning[0].score > one_by_one[0].score + _RETURNING else one_by_one

    def _deals(self, returns: bool) -> list[Deal]:
        ways = [_Way(0.0, (), (), frozenset(), frozenset(), (), -1, -1, 0)]
        most = min(_WAYS, _MOST_STEPS // max(1, len(self._reader.kinds)))
        for line in range(len(self._reader.kinds)):
            found: dict[object, tuple[float, _Way]] = {}
            for way in ways:
                for new in self._steps(way, line, returns):
                    score = new.score - self._ending(new.articles[new.now], new.now in new.over)
                    ends = tuple([one.body[-1] if one.body else one.kinds[-1] for one in new.articles])
                    known = found.get((ends, new.now, new.seen, new.over))
                    if known is None or known[0] < score:
                        found[ends, new.now, new.seen, new.over] = score, new
            ways = [way for _, way in sorted(found.values(), key=lambda one: -one[0])[:most]]
        deals = [Deal(self._total(way), tuple(map(_reading, way.articles)), way.returns) for way in ways]
        return sorted(deals, key=lambda deal: -deal.score)

    def _total(self, way: _Way) -> float:
        left = [one for at, one in enumerate(way.articles) if at not in way.over]
        return way.score + sum([self._ending(one, True) - self._ending(one, False) for one in left])

    def _steps(self, way: _Way, line: int, returns: bool) -> Iterator[_Way]:
        for kind, odds in self._reader.kinds[line].items():
            if kind == "body":
                yield from self._text(way, line, odds, returns)
            elif kind == "crosshead":
                if way.now >= 0 and way.articles[way.now].body:
                    yield self._put(way, line, kind, odds)
            else:
                yield from self._heading(way, line, kind, odds)

    def _heading(self, way: _Way, line: int, kind: str, odds: float) -> Iterator[_Way]:
        if way.now >= 0 and self._may_take(way.articles[way.now], kind):
            second = kind == way.articles[way.now].kinds[-1][1] == "headline"
            yield self._put(way, line, kind, odds + weights()["dealt second line"] * second)
        if kind not in BELOW:
            yield self._with_new(way, line, kind, odds)

    def _may_take(self, article: _Article, kind: str) -> bool:
        """Whether a heading of this kind may be the next line of the article."""
        found = [own for _, own in article.kinds]
        if kind == "byline":
            return kind not in found
        if article.body or SPAN_KINDS[kind].most == found.count(kind):
            return False
        if "rubric" in (kind, found[-1]):
            return True
        return {kind, found[-1]} <= _RANKS.keys() and _RANKS[kind] >= _RANKS[found[-1]]

    def _text(self, way: _Way, line: int, odds: float, returns: bool) -> Iterator[_Way]:
        likeness = self._contrasts(way, line)
        if way.now >= 0:
            stays = weights()["dealt stays likeness"] * likeness[way.now] if way.articles[way.now].body else 0.0
            yield self._put(way, line, "body", odds, stays)
        yield self._with_new(way, line, "body", odds)
        for number, article in enumerate(way.articles if returns else ()):
            if number != way.now and article.body:
                yield self._back(way, line, number, odds, likeness[number])

    def _contrasts(self, way: _Way, line: int) -> list[float]:
        """How much more each article has of what the line and those below it say than the others have."""
        found = [self._like(article, line) for article in way.articles]
        first, second = sorted([0.0, 0.0, *found])[:-3:-1]
        return [one - (second if one == first else first) for one in found]

    def _likeness(self, article: _Article, line: int) -> float:
        if not article.body:
            return 0.0
        window = [line]
        for other in range(line + 1, min(line + _AHEAD, len(self._reader.kinds))):
            if self._reader.kinds[other].keys() != {"body"} or other in self._links.leads:
                break
            window.append(other)
        recent = article.body[-_RECENT:]
        return sum([self._links.topics.coverage(one, recent) for one in window]) / len(window)

    def _with_new(self, way: _Way, line: int, kind: str, odds: float) -> _Way:
        """The way with an article that begins below the one of the last line."""
        number, article = len(way.articles), self._begun(line, kind, odds)
        at = way.order.index(way.now) + 1 if way.now >= 0 else 0
        return _Way(
            way.score + article.worth + self._ending(article, False) + weights()["dealt new text"] * (kind == "body"),
            (*way.articles, article),
            (*way.order[:at], number, *way.order[at:]),
            way.seen | {number},
            way.over,
            (*[number if one == way.now else other for one, other in enumerate(way.below)], -1),
            number,
            way.top if way.now >= 0 else number,
            way.returns,
        )

    def _put(self, way: _Way, line: int, kind: str, odds: float, beside: float = 0.0) -> _Way:
        """The way with the line in the article of the line before; `beside` is what that counts for the page."""
        old = way.articles[way.now]
        new = self._grown(old, line, kind, odds, back=False)
        over = way.now in way.over
        change = new.worth - old.worth + self._ending(new, over) - self._ending(old, over) + beside
        articles = (*way.articles[: way.now], new, *way.articles[way.now + 1 :])
        return _Way(
            way.score + change, articles, way.order, way.seen, way.over, way.below, way.now, way.top, way.returns
        )

    def _back(self, way: _Way, line: int, number: int, odds: float, likeness: float) -> _Way:
        """The way on which the line goes on in an article that was left."""
        old = way.articles[number]
        new = self._grown(old, line, "body", odds, back=True)
        here, there = way.order.index(way.now), way.order.index(number)
        down = there > here and number not in way.seen
        left = way.order[here + 1 : there] if down else way.order
        passed = [one for one in left if one not in way.seen and one not in way.over and one != number]
        known = way.below[way.now]
        features = {
            "likeness": likeness,
            "reopened": float(number in way.over),
            "down": float(down),
            "up": float(not down),
            "below as before": float(down and known == number),
            "below otherwise": float(down and known not in (-1, number)),
            "top as before": float(not down and way.top == number),
        }
        ended = [self._ending(way.articles[one], True) - self._ending(way.articles[one], False) for one in passed]
        change = new.worth - old.worth + self._ending(new, False) - self._ending(old, number in way.over)
        return _Way(
            way.score + change + sum(ended) + weighted("dealt", features),
            (*way.articles[:number], new, *way.articles[number + 1 :]),
            way.order,
            way.seen | {number} if down else frozenset((number,)),
            way.over.union(passed) - {number},
            tuple([number if down and one == way.now else other for one, other in enumerate(way.below)]),
            number,
            way.top if down else number,
            way.returns + 1,
        )

    def _begin(self, line: int, kind: str, odds: float) -> _Article:
        empty = _Article((), (), (), weights()["page article"], 0.0)
        return self._grown(empty, line, kind, odds, back=False)

    def _grow(self, old: _Article, line: int, kind: str, odds: float, back: bool) -> _Article:
        """The article with one line more."""
        kinds, own, joins = (*old.kinds, (line, kind)), old.own + odds, old.joins
        body = (*old.body, line) if kind == "body" else old.body
        if kind == "body" and old.body:
            last = old.body[-1]
            place = _RETURN if back else "next" if last == line - 1 else "heading"
            own += self._links.score(last, line, place)
            joins += ((last, line),) if self._links.kind(last, line, place) == "join" else ()
        elif kind == "body":
            own += self._links.start(line)
        return _Article(kinds, body, joins, own, own + (self._reader.fitness(kinds, body) if body else 0.0))

    def _end(self, article: _Article, over: bool) -> float:
        """What it scores that the article ends where it is, or is left there."""
        if not article.body:
            return weights()["article no body"]
        end = self._links.end(article.body[-1])
        return end if over else max(_LEFT_OPEN, end)


def _reading(article: _Article) -> Reading:
    return Reading(article.worth, article.kinds, article.body, article.joins)
