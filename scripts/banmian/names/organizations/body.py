"""A body that is named in a text, and what its full name is."""

from __future__ import annotations

from dataclasses import dataclass

from .. import lexicons, places


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that stands at text[start:end].

    `template` is its full name with {} for the place; `place` the printed place or level that {} stands for ('' for
    none); `inner` the form that the template takes before a body inside it; `rule` the rule that read it.
    """

    start: int
    end: int
    rule: str
    type: str
    template: str
    place: str
    inner: str

    def name(self, surface: str, city: str | None) -> str:
        """The full name; the surface itself where the place can't be known."""
        if "{}" not in self.template:
            return self._with_parent(surface, city)
        place = places.full_name(self.place, city)
        if place is None:
            return surface
        level = places.court_level(place)
        courts = zip(lexicons.group("court_levels"), lexicons.group("courts_of_level"), strict=True)
        # A municipality has several intermediate courts, a city no high one: such a short form stays as printed.
        if any(court in self.template and level != its_level for its_level, court in courts):
            return surface
        return self.template.replace("{}", place).replace("{court}", level)

    def _with_parent(self, surface: str, city: str | None) -> str:
        """The name as printed, with the city of a district whose name several bear (朝阳区第一小学)."""
        if not (self.place and self.template.startswith(self.place) and places.whose(self.place)):
            return self.template
        place = places.full_name(self.place, city)
        return surface if place is None else place + self.template.removeprefix(self.place)
