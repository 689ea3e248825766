"""A Dask cluster reads: a real scheduler and two workers on 127.0.0.1, to which happens what may happen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, build_command
from distributed import Client
from seed_folders import folder_of

pytestmark = pytest.mark.check

TESTS = ROOT / "tests"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Nine editions of a page; in the midst of them one of which a second opinion may die."""
    pages = {f"{n}.txt": f"# 第{n}条线路开通\n\n本报讯 市交通局局长王建国昨天说,线路{n}开通。\n" for n in range(1, 10)}
    pages["5.txt"] = "# 一则新闻\n\n本报讯 王建国说,死亡人数没有增加。\n"
    return folder_of(tmp_path / "seeds", pages)


@contextmanager
def cluster(folder: Path, scripts: Path = ROOT / "scripts") -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its process before those of two workers that read with the code in `scripts`."""
    environment = os.environ | {"OPINIONS": str(folder), "PYTHONPATH": f"{scripts}:{TESTS}"}
    dask = [sys.executable, "-m", "dask"]
    file = folder / "scheduler.json"
    told = ["--scheduler-file", str(file), "--no-dashboard"]
    worker = [*dask, "worker", *told, "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1"]
    commands = [[*dask, "scheduler", *told, "--host", "127.0.0.1", "--port", "0"], worker, worker]
    with (folder / "log").open("wb") as log:
        processes = [subprocess.Popen(one, cwd=folder, env=environment, stdout=log, stderr=log) for one in commands]
        (folder / "cluster").write_text(" ".join(str(one.pid) for one in processes), "utf-8")
        try:
            yield address(file, processes), processes
        finally:
            for process in processes:
                process.kill()
                process.wait()


def address(file: Path, processes: list[subprocess.Popen[bytes]]) -> str:
    """Where the scheduler answers, once both workers are there."""
    while not file.exists():
        assert processes[0].poll() is None
        time.sleep(0.1)
    found = json.loads(file.read_text("utf-8"))["address"]
    with Client(found, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return found


def build(seeds: Path, folder: Path, opinion: str, *options: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"OPINIONS": str(seeds.parent), "PYTHONPATH": f"{ROOT / 'scripts'}:{TESTS}"}
    command = [*build_command(seeds, folder), "--second-opinion", f"archive_opinions:{opinion}", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def bytes_of_one_process(seeds: Path, opinion: str) -> bytes:
    (seeds / "keys.jsonl").unlink(missing_ok=True)
    result = build(seeds, seeds.parent / "alone", opinion, "--jobs", "1")
    assert result.returncode == 0, result.stderr
    return (seeds.parent / "alone" / "edition.db").read_bytes()


def test_a_worker_that_is_killed_in_the_midst_changes_no_byte(seeds: Path, tmp_path: Path) -> None:
    with cluster(tmp_path) as (scheduler, processes):
        result = build(seeds, tmp_path / "build", "die_once", "--scheduler", scheduler)
        assert sorted(str(process.poll()) for process in processes) == ["-9", "None", "None"]
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert (tmp_path / "build" / "edition.db").read_bytes() == bytes_of_one_process(seeds, "die_once")
    kept = [sorted(path.name for path in (tmp_path / one).glob(".cache/read/*/*")) for one in ("build", "alone")]
    assert kept[0] == kept[1]


def test_where_the_whole_cluster_dies_the_build_says_so_and_goes_on_here(seeds: Path, tmp_path: Path) -> None:
    with cluster(tmp_path) as (scheduler, processes):
        result = build(seeds, tmp_path / "build", "end_cluster", "--scheduler", scheduler, "--jobs", "2")
        assert [process.wait() for process in processes] == [-9, -9, -9]
    assert result.returncode == 0, result.stderr
    assert f"the cluster at {scheduler} is gone: 2 processes here go on" in result.stderr
    assert (tmp_path / "build" / "edition.db").read_bytes() == bytes_of_one_process(seeds, "end_cluster")


def test_a_worker_with_other_code_is_named_with_what_differs(seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts" / "banmian", tmp_path / "scripts" / "banmian")
    with (tmp_path / "scripts" / "banmian" / "names" / "data" / "titles.tsv").open("a", encoding="utf-8") as titles:
        titles.write("# \n")
    with cluster(tmp_path, tmp_path / "scripts") as (scheduler, _):
        result = build(seeds, tmp_path / "build", "die_once", "--scheduler", scheduler)
    assert result.returncode == 1
    assert "Nothing was built." in result.stderr
    assert "the worker tcp://127.0.0.1:" in result.stderr
    assert "has other code than the builder: names/data/titles.tsv. Give it the same version" in result.stderr


def test_where_no_scheduler_answers_the_build_says_so(seeds: Path, tmp_path: Path) -> None:
    result = build(seeds, tmp_path / "build", "die_once", "--scheduler", "tcp://127.0.0.1:9")
    assert result.returncode == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in result.stderr
    assert "Traceback" not in result.stderr
