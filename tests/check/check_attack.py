"""A running site under attack: memory, and how long an ordinary page waits meanwhile, beside Datasette without us.

It prints a table. The figures of plain Datasette are for comparison, what must hold holds for ours.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from published import METADATA

MEGABYTES, SECONDS = 300, 1.0
ROWS = "with recursive c(x) as (select 1 union all select x + 1 from c limit {}) select "
SETTINGS = {"sql_time_limit_ms": 1000, "max_returned_rows": 5000, "num_sql_threads": 4, "suggest_facets": "off"}
SETTINGS |= {"truncate_cells_html": 300}
# Datasette without the plugins that are installed.
PLAIN = """
import pluggy
pluggy.PluginManager.load_setuptools_entrypoints = lambda *arguments, **options: 0
from datasette.cli import cli
cli()
"""


def sql(text, extension=""):
    return f"/edition{extension}?{urlencode({'sql': text})}"


# What is asked at once, how often, and by how many.
ATTACKS = {
    "cells of opening marks": [
        sql("select replace(hex(zeroblob(9000)), '0', char(8288) || '【') x from articles limit 3")
    ],
    "slow function": [
        sql(ROWS.format(300) + "sum(instr(zeroblob(95000 + x), zeroblob(47000) || x'01')) from c", ".json")
    ],
    "wide page": [sql(ROWS.format(5000) + ", ".join(["x"] * 100) + " from c")],
    "large strings": [sql("select hex(zeroblob(400000000))", ".json")],
    "30 endless queries": [sql(ROWS.replace("limit {}", "") + f"count(*) + {n} from c", ".json") for n in range(30)],
    "30 whole pages": [f"/edition/mentions_in_context?_size=max&x={n}" for n in range(30)],
    "30 facet floods": [
        f"/edition/mentions?{urlencode([('_facet', 'surface')] * 50 + [('x', str(n))])}" for n in range(30)
    ],
    "30 searches": [f"/-/search?{urlencode({'q': '年 月 日 ' + str(n)})}" for n in range(30)],
}


class Server:
    def __init__(self, process, address):
        self.process, self.address = process, address

    def get(self, path, timeout=60):
        with suppress(urllib.error.HTTPError):
            urllib.request.urlopen(self.address + path, timeout=timeout).read()

    def memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def running(database, plain):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = [sys.executable, "-c", PLAIN] if plain else [str(Path(sys.executable).with_name("datasette"))]
    command = [*start, "serve", "-i", str(database), "--port", str(port)]
    command += [] if plain else ["--metadata", str(METADATA)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(value)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(process, f"http://127.0.0.1:{port}")
    try:
        for _ in range(300):
            with suppress(OSError):
                server.get("/")
                break
            time.sleep(0.1)
        yield server
    finally:
        process.kill()
        process.wait()


def attacked(server, paths):
    """Megabytes more at the peak, and the longest that a page took meanwhile, in seconds."""
    server.get("/edition/articles/1")
    before, peak, waits, done = server.memory(), 0.0, [], threading.Event()

    def watch():
        nonlocal peak
        while not done.is_set():
            peak = max(peak, server.memory())
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(len(paths)) as pool:
        asked = [pool.submit(server.get, path) for path in paths]
        while not waits or not all(one.done() for one in asked):
            start = time.monotonic()
            server.get("/edition/articles/1?_=" + str(len(waits)))
            waits.append(time.monotonic() - start)
            time.sleep(0.05)
    done.set()
    watcher.join()
    return peak - before, max(waits)


@pytest.mark.check
def test_no_attack_takes_the_machine_or_holds_a_page(edition_db, capsys):
    found = {}
    for plain in (True, False):
        with running(edition_db, plain) as server:
            for name, paths in ATTACKS.items():
                found[name, plain] = attacked(server, paths)
    with capsys.disabled():
        print(f"\n{'':28}{'Datasette MB':>14}{'s':>7}{'ours MB':>10}{'s':>7}")
        for name in ATTACKS:
            (megabytes, seconds), (own, wait) = found[name, True], found[name, False]
            print(f"{name:28}{megabytes:14.0f}{seconds:7.2f}{own:10.0f}{wait:7.2f}")
    assert {name: found[name, False] for name in ATTACKS if found[name, False][0] > MEGABYTES} == {}
    assert {name: found[name, False] for name in ATTACKS if found[name, False][1] > SECONDS} == {}
