"""Positions on the seed page, against a gold that two readers marked blind and alike (tests/gold/positions.jsonl)."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path

from gold_page import GOLD


def test_every_position_of_the_seed_page_is_the_gold(edition_db: Path) -> None:
    gold = [json.loads(line) for line in (GOLD / "positions.jsonl").read_text("utf-8").splitlines()]
    expected = Counter((p["start"], p["person"], p["title"], p["organization"], p["basis"]) for p in gold)
    with sqlite3.connect(edition_db) as connection:
        found = connection.execute(
            """SELECT source_start, people.name, title, organizations.name, basis
               FROM positions JOIN mentions ON mentions.id = mention_id JOIN people ON people.id = positions.person_id
               LEFT JOIN organizations ON organizations.id = positions.organization_id"""
        ).fetchall()
    assert len(gold) == 25
    assert Counter(found) == expected
