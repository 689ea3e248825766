"""What long pages cost to read: CPU and memory on pages of so many lines, of kinds that ask for much work."""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click
from banmian.page import read_page

from train import dialect, printed
from train.known import articles_of

_SEED = 9
_MOST_PAGES = 1000
_FRAGMENT = (15, 60)
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


KINDS: Mapping[str, Callable[[Articles], Iterator[str]]] = {
    **{order: _of_pages(order) for order in printed.ORDERS},
    "markdown": _markdown,
    "paragraphs": _paragraphs,
    "unstopped": _unstopped,
    "fragments": _fragments,
    "headlines": _headlines,
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
