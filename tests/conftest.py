"""The real database, built once from the repository's own seeds, and how tests build others."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import fuzzing
import pytest
from click.testing import CliRunner
from playwright import sync_api
from published import Published
from seed_folders import folder_of

import build

ROOT = Path(__file__).parent.parent


fuzzing.load_profile()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed of this run here, so that all workers have it and a failure can tell it."""
    if not config.option.hypothesis_seed:
        config.option.hypothesis_seed = fuzzing.new_seed()
    os.environ["HYPOTHESIS_SEED"] = config.option.hypothesis_seed or ""


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: don't look through it for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    lines = fuzzing.said(reports)
    for line in lines:
        terminalreporter.write_line(line)
    seed = config.option.hypothesis_seed
    if seed and (lines or terminalreporter.stats.get("failed") or fuzzing.TIMES > 1):
        terminalreporter.write_line(f"The properties were tried with HYPOTHESIS_SEED={seed}")


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a line at the end of the run of the tests, whichever worker ran this one."""
    return lambda text: record_property("said", text)


def build_command(seeds: Path, build: Path) -> list[str]:
    """`scripts/build.py build` as `make build` runs it."""
    folders = ["--seeds", str(seeds), "--build", str(build)]
    return [sys.executable, str(ROOT / "scripts" / "build.py"), "build", *folders]


def run_process(seeds: Path, build: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a build to its end, in a process of its own."""
    command = build_command(seeds, build)
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


def run_command(*arguments: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of build.py in this process, where jieba's dictionary is read once; what it raises is raised."""
    given = [str(argument) for argument in arguments]
    # To begin processes that read costs more than a few small pages; they have tests of their own.
    result = CliRunner().invoke(build.main, given, env={"JOBS": "1", **(env or {})}, prog_name="build.py")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return subprocess.CompletedProcess(given, result.exit_code, result.stdout, result.stderr)


def run_build(seeds: Path, build: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a build to its end, in this process."""
    return run_command("build", "--seeds", seeds, "--build", build, env=env)


@contextmanager
def site_of(folder: Path, files: Mapping[str, str], **settings: object) -> Iterator[Published]:
    """The site of the database that is built from these files (name -> text) in a new folder of seeds."""
    folder_of(folder / "seeds", files)
    result = run_build(folder / "seeds", folder / "build")
    assert result.returncode == 0, result.stderr
    published = Published(folder / "build" / "edition.db", **settings)
    yield published
    published.close()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run of the tests see, and no other run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills for all workers of this run: the first to ask makes it, the others wait."""
    folder = shared_folder(factory) / name
    made = folder.with_suffix(".made")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(folder)
            made.touch()
    return folder


def own_seeds(folder: Path) -> Path:
    """A copy of seeds/, for builds whose record of keys is nobody's."""
    return shutil.copytree(ROOT / "seeds", folder)


@pytest.fixture(scope="session")
def edition_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """edition.db of seeds/. Read it, don't write it. The first worker to ask builds it, the others wait."""

    def make(folder: Path) -> None:
        result = run_process(own_seeds(folder.parent / "seeds"), folder)
        assert result.returncode == 0, result.stderr

    return made_once(tmp_path_factory, "edition", make) / "edition.db"


@pytest.fixture(scope="module")
def site(edition_db: Path) -> Iterator[Published]:
    """The site over the database of seeds/."""
    published = Published(edition_db)
    yield published
    published.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    """Chromium: the one on the path, else the one that Playwright fetched."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    """A page of the browser for many tests: to open one of its own costs three times what most of them see in it."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(window: sync_api.Page, request: pytest.FixtureRequest) -> Iterator[sync_api.Page]:
    """The window as a new one is, 1280 wide or of the size that is the test's parameter."""
    window.set_viewport_size(getattr(request, "param", {"width": 1280, "height": 900}))
    yield window
    window.evaluate("sessionStorage.clear(); localStorage.clear()")
    window.context.clear_cookies()
    window.emulate_media(color_scheme="null")
    window.mouse.move(0, 0)


@pytest.fixture
def complaints(window: sync_api.Page) -> Iterator[list[str]]:
    """What the browser says on its console meanwhile, and what fails in scripts."""
    heard: list[str] = []

    def said(message: sync_api.ConsoleMessage) -> None:
        heard.append(message.text)

    def failed(error: sync_api.Error) -> None:
        heard.append(str(error))

    window.on("console", said)
    window.on("pageerror", failed)
    yield heard
    window.remove_listener("console", said)
    window.remove_listener("pageerror", failed)
