"""Names that the edition knows: where they stand again, which of two lengths is right, the offices that touch them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from .. import lexicons
from ..offices import Role, title
from ..text import Text, is_han
from . import addresses, appointments
from .person import Person
from .shapes import word_follows

# With less lead, what the name is elsewhere in the edition decides between two and three characters.
_DOUBTFUL = 12.0


def find(text: Text, names: lexicons.Phrases, taken: Set[int]) -> list[Person]:
    """Every place where one of `names` stands again."""
    found: list[Person] = []
    for start, end in names.everywhere(text.plain):
        named_after = text.plain.startswith(lexicons.group("eponyms"), end)
        free = not found or found[-1].end <= start
        if free and not named_after and taken.isdisjoint(range(start, end)):
            found.append(Person(start, end, text.plain[start:end], "known_name", None, 1.0))
    return found


def corrected(
    text: Text, person: Person, counts: Mapping[str, int], names: lexicons.Phrases, taken: Set[int]
) -> Person:
    """`person` under the name that the rest of the edition supports.

    That is a longer one known elsewhere (郑学|选一行), or the shorter one that stands elsewhere more often (王刚重|点).
    """
    if person.rule not in ("after_office", "list_of_people", "untitled"):
        return person
    end = names.end(text.plain, person.start)
    if end > person.end and taken.isdisjoint(range(person.end, end)):
        return replace(person, end=end, name=text.plain[person.start : end])
    shorter = person.name[:-1]
    if len(person.name) == 3 and person.lead < _DOUBTFUL and counts.get(shorter, 0) > counts[person.name]:
        return replace(person, end=person.end - 1, name=shorter)
    return person


def with_touching_roles(text: Text, people: Sequence[Person], roles: Sequence[Role]) -> list[Person]:
    """The people, those without an office with the one that touches the name on either side.

    Surnames with an office join them (刘书记), and the offices that a verb gives them (任市长).
    """
    ends = {role.end: role for role in roles}
    starts = {role.start: role for role in roles}
    touched = []
    for person in people:
        before, after = ends.get(person.start), starts.get(person.end)
        if person.role is None and before is not None:
            person = replace(person, role=before)
        elif person.role is None and after is not None and _stands_after(text, after):
            first = after.offices[0]
            person = replace(person, role=Role(first.start, first.end, (first,)))
        touched.append(person)
    addressed = addresses.find(text, touched, roles)
    everyone = sorted([*touched, *addressed], key=lambda person: person.start)
    return appointments.with_offices(text, everyone, roles)


def _stands_after(text: Text, role: Role) -> bool:
    """Whether the office may stand after a name: 王毅外长, 张华委员, but not 张华代表省委."""
    first = role.offices[0]
    goes_on = is_han(text.plain[first.end : first.end + 1] or " ") and not word_follows(text.plain, first.end)
    if goes_on and title(first.title).is_("verb"):
        return False
    if first.title in lexicons.group("forms_of_address"):
        return False
    return first.organization is None and not first.place and title(first.title).place in ("both", "known")
