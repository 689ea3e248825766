"""A page put together by hand, some of it without certainty, and a database of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from banmian.names import read_names
from banmian.page.obey import unheeded, warnings_of
from banmian.records import Article, Field, Heading, Join, Page, Paragraph, Piece, Remark, Ruling, RunnerUp, Span
from banmian.seeds import Edition, PageSource
from banmian.store import new_database

LINES = (
    "# 全市植树活动今日启动",
    "全市植树活动今天上午启动,首批树苗已经运到各个公",
    "# 夜间公交线路增加三条",
    "园,市民可以就近参加。市长李建国到场植树。",
    "夜间公交线路从下月起增加三条,方便晚归的市民。",
    "活动持续三天,结束后由各区养护。",
)
TEXT = "\n\n".join(LINES) + "\n"
AT = [TEXT.index(line) for line in LINES]
END = [at + len(line) for at, line in zip(AT, LINES, strict=True)]

JOIN = Join(
    END[1],
    AT[3],
    score=2.5,
    margin=0.75,
    evidence=(Remark("word_across", {"word": "公园"}),),
    runner_up=RunnerUp("paragraph", AT[4]),
    confidence=0.8,
    certain=False,
)
MOVE = Join(
    END[3],
    AT[5],
    score=0.5,
    margin=0.25,
    evidence=(Remark("shared_by_paragraphs", {"words": ["活动"]}), Remark("opens")),
    runner_up=RunnerUp("join", AT[4]),
    confidence=0.6,
    certain=False,
)
SURE = Heading(
    0,
    AT[0] + 2,
    END[0],
    "headline",
    score=9.0,
    margin=7.0,
    evidence=(Remark("marked"),),
    runner_up=None,
    confidence=0.999,
    certain=True,
)
UNSURE = Heading(
    1,
    AT[2] + 2,
    END[2],
    "headline",
    score=1.0,
    margin=0.5,
    evidence=(Remark("marked"),),
    runner_up=RunnerUp("crosshead", AT[1]),
    confidence=0.9,
    certain=False,
)

WARNING = Remark("unknown_key", {"key": "<b> & more", "articles": 3})

PAGE_ID = "gongyuan-1"


def page() -> Page:
    """Two articles: lines 1, 3 (in mid-sentence) and 5 (a new paragraph) under line 0, line 4 under line 2."""
    spans = []
    placed = {0: ("headline", 0, None, 1), 1: ("body", 0, 1, 1), 2: ("headline", 1, None, 1), 3: ("body", 0, 1, 2)}
    placed |= {4: ("body", 1, 1, 1), 5: ("body", 0, 2, 1)}
    for number, (kind, article, paragraph, position) in placed.items():
        mark = 2 if kind == "headline" else 0
        if mark:
            spans.append(Span(AT[number], AT[number] + mark, "markup", None, None, None, "# "))
        start, end = AT[number] + mark, END[number]
        spans.append(Span(start, end, kind, article, paragraph, position, TEXT[start:end]))
        after = AT[number + 1] if number + 1 < len(AT) else len(TEXT)
        spans.append(Span(end, after, "blank", None, None, None, TEXT[end:after]))
    articles = (_article(0, [[1, 3], [5]]), _article(2, [[4]]))
    return Page(tuple(spans), articles, (JOIN,), (WARNING,), (MOVE,), (SURE, UNSURE))


def _article(headline: int, body: list[list[int]]) -> Article:
    pieces, paragraphs, at = [], [], 0
    for position, numbers in enumerate(body, 1):
        begin = at
        for number in numbers:
            pieces.append(Piece(at, at + len(LINES[number]), AT[number], END[number]))
            at += len(LINES[number])
        paragraphs.append(Paragraph(position, "paragraph", begin, at))
        at += 1
    text = "\n".join("".join(LINES[number] for number in numbers) for numbers in body)
    heading = LINES[headline][2:]
    fields = {
        "headline": Field(heading, (Piece(0, len(heading), AT[headline] + 2, END[headline]),)),
        "body": Field(text, tuple(pieces)),
    }
    return Article(fields, tuple(paragraphs))


def write_database(folder: Path, *, certain: bool = False, rulings: tuple[Ruling, ...] = ()) -> Path:
    """edition.db of the page alone; with `certain` nothing on it is uncertain."""
    ignored = unheeded(page(), TEXT, rulings)
    read = replace(page(), unheeded=ignored, warnings=(WARNING, *warnings_of(ignored, TEXT)))
    if certain:
        read = replace(
            read,
            joins=(replace(JOIN, certain=True),),
            moves=(replace(MOVE, certain=True),),
            headings=(SURE, replace(UNSURE, certain=True)),
        )
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    source = PageSource(PAGE_ID, "gongyuan.txt", TEXT, digest, None, None, None, None, (), (), rulings=rulings)
    with new_database(folder) as new:
        edition = Edition("gongyuan", (source,))
        new.writer.add_edition(edition, [read], read_names(read.articles, None))
        new.writer.finish({"version": "test"})
        new.publish(folder / "edition.db")
    return folder / "edition.db"
