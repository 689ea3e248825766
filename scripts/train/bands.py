"""Pages of 40 to 70 blocks, as an OCR engine finds them on a newspaper's page, each with its right reading.

A long article, some shorter ones and briefs stand in bands, side by side, each set in columns under its heading:
headlines of several lines, often without marks, kickers, crossheads, captions, bylines. The blocks stand in the file
article by article (`reading`), by the columns of the whole page (`columns`), or as if each article were set over all
columns and these were read one after the other (`dealt`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from train.columned import Article, by_page, in_columns, numbered
from train.known import HALF_WIDTH, Gold, Line, Page, articles_of, clauses, person, write_pages

ORDERS = ("reading", "columns", "dealt")
_MARKS = ("", "", "", "# ", "## ")
_COLUMNS = (2, 6)
_BLOCKS = (40, 70)
_LONG, _MIDDLE, _BRIEF = (700, 1800), (220, 700), (50, 220)
_WIDTHS = (12, 20)
_LOST = (0.0, 0.0, 0.05, 0.15)
_LONGEST_LINE = 14


@dataclass(frozen=True, slots=True)
class Style:
    """How a page is set: columns, the mark of headlines, width of lines, share of stops lost, whether datelines."""

    columns: int
    mark: str
    width: int
    lost: float
    half_width: bool
    led: float


def pages(articles: Sequence[Mapping[str, Any]], count: int, seed: int, order: str) -> Iterator[tuple[str, Gold]]:
    """`count` pages made of articles (`headline`, `paragraphs`, `crossheads`); `order` is one of ORDERS."""
    dice = random.Random(f"{seed} bands")
    for _ in range(count):
        style = Style(
            columns=dice.randint(*_COLUMNS),
            mark=dice.choice(_MARKS),
            width=dice.randint(*_WIDTHS),
            lost=dice.choice(_LOST),
            half_width=dice.random() < 0.5,
            led=dice.choice((0.2, 0.5, 0.9)),
        )
        drawn = [(article, wide) for article, wide in _drawn(dice, articles, style)]
        made = [_article(dice, style, article, style.columns if order == "dealt" else wide) for article, wide in drawn]
        bands = _bands([wide for _, wide in drawn], style.columns)
        yield _printed(made, _ordered(made, bands, order), dice, style)


def _drawn(
    dice: random.Random, articles: Sequence[Mapping[str, Any]], style: Style
) -> list[tuple[Mapping[str, Any], int]]:
    """Articles, each cut to a length, and over how many columns each is set: a long one first, then shorter ones."""
    most, found, blocks = dice.randint(*_BLOCKS), [], 0
    shares = [_LONG, *[dice.choice((_MIDDLE, _MIDDLE, _BRIEF)) for _ in range(20)]]
    for article, (least, longest) in zip(dice.sample(articles, len(shares)), shares, strict=True):
        size = dice.randint(least, longest)
        wide = min(style.columns, max(1, round(size / 300)))
        cut = _cut_to(article, size)
        blocks += len(cut["paragraphs"]) + wide + 1
        found.append((cut, wide))
        if blocks >= most:
            break
    return found


def _cut_to(article: Mapping[str, Any], size: int) -> Mapping[str, Any]:
    """The article without the paragraphs that would make it longer than this; the first is cut after a sentence."""
    kept: list[str] = []
    for paragraph in article["paragraphs"]:
        if kept and sum(map(len, kept)) + len(paragraph) > size:
            break
        kept.append(str(paragraph))
    if len(kept) == 1 and len(kept[0]) > size:
        stop = kept[0].find("。", size // 2)
        kept = [kept[0][: stop + 1] if stop > 0 else kept[0]]
    crossheads = {at: words for at, words in (article.get("crossheads") or {}).items() if at < len(kept)}
    return {"headline": article["headline"], "paragraphs": kept, "crossheads": crossheads}


def _bands(widths: Sequence[int], columns: int) -> list[list[int]]:
    """The articles, by number, in bands of which each fills the columns of the page as far as it can."""
    bands: list[list[int]] = []
    free = 0
    for number, wide in enumerate(widths):
        if wide > free:
            bands.append([])
            free = columns
        bands[-1].append(number)
        free -= wide
    return bands


def _article(dice: random.Random, style: Style, article: Mapping[str, Any], wide: int) -> Article:
    table = HALF_WIDTH if style.half_width else {}
    body = [str(paragraph).translate(table) for paragraph in article["paragraphs"]]
    brief = sum(map(len, body)) < _BRIEF[1]
    heading = list(_headline(dice, style, str(article["headline"]).translate(table)))
    extra = [] if brief or dice.random() > 0.3 else clauses(" ".join(body), 8, 24)
    if extra:
        second = dice.choice(extra)
        if dice.random() < 0.5:
            heading.insert(0, Line("kicker", second, dice.choice((style.mark, ""))))
        else:
            heading.append(Line("subheadline", dice.choice(("", "——")) + second, dice.choice((style.mark, ""))))
    lead = ""
    if dice.random() < style.led:
        lead = f"本报讯(记者{person(dice)})" if dice.random() < 0.6 else "本报讯 "
    elif not brief and dice.random() < 0.4:
        heading.append(Line("byline", dice.choice(("本报记者 {}", "□{}", "记者 {}")).format(person(dice))))
    crossheads = dict(article["crossheads"])
    if not crossheads and len(body) > 5 and dice.random() < 0.5:
        places = dice.sample(range(1, len(body)), 2)
        crossheads = {at: dice.choice(found) for at in places if (found := clauses(body[at], 4, 12))}
    columns = in_columns(numbered(body, crossheads, style.width), wide, dice.choice((style.mark, "")), lead)
    if not brief and dice.random() < 0.3 and (words := clauses(" ".join(body), 8, 24)):
        column = dice.choice(columns)
        caption = dice.choice(("图为{}。", "{}。 {} 摄", "▲{}。")).format(dice.choice(words), person(dice))
        column.insert(dice.choice((0, len(column))), Line("caption", caption))
    return Article(heading, columns)


def _headline(dice: random.Random, style: Style, text: str) -> Iterator[Line]:
    """The headline, a longer one now and then on two lines."""
    parts = [part for part in re.split(r"[ \u3000]+", text) if part]
    if len(parts) == 1 and len(text) > _LONGEST_LINE and dice.random() < 0.5:
        middle = re.search("[,，：:]", text[5:-5])
        cut = middle.end() + 5 if middle else len(text) // 2
        parts = [text[:cut].rstrip("，,"), text[cut:]]
    elif dice.random() < 0.4:
        parts = [" ".join(parts)]
    for part in parts:
        yield Line("headline", part, style.mark)


def _ordered(made: Sequence[Article], bands: Sequence[Sequence[int]], order: str) -> list[Line]:
    if order == "reading":
        return [line for article in made for line in article.lines]
    if order == "dealt":
        return by_page([article] for article in made)
    return by_page([made[number] for number in band] for band in bands)


def _printed(made: Sequence[Article], order: Sequence[Line], dice: random.Random, style: Style) -> tuple[str, Gold]:
    page = Page()
    places = {}
    for line in order:
        lost = line.kind == "body" and line.text[-1] == "。" and dice.random() < style.lost
        places[line] = page.put(line.text[:-1] if lost and len(line.text) > 1 else line.text, line.before, line.after)
    for article in made:
        page.add_article(article.lines, places)
    return page.text, page.gold()


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pages", "count", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--order", type=click.Choice(ORDERS), default="reading", show_default=True)
def main(source: Path, out: Path, count: int, seed: int, order: str) -> None:
    """Make pages of blocks of the articles in SOURCE, JSON lines with headline and paragraphs, in the folder OUT.

    Beside each page (*.txt) stands its right reading (*.json); known.py says in what form.
    """
    write_pages(out, pages(articles_of(source), count, seed, order))


if __name__ == "__main__":
    main()
