"""The command line: seeds -> build/edition.db, and edition.db -> build/export/."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import click
from banmian import export, pipeline
from banmian.seeds import Edition, Seeds, SeedsError, read_seeds
from banmian.seeds.files import EDITIONS_FILE, list_folder
from banmian.store import CheckError

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Banmian: newspaper pages as open data."""


@main.command()
@click.option("--seeds", "seeds_folder", type=FOLDER, default="seeds", show_default=True, help="The folder of pages.")
@click.option(
    "--build", "build_folder", type=FOLDER, default="build", show_default=True, help="Where the database goes."
)
def build(seeds_folder: Path, build_folder: Path) -> None:
    """Build edition.db, unless the one that is there is of these very seeds, this code and these libraries."""
    target = build_folder / pipeline.DATABASE
    stamp_file = build_folder / pipeline.STAMP
    try:
        list_folder(seeds_folder)
        if (
            target.exists()
            and stamp_file.exists()
            and stamp_file.read_text("utf-8") == pipeline.stamp(seeds_folder, target)
        ):
            click.echo(f"{target} is up to date.")
            return
        seeds = read_seeds(seeds_folder)
        _build(seeds, seeds_folder, build_folder, target)
        if not seeds.problems:
            target.with_name(target.name + ".new").unlink(missing_ok=True)
            stamp_file.write_text(pipeline.stamp(seeds_folder, target), "utf-8")
    except (SeedsError, CheckError, OSError, sqlite3.Error) as error:
        click.echo(f"Nothing was built, what was published stays.\n{error}", err=True)
        sys.exit(1)
    if seeds.problems:
        sys.exit(1)


def _build(seeds: Seeds, seeds_folder: Path, build_folder: Path, target: Path) -> None:
    if seeds.skipped:
        click.echo(f"Skipped, not pages (*.txt): {', '.join(seeds.skipped)}")
    if seeds.problems:
        click.echo("Left out:\n" + pipeline.problems_text(seeds.problems), err=True)
    if not seeds.editions:
        raise SeedsError(*seeds.problems)
    # With a page missing, what is published stays until a person accepts the new database.
    beside = bool(seeds.problems) and target.exists()
    path = target.with_name(target.name + ".new") if beside else target
    if sys.stdout.isatty():
        with click.progressbar(length=len(seeds.editions), label="Editions") as bar:
            built = pipeline.build(seeds, build_folder, seeds_folder / EDITIONS_FILE, path, lambda _: bar.update(1))
    else:
        built = pipeline.build(seeds, build_folder, seeds_folder / EDITIONS_FILE, path, _say_done)
    for warning in built.warnings:
        click.echo(f"Note: {warning}")
    figures = ", ".join(f"{name} {count:,}" for name, count in built.figures.items())
    click.echo(f"Built {built.path}: {figures} (every one accounted for).")
    if beside:
        click.echo(
            f"{target} stays as it was. To publish the new database without what was left out: mv {path} {target}",
            err=True,
        )


def _say_done(edition: Edition) -> None:
    click.echo(f"Read edition {edition.id}.")


@main.command("export")
@click.option("--build", "build_folder", type=FOLDER, default="build", show_default=True, help="Where edition.db is.")
@click.option(
    "--metadata",
    "metadata_file",
    type=click.Path(path_type=Path, exists=True),
    default="metadata.yml",
    show_default=True,
    help="Titles, source and rights.",
)
def export_command(build_folder: Path, metadata_file: Path) -> None:
    """Write every table as CSV and JSON into export/, with source, rights and SHA256SUMS."""
    try:
        folder = export.export(build_folder / pipeline.DATABASE, metadata_file, build_folder / "export")
    except export.ExportError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"Exported to {folder}: {len(list(folder.rglob('*.*')))} files, checksums in SHA256SUMS.")


if __name__ == "__main__":
    main()
