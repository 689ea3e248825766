"""What a search that finds no article nearly would find: with less asked for, each with how many articles it finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from banmian import words
from banmian.site.guards.bounds import RUN, SEARCH, WANTED
from banmian.site.narrowing import read_narrowed
from banmian.site.ranking import Search, count, search_of
from banmian.site.search import each

# Searches that are tried, and offered.
_TRIED, _OFFERED = 24, 6
# Things of a search that asks for too many.
_FIRST = 10


@dataclass(frozen=True, slots=True)
class Nearly:
    """A search that finds something: the message that says what is different, what it is about, and its address."""

    message: str
    text: str
    articles: int
    asked: Mapping[str, str]


def refusal(search: Search) -> str | None:
    """The message that says why so much is not searched for; None where it is."""
    if len(search.query) > SEARCH:
        return "search.too_long"
    return "search.too_many" if len(each(search.query, all_of=True)) > WANTED else None


def read_nearly(connection: sqlite3.Connection, search: Search) -> list[Nearly]:
    """Searches that find something, those nearest to what was asked for first."""
    found: list[Nearly] = []
    tried: set[str] = set()
    for message, text, nearly in _tries(connection, search):
        key = str(sorted(nearly.asked.items()))
        if key not in tried and len(tried) < _TRIED and len(found) < _OFFERED:
            tried.add(key)
            if articles := count(connection, nearly):
                found.append(Nearly(message, text, articles, nearly.asked))
    return found


def _tries(connection: sqlite3.Connection, search: Search) -> Iterator[tuple[str, str, Search]]:
    if refusal(search):
        parts = each(search.query[:SEARCH], all_of=True)
        yield "search.first_words", "", replace(search, query=" ".join(parts[:_FIRST]))
        for left in _clauses(search.query[:SEARCH])[:_TRIED]:
            yield "search.fewer", left, replace(search, query=left)
        return
    for one in read_narrowed(connection, search):
        yield "search.without_filter", one.label, search_of(one.without, search.people)
    if len(search.filters) > 1:
        yield "search.without_filters", "", replace(search, filters={})
    if search.literal:
        yield "search.not_literally", search.query, replace(search, literal=False)
    parts = each(search.query)
    if len(parts) > 1:
        fewer = _fewer(parts[:_TRIED])
    else:
        run = (parts or [search.query])[0].strip('"')
        fewer = _clauses(run) or _fewer([word for word in words.cut(run[:RUN]) if len(word) > 1 and word.isalnum()])
    for left in fewer:
        yield "search.fewer", left, replace(search, query=left)


def _fewer(parts: list[str]) -> list[str]:
    """One of several left out, then each alone."""
    without = [" ".join(parts[:n] + parts[n + 1 :]) for n in range(len(parts))] if len(parts) > 2 else []
    return [*without, *parts] if len(parts) > 1 else []


def _clauses(text: str) -> list[str]:
    """What stands between the stops of a text that was copied, the longest first; none of what has no stop."""
    clauses = "".join(character if character.isalnum() else " " for character in text).split()
    return sorted(clauses, key=len, reverse=True) if len(clauses) > 1 else []
