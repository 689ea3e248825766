"""From what was found in each field to records: mentions, people, organizations, aliases, positions, statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from banmian import records

from . import lexicons, offices, places
from . import text as texts
from .identity.districts import Districts
from .organizations.body import Organization
from .people import likelihood
from .people.person import Person

_LONG_NAME = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one field; `folded` is the text as grammars read it, `parts`, `statements` go with `people`.

    `confidences` tells of (start, end) how certain the name there is, where that is known.
    """

    article: int
    field: str
    printed: str
    folded: str
    organizations: tuple[Organization, ...]
    people: tuple[Person, ...]
    parts: tuple[str, ...]
    statements: tuple[tuple[int, int] | None, ...]
    confidences: Mapping[tuple[int, int], float]


class _Register:
    """The organizations of an edition as they are met, with their printed forms."""

    def __init__(self, city: str | None, found: Sequence[Found], printed: Mapping[str, str]) -> None:
        self.city = city
        self._printed = printed
        # Name without the city of its county -> all its forms in the edition, with a city or without.
        self._forms: dict[str, set[str]] = {}
        for field in found:
            for organization in _all_organizations(field):
                name = organization.name(field.folded[organization.start : organization.end], city)
                self._forms.setdefault(places.without_city(name), set()).add(name)
        # Those who hold an office of another land: 总理 says nothing of the State Council then.
        self.abroad = {person.name for field in found for person in field.people if _is_of_abroad(person)}
        self.types: dict[str, str] = {}
        self.surfaces: dict[str, dict[str, None]] = {}
        # (article, field, start) of every mention -> the name of its body.
        self.names: dict[tuple[int, str, int], str] = {}

    def add(self, field: Found, organization: Organization) -> str:
        surface = field.printed[organization.start : organization.end]
        name = self._full(organization.name(field.folded[organization.start : organization.end], self.city))
        self.names[field.article, field.field, organization.start] = name
        self.types.setdefault(name, organization.type)
        self.surfaces.setdefault(name, {})[surface] = None
        return name

    def _full(self, name: str) -> str:
        """The name that the organization has in this edition (余杭区人民法院 where its city is printed once)."""
        name = places.chosen(self._forms.get(places.without_city(name), (name,)))
        return self._printed.get(name, name)

    def implied(self, title: str, place: str) -> str | None:
        """The name of the body that an office implies by itself (市长 -> 上海市人民政府), or None."""
        template = offices.implied(title)
        of_another_land = place in places.countries() and "{}" not in template
        if not template or of_another_land or places.has_no_peoples_government(place):
            return None
        level = offices.level(title)
        if place and level and not place.endswith(level):
            place += level
        full = places.full_name(place or level, self.city) if "{}" in template and (place or level) else None
        if "{}" in template and full is None:
            return None
        name = self._full(template.replace("{}", full or ""))
        self.types.setdefault(name, "government")
        self.surfaces.setdefault(name, {})
        return name


def _is_of_abroad(person: Person) -> bool:
    """Whether the name is a transliteration, or an office of the person is of another country."""
    held = person.role.offices if person.role is not None else ()
    of_another_land = any(
        office.place in places.countries() and office.place not in lexicons.group("home") for office in held
    )
    long = len(person.name) >= _LONG_NAME and not likelihood.like_chinese(person.name)
    return of_another_land or "·" in person.name or long


def _as_printed(field: Found, printed: Mapping[str, str]) -> Found:
    """The field with the names of its people as `printed` says."""
    if not printed:
        return field
    people = (replace(person, name=printed.get(person.name, person.name)) for person in field.people)
    return replace(field, people=tuple(people))


def _printed_forms(found: Sequence[Found]) -> dict[str, str]:
    """What a name is in simplified characters -> what is printed, where the texts print it in traditional ones only.

    A full name that no text prints stays in simplified characters.
    """
    forms: dict[str, set[str]] = {}
    for field in found:
        form = texts.plain(field.printed)
        for one in field.organizations:
            forms.setdefault(field.folded[one.start : one.end], set()).add(form[one.start : one.end])
        for person in field.people:
            folded, printed = (text[person.start : person.end].replace(" ", "") for text in (field.folded, form))
            forms.setdefault(folded, set()).add(printed)
    return {folded: min(printed) for folded, printed in forms.items() if folded not in printed}


def names(found: Sequence[Found], city: str | None) -> records.Names:
    """The people and organizations that were found, each once, with their mentions, positions and statements."""
    printed = _printed_forms(found)
    found = [_as_printed(field, printed) for field in _with_districts(found, city)]
    register = _Register(city, found, printed)
    mentions: list[records.Mention] = []
    positions: list[records.Position] = []
    statements: list[records.Statement] = []
    forms: dict[str, dict[str, None]] = {}
    for field in found:
        inside = [(one.start, one, None) for one in _all_organizations(field)]
        people = [(person.start, None, index) for index, person in enumerate(field.people)]
        for _, organization, index in sorted([*inside, *people], key=lambda entry: entry[0]):
            if organization is not None:
                mentions.append(_organization(field, organization, register))
            elif index is not None:
                person = field.people[index]
                mentions.append(_person(field, index))
                forms.setdefault(person.name, {})[field.printed[person.start : person.end]] = None
                positions += _positions(field, index, len(mentions) - 1, register)
                said = field.statements[index]
                if said is not None:
                    statements.append(records.Statement(len(mentions) - 1, *said))
    return records.Names(
        tuple(mentions),
        tuple(records.Person(name, name) for name in forms),
        tuple(_organizations(register)),
        tuple(_aliases(register, forms)),
        tuple(positions),
        tuple(statements),
    )


def _with_districts(found: Sequence[Found], city: str | None) -> list[Found]:
    """The fields, their bodies of a bare 区 and of districts whose name several bear as the article means them."""
    texts: dict[int, dict[str, str]] = {}
    for field in found:
        texts.setdefault(field.article, {})[field.field] = field.folded
    named = {article: Districts(folded, city) for article, folded in texts.items()}
    return [_in_districts(field, named[field.article]) for field in found]


def _in_districts(field: Found, districts: Districts) -> Found:
    organizations = tuple(districts.organization(one, field.field) for one in field.organizations)
    return replace(
        field, organizations=organizations, people=tuple(districts.person(one, field.field) for one in field.people)
    )


def _all_organizations(field: Found) -> list[Organization]:
    """The bodies of the field and the bare ones inside offices that touch a name (组织部 in 组织部部长张三)."""
    organizations = {one.start: one for one in field.organizations}
    taken = {at for person in field.people for at in range(person.start, person.end)}
    for person in field.people:
        if person.role is None:
            continue
        carried: Organization | None = None
        for office in person.role.offices:
            if office.organization is None:
                continue
            organization = offices.resolve(office.organization, carried) if office.department else office.organization
            if not taken.isdisjoint(range(organization.start, organization.end)):
                continue
            if (
                office.organization.start not in organizations
                or organizations[office.organization.start].end < organization.end
            ):
                organizations[office.organization.start] = organization
            if not office.department:
                carried = office.organization
    return sorted(organizations.values(), key=lambda one: one.start)


def _organization(field: Found, organization: Organization, register: _Register) -> records.Mention:
    surface = field.printed[organization.start : organization.end]
    name = register.add(field, organization)
    return records.Mention(
        field.article,
        field.field,
        organization.start,
        organization.end,
        surface,
        "organization",
        name,
        None,
        None,
        None,
        None,
        organization.rule,
        field.confidences.get((organization.start, organization.end)),
    )


def _person(field: Found, index: int) -> records.Mention:
    person = field.people[index]
    role = person.role
    return records.Mention(
        field.article,
        field.field,
        person.start,
        person.end,
        field.printed[person.start : person.end],
        "person",
        person.name,
        field.printed[role.start : role.end] if role else None,
        role.start if role else None,
        role.end if role else None,
        field.parts[index],
        person.rule,
        field.confidences.get((person.start, person.end)),
    )


def _positions(field: Found, index: int, mention: int, register: _Register) -> list[records.Position]:
    person = field.people[index]
    if field.field == "byline" or field.parts[index] == "reporter" or person.rule == "surname_and_office":
        # 王市长 may be a deputy: how one is addressed is no evidence of an office.
        return []
    chains = (person.role.offices if person.role is not None else (), person.held)
    return [row for chain in chains for row in _offices(field, person.name, chain, mention, register)]


def _offices(
    field: Found, person: str, chain: Sequence[offices.Office], mention: int, register: _Register
) -> list[records.Position]:
    rows = []
    carried: Organization | None = None
    before: offices.Office | None = None
    for office in chain:
        organization = (
            offices.resolve(office.organization, carried)
            if office.organization is not None and office.department
            else office.organization
        )
        if organization is None and before is not None and offices.carries(office, before):
            organization = carried
        if organization is not None:
            carried = organization if not office.department or carried is None else carried
        title = office.former + field.printed[office.title_start : office.end]
        # A verb gives an office after the name (张三任市教育局局长): its body is registered here first.
        name = register.add(field, organization) if organization in field.organizations else None
        name = name or (
            register.names.get((field.article, field.field, organization.start)) if organization is not None else None
        )
        if name is None and (office.place or person not in register.abroad):
            name = register.implied(office.title, office.place)
        basis = None if name is None else "printed" if organization is not None else "office"
        rows.append(records.Position(person, name, title, basis, mention))
        before = office
    return rows


def _organizations(register: _Register) -> list[records.Organization]:
    return [
        records.Organization(name, name, register.types[name], "printed" if name in surfaces else "expanded")
        for name, surfaces in register.surfaces.items()
    ]


def _aliases(register: _Register, forms: dict[str, dict[str, None]]) -> list[records.Alias]:
    aliases = [
        records.Alias(name, "person", form)
        for name, found in forms.items()
        for form in found
        if form != name and len(form) > 1
    ]
    aliases += [
        records.Alias(name, "organization", surface)
        for name, surfaces in register.surfaces.items()
        for surface in surfaces
        if surface != name
    ]
    return aliases
