"""The printings of an article in several editions, and what differs between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.database import Database

Row = Mapping[str, Any]

_MOST = 60
# Characters of two texts, multiplied: beyond that they are told apart by sentences alone.
_MOST_PAIRS = 1_000_000
_SENTENCE = re.compile(r"[^。!?!?;;\n]*(?:[。!?!?;;\n]+|$)")
_PRINTINGS = f"""
    SELECT articles.id AS article_id, articles.key, articles.address, headline, number, similarity,
        article_id = first_article_id AS is_first, editions.*
    FROM reprints JOIN articles ON articles.id = article_id JOIN pages ON pages.id = page_id
    JOIN editions ON editions.id = edition_id
    WHERE first_article_id = (
        SELECT first_article_id FROM reprints JOIN articles ON articles.id = article_id WHERE {{known}})
    ORDER BY is_first DESC, coalesce(date, date_earliest, date_latest, 'none'), article_id LIMIT {_MOST}"""
_OF_NUMBER, _OF_KEY = _PRINTINGS.format(known="articles.id = ?"), _PRINTINGS.format(known="articles.key = ?")
_BODY = "SELECT body FROM articles WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands at the same place of two texts, in pieces: (text, whether the other one has it too)."""

    left: Sequence[tuple[str, bool]]
    right: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Compared:
    """All printings of an article, the first one first, and what differs between two of them; these may be None."""

    printings: Sequence[Row]
    left: Row | None
    right: Row | None
    stretches: Sequence[Stretch]


async def read_printings(database: Database, article: int) -> Sequence[Row]:
    """Every printing of the article with this number, the first one first; none where it is printed once."""
    found: Sequence[Row] = (await database.execute(_OF_NUMBER, [article])).rows
    return found


async def compare(database: Database, key: str, other: str) -> Compared:
    """The article `key` beside its printing `other`: by default the first, or of that the next."""
    rows = (await database.execute(_OF_KEY, [key])).rows
    printings = {row["key"]: row for row in rows}
    right = printings.get(key)
    if right is None:
        return Compared(rows, None, None, ())
    left = printings.get(other) or next(row for row in rows if row["key"] != key)
    left, right = (right, left) if right["is_first"] else (left, right)
    bodies = [(await database.execute(_BODY, [row["key"]])).first()["body"] for row in (left, right)]
    return Compared(rows, left, right, list(beside(*bodies)))


def beside(text: str, other: str) -> Iterator[Stretch]:
    """Two texts stretch by stretch: sentences first, then the characters of those that differ. Nothing is left out."""
    sentences, others = (list(filter(None, _SENTENCE.findall(one))) for one in (text, other))
    for kind, start, end, first, last in SequenceMatcher(None, sentences, others, autojunk=False).get_opcodes():
        left, right = "".join(sentences[start:end]), "".join(others[first:last])
        if kind == "replace" and len(left) * len(right) <= _MOST_PAIRS:
            yield _by_characters(left, right)
        else:
            is_same = kind == "equal"
            yield Stretch([(left, is_same)] if left else [], [(right, is_same)] if right else [])


def _by_characters(text: str, other: str) -> Stretch:
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, start, end, first, last in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        left += [(text[start:end], kind == "equal")] if start < end else []
        right += [(other[first:last], kind == "equal")] if first < last else []
    return Stretch(left, right)
