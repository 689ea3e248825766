"""The `city` of editions: names that no place of China bears, which would give bodies a city that is none."""

from __future__ import annotations

from difflib import get_close_matches

from banmian.names import divisions, places
from banmian.records import Remark

# How many names that are like it are looked at.
_LIKE = 9


def unknown_city(city: str) -> Remark | None:
    """What is said of a city that no list knows, with the nearest name that one does; None where it is known.

    It may be right: cities abroad and of the past are in no list.
    """
    if places.end(city, 0) == len(city) or places.countries().end(city, 0) == len(city):
        return None
    near = get_close_matches(city, divisions.regions(), _LIKE) or get_close_matches(city, divisions.named(), _LIKE)
    # Of names that are alike as much, the one that begins alike.
    best = [max(near, key=lambda name: name[0] == city[0])] if near else []
    return Remark("unknown_city", {"city": city, "meant": [Remark("city_meant", {"name": name}) for name in best]})
