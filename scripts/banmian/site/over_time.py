"""People, organizations and words over time: articles a year, a month or a day, of several beside each other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from banmian.site.curves import MOST_TIMES, UNITS, Curve, Picture, draw, times_between, unit_for

if TYPE_CHECKING:
    from datasette.database import Database
    from datasette.utils.asgi import Request

Row = Mapping[str, Any]

# More would take more statements than a page may have, and no eye tells them apart.
MOST = 5
# What can be asked for, by the name of its parameter.
KINDS = ("word", "person", "organization")
# An office that is printed on more days says the first and the last of them.
MOST_DATES = 12
_SHOWN = ("articles", "percent")
# How many names are proposed while one types.
_PROPOSED = 40
ONCE = "once"
_TIME = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_FIRST_DAY = "0000-01-01"
_SPAN = """
    SELECT min(date) AS first, max(date) AS last,
        (SELECT count(*) FROM reprints WHERE article_id <> first_article_id) AS reprints
    FROM editions"""
# A key is meant before a name, a name before another form of it; of namesakes the one that is mentioned most.
_NAMED = """
    SELECT '{kind}' AS kind, asked.value AS asked, {table}.key, {table}.name, {table}.address, {table}.id
    FROM json_each(:{kind}) AS asked JOIN {rows} ON {table}.id = coalesce(
        (SELECT id FROM {rows} WHERE key = asked.value),
        (SELECT id FROM {rows} WHERE name = asked.value ORDER BY mentions DESC, id LIMIT 1),
        (SELECT {kind}_id FROM aliases WHERE name = asked.value AND {kind}_id IS NOT NULL ORDER BY id LIMIT 1))"""
_ENTITIES = (
    _NAMED.format(kind="person", table="people", rows="people")
    + " UNION ALL "
    + _NAMED.format(kind="organization", table="organizations", rows="organizations")
)
_PROPOSALS = """
    SELECT * FROM (SELECT 'person' AS kind, key, name FROM people ORDER BY mentions DESC, id LIMIT :most)
    UNION ALL
    SELECT * FROM (SELECT 'organization', key, name FROM organizations ORDER BY mentions DESC, id LIMIT :most)"""
_OFFICES = """
    SELECT person, title, organization, organization_name_basis, basis, max(doubt) AS doubt,
        count(DISTINCT article_id) AS articles, count(DISTINCT iif(date IS NULL, edition_id, NULL)) AS undated,
        min(date) AS first_date, max(date) AS last_date,
        (SELECT address FROM people WHERE people.id = person_id) AS person_address,
        (SELECT address FROM organizations WHERE organizations.id = organization_id) AS organization_address,
        json_group_array(DISTINCT date) AS dates
    FROM positions_with_names
    WHERE person_id IN (SELECT value FROM json_each(:person))
        OR organization_id IN (SELECT value FROM json_each(:organization))
    GROUP BY person_id, title, organization_id ORDER BY person, first_date IS NULL, first_date, title LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Term:
    """What is followed over time: a word, or a person or organization by its key, with its page (None of a word)."""

    kind: str
    key: str
    name: str
    address: str | None
    id: int | None


@dataclass(frozen=True, slots=True)
class Followed:
    """A term with the rows of the query over_time, by time; `undated` is that of editions without an exact date.

    `first` and `last` are its first and latest dated article, None where there is none.
    """

    term: Term
    counts: Mapping[str, Row]
    undated: Row | None
    first: Row | None
    last: Row | None

    @property
    def articles(self) -> int:
        """In how many articles with an exact date it stands."""
        return sum(row["articles"] for row in self.counts.values())


@dataclass(frozen=True, slots=True)
class Office:
    """An office of somebody, with the dates of the editions that print it, in order."""

    row: Row
    dates: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says: values by kind, without empty and repeated ones; `by` is '' where the span decides.

    `reprints` is `once` where only first printings count.
    """

    values: Mapping[str, Sequence[str]]
    by: str
    since: str
    until: str
    show: str
    reprints: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """All that the page shows. `unknown` are the names that nobody bears, `left_out` those beyond MOST.

    `times` are all of the span that is shown, `all_articles` how many articles each has; `unit` is what a time is.
    `cut` says that there are earlier ones, `reprints` how many articles of the archive are reprints.
    """

    asked: Asked
    followed: Sequence[Followed]
    unknown: Sequence[tuple[str, str]]
    left_out: Sequence[tuple[str, str]]
    unit: str
    times: Sequence[str]
    cut: bool
    all_articles: Mapping[str, int]
    undated: int
    reprints: int
    picture: Picture | None
    offices: Sequence[Office]
    proposals: Sequence[Row]


@cache
def sql_of(name: str) -> str:
    """The SQL of a canned query: the page counts as the query does that it leads to."""
    text = (resources.files("banmian.site") / "queries" / f"{name}.sql").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


def read_asked(request: Request) -> Asked:
    """What the address of the page asks for; what cannot be a time or a choice is as if it had not been said."""

    def one(parameter: str) -> str:
        return (request.args.get(parameter) or "").strip()

    values = {
        kind: tuple(dict.fromkeys(value.strip() for value in request.args.getlist(kind) if value.strip()))
        for kind in KINDS
    }
    by, show = one("by") if one("by") in UNITS else "", one("show") if one("show") in _SHOWN else _SHOWN[0]
    reprints = ONCE if one("reprints") == ONCE else ""
    return Asked(values, by, known_time(one("since")), known_time(one("until")), show, reprints)


def known_time(text: str) -> str:
    """A year, month or day that there is, '' for any other text."""
    try:
        date.fromisoformat(text + _FIRST_DAY[len(text) :])
    except ValueError:
        return ""
    return text if _TIME.fullmatch(text) else ""


async def read_over_time(database: Database, request: Request) -> OverTime:
    """What the page of this address shows."""
    asked = read_asked(request)
    terms, unknown = await _terms(database, asked)
    terms, left_out = terms[:MOST], [(term.kind, term.name) for term in terms[MOST:]]
    span = (await database.execute(_SPAN)).first()
    first, last = max(asked.since, span["first"] or ""), _earlier(asked.until, span["last"] or "")
    unit = unit_for(first, last, asked.by)
    followed = [await _follow(database, term, asked, unit) for term in terms]
    counted = followed[0].counts if followed else {}
    span_of_times = times_between(min(counted), max(counted), unit) if counted else []
    times = span_of_times[-MOST_TIMES:]
    all_articles = {time: row["of_all"] for time, row in counted.items()}
    undated = followed[0].undated if followed else None
    return OverTime(
        asked=asked,
        followed=followed,
        unknown=unknown,
        left_out=left_out,
        unit=unit,
        times=times,
        cut=len(times) < len(span_of_times),
        all_articles=all_articles,
        undated=undated["of_all"] if undated else 0,
        reprints=span["reprints"],
        picture=draw(times, [_curve(one, asked.show) for one in followed], frozenset(all_articles)) if times else None,
        offices=await _offices(database, terms),
        proposals=(await database.execute(_PROPOSALS, {"most": _PROPOSED})).rows,
    )


async def _terms(database: Database, asked: Asked) -> tuple[Sequence[Term], Sequence[tuple[str, str]]]:
    """The terms that are asked for, in the order of the form, and the kind and name of those that are not there."""
    names = {kind: json.dumps(asked.values[kind]) for kind in KINDS[1:]}
    rows = (await database.execute(_ENTITIES, names)).rows
    known = {
        (row["kind"], row["asked"]): Term(row["kind"], row["key"], row["name"], row["address"], row["id"])
        for row in rows
    }
    known |= {("word", word): Term("word", word, word, None, None) for word in asked.values["word"]}
    wanted = [(kind, value) for kind in KINDS for value in asked.values[kind]]
    terms = dict.fromkeys(known[one] for one in wanted if one in known)
    return list(terms), [one for one in wanted if one not in known]


async def _follow(database: Database, term: Term, asked: Asked, unit: str) -> Followed:
    parameters = {**dict.fromkeys(KINDS, ""), term.kind: term.key, "reprints": asked.reprints}
    limits = {"by": unit, "since": asked.since, "until": asked.until}
    rows = (await database.execute(sql_of("over_time"), {**parameters, **limits})).rows
    counts = {row["time"]: row for row in rows if row["time"]}
    undated = next((row for row in rows if row["time"] is None), None)
    days = [row[end] for row in counts.values() for end in ("first_date", "last_date") if row[end]]
    followed = Followed(term, counts, undated, None, None)
    if not days:
        return followed
    # The first article of the first day, the last of the last.
    sql = sql_of("articles_over_time")
    found = [(await database.execute(sql, {**parameters, "time": day})).rows for day in (min(days), max(days))]
    return replace(followed, first=found[0][0], last=found[1][-1])


async def _offices(database: Database, terms: Sequence[Term]) -> Sequence[Office]:
    numbers = {kind: [term.id for term in terms if term.kind == kind] for kind in KINDS[1:]}
    if not any(numbers.values()):
        return []
    rows = (await database.execute(_OFFICES, {kind: json.dumps(ids) for kind, ids in numbers.items()})).rows
    return [Office(row, sorted(date for date in json.loads(row["dates"]) if date)) for row in rows]


def _curve(followed: Followed, show: str) -> Curve:
    return Curve(followed.term.name, {time: row[show] for time, row in followed.counts.items()})


def _earlier(until: str, last: str) -> str:
    """The last day that is shown: `until` may be a year or month, which ends later than it begins."""
    return until if until and until < last[: len(until)] else last
