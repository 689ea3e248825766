"""What pages and queries of the site cost, as ratios to Datasette's own page of a row, measured in the same run."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
import yaml
from datasette.app import Datasette
from datasette.plugins import pm

ROOT = Path(__file__).parents[2]
ROUNDS = 9


def served_settings() -> dict[str, int | bool]:
    """The settings of Datasette that every server of ours is started with."""
    words = (ROOT / "scripts" / "deploy" / "settings").read_text("utf-8").split()
    stated = zip(words[1::3], words[2::3], strict=True)
    return {name: int(value) if value.isdecimal() else value == "on" for name, value in stated}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one page was: `cpu` seconds of this process, `size` bytes."""

    status: int
    cpu: float
    size: int


class _Counted(Datasette):  # type: ignore[misc]
    """Datasette that notes down every statement of SQL that runs on its connections, while it listens."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.statements: list[str] = []
        self._opened: list[sqlite3.Connection] = []
        super().__init__(*arguments, **options)

    def _prepare_connection(self, conn: sqlite3.Connection, database: str) -> None:
        super()._prepare_connection(conn, database)
        self._opened.append(conn)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While statements are noted down: a search looks up two thousand rows of its index, and each is told."""
        for connection in self._opened:
            connection.set_trace_callback(self._heard)
        yield
        for connection in self._opened:
            connection.set_trace_callback(None)

    def _heard(self, sql: str) -> None:
        # What an index asks for inside is told as a comment.
        if not sql.startswith("--"):
            self.statements.append(sql)


class Site:
    """Datasette over a database as `make serve` starts it, asked without a network; `is_plain` without our plugin."""

    def __init__(self, database: Path, is_plain: bool = False) -> None:
        if is_plain:
            for plugin, _ in pm.list_plugin_distinfo():
                pm.unregister(plugin)
        metadata = None if is_plain else yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))
        self._loop = asyncio.new_event_loop()
        self.datasette = _Counted([], immutables=[str(database)], metadata=metadata, settings=served_settings())
        self._loop.run_until_complete(self.datasette.invoke_startup())

    def ask(self, path: str) -> Answer:
        """The answer at an address itself."""
        before = time.process_time()
        response = self._loop.run_until_complete(self.datasette.client.get(path))
        cpu = time.process_time() - before
        return Answer(response.status_code, cpu, len(response.content))

    def statements(self, path: str) -> list[str]:
        """The statements of SQL that the answer takes."""
        self.datasette.statements.clear()
        with self.datasette.listening():
            self.ask(path)
        return list(self.datasette.statements)


def pages(connection: sqlite3.Connection, metadata: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, address) of each kind of page, the largest of its kind, of the tables and of the canned queries."""

    def one(sql: str) -> str:
        row = connection.execute(sql).fetchone()
        return str(row[0]) if row else ""

    yield "row of a table", "/edition/rules/" + one("select kind || ',' || rule from rules order by kind, rule limit 1")
    yield "home", "/"
    yield "database", "/edition"
    yield "article", one("select address from articles order by characters desc, id limit 1")
    yield (
        "article, median",
        one("select address from articles order by characters, id limit 1 offset (select count(*) / 2 from articles)"),
    )
    yield "person", one("select address from people order by mentions desc, id limit 1")
    yield "organization", one("select address from organizations order by mentions desc, id limit 1")
    yield "page", one("select address from pages order by characters desc, id limit 1")
    yield "edition", one("select address from editions order by id limit 1")
    yield "search, a name", "/-/search?q=" + quote(one("select name from people order by mentions desc, id limit 1"))
    yield (
        "search, a word",
        "/-/search?q=" + quote(one("select word from keywords group by word order by count(*) desc, word limit 1")),
    )
    yield "calendar", "/-/calendar"
    tables = metadata["databases"]["edition"]["tables"]
    for (table,) in connection.execute(
        "select name from pragma_table_list where schema = 'main' and type in ('table', 'view')"
        " and name not like 'sqlite%' order by name"
    ).fetchall():
        if (tables.get(table) or {}).get("allow", True) is not False:
            yield f"table {table}", f"/edition/{table}"
    for query in sorted(metadata["databases"]["edition"]["queries"]):
        yield f"query {query}", f"/edition/{query}"


class Plain:
    """Datasette without plugins in a process of its own: the page of an article that it makes by itself."""

    def __init__(self, database: Path) -> None:
        command = [sys.executable, str(Path(__file__)), str(database.parent), "--plain"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self) -> Answer:
        """Its answer, this time."""
        assert self._process.stdin
        assert self._process.stdout
        print(file=self._process.stdin, flush=True)
        return Answer(*json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def answer_plain(site: Site) -> None:
    """Ask for the page of an article for each line of standard input, and print what it cost."""
    for _ in sys.stdin:
        answer = site.ask("/edition/articles/1")
        print(json.dumps([answer.status, answer.cpu, answer.size]), flush=True)


def _line(name: str, pairs: Sequence[tuple[Answer, Answer]], statements: int) -> str:
    cpu = sorted(answer.cpu for answer, _ in pairs)
    ratio = statistics.median(answer.cpu / plain.cpu for answer, plain in pairs)
    median, late = statistics.median(cpu), cpu[max(0, -(-len(cpu) * 95 // 100) - 1)]
    last = pairs[-1][0]
    figures = f"{1000 * median:8.1f} {1000 * late:8.1f} {ratio:7.1f} {statements:6} {last.size:10,}"
    return f"{name:44}{last.status:4} {figures}"


@click.command()
@click.argument("build", type=click.Path(path_type=Path, exists=True), default="build")
@click.option("--plain", is_flag=True, hidden=True)
@click.option("--rounds", default=ROUNDS, show_default=True, help="How often each page is asked for.")
@click.option("--only", default="", help="Only pages whose name begins so.")
@click.option("--show", is_flag=True, help="Also print the statements of each page.")
def main(build: Path, plain: bool, rounds: int, only: str, show: bool) -> None:
    """Print the CPU (in milliseconds, and as a ratio), the statements of SQL and the bytes of the site's pages."""
    database = build / "edition.db"
    site = Site(database, plain)
    if plain:
        answer_plain(site)
        return
    base = Plain(database)
    for _ in range(3):
        base.ask()
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        asked = list(pages(connection, yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))))
    click.echo(f"{'':44}{'':4} {'median':>8} {'p95':>8} {'ratio':>7} {'SQL':>6} {'bytes':>10}")
    for name, path in asked:
        if name.startswith(only):
            site.ask(path)
            pairs = [(site.ask(path), base.ask()) for _ in range(rounds)]
            statements = site.statements(path)
            click.echo(_line(name, pairs, len(statements)))
            if show:
                click.echo("\n".join(f"    {' '.join(sql.split())[:200]}" for sql in statements))

    base.close()


if __name__ == "__main__":
    main()
