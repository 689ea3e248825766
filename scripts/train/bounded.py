"""What long pages cost to read: CPU and memory on pages of so many lines, of kinds that ask for much work."""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

import click
from banmian.page import read_page

from train import dialect, printed
from train.known import articles_of

_SEED = 9
_MOST_PAGES = 1000
_FRAGMENT = (15, 60)
_LENGTHS, _MARKS, _MARKED, _STOPPED = (8, 300), ("# {}", "## {}", "**{}**"), 0.15, 0.5
_STOPS = re.compile("[。！？”“]")
# ru_maxrss counts kilobytes, on macOS bytes.
_UNITS_A_MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024

Articles = Sequence[Mapping[str, Any]]


def _ever(articles: Articles) -> Iterator[Mapping[str, Any]]:
    while articles:
        yield from articles


def _of_pages(order: str) -> Callable[[Articles], Iterator[str]]:
    """Lines of pages of printed lines, in this order."""
    return lambda articles: (
        line for text, _ in printed.pages(articles, _MOST_PAGES, _SEED, order) for line in text.split("\n")
    )


def _markdown(articles: Articles) -> Iterator[str]:
    return (line for text, _ in dialect.pages(articles, _MOST_PAGES, _SEED, "one") for line in text.split("\n"))


def _paragraphs(articles: Articles) -> Iterator[str]:
    for article in _ever(articles):
        yield f"# {article['headline']}"
        yield from article["paragraphs"]


def _unstopped(articles: Articles) -> Iterator[str]:
    """Paragraphs that all break off, so that each may go on in any other."""
    return (_STOPS.sub("", paragraph) for article in _ever(articles) for paragraph in article["paragraphs"])


def _fragments(articles: Articles) -> Iterator[str]:
    """The same text, cut anywhere."""
    dice, rest = random.Random(_SEED), ""
    for paragraph in _unstopped(articles):
        rest += paragraph
        while len(rest) >= _FRAGMENT[1]:
            size = dice.randint(*_FRAGMENT)
            yield rest[:size]
            rest = rest[size:]


def _headlines(articles: Articles) -> Iterator[str]:
    return (article["headline"] for article in _ever(articles))


def _text(articles: Articles) -> str:
    """Enough text for any page."""
    return "".join(islice(_unstopped(articles), _MOST_PAGES))


def _mixed(articles: Articles) -> Iterator[str]:
    """Lines of any length, some of them marked as headings."""
    dice, text = random.Random(_SEED), _text(articles)
    while True:
        start, size = dice.randrange(len(text)), dice.randint(*_LENGTHS)
        mark = dice.choice(_MARKS) if dice.random() < _MARKED else "{}"
        stop = "。" if dice.random() < _STOPPED else ""
        yield mark.format(text[start : start + size]) + stop


def _lines_of(low: int, high: int, form: str = "{}") -> Callable[[Articles], Iterator[str]]:
    """Lines of so many characters in this form."""

    def lines(articles: Articles) -> Iterator[str]:
        dice, text = random.Random(_SEED), _text(articles)
        while True:
            start = dice.randrange(len(text) - high)
            yield form.format(text[start : start + dice.randint(low, high)])

    return lines


def _numbered(form: str) -> Callable[[Articles], Iterator[str]]:
    """Lines of this form, `{n}` a number in it."""
    return lambda _: (form.format(n=number) for number in count(1))


KINDS: Mapping[str, Callable[[Articles], Iterator[str]]] = {
    **{order: _of_pages(order) for order in printed.ORDERS},
    "markdown": _markdown,
    "paragraphs": _paragraphs,
    "unstopped": _unstopped,
    "fragments": _fragments,
    "headlines": _headlines,
    "mixed": _mixed,
    "headings": _lines_of(8, 20, "# {}"),
    "bold": _lines_of(8, 30, "**{}**"),
    "short": _lines_of(4, 12),
    "long": _lines_of(200, 300, "{}。"),
    "sentences": _lines_of(8, 30, "{}。"),
    "characters": _lines_of(1, 1),
    "datelines": _lines_of(20, 60, "**本报讯** (记者 王强){}。"),
    "bylines": _lines_of(4, 30, "本报记者 王强 {}"),
    "pictures": _lines_of(8, 20, "![{}](a.png)"),
    "tables": _lines_of(4, 8, "|{}|1|2|"),
    "items": _lines_of(8, 40, "- {}"),
    "brackets": _lines_of(4, 8, "“《({}"),
    "same": _numbered("今天上午城东的公园里种下了一批新树"),
    "half-width": _numbered("The {n} trees of the park were planted at 9:30 a.m."),
    "numbers": _numbered("{n},{n} {n}.{n}%"),
}


def long_page(articles: Articles, kind: str, lines: int) -> str:
    """A page of so many lines, blank ones left out, of a kind named in KINDS."""
    return "\n".join(islice((line for line in KINDS[kind](articles) if line.strip()), lines)) + "\n"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _UNITS_A_MEGABYTE


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--lines", default=2000, show_default=True)
@click.option("--kind", type=click.Choice(list(KINDS)), default="articles", show_default=True)
def main(source: Path, lines: int, kind: str) -> None:
    """Print the CPU and memory that one page takes, made of the articles in SOURCE.

    The page is of printed lines (articles, columns, across), an engine's Markdown, one paragraph a line; or nothing but
    paragraphs without stops, fragments of them, headlines.
    """
    text = long_page(articles_of(source), kind, lines)
    read_page("\n".join(text.split("\n", 3)[:3]) + "\n")
    before, begin = _peak(), time.process_time()
    page = read_page(text)
    seconds, peak = time.process_time() - begin, _peak()
    click.echo(f"{kind}: {text.count(chr(10))} lines, {len(text)} characters, {len(page.articles)} articles")
    click.echo(f"CPU {seconds:.1f} s, peak memory {peak:.0f} MB, {before:.0f} MB of it before the page was read")
    click.echo(f"Remarks on the page: {', '.join(sorted({warning.kind for warning in page.warnings})) or 'none'}")


if __name__ == "__main__":
    main()
