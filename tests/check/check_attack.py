"""A running site under attack: memory, how long an ordinary page waits meanwhile, and what is told that must not be.

It prints one table, ours beside Datasette without us. The figures of plain Datasette are for comparison, what must hold
holds for ours. A server that takes over three gigabytes is stopped by the system: it shows as dead.
"""

from __future__ import annotations

import math
import os
import resource
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import ROOT
from published import METADATA

MEGABYTES, SECONDS = 300, 1.0
SETTINGS = (ROOT / "scripts" / "deploy" / "settings").read_text("utf-8").split()
ADDRESS_SPACE = 3 * 1024**3
# Datasette without the plugins that are installed.
PLAIN = """
import pluggy
pluggy.PluginManager.load_setuptools_entrypoints = lambda *arguments, **options: 0
from datasette.cli import cli
cli()
"""
ROWS = "with recursive c(x) as (select 1 union all select x + 1 from c limit {}) select "
ENDLESS = ROWS.replace("limit {}", "")
LIST = "'[' || replace(hex(zeroblob(9000000)), '0', '1,') || '1]'"
# What another visitor asked, and where it is looked for.
SECRET = "what-another-visitor-asked"


def sql(text: str, extension: str = ".json") -> str:
    return f"/edition{extension}?{urlencode({'sql': text})}"


def asked(path: str, *pairs: tuple[str, object]) -> str:
    return f"{path}?{urlencode(pairs)}"


# What is asked at once, all of it.
ATTACKS: Mapping[str, Sequence[str]] = {
    "zeroblob": [sql("select zeroblob(500000000)")],
    "hex(zeroblob)": [sql("select hex(zeroblob(400000000))")],
    "printf": [sql("select length(printf('%.*c', 900000000, 'x'))")],
    "randomblob": [sql("select length(randomblob(900000000))")],
    "replace bomb": [sql("select length(replace(hex(zeroblob(30000)), '0', hex(zeroblob(10000))))")],
    "json_each bomb": [sql(f"select count(*) from json_each({LIST})")],
    "json_patch": [sql(f"select json_patch(j, j) from ({ROWS.format(20000)} json_group_object(x, x) j from c)")],
    "group_concat": [sql(ROWS.format(3000000) + "length(group_concat(hex(zeroblob(99)))) from c")],
    "LIKE": [sql("select hex(zeroblob(99999)) like replace(hex(zeroblob(20000)), '00', '%0') || '1'")],
    "instr": [sql(ROWS.format(300) + "sum(instr(zeroblob(95000 + x), zeroblob(47000) || x'01')) from c")],
    "trim": [sql(ROWS.format(99) + "sum(length(trim(hex(zeroblob(40000 + x)), hex(randomblob(40000))))) from c")],
    "cross join": [sql("select count(*) from mentions a, mentions b, mentions c, mentions d, mentions e")],
    "order by": [sql(ROWS.format(2000000) + "x from c order by random()")],
    "deep expression": [sql("select " + "+".join(["1"] * 20000))],
    "doubled WITH": [
        sql("with a0 as (select 1 x), " + ", ".join(
            f"a{n} as (select a.x from a{n - 1} a, a{n - 1} b)" for n in range(1, 25)) + " select count(*) from a24")
    ],
    "opening marks": [
        sql("select replace(hex(zeroblob(9000)), '0', char(8288) || '【') x from articles limit 3", "")
    ],
    "wide page": [sql(ROWS.format(5000) + ", ".join(["x"] * 100) + " from c", "")],
    "long page": [sql(ROWS.format(5000) + "x, hex(zeroblob(500)) from c", "")],
    "_where": [asked("/edition/articles", ("_where", f"1 < ({ENDLESS}count(*) from c)"))],
    "50 facets": [asked("/edition/mentions", *[("_facet", "surface")] * 50)],
    "long search": [asked("/-/search", ("q", "年月日" * 800))],
    "search of 400 words": [asked("/-/search", ("q", " ".join(f"年{n}" for n in range(400))))],
    "30 endless queries": [sql(f"{ENDLESS}count(*) + {n} from c") for n in range(30)],
    "30 whole pages": [asked("/edition/mentions_in_context", ("_size", "max"), ("x", n)) for n in range(30)],
    "30 facet floods": [asked("/edition/mentions", *[("_facet", "surface")] * 50, ("x", n)) for n in range(30)],
    "30 searches": [asked("/-/search", ("q", f"年 月 日 {n}")) for n in range(30)],
    "30 streams": [asked("/edition/mentions_in_context.csv", ("_stream", "on"), ("x", n)) for n in range(30)],
    "30 workbooks": [asked("/edition/mentions_in_context.xlsx", ("x", n)) for n in range(30)],
}  # fmt: skip
# What is asked for what it may tell.
LEAKS: Mapping[str, Sequence[str]] = {
    "others' statements": [sql("select sql from sqlite_stmt"), sql("select * from bytecode('select 1')")],
    "paths": [sql("select file from pragma_database_list"), "/-/databases.json", "/-/threads.json", "/-/config.json"],
    "a pointer": [sql("select hex(fts3_tokenizer('unicode61')) as pointer")],
    "files": [
        *(sql("attach database '/etc/passwd' as x"), sql("select readfile('/etc/passwd')")),
        *(sql("select load_extension('x')"), "/-/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd"),
        *("/-/static-plugins/banmian/..%2F..%2F__init__.py", "/..%2Fwithdrawn.keys", "/withdrawn.keys"),
    ],
    "versions": ["/-/versions.json", "/-/plugins.json", "/-/settings.json", "/-/metadata.json", "/-/patterns"],
    "errors": [
        *(sql("select", ""), sql("select * from nothing", "")),
        asked("/edition/articles", ("_next", "x"), ("_trace", 1)),
    ],
}  # fmt: skip
# Signs of what must not be told, beside the secret and the folder of the database.
TELLING = ("root:x:", '"pointer": "', "Traceback", "site-packages", '"python"', '"num_sql_threads"', "hookimpl")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an attack took: megabytes at the peak, and seconds that a page waited; None where the server died.

    `own` are the seconds of CPU that the server had itself while that page waited: of a machine that others keep busy
    as well, these tell.
    """

    megabytes: float
    seconds: float | None
    own: float = 0.0

    @property
    def held(self) -> float:
        """Seconds for which the page was held, by the server and not by what else the machine does."""
        if self.seconds is None:
            return math.inf
        is_busy = os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)
        return min(self.seconds, self.own) if is_busy else self.seconds


class Server:
    """A running server: what it answers, and how much memory it has."""

    def __init__(self, process: subprocess.Popen[bytes], address: str) -> None:
        self.process, self.address = process, address
        # The address that stays, or Datasette's own.
        self.page = "/edition/articles/1"

    def get(self, path: str, timeout: float = 60) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:
                return str(answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:
            return error.read().decode("utf-8", "replace")

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def memory(self) -> float:
        with suppress(OSError, IndexError):
            status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
            return int(status.split("VmRSS:")[1].split()[0]) / 1024
        return 0.0

    def seconds(self) -> float:
        """Of CPU, since it began."""
        with suppress(OSError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0


@contextmanager
def running(database: Path, plain: bool) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = [sys.executable, "-c", PLAIN] if plain else [str(Path(sys.executable).with_name("datasette"))]
    command = [*start, "serve", "-i", str(database), "--port", str(port), *SETTINGS]
    process = subprocess.Popen(
        [*command, *([] if plain else ["--metadata", str(METADATA)])],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE)),
    )
    server = Server(process, f"http://127.0.0.1:{port}")
    try:
        for _ in range(600):
            with suppress(OSError):
                server.get("/")
                break
            time.sleep(0.1)
        # What is read once, such as templates, is no attack's.
        for path in (
            "/edition/articles/1",
            "/edition/mentions",
            asked("/-/search", ("q", "年")),
            "/edition/mentions.csv?_stream=on",
        ):
            server.get(path)
        with urllib.request.urlopen(server.address + server.page) as answer:
            server.page = answer.url.removeprefix(server.address)
        yield server
    finally:
        process.kill()
        process.wait()


def attacked(server: Server, paths: Sequence[str]) -> Taken:
    before, peak, done = server.memory(), 0.0, threading.Event()
    waits: list[tuple[float, float]] = []

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            peak = max(peak, server.memory())
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with ThreadPoolExecutor(len(paths)) as pool:
            pending = [pool.submit(server.get, path) for path in paths]
            while not waits or not all(one.done() for one in pending):
                start, own = time.monotonic(), server.seconds()
                server.get(f"{server.page}?_={len(waits)}")
                waits.append((time.monotonic() - start, server.seconds() - own))
                time.sleep(0.05)
    except OSError:
        return Taken(peak - before, None if not server.is_alive() else 60.0)
    finally:
        done.set()
        watcher.join()
    return Taken(peak - before, *max(waits))


def told(server: Server, folder: Path, paths: Sequence[str]) -> list[str]:
    """Which of the addresses tell what they must not."""
    found = []
    for path in paths:
        server.get(sql(f"select '{SECRET}', count(*) from mentions a, mentions b"))
        answer = server.get(path)
        if any(sign in answer for sign in (SECRET, str(folder), *TELLING)):
            found.append(path)
    return found


def all_of(database: Path, plain: bool) -> tuple[dict[str, Taken], dict[str, list[str]]]:
    taken: dict[str, Taken] = {}
    while len(taken) < len(ATTACKS):
        # One that was killed starts anew.
        with running(database, plain) as server:
            for name in [name for name in ATTACKS if name not in taken]:
                taken[name] = attacked(server, ATTACKS[name])
                if not server.is_alive():
                    break
    with running(database, plain) as server:
        return taken, {name: told(server, database.parent, paths) for name, paths in LEAKS.items()}


def seconds(taken: Taken) -> str:
    return "dead" if taken.seconds is None else f"{taken.seconds:.2f}"


@pytest.mark.check
@pytest.mark.alone
def test_no_attack_takes_the_machine_or_holds_a_page_or_learns_what_is_not_published(
    edition_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs, ours = all_of(edition_db, plain=True), all_of(edition_db, plain=False)
    with capsys.disabled():
        print(f"\n{'':24}{'Datasette MB':>14}{'s':>8}{'ours MB':>10}{'s':>8}{'CPU s':>8}")
        for name in ATTACKS:
            one, own = theirs[0][name], ours[0][name]
            print(
                f"{name:24}{one.megabytes:14.0f}{seconds(one):>8}{own.megabytes:10.0f}{seconds(own):>8}{own.own:8.2f}"
            )
        print(f"{'tells':24}{'Datasette':>14}{'ours':>10}")
        for name, paths in LEAKS.items():
            print(f"{name:24}{f'{len(theirs[1][name])} of {len(paths)}':>14}{len(ours[1][name]):>10}")
    assert {name: found for name, found in ours[1].items() if found} == {}
    assert {name: one for name, one in ours[0].items() if one.megabytes > MEGABYTES} == {}
    assert {name: one for name, one in ours[0].items() if one.held > SECONDS} == {}
