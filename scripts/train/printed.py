"""Pages of printed lines, as plain OCR writes them, made from articles, each with its right reading.

How a page is set is drawn at random for each: the width of its lines, indents, blank lines, marks of headlines, whether
a stop may begin a line and a hyphen divide a word. So is, for each article, whether it has a byline, a dateline, Latin
words, crossheads. In which order the lines stand in the file is chosen for all pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml
from banmian.page.source import width_of

from train.known import HALF_WIDTH, Gold, Line, Page, articles_of, clauses, person, write_pages
from train.variants import NOT_FIRST, NOT_LAST

_WORD_ENDS, _WORD_BEGINS = re.compile(r"[A-Za-z0-9.%-]+$"), re.compile(r"[A-Za-z0-9.%-]+")
_DIVIDED, _REST = re.compile(r"[A-Za-z]{3,}"), re.compile(r"[A-Za-z]{2,}")
_WIDTHS, _COLUMN_WIDTHS = (10, 60), (10, 24)
_LOST_STOPS = 0.1
_CROSSHEADS = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set.

    `width` is that of its lines in full-width characters, None where each article has its own; `mark` stands before
    headlines, `indent` before paragraphs, `blanks` says where blank lines do. Of `half_width` pages the punctuation is;
    `by_width`: a half-width character takes up half the room; `lawful`: no line begins with a stop; `divides`: hyphens
    divide words; `lost`: the share of paragraphs whose last stop is lost.
    """

    width: int | None
    mark: str
    indent: str
    blanks: str
    half_width: bool
    by_width: bool
    lawful: bool
    divides: bool
    lost: float


@cache
def _choices() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return found


def pages(articles: Sequence[Mapping[str, Any]], count: int, seed: int, order: str) -> Iterator[tuple[str, Gold]]:
    """`count` pages of three to six articles (`headline`, `paragraphs`) and their right readings.

    `order` is a name in ORDERS.
    """
    dice = random.Random(f"{seed} {order}")
    for _ in range(count):
        setting = _drawn(dice, order)
        chosen = dice.sample(articles, min(len(articles), dice.randint(3, 6)))
        blocks = [list(_article(dice, setting, article)) for article in chosen]
        yield _printed(setting, blocks, ORDERS[order](dice, blocks))


def _drawn(dice: random.Random, order: str) -> Setting:
    mark, indent, blanks = (dice.choice(_choices()[name]) for name in ("marks", "indents", "blanks"))
    return Setting(
        width=dice.randint(*_COLUMN_WIDTHS) if order == "columns" else dice.choice((None, dice.randint(*_WIDTHS))),
        mark=mark,
        indent=indent,
        blanks=blanks,
        half_width=dice.random() < 0.5,
        by_width=dice.random() < 0.7,
        lawful=dice.random() < 0.8,
        divides=dice.random() < 0.6,
        lost=dice.choice((0.0, 0.0, 0.0, _LOST_STOPS)),
    )


def _article(dice: random.Random, setting: Setting, article: Mapping[str, Any]) -> Iterator[Line]:
    width = setting.width or dice.randint(*_WIDTHS)
    table = HALF_WIDTH if setting.half_width else {}
    yield Line("headline", str(article["headline"]).translate(table), setting.mark)
    if dice.random() < 0.2:
        yield Line("byline", _choices()["byline"].format(person(dice)))
    lead = _choices()["dateline"] if dice.random() < 0.4 else ""
    body = [str(paragraph) for paragraph in article["paragraphs"]]
    if dice.random() < 0.4:
        at = dice.randrange(len(body))
        body[at] = _with_word(dice, body[at])
    crossed = set(dice.sample(range(1, len(body)), _CROSSHEADS)) if len(body) > 5 and dice.random() < 0.25 else set()
    for number, paragraph in enumerate(body):
        if number in crossed and (found := clauses(paragraph, 5, 15)):
            bold = "**" if setting.mark else ""
            yield Line("crosshead", dice.choice(found), bold, bold)
        before = setting.indent + (lead if number == 0 else "")
        lines = list(_lines(paragraph.translate(table), width, min(width_of(before), width - 4), setting))
        for at, (text, hyphen) in enumerate(lines):
            ends = at == len(lines) - 1 and len(text) > 1 and text[-1] == "。"
            shown = text[:-1] if ends and dice.random() < setting.lost else text
            yield Line("body", shown, before if at == 0 else "", hyphen, number + 1)


def _with_word(dice: random.Random, text: str) -> str:
    """The text with a Latin word after one of its commas."""
    places = [match.end() for match in re.finditer("，", text)]
    at = dice.choice(places) if places else 0
    word: str = dice.choice(_choices()["words"])
    return text[:at] + word + text[at:]


def _lines(text: str, width: float, lead: float, setting: Setting) -> Iterator[tuple[str, str]]:
    """The printed lines of a paragraph, the first one `lead` shorter, each with the hyphen after it, if any."""
    at, room = 0, width - lead
    while at < len(text):
        end, wide = at, 0.0
        while end < len(text) and (wide := wide + (width_of(text[end]) if setting.by_width else 1)) <= room:
            end += 1
        end, hyphen = _ended(text, at, max(end, at + 1), setting)
        yield text[at:end], hyphen
        at, room = end, width


def _ended(text: str, at: int, end: int, setting: Setting) -> tuple[int, str]:
    """Where the line that begins at `at` and has room until `end` really ends, and the hyphen after it."""
    above, below = _WORD_ENDS.search(text, at, end), _WORD_BEGINS.match(text, end)
    if above and below:
        if setting.divides and _DIVIDED.fullmatch(above.group()) and _REST.fullmatch(below.group()):
            return end, "-"
        end = above.start() if above.start() > at else end
    while setting.lawful and end < len(text) and text[end] in NOT_FIRST:
        end += 1
    while setting.lawful and end < len(text) and at < end - 1 and text[end - 1] in NOT_LAST:
        end -= 1
    return end, ""


Blocks = Sequence[Sequence[Line]]


def _one_by_one(dice: random.Random, blocks: Blocks) -> list[Line]:
    return [line for block in blocks for line in block]


def _by_columns(dice: random.Random, blocks: Blocks) -> list[Line]:
    """Articles stand one above the other, each set over all columns; each column is read from top to bottom."""
    count = dice.randint(2, 6)
    columns = [_columns(block, count) for block in blocks]
    return [line for at in range(count) for block in columns for line in block[at]]


def _across(dice: random.Random, blocks: Blocks) -> list[Line]:
    """Each article is set in columns under its headline; the lines of its columns are read across."""
    count = dice.randint(2, 6)
    order: list[Line] = []
    for block in blocks:
        order += [line for line in block if line.kind in ("headline", "byline")]
        columns = _columns([line for line in block if line.kind not in ("headline", "byline")], count)
        rows = range(max(map(len, columns)))
        order += [column[row] for row in rows for column in columns if row < len(column)]
    return order


def _columns(lines: Sequence[Line], count: int) -> list[Sequence[Line]]:
    height = -(-len(lines) // count)
    return [lines[at * height : (at + 1) * height] for at in range(count)]


# In which order the lines of a page stand in its file.
ORDERS: Mapping[str, Callable[[random.Random, Blocks], list[Line]]] = {
    "articles": _one_by_one,
    "columns": _by_columns,
    "across": _across,
}


def _printed(setting: Setting, blocks: Blocks, order: Sequence[Line]) -> tuple[str, Gold]:
    page = Page()
    homes = {line: at for at, block in enumerate(blocks) for line in block}
    places = {}
    for line, below in zip(order, [*order[1:], None], strict=True):
        goes_on = below and line.paragraph and (homes[line], line.paragraph) == (homes[below], below.paragraph)
        blank = below and (setting.blanks == "lines" or (setting.blanks == "paragraphs" and not goes_on))
        places[line] = page.put(line.text, line.before, line.after, "\n\n" if blank else "\n")
    for block in blocks:
        page.add_article(block, places)
    return page.text, page.gold()


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pages", "count", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--order", type=click.Choice(list(ORDERS)), default="articles", show_default=True)
def main(source: Path, out: Path, count: int, seed: int, order: str) -> None:
    """Set the articles in SOURCE, JSON lines with headline and paragraphs, in pages of printed lines in the folder OUT.

    The lines of a page stand article by article, column by column, or across the columns of each article. Beside each
    page (*.txt) stands its right reading (*.json); known.py says in what form.
    """
    write_pages(out, pages(articles_of(source), count, seed, order))


if __name__ == "__main__":
    main()
