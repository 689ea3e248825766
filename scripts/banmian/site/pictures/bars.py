"""The pictures that are bars: who is mentioned most, who is quoted most, which types of organizations there are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from banmian.site.pictures.asked import Asked, Row, Ways, key_of, rows_of
from banmian.site.pictures.drawn import Bar, Bars, Cell, Drawn, Table

if TYPE_CHECKING:
    from datasette.database import Database

_MOST = 25
_TYPES = 40
# Per cent of the width that names have where a figure is short.
_ROOM = 83
# A body that an office implies is named nowhere.
_NAMED = "SELECT * FROM ({sql}) WHERE mentions > 0"
# How many names stand below the bar of their type.
_NAMES = 3
_OFTEN = f"""
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY type ORDER BY mentions DESC, organization_id) AS place
    FROM ({{sql}})) WHERE place <= {_NAMES}"""


def wide(value: float, most: float) -> float:
    """The width of a bar, at least so much that it is seen."""
    return max(0.3, round(100 * value / most, 2)) if most else 0.0


async def draw_mentions(database: Database, asked: Asked, ways: Ways) -> Drawn:
    """The people and the organizations that are mentioned most, each with its mentions."""
    panels, table = [], []
    is_cut = False
    for kind, title in (("person", "entity.people"), ("organization", "entity.organizations")):
        rows = await rows_of(database, "most_mentioned", {**asked.scope, "kind": kind}, _MOST + 1, _NAMED)
        rows, is_cut = rows[:_MOST], is_cut or len(rows) > _MOST

        names = [
            Cell(row["name"], ways.path(row["address"]), is_inferred=row["name_basis"] == "expanded") for row in rows
        ]

        def mentions(row: Row, kind: str = kind) -> str:
            return ways.query("mentions_of", {kind: key_of(row["address"]), **asked.scope})

        bars = [
            Bar(
                name,
                ("pictures.times", {"count": row["mentions"]}),
                wide(row["mentions"], rows[0]["mentions"]),
                mentions(row),
                tint=int(kind == "organization"),
            )
            for name, row in zip(names, rows, strict=True)
        ]
        panels += [Bars(bars, title, room=_ROOM)] if bars else []
        table += [
            (
                Cell(kind, section="followed"),
                name,
                Cell(f"{row['mentions']:,}", mentions(row)),
                Cell(f"{row['articles']:,}"),
            )
            for name, row in zip(names, rows, strict=True)
        ]
    heads = ("pictures.kind", "pictures.name", "entity.mentions", "pictures.articles")
    return Drawn(panels, Table(heads, table), [("pictures.first", {"count": _MOST})] if is_cut else [])


async def draw_speech(database: Database, asked: Asked, ways: Ways) -> Drawn:
    """The people whose words fill most of the text."""
    found = await rows_of(database, "speech_by_person", asked.scope, _MOST + 1)
    rows = found[:_MOST]

    def statements(row: Row) -> str:
        return ways.query("share_of_text_by_speaker", {"person": key_of(row["address"]), **asked.scope})

    bars = [
        Bar(
            Cell(row["person"], ways.path(row["address"])),
            ("pictures.characters_of", {"count": row["characters"], "percent": row["percent"]}),
            wide(row["characters"], rows[0]["characters"]),
            statements(row),
        )
        for row in rows
    ]
    table = [
        (
            Cell(row["person"], ways.path(row["address"])),
            Cell(f"{row['characters']:,}", statements(row)),
            Cell(f"{row['percent']}%"),
            Cell(f"{row['statements']:,}"),
            Cell(f"{row['articles']:,}"),
        )
        for row in rows
    ]
    heads = ("pictures.name", "pictures.characters", "pictures.share", "pictures.statements", "pictures.articles")
    notes = [("pictures.first", {"count": _MOST})] if len(found) > _MOST else []
    return Drawn([Bars(bars)] if bars else [], Table(heads, table), notes)


async def draw_organizations(database: Database, asked: Asked, ways: Ways) -> Drawn:
    """The types of organizations by their mentions, below each those that are mentioned most."""
    rows = await rows_of(database, "types_of_organizations", asked.scope, _TYPES)
    often = await rows_of(database, "organizations_by_type", asked.scope, _NAMES * _TYPES, _OFTEN)
    by_type = groupby(sorted(often, key=lambda row: (row["type"], row["place"])), lambda row: row["type"])
    names = {kind: [Cell(row["name"], ways.path(row["address"])) for row in own] for kind, own in by_type}

    def bodies(row: Row) -> str:
        return ways.query("organizations_by_type", {"type": row["type"], **asked.scope})

    bars = [
        Bar(
            Cell(row["type"], bodies(row), "types"),
            ("pictures.bodies_of", {"count": row["organizations"], "mentions": row["mentions"]}),
            wide(row["mentions"], rows[0]["mentions"]),
            bodies(row),
            tint=1,
            below=names.get(row["type"], ()),
        )
        for row in rows
    ]
    table = [
        (
            Cell(row["type"], bodies(row), "types"),
            Cell(f"{row['organizations']:,}", bodies(row)),
            Cell(f"{row['mentions']:,}"),
        )
        for row in rows
    ]
    heads = ("pictures.type", "entity.organizations", "entity.mentions")
    return Drawn([Bars(bars)] if bars else [], Table(heads, table))
