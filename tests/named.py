"""Names in a text, for tables of sentences and what is found in them."""

from __future__ import annotations

from banmian.names import read_names
from banmian.records import Article, Field, Names


def article(**fields: str) -> Article:
    """An article of these fields, of one paragraph."""
    return Article({name: Field(text, ()) for name, text in fields.items()}, ())


def read(body: str, city: str | None = None, **fields: str) -> Names:
    """What is found in an article."""
    return read_names([article(**fields, body=body)], city)


def people(names: Names) -> list[tuple[str, str | None, str | None]]:
    """(surface, role, part) of each mention of a person."""
    return [(m.surface, m.role, m.part) for m in names.mentions if m.kind == "person"]


def organizations(names: Names) -> list[tuple[str, str, str]]:
    """(surface, full name, type) of each mention of an organization."""
    of_key = {organization.key: organization for organization in names.organizations}
    found = [(m.surface, of_key[m.name]) for m in names.mentions if m.kind == "organization"]
    return [(surface, organization.name, organization.type) for surface, organization in found]
