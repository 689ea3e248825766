"""The real database, built once from the repository's own seeds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from published import Published

ROOT = Path(__file__).parent.parent


def build_command(seeds: Path, build: Path) -> list[str]:
    """`scripts/build.py build` as `make build` runs it."""
    folders = ["--seeds", str(seeds), "--build", str(build)]
    return [sys.executable, str(ROOT / "scripts" / "build.py"), "build", *folders]


def run_build(seeds: Path, build: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a build to its end."""
    command = build_command(seeds, build)
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


@pytest.fixture(scope="session")
def edition_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """edition.db of seeds/. Read it, don't write it."""
    folder = tmp_path_factory.mktemp("build")
    result = run_build(ROOT / "seeds", folder)
    assert result.returncode == 0, result.stderr
    return folder / "edition.db"


@pytest.fixture(scope="module")
def site(edition_db: Path) -> Iterator[Published]:
    """The site over the database of seeds/."""
    published = Published(edition_db)
    yield published
    published.close()
