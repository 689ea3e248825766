"""Tables of the page stage about how text begins, goes on and ends, counted in articles outside this repository."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log
from pathlib import Path

import click
from banmian.page.fluency import as_counted

DATA = Path(__file__).parents[1] / "banmian" / "page" / "data"
LEAST_ARTICLES = 3
# By size of the string: how often it must stand at an edge, or be expected there; the most that may be told of it; how
# far that must be from what is told of the shorter string.
_LEAST_AT_EDGE = {1: 20, 2: 50}
_MOST_TOLD = {1: 2.5, 2: 3.0}
_LEAST_TOLD = {1: 0.25, 2: 0.8}
_STOPS = "。!?"
_HAN = range(0x4E00, 0xA000)
# Rows of the tables end where a reader takes a character for layout.
_NOT_COUNTED = frozenset(" \t#")
_PAIRS_HEADER = """\
# How much likelier a character follows another than chance has it: the first, then log odds of the characters that the
# row doesn't name, then log odds and the characters that follow. 0: any digit, A: any Latin letter. Sorted.
"""
_TRIPLES_HEADER = """\
# What the character before a pair adds to the log odds that its second follows its first: the middle character of the
# three, then log odds and first and last characters, two by two. 0: any digit, A: any Latin letter. Sorted.
"""
_STARTS_HEADER = """\
# How much likelier a paragraph begins with these characters than a line that a column cuts: characters, tab, log odds.
# Sorted.
"""
_STOPS_HEADER = """\
# How much likelier a sentence ends with these characters than a line that a column cuts: characters, tab, log odds.
# Sorted.
"""


@dataclass
class Counts:
    """How often strings of one to three characters stand in text, and in how many articles.

    Of Han characters also how often one or two begin a paragraph (`starts`) and end a sentence (`stops`).
    """

    characters: int = 0
    strings: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    starts: Counter[str] = field(default_factory=Counter)
    stops: Counter[str] = field(default_factory=Counter)
    size: int = 0


def count(articles: Iterable[list[str]]) -> Counts:
    """Counts over articles, each a list of paragraphs. No string crosses a paragraph's end."""
    counts = Counts()
    for paragraphs in articles:
        found: Counter[str] = Counter()
        for paragraph in map(as_counted, paragraphs):
            found.update(_strings(paragraph))
            counts.characters += len(paragraph)
            ends = [at for at, character in enumerate(paragraph) if character in _STOPS]
            for size in (1, 2):
                counts.starts.update(_han([paragraph[:size]]))
                counts.stops.update(_han([paragraph[end - size : end] for end in ends if end >= size]))
        counts.strings.update(found)
        counts.articles.update(found.keys())
        counts.size += 1
    return counts


def _strings(text: str) -> Iterator[str]:
    for size in (1, 2, 3):
        for start in range(len(text) - size + 1):
            string = text[start : start + size]
            if _NOT_COUNTED.isdisjoint(string) and string.isprintable():
                yield string


def _han(strings: list[str]) -> list[str]:
    return [string for string in strings if all(ord(character) in _HAN for character in string)]


class Mixture:
    """Probabilities over several sources. A source counts by the square root of its size, so that none dominates."""

    def __init__(self, sources: list[Counts]) -> None:
        largest = max(source.characters for source in sources)
        self.counts: defaultdict[str, float] = defaultdict(float)
        self.articles: Counter[str] = Counter()
        self.starts: defaultdict[str, float] = defaultdict(float)
        self.stops: defaultdict[str, float] = defaultdict(float)
        for source in sources:
            weight = (largest / source.characters) ** 0.5
            for mixed, counted in (
                (self.counts, source.strings),
                (self.starts, source.starts),
                (self.stops, source.stops),
            ):
                for string, times in counted.items():
                    mixed[string] += times * weight
            self.articles.update(source.articles)
        self.all = sum(number for string, number in self.counts.items() if len(string) == 1)
        # Of each string of one or two characters: how often another character follows, and how many different ones.
        self.followed: defaultdict[str, float] = defaultdict(float)
        self.followers: Counter[str] = Counter()
        for string, number in self.counts.items():
            if len(string) > 1:
                self.followed[string[:-1]] += number
                self.followers[string[:-1]] += 1

    def one(self, character: str) -> float:
        """The probability of a character."""
        return self.counts[character] / self.all

    def two(self, pair: str) -> float:
        """The probability of the second character after the first (after Witten and Bell, with twice their doubt)."""
        doubt = 2 * self.followers[pair[0]]
        return (self.counts[pair] + doubt * self.one(pair[1])) / (self.followed[pair[0]] + doubt)

    def three(self, triple: str) -> float:
        """The probability of the third character after the other two (after Witten and Bell)."""
        doubt = self.followers[triple[:2]]
        return (self.counts[triple] + doubt * self.two(triple[1:])) / (self.followed[triple[:2]] + doubt)

    def unseen(self, character: str) -> int:
        """Log odds of characters that were never seen after this one."""
        doubt = 2 * self.followers[character]
        return round(log(doubt / (self.followed[character] + doubt)))

    def told(self, size: int) -> dict[str, int]:
        """The log odds of the pairs or triples that say something, by string, most telling first."""
        found = []
        for string, number in self.counts.items():
            if len(string) != size or self.articles[string] < LEAST_ARTICLES:
                continue
            odds = self.two(string) / self.one(string[1]) if size == 2 else self.three(string) / self.two(string[1:])
            told, otherwise = round(log(odds)), self.unseen(string[0]) if size == 2 else 0
            if told != otherwise:
                found.append((-number * abs(told - otherwise) ** 1.5, string, told))
        return {string: told for _, string, told in sorted(found)}


def pair_rows(mixture: Mixture, most: int) -> list[str]:
    """The rows of pairs.txt: the `most` telling pairs by their first character."""
    by_first: dict[str, dict[str, int]] = {}
    for pair, odds in list(mixture.told(2).items())[:most]:
        by_first.setdefault(pair[0], {})[pair[1]] = odds
    return [_row([first, f"{mixture.unseen(first)}"], by_first[first]) for first in sorted(by_first)]


def triple_rows(mixture: Mixture, most: int) -> list[str]:
    """The rows of triples.txt: the `most` telling triples by their middle character."""
    by_middle: dict[str, dict[str, int]] = {}
    for triple, odds in list(mixture.told(3).items())[:most]:
        by_middle.setdefault(triple[1], {})[triple[0] + triple[2]] = odds
    return [_row([middle], by_middle[middle]) for middle in sorted(by_middle)]


def edge_rows(mixture: Mixture, edge: Mapping[str, float]) -> list[str]:
    """The rows of starts.txt or stops.txt: what stands at this edge of the text more or less often than anywhere."""
    told: dict[str, float] = {}
    for size in (1, 2):
        anywhere = {string: mixture.counts[string] for string in _han([*mixture.counts]) if len(string) == size}
        share = sum(times for string, times in edge.items() if len(string) == size) / sum(anywhere.values())
        for string, times in anywhere.items():
            seen, expected = edge.get(string, 0.0), times * share
            if max(seen, expected) < _LEAST_AT_EDGE[size]:
                continue
            odds = max(-_MOST_TOLD[size], min(_MOST_TOLD[size], log((seen + 1) / (expected + 1))))
            shorter = string[:-1] if edge is mixture.starts else string[1:]
            if abs(odds - told.get(shorter, 0.0)) >= _LEAST_TOLD[size]:
                told[string] = odds
    return [f"{string}\t{told[string]:.1f}" for string in sorted(told)]


def _row(begin: list[str], odds: dict[str, int]) -> str:
    groups: dict[int, list[str]] = {}
    for string in sorted(odds):
        groups.setdefault(odds[string], []).append(string)
    return "\t".join([*begin, *(f"{number} {''.join(groups[number])}" for number in sorted(groups))])


def paragraphs_of(path: Path) -> Iterator[list[str]]:
    """The paragraphs of each article of a JSONL file. Raises ClickException with file, line and what is expected."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield [str(paragraph) for paragraph in json.loads(line)["paragraphs"]]
            except (ValueError, KeyError, TypeError) as error:
                raise click.ClickException(
                    f'{path}:{number}: {line.strip()[:60]!r} is no object with a list "paragraphs": one article a line'
                ) from error


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--named", required=True, help="What the articles are, for the files' headers.")
@click.option("--out", default=DATA, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option("--pairs", default=87_000, help="The most pairs to write.")
@click.option("--triples", default=43_000, help="The most triples to write.")
def main(articles: tuple[Path, ...], named: str, out: Path, pairs: int, triples: int) -> None:
    """Count neighbouring characters in ARTICLES and write pairs.txt, triples.txt, starts.txt and stops.txt.

    Each of ARTICLES is one source: a file with a JSON object a line, its "paragraphs" a list of strings. Only
    pairs and triples that stand in three articles or more are written, in whole numbers: no sentence can be put
    together again. The corpus of the tables in this repository is named in their headers; it is not part of it.
    """
    sources = [count(paragraphs_of(path)) for path in articles]
    mixture = Mixture(sources)
    size = sum(source.size for source in sources)
    from_what = f"# Counted by scripts/train/language.py in {size:,} articles: {named}.\n"
    for name, header, rows in (
        ("pairs.txt", _PAIRS_HEADER, pair_rows(mixture, pairs)),
        ("triples.txt", _TRIPLES_HEADER, triple_rows(mixture, triples)),
        ("starts.txt", _STARTS_HEADER, edge_rows(mixture, mixture.starts)),
        ("stops.txt", _STOPS_HEADER, edge_rows(mixture, mixture.stops)),
    ):
        text = header + from_what + "".join(f"{row}\n" for row in rows)
        (out / name).write_text(text, "utf-8", newline="\n")
        click.echo(f"{out / name}: {len(rows):,} rows, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
