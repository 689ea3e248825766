"""Which titles are of a public role, and which any private person may be called."""

from __future__ import annotations

from functools import cache

from banmian.names import lexicons
from banmian.words.lists import rows

# The parts that people play who put their names to what is printed.
SIGNING = ("author", "reporter", "editor")


def is_public(title: str) -> bool:
    """Whether a title as printed is an office or another public role."""
    return title in _others() or not title.endswith(_private())


def is_renowned(name: str) -> bool:
    """Whether everybody knows who bears this name, so that newspapers need not say what they are."""
    return name in lexicons.words("famous_people.txt")


@cache
def _private() -> tuple[str, ...]:
    return tuple(word for (word,) in rows("banmian.names.people", "private_titles.txt"))


@cache
def _others() -> frozenset[str]:
    """Titles that end as private ones do and are known as others."""
    return frozenset(title for title, *_ in rows("banmian.names", "titles.tsv")) - frozenset(_private())
