"""Which names of a whole archive surely mean one body or one person: pure functions of the names alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from .. import lexicons, places
from ..organizations import heads, renown
from .foreign import parts_of
from .normal import kept, normal_form

# Without its place a shorter name is a kind of body, not a name: 法院, 医院.
_SHORTEST_TAIL = 4
# So long, a name without its country is no ministry of any: 也门|胡塞武装代表团.
_SHORTEST_ABROAD = 7


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


def known_as(types: Mapping[str, str], printed: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Short name -> the body that it surely means, of the bodies in `types` (name -> type).

    It is what the name is known for, or the only body of that type that is `printed` under it elsewhere. What names
    only a kind of body, with or without a level or a place before it (市教育局, 友谊医院), may be any.
    """
    found: dict[str, str] = {}
    for short in types:
        known = renown.full_name(short)
        (long, *more) = printed.get(short) or ("",)
        if known and known != short and known in types:
            found[short] = known
        elif types.get(long) == types[short] and not more and not known and _tells(short) and _is_whole(short, long):
            found[short] = long
    return _ended(found)


def _tells(name: str) -> bool:
    """Whether the name says by itself which body it is: before its head stands what is no word, or it is no place's."""
    head = lexicons.phrases("heads.tsv").start(name, len(name))
    core = name[places.place_in(name)[1] : head]
    if name[0] in lexicons.group("levels") or name in lexicons.words("generic_words.txt") or not core:
        return False
    return heads.unknown(core) or (places.place_in(name)[1] > 0 and len(core) > 1)


def _is_whole(short: str, long: str) -> bool:
    """Whether `long` is no part of the body `short`: the name with a place, country or legal form, or made of it."""
    if short not in long:
        return True
    start = 0 if long.startswith(short) else max(places.place_in(long)[1], places.countries().end(long, 0))
    rest = long[start:]
    # 申通 is not 上海|申通|地铁集团.
    is_brand = not start or len(short) >= _SHORTEST_TAIL
    return rest == short or (is_brand and rest.startswith(short) and long.endswith(lexicons.group("legal_wholes")))


def _ended(found: Mapping[str, str]) -> dict[str, str]:
    """The same where a name that others are put under goes on to another one; those in a circle are left out."""
    ended: dict[str, str] = {}
    for short, long in found.items():
        seen = {short}
        while long in found and long not in seen:
            seen.add(long)
            long = found[long]
        if long not in seen:
            ended[short] = long
    return ended


def proven(pairs: Iterable[tuple[str, str]], beside: Collection[frozenset[str]]) -> dict[str, str]:
    """Name -> the one kept, of the `pairs` of names that share their core (see cores.py) and are surely one.

    Those are sure that stand `beside` each other: one person holds one office of both, or they are names of a company
    in one article, of which only one has a legal form. An embassy of no country is that of the papers' own.
    """
    (home,) = lexicons.group("home")
    longs: dict[str, set[str]] = {}
    for short, long in pairs:
        # A renowned company and one of its name in some place are two; so are a ministry of ours and another country's.
        is_branch = renown.is_known(short) and places.place_in(long)[1] > 0
        is_branch |= short in renown.of_the_nation() and not long.startswith(lexicons.group("home"))
        is_ours = short.startswith(lexicons.group("stationed")) and long == home + short
        sure = frozenset((short, long)) in beside or is_ours
        if sure and not (_has_form(short) and _has_form(long)) and not is_branch:
            longs.setdefault(short, set()).add(long)
    one = {short: next(iter(names)) for short, names in longs.items() if len(names) == 1}
    known = {long: short for short, long in one.items() if renown.is_known(short) and not renown.is_known(long)}
    return _ended({**{short: long for short, long in one.items() if short not in known.values()}, **known})


def _has_form(name: str) -> bool:
    return name.endswith(lexicons.group("company_forms"))


@cache
def _tails(name: str) -> tuple[str, ...]:
    """The shorter names under which an article may go on to speak of the body."""
    return tuple(_each_tail(name))


def _each_tail(name: str) -> Iterable[str]:
    start, stop = places.place_in(name)
    while start == 0 < stop < len(name):
        rest = name[stop:]
        if len(rest) >= _SHORTEST_TAIL and rest not in lexicons.words("generic_words.txt"):
            yield rest
        if name[stop - 1] in lexicons.group("levels"):
            yield name[stop - 1 :]
        # 上海市虹口区|上海银行大柏树支行: the last of its places may be the beginning of its name.
        stop = places.names().start(name, stop)
    land = places.countries().end(name, 0)
    if land and len(name) - land >= _SHORTEST_ABROAD:
        yield name[land:]
    (home,) = lexicons.group("home")
    rest = name.removeprefix(home)
    if len(name) > len(rest) >= _SHORTEST_TAIL and places.countries().end(rest, 0) == 0:
        yield rest


def people_in_article(names: Collection[str]) -> dict[str, str]:
    """The last part of a foreigner's name -> the whole one, of the people of one article, where only one is meant."""
    longs: dict[str, set[str]] = {}
    for name in names:
        *given, last = parts_of(name)
        if given:
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
