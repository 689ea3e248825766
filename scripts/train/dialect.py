"""Pages in order as OCR engines write them in Markdown, made from articles, each with its right reading.

What real pages have beside headlines and paragraphs is drawn at random for each page: how headlines and crossheads are
marked, headings of several lines, pictures with captions, tables, jumps, running heads, formulas, datelines. Two sets
of choices that share little (`one`, `other`) keep what is learned apart from what is measured.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml

from train.known import Gold, Page, articles_of, clauses, nothing_yet, person, write_pages

_CHOICES = Path(__file__).with_suffix(".yml")
_CROSSHEADS = 3
_WITH_CROSSHEADS = 0.6
_MANY = 6
_WITH_DATELINES = 0.7


@cache
def _drawn_from() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_CHOICES.read_text("utf-8"))
    return found


def _all(name: str) -> Any:
    """What pages of both sets of choices have."""
    return _drawn_from()["all"][name]


class Dialect:
    """The choices of one page."""

    def __init__(self, dice: random.Random, choices: str, long: bool = False) -> None:
        self.dice = dice
        self.long = long
        self._choices = _drawn_from()[choices]
        self.headline, self.crosshead = self.draw("marks")
        self.numbered = self.draw("numbered")
        self.picture = self.draw("pictures")
        self.has_datelines = dice.random() < _WITH_DATELINES
        self.formula = self.draw("formulas") if dice.random() < 0.3 else None

    def draw(self, name: str) -> Any:
        """One of the choices of that name."""
        return self.dice.choice(self._choices[name])

    def words(self, name: str, text: str = "") -> str:
        """One of the forms of that name, filled in."""
        return self.filled(self.draw(name), text)

    def filled(self, form: str, text: str = "") -> str:
        """The form with `text`, and with people, places and numbers of its own, in its gaps."""
        dice = self.dice
        return form.format(
            text,
            p=person(dice),
            q=person(dice),
            c=dice.choice(_all("cities")),
            d=dice.randint(2, 9),
            h=f"{dice.getrandbits(48):012x}",
        )


def pages(
    articles: Sequence[Mapping[str, Any]], count: int, seed: int, choices: str, long: bool = False
) -> Iterator[tuple[str, Gold]]:
    """`count` pages of three to six articles (`headline`, `paragraphs`) and their right readings.

    `long` pages have one to three, of many paragraphs where there are such, below crossheads in words of their own.
    """
    dice = random.Random(f"{seed} {choices}")
    many = [article for article in articles if len(article["paragraphs"]) >= _MANY]
    for _ in range(count):
        page, dialect = Page(), Dialect(dice, choices, long)
        chosen = dice.sample(many, dice.randint(1, 3)) if long else dice.sample(articles, dice.randint(3, 6))
        heads = dice.choice((0, 0, 1, 2))
        for _ in range(heads):
            page.apart("furniture", dialect.words("running"))
        for number, article in enumerate(chosen):
            page.articles.append(_article(page, dialect, article, continued=number == 0 and dice.random() < 0.15))
            if dice.random() < 0.1:
                page.apart("furniture", dialect.words("running"))
        yield page.text, page.gold()


def _article(page: Page, dialect: Dialect, article: Mapping[str, Any], continued: bool) -> Gold:
    dice = dialect.dice
    gold = nothing_yet()
    body = [str(paragraph) for paragraph in article["paragraphs"]]
    lead = ""
    if continued:
        page.apart("jump", dialect.words("jump_back"))
        body[0] = body[0][len(body[0]) // 2 :]
    else:
        _heading(page, dialect, str(article["headline"]), body, gold)
        lead = dialect.words("datelines") if dialect.has_datelines else ""
        if not lead and dice.random() < 0.5:
            gold["byline"].append(page.put(_all("byline").format(person(dice))))
    crossed = _crossed(dialect, article, body)
    table, picture = (dice.randrange(len(body)) if dice.random() < share else None for share in (0.15, 0.4))
    for at, paragraph in enumerate(body):
        if at in crossed:
            _crosshead(page, dialect, crossed[at], gold)
        between = [_table] * (at == table) + [_picture] * (at == picture)
        _paragraph(page, dialect, paragraph, lead if at == 0 else "", between, body, gold)
    if dice.random() < 0.08:
        page.apart("jump", dialect.words("jump_on"))
    return gold


def _crossed(dialect: Dialect, article: Mapping[str, Any], body: Sequence[str]) -> dict[int, str]:
    """The crossheads by the number of the paragraph that each stands before: those of the article, else invented."""
    dice = dialect.dice
    if printed := article.get("crossheads"):
        return dict(printed)
    if len(body) <= _CROSSHEADS or dice.random() > _WITH_CROSSHEADS:
        return {}
    places = sorted(dice.sample(range(1, len(body)), min(len(body) - 2, _CROSSHEADS)))
    found = [(at, words) for at in places if (words := _section_words(dialect, body, at))]
    return {
        at: dialect.numbered.format(words, n=_all("numbers")[number], d=number + 1)
        for number, (at, words) in enumerate(found)
    }


def _section_words(dialect: Dialect, body: Sequence[str], at: int) -> str:
    """What a crosshead before the paragraph `at` says: a clause of what follows, or parts of two of the article."""
    dice = dialect.dice
    if not dialect.long:
        return _clause(dice, dice.choice(body[at : at + 3]), 5, 15)
    first, second = (_clause(dice, text, 5, 15) for text in (" ".join(body[at : at + 3]), " ".join(body)))
    return first[: dice.randint(2, 9)] + second[-dice.randint(2, 9) :] if first and second else ""


def _heading(page: Page, dialect: Dialect, headline: str, body: Sequence[str], gold: Gold) -> None:
    """The headline, now and then over two lines, with a kicker or a subheadline, marked like it or not."""
    dice = dialect.dice
    mark = dialect.headline if dice.random() > 0.05 else ""
    extra = _clause(dice, " ".join(body), 12, 24) if dice.random() < 0.3 else ""
    below = dice.random() < 0.6
    if extra and not below:
        gold["kicker"].append(page.put(extra, dice.choice((mark, ""))))
    if len(headline) > 14 and " " in headline and dice.random() < 0.5:
        first, second = headline.split(" ", 1)
        gold["headline"] += [page.put(first, mark), page.put(second, mark)]
    else:
        gold["headline"].append(page.put(headline, mark))
    if extra and below:
        gold["subheadline"].append(page.put(dice.choice(("——", "")) + extra, dice.choice((mark, ""))))


def _crosshead(page: Page, dialect: Dialect, words: str, gold: Gold) -> None:
    before, after = dialect.crosshead.split("{}")
    gold["crosshead"].append(page.put(words, before, after))


def _paragraph(
    page: Page, dialect: Dialect, text: str, lead: str, between: Sequence[Any], body: Sequence[str], gold: Gold
) -> None:
    """A paragraph, in two pieces where a column ends or something stands in it."""
    dice = dialect.dice
    if dialect.formula:
        text = re.sub(r"(\d+(?:\.\d+)?)%", dialect.formula, text)
    cut = _cut(dice, text) if len(text) > 40 and dice.random() < (0.6 if between else 0.15) else None
    pieces = [text] if cut is None else [text[:cut], text[cut:]]
    spans = [page.put(pieces[0], lead)]
    for one in between:
        one(page, dialect, body, gold)
    if cut is not None and not between and dice.random() < 0.2:
        page.apart("furniture", dialect.words("running"))
    spans += [page.put(piece) for piece in pieces[1:]]
    gold["paragraphs"].append(spans)


def _cut(dice: random.Random, text: str) -> int | None:
    """Where a column may end inside the text, if it may at the place that is drawn."""
    cut = dice.randint(10, len(text) - 10)
    bad = re.search(r"[$\\0-9A-Za-z. ]", text[cut - 1 : cut + 1]) or text[cut] in "，。、；：？！”》）"
    return None if bad or text[cut - 1] in "。？！”“（《" else cut


def _picture(page: Page, dialect: Dialect, body: Sequence[str], gold: Gold) -> None:
    form = dialect.filled(dialect.picture)
    page.apart("furniture", form.rstrip(), end=form[len(form.rstrip()) :])
    clause = _clause(dialect.dice, " ".join(body), 8, 24)
    if clause and dialect.dice.random() < 0.85:
        scene = dialect.words("scenes", clause)
        gold["caption"].append(page.put(dialect.words("captions", scene)))


def _table(page: Page, dialect: Dialect, body: Sequence[str], gold: Gold) -> None:
    dice = dialect.dice
    rows = [_all("columns")] + [
        [dice.choice(_all("rows")), str(dice.randint(10, 999)), f"{dice.randint(1, 99)}%"]
        for _ in range(dice.randint(2, 4))
    ]
    kind = dialect.draw("tables")
    if kind == "pipes":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * 3)
    else:
        cells = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
        lines = ["<table>", *cells, "</table>"] if kind == "html lines" else [f"<table>{''.join(cells)}</table>"]
    for number, line in enumerate(lines, 1):
        gold["table"].append(page.put(line, end="\n\n" if number == len(lines) else "\n"))


def _clause(dice: random.Random, text: str, least: int, most: int) -> str:
    """A clause of the text, two of its characters left out; empty where none has that length."""
    found = clauses(text, least, most)
    if not found:
        return ""
    clause = dice.choice(found)
    half = len(clause) // 2
    return clause[: half - 1] + clause[half + 1 :] if dice.random() < 0.5 and len(clause) > least + 2 else clause


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pages", "count", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--choices", type=click.Choice(["one", "other", "plain", "same"]), default="one", show_default=True)
@click.option("--long", is_flag=True, help="One to three long articles, below crossheads in words of their own.")
def main(source: Path, out: Path, count: int, seed: int, choices: str, long: bool) -> None:
    """Make pages of the articles in SOURCE, JSON lines with headline and paragraphs, in the folder OUT.

    Beside each page (*.txt) stands its right reading (*.json); known.py says in what form.
    """
    write_pages(out, pages(articles_of(source), count, seed, choices, long))


if __name__ == "__main__":
    main()
