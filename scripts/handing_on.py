"""The commands that make of a database what is handed on: the public's database, exports, releases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
import outcome
from banmian.pipeline import public, stamps
from banmian.pipeline.alone import alone
from banmian.store import CheckError

FOLDER = click.Path(path_type=Path, file_okay=False)
BUILT = click.option(
    "--build", "build_folder", type=FOLDER, default="build", show_default=True, help="Where edition.db is."
)
METADATA = click.option(
    "--metadata",
    "metadata_file",
    type=click.Path(path_type=Path, exists=True),
    default="metadata.yml",
    show_default=True,
    help="Titles, source and rights.",
)


@click.command("public")
@BUILT
def public_command(build_folder: Path) -> None:
    """Make public/edition.db, which has no text that `shown` in editions.yml keeps back; each build then renews it."""
    if not (build_folder / stamps.DATABASE).exists():
        raise click.ClickException(f"{build_folder / stamps.DATABASE} does not exist. Run `make build` first")
    try:
        with alone(build_folder, outcome.say_who_builds):
            outcome.say_renewed(public.make(build_folder))
    except (CheckError, OSError, sqlite3.Error) as error:
        raise click.ClickException(f"{error}{outcome.if_full(error, build_folder)}") from error


@click.command("export")
@BUILT
@METADATA
def export_command(build_folder: Path, metadata_file: Path) -> None:
    """Write every table as CSV and JSON into export/, with source, rights and SHA256SUMS."""
    # What only an export needs (sqlite-utils) costs a build a tenth of its start.
    from banmian.store import export

    _export(export.export, build_folder, metadata_file, "export", "files")


@click.command("export-facts")
@BUILT
@METADATA
def export_facts_command(build_folder: Path, metadata_file: Path) -> None:
    """Write every table without running text into facts/: facts, offsets, names, offices, counts and dates."""
    from banmian.store import facts

    _export(facts.export_facts, build_folder, metadata_file, "facts", "files without running text")


def _export(
    write: Callable[[Path, Path, Path], Path], build_folder: Path, metadata_file: Path, name: str, what: str
) -> None:
    from banmian.store.export import ExportError

    try:
        folder = write(build_folder / stamps.DATABASE, metadata_file, build_folder / name)
    except ExportError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Exported to {folder}: {len(list(folder.rglob('*.*')))} {what}, checksums in SHA256SUMS.")


@click.command("release")
@BUILT
@METADATA
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of the release, by default today.")
def release_command(build_folder: Path, metadata_file: Path, date: datetime | None) -> None:
    """Put the next release into releases/: edition.db, its export, a Data Package, how to cite it, what changed."""
    from banmian.store import export, release

    day = (date or datetime.now()).date().isoformat()
    try:
        made = release.release(build_folder / stamps.DATABASE, metadata_file, build_folder / "releases", day)
    except (export.ExportError, release.ReleaseError) as error:
        raise click.ClickException(str(error)) from error
    if made is None:
        click.echo("Nothing changed since the last release.")
        return
    for one in made.changes:
        click.echo(
            f"{one.table}: {len(one.added):,} added, {len(one.changed):,} changed, {len(one.withdrawn):,} withdrawn"
        )
    click.echo(f"Release {made.number} is in {made.folder}; what changed says its CHANGES.md.")


COMMANDS = (public_command, export_command, export_facts_command, release_command)
