"""Rules propose, the tagger reads, what could be a name is weighed, and structure is built on what was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, fsum

from .. import lexicons
from ..organizations import heads, public
from ..organizations.body import Organization
from ..people.person import Person
from ..text import Text
from . import candidates, symbols, tagger
from .candidates import Field, Place
from .symbols import Proposed
from .tagger import Read

# The rule of a mention that no rule proposed.
RULE = "recognized"
# Rules that a guideline states: a surname with an office, a place for its government, a body and its office with a
# character in common; and what its printed form shows.
BY_GUIDELINE = frozenset(("surname_and_office", "place_in_row", candidates.SHARED_HEAD, "ellipsis", "spaced"))
# The rows of the table that say how certain a name must be that no rule proposes, or one does: what is less certain is
# left out.
LEAST = {False: "least", True: "least, proposed"}
# Of each kind, by whether a rule proposes the name.
Least = Mapping[tuple[str, bool], float]


def read(texts: Iterable[Proposed], weights: tagger.Weights | None = None) -> Iterator[Read]:
    """What the tagger holds of each of `texts`, in order, by default with our weights."""
    return tagger.read(((seen.text.plain, symbols.channels(seen)) for seen in texts), weights)


# Kind of name -> feature -> weight.
Weights = Mapping[str, Mapping[str, float]]


@cache
def _weights() -> Weights:
    found: dict[str, dict[str, float]] = {}
    for key, weight in lexicons.read("weights.tsv"):
        kind, name = key.split(": ", 1)
        found.setdefault(kind, {})[name] = float(weight)
    return found


def certainty(kind: str, features: Mapping[str, float], weights: Weights | None = None) -> float:
    """What share of the names of `kind` with these `features` are right, from 0 to 1, by default by our weights.

    A logistic model of names that were held by a tagger which had not learned from them.
    """
    told = (weights or _weights())[kind]
    # Features may come in any order: fsum() gives the same sum.
    odds = fsum([told["bias"], *[told[name] * value for name, value in features.items() if name in told]])
    return round(1 / (1 + exp(-odds)), 3)


def decided(field: Field, least: Least | None = None) -> list[Place]:
    """The names of a field, in order, none over another: what a guideline states, then the most certain.

    `least` says how certain a name must be, by default as our table does. What only an office names (组织部 in
    组织部部长) is left to the office.
    """
    least = least or {(kind, by): told[name] for kind, told in _weights().items() for by, name in LEAST.items()}
    sure = {place: _certain(field, place) for place in field.odds if not field.left_to_office(place)}
    settled = {place for place in sure if BY_GUIDELINE.intersection(field.rules.get(place, ()))}
    kept: list[Place] = []
    taken: set[int] = set()
    for place in sorted(sure, key=lambda place: (place not in settled, -sure[place], place)):
        enough = place in settled or sure[place] >= least[place[2], place in field.rules]
        if enough and taken.isdisjoint(range(*place[:2])):
            taken.update(range(*place[:2]))
            kept.append(place)
    return sorted(kept)


def _certain(field: Field, place: Place) -> float:
    if place not in field.certain:
        field.certain[place] = certainty(place[2], field.features(place))
    return field.certain[place]


def organizations(seen: Proposed, names: Collection[Place]) -> list[Organization]:
    """The organizations among the `names` that are decided for, in order: as rules proposed them, or built anew."""
    of_rules = {(one.start, one.end): one for one in seen.organizations}
    return [
        of_rules.get((start, end)) or _built(seen, start, end) for start, end, kind in names if kind == "organization"
    ]


def confidences(
    field: Field, organizations: Sequence[Organization], people: Sequence[Person]
) -> dict[tuple[int, int], float]:
    """(start, end) of each organization, of each in an office of `people`, and of each person -> how certain it is."""
    named = candidates.of_offices([person.role for person in people if person.role is not None])
    mentions = [(one.start, one.end, "organization") for one in [*organizations, *named]]
    mentions += [(one.start, one.end, "person") for one in people]
    return {place[:2]: _certain(field, place) for place in mentions}


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
