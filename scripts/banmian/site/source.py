"""The page as it came in: the lines of its source file beside the articles that were made of them.

Each fragment of an article stands at its place in the file and in the article, and each leads to the other. A page of
many lines is shown in parts, so that none is too large.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from banmian.site.flow import Flow, Placed, draw
from banmian.site.source_text import Block, Line, Notes, blocks_of, lines_of
from banmian.words.span_kinds import ABOVE, BELOW, BESIDE

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = Mapping[str, Any]

# What one part of a page shows at most, unless a single line has more.
_LINES, _SPANS, _CHARACTERS = 200, 420, 20_000
# Articles are told apart by so many colours, and by letters.
_COLOURS = 8

_SPANS_OF_PAGE = """
    SELECT source_spans.start, source_spans."end", line, source_spans.kind, source_spans.article_id, paragraph_id,
        source_spans.position, paragraph_places.position AS paragraph
    FROM source_spans LEFT JOIN paragraph_places ON paragraph_places.id = paragraph_id
    WHERE page_id = :page AND source_spans.kind <> 'blank' ORDER BY source_spans.start"""
_ARTICLES = "SELECT id, key, headline, address FROM articles WHERE page_id = :page ORDER BY position"
_TEXTS = "SELECT start, text FROM source_spans WHERE page_id = :page AND start BETWEEN :first AND :last"
_NOTES = {
    "readings": "SELECT * FROM readings WHERE page_id = :page ORDER BY start",
    "corrections": "SELECT * FROM corrections WHERE page_id = :page ORDER BY start",
    "doubts": "SELECT * FROM doubts WHERE page_id = :page ORDER BY start",
    "mentions": """
        SELECT source_start, source_end, mentions.kind, surface, role,
            (SELECT address FROM articles WHERE articles.id = article_id) AS article_address
        FROM mentions WHERE page_id = :page ORDER BY source_start""",
}
# The order in which an article is read: what stands above its text, its text, what stands beside.
_READ = {
    **{kind: place for place, kind in enumerate(("rubric", *ABOVE, "headline", *BELOW), -20)},
    # Those who signed stand behind the dateline or below the headlines, where they were printed.
    **dict.fromkeys(("byline", "dateline"), -1),
    **{kind: place for place, kind in enumerate(("table", *BESIDE), 1)},
}


@dataclass(frozen=True, slots=True)
class Made:
    """An article that was made of the lines: its letter, the class of its colour, and what of it this part shows.

    `joins` are the readings of its order and headings, `elsewhere` the lines of its fragments in other parts.
    """

    row: Row
    letter: str
    colour: str
    blocks: Sequence[Block]
    joins: Sequence[Row]
    elsewhere: Sequence[int]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One part of a page: its lines, the articles made of them, and the picture of how they were put in order.

    `flow` is of the `whole` page or of this part. `headlines` are those of all its articles by letter, `parts` the
    first and last line of each part, `part` which of them this is, counted from 0. `placed` lines of the page went into
    articles, those of the numbers `loose` did not; `sure` joins are certain, `unsure` readings are not.
    """

    lines: Sequence[Line]
    made: Sequence[Made]
    flow: Flow
    whole: bool
    headlines: Mapping[str, str]
    parts: Sequence[tuple[int, int]]
    part: int
    placed: int
    loose: Sequence[int]
    sure: int
    unsure: int
    corrections: Sequence[Row]
    doubts: Sequence[Row]


async def read_source(datasette: Datasette, name: str, page_id: str, line: int) -> SourcePage:
    """The part of the page that has this line, or else the first one after it, or the last."""
    database = datasette.get_database(name)
    of = {"page": page_id}
    spans = (await database.execute(_SPANS_OF_PAGE, of)).rows
    articles = (await database.execute(_ARTICLES, of)).rows
    found = {name: (await database.execute(sql, of)).rows for name, sql in _NOTES.items()}
    parts = parts_of(spans)
    part = min(bisect_left([last for _, last in parts], line), len(parts) - 1)
    shown = _within(spans, *parts[part]) if parts else []
    between = {"first": shown[0]["start"], "last": shown[-1]["start"]} if shown else {"first": 0, "last": -1}
    texts = {row["start"]: row["text"] for row in await database.execute(_TEXTS, of | between)}
    letters = {article["id"]: letter_of(place) for place, article in enumerate(articles)}
    colours = {article["id"]: f"hue-{place % _COLOURS}" for place, article in enumerate(articles)}
    mentions = [{**row, "href": datasette.urls.path(row["article_address"])} for row in found["mentions"]]
    notes = Notes(found["readings"], found["corrections"], found["doubts"], mentions)
    placed = [
        Placed(
            start=span["start"],
            end=span["end"],
            line=span["line"],
            article=span["article_id"],
            paragraph=span["paragraph_id"],
            head=span["kind"] == "headline",
            text=texts.get(span["start"]),
        )
        for span in _in_order(spans, articles)
    ]
    flow, whole = draw(
        placed, _loose(spans), articles, letters, colours, found["readings"], {span["start"] for span in shown}
    )
    by_article = _by_article(spans)
    joins = [reading for reading in found["readings"] if reading["kind"] in ("join", "paragraph")]
    in_article = {span["line"] for span in spans if span["article_id"] is not None}
    return SourcePage(
        lines=lines_of(shown, texts, letters, colours, notes),
        made=[
            made
            for article in articles
            if (made := _made(article, by_article[article["id"]], texts, letters, colours, notes)).blocks
        ],
        flow=flow,
        whole=whole,
        headlines={letters[article["id"]]: article["headline"] or article["key"] for article in articles},
        parts=parts,
        part=part,
        placed=len(in_article),
        loose=sorted({span["line"] for span in _loose(spans)}),
        sure=sum(reading["certain"] for reading in joins),
        unsure=sum(not reading["certain"] for reading in found["readings"]),
        corrections=found["corrections"],
        doubts=found["doubts"],
    )


def letter_of(place: int) -> str:
    """The letter of the article at this place of the page, counted from 0: A to Z, then AA, AB and so on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def parts_of(spans: Iterable[Row]) -> Sequence[tuple[int, int]]:
    """The first and last line of each part in which a page is shown; `spans` stand in the order of the file."""
    parts: list[tuple[int, int]] = []
    lines = count = characters = 0
    for line, of_line in groupby(spans, key=lambda span: span["line"]):
        here = list(of_line)
        size = here[-1]["end"] - here[0]["start"]
        lines, count, characters = lines + 1, count + len(here), characters + size
        if parts and lines <= _LINES and count <= _SPANS and characters <= _CHARACTERS:
            parts[-1] = parts[-1][0], line
        else:
            parts.append((line, line))
            lines, count, characters = 1, len(here), size
    return parts


def _within(spans: Sequence[Row], first: int, last: int) -> Sequence[Row]:
    lines = [span["line"] for span in spans]
    return spans[bisect_left(lines, first) : bisect_right(lines, last)]


def _loose(spans: Iterable[Row]) -> Sequence[Row]:
    """What belongs to no article and is no markup either: what the page could not or should not place."""
    return [span for span in spans if span["article_id"] is None and span["kind"] != "markup"]


def _by_article(spans: Iterable[Row]) -> Mapping[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for span in spans:
        grouped[span["article_id"]].append(span)
    return {article: sorted(own, key=_place) for article, own in grouped.items() if article is not None}


def _in_order(spans: Iterable[Row], articles: Iterable[Row]) -> Iterable[Row]:
    by_article = _by_article(spans)
    return [span for article in articles for span in by_article.get(article["id"], ())]


def _place(span: Row) -> tuple[int, int, int, int]:
    """Where a span stands in its article as it is read."""
    return _READ.get(span["kind"], 0), span["paragraph"] or 0, span["position"] or 0, span["start"]


def _made(
    article: Row,
    spans: Sequence[Row],
    texts: Mapping[int, str],
    letters: Mapping[int, str],
    colours: Mapping[int, str],
    notes: Notes,
) -> Made:
    shown = [span for span in spans if span["start"] in texts]
    starts = {span["start"] for span in shown}
    joins = [
        reading
        for reading in notes.readings
        if reading["article_id"] == article["id"]
        and (reading["start"] if reading["other_start"] is None else reading["other_start"]) in starts
        and (reading["other_start"] is not None or not reading["certain"])
    ]
    return Made(
        row=article,
        letter=letters[article["id"]],
        colour=colours[article["id"]],
        blocks=blocks_of(shown, texts, notes),
        joins=joins,
        elsewhere=sorted({span["line"] for span in spans if span["start"] not in texts}),
    )
