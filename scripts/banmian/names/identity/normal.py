"""Names of one body that differ only in how they are written: brackets, places above its own, 中国, 公司."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from .. import lexicons, places
from ..organizations import renown

_SHORTEST_STEM = 2


@cache
def normal_form(name: str) -> str:
    """What all spellings of one body's name share; of two bodies it differs.

    Places count by the last of them (四川石渠县, 石渠县) and in full (苏州, 苏州市); brackets, blanks and middle dots
    don't count; 中国 before a body of the whole nation, and 公司 behind a name that stands without it too, say nothing.
    """
    marks = lexicons.group("marks_in_names")
    plain = "".join(character for character in name if character not in marks and not character.isspace())
    plain = _legal(_of_nation(plain))
    start, stop = places.place_in(plain)
    if stop == start or stop == len(plain):
        return plain
    return plain[:start] + places.shortest(plain[start:stop]) + plain[stop:]


def _of_nation(name: str) -> str:
    """中国教育部司 -> 教育部司, 中共中央政治局 and 中央政治局 -> 中国共产党中央政治局."""
    (home,), (party, short) = lexicons.group("home"), lexicons.group("party")
    rest = name.removeprefix(home)
    known = rest in renown.of_the_nation() and rest.startswith(lexicons.group("national_beginnings"))
    if rest != name and (known or renown.of_the_state().end(rest, 0)):
        return rest
    of_party = party + name.removeprefix(short)
    return of_party if of_party in renown.of_the_nation() else name


def _legal(name: str) -> str:
    """The name with its legal form the shortest way: 有限责任公司 is 有限公司; 公司, and both after 集团, go.

    A bank's or insurer's name, which nobody else may bear, is whole without any.
    """
    limited, short, bare, group = lexicons.group("legal_forms")
    stem = next((name.removesuffix(form) for form in lexicons.group("company_forms") if name.endswith(form)), name)
    if stem != name and not name.endswith(group) and stem.endswith(lexicons.group("whole_without_form")):
        return stem
    if name.endswith(limited):
        name = name.removesuffix(limited) + short
    if name.endswith(short):
        # A group's name is whole without it: 远山集团有限公司, 远山集团.
        return name.removesuffix(short) if name.removesuffix(short).endswith(group) else name
    if not name.endswith(bare):
        return name
    stem = name.removesuffix(bare)
    is_name = len(stem) >= _SHORTEST_STEM and stem not in lexicons.words("generic_words.txt")
    return stem if is_name and places.place_in(stem)[1] < len(stem) else name


def kept(names: Collection[str]) -> str:
    """The one of the names of one body that it goes by: its places in full, but none that the last one tells."""
    return places.chosen([name for name in names if _in_full(name)] or names)


def _in_full(name: str) -> bool:
    start, stop = places.place_in(name)
    return start == stop or places.shortest(name[start:stop]) in name
