"""What an editor should look at: people who may be two, and entities that may be one, with the entry that asks."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from banmian.names.identity import alike, candidates, cores, foreign
from banmian.names.organizations import short_forms
from banmian.records import Remark
from banmian.seeds.entries import MERGE_CHOICES, PLACE_CHOICES, SPLIT_CHOICES, identity_entry
from banmian.store import claims
from banmian.store.foreigners import known_of
from banmian.store.identities import Answers, Row
from banmian.words.remarks import as_json

_CONTEXT = "SELECT before, surface, after FROM mentions_in_context WHERE mention_id = ?"
_OFFICES = """
    SELECT positions.title, organizations.name, people.key
    FROM positions JOIN organizations ON organizations.id = organization_id JOIN people ON people.id = person_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
_BODIES = """
    SELECT organizations.key, organizations.type, pages.edition_id, mentions.article_id
    FROM mentions JOIN organizations ON organizations.id = organization_id JOIN pages ON pages.id = page_id
    GROUP BY 1, 2, 3, 4 ORDER BY 3, 4, 1"""
_IN_EDITIONS = """
    SELECT organizations.id, organizations.key, pages.edition_id, min(mentions.id), count(*)
    FROM mentions JOIN organizations ON organizations.id = organization_id JOIN pages ON pages.id = page_id
    GROUP BY 1, 2, 3 ORDER BY 2, 3"""
_NAMES = "SELECT key FROM people WHERE length(key) = 1 OR key LIKE '%·%' ORDER BY key"
_IN_ARTICLES = """
    SELECT people.key, count(DISTINCT article_id) FROM people JOIN mentions ON person_id = people.id
    GROUP BY 1 ORDER BY 1"""
_OF_SURNAME = """
    SELECT DISTINCT long.key
    FROM people AS short JOIN mentions AS here ON here.person_id = short.id
    JOIN mentions AS there ON there.article_id = here.article_id
    JOIN people AS long ON long.id = there.person_id
    WHERE short.key = :name AND length(long.key) BETWEEN 2 AND 4 AND substr(long.key, 1, 1) = :name ORDER BY 1"""
_ENTITY = """
    SELECT entities.id, min(mentions.id), count(*), (SELECT edition_id FROM pages WHERE id = mentions.page_id)
    FROM {table} AS entities JOIN mentions ON mentions.{column} = entities.id WHERE entities.key = ?"""
_TOGETHER = """
    SELECT 1 FROM mentions AS here JOIN mentions AS there ON there.article_id = here.article_id
    WHERE here.person_id = (SELECT id FROM people WHERE key = ?)
        AND there.person_id = (SELECT id FROM people WHERE key = ?) LIMIT 1"""
_MENTIONS_IN = """
    SELECT count(*) FROM mentions JOIN articles ON articles.id = article_id
    WHERE person_id = ? AND articles.key IN (SELECT value FROM json_each(?))"""
_PEOPLE_BESIDE = """
    SELECT DISTINCT people.key
    FROM mentions AS here JOIN mentions AS there ON there.article_id = here.article_id
    JOIN people ON people.id = there.person_id
    WHERE here.organization_id = (SELECT id FROM organizations WHERE key = ?) AND length(people.key) > 1"""
_AROUND = 8
_MOST_CITED = 5
# Such a short form tells only where it is that of one name.
_OF_ONE = frozenset(("abbreviation", "shorter_form"))
# The place of the number of mentions in a row that has no id yet: the last one.
_CHANGES = -1
_MOST_GUARDS = 50


def candidate_rows(connection: sqlite3.Connection, answers: Answers) -> list[Row]:
    """Rows of identity_candidates: people to split, bodies of an unknown place, people and organizations to merge.

    In the order of how many mentions the answer may change.
    """
    rows = [*_splits(connection, answers), *_unplaced(connection, answers)]
    # What stands in one article says more than the names alone.
    rows += _merges(connection, answers, "person", dict(reversed(list(_people_pairs(connection)))))
    rows += _merges(connection, answers, "organization", _telling(_organization_pairs(connection)))
    ranked = sorted(rows, key=itemgetter(_CHANGES), reverse=True)
    return [(number, *row) for number, row in enumerate(ranked, 1)]


def _splits(connection: sqlite3.Connection, answers: Answers) -> Iterator[Row]:
    for person, name, said in claims.in_several_articles(connection):
        first, others, reasons = claims.divided(name, said)
        if not others:
            continue
        edition = others[0].edition
        texts = [context(connection, one.mention) for one in others if one.edition == edition][:_MOST_GUARDS]
        stated = [
            Remark("said_in", {"claims": [claim.remark() for claim in one.claims], "article": one.article})
            for one in (first, *others[:_MOST_CITED])
        ]
        evidence = as_json([*reasons, *stated])
        status = "answered" if answers.answered("person", [name]) else "open"
        ids = (person, None, None, None, first.mention, others[0].mention)
        entry = identity_entry("person", [name], list(dict.fromkeys(texts)), SPLIT_CHOICES)
        keys = json.dumps([one.article for one in others])
        (changes,) = connection.execute(_MENTIONS_IN, [person, keys]).fetchone()
        yield ("split", "person", name, None, *ids, edition, evidence, status, entry, changes)


def _unplaced(connection: sqlite3.Connection, answers: Answers) -> Iterator[Row]:
    """Organizations of a district of which there are several, where nothing says which: one row for each edition."""
    unplaced = cache(candidates.unplaced)
    for organization, key, edition, mention, mentions in connection.execute(_IN_EDITIONS).fetchall():
        meant = unplaced(key)
        if meant:
            names = [next(iter(meant.values())), key]
            asked = Remark("which_district", {"cities": list(meant), "organizations": list(meant.values())})
            status = "answered" if answers.answered("organization", names) else "open"
            entry = identity_entry("organization", names, [], PLACE_CHOICES)
            ids = (None, None, organization, None, mention, None)
            yield ("place", "organization", key, None, *ids, edition, as_json([asked]), status, entry, mentions)


def context(connection: sqlite3.Connection, mention: int) -> str:
    """The name with what stands around it in its line, by which its article is known."""
    before, surface, after = connection.execute(_CONTEXT, [mention]).fetchone()
    left = (before or "").rpartition("\n")[2][-_AROUND:]
    right = (after or "").partition("\n")[0][:_AROUND]
    return f"{left}{surface}{right}".strip()


def _people_pairs(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, str], Remark]]:
    """(two names, what speaks for it)."""
    for (title, body), rows in groupby(connection.execute(_OFFICES).fetchall(), lambda row: row[:2]):
        for one, other in alike.alike_people([key for *_, key in rows], title):
            if not connection.execute(_TOGETHER, [one, other]).fetchone():
                yield (one, other), Remark("one_character_in_office", {"title": title, "organization": body})
    for (name,) in connection.execute(_NAMES).fetchall():
        if len(name) == 1:
            found = [(name, long) for (long,) in connection.execute(_OF_SURNAME, {"name": name}).fetchall()]
        else:
            pair = (name.rpartition("·")[2], name)
            found = [pair] if connection.execute(_TOGETHER, pair).fetchone() else []
        yield from ((pair, Remark("part_of_name")) for pair in found)
    articles = dict(connection.execute(_IN_ARTICLES))
    families = foreign.families(articles)
    known = known_of(connection, {name: articles[name] for names in families.values() for name in names})
    yield from ((pair, Remark("last_part_of_name")) for pair in foreign.maybe_one(known, families))


def _organization_pairs(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, str], Remark]]:
    found = connection.execute(_BODIES).fetchall()
    types = {key: kind for key, kind, _, _ in found}
    yield from ((pair, Remark("beginning_of_name")) for pair in cores.beginnings(types))
    for short, long in cores.same_core(types):
        beside = [{name for (name,) in connection.execute(_PEOPLE_BESIDE, [key])} for key in (short, long)]
        shared = sorted(beside[0] & beside[1])[:_MOST_CITED]
        yield (short, long), Remark("same_core_and_people", {"people": shared}) if shared else Remark("same_core")
    articles = Counter(key for key, *_ in found)
    # An error of reading is rare.
    rare = {key for key, count in articles.items() if count == 1}
    shorter = {long: list(filter(types.__contains__, short_forms.possible_short_forms(long))) for long in types}
    for _, rows in groupby(found, lambda row: row[2]):
        here = list(rows)
        keys = {key: None for key, *_ in here}
        for long in keys:
            for short in shorter[long]:
                if short in keys and types[short] == types[long]:
                    yield (short, long), Remark("shorter_form")
        for kind in sorted({kind for _, kind, _, _ in here}):
            same = [key for key in keys if types[key] == kind]
            for one, other in () if rare.isdisjoint(same) else alike.alike_organizations(same):
                if one in rare or other in rare:
                    yield (one, other), Remark("one_character")
        for _, of_article in groupby(here, lambda row: row[3]):
            names = [key for key, *_ in of_article]
            for short, long in short_forms.shortened(names):
                if types[short] == types[long]:
                    yield (short, long), Remark("abbreviation")


def _telling(pairs: Iterable[tuple[tuple[str, str], Remark]]) -> dict[tuple[str, str], Remark]:
    """The pairs without those of a short form that fits several long ones: 中国队 is no name of one team."""
    found = list(pairs)
    different = {(pair, remark.kind) for pair, remark in found if remark.kind in _OF_ONE}
    longs = Counter((short, kind) for (short, _), kind in different)
    return {pair: remark for pair, remark in found if longs[pair[0], remark.kind] <= 1}


def _merges(
    connection: sqlite3.Connection, answers: Answers, kind: str, pairs: dict[tuple[str, str], Remark]
) -> Iterator[Row]:
    """The name that is kept first: the longer one, or the one that stands more often."""
    table, column = ("people", "person_id") if kind == "person" else ("organizations", "organization_id")
    for pair, remark in sorted(pairs.items(), key=itemgetter(0)):
        entities = [(name, *connection.execute(_ENTITY.format(table=table, column=column), [name]).fetchone())
                    for name in pair]  # fmt: skip
        if any(entity[1] is None for entity in entities):
            continue
        kept, other = sorted(entities, key=lambda entity: (-len(entity[0]), -entity[3], entity[1]))
        status = "answered" if answers.answered(kind, pair) else "open"
        ids = (kept[1], other[1])
        all_ids = (*ids, None, None) if kind == "person" else (None, None, *ids)
        entry = identity_entry(kind, [kept[0], other[0]], [], MERGE_CHOICES)
        yield (
            "merge",
            kind,
            kept[0],
            other[0],
            *all_ids,
            kept[2],
            other[2],
            other[4],
            as_json([remark]),
            status,
            entry,
            min(kept[3], other[3]),
        )
