"""All names of one edition: each text read by itself, then with what the others taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from banmian import records
from banmian.words.span_kinds import FIELDS

from . import entities, lexicons, offices, second_opinion
from . import text as texts
from .organizations import find as organizations
from .organizations import short_forms
from .organizations.public import Body
from .people import bylines, known, part_played, statements
from .people import find as people
from .people.find import Person
from .text import Text


@dataclass(frozen=True, slots=True)
class Page:
    """One field of one article and what is found in it."""

    article: int
    field: str
    printed: str
    text: Text
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]
    roles: tuple[offices.Role, ...]


def read_names(
    articles: Sequence[records.Article], city: str | None, backend: second_opinion.Backend | None = None
) -> records.Names:
    """The people and organizations of `articles` (one edition, in reading order, corrections applied).

    `city` is the city that 市 means (上海市); without one, names that need it stay as printed. `backend` may
    add names where the rules found none. The result is sorted by article, field (FIELDS) and start; offsets lie
    in the field.
    """
    fields = [
        _bodies(number, name, article.fields[name].text)
        for number, article in enumerate(articles)
        for name in FIELDS
        if name in article.fields
    ]
    fields = [_people(field) for field in _linked(fields)]
    long = [_long_bodies(fields, number) for number in range(len(articles))]
    fields = [_resolved(field, long[field.article], city) for field in _known_people(fields)]
    found = [_found(field) for field in fields]
    if backend is not None:
        found = [_supplemented(field, own, backend) for field, own in zip(fields, found, strict=True)]
    return entities.names(found, city)


def _bodies(article: int, field: str, printed: str) -> Page:
    """The field with the organizations that it shows by itself."""
    text = texts.read(printed)
    return Page(article, field, printed, text, tuple(organizations.find(text)), (), ())


def _people(field: Page) -> Page:
    """The field with the offices and people that it shows by itself; in a byline people go before organizations."""
    if field.field != "byline":
        roles = offices.find(field.text, field.bodies)
        found = people.find(field.text, roles, _taken(field.bodies))
        return replace(field, people=tuple(found), roles=tuple(roles))
    signed = bylines.find(field.text)
    taken = {at for person in signed for at in range(person.start, person.end)}
    bodies = [body for body in field.bodies if taken.isdisjoint(range(body.start, body.end))]
    return replace(field, people=tuple(signed), bodies=tuple(bodies))


def _taken(bodies: Sequence[Body]) -> set[int]:
    return {at for body in bodies for at in range(body.start, body.end)}


def _linked(fields: Sequence[Page]) -> list[Page]:
    """The fields with the short forms that long names elsewhere in the edition give a meaning."""
    long = [
        (field.text.plain[body.start : body.end], body)
        for field in fields
        for body in field.bodies
        if body.rule in ("place_and_head", "head", "bound", "department", "list") and body.end - body.start > 4
    ]
    short = short_forms.forms_of(long)
    forms = lexicons.Phrases(short)
    linked = []
    for field in fields:
        renamed = [_renamed(field, body, short) for body in field.bodies]
        again = short_forms.again(field.text, forms, short, _taken(field.bodies))
        linked.append(replace(field, bodies=tuple(organizations.longest([*renamed, *again]))))
    return linked


def _renamed(field: Page, body: Body, short: Mapping[str, Body]) -> Body:
    """`body` under the long name, if the rules found its short form by themselves."""
    long = short.get(field.text.plain[body.start : body.end])
    if long is None or body.rule not in ("head", "list", "place_and_head"):
        return body
    return replace(body, template=long.template, place=long.place, inner=long.inner, type=long.type)


def _known_people(fields: Sequence[Page]) -> list[Page]:
    """The fields with every place where a name stands again that was recognised somewhere in the edition."""
    counts = Counter(person.name for field in fields for person in field.people)
    names = lexicons.Phrases(counts)
    corrected = []
    for field in fields:
        taken = _taken(field.bodies)
        corrected.append([known.corrected(field.text, person, counts, names, taken) for person in field.people])
    names = lexicons.Phrases({person.name for own in corrected for person in own})
    everywhere = []
    for field, own in zip(fields, corrected, strict=True):
        again = known.find(field.text, names, _taken(field.bodies))
        named = known.with_touching_roles(field.text, people.without_overlaps([*own, *again]), field.roles)
        everywhere.append(replace(field, people=tuple(named)))
    return everywhere


def _long_bodies(fields: Sequence[Page], article: int) -> list[tuple[str, Body]]:
    """(surface, body) of each organization of the article, each surface once."""
    long = {
        field.text.plain[body.start : body.end]: body
        for field in fields
        if field.article == article
        for body in field.bodies
    }
    return list(long.items())


def _resolved(field: Page, long: Sequence[tuple[str, Body]], city: str | None) -> Page:
    """The field with the bare bodies in its offices (领导小组组长) as the one body of its article that ends so."""
    return replace(field, people=tuple(_with_long_bodies(person, long, city) for person in field.people))


def _with_long_bodies(person: Person, long: Sequence[tuple[str, Body]], city: str | None) -> Person:
    if person.role is None or not any(part.department for part in person.role.parts):
        return person
    changed: list[offices.Part] = []
    carried: Body | None = None
    for part in person.role.parts:
        if part.department and part.body is not None and offices.resolve(part.body, carried) == part.body:
            part = _with_long_body(part, part.body, long, city)
        carried = part.body if part.body is not None and not part.department else carried
        changed.append(part)
    return replace(person, role=replace(person.role, parts=tuple(changed)))


def _with_long_body(part: offices.Part, bare: Body, long: Sequence[tuple[str, Body]], city: str | None) -> offices.Part:
    ending = {
        body.name(name, city): body for name, body in long if name.endswith(bare.template) and name != bare.template
    }
    if len(ending) != 1:
        return part
    (body,) = ending.values()
    return replace(part, body=replace(body, start=bare.start, end=bare.end, rule=bare.rule), department=False)


def _found(field: Page) -> entities.Found:
    played = part_played.play(field.text, field.people, field.field)
    body = field.field == "body"
    said = statements.find(field.text, field.people, played) if body else [None] * len(played)
    return entities.Found(
        field.article, field.field, field.printed, field.bodies, field.people, tuple(played), tuple(said)
    )


def _supplemented(field: Page, found: entities.Found, backend: second_opinion.Backend) -> entities.Found:
    """`found` with what a second opinion adds; those whom the rules found keep the part and statement they have."""
    more_bodies, more = second_opinion.additions(field.printed, field.text, field.bodies, field.people, backend)
    bodies = organizations.longest([*field.bodies, *more_bodies])
    everybody = sorted([*field.people, *more], key=lambda person: person.start)
    together = _found(replace(field, bodies=tuple(bodies), people=tuple(everybody)))
    own = dict(zip(found.people, zip(found.parts, found.statements, strict=True), strict=True))
    played = [
        own.get(person, (part, said))
        for person, part, said in zip(together.people, together.parts, together.statements, strict=True)
    ]
    return replace(together, parts=tuple(part for part, _ in played), statements=tuple(said for _, said in played))
