"""What another recognizer adds: names where the rules left the text open, never in place of what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

from .organizations import heads
from .organizations.body import Organization
from .people.person import Person
from .text import Text

# text -> (start, end, kind) of each name in it; offsets count code points, the end exclusive.
Backend = Callable[[str], Iterable[tuple[int, int, str]]]
# The name of the rule in the mentions that it adds.
RULE = "second_opinion"


class OpinionError(ValueError):
    """A second opinion can't be had, or makes no sense."""


_KINDS = ("person", "organization")


def additions(
    printed: str, text: Text, organizations: Sequence[Organization], people: Sequence[Person], backend: Backend
) -> tuple[list[Organization], list[Person]]:
    """The organizations and people that `backend` finds in the `printed` text where nothing is found yet.

    One that overlaps a name of the rules, or an office that touches one, is left out, and of two of its own that
    overlap the shorter one; so are other kinds (places), names across a line's end, and names of one character. Raises
    OpinionError for offsets that lie outside the text. `text` is the printed one as the grammars read it.
    """
    spans = [(one.start, one.end) for one in organizations] + [(person.start, person.end) for person in people]
    spans += [(person.role.start, person.role.end) for person in people if person.role is not None]
    taken = {at for start, end in spans for at in range(start, end)}
    more_organizations: list[Organization] = []
    more_people: list[Person] = []
    for start, end, kind in sorted(set(backend(printed)), key=lambda one: (one[0] - one[1], one)):
        if not 0 <= start < end <= len(printed):
            raise OpinionError(f"the second opinion names text[{start}:{end}] in a text of {len(printed)} characters")
        start, end = _trimmed(printed, start, end)
        surface = text.plain[start:end]
        if kind not in _KINDS or end - start < 2 or "\n" in surface or _overlaps(start, end, taken):
            continue
        taken.update(range(start, end))
        if kind == "person":
            more_people.append(Person(start, end, surface.replace(" ", ""), RULE, None, 0.0))
        else:
            of_type = heads.type_of(surface, heads.UNKNOWN_TYPE)
            more_organizations.append(Organization(start, end, RULE, of_type, surface, "", surface))
    return more_organizations, more_people


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _overlaps(start: int, end: int, taken: Set[int]) -> bool:
    return not taken.isdisjoint(range(start, end))
