"""How much the site as it is deployed answers, beside a static file, and new builds that are published under load.

One machine asks all, so nginx.conf is taken without its limits of requests and connections; all else is as deployed.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest
from banmian.store.shown import write_public
from check_deploy import configured, free_port, started, wait_for

pytestmark = [
    pytest.mark.check,
    pytest.mark.alone,
    pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("wrk")), reason="nginx or wrk is not installed"),
]

CACHED = 0.7
PUBLICATIONS = 20
CONNECTIONS = 8
# Asks each time for another address, which no cache has.
ALWAYS_NEW = """
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", wrk.path .. "?n=" .. n .. "-" .. os.time())
end
"""
MARKS = "▲▼"


class Served:
    """nginx in front of two processes over `database`, and the address of an article."""

    def __init__(self, address: str, database: Path, folder: Path) -> None:
        self.address, self.database, self.folder = address, database, folder
        rows = httpx.get(f"{address}/edition/articles.json?_shape=array&_col=address").json()
        self.articles = [f"{address}{row['address']}" for row in rows]

    def rate(self, url: str, seconds: int, new: bool = False) -> float:
        """Requests a second, none of which may fail."""
        script = self.folder / "new.lua"
        script.write_text(ALWAYS_NEW, "utf-8")
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            *(["-s", script] if new else []),
        ]
        said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in said, said
        assert "Socket errors" not in said, said
        return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


@pytest.fixture
def served(edition_db: Path, tmp_path: Path) -> Iterator[Served]:
    database = tmp_path / "public" / "edition.db"
    write_public(edition_db, database)
    port, *ports = (free_port() for _ in range(3))
    with ExitStack() as stack:
        for one in ports:
            site = started(database, one)
            stack.callback(site.wait)
            stack.callback(site.terminate)
        for one in ports:
            wait_for(f"http://127.0.0.1:{one}/")
        path = configured(tmp_path, port, ports)
        text = re.sub(r"^\s*limit_(req|conn) .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        static = f"location = /static.html {{ root {tmp_path}; }}\n\n        location / {{"
        path.write_text(text.replace("location / {", static, 1), "utf-8")
        nginx = subprocess.Popen(["nginx", "-p", str(tmp_path), "-c", str(path), "-g", "daemon off;"])
        stack.callback(nginx.wait)
        stack.callback(nginx.terminate)
        wait_for(f"http://127.0.0.1:{port}/")
        yield Served(f"http://127.0.0.1:{port}", database, tmp_path)


def test_cached_pages_are_as_quick_as_files(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    page = served.articles[0]
    (served.folder / "static.html").write_text(httpx.get(page).text, "utf-8")
    (served.folder / "static.html").chmod(0o644)
    rates: dict[str, list[float]] = {"static file": [], "cached article": [], "article, never cached": []}
    # In turns, and the best of each: what else the machine does falls on one or the other.
    for _ in range(8):
        rates["static file"].append(served.rate(f"{served.address}/static.html", 1))
        rates["cached article"].append(served.rate(page, 1))
    rates["article, never cached"].append(served.rate(page, 5, new=True))
    best = {name: max(found) for name, found in rates.items()}
    static = best["static file"]
    with capsys.disabled():
        print(f"\n{'':24}{'requests/s':>12}{'ratio':>8}")
        for name, rate in best.items():
            print(f"{name:24}{rate:12.0f}{rate / static:8.3f}")
    assert best["cached article"] / static >= CACHED


def marked(database: Path, mark: str, target: Path) -> Path:
    """A database whose headlines all begin with a mark, as another build would write it."""
    shutil.copyfile(database, target)
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("UPDATE articles SET headline = ? || coalesce(headline, '')", [mark])
    return target


def test_new_builds_are_published_under_load_without_a_failed_request_or_a_mixed_page(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    builds = [marked(served.database, mark, served.folder / f"{number}.db") for number, mark in enumerate(MARKS)]
    done = threading.Event()

    def publish(build: Path) -> None:
        new = served.database.with_name("new.db")
        shutil.copyfile(build, new)
        os.replace(new, served.database)

    def read(reader: int) -> list[tuple[int, str]]:
        found, number = [], 0
        with httpx.Client(timeout=60) as client:
            while not done.is_set():
                number += 1
                answer = client.get(f"{served.articles[number % len(served.articles)]}?reader={reader}-{number}")
                found.append((answer.status_code, "".join(sorted(set(answer.text) & set(MARKS)))))
        return found

    publish(builds[0])
    wait_for(f"{served.address}/-/ready")
    time.sleep(2)
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, reader) for reader in range(3)]
        load = pool.submit(served.rate, served.articles[0], PUBLICATIONS, new=True)
        for number in range(1, PUBLICATIONS + 1):
            publish(builds[number % 2])
            time.sleep(0.8)
        rate = load.result()
        done.set()
        answers = [answer for reader in readers for answer in reader.result()]
    with capsys.disabled():
        print(f"\n{PUBLICATIONS} builds published: {len(answers)} pages read, {rate:.0f} requests/s beside them")
    assert {status for status, _ in answers} == {200}
    assert {marks for _, marks in answers} == set(MARKS)
