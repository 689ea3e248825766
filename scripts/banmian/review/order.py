"""What is least certain in a database, as the entries of `order` that an editor completes: edition.db -> YAML."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from banmian.seeds.entries import comment, heading_entry, link_entry, quoted
from banmian.seeds.lines import PrintedLine, line_at, printed_lines
from banmian.store.files import connect
from banmian.store.readings import entry_of, runner_up_of
from banmian.store.warnings import warning_of
from banmian.words.remarks import from_json, in_both

Row = Mapping[str, Any]

_FEWEST = 3
_CONTEXT = 40
# As deep as the list stands in editions.yml, so that it can be pasted as it is.
_INDENT = " " * 6
_READINGS = """
    SELECT readings.*, articles.key AS article, pages.source_file AS file, pages.edition_id,
        pages.source_file || coalesce('#' || pages.source_part, '') AS source_file,
        (SELECT min(source_spans.start) FROM source_spans JOIN paragraphs ON paragraphs.id = paragraph_id
         WHERE paragraphs.article_id = readings.article_id AND paragraphs.position = 1) AS body_start
    FROM readings JOIN pages ON pages.id = readings.page_id JOIN articles ON articles.id = article_id
    WHERE certain <= :certain
    ORDER BY confidence, margin IS NULL, margin, score, readings.page_id, start LIMIT :limit"""
# What an editor stated and the page does not follow.
_UNHEEDED = """
    SELECT source_file || coalesce('#' || source_part, '') AS source_file, kind, line, details
    FROM warnings JOIN pages ON pages.id = page_id
    WHERE kind IN ('entry_stale', 'ruling_not_followed')
    ORDER BY source_file, line, details"""
_TEXT = "SELECT group_concat(text, '') FROM (SELECT text FROM source_spans WHERE page_id = ? ORDER BY start)"


def review(database_file: Path, limit: int | None, everything: bool) -> Iterator[str]:
    """Lines of YAML, a comment above each entry: what is uncertain, most doubtful first, page by page.

    With `everything` what is certain follows. Where nothing is uncertain, the three least certain as comments. Before
    all, what an editor stated and the page does not follow. Raises sqlite3.Error where the database can't be read.
    """
    connection = connect(database_file)
    connection.row_factory = sqlite3.Row
    try:
        for row in connection.execute(_UNHEEDED):
            yield f"# {row['source_file']}: {comment(in_both(warning_of(row)))}"
        rows = _read(connection, 1 if everything else 0, -1 if limit is None else limit)
        if rows:
            yield from _pages(connection, rows)
        else:
            yield "# Nothing is uncertain. The least certain of what was read:"
            for line in _pages(connection, _read(connection, 1, _FEWEST)):
                yield line if line.lstrip().startswith("#") else f"# {line}".rstrip()
    finally:
        connection.close()


def _read(connection: sqlite3.Connection, certain: int, limit: int) -> list[Row]:
    return connection.execute(_READINGS, {"certain": certain, "limit": limit}).fetchall()


def _pages(connection: sqlite3.Connection, rows: Sequence[Row]) -> Iterator[str]:
    """The entries of each page together, the page with the most doubtful one first."""
    pages: dict[str, list[Row]] = {}
    for row in rows:
        pages.setdefault(row["page_id"], []).append(row)
    for page, of_page in pages.items():
        (text,) = connection.execute(_TEXT, [page]).fetchone()
        lines = printed_lines(text)
        edition, file = quoted(of_page[0]["edition_id"]), quoted(of_page[0]["source_file"])
        places = f"{len(of_page)} place{'s' if len(of_page) > 1 else ''}"
        yield f"# {file}: {places}. Fill in `as` where you are sure, remove the rest, put this under `order:` of the"
        yield f"# edition {edition} in editions.yml. If it does not list the page yet, add before:"
        yield f"#   - id: {edition}"
        yield f"#     pages: [{{file: {quoted(of_page[0]['file'])}}}]"
        yield "#     order:"
        for row in of_page:
            yield ""
            yield from (_INDENT + line for line in (*_about(row, lines), *_asked(row, lines)))


def _about(row: Row, lines: Sequence[PrintedLine]) -> Iterator[str]:
    """What an editor must know to decide, as comments."""
    margin = "nothing else was possible" if row["margin"] is None else f"margin {row['margin']:.2f}"
    weighed = f"article {row['article']}: confidence {row['confidence']:.3f}, {margin}"
    here = line_at(lines, row["start"])
    printed = comment(here.printed)
    if row["other_start"] is None:
        yield f"# {row['kind']}, line {here.number}, {weighed}"
        yield f"#   {printed[:_CONTEXT]} | {comment(row['after'] or '')}"
    else:
        other = line_at(lines, row["other_start"])
        yield f"# {row['kind']}, line {here.number} -> line {other.number}, {weighed}"
        yield f"#   …{printed[-_CONTEXT:]} | {comment(other.printed)[:_CONTEXT]}…"
    yield f"#   evidence: {comment(in_both(*from_json(row['evidence'])))}"
    if runner_up := runner_up_of(row):
        yield f"#   runner-up: {comment(in_both(runner_up))}"


def _asked(row: Row, lines: Sequence[PrintedLine]) -> Iterator[str]:
    """The entry; then, where the second best page goes on at another line, the same about that line, as a comment."""
    entry = _certain_entry(row, lines) if row["certain"] else entry_of(row)
    if entry is None:
        yield "# No entry can name this: it is only part of a line of the article's text."
        return
    yield from entry.split("\n")
    for line in lines if row["other_start"] is not None else ():
        if line.number != row["runner_up_line"] or line.number == row["other_line"]:
            continue
        other = link_entry(row["source_file"], lines, row["start"], line.start, None)
        yield f"# or about line {line.number}:"
        yield from (f"# {text}" for text in other.split("\n"))


def _certain_entry(row: Row, lines: Sequence[PrintedLine]) -> str | None:
    """The entry about a place that is certain, for which the database keeps none."""
    if row["other_start"] is None:
        return heading_entry(row["source_file"], lines, row["start"], row["body_start"], row["kind"])
    return link_entry(row["source_file"], lines, row["start"], row["other_start"], row["kind"])
