"""Asks a running site for every sort of page, and prints which of them are not as they should be.

`python tests/smoke.py edition.db metadata.yml`, with the datasette that stands beside this python. For the coming
Datasette 1.0 (make alpha): its datasette.yml is named too.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata as metadata_of_package
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote

import yaml

# Seconds.
_START, _ANSWER = 30, 20


def pages(database: Path, queries: list[str]) -> Iterator[tuple[str, str]]:
    """Paths, each with a text that stands on the page."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    article, headline, page = connection.execute(
        "SELECT id, headline, page_id FROM articles WHERE headline IS NOT NULL ORDER BY id"
    ).fetchone()
    entities = {
        table: connection.execute(f"SELECT id, name FROM {table} ORDER BY id LIMIT 1").fetchall()
        for table in ("people", "organizations")
    }
    connection.close()
    yield "/", headline
    yield "/edition", "articles"
    yield f"/edition/articles/{article}", headline
    yield f"/edition/pages/{page}", headline
    for table, rows in entities.items():
        for key, name in rows:
            yield f"/edition/{table}/{key}", name
            yield f"/-/search?q={quote(name)}", name
    yield "/-/rights", "CC0"
    yield "/edition/articles", headline
    yield f"/edition/articles?_search={quote(headline)}", headline
    yield "/edition/articles.csv", headline
    yield "/edition/articles.json?_shape=objects", json.dumps(headline).strip('"')
    # One edition prints nothing again.
    for query in (name for name in queries if name != "printed_again"):
        yield f"/edition/{query}", "<tbody>"
        yield f"/edition/{query}.json?_shape=objects", '"rows": [{'


@contextmanager
def served(database: Path, metadata: Path, config: Path | None, log: IO[bytes]) -> Iterator[str]:
    """The address of the site over the database, while it runs; what goes wrong in it is written to `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("datasette")), "serve", "-i", str(database), "-m", str(metadata)]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, *(["-c", str(config)] if config else [])], stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(_START * 10):
            if server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{address}/-/ready").close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def ask(address: str, path: str) -> tuple[int, str]:
    """Status and text of a page; status 0 where there is no answer."""
    try:
        with urllib.request.urlopen(address + path, timeout=_ANSWER) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def why(status: int, log: str, text: str) -> str:
    """Why a page is not as it should be: the server's last words about it, or what it lacks."""
    errors = [line.strip() for line in log.splitlines() if line.strip() and not line.startswith("INFO:")]
    # Where an object lies differs from page to page, what went wrong does not.
    last = re.sub(r" at 0x[0-9a-f]+", "", errors[-1]) if errors else ""
    return last or (f"status {status}" if status != 200 else f"without {text!r}")


def main(database: Path, metadata: Path, config: Path | None = None) -> int:
    """Print what fails, by its reason; the status is 1 where anything does."""
    stated = yaml.safe_load((config or metadata).read_text("utf-8"))
    expected = list(pages(database, list(stated["databases"]["edition"]["queries"])))
    failed: dict[str, list[str]] = {}
    with tempfile.TemporaryFile() as log, served(database, metadata, config, log) as address:
        version = metadata_of_package.version("datasette") if ask(address, "/-/ready")[0] else None
        for path, text in expected:
            before = log.seek(0, os.SEEK_END)
            status, answer = ask(address, path)
            if status != 200 or text not in answer:
                log.seek(before)
                failed.setdefault(why(status, log.read().decode("utf-8", "replace"), text), []).append(unquote(path))
    good = len(expected) - sum(map(len, failed.values()))
    print(f"Datasette {version or '(did not start)'}: {good} of {len(expected)} pages are as they should be.")
    for reason, paths in failed.items():
        print(f"{len(paths)} not: {reason}\n    {' '.join(paths)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
