"""Names that differ by one character: an error of reading, or another spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import lexicons, offices, places

_SHORTEST_MASKED = 3
_SHORTEST_ORGANIZATION = 6
# A name with more likenesses than this is a pattern (a row of schools), not an error of reading.
_MOST_ALIKE = 4


def masked(name: str) -> Iterator[str]:
    """The name with each of its characters left out in turn: two names that differ by one character share a form."""
    for at in range(len(name)):
        yield f"{name[:at]}?{name[at + 1 :]}"


def alike_people(names: Sequence[str], title: str) -> Iterator[tuple[str, str]]:
    """Pairs of people in one office of one body whose names differ by one character.

    Names of two characters differ so too often, except in an office that only one person holds (市长).
    """
    shortest = _SHORTEST_MASKED - 1 if offices.implied(title) else _SHORTEST_MASKED
    yield from _alike([name for name in names if len(name) >= shortest])


def alike_organizations(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of organizations whose names differ by one character that is no place and no number."""
    numbering = lexicons.words("numbering.txt")
    for one, other in _alike([name for name in names if len(name) >= _SHORTEST_ORGANIZATION]):
        at = next(at for at in range(len(one)) if one[at] != other[at])
        if at >= max(places.place_in(one)[1], places.place_in(other)[1]) and {one[at], other[at]}.isdisjoint(numbering):
            yield one, other


def _alike(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    forms: dict[str, list[str]] = {}
    for name in names:
        for form in masked(name):
            forms.setdefault(form, []).append(name)
    pairs = [
        (one, other)
        for same in forms.values()
        if 1 < len(same) <= _MOST_ALIKE
        for at, one in enumerate(same)
        for other in same[at + 1 :]
    ]
    yield from sorted(set(pairs))
