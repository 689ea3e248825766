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
from banmian.page.lexicon import weighted, weights, weights_of
from banmian.page.ways import Article, Best, Step, Way
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
        ways = [Way(0.0, (), (), frozenset(), frozenset(), (), -1, -1, 0)]
        most = min(_WAYS, _MOST_STEPS // max(1, len(self._reader.kinds)))
        for line in range(len(self._reader.kinds)):
            best = Best(most)
            for way in ways:
                for rank, new in self._steps(way, line, returns, best):
                    best.take(rank, new)
            ways = best.ways() or self._begun_anew(ways, line, most)
        deals = [Deal(self._total(way), tuple(map(_reading, way.articles)), way.returns) for way in ways]
        return sorted(deals, key=lambda deal: -deal.score)

    def _begun_anew(self, ways: list[Way], line: int, most: int) -> list[Way]:
        """The ways on where the line fits no article, as a heading that stands before its headline: it begins one."""
        kind, odds = max(self._reader.kinds[line].items(), key=lambda one: one[1])
        best = Best(most)
        for way in ways:
            for rank, new in self._with_new(way, line, kind, odds, best):
                best.take(rank, new)
        return best.ways()

    def _total(self, way: Way) -> float:
        left = [one for at, one in enumerate(way.articles) if at not in way.over]
        return way.score + sum([self._ending(one, True) - self._ending(one, False) for one in left])

    def _steps(self, way: Way, line: int, returns: bool, best: Best) -> Iterator[Step]:
        """The ways on with this line that may be of the best, each with its score but for how its last article ends."""
        for kind, odds in self._reader.kinds[line].items():
            if kind == "body":
                yield from self._text(way, line, odds, returns, best)
            elif kind == "crosshead":
                if way.now >= 0 and way.articles[way.now].body:
                    yield from self._put(way, line, kind, odds, best)
            else:
                yield from self._heading(way, line, kind, odds, best)

    def _heading(self, way: Way, line: int, kind: str, odds: float, best: Best) -> Iterator[Step]:
        if way.now >= 0 and self._may_take(way.articles[way.now], kind):
            second = kind == way.articles[way.now].kinds[-1][1] == "headline"
            yield from self._put(way, line, kind, odds + weights()["dealt second line"] * second, best)
        if kind not in BELOW:
            yield from self._with_new(way, line, kind, odds, best)

    def _may_take(self, article: Article, kind: str) -> bool:
        """Whether a heading of this kind may be the next line of the article."""
        found = [own for _, own in article.kinds]
        if kind == "byline":
            return kind not in found
        if article.body or SPAN_KINDS[kind].most == found.count(kind):
            return False
        if "rubric" in (kind, found[-1]):
            return True
        return {kind, found[-1]} <= _RANKS.keys() and _RANKS[kind] >= _RANKS[found[-1]]

    def _text(self, way: Way, line: int, odds: float, returns: bool, best: Best) -> Iterator[Step]:
        likeness = self._contrasts(way, line)
        if way.now >= 0:
            stays = weights()["dealt stays likeness"] * likeness[way.now] if way.articles[way.now].body else 0.0
            yield from self._put(way, line, "body", odds, best, stays)
        yield from self._with_new(way, line, "body", odds, best)
        for number, article in enumerate(way.articles if returns else ()):
            if number != way.now and article.body:
                yield from self._back(way, line, number, odds, likeness[number], best)

    def _contrasts(self, way: Way, line: int) -> list[float]:
        """How much more each article has of what the line and those below it say than the others have."""
        found = [self._like(article, line) for article in way.articles]
        first, second = sorted([0.0, 0.0, *found])[:-3:-1]
        return [one - (second if one == first else first) for one in found]

    def _likeness(self, article: Article, line: int) -> float:
        if not article.body:
            return 0.0
        window = [line]
        for other in range(line + 1, min(line + _AHEAD, len(self._reader.kinds))):
            if self._reader.kinds[other].keys() != {"body"} or other in self._links.leads:
                break
            window.append(other)
        recent = article.body[-_RECENT:]
        return sum([self._links.topics.coverage(one, recent) for one in window]) / len(window)

    def _with_new(self, way: Way, line: int, kind: str, odds: float, best: Best) -> Iterator[Step]:
        """The way with an article that begins below the one of the last line."""
        number, article = len(way.articles), self._begun(line, kind, odds)
        rank = way.score + article.worth + weights()["dealt new text"] * (kind == "body")
        if not best.may_take(rank):
            return
        at = way.order.index(way.now) + 1 if way.now >= 0 else 0
        yield (
            rank,
            Way(
                rank + self._ending(article, False),
                (*way.articles, article),
                (*way.order[:at], number, *way.order[at:]),
                way.seen | {number},
                way.over,
                (*[number if one == way.now else other for one, other in enumerate(way.below)], -1),
                number,
                way.top if way.now >= 0 else number,
                way.returns,
            ),
        )

    def _put(self, way: Way, line: int, kind: str, odds: float, best: Best, beside: float = 0.0) -> Iterator[Step]:
        """The way with the line in the article of the line before; `beside` is what that counts for the page."""
        old = way.articles[way.now]
        new = self._grown(old, line, kind, odds, back=False)
        over = way.now in way.over
        rank = way.score + new.worth - old.worth - self._ending(old, over) + beside
        if not best.may_take(rank):
            return
        score = rank + self._ending(new, over)
        articles = (*way.articles[: way.now], new, *way.articles[way.now + 1 :])
        yield rank, Way(score, articles, way.order, way.seen, way.over, way.below, way.now, way.top, way.returns)

    def _back(self, way: Way, line: int, number: int, odds: float, likeness: float, best: Best) -> Iterator[Step]:
        """The way on which the line goes on in an article that was left."""
        old = way.articles[number]
        new = self._grown(old, line, "body", odds, back=True)
        rank = way.score + new.worth - old.worth - self._ending(old, number in way.over)
        if not best.may_take(rank + likeness * weights()["dealt likeness"] + _most_of_return(number in way.over)):
            return
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
        rank += sum(ended) + weighted("dealt", features)
        yield (
            rank,
            Way(
                rank + self._ending(new, False),
                (*way.articles[:number], new, *way.articles[number + 1 :]),
                way.order,
                way.seen | {number} if down else frozenset((number,)),
                way.over.union(passed) - {number},
                tuple([number if down and one == way.now else other for one, other in enumerate(way.below)]),
                number,
                way.top if down else number,
                way.returns + 1,
            ),
        )

    def _begin(self, line: int, kind: str, odds: float) -> Article:
        empty = Article((), (), (), weights()["page article"], 0.0)
        return self._grown(empty, line, kind, odds, back=False)

    def _grow(self, old: Article, line: int, kind: str, odds: float, back: bool) -> Article:
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
        return Article(kinds, body, joins, own, own + (self._reader.fitness(kinds, body) if body else 0.0))

    def _end(self, article: Article, over: bool) -> float:
        """What it scores that the article ends where it is, or is left there."""
        if not article.body:
            return weights()["article no body"]
        end = self._links.end(article.body[-1])
        return end if over else max(_LEFT_OPEN, end)


@cache
def _most_of_return(reopened: bool) -> float:
    """What a return counts at most, but for what its lines say."""
    own = weights_of("dealt")
    down = own["down"] + max(0.0, own["below as before"], own["below otherwise"])
    up = own["up"] + max(0.0, own["top as before"])
    return own["bias"] + own["reopened"] * reopened + max(down, up)


def _reading(article: Article) -> Reading:
    return Reading(article.worth, article.kinds, article.body, article.joins)
