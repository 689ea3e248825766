"""What a build costs, as a ratio to a baseline measured in the same run: seconds alone mean nothing elsewhere."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

SCRIPTS = Path(__file__).parent
PAIRS = 9
# Start of the segmenter that every build needs, with its cache in place.
BASELINE = "import jieba; jieba.dt.tmp_dir, jieba.dt.cache_file = {cache!r}, 'jieba.cache'; jieba.initialize()"


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of a command and its children. Raises CalledProcessError where it fails."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@click.command()
@click.option("--seeds", type=click.Path(path_type=Path, exists=True), default="seeds", show_default=True)
def main(seeds: Path) -> None:
    """Print the CPU of a whole build of SEEDS as a ratio to jieba.initialize() with a warm cache."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, str(SCRIPTS / "build.py"), "build", "--seeds", str(seeds), "--build", folder]
        baseline = [sys.executable, "-c", BASELINE.format(cache=str(Path(folder) / ".cache"))]
        cpu_seconds(build)
        pairs = []
        for _ in range(PAIRS):
            (Path(folder) / "edition.stamp").unlink()
            pairs.append((cpu_seconds(build), cpu_seconds(baseline)))
    ratios = [one / other for one, other in pairs]
    click.echo(f"CPU of a build: {statistics.median(one for one, _ in pairs):.2f} s")
    click.echo(f"CPU of jieba.initialize(), warm cache: {statistics.median(other for _, other in pairs):.2f} s")
    click.echo(f"Ratio, median of {PAIRS} interleaved pairs: {statistics.median(ratios):.2f} (aim: at most 2.5)")


if __name__ == "__main__":
    main()
