"""The keys of people and organizations: known by their names, namesakes by their articles, and by where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from banmian.keys.former import Kept, went
from banmian.keys.numbering import another
from banmian.keys.places import Places, Standing, at_places, digests
from banmian.records import GivenKey

# The keys of the articles that mention an entity, by its index.
Articles = Callable[[int], Sequence[str]]
# As many articles tell whose key it is.
_MOST_ARTICLES = 8


@dataclass(frozen=True, slots=True)
class EntityHere:
    """A person or organization of a build: the key that it would get by itself, its name and all other names."""

    key: str
    name: str
    others: tuple[str, ...]


class Names:
    """Who bears which name: those of the record (`old`, that something bears, and `lost`, gone) and of a build."""

    def __init__(self, given: Sequence[GivenKey], entities: Sequence[EntityHere]) -> None:
        self.entities = entities
        self.old: dict[str, list[GivenKey]] = {}
        self.lost: dict[str, list[GivenKey]] = {}
        self.new: dict[str, list[int]] = {}
        self.also: dict[str, list[int]] = {}
        for one in given:
            (self.lost if one.gone else self.old).setdefault(_name(one), []).append(one)
        for number, entity in enumerate(entities):
            self.new.setdefault(entity.name, []).append(number)
            for other in entity.others:
                self.also.setdefault(other, []).append(number)


def entity_keys(names: Names, articles: Articles, places: Places, is_whole: bool, kind: str, since: str) -> Kept:
    """The keys of the entities of `names`, and the record of this `kind`; `articles` gives the articles of an entity.

    Who bears an old name alone keeps its key. Of namesakes those keep it who stand in most of the articles that the
    record names. A name that became another's further name goes over to that one, one that nobody bears any more to who
    stands in its place. Where not all could be read (`is_whole` is False), what is not found stays as it was.
    """
    kept: dict[int, GivenKey] = {}
    to: dict[str, list[int]] = {}
    for name, old in names.old.items():
        _namesakes(old, names.new.get(name, []), names.entities, articles, kept)
    for one in _unfound(names, kept):
        to[one.key] = _renamed(one, names, articles, kept)
    nowhere = [one for one in _unfound(names, kept) if not to[one.key]]
    standing = at_places(places, [one.at for one in nowhere])
    for one in nowhere:
        to[one.key] = _in_its_place(one, standing, kept)
    for name, lost in names.lost.items():
        new = [number for number in names.new.get(name, ()) if number not in kept]
        _namesakes(lost, new, names.entities, articles, kept)
    taken = {one.key for side in (names.old, names.lost) for alike in side.values() for one in alike}
    keys = []
    for number, entity in enumerate(names.entities):
        key = kept[number].key if number in kept else another(entity.key, taken, entity.name)
        taken.add(key)
        keys.append(key)
    at = {number: digests(around) for number, around in places.first().items()}
    record = [
        replace(_entry(kind, key, names, number, articles, kept.get(number)), at=at.get(number, ()))
        for number, key in enumerate(keys)
    ]
    borne = set(keys)
    for one in (one for side in (names.old, names.lost) for alike in side.values() for one in alike):
        if one.key not in borne:
            stays = one.gone or (not is_whole and not to[one.key])
            record.append(one if stays else went(one, [keys[number] for number in to[one.key]], since))
    return Kept(tuple(keys), tuple(record))


def _unfound(names: Names, kept: Mapping[int, GivenKey]) -> list[GivenKey]:
    found = {one.key for one in kept.values()}
    return [one for name in sorted(names.old) for one in names.old[name] if one.key not in found]


def _name(one: GivenKey) -> str:
    return one.name or one.key


def _namesakes(
    old: Sequence[GivenKey],
    new: Sequence[int],
    entities: Sequence[EntityHere],
    articles: Articles,
    kept: dict[int, GivenKey],
) -> None:
    """Keep the keys of entities of one name: by shared articles, then by the key that they would get by themselves."""
    if len(old) == len(new) == 1 and not old[0].gone:
        kept[new[0]] = old[0]
        return
    here = {article for number in new for article in articles(number)}
    pairs = []
    for one in old:
        for number in new:
            shared = len(set(one.articles) & set(articles(number)))
            # Nothing speaks against the same key where none of its articles mentions the name any more.
            is_open = not one.articles if one.gone else not (set(one.articles) & here)
            is_named_so = one.key == entities[number].key and is_open
            if shared or is_named_so:
                pairs.append((-shared, one.key, number, one))
    found: set[str] = set()
    for _, key, number, one in sorted(pairs, key=lambda pair: pair[:3]):
        if key not in found and number not in kept:
            kept[number] = one
            found.add(key)


def _renamed(one: GivenKey, names: Names, articles: Articles, kept: dict[int, GivenKey]) -> list[int]:
    """Those that `one`, whose name nobody bears any more, went into; one that has no key yet keeps this one."""
    name = _name(one)
    also = [*names.also.get(one.key, ()), *names.also.get(name, ())]
    found = dict.fromkeys([*also, *names.new.get(name, ()), *names.new.get(one.key, ())])
    shared = Counter({number: len(set(one.articles) & set(articles(number))) for number in found})
    if one.articles and shared:
        most = max(shared.values())
        found = dict.fromkeys(number for number in found if most and shared[number] == most)
    if len(found) == 1 and (number := next(iter(found))) not in kept:
        kept[number] = one
        return []
    return list(found)


def _in_its_place(one: GivenKey, standing: Standing, kept: dict[int, GivenKey]) -> list[int]:
    """Who stands where `one` did; whoever has no key yet keeps this one, and then one side of the place is enough."""
    between, beside = standing(one.at)
    found = between or [number for number in beside if number not in kept]
    if len(found) == 1 and found[0] not in kept:
        kept[found[0]] = one
        return []
    return between


def _entry(kind: str, key: str, names: Names, number: int, articles: Articles, old: GivenKey | None) -> GivenKey:
    """The line of the record: with articles only where the name does not tell whose key it is."""
    name = names.entities[number].name
    if key == name and len(names.new[name]) == 1:
        return GivenKey(kind, key)
    here = articles(number)
    told = [article for article in (old.articles if old else ()) if article in here]
    told += [article for article in here if article not in told]
    return GivenKey(kind, key, name=None if key == name else name, articles=tuple(sorted(told[:_MOST_ARTICLES])))
