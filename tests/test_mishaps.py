"""What may befall a build: a full disk, Ctrl-C, a second build. What was published stays, and what happened is said."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

import pytest
from banmian.pipeline import stamps
from conftest import build_command, run_build, run_command
from progress import Shown
from seed_folders import folder_of
from test_build import digest, query

OPINIONS = {"PYTHONPATH": str(Path(__file__).parent)}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder of three editions of a page."""
    pages = {f"{n}.txt": f"# 第{n}条线路开通\n\n本报讯 市长王建国昨天说,第{n}条线路开通三天。\n" for n in range(1, 4)}
    return folder_of(tmp_path / "seeds", pages)


def begin(seeds: Path, folder: Path, *options: str, opinion: str = "", **others: object) -> subprocess.Popen[str]:
    chosen = ["--second-opinion", f"archive_opinions:{opinion}"] if opinion else []
    environment = os.environ | OPINIONS | {"OPINIONS": str(seeds.parent)}
    command = [*build_command(seeds, folder), *options, *chosen]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=environment, **pipes, **others)


def lying_about(folder: Path) -> list[str]:
    """Unfinished files in the folder and those below."""
    return [str(path) for path in folder.rglob(".*") if path.is_file() and path.name != ".lock"]


@pytest.mark.parametrize("room", [200_000, 60_000, 0])
def test_a_full_disk_leaves_what_was_published_and_nothing_else(seeds: Path, tmp_path: Path, room: int) -> None:
    folder = tmp_path / "build"
    assert run_build(seeds, folder).returncode == 0
    before, stamp = digest(folder / "edition.db"), (folder / "edition.stamp").read_bytes()
    (seeds / "4.txt").write_text("# 又一则新闻\n\n本报讯 王建国说,一切都好。\n", "utf-8")
    build = begin(seeds, folder, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    _, said = build.communicate()
    assert build.returncode == 1, said
    assert "Nothing was built, what was published stays." in said
    assert f"the disk (or quota) of {folder} is full. Make room and build again" in said
    assert "Traceback" not in said
    assert (digest(folder / "edition.db"), (folder / "edition.stamp").read_bytes()) == (before, stamp)
    assert not lying_about(folder)
    assert run_build(seeds, folder).returncode == 0


def test_what_fails_after_publishing_is_not_called_nothing(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "build"
    run_build(seeds, folder)
    before = digest(folder / "edition.db")

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("banmian.pipeline.kept.Kept.forget_others", no_room)
    (seeds / "4.txt").write_text("# 又一则新闻\n\n本报讯 王建国说,一切都好。\n", "utf-8")
    result = run_build(seeds, folder)
    assert result.returncode == 1
    assert f"The database was built and is published in {folder}; what failed came after it" in result.stderr
    assert "Nothing was built" not in result.stderr
    assert digest(folder / "edition.db") != before


def test_a_stamp_that_has_no_room_leaves_the_one_before(seeds: Path, tmp_path: Path) -> None:
    stamps.write(tmp_path, {"folder": "a"}, [])
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limit[1]))
    try:
        with pytest.raises(OSError, match="large"):
            stamps.write(tmp_path, {"folder": "another"}, [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert stamps.read(tmp_path).folder == "a"
    assert not lying_about(tmp_path)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_what_was_published_and_the_next_build_goes_on(seeds: Path, tmp_path: Path, jobs: str) -> None:
    folder = tmp_path / "build"
    run_build(seeds, folder)
    before = digest(folder / "edition.db")
    (seeds / "2.txt").write_text("# 又一则新闻\n\n本报讯 王建国说,一切都好。\n", "utf-8")
    (seeds / "3.txt").write_text("# 一则新闻\n\n本报讯 王建国说,等候的人很多。\n", "utf-8")
    # Tests that run in the background ignore Ctrl-C, and so would what they begin.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    build = begin(seeds, folder, "--jobs", jobs, opinion="wait", start_new_session=True, preexec_fn=heed)
    while not (tmp_path / "waiting").exists():
        assert build.poll() is None
        time.sleep(0.02)
    # As a terminal does: to all processes of the build.
    os.killpg(build.pid, signal.SIGINT)
    (tmp_path / "go").touch()
    _, said = build.communicate()
    assert (build.returncode, digest(folder / "edition.db")) == (130, before), said
    assert "Stopped, what was published stays. What was read is kept; build again to go on." in said
    assert "Traceback" not in said
    assert not lying_about(folder)
    kept = set((folder / ".cache" / "read").glob("*/*"))
    options = ["--second-opinion", "archive_opinions:wait"]
    again = run_command(
        "build",
        "--seeds",
        seeds,
        "--build",
        folder,
        "--jobs",
        1,
        *options,
        env=OPINIONS | {"OPINIONS": str(seeds.parent)},
    )
    assert again.returncode == 0, again.stderr
    assert kept & set((folder / ".cache" / "read").glob("*/*"))
    assert query(folder / "edition.db", "SELECT count(*) FROM articles WHERE body LIKE '%等候%'") == [(1,)]


def test_of_two_builds_at_once_the_second_waits_and_finds_the_work_done(seeds: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    (seeds / "3.txt").write_text("# 一则新闻\n\n本报讯 王建国说,等候的人很多。\n", "utf-8")
    first = begin(seeds, folder, "--jobs", "1", opinion="wait")
    while not (tmp_path / "waiting").exists():
        assert first.poll() is None
        time.sleep(0.02)
    second = begin(seeds, folder, "--jobs", "1", opinion="wait")
    assert f"Another build (process {first.pid}) is at work here; waiting for it." in second.stderr.readline()
    (tmp_path / "go").touch()
    assert first.wait() == 0
    assert second.wait() == 0
    assert "up to date" in second.stdout.read()


def test_progress_is_told_with_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    with Shown(every=0) as progress:
        progress.stage("editions", 12)
        for size in (3, 6, 3):
            progress.step(size)
        progress.stage("check")
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" · ")[-1].split(",")[0] for line in said if "% done" in line] == ["25% done", "75% done"]
    assert "about 0:00:00 left" in said[1]
    assert said[-1].endswith("Checking …")
