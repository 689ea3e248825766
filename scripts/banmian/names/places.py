"""Places of China: where their names stand in a text, and what a short form or a bare level means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from . import lexicons
from .text import is_han

_LONGEST_TOWN = 4
# A province, a city, a county.
_MOST_LEVELS = 3


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
    names = dict(zip(lexicons.group("region_short"), lexicons.group("region_full"), strict=True))
    counties = sorted(lexicons.words("counties.txt"))
    for county in counties:
        if county.endswith(lexicons.group("county_city")) and len(county) > 2:
            names[county[:-1]] = county
    for region, _ in sorted(lexicons.table("regions.tsv").items(), key=lambda entry: not entry[1][0]):
        stem = _stem(region)
        names[stem] = region
        if region.endswith(lexicons.group("autonomous_prefecture")):
            names[stem + lexicons.group("prefecture")[0]] = region
    for name in [*counties, *lexicons.table("regions.tsv")]:
        names[name] = name
    return names


@cache
def names() -> lexicons.Phrases:
    """All printed forms of places."""
    return lexicons.Phrases(_full_names())


@cache
def countries() -> lexicons.Phrases:
    return lexicons.phrases("countries.txt")


def end(text: str, start: int) -> int:
    """Where the chain of places ends that starts at `start` (浙江省杭州市, 广东天河区); `start` where there is none."""
    at = start
    for _ in range(_MOST_LEVELS):
        at = names().end(text, at)
    return at


def small_ends(text: str, start: int) -> list[int]:
    """Where a town, or a village in it, ends whose name follows that of a place (番禺区|石楼镇|大岭村)."""
    towns = _towns(text, start)
    return [*(end for town in towns for end in _towns(text, town)), *towns]


def _towns(text: str, start: int) -> list[int]:
    found = []
    for size in range(1, _LONGEST_TOWN + 1):
        if not all(is_han(character) for character in text[start : start + size]):
            break
        for level in lexicons.group("small_places"):
            if text.startswith(level, start + size):
                found.append(start + size + len(level))
    return found


def full_name(place: str, city: str | None) -> str | None:
    """The full name of a printed place or bare level: 杭州 -> 杭州市; 市 -> `city`, 省 -> the city's province.

    None where that can't be known.
    """
    if place in lexicons.group("nation") or place.endswith(lexicons.group("new_areas")):
        return place
    if len(place) == 1 or place in lexicons.group("autonomous_region"):
        return _of_level(place, city)
    parts: list[str] = []
    at = 0
    while at < len(place):
        step = names().end(place, at)
        if step == at:
            return "".join(parts) + place[at:]
        parts.append(_full_names()[place[at:step]])
        at = step
    return "".join(parts)


def _of_level(level: str, city: str | None) -> str | None:
    if city is None:
        return None
    home = _full_names().get(city, city)
    if home.endswith(level):
        return home
    province = lexicons.table("regions.tsv").get(home, ("",))[0]
    return province if province.endswith(level) else None


@cache
def court_level(place: str) -> str:
    """高级 for the court of a province or municipality, 中级 for that of a city, '' for that of a district or county.

    `place` is a full name, of the highest place first.
    """
    high, middle = lexicons.group("court_levels")
    region = next((name for name in sorted(lexicons.table("regions.tsv"), key=len) if place.endswith(name)), "")
    if not region or place.endswith(lexicons.group("district_levels")):
        return ""
    return middle if lexicons.table("regions.tsv")[region][0] else high
