"""A doubt stands beside every mention whose name or office it touches, in the tables that people read."""

import sqlite3

import pytest
from banmian.records import Doubt, Field, Mention, Piece
from banmian.store.doubts import doubts_of

# "省长李明" printed at 100, but its last character in the next column, at 300; a correction of two characters to one.
FIELD = Field("省长李明来访", (Piece(0, 3, 100, 103), Piece(3, 5, 300, 302), Piece(5, 6, 302, 304)))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (100, 102, ["role"]),
        (101, 102, ["role"]),
        (102, 103, ["name"]),
        (100, 103, ["name"]),
        (300, 301, ["name"]),
        (103, 300, []),
        (150, 160, []),
        (301, 302, []),
        (99, 400, ["name"]),
    ],
)
def test_what_a_doubt_touches(start, end, expected):
    mention = Mention(0, "body", 2, 4, "李明", "person", "李明", "省长", 0, 2, None, "rule", 0.9)
    doubt = Doubt(start, end, "?", None, "reason", "open")
    assert [touched for _, touched in doubts_of(mention, FIELD, [doubt])] == expected


def test_views_show_each_doubt_and_no_other(edition_db):
    connection = sqlite3.connect(f"file:{edition_db}?mode=ro", uri=True)
    shown = dict(connection.execute("SELECT mention_id, doubt FROM mentions_in_context WHERE doubt IS NOT NULL"))
    touched = connection.execute(
        "SELECT mention_id, printed, suspected, reason FROM mention_doubts JOIN doubts ON start = doubt_start"
    ).fetchall()
    assert touched
    assert {mention for mention, *_ in touched} == set(shown)
    for mention, *parts in touched:
        assert all(part in shown[mention] for part in parts if part)
    in_positions = connection.execute("SELECT mention_id, doubt FROM positions_with_names WHERE doubt IS NOT NULL")
    assert {mention for mention, doubt in in_positions if doubt == shown[mention]} & set(shown)
    connection.close()
