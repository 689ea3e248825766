"""How well the search answers needs that were written before they were first run, and a search of jieba's words.

    python -m train.needs BUILD              in scripts/: nDCG at 10 of both on the archive of BUILD
    python -m train.needs BUILD --pool FILE  what is to be judged: the first ten of both, mixed, nobody says whose

The needs are tests/gold/search_needs.tsv, the judgments search_judgments.tsv beside it: need, key of an article, grade
(2 about it, 1 in part, 0 not). Of the other search words are jieba's, in a table of their own, any of them is enough,
and bm25 ranks: what is usual where a text has no spaces.
"""

from __future__ import annotations

import json
import math
import random
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import rjieba
from banmian import words
from banmian.site import hits, search
from banmian.site.closeness import FIRST
from banmian.site.ranking import Search, read_page, read_ranked, read_some, read_terms
from banmian.site.search import Asked

GOLD = Path(__file__).parent.parent.parent / "tests" / "gold"
_FIRST = 10
_SHOWN = 220
# The needs up to this number were seen by who changed the ranking.
_SEEN = 50


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody types, and what an article must be about to answer it."""

    number: str
    kind: str
    typed: str
    about: str

    @property
    def is_test(self) -> bool:
        """Whether no ranking was chosen with it."""
        return int(self.number) > _SEEN


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a table, without remarks."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def connect(build: Path) -> sqlite3.Connection:
    """The archive of a build, with the site's functions."""
    connection = sqlite3.connect(f"file:{build / 'edition.db'}?immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    search.register(connection)
    hits.register(connection)
    return connection


def ours(connection: sqlite3.Connection, typed: str) -> list[str]:
    """The keys of the first articles that the search page lists."""
    asked = Search(typed, False, {})
    terms = read_terms(connection, asked)
    ranked = read_ranked(connection, asked, terms, FIRST)
    found = read_page(connection, ranked, Asked.of(typed, terms.names))
    found += read_some(connection, asked, max(_FIRST - len(found), 0), [one.id for one in ranked])
    return [one.row["key"] for one in found[:_FIRST]]


class JiebaWords:
    """A search of jieba's words over headline and body, any of them, ranked by bm25."""

    def __init__(self, articles: Iterable[sqlite3.Row]) -> None:
        self._index = sqlite3.connect(":memory:")
        self._index.execute("CREATE VIRTUAL TABLE texts USING fts5 (key UNINDEXED, text, tokenize='unicode61')")
        texts = ((row["key"], " ".join(_words(f"{row['headline'] or ''}\n{row['body']}"))) for row in articles)
        self._index.executemany("INSERT INTO texts VALUES (?, ?)", texts)

    def first(self, typed: str) -> list[str]:
        """The keys of the first articles."""
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(_words(typed)))
        sql = f"SELECT key FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {_FIRST}"
        return [key for (key,) in self._index.execute(sql, [asked])]


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut_for_search(text, False) if word.isalnum()]


def ndcg(keys: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalized discounted cumulative gain at 10 of these keys; what was not judged counts as not about it."""
    best = sorted(grades.values(), reverse=True)[:_FIRST]
    return _gain([grades.get(key, 0) for key in keys]) / (_gain(best) or 1)


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


@click.command()
@click.argument("build", type=click.Path(path_type=Path))
@click.option("--pool", type=click.Path(path_type=Path), help="Write what is to be judged.")
def main(build: Path, pool: Path | None) -> None:
    """Answer the needs on the archive of BUILD."""
    words.total()
    connection = connect(build)
    needs = [Need(*row) for row in read_rows(GOLD / "search_needs.tsv")]
    jieba_words = JiebaWords(connection.execute("SELECT key, headline, body FROM articles"))
    answers = {need: (ours(connection, need.typed), jieba_words.first(need.typed)) for need in needs}
    if pool:
        _write_pool(connection, answers, pool)
    else:
        _tell(answers)


def _write_pool(
    connection: sqlite3.Connection, answers: Mapping[Need, tuple[list[str], list[str]]], path: Path
) -> None:
    with path.open("w", encoding="utf-8") as file:
        for need, (one, other) in answers.items():
            keys = sorted({*one, *other})
            random.Random(need.number).shuffle(keys)
            for key in keys:
                row = connection.execute("SELECT headline, body FROM articles WHERE key = ?", [key]).fetchone()
                shown = {"need": need.number, "about": need.about, "key": key, "headline": row["headline"]}
                file.write(json.dumps({**shown, "text": row["body"][:_SHOWN]}, ensure_ascii=False) + "\n")


def _tell(answers: Mapping[Need, tuple[list[str], list[str]]]) -> None:
    judged: dict[str, dict[str, int]] = {}
    for number, key, grade in read_rows(GOLD / "search_judgments.tsv"):
        judged.setdefault(number, {})[key] = int(grade)
    scores = {
        need: [ndcg(keys, judged.get(need.number, {})) for keys in both]
        for need, both in answers.items()
        if any(judged.get(need.number, {}).values())
    }
    click.echo("need\tours\tjieba words\ttyped")
    for need, (one, other) in scores.items():
        click.echo(f"{need.number}\t{one:.3f}\t{other:.3f}\t{need.typed}")
    _tell_means("the needs that the ranking was made with", [both for need, both in scores.items() if not need.is_test])
    _tell_means("those it is tested on", [both for need, both in scores.items() if need.is_test])
    unjudged = sum(
        key not in judged.get(need.number, {}) for need, both in answers.items() for keys in both for key in keys
    )
    click.echo(f"answers that nobody judged: {unjudged}")


def _tell_means(name: str, scores: Sequence[Sequence[float]]) -> None:
    ours, other = (math.fsum(column) / len(scores) for column in zip(*scores, strict=True))
    click.echo(f"nDCG@10 of {len(scores)} needs, {name}: ours {ours:.3f}, jieba words {other:.3f}")


if __name__ == "__main__":
    main()
