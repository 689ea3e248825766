"""The HTML of each kind of page, in both languages, by the validator of the W3C, Nu (npm's vnu-jar, run by java)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from published import Published
from test_site_languages import KINDS, page

pytestmark = pytest.mark.check

VALIDATOR = "vnu-jar@26.9.27"
# Seconds.
_INSTALL, _RUN = 300, 300
# Datasette's own script tags close what has no end.
_THEIRS = "Trailing slash on void elements"


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The validator as one file; npm has it kept where it was asked for before."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("java") is None:
        pytest.skip("npm and java are needed")
    folder = tmp_path_factory.mktemp("vnu")
    command = [npm, "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", VALIDATOR]
    subprocess.run(command, cwd=folder, check=True, timeout=_INSTALL, capture_output=True)
    return folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_html_is_valid(site: Published, validator: Path, tmp_path: Path) -> None:
    for number, path in enumerate(KINDS):
        for language in ("zh", "en"):
            text = page(site, path, f"language={language}").text
            (tmp_path / f"{number:02}-{language}.html").write_text(text, "utf-8")
    command = ["java", "-jar", str(validator), "--format", "gnu", "--errors-only", *map(str, tmp_path.iterdir())]
    result = subprocess.run(command, capture_output=True, text=True, timeout=_RUN)
    assert [line for line in result.stderr.splitlines() if _THEIRS not in line] == []
