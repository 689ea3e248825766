"""All names of one edition: each text read by itself, then with what the others taught."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, tee
from operator import attrgetter
from statistics import fmean

from banmian import records
from banmian.words.span_kinds import FIELDS

from . import entities, lexicons, offices, second_opinion
from . import text as texts
from .organizations import defined, short_forms
from .organizations.body import Organization
from .organizations.find import find as find_organizations
from .organizations.find import longest
from .people import addresses, bylines, known, part_played, statements, untitled
from .people import find as people
from .people.person import Person, without_overlaps
from .recognition import decide as recognition
from .recognition import gathering, surroundings
from .recognition.repeats import repeats
from .recognition.symbols import Proposed
from .recognition.tagger import Read
from .text import Text

# A name that is less certain on an average of its mentions is a word.
_LEAST = 0.4


@dataclass(frozen=True, slots=True)
class FieldNames:
    """One field of one article and what is found in it."""

    article: int
    field: str
    printed: str
    text: Text
    organizations: tuple[Organization, ...]
    people: tuple[Person, ...]
    roles: tuple[offices.Role, ...]
    # Those whom words show, whatever bodies there are; none of a byline.
    by_words: tuple[Person, ...]
    # (start, end) of each name -> how certain it is; empty before it is decided.
    confidences: Mapping[tuple[int, int], float]


def read_names(
    articles: Sequence[records.Article], city: str | None, backend: second_opinion.Backend | None = None
) -> records.Names:
    """The people and organizations of `articles` (one edition, in reading order, corrections applied).

    `city` is the city that 市 means (上海市); without one it is the only one of which an article speaks, and names that
    still need one stay as printed. `backend` may
    add names where the rules found none. The result is sorted by article, field (FIELDS) and start; offsets lie
    in the field.
    """
    fields = _without_words(_recognized(propose(articles)))
    long = _long_organizations(fields)
    fields = [_resolved(field, long[field.article], city) for field in fields]
    found = [_found(field) for field in fields]
    if backend is not None:
        found = [_supplemented(field, own, backend) for field, own in zip(fields, found, strict=True)]
    return entities.names(found, city)


def propose(articles: Sequence[records.Article]) -> list[FieldNames]:
    """All fields of `articles`, with the organizations, offices and people that the rules see in them."""
    fields = [
        _organizations(number, name, article.fields[name].text)
        for number, article in enumerate(articles)
        for name in FIELDS
        if name in article.fields
    ]
    return _known_people([_people(field) for field in _linked(fields)])


def seen_by_tagger(fields: Iterable[FieldNames]) -> Iterator[Proposed]:
    """What the tagger is told of each field; those of an article stand together."""
    for _, group in groupby(fields, key=attrgetter("article")):
        own = list(group)
        for field, again in zip(own, repeats([field.text.plain for field in own]), strict=True):
            maybe = tuple(untitled.candidates(field.text, _taken(field.organizations)))
            within = surroundings.within(field.text.plain)
            yield Proposed(field.text, field.organizations, field.people, field.roles, maybe, again, within)


def _recognized(fields: Sequence[FieldNames]) -> list[FieldNames]:
    """The fields with the names that the tagger decides for, each with how certain it is."""
    seen, told = tee(seen_by_tagger(fields))
    read = zip(fields, seen, recognition.read(told), strict=True)
    # One article after the other: what the tagger holds of a text is much larger than the text.
    return [field for _, group in groupby(read, key=lambda one: one[0].article) for field in _decided(list(group))]


def _without_words(fields: Sequence[FieldNames]) -> list[FieldNames]:
    """The fields without the people whose name the edition has several times and the tagger mostly holds for a word.

    One mention that looks right would else make a name of each place of a common word. Bylines, and names that a
    guideline makes, stay; a surname alone says nothing of the name that it stands for.
    """
    sure: dict[str, list[float]] = defaultdict(list)
    for field in fields:
        if field.field != "byline":
            for person in field.people:
                if person.end - person.start >= len(person.name):
                    sure[person.name].append(field.confidences[person.start, person.end])
    by_guideline = {one.name for field in fields for one in field.people if one.rule in recognition.BY_GUIDELINE}
    words = {name for name, all_ in sure.items() if len(all_) > 1 and fmean(all_) < _LEAST} - by_guideline
    return [
        field
        if field.field == "byline"
        else replace(field, people=tuple(person for person in field.people if person.name not in words))
        for field in fields
    ]


def _decided(article: Sequence[tuple[FieldNames, Proposed, Read]]) -> Iterator[FieldNames]:
    """The fields of an article with the names that are decided for, and the offices that touch them.

    A byline is left to its rules.
    """
    could_be = gathering.of_article([(seen, held) for _, seen, held in article])
    named = [
        field if field.field == "byline" else _with_structure(field, seen, recognition.decided(own))
        for (field, seen, _), own in zip(article, could_be, strict=True)
    ]
    bearers = addresses.bearers([person for field in named for person in field.people])
    for field, own in zip(named, could_be, strict=True):
        whole = replace(field, people=tuple(addresses.with_bearers(field.people, bearers)))
        yield replace(whole, confidences=recognition.confidences(own, whole.organizations, whole.people))


def _with_structure(field: FieldNames, seen: Proposed, names: Sequence[tuple[int, int, str]]) -> FieldNames:
    own = recognition.organizations(seen, names)
    organizations = tuple(longest([*defined.forms(field.text, own), *own]))
    roles, found = field.roles, field.people
    if organizations != field.organizations:
        roles = tuple(offices.find(field.text, organizations))
        found = (*found, *people.find(field.text, roles, _taken(organizations), field.by_words))
    named = recognition.people(field.text, names, found)
    # In a short text the tagger holds little of a surname alone that is addressed, or acts, behind its bearer's name.
    alone = addresses.bare(field.text, named, _taken(organizations))
    named = known.with_touching_roles(field.text, without_overlaps([*named, *alone]), roles)
    return replace(field, organizations=organizations, people=tuple(named), roles=roles)


def _organizations(article: int, field: str, printed: str) -> FieldNames:
    """The field with the organizations that it shows by itself."""
    text = texts.read(printed)
    return FieldNames(article, field, printed, text, tuple(find_organizations(text)), (), (), (), {})


def _people(field: FieldNames) -> FieldNames:
    """The field with the offices and people that it shows by itself; in a byline people go before organizations."""
    if field.field != "byline":
        roles = offices.find(field.text, field.organizations)
        taken = _taken(field.organizations)
        signed = bylines.credits(field.text, taken)
        taken |= {at for person in signed for at in range(person.start, person.end)}
        by_words = people.by_words(field.text)
        found = [*signed, *people.find(field.text, roles, taken, by_words)]
        found.sort(key=attrgetter("start"))
        return replace(field, people=tuple(found), roles=tuple(roles), by_words=tuple(by_words))
    signed = bylines.find(field.text)
    taken = {at for person in signed for at in range(person.start, person.end)}
    organizations = [one for one in field.organizations if taken.isdisjoint(range(one.start, one.end))]
    return replace(field, people=tuple(signed), organizations=tuple(organizations))


def _taken(organizations: Sequence[Organization]) -> set[int]:
    return set().union(*(range(one.start, one.end) for one in organizations))


def _linked(fields: Sequence[FieldNames]) -> list[FieldNames]:
    """The fields with the short forms that long names elsewhere in the edition give a meaning."""
    long = [
        (field.text.plain[one.start : one.end], one)
        for field in fields
        for one in field.organizations
        if one.rule in ("place_and_head", "head", "bound", "department", "list", "trade", "company")
        and one.end - one.start > 4 - (one.type == "company")
    ]
    short = short_forms.forms_of(long)
    forms = lexicons.Phrases(short)
    linked = []
    for field in fields:
        renamed = [_renamed(field, one, short) for one in field.organizations]
        again = short_forms.again(field.text, forms, short, _taken(field.organizations))
        linked.append(replace(field, organizations=tuple(longest([*renamed, *again]))))
    return linked


def _renamed(field: FieldNames, organization: Organization, short: Mapping[str, Organization]) -> Organization:
    """`organization` under the long name, if the rules found its short form by themselves."""
    long = short.get(field.text.plain[organization.start : organization.end])
    if long is None or organization.rule not in ("head", "list", "place_and_head"):
        return organization
    return replace(organization, template=long.template, place=long.place, inner=long.inner, type=long.type)


def _known_people(fields: Sequence[FieldNames]) -> list[FieldNames]:
    """The fields with every place where a name stands again that was recognised somewhere in the edition."""
    counts = Counter(person.name for field in fields for person in field.people)
    names = lexicons.Phrases(counts)
    corrected = []
    for field in fields:
        taken = _taken(field.organizations)
        corrected.append([known.corrected(field.text, person, counts, names, taken) for person in field.people])
    names = lexicons.Phrases({person.name for own in corrected for person in own})
    everywhere = []
    for field, own in zip(fields, corrected, strict=True):
        again = known.find(field.text, names, _taken(field.organizations))
        taken = _taken(field.organizations)
        again = [*again, *addresses.bare(field.text, without_overlaps([*own, *again]), taken)]
        named = known.with_touching_roles(field.text, without_overlaps([*own, *again]), field.roles)
        everywhere.append(replace(field, people=tuple(named)))
    return everywhere


def _long_organizations(fields: Sequence[FieldNames]) -> Mapping[int, Sequence[tuple[str, Organization]]]:
    """By article (surface, body) of each of its organizations, each surface once."""
    long: dict[int, dict[str, Organization]] = defaultdict(dict)
    for field in fields:
        long[field.article].update((field.text.plain[one.start : one.end], one) for one in field.organizations)
    return {article: list(found.items()) for article, found in long.items()}


def _resolved(field: FieldNames, long: Sequence[tuple[str, Organization]], city: str | None) -> FieldNames:
    """The field with the bare bodies in its offices (领导小组组长) as the one body of its article that ends so."""
    return replace(field, people=tuple(_with_long_organizations(person, long, city) for person in field.people))


def _with_long_organizations(person: Person, long: Sequence[tuple[str, Organization]], city: str | None) -> Person:
    if person.role is None or not any(office.department for office in person.role.offices):
        return person
    changed: list[offices.Office] = []
    carried: Organization | None = None
    for office in person.role.offices:
        if (
            office.department
            and office.organization is not None
            and offices.resolve(office.organization, carried) == office.organization
        ):
            office = _with_long_organization(office, office.organization, long, city)
        carried = office.organization if office.organization is not None and not office.department else carried
        changed.append(office)
    return replace(person, role=replace(person.role, offices=tuple(changed)))


def _with_long_organization(
    office: offices.Office, bare: Organization, long: Sequence[tuple[str, Organization]], city: str | None
) -> offices.Office:
    ending = {one.name(name, city): one for name, one in long if name.endswith(bare.template) and name != bare.template}
    if len(ending) != 1:
        return office
    (organization,) = ending.values()
    return replace(
        office, organization=replace(organization, start=bare.start, end=bare.end, rule=bare.rule), department=False
    )


def _found(field: FieldNames) -> entities.Found:
    played = part_played.play(field.text, field.people, field.field)
    in_text = field.field == "body"
    said = statements.find(field.text, field.people, played) if in_text else [None] * len(played)
    return entities.Found(
        *(field.article, field.field, field.printed, field.text.plain, field.organizations, field.people),
        *(tuple(played), tuple(said), field.confidences),
    )


def _supplemented(field: FieldNames, found: entities.Found, backend: second_opinion.Backend) -> entities.Found:
    """`found` with what a second opinion adds; those whom the rules found keep the part and statement they have."""
    more_organizations, more = second_opinion.additions(
        field.printed, field.text, field.organizations, field.people, backend
    )
    organizations = longest([*field.organizations, *more_organizations])
    everybody = sorted([*field.people, *more], key=lambda person: person.start)
    together = _found(replace(field, organizations=tuple(organizations), people=tuple(everybody)))
    own = dict(zip(found.people, zip(found.parts, found.statements, strict=True), strict=True))
    played = [
        own.get(person, (part, said))
        for person, part, said in zip(together.people, together.parts, together.statements, strict=True)
    ]
    return replace(together, parts=tuple(part for part, _ in played), statements=tuple(said for _, said in played))
