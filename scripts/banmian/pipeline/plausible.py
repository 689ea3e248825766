"""What is far from usual in an archive: pages and editions held against the medians of their own newspaper.

A page without anybody in it or an edition of a tenth of its articles may be right; more often a page was lost, cut
off or badly read. Nothing is said of a newspaper with few editions, of which nothing is usual yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from banmian.pipeline.reading import ReadEdition
from banmian.records import Remark
from banmian.seeds import Edition

# Editions of a newspaper from which on something is usual.
_ENOUGH = 12
# How many times fewer or more articles, or characters, are far from usual.
_FAR = 10
# What befalls more than one of so many editions is not unusual there.
_RARE = 10
# A page where so many people would be usual, and nobody is.
_PEOPLE = 8
# Joins from which on a share is one; how much larger than usual it may be, in shares and in times.
_JOINS = 20
_MORE_UNCERTAIN = 0.2
_TIMES_UNCERTAIN = 3


class ImplausibleError(Exception):
    """What was built is far from usual, and that was to stop the build."""


@dataclass(frozen=True, slots=True)
class Unusual:
    """What is to say of the page with this id, and the file that it came from."""

    page: str
    file: str
    remark: Remark


@dataclass(frozen=True, slots=True)
class _Page:
    """Figures of a page; `uncertain` are those of its joins that are not certain."""

    id: str
    file: str
    articles: int
    characters: int
    people: int
    joins: int
    uncertain: int

    @property
    def doubt(self) -> float | None:
        """The share of its joins that is not certain; None where there are too few of them."""
        return self.uncertain / self.joins if self.joins >= _JOINS else None


class Plausibility:
    """The figures of the editions of a build."""

    def __init__(self) -> None:
        self._newspapers: dict[str | None, list[list[_Page]]] = defaultdict(list)

    def add(self, edition: Edition, read: ReadEdition) -> None:
        """Take in the figures of an edition."""
        people = Counter(mention.article for mention in read.obeyed.names.mentions if mention.kind == "person")
        pages, first = [], 0
        for source, page in zip(edition.pages, read.pages, strict=True):
            after = first + len(page.articles)
            joins = (*page.joins, *page.moves)
            pages.append(
                _Page(
                    source.id,
                    source.label,
                    len(page.articles),
                    len(source.text),
                    sum(people[article] for article in range(first, after)),
                    len(joins),
                    sum(not join.certain for join in joins),
                )
            )
            first = after
        self._newspapers[edition.newspaper].append(pages)

    def unusual(self) -> list[Unusual]:
        """What is far from usual, newspaper by newspaper, in the order of the editions."""
        found: list[Unusual] = []
        for editions in self._newspapers.values():
            if len(editions) >= _ENOUGH:
                here = list(_of(editions))
                kinds = Counter(one.remark.kind for one in here)
                # Where days of one article and of a hundred follow each other, neither is unusual.
                rare = {kind for kind, count in kinds.items() if count <= max(1, len(editions) // _RARE)}
                found += [one for one in here if one.remark.kind in rare]
        return found


def _of(editions: Sequence[Sequence[_Page]]) -> Iterator[Unusual]:
    pages = [page for edition in editions for page in edition]
    articles = median(sum(page.articles for page in edition) for edition in editions)
    characters = median(page.characters for page in pages)
    people = median(page.people / max(page.characters, 1) for page in pages)
    doubts = [page.doubt for page in pages if page.doubt is not None]
    doubt = median(doubts) if len(doubts) >= _ENOUGH else None
    for edition in editions:
        found = sum(page.articles for page in edition)
        if kind := _far(found, articles):
            values = {"count": found, "usual": round(articles)}
            yield Unusual(edition[0].id, edition[0].file, Remark(f"edition_{kind}_articles", values))
        for page in edition:
            yield from (Unusual(page.id, page.file, one) for one in _of_page(page, characters, people, doubt))


def _of_page(page: _Page, characters: float, people: float, doubt: float | None) -> Iterator[Remark]:
    if kind := _far(page.characters, characters):
        yield Remark(f"page_{kind}_characters", {"count": page.characters, "usual": round(characters)})
    if not page.people and page.characters * people >= _PEOPLE:
        yield Remark("page_without_people", {"usual": round(page.characters * people)})
    if (
        page.doubt is not None
        and doubt is not None
        and page.doubt > max(_TIMES_UNCERTAIN * doubt, doubt + _MORE_UNCERTAIN)
    ):
        values = {"share": round(100 * page.doubt), "joins": page.joins, "usual": round(100 * doubt)}
        yield Remark("page_of_uncertain_joins", values)


def _far(found: float, usual: float) -> str | None:
    if found * _FAR <= usual:
        return "few"
    return "many" if found >= usual * _FAR else None
