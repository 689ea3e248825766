"""Which names of a whole archive surely mean one body or one person: pure functions of the names alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from .. import lexicons, places
from ..organizations import renown
from .normal import kept, normal_form

# Without its place a shorter name is a kind of body, not a name: 法院, 医院.
_SHORTEST_TAIL = 4
_DOT = "·"


def one_body(names: Iterable[str], apart: Collection[frozenset[str]] = ()) -> dict[str, str]:
    """Each name that another one is kept for -> that one: names of bodies that differ only in how they are written.

    A name that stands in one of the pairs `apart` with another one of its body stays by itself.
    """
    forms: dict[str, list[str]] = {}
    for name in names:
        forms.setdefault(normal_form(name), []).append(name)
    found: dict[str, str] = {}
    for same in forms.values():
        together = [name for name in same if not any(frozenset((name, other)) in apart for other in same)]
        if len(together) > 1:
            chosen = kept(together)
            found.update((name, chosen) for name in together if name != chosen)
    return found


def bodies_in_article(names: Sequence[str]) -> dict[str, str]:
    """Short name -> long one, of the bodies that one article names, in the order in which it names them first.

    Short is a name without its place or without 中国 where only one body with it was named before: 友谊医院 after
    沧源县友谊医院, 市检察院 after 抚州市检察院.
    """
    longs: dict[str, set[str]] = {}
    found: dict[str, str] = {}
    for name in names:
        meant = longs.get(name, set())
        if len(meant) == 1 and not renown.is_known(name):
            found[name] = next(iter(meant))
        for tail in _tails(name):
            longs.setdefault(tail, set()).add(name)
    return found


def _tails(name: str) -> Iterable[str]:
    """The shorter names under which an article may go on to speak of the body."""
    start, stop = places.place_in(name)
    if start == 0 < stop < len(name):
        rest = name[stop:]
        if len(rest) >= _SHORTEST_TAIL and rest not in lexicons.words("generic_words.txt"):
            yield rest
        if name[stop - 1] in lexicons.group("levels"):
            yield name[stop - 1 :]
    (home,) = lexicons.group("home")
    rest = name.removeprefix(home)
    if len(name) > len(rest) >= _SHORTEST_TAIL and places.countries().end(rest, 0) == 0:
        yield rest


def people_in_article(names: Collection[str]) -> dict[str, str]:
    """The last part of a foreigner's name -> the whole one, of the people of one article, where only one is meant."""
    longs: dict[str, set[str]] = {}
    for name in names:
        given, dot, last = name.rpartition(_DOT)
        if dot and given:
            longs.setdefault(last, set()).add(name)
    return {name: next(iter(longs[name])) for name in names if len(longs.get(name, ())) == 1}


def only_in(pairs: Mapping[int, Mapping[str, str]], articles: Mapping[str, Collection[int]]) -> dict[str, str]:
    """Short name -> the long one that it means in every article that has the short one; `pairs` are by article.

    A short name that some article has without the long one, or with another, may be somebody else there.
    """
    meant: dict[str, set[str]] = {}
    seen: dict[str, int] = {}
    for of_article in pairs.values():
        for short, long in of_article.items():
            meant.setdefault(short, set()).add(long)
            seen[short] = seen.get(short, 0) + 1
    return {
        short: next(iter(longs))
        for short, longs in meant.items()
        if len(longs) == 1 and seen[short] == len(articles[short])
    }
