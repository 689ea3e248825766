"""The picture of where every character of the source went: by kind, page by page, and of one page in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from banmian.site.known import source_address
from banmian.site.pictures.asked import Asked, Row, Ways, rows_of
from banmian.site.pictures.bars import wide
from banmian.site.pictures.drawn import Bar, Bars, Cell, Drawn, Panel, Said, Segment, Strips, Table, Thread, Weave
from banmian.words.span_kinds import SPAN_KINDS

if TYPE_CHECKING:
    from datasette.database import Database

_PAGES = 24
_KINDS = len(SPAN_KINDS)
# Each kind has a colour with a hatching of its own, text the first; the last two are those of what is no text.
_NO_TEXT = ("markup", "blank")
_OTHERS = [kind for kind in SPAN_KINDS if kind not in ("body", *_NO_TEXT)]
_TINTS = {kind: place for place, kind in enumerate(("body", *_OTHERS))}
_TINTS |= dict(zip(_NO_TEXT, (13, 14), strict=True))
# Of a page with more spans than a printed one has, each would be too thin to see.
_SPANS = 700
_OF_PAGE = f"""
    SELECT source_spans.start, source_spans."end", line, kind FROM source_spans
    WHERE page_id = :page ORDER BY source_spans.start LIMIT {_SPANS + 1}"""
# The page as it came in, set in columns: characters of a line, and how large each is.
_COLUMNS, _CHARACTERS, _WIDTH, _STEP, _THICKNESS, _GAP = 4, 34, 6, 9, 7, 24


async def draw_coverage(database: Database, asked: Asked, ways: Ways) -> Drawn:
    """Characters by kind, the latest pages, and where there is but one printed page, all of it."""
    rows = await rows_of(database, "coverage", asked.scope, _KINDS)
    by_page = await rows_of(database, "coverage_by_page", asked.scope, 60 * _KINDS)
    pages = [list(own) for _, own in groupby(by_page, lambda row: row["page_id"])]

    def spans(row: Row) -> str:
        if len(pages) == 1:
            return ways.table("source_spans", page_id=pages[0][0]["page_id"], kind=row["kind"])
        return ways.query("coverage_by_page", asked.scope)

    def words(row: Row) -> Said:
        return "pictures.characters_of", {"count": row["characters"], "percent": row["percent"]}

    most = rows[0]["characters"] if rows else 0
    bars = [
        Bar(
            Cell(row["kind"], section="kind"),
            words(row),
            wide(row["characters"], most),
            spans(row),
            _TINTS[row["kind"]],
        )
        for row in rows
    ]
    panels: list[Panel] = [Bars(bars, "pictures.by_kind", is_key=True)] if bars else []
    if len(pages) == 1:
        panels += await _weave(database, pages[0][0], ways)
    elif pages:
        panels.append(Strips("pictures.by_page", [_strip(own, ways) for own in pages[:_PAGES]]))
    table = [
        (
            Cell(row["kind"], section="kind"),
            Cell(f"{row['characters']:,}", spans(row)),
            Cell(f"{row['percent']}%"),
            Cell(f"{row['spans']:,}"),
            Cell(f"{row['characters_outside_articles']:,}"),
        )
        for row in rows
    ]
    heads = ("pictures.kind", "pictures.characters", "pictures.share", "pictures.spans", "pictures.outside")
    notes: list[Said] = [("pictures.every", {"count": sum(row["characters"] for row in rows)})] if rows else []
    notes += [("pictures.latest_pages", {"count": _PAGES})] if len(pages) > _PAGES else []
    return Drawn(panels, Table(heads, table), notes)


def _strip(rows: Sequence[Row], ways: Ways) -> tuple[Row, str, Sequence[Segment]]:
    """What a page is, its address, and its kinds in the order of their colours."""
    page, at, whole = rows[0], 0.0, sum(row["characters"] for row in rows)
    segments = []
    for row in sorted(rows, key=lambda row: _TINTS[row["kind"]]):
        share = 100 * row["characters"] / whole
        rows_href = ways.table("source_spans", page_id=row["page_id"], kind=row["kind"])
        segments.append(
            Segment(
                row["kind"],
                _TINTS[row["kind"]],
                row["characters"],
                row["percent"],
                round(at, 2),
                round(share, 2),
                rows_href,
            )
        )
        at += share
    return page, ways.path(page["address"]), segments


async def _weave(database: Database, page: Row, ways: Ways) -> list[Panel]:
    """Every character of a printed page; nothing of one that holds too much."""
    spans = (await database.execute(_OF_PAGE, {"page": page["page_id"]})).rows
    if len(spans) > _SPANS:
        return []
    laid, rows = _laid_out(spans)
    tall = -(-rows // _COLUMNS)
    across = _CHARACTERS * _WIDTH + _GAP

    def around(row: int, first: int, last: int) -> str:
        x, y, width = row // tall * across + first * _WIDTH, row % tall * _STEP, (last - first) * _WIDTH
        return f"M{x} {y}h{width}v{_THICKNESS}h-{width}z"

    # The page as it came in has no place for a line of blanks alone.
    printed = {span["line"] for span in spans if span["kind"] != "blank"}
    threads = [
        Thread(
            span["kind"],
            _TINTS[span["kind"]],
            span["line"],
            "".join(around(*run) for run in runs),
            ways.path(source_address(page["address"], span["line"] if span["line"] in printed else None)),
        )
        for span, runs in laid
    ]
    return [Weave("pictures.in_order", _COLUMNS * across - _GAP, tall * _STEP, threads)]


def _laid_out(spans: Iterable[Row]) -> tuple[list[tuple[Row, list[tuple[int, int, int]]]], int]:
    """Each span with its runs (row, first and last character), each line in rows of its own, and how many rows."""
    row, at, line = -1, 0, None
    laid = []
    for span in spans:
        if span["line"] != line:
            row, at, line = row + 1, 0, span["line"]
        runs, left = [], span["end"] - span["start"]
        while left:
            if at == _CHARACTERS:
                row, at = row + 1, 0
            size = min(left, _CHARACTERS - at)
            runs.append((row, at, at + size))
            at, left = at + size, left - size
        laid.append((span, runs))
    return laid, row + 1
