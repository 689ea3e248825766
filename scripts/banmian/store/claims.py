"""What the articles of a database claim of its people."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from banmian.names.identity import candidates
from banmian.names.identity.candidates import Claim
from banmian.records import Remark
from banmian.words.remarks import as_json

# A row of _CLAIMS.
_ClaimRow = tuple[int, str, int, str, str, int, str | None, str | None, str | None, str | None, str | None, str | None]

_CLAIMS = """
    SELECT mentions.person_id, people.key, mentions.article_id, articles.key AS article, pages.edition_id,
        min(mentions.id) AS mention_id, positions.title, organizations.name, organizations.type,
        editions.city, mentions.role, editions.date
    FROM mentions
    JOIN people ON people.id = mentions.person_id
    JOIN articles ON articles.id = mentions.article_id
    JOIN pages ON pages.id = articles.page_id
    JOIN editions ON editions.id = pages.edition_id
    LEFT JOIN positions ON positions.mention_id = mentions.id
    LEFT JOIN organizations ON organizations.id = positions.organization_id
    WHERE (positions.id IS NOT NULL OR mentions.part IN ('reporter', 'editor')) AND mentions.person_id IN ({people})
    GROUP BY 1, 3, 7, 8, 11
    ORDER BY 1, 3, 6, 7, 8"""
_IN_SEVERAL = """
    SELECT person_id FROM mentions WHERE person_id IS NOT NULL
    GROUP BY person_id HAVING min(article_id) < max(article_id)"""
_LISTED = "SELECT id FROM people WHERE key IN (SELECT value FROM json_each(?))"
# How many of the things that articles say of a person are held against all others.
_MOST_BASES = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What one article claims about someone; the mention is the first that claims it, the date that of its edition."""

    article: str
    edition: str
    mention: int
    claims: tuple[Claim, ...]
    date: str | None = None


def in_several_articles(connection: sqlite3.Connection) -> Iterator[tuple[int, str, list[Said]]]:
    """(id, key, what articles claim) of each person whom several articles name and one says what they are."""
    yield from _by_person(connection.execute(_CLAIMS.format(people=_IN_SEVERAL)))


def of_people(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, list[Said]]:
    """Key -> what articles claim, of the people with these keys of whom any does."""
    rows = connection.execute(_CLAIMS.format(people=_LISTED), [json.dumps(sorted(keys))])
    return {key: said for _, key, said in _by_person(rows)}


def _by_person(rows: Iterator[_ClaimRow]) -> Iterator[tuple[int, str, list[Said]]]:
    for (person, key), found in groupby(rows, lambda row: row[:2]):
        yield person, key, [_said(list(of_article)) for _, of_article in groupby(found, lambda row: row[2])]


def _said(rows: Sequence[_ClaimRow]) -> Said:
    claims = dict.fromkeys(Claim(*row[6:10], candidates.land(row[10], row[7], row[8])) for row in rows)
    _, _, _, article, edition, mention, *_, date = rows[0]
    return Said(article, edition, mention, tuple(claims), date)


def divided(name: str, said: Sequence[Said]) -> tuple[Said, list[Said], list[Remark]]:
    """An article, those that hardly speak of the same person, and why: seen from what most articles say."""
    famous = candidates.is_famous(name)
    profiles: dict[tuple[Claim, ...], list[Said]] = {}
    for one in said:
        profiles.setdefault(one.claims, []).append(one)
    common = sorted(profiles, key=lambda claims: -len(profiles[claims]))[:_MOST_BASES]
    for claims in common:
        unlike = {other: reason for other in profiles if (reason := candidates.conflict(claims, other, famous))}
        kept = {other for other in unlike if not _has_moved(profiles[claims], profiles[other])}
        if kept:
            others = [(one, unlike[one.claims]) for one in said if one.claims in kept]
            return _divided(profiles[claims][0], others)
    for claims in () if famous else common:
        start, end = _dates(profiles[claims])
        between = [one for one in said if one.date and start < one.date < end]
        at_once = [(one, candidates.conflict_at_once(claims, one.claims)) for one in between]
        if any(reason for _, reason in at_once):
            return _divided(profiles[claims][0], at_once)
    return said[0], [], []


def _dates(said: Sequence[Said]) -> tuple[str, str]:
    """The first and the last date; two empty ones where no article has any."""
    dates = sorted(one.date for one in said if one.date)
    return (dates[0], dates[-1]) if dates else ("", "")


def _has_moved(these: Sequence[Said], those: Sequence[Said]) -> bool:
    """Whether these lead one province and those another one, before or after: leaders of provinces are moved."""
    (start, end), (first, last) = _dates(these), _dates(those)
    apart = bool(start and first) and (end < first or last < start)
    return apart and all(candidates.leads_province(said[0].claims) for said in (these, those))


def _divided(first: Said, others: Sequence[tuple[Said, Remark | None]]) -> tuple[Said, list[Said], list[Remark]]:
    different = {as_json(reason): reason for _, reason in others if reason}
    return first, [one for one, reason in others if reason], [different[reason] for reason in sorted(different)]
