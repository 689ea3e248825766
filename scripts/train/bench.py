"""What a build costs, as a ratio to a baseline measured in the same run: seconds alone mean nothing elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from banmian.page import read_page
from banmian.seeds import read_seeds

from train.variants import shapes, variant

SCRIPTS = Path(__file__).parents[1]
PAIRS = 9
# Start of the segmenter that every build needs, with its cache in place.
BASELINE = "import jieba; jieba.dt.tmp_dir, jieba.dt.cache_file = {cache!r}, 'jieba.cache'; jieba.initialize()"


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of a command and its children. Raises CalledProcessError where it fails."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def names(texts: Sequence[str]) -> str:
    """Characters a CPU second of the names stage in `texts` beside those of jieba.posseg, its start-up and memory."""
    found: dict[str, list[dict[str, float]]] = {"names": [], "posseg": []}
    for _ in range(PAIRS):
        for reader, measured in found.items():
            command = [sys.executable, "-m", "train.speed", reader]
            done = subprocess.run(
                command, input=json.dumps(texts).encode(), cwd=SCRIPTS, check=True, capture_output=True
            )
            measured.append(json.loads(done.stdout))
    ratio = statistics.median(
        one["speed"] / other["speed"] for one, other in zip(found["names"], found["posseg"], strict=True)
    )
    own = {key: statistics.median(one[key] for one in found["names"]) for key in found["names"][0]}
    return (
        f"Names: {own['speed']:,.0f} characters a CPU second, {ratio:.2f} times jieba.posseg (median of {PAIRS} pairs);"
        f" {own['startup']:.1f} s with the first text, {own['memory']:.0f} MiB"
    )


def structure(seeds: Path, count: int) -> str:
    """How many articles are exact, in every line, kind and join, on `count` pages set anew from those of `seeds`."""
    right = total = whole = 0
    articles = [
        a for e in read_seeds(seeds).editions for p in e.pages for a in read_page(p.text, p.corrections).articles
    ]
    for seed in range(count):
        text, expected = variant(articles, seed)
        found = shapes(read_page(text))
        exact = sum(shape in found for shape in expected)
        right, total, whole = right + exact, total + len(expected), whole + (exact == len(expected))
    return f"Articles exact on {count} pages set anew: {right / total:.4f}; pages exact: {whole / count:.4f}"


@click.command()
@click.option(
    "--variants", default=100, show_default=True, help="How many pages to set anew from the articles of SEEDS."
)
@click.option("--seeds", type=click.Path(path_type=Path, exists=True), default="seeds", show_default=True)
@click.option("--texts", type=click.Path(path_type=Path, exists=True), help='Lines {"text"} to read names in.')
def main(seeds: Path, variants: int, texts: Path | None) -> None:
    """Print the CPU of a whole build of SEEDS as a ratio to jieba.initialize(), that of names in TEXTS (else in SEEDS)
    as one to jieba.posseg, and how pages set anew are read.
    """
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, str(SCRIPTS / "build.py"), "build", "--seeds", str(seeds), "--build", folder]
        baseline = [sys.executable, "-c", BASELINE.format(cache=str(Path(folder) / ".cache"))]
        cpu_seconds(build)
        pairs = []
        for _ in range(PAIRS):
            (Path(folder) / "edition.stamp").unlink()
            shutil.rmtree(Path(folder) / ".cache" / "read")
            pairs.append((cpu_seconds(build), cpu_seconds(baseline)))
    ratios = [one / other for one, other in pairs]
    click.echo(f"CPU of a build: {statistics.median(one for one, _ in pairs):.2f} s")
    click.echo(f"CPU of jieba.initialize(), warm cache: {statistics.median(other for _, other in pairs):.2f} s")
    click.echo(f"Ratio, median of {PAIRS} interleaved pairs: {statistics.median(ratios):.2f} (aim: at most 2.5)")
    if texts is not None:
        click.echo(names([json.loads(line)["text"] for line in texts.read_text("utf-8").splitlines()]))
    else:
        click.echo(names([p.text for e in read_seeds(seeds).editions for p in e.pages]))
    if variants:
        click.echo(structure(seeds, variants))


if __name__ == "__main__":
    main()
