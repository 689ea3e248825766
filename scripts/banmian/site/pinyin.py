"""People and organizations by how their names are spelled in pinyin: in full, or the first letters alone.

The spellings are made once of each database, when the first search needs them, and kept as long as its file: to ask
costs a look into a dictionary. In the database they would take room in every copy for the sake of one box of this
site; a second of work for some ten thousand names is no reason for a table.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pypinyin import Style, pinyin

from banmian.words.lists import rows
from banmian.words.surnames import surnames

if TYPE_CHECKING:
    from datasette.database import Database

# Names that are known by their spelling, the commonest first, of each table and of their aliases.
MOST = 100_000
# Letters of what may be a spelling, and readings of one character.
_LETTERS, _READINGS = range(2, 60), 3
# Of a name so short all readings of all its characters are combined; of a longer one a single one is unusual.
_SHORT = 3
_KEPT = ("spellings",)
_NAMES = """
    SELECT * FROM (SELECT 'people' AS "table", id, name FROM {people} ORDER BY mentions DESC, id LIMIT :most)
    UNION ALL
    SELECT * FROM (SELECT 'organizations', id, name FROM organizations ORDER BY mentions DESC, id LIMIT :most)
    UNION ALL
    SELECT * FROM (
        SELECT iif(person_id IS NULL, 'organizations', 'people'), coalesce(person_id, organization_id), name
        FROM aliases WHERE person_id IS NULL OR person_id IN (SELECT id FROM {people}) ORDER BY id LIMIT :most
    )"""

# A row of people or organizations: the table and its id.
Entity = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Who is spelled so in full, and whose name has these first letters."""

    whole: Mapping[str, Sequence[Entity]]
    initials: Mapping[str, Sequence[Entity]]

    def alike(self, name: str) -> list[Entity]:
        """Those spelled in full as `name` may be."""
        return list(dict.fromkeys(one for whole, _ in spellings_of(name) for one in self.whole.get(whole, ())))

    def named(self, letters: str) -> list[Entity]:
        """Those spelled so, the ones in full first."""
        return list(dict.fromkeys([*self.whole.get(letters, ()), *self.initials.get(letters, ())]))


def letters_of(query: str) -> str | None:
    """What was typed as the letters of a spelling, without tones and what parts syllables; None where it is none."""
    plain = unicodedata.normalize("NFD", query.lower().replace("ü", "v").replace("u\u0308", "v"))
    letters = "".join(one for one in plain if not unicodedata.combining(one) and one not in " '\u2019-")
    return letters if letters.isascii() and letters.isalpha() and len(letters) in _LETTERS else None


def spellings_of(name: str) -> Iterator[tuple[str, str]]:
    """How a name may be spelled: in full, and by its first letters. Signs are left out; nothing where no letter is."""
    readings = [_readings(character) for character in name if character.isalnum()]
    if not readings or not any(map(_is_han, name)):
        return
    if len(readings) <= _SHORT:
        combined: Iterable[Sequence[str]] = itertools.product(*readings)
    else:
        usual = [one[0] for one in readings]
        unusual = ([*usual[:n], one[1], *usual[n + 1 :]] for n, one in enumerate(readings) if len(one) > 1)
        combined = itertools.chain([usual], unusual)
    for one in combined:
        yield "".join(one), "".join(syllable[0] for syllable in one)


def register(connection: sqlite3.Connection) -> None:
    """The SQL function in_pinyin(name, kind), kind as in mentions: what a name is sorted by from A to Z."""
    connection.create_function("in_pinyin", 2, _sorted_by, deterministic=True)


@lru_cache(maxsize=MOST)
def _sorted_by(name: str | None, kind: str) -> str | None:
    """Syllable by syllable, before that a surname as it is read as one (单 is shan); alike ones by their characters."""
    if not isinstance(name, str):
        return None
    syllables = [_readings(character)[0] for character in name if character.isalnum()]
    if kind == "person" and syllables:
        surname = surname_read(name)
        syllables[: len(surname)] = surname
    return f"{' '.join(syllables)} {name}"


def surname_read(name: str) -> list[str]:
    """The syllables of the surname that a name begins with, one for each of its characters; [] where it has none."""
    for length in (2, 1):
        begins = name[:length]
        if begins in _read_otherwise():
            return _read_otherwise()[begins].split()
        if begins in surnames() and len(begins) == length < len(name):
            return [_readings(character)[0] for character in begins]
    return []


@lru_cache(maxsize=1)
def _read_otherwise() -> Mapping[str, str]:
    """Surnames that are read otherwise than the same characters mostly are, with their syllables."""
    return dict(rows("banmian.site", "surnames_read.tsv"))


def _is_han(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) == "Lo"


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """The commonest readings of a character without tones; of a letter or digit itself."""
    if not _is_han(character):
        return (character.lower(),)
    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(found))[:_READINGS]


def read_spellings(names: Iterable[tuple[str, int, str]]) -> Spellings:
    """The spellings of names: table, id, name."""
    whole: dict[str, dict[Entity, None]] = {}
    initials: dict[str, dict[Entity, None]] = {}
    for table, number, name in names:
        for spelled, first in spellings_of(name):
            whole.setdefault(spelled, {})[table, number] = None
            initials.setdefault(first, {})[table, number] = None
    return Spellings(
        {letters: tuple(found) for letters, found in whole.items()},
        {letters: tuple(found) for letters, found in initials.items()},
    )


async def known_spellings(database: Database, people: str) -> Spellings:
    """The spellings of the names of a database, made when they are first asked for."""
    if _KEPT not in database.kept:
        rows = (await database.execute(_NAMES.format(people=people), {"most": MOST})).rows
        database.kept[_KEPT] = await asyncio.to_thread(read_spellings, [tuple(row) for row in rows])
    kept: Spellings = database.kept[_KEPT]
    return kept
