"""Bodies that leave out what a neighbour says, and places that stand for their governments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .. import lexicons, places
from ..text import Text
from . import public
from .public import Body

_LONGEST_PLACE = 10


def find(text: Text, found: Sequence[Body]) -> list[Body]:
    """浦东新区 in 浦东新区、奉贤区禁毒委; 办公厅 in 市人大常委会代表工委和办公厅; 静安区 in a row of participants."""
    elliptic = []
    for body in found:
        elliptic += _places_before(text, body)
        elliptic += _organs_after(text, body)
    return elliptic + _places_as_governments(text, [*found, *elliptic])


def _places_before(text: Text, body: Body) -> list[Body]:
    """The places before `body` in a list that share its head."""
    if len(body.place) < 2 or "{}" not in body.template:
        return []
    level = body.place[-1]
    found = []
    start = body.start
    while joiner := _joiner(text, start):
        end = start - len(joiner)
        start = next(
            (at for at in range(max(0, end - _LONGEST_PLACE), end - 1) if places.end(text.plain, at) == end), end
        )
        if start == end or text.plain[end - 1] != level:
            break
        place = text.plain[start:end]
        found.append(replace(body, start=start, end=end, rule="ellipsis", place=place))
    return found


def _joiner(text: Text, start: int) -> str:
    """The mark or word of a list that ends at `start`; '' where there is none."""
    return next((mark for mark in lexicons.group("list_joiners") if text.plain.endswith(mark, 0, start)), "")


def _organs_after(text: Text, body: Body) -> list[Body]:
    """The body inside the same parent that a joiner adds, where people or acts of it follow (办公厅负责同志)."""
    joiners = lexicons.group("organ_joiners")
    at = next((body.end + len(mark) for mark in joiners if text.plain.startswith(mark, body.end)), body.end)
    end = lexicons.phrases("suborgans.tsv").end(text.plain, at)
    if at == body.end or end == at or not text.plain.startswith(lexicons.group("organ_followers"), end):
        return []
    full, kind, parents = lexicons.table("suborgans.tsv")[text.plain[at:end]]
    parent = _parent(text, body)
    if parent is None or (parents and parent.type != parents):
        return []
    template = parent.inner + full
    return [Body(at, end, "ellipsis", parent.type if kind == "-" else kind, template, parent.place, template)]


def _parent(text: Text, body: Body) -> Body | None:
    """The body that holds `body` (市人大常委会 of 市人大常委会代表工委); None where it is no body inside another."""
    start = lexicons.phrases("suborgans.tsv").start(text.plain, body.end)
    if not body.start < start < body.end:
        return None
    parent = public.read(text.plain[:start], body.start, text.begins)
    return parent if parent is not None and parent.end == start else None


def _places_as_governments(text: Text, found: Sequence[Body]) -> list[Body]:
    """Places in a row of participants: 静安区、市经信委作交流发言."""
    bodies = {body.start: body for body in found}
    inside = {at for body in found for at in range(body.start, body.end)}
    governments = []
    at = 0
    while at < len(text.plain):
        stop, row = _row(text, at, bodies, inside)
        named = [(start, end) for start, end in row if start not in bodies]
        if named and lexicons.phrases("government_contexts.txt").end(text.plain, stop) > stop:
            for start, end in named:
                surface = text.plain[start:end]
                governments.append(Body(start, end, "place_in_row", "government", surface, "", surface))
        at = max(stop, at + 1)
    return governments


def _row(text: Text, start: int, bodies: Mapping[int, Body], inside: set[int]) -> tuple[int, list[tuple[int, int]]]:
    """(end, items) of the row of bodies and places with a level that starts at `start`, divided by 、."""
    row: list[tuple[int, int]] = []
    at = start
    while at < len(text.plain):
        if at in bodies:
            end = bodies[at].end
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
