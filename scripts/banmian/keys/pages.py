"""The keys of pages, and through them of editions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from banmian.keys.former import Kept, went
from banmian.keys.matching import match
from banmian.keys.numbering import another
from banmian.keys.samples import Sampled
from banmian.records import GivenKey


@dataclass(frozen=True, slots=True)
class PageHere:
    """A page of a build: the id that it would get by itself, its edition, file and text."""

    id: str
    edition: str
    file: str
    text: Sampled


def page_keys(given: Sequence[GivenKey], pages: Sequence[PageHere], unread: Collection[str], since: str) -> Kept:
    """The keys of `pages`, and the record of pages. Of files that can't be read now, `unread`, all stays as it was."""
    waiting = [one for one in given if one.file in unread and not one.gone]
    live = [one for one in given if one.file not in unread and not one.gone]
    lost = [one for one in given if one.gone]
    kept = _exactly(live, pages)
    gone: dict[str, tuple[int, ...]] = {}
    for old in (live, lost):
        left = [one for one in old if one.key not in {other.key for other in kept.values()}]
        new = [number for number in range(len(pages)) if number not in kept]
        matched = match(left, [pages[number].text for number in new], _unlike(left, pages, new))
        kept |= {new[other]: left[one] for one, other in matched.same.items()}
        if old is live:
            gone = {left[one].key: tuple(new[n] for n in to) for one, to in matched.successors.items()}
    taken = {one.key for one in given}
    keys = []
    for number, page in enumerate(pages):
        keys.append(kept[number].key if number in kept else another(page.id, taken))
        taken.add(keys[-1])
    record = [_entry(key, page) for key, page in zip(keys, pages, strict=True)]
    record += waiting
    for one in (*live, *lost):
        if one.key not in set(keys):
            record.append(one if one.gone else went(one, [keys[number] for number in gone.get(one.key, ())], since))
    return Kept(tuple(keys), tuple(record))


def edition_keys(
    given: Sequence[GivenKey], before: Sequence[GivenKey], now: Sequence[GivenKey], since: str
) -> tuple[GivenKey, ...]:
    """The record of editions that are no more: of those that it had, and of the pages `before` the editions.

    An edition has the id that its editor gives it; what its pages belong to `now` has followed it.
    """
    editions = {one.key: one.edition for one in now if not one.gone and one.edition is not None}
    here = set(editions.values())
    gone = {one.key: one for one in given if one.key not in here}
    for page in before:
        old = page.edition
        if old is not None and not page.gone and old not in here and old not in gone:
            pages = [one.key for one in before if one.edition == old and not one.gone]
            to = dict.fromkeys(editions[key] for key in pages if key in editions)
            gone[old] = went(GivenKey("edition", old), [key for key in to if key is not None], since)
    return tuple(gone.values())


def _exactly(live: Sequence[GivenKey], pages: Sequence[PageHere]) -> dict[int, GivenKey]:
    """The pages whose file has their very text as it was."""
    known: dict[tuple[str | None, int, tuple[int, ...]], list[GivenKey]] = {}
    for one in live:
        known.setdefault((one.file, one.characters, one.sample), []).append(one)
    kept: dict[int, GivenKey] = {}
    for number, page in enumerate(pages):
        alike = known.get((page.file, page.text.characters, page.text.sample), [])
        if alike:
            # Two pages of one file may have the same text.
            own = next((one for one in alike if one.key == page.id), alike[0])
            alike.remove(own)
            kept[number] = own
    return kept


def _unlike(old: Sequence[GivenKey], pages: Sequence[PageHere], new: Sequence[int]) -> Callable[[int, int], int]:
    def unlike(one: int, other: int) -> int:
        page = pages[new[other]]
        return 2 * (old[one].file != page.file) + (old[one].key != page.id)

    return unlike


def _entry(key: str, page: PageHere) -> GivenKey:
    text = page.text
    return GivenKey("page", key, page.edition, page.file, characters=text.characters, sample=text.sample)
