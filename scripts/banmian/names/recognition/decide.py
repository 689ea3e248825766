"""Rules propose, the tagger decides, structure is built on what was decided: organizations and people of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from .. import offices, places
from ..organizations import heads, public
from ..organizations.public import Organization
from ..people.find import Person
from ..people.shapes import is_no_name
from ..text import Text
from . import symbols, tagger
from .confidence import confidence
from .symbols import Proposed
from .tagger import Read

# The rule of a mention that no rule proposed.
RULE = "recognized"
# That of a body which only an office names.
_OF_OFFICE = "department_in_role"
# Rules that a guideline states: a surname with an office, a place for its government, a name with dots as a whole.
BY_GUIDELINE = frozenset(("surname_and_office", "place_in_row", "ellipsis", "dotted"))
# What is less certain is left out: the loss of a name weighs a little more than a false one.
_LEAST = {"person": 0.45, "organization": 0.35}
# A person's name of so many characters is hardly Chinese.
_FOREIGN = 4
_LEAST_BEGUN, _LEAD = 0.1, 8.0
_LEAST_PROPOSED = {"person": 0.03, "organization": 0.15}
# What the tagger must hold of an organization where its name stands again.
_LEAST_AGAIN = 0.002

# A name's start, end and kind.
Place = tuple[int, int, str]


def read(texts: Iterable[Proposed], weights: tagger.Weights | None = None) -> Iterator[Read]:
    """What the tagger holds of each of `texts`, in order, by default with our weights."""
    return tagger.read(((seen.text.plain, symbols.channels(seen)) for seen in texts), weights)


def proposed(seen: Proposed) -> set[Place]:
    """(start, end, kind) of the names that rules propose."""
    people = {(one.start, one.end, "person") for one in seen.people}
    return people | {(one.start, one.end, "organization") for one in seen.organizations}


def decided(seen: Proposed, held: Read) -> list[Place]:
    """The names of the text, in order, none over another: of those that overlap the most certain.

    What an office names (组织部 in 组织部部长) is left to the office, a bare place to the rules that know it for its
    government, what is so by a guideline to its rule.
    """
    by_guideline = _of_guidelines(seen)
    read: dict[Place, float] = {}
    for place, sure in _read_alone(seen, held):
        read.setdefault(place, sure)
    certain = read | _by_rules(seen, held, read, by_guideline)
    kept: list[Place] = []
    taken: set[int] = set()
    for place in sorted(certain, key=lambda place: (place not in by_guideline, -certain[place], place)):
        if taken.isdisjoint(range(*place[:2])):
            taken.update(range(*place[:2]))
            kept.append(place)
    return sorted(kept)


def again(fields: Sequence[tuple[Proposed, Read, list[Place]]]) -> list[list[Place]]:
    """The names of each field of an article, with the organizations that another place of it tells.

    `fields` are what the tagger sees and holds and what is decided. An organization stands where its characters
    stand again, if that is not out of the question there.
    """
    told = {
        seen.text.plain[start:end]
        for seen, _, names in fields
        for start, end, kind in set(names) - _of_guidelines(seen)
        if kind == "organization" and end - start > 1 and not _is_place(seen.text.plain[start:end])
    }
    longest = sorted(told, key=lambda surface: (-len(surface), surface))
    return [sorted([*names, *_again(seen, held, names, longest)]) for seen, held, names in fields]


def _again(seen: Proposed, held: Read, names: Collection[Place], surfaces: Sequence[str]) -> Iterator[Place]:
    taken = {at for start, end, _ in names for at in range(start, end)}
    for surface in surfaces:
        start = seen.text.plain.find(surface)
        while start >= 0:
            end = start + len(surface)
            if taken.isdisjoint(range(start, end)) and held.probability(start, end, "organization") >= _LEAST_AGAIN:
                taken.update(range(start, end))
                yield start, end, "organization"
            start = seen.text.plain.find(surface, start + 1)


def _by_rules(
    seen: Proposed, held: Read, read: Collection[Place], by_guideline: Collection[Place]
) -> dict[Place, float]:
    """What rules propose and is certain enough; less is enough where the tagger has `read` no other name there."""
    found = {}
    parts = {span.start: (span.start, span.end, span.kind) for span in held.spans}
    stands = _standing(read)
    for place in proposed(seen):
        sure = confidence(held.probability(*place), place[2], True)
        over = range(*place[:2])
        others = any(one != place for at in over for one in stands.get(at, ()))
        kept = place in by_guideline or any(at in parts and _cuts(place, parts[at]) for at in over)
        if kept or sure >= ((_LEAST if others else _LEAST_PROPOSED)[place[2]]):
            found[place] = sure
    return found


def _standing(names: Iterable[Place]) -> dict[int, list[Place]]:
    """Offset -> the `names` that stand over it."""
    standing: dict[int, list[Place]] = {}
    for place in names:
        for at in range(*place[:2]):
            standing.setdefault(at, []).append(place)
    return standing


def _of_guidelines(seen: Proposed) -> set[Place]:
    """The names that rules know by a guideline."""
    people = {(one.start, one.end, "person") for one in seen.people if one.rule in BY_GUIDELINE}
    return people | {(one.start, one.end, "organization") for one in seen.organizations if one.rule in BY_GUIDELINE}


def _cuts(place: Place, span: Place) -> bool:
    """Whether `span` is a part of the longer name at `place`: the longest counts, of people that of a foreigner."""
    start, end, kind = span
    whole = kind == "organization" or place[1] - place[0] >= _FOREIGN
    return place[0] <= start and end <= place[1] and span != place and kind == place[2] and whole


def _joins(place: Place, names: Collection[Place]) -> bool:
    """Whether the organization at `place` is two or more of the `names` side by side: a body and another, or a man."""
    ends = {start: end for start, end, _ in names if (start, end) != place[:2]}
    at = place[0]
    while at in ends and at < place[1]:
        at = ends[at]
    return place[2] == "organization" and at == place[1]


def _read_alone(seen: Proposed, held: Read) -> Iterator[tuple[Place, float]]:
    """What the tagger reads and no rule proposes, if it is certain enough, and no guideline leaves it out."""
    by_rules = proposed(seen)
    stands = _standing(by_rules)
    of_offices = (one for one in _of_offices(seen.roles) if one.rule == _OF_OFFICE)
    departments = {(one.start, one.end, "organization") for one in of_offices}
    plain = seen.text.plain
    for span in held.spans:
        surface = plain[span.start : span.end]
        start = span.end - len(surface.lstrip())
        place = (start, start + len(surface.strip()), span.kind)
        left_out = _is_place(surface) if span.kind == "organization" else _is_nobody(surface.strip())
        left_out = left_out or surface.count("(") != surface.count(")") or _joins(place, by_rules)
        known = place in by_rules or place in departments
        known = known or any(_cuts(own, place) for own in stands.get(place[0], ()))
        sure = confidence(span.probability, span.kind, False)
        if sure >= _LEAST[span.kind] and not left_out and not known:
            yield place, sure
    # Where a person is named by the text around, but the tagger is torn between ends, the characters tell which.
    for maybe in seen.candidates:
        open_ = stands.keys().isdisjoint(range(maybe.start, maybe.end))
        if open_ and maybe.lead >= _LEAD and held.begins(maybe.start, "person") >= _LEAST_BEGUN:
            yield (maybe.start, maybe.end, "person"), confidence(_LEAST_BEGUN, "person", False)


def organizations(seen: Proposed, names: Collection[Place]) -> list[Organization]:
    """The organizations among the `names` that are decided for, in order: as rules proposed them, or built anew."""
    of_rules = {(one.start, one.end): one for one in seen.organizations}
    return [
        of_rules.get((start, end)) or _built(seen, start, end) for start, end, kind in names if kind == "organization"
    ]


def confidences(
    held: Read, organizations: Sequence[Organization], people: Sequence[Person]
) -> dict[tuple[int, int], float]:
    """(start, end) of each organization, of each in an office of `people`, and of each person -> how certain it is."""
    named = _of_offices([person.role for person in people if person.role is not None])
    mentions = [(one.start, one.end, "organization", one.rule) for one in [*organizations, *named]]
    mentions += [(one.start, one.end, "person", one.rule) for one in people]
    return {
        (start, end): confidence(held.probability(start, end, kind), kind, rule != RULE)
        for start, end, kind, rule in mentions
    }


def _of_offices(roles: Sequence[offices.Role]) -> Iterator[Organization]:
    return (office.organization for role in roles for office in role.offices if office.organization is not None)


def _is_nobody(surface: str) -> bool:
    """Whether the surface is no name of a person, or a surname alone: whose it is, addresses.py knows."""
    return len(surface) == 1 or is_no_name(surface)


def _is_place(surface: str) -> bool:
    """Whether the surface is a bare place or country."""
    return places.end(surface, 0) == len(surface) or surface in places.countries()


def _built(seen: Proposed, start: int, end: int) -> Organization:
    """The organization at text[start:end], with the structure that the grammar of public bodies sees in it.

    Where that sees none: a proposed organization with more inside it, or a name that ends in a head, or only a name.
    """
    plain = seen.text.plain
    whole = public.read(plain[:end], start, seen.text.begins)
    if whole is not None and whole.end == end:
        return whole
    surface = plain[start:end]
    parent = max((one for one in seen.organizations if one.start == start and one.end < end), key=_end, default=None)
    if parent is not None and parent.rule in ("national", "bound", "department", "prefixed"):
        template = parent.template + plain[parent.end : end]
        return Organization(start, end, RULE, heads.type_of(surface, parent.type), template, parent.place, template)
    return Organization(start, end, RULE, heads.type_of(surface, heads.UNKNOWN_TYPE), surface, "", surface)


def _end(one: Organization) -> int:
    return one.end


def people(text: Text, names: Collection[Place], found: Collection[Person]) -> list[Person]:
    """The people among the `names` that are decided for, in order: as rules `found` them, or by themselves."""
    of_rules = {(one.start, one.end): one for one in found}
    return [
        of_rules.get((start, end)) or Person(start, end, text.plain[start:end].replace(" ", ""), RULE, None, 0.0)
        for start, end, kind in names
        if kind == "person"
    ]
