"""nginx as scripts/deploy/ configures it, started for real in front of two processes of the public's site."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from banmian.store.shown import write_public
from conftest import ROOT

DEPLOY = ROOT / "scripts" / "deploy"
SETTINGS = (DEPLOY / "settings").read_text("utf-8").split()

pytestmark = [
    pytest.mark.check,
    pytest.mark.alone,
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed"),
]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Deployed:
    """The address of nginx, its log, and the processes behind it."""

    address: str
    log: Path
    sites: list[subprocess.Popen[bytes]]


def started(database: Path, port: int) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).with_name("datasette")), "serve", "-i", str(database), "--port", str(port)]
    command += ["--host", "127.0.0.1", "--metadata", str(ROOT / "metadata.yml"), *SETTINGS]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def configured(folder: Path, port: int, sites: list[int]) -> Path:
    """nginx.conf with the ports and folders of the test; all else is as it is deployed."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8001", f"127.0.0.1:{sites[0]}"),
        ("127.0.0.1:8002", f"127.0.0.1:{sites[1]}"),
        ("/run/nginx.pid", str(folder / "nginx.pid")),
        ("/var/log/nginx", str(folder)),
        ("/var/cache/nginx/banmian", str(folder / "cache")),
    ):
        assert old in text, old
        text = text.replace(old, new)
    # The folder of the test is its owner's alone.
    user = "user root;\n" if os.getuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(user + text, "utf-8")
    return path


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


@pytest.fixture
def deployed(edition_db: Path, tmp_path: Path) -> Iterator[Deployed]:
    database = tmp_path / "public" / "edition.db"
    write_public(edition_db, database)
    port, *ports = (free_port() for _ in range(3))
    with ExitStack() as stack:
        sites = []
        for one in ports:
            site = started(database, one)
            stack.callback(site.wait)
            stack.callback(site.terminate)
            sites.append(site)
        for one in ports:
            wait_for(f"http://127.0.0.1:{one}/")
        command = ["nginx", "-p", str(tmp_path), "-c", str(configured(tmp_path, port, ports)), "-g", "daemon off;"]
        nginx = subprocess.Popen(command)
        stack.callback(nginx.wait)
        stack.callback(nginx.terminate)
        wait_for(f"http://127.0.0.1:{port}/")
        yield Deployed(f"http://127.0.0.1:{port}", tmp_path / "banmian.log", sites)


def article(deployed: Deployed) -> str:
    rows = httpx.get(f"{deployed.address}/edition/articles.json?_shape=array&_col=address").json()
    return f"{deployed.address}{rows[0]['address']}"


def test_pages_are_kept_compressed_and_say_no_version(deployed: Deployed) -> None:
    page = article(deployed)
    first, second = httpx.get(page), httpx.get(page)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.text == second.text
    assert second.headers["x-cache"] == "HIT"
    assert second.headers["content-encoding"] == "gzip"
    assert not re.search(r"\d", second.headers["server"])


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("TRACE", 405), ("PUT", 403), ("DELETE", 403)])
def test_nothing_can_be_sent_but_questions(deployed: Deployed, method: str, status: int) -> None:
    assert httpx.request(method, deployed.address).status_code == status


def test_one_visitor_who_asks_too_much_is_told_to_wait(deployed: Deployed) -> None:
    page = article(deployed)
    with httpx.Client() as client, ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda n: client.get(f"{page}?n={n}", timeout=60).status_code, range(300)))
    assert set(answers) == {200, 429}
    assert answers.count(200) >= 60


@contextmanager
def idle(deployed: Deployed, connections: int) -> Iterator[None]:
    """Connections that begin to ask and never end."""
    host, port = deployed.address.removeprefix("http://").split(":")
    with ExitStack() as stack:
        for _ in range(connections):
            connection = stack.enter_context(socket.create_connection((host, int(port))))
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        yield


@contextmanager
def endless(deployed: Deployed, queries: int) -> Iterator[None]:
    """Queries that take all the time there is, asked at once; none is an error of the server."""
    sql = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    with httpx.Client(timeout=120) as client, ThreadPoolExecutor(max(queries, 1)) as pool:
        asked = [
            pool.submit(client.get, f"{deployed.address}/edition", params={"sql": f"{sql} -- {n}"})
            for n in range(queries)
        ]
        time.sleep(0.5)
        yield
        assert {one.result().status_code for one in asked} <= {200, 400, 429, 503}


@pytest.mark.parametrize(("connections", "queries"), [(0, 30), (1000, 0), (1000, 30)])
def test_idle_connections_and_slow_queries_leave_pages_alone(
    deployed: Deployed, connections: int, queries: int
) -> None:
    page = article(deployed)
    seen = []
    with idle(deployed, connections), endless(deployed, queries), httpx.Client() as client:
        for n in range(20):
            began = time.monotonic()
            assert client.get(f"{page}?still={n}").status_code == 200
            seen.append(time.monotonic() - began)
    assert max(seen) < 1.0, sorted(seen)[-3:]


def test_a_process_that_is_killed_costs_no_answer(deployed: Deployed) -> None:
    page = article(deployed)
    deployed.sites[0].send_signal(signal.SIGKILL)
    assert [httpx.get(f"{page}?after={n}", timeout=30).status_code for n in range(15)] == [200] * 15
    assert httpx.get(f"{deployed.address}/-/ready").status_code == 200


def test_the_log_says_neither_who_asked_nor_what_for(deployed: Deployed) -> None:
    httpx.get(f"{deployed.address}/-/search?q=secret-words", headers={"user-agent": "somebody", "referer": "http://x/"})
    for _ in range(50):
        if "/-/search" in (written := deployed.log.read_text("utf-8")):
            break
        time.sleep(0.1)
    assert " GET /-/search 200 " in written
    assert not re.search(r"secret|somebody|127\.0\.0\.1|http://x", written)
