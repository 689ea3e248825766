"""Names of different editions that may mean one body: what they share beside place, 中国, 公司."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from .. import lexicons, places
from .normal import normal_form

# What stands in so many places is a kind of body (第一人民医院), what so many share a word.
_MOST_PLACES = 1
_MOST_ALIKE = 4
_SHORTEST_TAIL = 4
_SHORTEST_CORE = 2
# Shorter ones are ministries: 美国国防部 and 国防部.
_SHORTEST_ABROAD = 5
_SHORTEST_BEGINNING = 3


def same_core(types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(shorter, longer) of the names in `types` that differ only in place or company form; name -> type of the body.

    Places that differ, and a core that bodies of several places share, make no pair.
    """
    cores: dict[str, list[str]] = {}
    for name in types:
        for core in _cores(name, types[name]):
            cores.setdefault(core, []).append(name)
    found: set[tuple[str, str]] = set()
    for same in cores.values():
        if len({_place(name) for name in same} - {""}) <= _MOST_PLACES and 1 < len(same) <= _MOST_ALIKE:
            found.update(_in_order(pair) for pair in combinations(same, 2) if len({types[name] for name in pair}) == 1)
    yield from sorted(found)


def beginnings(types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(shorter, longer) of companies of which the one's name is how the other's legal name begins, and no third one's.

    A longer name that goes on with a place is that of a branch or a subsidiary.
    """
    wholes, forms, generic = (
        *(lexicons.group(name) for name in ("legal_wholes", "company_forms")),
        lexicons.words("generic_words.txt"),
    )
    longs: dict[str, list[str]] = {}
    for name in sorted(name for name in types if types[name] == "company" and name.endswith(wholes)):
        for end in range(_SHORTEST_BEGINNING, len(_without_form(name))):
            if types.get(name[:end]) == "company" and not name[:end].endswith(forms):
                longs.setdefault(name[:end], []).append(name)
    for short, names in sorted(longs.items()):
        if len(names) == 1 and short not in generic and places.place_in(short)[1] < len(short):
            (long,) = names
            middle = long[len(short) :]
            if middle[0].isalnum() and not any(places.names().everywhere(middle)):
                yield short, long


def _cores(name: str, kind: str) -> Collection[str]:
    """What is left of the name without its place or 中国, and of a company's without its form too."""
    plain = normal_form(name)
    (home,) = lexicons.group("home")
    tail = plain[_end_of_place(plain) :].removeprefix(home)
    cores = {tail} if tail == plain or len(tail) >= _SHORTEST_TAIL else {plain}
    if kind == "company":
        # 中国能建集团 is the group of 中国能建.
        cores = (
            {_without_form(core) for core in (*cores, plain)}
            if plain.startswith(home)
            else {*map(_without_form, cores)}
        )
    generic = lexicons.words("generic_words.txt")
    return {core for core in cores if len(core) >= _SHORTEST_CORE and core not in generic}


def _without_form(company: str) -> str:
    forms = lexicons.group("company_forms")
    return next((company.removesuffix(form) for form in forms if company.endswith(form)), company)


def _end_of_place(plain: str) -> int:
    """Where the place, or another country, ends that the name begins with; 0 where it begins with none."""
    start, stop = places.place_in(plain)
    if start == 0 < stop:
        return stop
    land = places.countries().end(plain, 0)
    return land if len(plain) - land >= _SHORTEST_ABROAD and plain[:land] not in lexicons.group("home") else 0


def _place(name: str) -> str:
    """The place that the name begins with, 中国 and other countries among them; '' without one."""
    plain = normal_form(name)
    (home,) = lexicons.group("home")
    return plain[: _end_of_place(plain)] or (home if plain.startswith(home) else "")


def _in_order(pair: Iterable[str]) -> tuple[str, str]:
    one, other = sorted(pair, key=lambda name: (len(name), name))
    return one, other
