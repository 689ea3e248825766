"""Who is who, as an editor decided: one entity under several names, or several under one name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from banmian.records import Alias, Article, Identity, Mention, Names, Organization, Person, Position

from .normal import normal_form

# 张伟-2: the number that tells namesakes apart.
_NUMBER = re.compile(r"-[0-9]+\Z")
# The key of what is no name.
_NO_NAME = ""


@dataclass(frozen=True, slots=True)
class Obeyed:
    """The names as the editor has them, and of each decision the names and texts of it that were there."""

    names: Names
    met: frozenset[tuple[Identity, str]]


def obey(names: Names, articles: Sequence[Article], identities: Sequence[Identity]) -> Obeyed:
    """`names`, found in `articles`, after `identities`; first what is taken apart, then what is put together.

    Mentions, positions and aliases move to the entity that is meant; spans, roles and rules stay as they were found.
    """
    if not identities:
        return Obeyed(names, frozenset())
    renaming = _Renaming(names)
    texts = ["\n".join(field.text for field in article.fields.values()) for article in articles]
    for identity in sorted(identities, key=lambda one: one.decided):
        if identity.key or identity.decided == "none":
            renaming.take_apart(identity, texts)
        else:
            renaming.put_together(identity)
    return Obeyed(renaming.renamed(), frozenset(renaming.met))


def missing(identity: Identity, met: Collection[str]) -> list[str]:
    """What the decision expects and `met`, the names and texts of it that were found, has not."""
    if identity.decided == "different" and not identity.key:
        # One of the two may stand in another edition.
        return [] if set(met) & set(identity.names) else list(identity.names)
    expected = identity.names[1:] or identity.names
    texts = identity.texts if identity.decided != "same" else ()
    return [text for text in (*expected, *texts) if text not in met]


def is_spelling(kind: str, key: str, name: str) -> bool:
    """Whether `key` is `name`, or, of an organization, the same name spelled otherwise (四川省石渠县…, 石渠县…)."""
    return key == name or (kind == "organization" and normal_form(key) == normal_form(name))


def name_of(key: str) -> str:
    """The name of an entity by its key: without the number that tells namesakes apart."""
    return _NUMBER.sub("", key)


class _Renaming:
    """(kind, key, article) -> the key that the editor gives it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.met: set[tuple[Identity, str]] = set()
        self._keys: dict[tuple[str, str, int], str] = {}
        self._places: dict[tuple[str, str], set[int]] = {}
        for mention in names.mentions:
            self._places.setdefault((mention.kind, mention.name), set()).add(mention.article)
        for position in names.positions:
            if position.organization is not None:
                article = names.mentions[position.mention].article
                self._places.setdefault(("organization", position.organization), set()).add(article)

    def key(self, kind: str, key: str, article: int) -> str:
        return self._keys.get((kind, key, article), key)

    def take_apart(self, identity: Identity, texts: Sequence[str]) -> None:
        (name,) = identity.names
        for article in sorted(self._places.get((identity.kind, name), ())):
            self.met.add((identity, name))
            found = [text for text in identity.texts if text in texts[article]]
            self.met.update((identity, text) for text in found)
            if found or not identity.texts:
                self._keys[identity.kind, name, article] = identity.key or _NO_NAME

    def put_together(self, identity: Identity) -> None:
        """Names that stay apart, and a single one that is one entity, are only looked for."""
        first, *others = identity.names
        for (kind, name), articles in self._places.items():
            for article in articles:
                now = self.key(kind, name, article)
                if kind != identity.kind:
                    continue
                spelled = (one for one in identity.names if is_spelling(kind, now, one))
                meant = now if now in identity.names else next(spelled, None)
                if meant is not None:
                    self.met.add((identity, meant))
                    if identity.decided == "same" and meant in others:
                        self._keys[kind, name, article] = first

    def _kept(self) -> tuple[list[Mention], dict[int, int]]:
        """The mentions that are names, and the place of each among them by its place before."""
        mentions: list[Mention] = []
        places: dict[int, int] = {}
        for index, mention in enumerate(self.names.mentions):
            if key := self.key(mention.kind, mention.name, mention.article):
                places[index] = len(mentions)
                mentions.append(replace(mention, name=key))
        return mentions, places

    def _positions(self, mentions: Sequence[Mention], places: Mapping[int, int]) -> Iterator[Position]:
        for position in self.names.positions:
            if position.mention in places:
                mention = mentions[places[position.mention]]
                body = position.organization and self.key("organization", position.organization, mention.article)
                basis = position.basis if body else None
                named = replace(position, person=mention.name, organization=body or None, basis=basis)
                yield replace(named, mention=places[position.mention])

    def renamed(self) -> Names:
        names = self.names
        mentions, moved = self._kept()
        surfaces: dict[tuple[str, str], set[str]] = {}
        for mention in mentions:
            surfaces.setdefault((mention.kind, mention.name), set()).add(mention.surface)
        people = {key: Person(key, name) for one in names.people for key, name in self._heirs("person", one)}
        known = {one.key: one for one in names.organizations}
        organizations: dict[str, Organization] = {}
        for one in names.organizations:
            for key, name in self._heirs("organization", one):
                basis = "printed" if name in surfaces.get(("organization", key), ()) else "expanded"
                organizations.setdefault(key, known.get(key) or Organization(key, name, one.type, basis))
        return replace(
            names,
            mentions=tuple(mentions),
            positions=tuple(self._positions(mentions, moved)),
            people=tuple(people.values()),
            organizations=tuple(organizations.values()),
            aliases=tuple(self._aliases(surfaces)),
            statements=tuple(
                replace(one, mention=moved[one.mention]) for one in names.statements if one.mention in moved
            ),
        )

    def _heirs(self, kind: str, one: Person | Organization) -> list[tuple[str, str]]:
        """(key, name) of each entity that the mentions of `one` belong to; its own where it has none."""
        places = sorted(self._places.get((kind, one.key), ()))
        keys = dict.fromkeys(self.key(kind, one.key, article) for article in places) or {one.key: None}
        return [(key, one.name if key == one.key else name_of(key)) for key in keys if key]

    def _aliases(self, surfaces: dict[tuple[str, str], set[str]]) -> list[Alias]:
        """The aliases with those who bear them; a name that was put under another one is an alias of that."""
        entities: list[tuple[str, Person | Organization]] = [("person", one) for one in self.names.people]
        entities += [("organization", one) for one in self.names.organizations]
        heirs = {(kind, one.key): self._heirs(kind, one) for kind, one in entities}
        found = [
            Alias(key, alias.kind, alias.name)
            for alias in self.names.aliases
            for key, name in heirs[alias.kind, alias.entity]
            if alias.name != name and (key == alias.entity or alias.name in surfaces.get((alias.kind, key), ()))
        ]
        found += [Alias(key, kind, one.name) for kind, one in entities for key, name in heirs[kind, one.key]
                  if key != one.key and name != one.name]  # fmt: skip
        return list(dict.fromkeys(found))
