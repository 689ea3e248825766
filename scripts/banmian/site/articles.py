"""The articles of a page as a person reads them: the rows of the database with names, corrections and doubts marked."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from banmian.records import Correction, Piece
from banmian.site.annotate import Mark, SourceSpan, annotate, beginning_within, pieces_of, places
from banmian.site.hits import Place, places_in
from banmian.site.hits import marked as hits_marked
from banmian.site.kept_back import short_runs
from banmian.site.known import mention_anchor, path_of, source_address
from banmian.site.messages import coded, plain
from banmian.site.named import Named, named_here
from banmian.site.quoting import told
from banmian.site.reading import Row, read_all
from banmian.site.search import Asked
from banmian.site.tables import Table, read_table
from banmian.site.unsure import unsure_marks, unsure_name_marks
from banmian.store.addresses import address
from banmian.words.span_kinds import HEADINGS

if TYPE_CHECKING:
    from datasette.app import Datasette


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph or crosshead; `lines` are the lines of the source file that it was put together from."""

    kind: str
    html: Markup
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """`headings` has only the fields that are present, `unsure` what is uncertain in how it was put together.

    `named` are whom and what it names, of an article on a page of its own.
    `tables` are its tables, their source as printed, lines apart by newlines; `hits` are marked in its text.
    """

    row: Row
    href: str
    headings: Mapping[str, Markup]
    paragraphs: tuple[ReadParagraph, ...]
    tables: tuple[Table, ...]
    named: tuple[Named, ...]
    corrections: tuple[Row, ...]
    doubts: tuple[Row, ...]
    unsure: tuple[Row, ...]
    hits: tuple[Place, ...]


async def read_articles(
    datasette: Datasette,
    database: str,
    page_id: str,
    ids: tuple[int, int],
    is_alone: bool = False,
    mark: Asked | None = None,
) -> list[ReadArticle]:
    """The articles of a page with these ids, the first and the last, in the order of the page: it may hold hundreds.

    `is_alone` is an article on a page of its own, whose names and lines others lead to; `mark` is a search
    whose hits are marked.
    """
    asked = {"page": page_id, "first": ids[0], "last": ids[1]}
    statements = [(sql, asked) for sql in (_ARTICLES, *_QUERIES.values())]
    articles, *found = await read_all(datasette.get_database(database), *statements)
    parts = {name: _by_article(rows) for name, rows in zip(_QUERIES, found, strict=True)}
    return [
        _read_article(datasette, database, row, {name: rows[row["id"]] for name, rows in parts.items()}, is_alone, mark)
        for row in articles
    ]


def _by_article(rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["article_id"]].append(row)
    return grouped


_ARTICLES = """
    SELECT articles.*, editions.language
    FROM articles JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
    WHERE page_id = :page AND articles.id BETWEEN :first AND :last ORDER BY articles.position"""
_QUERIES = {
    "paragraphs": """
        SELECT paragraphs.* FROM paragraphs JOIN articles ON articles.id = article_id
        WHERE page_id = :page AND article_id BETWEEN :first AND :last
        ORDER BY article_id, paragraphs.position""",
    # Of all others the text stands in the paragraphs and headings.
    "spans": """
        SELECT article_id, kind, start, "end", line, paragraph_id, iif(kind = 'table', text, NULL) AS text
        FROM source_spans
        WHERE page_id = :page AND article_id BETWEEN :first AND :last AND position IS NOT NULL
        ORDER BY article_id, kind, paragraph_id, position""",
    "mentions": """
        SELECT page_id, article_id, mentions.kind, field, start, "end", surface, source_start, source_end, role, part,
            confidence, coalesce(people.name, organizations.name) AS name, organizations.type,
            organizations.name_basis, people.public_role, coalesce(people.address, organizations.address) AS address,
            (
                SELECT group_concat(doubt_start) FROM mention_doubts
                JOIN doubts ON doubts.page_id = mention_doubts.page_id AND start = doubt_start
                WHERE mention_id = mentions.id AND status <> 'refuted'
            ) AS doubts,
            (SELECT printed FROM names_as_printed WHERE mention_id = mentions.id) AS printed
        FROM mentions
        LEFT JOIN main.people ON people.id = person_id
        LEFT JOIN organizations ON organizations.id = organization_id
        WHERE page_id = :page AND article_id BETWEEN :first AND :last ORDER BY mentions.id""",
    "corrections": """
        SELECT * FROM corrections WHERE page_id = :page AND article_id BETWEEN :first AND :last ORDER BY start""",
    "doubts": """
        SELECT * FROM doubts WHERE page_id = :page AND article_id BETWEEN :first AND :last ORDER BY start""",
    "unsure": """
        SELECT * FROM readings WHERE page_id = :page AND article_id BETWEEN :first AND :last AND certain = 0
        ORDER BY confidence, margin IS NULL, margin""",
}


def _read_article(
    datasette: Datasette, database: str, row: Row, parts: Mapping[str, Sequence[Row]], alone: bool, mark: Asked | None
) -> ReadArticle:
    corrections = [
        Correction(c["start"], c["end"], c["printed"], c["corrected"], c["reason"]) for c in parts["corrections"]
    ]
    href = datasette.urls.path(row["address"])
    pieces = pieces_of(_source_spans(parts["spans"], parts["paragraphs"], corrections), corrections)
    names = _name_marks(datasette, parts["mentions"], _Lines(parts["spans"]) if alone else None)
    hits = places_in(row, mark) if mark else []
    unsure = unsure_marks(parts["unsure"], pieces, href)
    unsure_names = unsure_name_marks(parts["mentions"], datasette.urls.query(database, "names_found_once"))

    @cache
    def notes(field: str) -> Sequence[Mark]:
        found = [*_notes(parts["corrections"], "correction", pieces.get(field, ()), href)]
        found += _notes(parts["doubts"], "doubt", pieces.get(field, ()), href)
        return sorted([*found, *unsure.get(field, ()), *unsure_names.get(field, ())], key=lambda note: note.start)

    def marked(field: str, text: str, start: int) -> Markup:
        end = start + len(text)
        found = [hit for hit in hits if hit.field == field and hit.start < end and start < hit.end]
        # Marks of a paragraph do not begin before it: names end with it, notes with the piece that they stand in.
        html = annotate(
            text, start, beginning_within(names.get(field, ()), start, end), beginning_within(notes(field), start, end)
        )
        return short_runs(hits_marked(html, start, found) if found else html)

    lines: dict[int, list[int]] = defaultdict(list)
    for span in parts["spans"]:
        lines[span["paragraph_id"]].append(span["line"])
    return ReadArticle(
        row=row,
        href=href,
        headings={field: marked(field, row[field], 0) for field in HEADINGS if row[field]},
        paragraphs=tuple(
            ReadParagraph(p["kind"], marked("body", p["text"], p["start"]), tuple(dict.fromkeys(lines[p["id"]])))
            for p in parts["paragraphs"]
        ),
        tables=tuple(
            read_table(source) for source in _tables(span for span in parts["spans"] if span["kind"] == "table")
        ),
        named=named_here(datasette, parts["mentions"]) if alone else (),
        corrections=tuple(parts["corrections"]),
        doubts=tuple(parts["doubts"]),
        unsure=tuple(parts["unsure"]),
        hits=tuple(hits),
    )


def _tables(spans: Iterable[Row]) -> Iterable[str]:
    """The text of each table of an article: lines next to each other in the file, at most an empty one between them."""
    table: list[Row] = []
    for span in spans:
        if table and span["line"] > table[-1]["line"] + 2:
            yield "\n".join(row["text"] for row in table)
            table = []
        table.append(span)
    if table:
        yield "\n".join(row["text"] for row in table)


# Several in one line are joined by newlines too.
_APART = ("byline", "dateline")


def _source_spans(
    spans: Iterable[Row], paragraphs: Iterable[Row], corrections: Sequence[Correction]
) -> Iterable[SourceSpan]:
    """Where each span begins in its field.

    Fragments of a paragraph follow each other, as do those of a line of a heading; lines of a heading follow a newline,
    and so do bylines.
    """
    starts = {paragraph["id"]: paragraph["start"] for paragraph in paragraphs}
    ends: dict[str | int, int] = {}
    lines: dict[str | int, int] = {}
    for span in spans:
        paragraph = span["paragraph_id"]
        key = span["kind"] if paragraph is None else paragraph
        # The newline that joins the lines of a heading takes one place.
        goes_on = lines.get(key) == span["line"] and span["kind"] not in _APART
        lines[key] = span["line"]
        start = ends.get(key, -1) + (not goes_on) if paragraph is None else ends.get(key, starts[paragraph])
        grown = sum(
            len(c.corrected) - (c.end - c.start)
            for c in beginning_within(corrections, span["start"], span["end"])
            if c.end <= span["end"]
        )
        ends[key] = start + span["end"] - span["start"] + grown
        yield SourceSpan("body" if paragraph is not None else span["kind"], start, span["start"], span["end"])


def _notes(rows: Iterable[Row], kind: str, pieces: Sequence[Piece], href: str) -> Iterable[Mark]:
    for row in rows:
        # The title says what is seen nowhere else: what was printed, or what is suspected.
        other = row["printed"] if kind == "correction" else row["suspected"]
        title = " · ".join(filter(None, [other, told(row["reason"])]))
        for start, end in places(pieces, row["start"], row["end"]):
            # The article's own page lists them under these names.
            yield Mark(start, end, kind, title, f"{href}#{kind}-{row['start']}")


class _Lines:
    """In which line a character of the source stands, of those that an article was made of."""

    def __init__(self, spans: Iterable[Row]) -> None:
        self._spans = sorted((span["start"], span["line"]) for span in spans)

    def of(self, place: int) -> int:
        found = bisect_right(self._spans, (place, math.inf)) - 1
        return int(self._spans[max(found, 0)][1])


def _name_marks(datasette: Datasette, mentions: Iterable[Row], lines: _Lines | None) -> Mapping[str, Sequence[Mark]]:
    """By field the names; with `lines` each with the way to the line that it was printed in."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    path = path_of(datasette)
    for mention in mentions:
        about = mention["role"] if mention["kind"] == "person" else coded("types", mention["type"])
        corrected = plain("entity.as_printed", names=mention["printed"]) if mention["printed"] else None
        title = " · ".join(filter(None, [mention["name"], about, corrected]))
        href = path(mention["address"])
        anchor = mention_anchor(mention["source_start"], mention["source_end"])
        printed = None
        if lines is not None:
            line = lines.of(mention["source_start"])
            page = address("pages", mention["page_id"])
            printed = path(source_address(page, line, anchor)), line
        mark = Mark(mention["start"], mention["end"], mention["kind"], title, href, None, anchor, printed)
        marks[mention["field"]].append(mark)
    return {field: sorted(found, key=lambda mark: mark.start) for field, found in marks.items()}
