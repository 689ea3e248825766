"""Which place a text means: 区政府 that of its one district, 鼓楼区 and 市政府 that of the city it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from banmian import words

from .. import divisions, lexicons, places
from ..offices import Office
from ..organizations.body import Organization
from ..people.person import Person
from ..text import SENTENCE_ENDS

_SENTENCE_END = re.compile(f"[{''.join(sorted(SENTENCE_ENDS))}]")


class Districts:
    """What the fields of one article say of districts; `texts` are these by name, folded, `city` is the edition's."""

    def __init__(self, texts: Mapping[str, str], city: str | None) -> None:
        self._texts = dict(texts)
        self._city = city
        self._of_level = self._named()
        self._home: str | None = None
        self._knows_home = False

    def _named(self) -> dict[str, str]:
        """Level (区, 县, 旗) -> the place of that level that the article names, if it names only one."""
        found: dict[str, set[str]] = {}
        for text in self._texts.values():
            for level in lexicons.group("county_levels"):
                at = text.find(level)
                while at >= 0:
                    start = divisions.counties().start(text, at + 1)
                    if start < at:
                        found.setdefault(level, set()).add(text[start : at + 1])
                    at = text.find(level, at + 1)
        return {level: next(iter(names)) for level, names in found.items() if len(names) == 1}

    def organization(self, organization: Organization, field: str) -> Organization:
        """`organization` with the district that its bare level stands for (its rule says so), and that one's city."""
        if (
            organization.place in self._of_level
            and "{}" in organization.template
            and self._is_level(organization, field)
        ):
            organization = replace(
                organization, place=self._of_level[organization.place], rule=f"{organization.rule}_of_district"
            )
        elif self._city is None and "{}" in organization.template and _is_bare(organization.place):
            organization = replace(organization, place=self._of_only_city(organization.place))
        place = self._with_parent(organization.place, field, organization.start)
        if place == organization.place:
            return organization
        if "{}" not in organization.template and organization.template.startswith(organization.place):
            return replace(
                organization, place=place, template=place + organization.template.removeprefix(organization.place)
            )
        return replace(organization, place=place)

    def _of_only_city(self, level: str) -> str:
        """The place of that level by the only city, or province, of which the article speaks; `level` without one."""
        if not self._knows_home:
            self._home, self._knows_home = _only_region("\n".join(self._texts.values())), True
        return places.full_name(level, self._home) or level

    def _is_level(self, organization: Organization, field: str) -> bool:
        """Whether the body's bare level is a word: 区|文化馆, but not 区域|服务中心."""
        surface = self._texts[field][organization.start : organization.end]
        return organization.rule != "place_and_head" or words.cut(surface)[0] == organization.place

    def person(self, person: Person, field: str) -> Person:
        """`person`, the bodies and places in whose offices are understood so."""
        if person.role is None and not person.held:
            return person
        if person.role is not None:
            offices = tuple(self._office(office, field) for office in person.role.offices)
            person = replace(person, role=replace(person.role, offices=offices))
        return replace(person, held=tuple(self._office(office, field) for office in person.held))

    def _office(self, office: Office, field: str) -> Office:
        organization = None if office.organization is None else self.organization(office.organization, field)
        return replace(office, organization=organization, place=self._with_parent(office.place, field, office.start))

    def _with_parent(self, place: str, field: str, at: int) -> str:
        """`place`, at an offset of a field, with the city before it where several districts bear its name."""
        county = place[: places.names().end(place, 0)]
        parent = self._parent(county, field, at) if divisions.namesakes(county) else None
        return place if parent is None else parent + place

    def _parent(self, county: str, field: str, at: int) -> str | None:
        """The city of the district of that name, where the article decides.

        Before the edition's city that is one which it prints before the name at first; otherwise one that it speaks of.
        """
        printed = [_before(county, text) for text in self._texts.values()]
        parents = [parent for found in printed for parent in found]
        agreed = next(iter(set(parents) - {None})) if len(set(parents) - {None}) == 1 else None
        if agreed and parents[0] == agreed:
            return agreed
        if places.full_name(county, self._city) is not None or county in lexicons.group("common_districts"):
            return None
        return agreed or self._spoken_of(county, field, at)

    def _spoken_of(self, county: str, field: str, at: int) -> str | None:
        """The city with such a district of which the nearest sentence up to `at` speaks that names a place.

        Where none does, that of which the whole article speaks, if it speaks of no other province.
        """
        fields = list(self._texts)
        before = [*(self._texts[name] for name in fields[: fields.index(field)]), self._texts[field][:at]]
        for sentence in reversed(_SENTENCE_END.split("\n".join(before))):
            named = _regions_in(sentence)
            if named:
                return _only_one(county, named)
        named = _regions_in("\n".join(self._texts.values()))
        provinces = {divisions.regions()[name] or name for name in named}
        return _only_one(county, named) if len(provinces) == 1 else None


def _before(county: str, text: str) -> list[str | None]:
    """At each place where `county` stands in `text`, its parent if that is printed right before it, or None."""
    parents: list[str | None] = []
    at = text.find(county)
    while at >= 0:
        start = places.names().start(text, at)
        region = places.full_name(text[start:at], None) if start < at else None
        of_region = [one.parent for one in divisions.namesakes(county) if region in divisions.above(one)]
        parents.append(of_region[0] if len(of_region) == 1 else None)
        at = text.find(county, at + 1)
    return parents


def _regions_in(text: str) -> set[str]:
    """The provinces and prefectures of which `text` speaks, those of counties without namesakes among them."""
    named: set[str] = set()
    for full in _places_in(text):
        for one in divisions.named().get(full, ()):
            named.update((one.name, *divisions.above(one)))
    return named & divisions.regions().keys()


def _places_in(text: str) -> set[str]:
    """The full names of the places that `text` names, the longest at each place; none that can't be known."""
    printed: set[str] = set()
    at = 0
    for start, end in places.names().everywhere(text):
        if start >= at:
            printed.add(text[start:end])
            at = end
    return {full for place in printed if (full := places.full_name(place, None))}


def _is_bare(place: str) -> bool:
    """Whether the place is a level alone that the article's city tells: 市, 省, 自治区."""
    return place in lexicons.group("levels") or place in lexicons.group("autonomous_region")


def _only_region(text: str) -> str | None:
    """The only city, else province, of which `text` speaks; None where it speaks of two provinces or another country.

    Where it names a city that is a county, 市 may mean that one: then the province.
    """
    regions = divisions.regions()
    named = _regions_in(text)
    provinces = {regions[name] or name for name in named}
    if len(provinces) != 1 or _is_abroad(text):
        return None
    cities = {name for name in named if regions[name]}
    is_small = any(county.endswith(lexicons.group("county_city")) for county in _counties_in(text))
    return next(iter(cities if len(cities) == 1 and not is_small else provinces))


def _is_abroad(text: str) -> bool:
    found = {text[start:end] for start, end in places.countries().everywhere(text)}
    return not found <= set(lexicons.group("home"))


def _counties_in(text: str) -> set[str]:
    """The counties that `text` names, in full or without 市."""
    return {full for full in _places_in(text) if divisions.level(full) == "county"}


def _only_one(county: str, regions: Collection[str]) -> str | None:
    """The parent of the only county of that name in the `regions`: in one of the cities, else in a province."""
    same = divisions.namesakes(county)
    cities = {one.parent for one in same if one.parent in regions}
    found = cities or {one.parent for one in same if not set(divisions.above(one)).isdisjoint(regions)}
    return found.pop() if len(found) == 1 else None
