"""The database for the public: edition.db without the text that `editions.shown` keeps back.

Every row, key, count, offset, name and office stays; in the place of each character that is not shown stands a sign,
as where something is withdrawn, so that offsets stay true and the file can't hold what it does not show.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from banmian.seeds.withdrawn import blank
from banmian.store.checks import check_database
from banmian.store.files import connect, sha256
from banmian.store.index import fill_again
from banmian.store.publish import move_into_place, unfinished
from banmian.store.quotes import Quotes
from banmian.words.span_kinds import FIELDS, HEADINGS, SPAN_KINDS

# Names of rows of build_info: that the file is for the public, and of which edition.db it was made.
PUBLIC, MADE_OF = "public", "made of sha256"
# Characters of a body that a snippet shows, and the share of a short body that it may be at most.
SNIPPET, OF_SHORT = 100, 4
# Fields that a snippet shows whole: what stands over an article and says whose it is. A caption is running text.
_SHOWN_WHOLE = frozenset(name for name in HEADINGS if SPAN_KINDS[name].heading or name == "dateline")
_NO_TEXT = frozenset(("blank", "markup"))
_HEADS = ", ".join(f"'{name}'" for name in sorted(_SHOWN_WHOLE))

# Cells in which an editor, or the build, may quote a page: (table, column, how its edition is known, whether JSON).
_OF_PAGE = "page_id IN (SELECT id FROM pages WHERE edition_id = ?1)"
_OF_EDITION = "edition_id = ?1"
_QUOTING = (
    *(("editions", column, "id = ?1", False) for column in ("newspaper_basis", "date_basis", "city_basis", "note")),
    *(("pages", column, _OF_EDITION, False) for column in ("number_basis", "name_basis", "name")),
    *(("corrections", column, _OF_PAGE, False) for column in ("printed", "corrected", "reason")),
    *(("doubts", column, _OF_PAGE, False) for column in ("printed", "suspected", "reason")),
    ("rulings", "reason", _OF_PAGE, False),
    ("identity_answers", "reason", _OF_EDITION, False),
    ("readings", "evidence", _OF_PAGE, True),
    ("warnings", "details", _OF_PAGE, True),
)
# What quotes text by its very purpose.
_BLANKED = (
    # Of a heading `before` is the heading itself.
    f"""UPDATE readings SET before = iif(?2 = 'snippet' AND kind IN ({_HEADS}), before, blank(before)),
        after = blank(after), runner_up_text = blank(runner_up_text), entry = NULL WHERE {_OF_PAGE}""",
    f"UPDATE identity_answers SET texts = blank(texts), missing = blank(missing) WHERE {_OF_EDITION}",
    f"UPDATE identity_candidates SET entry = without_texts(entry) WHERE {_OF_EDITION}",
)


def write_public(database_file: Path, target: Path) -> None:
    """Write the public's database of `database_file` to `target`, in one step.

    Same database, same bytes. Raises CheckError and leaves `target` as it was where what was written is not sound.
    """
    made_of = sha256(database_file)
    with unfinished(target.parent) as path:
        shutil.copyfile(database_file, path)
        connection = _opened(path)
        try:
            for edition, shown in connection.execute("SELECT id, shown FROM editions WHERE shown <> 'full'").fetchall():
                _cover_edition(connection, edition, shown)
            _sign_files(connection)
            fill_again(connection, "articles")
            connection.executemany("INSERT INTO build_info VALUES (?, ?)", [(PUBLIC, "yes"), (MADE_OF, made_of)])
            connection.execute("COMMIT")
            # What was written over must not stand in a page that is free.
            connection.execute("VACUUM")
            check_database(connection, {}, with_index=False)
        finally:
            connection.close()
        move_into_place(path, target)


@contextmanager
def without_text(database_file: Path) -> Iterator[Path]:
    """A copy without any text of the articles, as if each edition stated none, to be exported while this lasts.

    Digests of files are those of the files as they came, and its index is not that of its text: it can't be published.
    """
    with unfinished(database_file.parent) as path:
        shutil.copyfile(database_file, path)
        connection = _opened(path)
        try:
            for (edition,) in connection.execute("SELECT id FROM editions").fetchall():
                _cover_edition(connection, edition, "none")
            connection.execute("COMMIT")
        finally:
            connection.close()
        yield path


def _opened(path: Path) -> sqlite3.Connection:
    """A connection that may change the file, in a transaction; one that fails is thrown away with the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.create_function("blank", 1, lambda text: None if text is None else blank(text))
    connection.create_function("without_texts", 1, _without_texts)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    return connection


def made_of(public_file: Path) -> str | None:
    """The digest of the edition.db that a public's database was made of; None where there is none to be read."""
    if not public_file.exists():
        return None
    connection = connect(public_file)
    try:
        row = connection.execute("SELECT value FROM build_info WHERE name = ?", [MADE_OF]).fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return None if row is None else str(row[0])


def shown_of_body(body: str, shown: str) -> int:
    """How many characters of a body are shown, from its first one."""
    if shown == "full":
        return len(body)
    return min(SNIPPET, len(body) // OF_SHORT) if shown == "snippet" else 0


def _cover_edition(connection: sqlite3.Connection, edition: str, shown: str) -> None:
    names, printed = _places_of_names(connection, edition)
    quotes = Quotes()
    _cover_articles(connection, edition, shown, names, quotes)
    _cover_spans(connection, edition, shown, printed, quotes)
    for sql in _BLANKED:
        connection.execute(sql, [edition, shown] if "?2" in sql else [edition])
    for table, column, known, is_json in _QUOTING:
        _cover_quotes(connection, f"{table} WHERE {known}", column, edition, quotes, is_json)


def _places_of_names(
    connection: sqlite3.Connection, edition: str
) -> tuple[Mapping[tuple[int, str], Sequence[tuple[int, int]]], Mapping[str, Sequence[tuple[int, int]]]]:
    """Where names stand: by article and field, and by page in its source, from the first character to the last one."""
    fields: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    printed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sql = (
        f"""SELECT article_id, field, start, "end", page_id, source_start, source_end FROM mentions WHERE {_OF_PAGE}"""
    )
    for article, field, start, end, page, source_start, source_end in connection.execute(sql, [edition]):
        fields[article, field].append((start, end))
        printed[page].append((source_start, source_end))
    return fields, printed


def _cover_articles(
    connection: sqlite3.Connection,
    edition: str,
    shown: str,
    names: Mapping[tuple[int, str], Sequence[tuple[int, int]]],
    quotes: Quotes,
) -> None:
    assigned = ", ".join(f"{field} = ?" for field in FIELDS)
    sql = f"SELECT id, {', '.join(FIELDS)} FROM articles WHERE {_OF_PAGE}"
    for number, *texts in connection.execute(sql, [edition]).fetchall():
        covered = []
        for field, text in zip(FIELDS, texts, strict=True):
            if text is None or (shown == "snippet" and field in _SHOWN_WHOLE):
                covered.append(text)
                continue
            begins = shown_of_body(text, shown) if field == "body" else 0
            covered.append(_covered(text, [(0, begins), *names.get((number, field), ())]))
            quotes.add(text, covered[-1])
        connection.execute(f"UPDATE articles SET {assigned} WHERE id = ?", [*covered, number])


def _cover_spans(
    connection: sqlite3.Connection,
    edition: str,
    shown: str,
    printed: Mapping[str, Sequence[tuple[int, int]]],
    quotes: Quotes,
) -> None:
    """Spans whose text stands in no body: the others take theirs out of what is covered already."""
    whole = _NO_TEXT | (_SHOWN_WHOLE if shown == "snippet" else frozenset())
    sql = """SELECT pages.id, page, start, "end", kind, text FROM span_places JOIN pages ON ordinal = page
             WHERE edition_id = ? AND text IS NOT NULL"""
    changed = []
    for page_id, page, start, end, kind, text in connection.execute(sql, [edition]):
        if kind not in whole:
            inside = list(_inside(start, end, printed.get(page_id, ())))
            changed.append((_covered(text, inside), page, start))
            quotes.add(text, changed[-1][0])
    connection.executemany("UPDATE span_places SET text = ? WHERE page = ? AND start = ?", changed)


def _inside(start: int, end: int, names: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of source[start:end], one span, is a name, counted from its start; one may go on in another span."""
    for first, last in names:
        if start <= first < end:
            yield first - start, (last if first < last <= end else end) - start
        elif start < last <= end:
            yield 0, last - start


def _cover_quotes(
    connection: sqlite3.Connection, rows: str, column: str, edition: str, quotes: Quotes, is_json: bool
) -> None:
    table, _, known = rows.partition(" WHERE ")
    cells = connection.execute(f"SELECT DISTINCT {column} FROM {rows} AND {column} IS NOT NULL", [edition]).fetchall()
    for (cell,) in cells:
        covered = _json_without(cell, quotes) if is_json else quotes.covered(cell)
        if covered != cell:
            sql = f"UPDATE {table} SET {column} = ?2 WHERE {known} AND {column} = ?3"
            connection.execute(sql, [edition, covered, cell])


def _json_without(cell: str, quotes: Quotes) -> str:
    def without(value: Any) -> Any:
        if isinstance(value, str):
            return quotes.covered(value)
        if isinstance(value, list):
            return [without(one) for one in value]
        return {key: without(one) for key, one in value.items()} if isinstance(value, dict) else value

    value = json.loads(cell)
    covered = without(value)
    return cell if covered == value else json.dumps(covered, ensure_ascii=False)


def _covered(text: str, shown: Iterable[tuple[int, int]]) -> str:
    signs = list(blank(text))
    for start, end in shown:
        signs[start:end] = text[start:end]
    return "".join(signs)


def _without_texts(entry: str) -> str:
    """An entry on who is who without the texts of articles that it cites."""
    return "\n".join(line for line in entry.split("\n") if not line.startswith("  in: "))


def _sign_files(connection: sqlite3.Connection) -> None:
    """Say by which digest the text of each file is known as it stands here."""
    for file, part in _files(connection):
        spans = connection.execute(
            """SELECT text FROM source_spans JOIN pages ON pages.id = page_id
               WHERE source_file = ? AND source_part IS ? ORDER BY start""",
            [file, part],
        )
        digest = hashlib.sha256("".join(text for (text,) in spans).encode()).hexdigest()
        connection.execute(
            """UPDATE pages SET text_sha256 = iif(text_sha256 IS NULL, NULL, ?2),
                   source_sha256 = iif(text_sha256 IS NULL, ?2, source_sha256)
               WHERE source_file = ?1 AND source_part IS ?3""",
            (file, digest, part),
        )


def _files(connection: sqlite3.Connection) -> Iterator[tuple[str, int | None]]:
    sql = """SELECT DISTINCT source_file, source_part FROM pages JOIN editions ON editions.id = edition_id
             WHERE shown <> 'full'"""
    yield from connection.execute(sql).fetchall()
