"""The picture of who appears with whom: people as discs, two of them tied by the articles in which both stand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

from banmian.site.pictures.asked import Asked, Row, Ways, key_of, rows_of
from banmian.site.pictures.drawn import Cell, Drawn, Network, Node, Table, Tie

if TYPE_CHECKING:
    from datasette.database import Database

# More people than these, and more ties, no eye tells apart.
_PEOPLE, _TIES = 40, 100
_PAIRS = 5000
_WIDTH, _HEIGHT, _MARGIN = 860, 600, 12
# A name is as wide as its characters, and stands below its disc.
_CHARACTER, _LETTER, _LINE = 15.0, 8.0, 20.0
_LARGE, _SMALL = 22.0, 5.0
_THICK, _THIN = 7.0, 1.0
_SEED = 1
_ROUNDS = 400
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the picture: name and address, in how many articles, whether it was asked about."""

    name: str
    address: str
    articles: int
    is_middle: bool


async def draw_together(database: Database, asked: Asked, ways: Ways) -> Drawn:
    """The people who appear together most; of one person those who appear with it."""
    pairs = await rows_of(database, "people_together", asked.parameters, _PAIRS)
    people = _chosen(pairs, asked.person)
    ties = [row for row in pairs if row["person_id"] in people and row["other_person_id"] in people][:_TIES]
    everyone = {row[column] for row in pairs for column in ("person_id", "other_person_id")}

    def articles(row: Row) -> str:
        both = {"person": key_of(row["address"]), "other": key_of(row["other_address"])}
        return ways.query("who_appears_with_whom", {**both, **asked.scope})

    table = [
        (
            Cell(row["person"], ways.path(row["address"])),
            Cell(row["other"], ways.path(row["other_address"])),
            Cell(f"{row['articles']:,}", articles(row)),
        )
        for row in ties
    ]
    heads = Table(("pictures.name", "pictures.with", "pictures.articles"), table)
    if not ties:
        return Drawn([], heads)
    left = len(everyone) - len(people)
    notes = [("pictures.left_out", {"people": len(people), "count": left, "ties": len(ties)})] if left else []
    return Drawn([await asyncio.to_thread(_network, people, ties, articles, ways)], heads, notes)


def _chosen(pairs: Sequence[Row], person: str) -> Mapping[int, Person]:
    """Those of the strongest pairs, until there are enough; of one person those who appear with it most."""
    found: dict[int, Person] = {}
    middle = {
        row[column]
        for row in pairs
        for column, address, name in (("person_id", "address", "person"), ("other_person_id", "other_address", "other"))
        if person and person in (key_of(row[address]), row[name])
    }
    for row in pairs:
        ids = row["person_id"], row["other_person_id"]
        if len(found.keys() | set(ids)) > _PEOPLE or (middle and not middle & set(ids)):
            continue
        one = Person(row["person"], row["address"], row["articles_of_person"], ids[0] in middle)
        other = Person(row["other"], row["other_address"], row["articles_of_other"], ids[1] in middle)
        found |= {ids[0]: one, ids[1]: other}
    return found


def _network(people: Mapping[int, Person], ties: Sequence[Row], articles: Callable[[Row], str], ways: Ways) -> Network:
    places = place(
        {key: _size(person, people.values()) for key, person in people.items()},
        {(row["person_id"], row["other_person_id"]): row["articles"] for row in ties},
    )
    most = max(row["articles"] for row in ties)
    return Network(
        width=_WIDTH,
        height=_HEIGHT,
        nodes=[
            Node(
                Cell(person.name, ways.path(person.address)),
                person.articles,
                *places[key],
                _radius(person, people.values()),
                person.is_middle,
            )
            for key, person in people.items()
        ],
        # The strongest lie on top.
        ties=[
            Tie(
                (row["person"], row["other"]),
                row["articles"],
                (*places[row["person_id"]], *places[row["other_person_id"]]),
                round(_THIN + (_THICK - _THIN) * sqrt((row["articles"] - 1) / max(1, most - 1)), 1),
                articles(row),
            )
            for row in reversed(ties)
        ],
    )


def _radius(person: Person, people: Iterable[Person]) -> float:
    most = max(one.articles for one in people)
    return round(_SMALL + (_LARGE - _SMALL) * sqrt(person.articles / most), 1)


def _size(person: Person, people: Iterable[Person]) -> Point:
    """Width and height of a disc with its name."""
    radius = _radius(person, people)
    name = sum(_LETTER if character.isascii() else _CHARACTER for character in person.name)
    return max(name, 2 * radius) + 8, 2 * (radius + _LINE)


def place(sizes: Mapping[int, Point], ties: Mapping[tuple[int, int], int]) -> Mapping[int, Point]:
    """Where each of these boxes (width, height) has its middle: tied ones near each other, none upon another.

    The same boxes and ties have the same places.
    """
    # It takes half a second and twenty megabytes, which a site without pictures need not have.
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sizes)
    graph.add_weighted_edges_from((one, other, sqrt(count)) for (one, other), count in ties.items())
    start = networkx.circular_layout(graph)
    # Without gravity those who have no tie to the others would fly off.
    pull = {"strong_gravity": True, "gravity": 0.3}
    found = networkx.forceatlas2_layout(graph, pos=start, max_iter=200, weight="weight", seed=_SEED, **pull)
    return _apart(_spread({key: (float(x), float(y)) for key, (x, y) in found.items()}), sizes)


def _spread(places: Mapping[int, Point]) -> Mapping[int, Point]:
    """The same places over the whole picture: by rank as much as by distance, so that no crowd stays a crowd."""
    spread = {}
    for axis, length in ((0, _WIDTH), (1, _HEIGHT)):
        values = sorted(point[axis] for point in places.values())
        least, most = values[0], values[-1]
        for rank, (key, point) in enumerate(sorted(places.items(), key=lambda one: (one[1][axis], one[0]))):
            by_rank = rank / max(1, len(places) - 1)
            by_distance = (point[axis] - least) / ((most - least) or 1)
            spread[key, axis] = _MARGIN + (length - 2 * _MARGIN) * (by_rank + by_distance) / 2
    return {key: (spread[key, 0], spread[key, 1]) for key in places}


def _apart(places: Mapping[int, Point], sizes: Mapping[int, Point]) -> Mapping[int, Point]:
    """The places, moved until no box lies upon another or over the edge."""
    now = {key: [x, y] for key, (x, y) in places.items()}
    for _ in range(_ROUNDS):
        moved = False
        for one, other in combinations(now, 2):
            gaps = [
                (sizes[one][axis] + sizes[other][axis]) / 2 - abs(now[one][axis] - now[other][axis]) for axis in (0, 1)
            ]
            if min(gaps) > 0:
                axis = int(gaps[1] < gaps[0])
                away = gaps[axis] / 2 + 0.5
                sign = 1 if (now[one][axis], one) < (now[other][axis], other) else -1
                now[one][axis] -= sign * away
                now[other][axis] += sign * away
                moved = True
        for key, point in now.items():
            for axis, length in ((0, _WIDTH), (1, _HEIGHT)):
                half = sizes[key][axis] / 2 + _MARGIN / 2
                point[axis] = min(max(point[axis], half), length - half)
        if not moved:
            break
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in now.items()}
