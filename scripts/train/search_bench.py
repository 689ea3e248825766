"""The search of the site beside other ways to search the same articles: what they cost, and what they find.

    python -m train.search_bench BUILD     in scripts/; make bench SEEDS=… BUILD=… builds an archive first

The articles of BUILD/edition.db, headline and body, are put into an index of each kind. Fifty searches are drawn from
them: words that jieba finds in them, and runs of characters that stand in them. A search is right where its characters
stand in an article, as typed. CPU is that of the first twenty, ranked, with what stands around the places; as a
share of LIKE's on the same rows, of each search. Ours is what the page of a search does: all forms of what was typed;
what it finds is judged by those that hold what was typed.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import click
import rjieba
from banmian import words
from banmian.site import hits, search
from banmian.site.listing import listed
from banmian.site.ranking import Search, read_ids, read_page, read_ranked, read_terms
from banmian.site.search import Asked
from banmian.store.segmentation import TOKENIZER, segment

_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_QUERIES, _FIRST, _SHOWN, _ROUNDS = 50, 20, 3, 3
_LIKE = """
    SELECT id, headline, body FROM articles
    WHERE body LIKE :like OR headline LIKE :like OR kicker LIKE :like OR subheadline LIKE :like"""

Article = tuple[int, str, str]


class Engine(Protocol):
    """A way to search. `size` is that of its index in bytes, `build` seconds of CPU."""

    name: str
    size: int
    build: float

    def found(self, query: str) -> set[int]:
        """All articles that answer."""

    def first(self, query: str) -> Any:
        """The first of them, with what stands around the places."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What searches cost and found: milliseconds, shares of LIKE's, recall and precision on average."""

    milliseconds: Sequence[float]
    shares: Sequence[float]
    recall: float
    precision: float


def cpu(work: Callable[[], Any]) -> float:
    """Seconds of CPU, the least of some rounds."""
    least = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


class Like:
    """No index: every row is read."""

    name, size, build = "LIKE", 0, 0.0

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def found(self, query: str) -> set[int]:
        """All articles in which it stands."""
        return {row["id"] for row in self.first(query)}

    def first(self, query: str) -> list[sqlite3.Row]:
        """All of them: it knows no order."""
        return self._connection.execute(_LIKE, {"like": f"%{query}%"}).fetchall()


class Fts:
    """An index of SQLite's FTS5 beside the texts, which are `prepared` for its tokenizer; queries are phrases."""

    def __init__(
        self, name: str, tokenizer: str, prepared: Callable[[str], str], articles: Sequence[Article], folder: Path
    ) -> None:
        self.name, self._prepared = name, prepared
        path = folder / f"{name.replace(' ', '-')}.db"
        self._connection = sqlite3.connect(path)
        self._connection.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, body TEXT, headline TEXT)")
        start = time.process_time()
        rows = [(number, prepared(body), prepared(headline)) for number, headline, body in articles]
        self.build = time.process_time() - start
        self._connection.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)
        self._connection.commit()
        before = path.stat().st_size
        start = time.process_time()
        self._connection.execute(
            f'CREATE VIRTUAL TABLE found USING fts5 (body, headline, tokenize="{tokenizer}",'
            " content='texts', content_rowid='id')"
        )
        self._connection.execute("INSERT INTO found (found) VALUES ('rebuild')")
        self._connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        self._connection.commit()
        self.build += time.process_time() - start
        free = self._connection.execute("PRAGMA freelist_count").fetchone()[0] * 4096
        self.size = path.stat().st_size - before - free

    def _match(self, query: str) -> str:
        return '"' + self._prepared(query).replace('"', '""') + '"'

    def found(self, query: str) -> set[int]:
        """All articles in which the phrase stands."""
        rows = self._connection.execute("SELECT rowid FROM found WHERE found MATCH ?", [self._match(query)])
        return {number for (number,) in rows}

    def first(self, query: str) -> list[Any]:
        """The first by bm25, with SQLite's snippets."""
        sql = f"""SELECT rowid, snippet(found, -1, '[', ']', '', 20)
            FROM found WHERE found MATCH ? ORDER BY rank LIMIT {_FIRST}"""
        return self._connection.execute(sql, [self._match(query)]).fetchall()


class Ours:
    """The search of the site on the database of the build; its index is measured as an Fts of the same kind."""

    name = "Banmian"

    def __init__(self, connection: sqlite3.Connection, alike: Fts) -> None:
        self._connection, self.size, self.build = connection, alike.size, alike.build

    def found(self, query: str) -> set[int]:
        """All articles in which stands what was typed."""
        asked = Search(query, True, {})
        return set(read_ids(self._connection, asked, read_terms(self._connection, asked)).tolist())

    def first(self, query: str) -> list[Any]:
        """The first that the page lists, with their first places."""
        return shown(self._connection, query)


def shown(connection: sqlite3.Connection, query: str) -> list[Any]:
    """The first articles that the page of a search lists, with their first places."""
    asked = Search(query, False, {})
    terms = read_terms(connection, asked)
    found, wanted = read_ranked(connection, asked, terms, _FIRST), Asked.of(query, terms.names)
    return listed(read_page(connection, found, wanted), asked, wanted, _SHOWN)


class Tantivy:
    """An index of jieba's words by tantivy; queries are phrases of words."""

    name = "tantivy, jieba words"

    def __init__(self, tantivy: Any, articles: Sequence[Article], folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True)
        schema.add_text_field("text", stored=False, tokenizer_name="whitespace")
        self._index = tantivy.Index(schema.build(), path=str(folder))
        start = time.process_time()
        writer = self._index.writer()
        for number, headline, body in articles:
            writer.add_document(tantivy.Document(id=number, text=_cut(f"{headline}\n{body}")))
        writer.commit()
        writer.wait_merging_threads()
        self.build = time.process_time() - start
        self._index.reload()
        self._searcher, self._most = self._index.searcher(), len(articles)
        self.size = sum(file.stat().st_size for file in folder.iterdir())

    def _ids(self, query: str, most: int) -> list[int]:
        parsed = self._index.parse_query('"' + _cut(query) + '"', ["text"])
        return [self._searcher.doc(address)["id"][0] for _, address in self._searcher.search(parsed, most).hits]

    def found(self, query: str) -> set[int]:
        """All articles in which the words stand next to each other."""
        return set(self._ids(query, self._most))

    def first(self, query: str) -> list[int]:
        """The first by bm25, without their text."""
        return self._ids(query, _FIRST)


def _cut(text: str) -> str:
    return " ".join(word for word in rjieba.cut(text, False) if word.isalnum())


def drawn(articles: Sequence[Article], count: int) -> list[str]:
    """Searches that find something: jieba's words of two characters and more, and runs of two to six."""
    dice = random.Random(12)
    found: dict[str, None] = {}
    while len(found) < count:
        runs = _HAN.findall(dice.choice(articles)[2])
        if not runs:
            continue
        run = dice.choice(runs)
        if len(found) % 5 < 3:
            known = [word for word in words.cut(run) if len(word) > 1]
            found.update(dict.fromkeys(dice.sample(known, min(1, len(known)))))
        else:
            length = dice.randint(2, min(6, len(run)))
            start = dice.randint(0, len(run) - length)
            found[run[start : start + length]] = None
    return list(found)


def measured(engine: Engine, queries: Sequence[str], truth: Sequence[set[int]], like: Sequence[float]) -> Measured:
    """What the searches cost and find."""
    seconds = [cpu(lambda query=query: engine.first(query)) for query in queries]  # type: ignore[misc]
    found = [engine.found(query) for query in queries]
    recall = [len(one & right) / len(right) for one, right in zip(found, truth, strict=True)]
    precise = [len(one & right) / len(one) for one, right in zip(found, truth, strict=True) if one]
    return Measured(
        [1000 * second for second in seconds],
        [second / one for second, one in zip(seconds, like, strict=True)],
        statistics.fmean(recall),
        statistics.fmean(precise) if precise else 0,
    )


def _late(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def _engines(connection: sqlite3.Connection, articles: Sequence[Article], folder: Path) -> list[Engine]:
    characters = Fts("characters", TOKENIZER, segment, articles, folder)
    engines: list[Engine] = [
        Ours(connection, characters),
        characters,
        Fts("unicode61", "unicode61", str, articles, folder),
        Fts("trigram", "trigram", str, articles, folder),
        Fts("jieba words", "unicode61", _cut, articles, folder),
    ]
    try:
        import tantivy  # type: ignore[import-not-found]
    except ImportError:
        click.echo("tantivy is not installed here: pip install tantivy", err=True)
        return engines
    (folder / "tantivy").mkdir()
    return [*engines, Tantivy(tantivy, articles, folder / "tantivy")]


@click.command()
@click.argument("build", type=click.Path(path_type=Path))
def main(build: Path) -> None:
    """Measure searches on the articles of BUILD."""
    words.total()
    hits.prepare()
    connection = sqlite3.connect(f"file:{build / 'edition.db'}?immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    search.register(connection)
    articles: list[Article] = [
        (row["id"], row["headline"] or "", row["body"])
        for row in connection.execute("SELECT id, headline, body FROM articles ORDER BY id")
    ]
    size = sum(len(f"{headline}{body}".encode()) for _, headline, body in articles)
    queries = drawn(articles, _QUERIES)
    truth = [{number for number, headline, body in articles if query in f"{headline}\0{body}"} for query in queries]
    like = Like(connection)
    costs = [cpu(lambda query=query: like.first(query)) for query in queries]  # type: ignore[misc]
    click.echo(f"{len(articles)} articles, {size / 1e6:.1f} MB of text, {len(queries)} searches")
    head = ("", "build, s", "index/text", "median, ms", "p95, ms", "of LIKE, median", "p95", "recall", "precision")
    click.echo("\t".join(head))
    with tempfile.TemporaryDirectory() as folder:
        for engine in [like, *_engines(connection, articles, Path(folder))]:
            one = measured(engine, queries, truth, costs)
            cells = [f"{engine.build:.1f}", f"{engine.size / size:.2f}", f"{statistics.median(one.milliseconds):.2f}"]
            cells += [
                f"{_late(one.milliseconds):.2f}",
                f"{statistics.median(one.shares):.3f}",
                f"{_late(one.shares):.3f}",
            ]
            click.echo("\t".join([engine.name, *cells, f"{one.recall:.4f}", f"{one.precision:.4f}"]))
    commonest = "SELECT word FROM keywords GROUP BY word ORDER BY count(*) DESC, word LIMIT 6"
    six = " ".join(word for (word,) in connection.execute(commonest))
    click.echo(f"the six commonest keywords together: {1000 * cpu(lambda: shown(connection, six)):.1f} ms")


if __name__ == "__main__":
    main()
