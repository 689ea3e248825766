"""Places of China: where their names stand in a text, and what a short form or a bare level means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from . import divisions, lexicons
from .text import all_han

_LONGEST_TOWN = 4
# A province, a city, a county.
_MOST_LEVELS = 3
# Before the place in the name of a body: 中共, 共青团.
_LONGEST_PREFIX = 4


def _stem(name: str) -> str:
    """The name without its level and without the peoples of an autonomous area; the name itself where too short."""
    suffixes = lexicons.group("place_suffixes")
    stem = next((name[: -len(suffix)] for suffix in suffixes if name.endswith(suffix)), name)
    if name.endswith(lexicons.group("autonomous")):
        peoples = lexicons.phrases("ethnic_groups.txt")
        while len(shorter := stem[: peoples.start(stem, len(stem))]) >= 2 and shorter != stem:
            stem = shorter
    return stem if len(stem) >= 2 else name


@cache
def _full_names() -> Mapping[str, str]:
    """Every printed form of a place -> its full name. Of two places with one short form the higher one counts."""
    names: dict[str, str] = {}
    regions = divisions.regions()
    long, short = lexicons.group("special_regions")
    for name in divisions.named():
        if name not in regions and name.endswith(lexicons.group("county_city")) and len(name) > 2:
            names[name[:-1]] = name
    for region in sorted(regions, key=lambda name: not regions[name]):
        stem = _stem(region)
        names[stem] = region
        if region.endswith(long):
            names[region.removesuffix(long) + short] = region
        if region.endswith(lexicons.group("autonomous_prefecture")):
            names[stem + lexicons.group("prefecture")[0]] = region
    for name in divisions.named():
        names[name] = name
    return names


@cache
def names() -> lexicons.Phrases:
    """All printed forms of places."""
    return lexicons.Phrases(_full_names())


def printed_forms() -> Collection[str]:
    """Every printed form of a place: 杭州市, 杭州."""
    return _full_names().keys()


@cache
def countries() -> lexicons.Phrases:
    """The names of countries, to be looked for in a text."""
    return lexicons.phrases("countries.tsv")


def end(text: str, start: int) -> int:
    """Where the chain of places ends that starts at `start` (浙江省杭州市, 广东天河区); `start` where there is none."""
    known = names()
    at = start
    for _ in range(_MOST_LEVELS):
        further = known.end(text, at)
        if further == at:
            break
        at = further
    return at


def small_ends(text: str, start: int) -> list[int]:
    """Where a town, or a village in it, ends whose name follows that of a place (番禺区|石楼镇|大岭村)."""
    towns = _towns(text, start)
    return [*(end for town in towns for end in _towns(text, town)), *towns]


def _towns(text: str, start: int) -> list[int]:
    found = []
    for size in range(1, _LONGEST_TOWN + 1):
        if not all_han(text[start : start + size]):
            break
        for level in lexicons.group("small_places"):
            if text.startswith(level, start + size):
                found.append(start + size + len(level))
    return found


def full_name(place: str, city: str | None) -> str | None:
    """The full name of a printed place or bare level: 杭州 -> 杭州市; 市 -> `city`, 省 -> the city's province.

    A county whose name several bear goes with its parent (南京市鼓楼区), which is printed before it or `city`.
    None where that can't be known. A zone stays as printed; one that every city has goes with `city` (成都高新区).
    """
    if place in lexicons.group("nation"):
        return place
    if is_zone(place):
        of_city = place in lexicons.group("zones_of_cities") and city is not None
        return _stem(city or "") + place if of_city else place
    if len(place) == 1 or place in lexicons.group("autonomous_region"):
        return _of_level(place, city)
    steps, rest = _steps(place)
    at = next((at for at, name in enumerate(steps) if divisions.namesakes(name)), None)
    if at is None:
        return "".join(steps) + rest
    parent = _parent(steps[at], steps[:at], city)
    return None if parent is None else "".join((parent, *steps[at:], rest))


def _steps(place: str) -> tuple[list[str], str]:
    """The full names of the divisions that `place` consists of, and what follows them."""
    steps = _places(place)
    return [full for _, full in steps], place[sum(len(printed) for printed, _ in steps) :]


def _parent(county: str, before: Sequence[str], city: str | None) -> str | None:
    """What stands before `county`, a name that several bear, in its full name; None where that can't be known."""
    fitting = [one for one in divisions.namesakes(county) if set(before) <= set(divisions.above(one))]
    if not fitting:
        # A place that no list puts together so is left as it stands.
        return "".join(before)
    home = _full_names().get(city, city) if city else ""
    for found in (fitting, [one for one in fitting if home in divisions.above(one)]):
        if len(found) == 1:
            return found[0].parent
    return None


def is_zone(place: str) -> bool:
    """Whether the printed place is a development zone or a new area without a people's government of its own."""
    steps, rest = _steps(place)
    return bool(steps) and not rest and divisions.level(steps[-1]) == "zone"


def has_no_peoples_government(place: str) -> bool:
    """Whether the printed place is without a people's government: a zone, Taiwan, Hong Kong, Macao."""
    steps, _ = _steps(place)
    regions = {
        region for step in steps[:1] for one in divisions.named().get(step, ()) for region in divisions.above(one)
    }
    return is_zone(place) or not {*steps[:1], *regions}.isdisjoint(lexicons.group("no_peoples_government"))


def whose(name: str) -> tuple[divisions.Division, ...]:
    """The counties of which one is meant where a body's `name` names a place that several are, and not their parent."""
    first = _first_place(name)
    return divisions.namesakes(_full_names()[first]) if first else ()


def _first_place(name: str) -> str:
    ends = ((start, names().end(name, start)) for start in range(_LONGEST_PREFIX + 1))
    return next((name[start:end] for start, end in ends if end > start), "")


def chosen(names: Collection[str]) -> str:
    """The one of the `names` of a body of one county, which have more or less before it, that is nearest its full name.

    A district goes with its city, but not with its province; a county, or a city that is one, by itself.
    """
    in_order = sorted(names, key=lambda name: (len(name), name))
    of_districts = [name for name in in_order if not _first_place(name).endswith(lexicons.group("district"))]
    return (of_districts or in_order)[0]


def without_city(name: str) -> str:
    """A body's `name` without the city and province that its last place, a county or a prefecture, already tells.

    中共杭州市余杭区委员会 -> 中共余杭区委员会, 江苏省苏州市公安局 -> 苏州市公安局. The name itself where it has none.
    """
    start, stop = place_in(name)
    steps = _places(name[start:stop])
    last, full = steps[-1] if steps else ("", "")
    above = [place for _, place in steps[:-1]]
    tells = above and _is_below(full, above) and len(divisions.named()[full]) == 1
    return name[:start] + last + name[stop:] if tells else name


def shortest(place: str) -> str:
    """The full name of the last division of the chain `place`, with its parent only where several bear its name.

    四川石渠县 -> 石渠县, 江苏省南京市鼓楼区 -> 南京市鼓楼区. `place` itself where no list puts the chain together so.
    """
    steps = [full for _, full in _places(place)]
    if not steps or not _is_below(steps[-1], steps[:-1]):
        return place
    if divisions.namesakes(steps[-1]):
        return (_parent(steps[-1], steps[:-1], None) or "") + steps[-1]
    return steps[-1]


@cache
def place_in(name: str) -> tuple[int, int]:
    """Where the places stand that a body's name begins with, perhaps after 中共 or 共青团; (0, 0) without any."""
    ends = ((start, end(name, start)) for start in range(_LONGEST_PREFIX + 1))
    return next(((start, stop) for start, stop in ends if stop > start), (0, 0))


def _places(place: str) -> list[tuple[str, str]]:
    """The divisions of a chain, each as printed and in full."""
    steps: list[tuple[str, str]] = []
    at = 0
    while (stop := names().end(place, at)) > at:
        steps.append((place[at:stop], _full_names()[place[at:stop]]))
        at = stop
    return steps


def _is_below(name: str, above: Sequence[str]) -> bool:
    """Whether a division of that name, no zone, lies in all of those `above`."""
    same = (one for one in divisions.named()[name] if one.level != "zone")
    return any(set(above) <= set(divisions.above(one)) for one in same)


def _of_level(level: str, city: str | None) -> str | None:
    if city is None:
        return None
    home = _full_names().get(city, city)
    if home.endswith(level):
        return home
    province = divisions.regions().get(home, "")
    return province if province.endswith(level) else None


@cache
def court_level(place: str) -> str:
    """高级 for the court of a province or municipality, 中级 for that of a city, '' for that of a district or county.

    `place` is a full name, of the highest place first.
    """
    high, middle = lexicons.group("court_levels")
    steps, rest = _steps(place)
    level = divisions.level(steps[-1]) if steps and not rest else ""
    return {"province": high, "prefecture": middle}.get(level, "")
