"""The citation of what stands at an address: read from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from banmian.site.citations.citation import Citation
from banmian.site.messages import brief
from banmian.site.romanized import author

if TYPE_CHECKING:
    from datasette.database import Database

_BUILD = "SELECT name, value FROM build_info WHERE name IN ('version', 'seeds sha256')"
_OF_PAGE = """
    newspaper, newspaper_basis, date, date_earliest, date_latest, date_basis, issue, issn, editions.language,
    edition_id, pages.number, pages.number_basis, pages.source_file, pages.source_sha256"""
_ARTICLE = f"""
    SELECT articles.id, articles.key, articles.headline, {_OF_PAGE}
    FROM articles JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id WHERE articles.id = ?"""
_MENTION = f"""
    SELECT article_id AS id, articles.key, articles.headline, surface, source_start, source_end, {_OF_PAGE}
    FROM mentions JOIN articles ON articles.id = article_id
    JOIN pages ON pages.id = mentions.page_id JOIN editions ON editions.id = edition_id WHERE mentions.id = ?"""
# As they were printed before an editor corrected them: what a title or the list of authors names, or a mention, or one
# person or body.
_AS_PRINTED = """
    SELECT NULL AS author, surface, printed, min(mention_id) AS at FROM names_as_printed
    WHERE {which} GROUP BY surface, printed"""
_AUTHORS_AND_AS_PRINTED = f"""
    SELECT people.name AS author, NULL AS surface, NULL AS printed, min(mentions.id) AS at
    FROM mentions JOIN main.people ON people.id = person_id
    WHERE article_id = :article AND part IN ('author', 'reporter') GROUP BY people.id
    UNION ALL {_AS_PRINTED} ORDER BY at"""
_OF_TITLE = """
    article_id = :article AND mention_id IN (
        SELECT id FROM mentions WHERE field = 'headline' OR part IN ('author', 'reporter')
    )"""
# + before a column: few articles have corrections, and what is corrected is looked for there, not in all mentions.
# A column with it takes no text for a number.
_OF_ENTITY = {
    table: f"+{column} = CAST(:number AS INTEGER)"
    for table, column in (("people", "person_id"), ("organizations", "organization_id"))
}
# What has a page of its own by its name, and what its title says of it.
_NAMES = {"people": "cite.person", "organizations": "cite.organization"}
CITED = frozenset(("articles", "mentions", *_NAMES))


async def is_edition(database: Database) -> bool:
    """Whether the database says of itself what a citation needs: which version made it."""
    return "build_info" in await database.table_names() and "version" in await _build(database)


async def cited_row(database: Database, table: str, number: int | str, url: str) -> Citation:
    """The citation of the row with this number of one of the tables in CITED, whose address that stays is `url`."""
    build = await _build(database)
    if table in _NAMES:
        sql = f"SELECT key, name, mentions, articles FROM {table} WHERE id = ?"
        row = (await database.execute(sql, [number])).first()
        counted = brief("cite.counted", mentions=row["mentions"], articles=row["articles"])
        sql = f"{_AS_PRINTED.format(which=_OF_ENTITY[table])} ORDER BY at"
        printed = _as_printed(await database.execute(sql, {"number": number}))
        return _record(
            f"{table}:{row['key']}",
            brief(_NAMES[table], name=author(row["name"]) if table == "people" else row["name"]),
            url,
            build,
            counted,
            *printed,
        )
    row = (await database.execute(_MENTION if table == "mentions" else _ARTICLE, [number])).first()
    which = "mention_id = :number" if table == "mentions" else _OF_TITLE
    about = {"article": row["id"], "number": number}
    named = (await database.execute(_AUTHORS_AND_AS_PRINTED.format(which=which), about)).rows
    authors = tuple(author(found["author"]) for found in named if found["author"])
    key, title = row["key"], row["headline"] or brief("article.untitled")
    notes = [brief("cite.article", edition=row["edition_id"], article=row["key"])]
    if table == "mentions":
        start, end = row["source_start"], row["source_end"]
        key = f"{key}:{start}-{end}"
        notes.append(brief("cite.mention", name=row["surface"], start=start, end=end))
    notes += _as_printed(named)
    notes.append(brief("cite.source", file=row["source_file"], digest=row["source_sha256"]))
    return Citation(
        printed=True,
        key=key,
        title=title,
        url=url,
        accessed=_today(),
        version=build["version"],
        authors=authors,
        newspaper=row["newspaper"],
        days=_days(row),
        issue=row["issue"],
        issn=row["issn"],
        page=row["number"],
        language=row["language"],
        inferred=_inferred(row),
        notes=(brief("cite.database", version=build["version"]), *notes),
    )


async def cited_query(database: Database, name: str, title: str, url: str, sql: str | None = None) -> Citation:
    """The citation of a table or query. `sql`: that of one which somebody typed, whose words stand nowhere else."""
    return _record(name, title, url, await _build(database), *([f"SQL: {sql}"] if sql else []))


def _record(key: str, title: str, url: str, build: Mapping[str, str], *notes: str) -> Citation:
    digest = build.get("seeds sha256")
    return Citation(
        printed=False,
        key=f"banmian:{key}",
        title=title,
        url=url,
        accessed=_today(),
        version=build["version"],
        notes=(*notes, *([brief("cite.seeds", digest=digest)] if digest else [])),
    )


def _as_printed(named: Iterable[Any]) -> list[str]:
    """How each name is printed that an editor corrected."""
    found = (row for row in named if row["printed"])
    return [brief("cite.as_printed", name=row["surface"], printed=row["printed"]) for row in found]


async def _build(database: Database) -> Mapping[str, str]:
    return {row["name"]: row["value"] for row in await database.execute(_BUILD)}


def _days(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    if row["date"]:
        return (row["date"],)
    ends = row["date_earliest"], row["date_latest"]
    return ends if any(ends) else ()


def _inferred(row: Mapping[str, Any]) -> frozenset[str]:
    known = {
        "newspaper": row["newspaper"] and row["newspaper_basis"],
        "date": _days(row) and row["date_basis"],
        "page": row["number"] and row["number_basis"],
    }
    return frozenset(part for part, basis in known.items() if basis)


def _today() -> date:
    return date.today()
