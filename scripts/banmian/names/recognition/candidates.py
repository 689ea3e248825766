"""What could be a name in an article, and what is known of each: what rules, tagger and the rest of the article say."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import log

from banmian import words

from .. import lexicons, offices
from ..organizations.body import Organization
from ..people.person import Person
from ..people.shapes import is_no_name
from ..text import all_han, is_han
from . import alone, bodies, surroundings
from .printings import Printings
from .symbols import Proposed
from .tagger import Read

# A name's start, end and kind (person, organization).
Place = tuple[int, int, str]
# A name stands again that is held for so probable somewhere.
LEAST_AGAIN = 0.3
# Nothing is more certain, or less, than so many log odds; features count them in units of which these are about two.
_FARTHEST, _UNIT = 9.0, 4.0
# Buckets of log odds.
_LOWEST, _HIGHEST = -3, 5
_MOST_TIMES = 4
_LONGEST_CHINESE = 4
_OFFICE = "office"
# The body of an office that begins with its head, before who holds it: 外交部 in 外交部长王毅.
SHARED_HEAD = "shared_head"
# What only an office names is left to the office: 组织部 in 组织部部长.
_OF_OFFICE = "department_in_role"


def log_odds(probability: float) -> float:
    """The log odds of `probability`, within bounds."""
    odds = log(max(probability, 1e-9)) - log(max(1 - probability, 1e-9))
    return max(-_FARTHEST, min(_FARTHEST, odds))


def of_offices(roles: Sequence[offices.Role]) -> Iterator[Organization]:
    """The organizations that offices name."""
    return (office.organization for role in roles for office in role.offices if office.organization is not None)


def _sharing_heads(people: Sequence[Person]) -> Iterator[Organization]:
    """The bodies whose office, before one of `people`, begins with their last character."""
    for office in (office for person in people if person.role for office in person.role.offices):
        body = office.organization
        if body is not None and body.rule != _OF_OFFICE and office.title_start < body.end:
            yield body


@dataclass(frozen=True)
class Field:
    """A field of an article as it is `seen`, what the tagger `held` of it, and what of the article stands where.

    `printings` is shared by the fields of an article; `odds` are what the tagger holds of what could be a name,
    `certain` how certain those are that were weighed.
    """

    seen: Proposed
    held: Read
    printings: Printings
    odds: dict[Place, float] = dataclasses.field(default_factory=dict)
    certain: dict[Place, float] = dataclasses.field(default_factory=dict)

    def surface(self, place: Place) -> str:
        """The characters at `place`."""
        return self.seen.text.plain[place[0] : place[1]]

    def add(self, place: Place, probability: float) -> None:
        """Take `place` for one that could be a name."""
        if place not in self.odds:
            self.odds[place] = log_odds(probability)
            self.printings.add((self.surface(place), place[2]), self.odds[place])

    @cached_property
    def rules(self) -> Mapping[Place, Sequence[str]]:
        """The rules that propose each name; `office` before one of an office."""
        found: defaultdict[Place, list[str]] = defaultdict(list)
        for one in self.seen.organizations:
            found[one.start, one.end, "organization"].append(one.rule)
        for person in self.seen.people:
            found[person.start, person.end, "person"].append(person.rule)
        for one in of_offices(self.seen.roles):
            found[one.start, one.end, "organization"].append(f"{_OFFICE} {one.rule}")
        for one in _sharing_heads(self.seen.people):
            found[one.start, one.end, "organization"].append(SHARED_HEAD)
        return found

    @cached_property
    def likeliest(self) -> frozenset[Place]:
        """The names of the tagger's likeliest reading."""
        return frozenset((span.start, span.end, span.kind) for span in self.held.spans)

    def in_a_full_name(self, place: Place, parts: Collection[str]) -> bool:
        """Whether `place` is part of a likelier name that is more than a surname and a character (施|官)."""
        at = bisect_right(self._starts, place[0], key=_start)
        if not self.in_a_likelier(place):
            return False
        start, end, kind = self._starts[at - 1]
        whole = self.surface((start, end, kind))
        return kind != "person" or len(whole) > 2 or place[0] > start or whole[0] not in parts

    @cached_property
    def _starts(self) -> Sequence[Place]:
        return sorted(self.likeliest)

    def in_a_likelier(self, place: Place) -> bool:
        """Whether `place` is part of another name of the tagger's likeliest reading, of which none overlap."""
        at = bisect_right(self._starts, place[0], key=_start)
        return at > 0 and self._starts[at - 1] != place and _how(self._starts[at - 1], place) == "longer"

    @cached_property
    def _leads(self) -> Mapping[tuple[int, int], float]:
        """(start, end) -> how much likelier its characters are as a name."""
        return {(one.start, one.end): one.lead for one in self.seen.candidates}

    @cached_property
    def _over(self) -> Mapping[int, Sequence[Place]]:
        """Offset -> the places over it."""
        found: defaultdict[int, list[Place]] = defaultdict(list)
        for place in self.odds:
            for at in range(*place[:2]):
                found[at].append(place)
        return found

    @cached_property
    def _edges(self) -> Mapping[int, Sequence[Place]]:
        """Offset -> the places that begin, or end, there."""
        found: defaultdict[int, list[Place]] = defaultdict(list)
        for place in self.odds:
            for at in place[:2]:
                found[at].append(place)
        return found

    @cached_property
    def _full(self) -> Mapping[str, int]:
        """The surnames and given names of those who may be named in full -> where the first of them stands."""
        found: dict[str, int] = {}
        for place in sorted(self.odds):
            if place[2] == "person" and self.odds[place] >= log_odds(LEAST_AGAIN):
                for part in alone.parts([(self.surface(place), place[2])]):
                    found.setdefault(part, place[0])
        return found

    def left_to_office(self, place: Place) -> bool:
        """Whether only an office names it."""
        return list(self.rules.get(place, ())) == [f"{_OFFICE} {_OF_OFFICE}"]

    def features(self, place: Place) -> dict[str, float]:
        """What speaks for and against the name at `place`."""
        odds = self.odds[place] if place in self.odds else log_odds(self.held.probability(*place))
        rules = self.rules.get(place, ())
        best = place in self.likeliest
        found = {"odds": odds / _UNIT, "odds above": max(odds, 0) / _UNIT, "odds below": min(odds + 3, 0) / _UNIT}
        for rule in rules or ("none",):
            found[f"rule {rule}"] = 1.0
        found[f"{'likeliest' if best else 'not likeliest'}, {'proposed' if rules else 'not proposed'}"] = 1.0
        for more in (
            *(self._elsewhere(place, odds), self._against(place), self._beside(place), self._shape(place)),
            *(self._around(place), surroundings.cut_short(self.seen.text.plain, *place[:2])),
        ):
            found |= more
        found |= bodies.features(self.seen.text, *place[:2]) if place[2] == "organization" else self._of_person(place)
        return found

    def _elsewhere(self, place: Place, odds: float) -> dict[str, float]:
        """What is held of the same characters where else they stand in the article, and as the other kind."""
        surface, kind = self.surface(place), place[2]
        same = self.printings.others((surface, kind), self.odds.get(place))
        found = {f"times {min((same[0] if same else 0) + 1, _MOST_TIMES)}": 1.0}
        if same:
            _, mean, most = same
            found |= {"elsewhere": mean / _UNIT, "most elsewhere": most / _UNIT, _bucket("elsewhere", most): 1.0}
            found["most anywhere"] = max(most, odds) / _UNIT
        told = {
            "front of a longer name": self.printings.highest_of_longer((surface, kind)),
            "other kind": self.printings.highest((surface, "organization" if kind == "person" else "person")),
        }
        for name, highest in told.items():
            if highest is not None:
                found |= {name: highest / _UNIT, _bucket(name, highest): 1.0}
        return found

    def _against(self, place: Place) -> dict[str, float]:
        """What is held of the names that overlap it: longer ones around it, shorter ones in it, others."""
        most: dict[str, float] = {}
        found: dict[str, float] = {}
        over = [self._over[at] for at in range(*place[:2]) if at in self._over]
        for other in set().union(*over) - {place}:
            how = _how(other, place)
            most[how] = max(most.get(how, -_FARTHEST), self.odds[other])
            for rule in self.rules.get(other, ())[:1]:
                found[f"{how} {other[2]} by {rule}"] = 1.0
        for how, odds in most.items():
            found |= {how: odds / _UNIT + 1, _bucket(how, odds): 1.0}
        return found

    def _beside(self, place: Place) -> dict[str, float]:
        """What is held of the names that a list has beside it, and what quotes or brackets it stands in."""
        start, end, kind = place
        plain = self.seen.text.plain
        listed: list[Place] = []
        if plain[start - 1 : start] == surroundings.BETWEEN:
            listed += [one for one in self._edges.get(start - 1, ()) if one[1] == start - 1]
        if plain[end : end + 1] == surroundings.BETWEEN:
            listed += [one for one in self._edges.get(end + 1, ()) if one[0] == end + 1]
        found = {f"within {self.seen.within.item(start)}": 1.0}
        for how, own in (("listed beside its kind", True), ("listed beside the other kind", False)) if listed else ():
            odds = max((self.odds[one] for one in listed if (one[2] == kind) == own), default=None)
            if odds is not None:
                found |= {how: odds / _UNIT, _bucket(how, odds): 1.0}
        return found

    def _shape(self, place: Place) -> dict[str, float]:
        start, end, _ = place
        surface, text = self.surface(place), self.seen.text
        letters = "latin" if surface.isascii() else "han" if all_han(surface) else "mixed"
        begins, ends = start in text.begins, end in text.ends
        return {
            f"letters {letters}": 1.0,
            f"{'begins' if begins else 'does not begin'}, {'ends' if ends else 'does not end'} like words": 1.0,
            "flag " + words.flag(surface)[:2]: 1.0,
        }

    def _around(self, place: Place) -> dict[str, float]:
        start, end, _ = place
        text = self.seen.text
        plain = text.plain
        before, behind = plain[start - 1 : start] or "\n", plain[end : end + 1] or "\n"
        of_before, of_behind = _class(before), _class(behind)
        found = {f"before {of_before}": 1.0, f"behind {of_behind}": 1.0}
        # Chinese characters are letters too.
        if not before.isalnum() and not behind.isalnum():
            found[f"between {of_before} and {of_behind}"] = 1.0
        if start in text.ends:
            found["word before " + words.flag(text.forms[text.word_to(start)])[:1]] = 1.0
        if end in text.begins:
            found["word behind " + words.flag(text.forms[bisect_left(text.words, (end, 0))])[:1]] = 1.0
        if lexicons.phrases("titles.tsv").end(plain, end) > end:
            found["title behind"] = 1.0
        return found

    def _of_person(self, place: Place) -> dict[str, float]:
        start, end, _ = place
        surface, plain = self.surface(place), self.seen.text.plain
        told = {
            "no name": is_no_name(surface),
            "title before": lexicons.phrases("titles.tsv").start(plain, start) < start,
            "dot": "·" in surface,
        }
        found = {name: 1.0 for name, true in told.items() if true}
        found |= alone.features(self.seen.text, start, end, self._full)
        if surface[-1] in lexicons.group("ends_of_places"):
            found[f"ends in {surface[-1]}, of {min(len(surface), _LONGEST_CHINESE)}"] = 1.0
        lead = self._leads.get((start, end))
        return found if lead is None else found | {"lead": max(-_FARTHEST, min(_FARTHEST, lead)) / _UNIT, "has lead": 1}


def _start(place: Place) -> int:
    return place[0]


def _how(other: Place, place: Place) -> str:
    if other[0] <= place[0] and place[1] <= other[1]:
        return "longer"
    return "shorter" if place[0] <= other[0] and other[1] <= place[1] else "crossing"


def _bucket(name: str, odds: float) -> str:
    return f"{name} {max(_LOWEST, min(_HIGHEST, round(odds)))}"


@cache
def _class(character: str) -> str:
    if is_han(character):
        return "character"
    if character.isspace():
        return "line" if character == "\n" else "space"
    return "digit" if character.isdigit() else "letter" if character.isalpha() else character
