"""Bodies that leave out what a neighbour says, and places that stand for their governments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .. import lexicons, places
from ..text import Text
from . import public
from .body import Organization

_LONGEST_PLACE = 10


def find(text: Text, found: Sequence[Organization]) -> list[Organization]:
    """浦东新区 in 浦东新区、奉贤区禁毒委; 办公厅 in 市人大常委会代表工委和办公厅; 静安区 in a row of participants."""
    elliptic = []
    for organization in found:
        elliptic += _places_before(text, organization)
        elliptic += _organs_after(text, organization)
    return elliptic + _places_as_governments(text, [*found, *elliptic])


def _places_before(text: Text, organization: Organization) -> list[Organization]:
    """The places before `organization` in a list that share its head."""
    if len(organization.place) < 2 or "{}" not in organization.template:
        return []
    level = organization.place[-1]
    found = []
    start = organization.start
    while joiner := _joiner(text, start):
        end = start - len(joiner)
        start = next(
            (at for at in range(max(0, end - _LONGEST_PLACE), end - 1) if places.end(text.plain, at) == end), end
        )
        if start == end or text.plain[end - 1] != level:
            break
        place = text.plain[start:end]
        found.append(replace(organization, start=start, end=end, rule="ellipsis", place=place))
    return found


def _joiner(text: Text, start: int) -> str:
    """The mark or word of a list that ends at `start`; '' where there is none."""
    return next((mark for mark in lexicons.group("list_joiners") if text.plain.endswith(mark, 0, start)), "")


def _organs_after(text: Text, organization: Organization) -> list[Organization]:
    """The body inside the same parent that a joiner adds, where people or acts of it follow (办公厅负责同志)."""
    joiners = lexicons.group("organ_joiners")
    at = next(
        (organization.end + len(mark) for mark in joiners if text.plain.startswith(mark, organization.end)),
        organization.end,
    )
    end = lexicons.phrases("suborgans.tsv").end(text.plain, at)
    if at == organization.end or end == at or not text.plain.startswith(lexicons.group("organ_followers"), end):
        return []
    full, kind, parents = lexicons.table("suborgans.tsv")[text.plain[at:end]]
    parent = _parent(text, organization)
    if parent is None or (parents and parent.type != parents):
        return []
    template = parent.inner + full
    return [Organization(at, end, "ellipsis", parent.type if kind == "-" else kind, template, parent.place, template)]


def _parent(text: Text, organization: Organization) -> Organization | None:
    """The body that holds `organization` (市人大常委会 of 市人大常委会代表工委); None where nothing holds it."""
    start = lexicons.phrases("suborgans.tsv").start(text.plain, organization.end)
    if not organization.start < start < organization.end:
        return None
    parent = public.read(text.plain[:start], organization.start, text.begins)
    return parent if parent is not None and parent.end == start else None


def _places_as_governments(text: Text, found: Sequence[Organization]) -> list[Organization]:
    """Places in a row of participants: 静安区、市经信委作交流发言."""
    organizations = {one.start: one for one in found}
    inside = {at for one in found for at in range(one.start, one.end)}
    governments = []
    at = 0
    for begin in sorted({*organizations, *(start for start, _ in places.names().everywhere(text.plain))}):
        if begin < at:
            continue
        stop, row = _row(text, begin, organizations, inside)
        named = [(start, end) for start, end in row if start not in organizations]
        if named and lexicons.phrases("government_contexts.txt").end(text.plain, stop) > stop:
            for start, end in named:
                surface = text.plain[start:end]
                governments.append(Organization(start, end, "place_in_row", "government", surface, "", surface))
        at = max(stop, begin + 1)
    return governments


def _row(
    text: Text, start: int, organizations: Mapping[int, Organization], inside: set[int]
) -> tuple[int, list[tuple[int, int]]]:
    """(end, items) of the row of bodies and places with a level that starts at `start`, divided by 、."""
    row: list[tuple[int, int]] = []
    at = start
    while at < len(text.plain):
        if at in organizations:
            end = organizations[at].end
        elif at in inside:
            break
        else:
            end = places.end(text.plain, at)
            if end == at or not text.plain.endswith(lexicons.group("levels"), 0, end):
                break
        row.append((at, end))
        joiner = next((mark for mark in lexicons.group("list_joiners") if text.plain.startswith(mark, end)), "")
        if not joiner:
            return end, row
        at = end + len(joiner)
    return (row[-1][1] if row else start), row
