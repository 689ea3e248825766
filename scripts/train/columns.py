"""Pages of news set in columns, as OCR gives them, made from articles, each with its right reading.

Each article is set in lines of 12 to 17 characters and cut where its columns end. Read article by article the columns
and the heading of each stand in the orders that variants.py knows; read by page, articles stand side by side in bands,
and the columns of the whole page follow one another. Worn pages lost stops and have wrong characters.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from train.columned import Article, by_page, in_columns, numbered
from train.known import HALF_WIDTH, Gold, Line, Page, articles_of, clauses, person, write_pages

_WIDTHS, _COLUMN = (12, 17), (170, 320)
_UNMARKED, _WITH_LEAD, _WITH_SECOND = 0.06, 0.85, 0.4
_TURNED, _HEADED = 0.3, 0.6
_BAND = (1, 3)
_LOST_STOPS, _WRONG = 0.18, 0.008
_LONG = 30
ORDERS = ("articles", "page")


def pages(
    articles: Sequence[Mapping[str, Any]], count: int, seed: int, order: str, marks: str = "", worn: bool = False
) -> Iterator[tuple[str, Gold]]:
    """`count` pages of four to seven articles (`headline`, `paragraphs`, `crossheads`) and their right readings.

    `order` is one of ORDERS; `marks` stands before every heading, without them the first headline has # and the others
    ##; `worn` pages lost stops and have wrong characters, which stand in the right reading too.
    """
    dice = random.Random(f"{seed} {order} {marks}")
    for _ in range(count):
        chosen = dice.sample(articles, dice.randint(4, 7))
        made = [_article(dice, article, marks or ("## " if number else "# ")) for number, article in enumerate(chosen)]
        blocks = by_page(_bands(dice, made)) if order == "page" else [b for one in made for b in _put_down(dice, one)]
        yield _printed(dice, made, blocks, worn)


def _article(dice: random.Random, article: Mapping[str, Any], mark: str) -> Article:
    body = [str(paragraph).translate(HALF_WIDTH) for paragraph in article["paragraphs"]]
    heading = [Line("headline", str(article["headline"]).translate(HALF_WIDTH), _unless(dice, _UNMARKED, mark))]
    extra = clauses(" ".join(body), 8, 24) if dice.random() < _WITH_SECOND else []
    if extra:
        above = dice.random() < 0.3
        second = Line("kicker" if above else "subheadline", dice.choice(extra))
        heading = [second, *heading] if above else [*heading, second]
    lead = f"**本报讯** (记者 {person(dice)})" if dice.random() < _WITH_LEAD else ""
    if not lead and dice.random() < 0.5:
        heading.append(Line("byline", f"本报记者 {person(dice)}"))
    return Article(heading, _columns(dice, body, article.get("crossheads") or {}, mark, lead))


def _unless(dice: random.Random, share: float, mark: str) -> str:
    return "" if dice.random() < share else mark


def _columns(
    dice: random.Random, body: Sequence[str], crossheads: Mapping[int, str], mark: str, lead: str
) -> list[list[Line]]:
    lines = numbered(body, crossheads, dice.randint(*_WIDTHS))
    count = max(1, min(len(lines) // 4, round(sum(map(len, body)) / dice.randint(*_COLUMN))))
    return in_columns(lines, count, mark, lead)


def _put_down(dice: random.Random, article: Article) -> list[Line]:
    """The article's blocks in an order that OCR gives them: columns as they are, or the last ones first."""
    turn = dice.randrange(len(article.columns)) if dice.random() < _TURNED else 0
    columns = [*article.columns[turn:], *article.columns[:turn]]
    place = 0 if dice.random() < _HEADED else dice.randint(0, len(columns))
    return [block for part in (*columns[:place], article.heading, *columns[place:]) for block in part]


def _bands(dice: random.Random, articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    left = list(articles)
    while left:
        size = dice.randint(*_BAND)
        yield left[:size]
        left = left[size:]


def _printed(dice: random.Random, articles: Sequence[Article], blocks: Sequence[Line], worn: bool) -> tuple[str, Gold]:
    page = Page()
    places = {}
    for block in blocks:
        places[block] = page.put(_worn(dice, block) if worn else block.text, block.before, block.after)
    for article in articles:
        page.add_article(article.lines, places)
    return page.text, page.gold()


def _worn(dice: random.Random, block: Line) -> str:
    text = block.text
    if block.kind != "body" or len(text) <= _LONG:
        return text
    wrong = [dice.choice(text) if dice.random() < _WRONG and one.isalpha() else one for one in text]
    return "".join(wrong[:-1] if text[-1] == "。" and dice.random() < _LOST_STOPS else wrong)


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pages", "count", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--order", type=click.Choice(ORDERS), default="articles", show_default=True)
@click.option("--marks", default="", help="What stands before every heading; without, # and ##.")
@click.option("--worn", is_flag=True, help="Stops are lost, characters wrong.")
def main(source: Path, out: Path, count: int, seed: int, order: str, marks: str, worn: bool) -> None:
    """Set the articles in SOURCE, JSON lines with headline and paragraphs, in pages of columns in the folder OUT.

    Beside each page (*.txt) stands its right reading (*.json); known.py says in what form.
    """
    write_pages(out, pages(articles_of(source), count, seed, order, marks, worn))


if __name__ == "__main__":
    main()
