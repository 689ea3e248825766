"""The administrative divisions of China by name: their level, what they lie in, which name several of them bear."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from . import lexicons

# From the highest to the lowest; of several divisions of one name the highest is meant.
_LEVELS = ("province", "prefecture", "county", "zone")


class Division(NamedTuple):
    """One division. `level` is province, prefecture, county or zone; `parent` the division that it lies in, or ''."""

    name: str
    level: str
    parent: str


@cache
def named() -> Mapping[str, tuple[Division, ...]]:
    """Full name -> the divisions of that name, of the highest level first."""
    found: dict[str, list[Division]] = {}
    rows = [row[1:] for row in lexicons.read("divisions.tsv")]
    for name, level, parent in [*rows, *(row[:3] for row in lexicons.read("divisions_by_hand.tsv"))]:
        found.setdefault(name, []).append(Division(name, level, parent))
    for same in found.values():
        if len(same) > 1:
            same.sort(key=lambda one: _LEVELS.index(one.level))
    return MappingProxyType({name: tuple(same) for name, same in found.items()})


@cache
def regions() -> Mapping[str, str]:
    """Provinces and prefectures -> the province that they lie in, '' for a province."""
    first = (same[0] for same in named().values())
    return MappingProxyType({one.name: one.parent for one in first if one.level in ("province", "prefecture")})


@cache
def counties() -> lexicons.Phrases:
    """The full names of counties, districts, banners and county-level cities."""
    return lexicons.Phrases(name for name, same in named().items() if same[0].level == "county")


def level(name: str) -> str:
    """province, prefecture, county or zone; '' for a name that no division bears."""
    return named()[name][0].level if name in named() else ""


def namesakes(name: str) -> tuple[Division, ...]:
    """The counties that bear `name`, if several do (鼓楼区 of 南京市, of 福州市 ...); none otherwise."""
    same = tuple(one for one in named().get(name, ()) if one.level == "county")
    return same if len(same) > 1 else ()


def above(division: Division) -> tuple[str, ...]:
    """The names of the prefecture and the province that the division lies in, the nearest first."""
    if not division.parent:
        return ()
    return (division.parent, *above(named()[division.parent][0]))
