"""The keys of articles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from banmian.keys.former import Kept, went
from banmian.keys.matching import match
from banmian.keys.numbering import next_on_page
from banmian.keys.samples import Sampled
from banmian.records import GivenKey

_NUMBER = re.compile(r"-([0-9]{1,9})\Z")


@dataclass(frozen=True, slots=True)
class ArticleHere:
    """An article of a build: the key of its page, its place there, and the lines of the source that are its text."""

    page: str
    position: int
    text: Sampled


def article_keys(
    given: Sequence[GivenKey], articles: Sequence[ArticleHere], unread: Collection[str], since: str
) -> Kept:
    """The keys of `articles`, and the record of articles. On the pages `unread` now all stays as it was.

    An article is sought on its page first, what is not found there on all others, last among those that were gone.
    """
    live = [one for one in given if not one.gone and one.page not in unread]
    kept: dict[int, GivenKey] = {}
    successors: dict[str, tuple[int, ...]] = {}
    lost = [one for one in given if one.gone]
    of_page, lost_of_page = _by_page(live), _by_page(lost)
    here: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        here.setdefault(article.page, []).append(number)
    for page, numbers in here.items():
        left, new = _exactly(of_page.get(page, []), articles, numbers, kept)
        _, new = _exactly(lost_of_page.get(page, []), articles, new, kept)
        successors |= _matched(left, articles, new, kept)
    for old in (live, lost):
        found = {one.key for one in kept.values()}
        left = [one for one in old if one.key not in found and one.key not in successors]
        new = [number for number in range(len(articles)) if number not in kept]
        more = _matched(left, articles, new, kept)
        successors |= more if old is live else {}
    keys = _numbered(given, articles, kept)
    record = [_entry(key, article) for key, article in zip(keys, articles, strict=True)]
    borne = set(keys)
    for one in given:
        if one.key not in borne:
            stays = one.gone or one.page in unread
            record.append(one if stays else went(one, [keys[to] for to in successors.get(one.key, ())], since))
    return Kept(tuple(keys), tuple(record))


def _by_page(given: Iterable[GivenKey]) -> dict[str | None, list[GivenKey]]:
    pages: dict[str | None, list[GivenKey]] = {}
    for one in given:
        pages.setdefault(one.page, []).append(one)
    return pages


def _exactly(
    old: Iterable[GivenKey], articles: Sequence[ArticleHere], new: Sequence[int], kept: dict[int, GivenKey]
) -> tuple[list[GivenKey], list[int]]:
    """Keep the keys of articles with the very text that they had; what is left of the old and of the new.

    Of one text that stands twice on a page the first has the lower number, as when the keys were given.
    """
    known: dict[tuple[int, tuple[int, ...]], list[GivenKey]] = {}
    for one in sorted(old, key=_number):
        known.setdefault((one.characters, one.sample), []).append(one)
    left = []
    for number in new:
        text = articles[number].text
        if alike := known.get((text.characters, text.sample)):
            kept[number] = alike.pop(0)
        else:
            left.append(number)
    return [one for alike in known.values() for one in alike], left


def _number(given: GivenKey) -> int:
    """That at the end of a key; in the record 10 stands before 9."""
    ending = _NUMBER.search(given.key)
    return int(ending[1]) if ending else 0


def _matched(
    old: Sequence[GivenKey], articles: Sequence[ArticleHere], new: Sequence[int], kept: dict[int, GivenKey]
) -> dict[str, tuple[int, ...]]:
    """Keep the keys of articles that are the same; of the other old keys the articles in which most of them is."""
    if not old or not new:
        return {}
    matched = match(old, [articles[number].text for number in new])
    kept |= {new[other]: old[one] for one, other in matched.same.items()}
    return {old[one].key: tuple(new[other] for other in to) for one, to in matched.successors.items()}


def _numbered(given: Iterable[GivenKey], articles: Sequence[ArticleHere], kept: dict[int, GivenKey]) -> list[str]:
    taken = {one.key for one in given}
    highest: dict[str, int] = {}
    for key in taken:
        if ending := _NUMBER.search(key):
            page = key[: ending.start()]
            highest[page] = max(highest.get(page, 0), int(ending[1]))
    keys = []
    for number, article in enumerate(articles):
        if number in kept:
            keys.append(kept[number].key)
            continue
        key = next_on_page(article.page, article.position, taken, highest.get(article.page, 0))
        taken.add(key)
        highest[article.page] = max(highest.get(article.page, 0), int(key.rpartition("-")[2]))
        keys.append(key)
    return keys


def _entry(key: str, article: ArticleHere) -> GivenKey:
    text = article.text
    return GivenKey("article", key, page=article.page, characters=text.characters, sample=text.sample)
