"""What became of keys that nothing bears any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from banmian.records import GivenKey
from banmian.seeds.withdrawn import MARK

_TEXTS = ("page", "article")
_NAMED = ("organization", "person")


@dataclass(frozen=True, slots=True)
class Kept:
    """The key of each thing of a build, in their order, and the record of all keys of the kind, those gone too."""

    keys: tuple[str, ...]
    record: tuple[GivenKey, ...]


@dataclass(frozen=True, slots=True)
class FormerKey:
    """A key that nothing of this build bears.

    `happened` is merged, split, withdrawn, unfound (a name that is not found any more in sources that are there) or
    unread (left out for now).

    `successors` are keys that something bears: one where it was merged, several where it was split.
    """

    kind: str
    key: str
    happened: str
    successors: tuple[str, ...]
    since: str | None


def went(one: GivenKey, to: Sequence[str], since: str) -> GivenKey:
    """The key of what is no more, with the keys of what it went into."""
    keys = tuple(dict.fromkeys(to))
    return replace(one, at=(), gone=("withdrawn", "merged", "split")[min(len(keys), 2)], to=keys, since=since)


def former_keys(record: Iterable[GivenKey], here: Mapping[str, Collection[str]]) -> Iterator[FormerKey]:
    """The keys of the record that nothing bears; `here` are by kind those that something does.

    A name is withdrawn that an editor withdrew, or that was last seen with a page or article that is withdrawn.
    """
    found = list(_former_keys({(one.kind, one.key): one for one in record}, here))
    taken_out = {one.since for one in found if one.kind in _TEXTS and one.happened == "withdrawn" and one.since}
    for one in found:
        is_of_editor = one.kind not in _NAMED or one.key.startswith(MARK) or one.since in taken_out
        yield one if one.happened != "withdrawn" or is_of_editor else replace(one, happened="unfound")


def _former_keys(keys: Mapping[tuple[str, str], GivenKey], here: Mapping[str, Collection[str]]) -> Iterator[FormerKey]:
    for (kind, key), one in keys.items():
        if key in here[kind]:
            continue
        if not one.gone:
            yield FormerKey(kind, key, "unread", (), None)
            continue
        successors = tuple(dict.fromkeys(_living(one, keys, here[kind], {key})))
        happened = ("withdrawn", "merged", "split")[min(len(successors), 2)]
        yield FormerKey(kind, key, happened, successors, one.since)


def _living(
    one: GivenKey, keys: Mapping[tuple[str, str], GivenKey], here: Collection[str], met: set[str]
) -> Iterator[str]:
    """The keys that something bears among those that `one` went into, and those that these went into."""
    for key in one.to:
        if key in here:
            yield key
        elif key not in met and (one.kind, key) in keys:
            met.add(key)
            yield from _living(keys[one.kind, key], keys, here, met)
