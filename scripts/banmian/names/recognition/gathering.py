"""All that could be a name in an article: proposed by rules, held for likely by the tagger, or standing again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .. import lexicons
from ..organizations import renown
from ..people import addresses
from ..people.shapes import is_no_name
from . import alone, bodies
from .candidates import LEAST_AGAIN, Field, Place, log_odds
from .printings import Printings
from .symbols import Proposed
from .tagger import Read

# What the tagger holds for less probable is looked at only where a rule proposes it, or where it stands again.
_LEAST = 0.03
_BY_PARTS = "name_parts"
# 中央 and the like stand behind others.
_SHORTEST_NATIONAL = 3


def of_article(article: Sequence[tuple[Proposed, Read]]) -> list[Field]:
    """The fields of an article, each with everything that could be a name in it."""
    printings = Printings()
    fields = [Field(seen, held, printings) for seen, held in article]
    likely = [list(field.held.likely(_LEAST)) for field in fields]
    for field, spans in zip(fields, likely, strict=True):
        for span in (*spans, *field.held.spans):
            place = (span.start, span.end, span.kind)
            if place in field.rules or not _left_out(field, place):
                field.add(place, span.probability)
            # What is held of two bodies in one holds of each of them.
            for part in _siblings(field, place) if place not in field.rules else ():
                field.add(part, max(span.probability, field.held.probability(*part)))
        for place in field.rules:
            field.add(place, field.held.probability(*place))
    parts = alone.parts(printings.held(log_odds(LEAST_AGAIN)))
    for field, spans in zip(fields, likely, strict=True) if parts else ():
        singles = [(span.start, span.end) for span in spans if span.end - span.start == 1]
        for start, end in {*addresses.alone(field.seen.text, parts), *singles}:
            place = (start, end, "person")
            unnamed = field.seen.text.plain.startswith(lexicons.group("unnamed"), end)
            if field.surface(place) in parts and not unnamed and not field.in_a_full_name(place, parts):
                field.add(place, field.held.probability(*place))
    again = [name for name in printings.held(log_odds(LEAST_AGAIN)) if len(name[0]) > 1]
    for surface, kind in again:
        for field in fields:
            start = field.seen.text.plain.find(surface)
            while start >= 0:
                place = (start, start + len(surface), kind)
                if not field.in_a_likelier(place):
                    field.add(place, field.held.probability(*place))
                start = field.seen.text.plain.find(surface, start + 1)
    return fields


def _left_out(field: Field, place: Place) -> bool:
    """Whether what no rule proposes can't be a name, or is left to rules.

    They know a bare place for its government, and whose a surname alone is.
    """
    surface = field.surface(place)
    if surface != surface.strip():
        return True
    if place[2] == "person":
        return len(surface) == 1 or is_no_name(surface) or _is_tail(place, field.rules)
    # 暨 before a body that a rule proposes joins it to another one; 主办方 says what it is.
    joined = any(
        surface[: start - place[0]] in lexicons.group("subject_joiners") or bodies.is_class(surface[: start - place[0]])
        for start, end, kind in field.rules
        if (end, kind) == place[1:] and start > place[0]
    )
    no_name = bodies.is_place(surface) or bodies.is_class(surface)
    return joined or no_name or surface.count("(") != surface.count(")") or bool(_side_by_side(place, field.rules))


def _is_tail(place: Place, rules: Mapping[Place, Sequence[str]]) -> bool:
    """Whether the person at `place` is the end of a name that a rule knows by its parts: 央|金卓玛."""
    return any(
        _BY_PARTS in told and start < place[0] and (end, kind) == place[1:]
        for (start, end, kind), told in rules.items()
    )


def _side_by_side(place: Place, names: Collection[Place]) -> list[Place]:
    """The two or more of the `names` that the organization at `place` is made of: a body and another, or a man."""
    ends = {one[0]: one for one in names if one[:2] != place[:2]}
    found: list[Place] = []
    at = place[0]
    while place[2] == "organization" and at in ends and at < place[1]:
        found.append(ends[at])
        at = ends[at][1]
    return found if at == place[1] else []


def _siblings(field: Field, place: Place) -> list[Place]:
    """The bodies side by side, all of one level or of the nation, that the organization at `place` is made of."""
    parts = _side_by_side(place, field.rules)
    own = [one for one in field.seen.organizations if (one.start, one.end, place[2]) in parts]
    levels = {one.place for one in own}
    bare = len(levels) == 1 and levels <= set(lexicons.group("levels"))
    national = all(
        one.rule == "national" and one.end - one.start >= _SHORTEST_NATIONAL and renown.is_of_the_nation(name)
        for one, name in zip(own, map(field.surface, parts), strict=False)
    )
    return parts if len(own) == len(parts) and (bare or national) else []
