"""The command line: seeds -> edition.db -> exports, what an editor should look at, names in any text."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from banmian import words
from banmian.pipeline import database, keys, opinions, stamps, texts, workers
from banmian.seeds import Edition, Seeds, SeedsError, read_seeds
from banmian.seeds.dates import to_come
from banmian.seeds.folders import EDITIONS_FILE, KEYS_FILE
from banmian.store import CheckError
from banmian.words.remarks import in_both

FOLDER = click.Path(path_type=Path, file_okay=False)
# How many of the files that are no pages are named.
_SHOWN = 20
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
SECOND_OPINION = click.option(
    "--second-opinion",
    envvar=opinions.VARIABLE,
    metavar="MODULE:FUNCTION",
    help="A function (text) -> [(start, end, kind)] that may add names where the rules find none.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Banmian: newspaper pages as open data."""


def _folder_named(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """An empty name would mean the folder one stands in, and what is in it would be written over."""
    if value is not None and not str(value).strip(". /"):
        raise click.BadParameter("name a folder of its own, not the one that you stand in")
    return value


@main.command()
@click.option(
    "--seeds",
    "seeds_folder",
    type=FOLDER,
    help="The folder of pages; by default the one that the database in BUILD was built from, else seeds.",
)
@click.option(
    "--build",
    "build_folder",
    type=FOLDER,
    default="build",
    show_default=True,
    callback=_folder_named,
    help="Where the database goes.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=workers.default_jobs,
    envvar="JOBS",
    help="How many processes read at once; by default one for each core.",
)
@SECOND_OPINION
def build(seeds_folder: Path | None, build_folder: Path, jobs: int, second_opinion: str | None) -> None:
    """Build edition.db, unless the one that is there is of these very seeds, this code and these libraries.

    What earlier builds read and what has not changed since is kept in BUILD/.cache and not read anew.
    """
    known = stamps.read(build_folder)
    folder = seeds_folder or (Path(known.folder) if known else Path("seeds"))
    try:
        if folder.resolve() == build_folder.resolve():
            raise click.UsageError("SEEDS and BUILD must be two folders")
        # Before anything is read: what changes while it is read is another file for the next build.
        facts = stamps.facts(folder, second_opinion)
        if known and known.is_of(facts, build_folder):
            click.echo(f"{build_folder / stamps.DATABASE} is up to date.")
            problems = known.problems
            if (record := keys.accepted(build_folder)) is not None:
                _stamp(build_folder, _keep_keys(folder, facts, record), problems)
        else:
            problems, record = _build(read_seeds(folder), folder, build_folder, second_opinion, jobs)
            # Without a stamp the next build gives the same keys once more.
            _stamp(build_folder, _keep_keys(folder, facts, record), problems)
    except (SeedsError, CheckError, opinions.OpinionError, workers.WorkersError, OSError, sqlite3.Error) as error:
        click.echo(f"Nothing was built{_what_stays(build_folder)}.\n{error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(f"\nStopped{_what_stays(build_folder)}. What was read is kept; build again to go on.", err=True)
        sys.exit(130)
    if problems:
        click.echo("Left out:\n" + "\n".join(f"  {problem}" for problem in problems), err=True)
        _say_how_to_accept(build_folder)
        sys.exit(1)


def _what_stays(build_folder: Path) -> str:
    return ", what was published stays" if (build_folder / stamps.DATABASE).exists() else ""


def _stamp(build_folder: Path, facts: dict[str, Any], problems: list[str]) -> None:
    """Without a stamp the next build writes everything once more, but what was published is right."""
    try:
        stamps.write(build_folder, facts, problems)
    except OSError as error:
        click.echo(f"Note: {build_folder} can't be written ({error}), so the next build will be a whole one.", err=True)


def _keep_keys(seeds_folder: Path, facts: dict[str, Any], record: str | None) -> dict[str, Any]:
    """Write the record of keys that was published, if there is one, beside the seeds; the facts as they are then."""
    if record is None:
        return facts
    path = seeds_folder / KEYS_FILE
    try:
        if keys.write_record(seeds_folder, record, stamps.keys_digest(facts)):
            click.echo(f"Wrote {path}, the keys that were given: keep it with the seeds.")
        return stamps.with_keys(facts, record)
    except keys.ChangedError:
        click.echo(f"Note: {path} changed while this was built, so it was left as it is. Build again.", err=True)
    except OSError as error:
        reason = f"{path} can't be written ({error})"
        click.echo(f"Note: {reason}, so addresses may change once the seeds do.", err=True)
    return facts


def _build(
    seeds: Seeds, seeds_folder: Path, build_folder: Path, second_opinion: str | None, jobs: int
) -> tuple[list[str], str | None]:
    """Build, say what was built, and return what had to be left out, and the record of keys if all is published."""
    if seeds.skipped:
        more = f" and {len(seeds.skipped) - _SHOWN:,} more" if len(seeds.skipped) > _SHOWN else ""
        click.echo(f"Skipped, not pages: {', '.join(seeds.skipped[:_SHOWN])}{more}")
    if seeds.unknown:
        more = f"\n  and {len(seeds.unknown) - _SHOWN:,} more" if len(seeds.unknown) > _SHOWN else ""
        click.echo("Not read:\n" + "\n".join(f"  {problem}" for problem in seeds.unknown[:_SHOWN]) + more)
    if not seeds.editions:
        raise SeedsError(*seeds.problems)
    target = build_folder / stamps.DATABASE
    new = build_folder / stamps.NEW_DATABASE
    # With a page missing, what is published stays until a person accepts the new database.
    path = new if seeds.problems and target.exists() else target
    editions_file = seeds_folder / EDITIONS_FILE
    if sys.stdout.isatty():
        with click.progressbar(length=len(seeds.editions), label="Editions") as bar:
            built = database.build(
                seeds, build_folder, editions_file, path, lambda _: bar.update(1), second_opinion, jobs
            )
    else:
        built = database.build(seeds, build_folder, editions_file, path, _say_done, second_opinion, jobs)
    if path == target:
        new.unlink(missing_ok=True)
    # Said and not published: what is published does not follow from the clock.
    if remark := to_come(seeds.editions, date.today()):
        click.echo(f"Note: {in_both(remark)}")
    for warning in built.warnings:
        click.echo(f"Note: {warning}")
    figures = ", ".join(f"{name} {count:,}" for name, count in built.figures.items())
    click.echo(f"Built {built.path}: {figures} (every one accounted for).")
    keys.keep_until_accepted(build_folder, built.record if path == new else None)
    return [str(problem) for problem in seeds.problems], built.record if path == target else None


def _say_how_to_accept(build_folder: Path) -> None:
    target, new = build_folder / stamps.DATABASE, build_folder / stamps.NEW_DATABASE
    if new.exists():
        text = f"{target} stays as it was. To publish the new database without what was left out: mv {new} {target}"
        click.echo(text, err=True)


def _say_done(edition: Edition) -> None:
    click.echo(f"Read edition {edition.id}.")


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--seeds", "seeds_folder", type=FOLDER, help="The folder of pages; as in build.")
@BUILT
@click.argument("serve", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def desk(context: click.Context, seeds_folder: Path | None, build_folder: Path, serve: tuple[str, ...]) -> None:
    """Build, then open the editor's desk: what is decided in the browser is written into editions.yml.

    SERVE are options of `datasette serve`. The desk answers 127.0.0.1 only.
    """
    known = stamps.read(build_folder)
    folder = seeds_folder or (Path(known.folder) if known else Path("seeds"))
    try:
        context.invoke(build, seeds_folder=folder, build_folder=build_folder)
    except SystemExit as error:
        # What was left out, or contradicts itself, is what the desk is for.
        if error.code == 130:
            raise
    database_file = build_folder / stamps.DATABASE
    files = ["-i", str(database_file)] if database_file.exists() else []
    variables = {"BANMIAN_DESK_SEEDS": str(folder.resolve()), "BANMIAN_DESK_BUILD": str(build_folder.resolve())}
    program = str(Path(sys.executable).with_name("datasette"))
    os.execve(program, [program, "serve", *files, "--host", "127.0.0.1", *serve], {**os.environ, **variables})


@main.command("export")
@BUILT
@METADATA
def export_command(build_folder: Path, metadata_file: Path) -> None:
    """Write every table as CSV and JSON into export/, with source, rights and SHA256SUMS."""
    # What only an export needs (sqlite-utils) costs a build a tenth of its start.
    from banmian.store import export

    try:
        folder = export.export(build_folder / stamps.DATABASE, metadata_file, build_folder / "export")
    except export.ExportError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Exported to {folder}: {len(list(folder.rglob('*.*')))} files, checksums in SHA256SUMS.")


@main.command("release")
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


@main.command("review")
@BUILT
@click.option("--limit", type=click.IntRange(min=1), help="At most so many of a kind, the most doubtful ones.")
@click.option("--all", "everything", is_flag=True, help="What is certain too, by rising confidence.")
def review_command(build_folder: Path, limit: int | None, everything: bool) -> None:
    """Print what is least certain as the YAML that an editor completes and puts into editions.yml."""
    from banmian.review.identities import review_names
    from banmian.review.order import review

    try:
        for line in review(build_folder / stamps.DATABASE, limit, everything):
            click.echo(line)
        for line in review_names(build_folder / stamps.DATABASE, limit):
            click.echo(line)
    except sqlite3.Error as error:
        click.echo(f"{build_folder / stamps.DATABASE} can't be read ({error}). Run `make build`", err=True)
        sys.exit(1)


@main.command("names")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--city", help="The city that 市 means, such as 上海市; without it names that need one stay as printed.")
@click.option(
    "--cache",
    type=FOLDER,
    default=Path(tempfile.gettempdir()) / "banmian",
    help="Where jieba keeps its dictionary once it is read.",
)
@SECOND_OPINION
def names_command(file: Path, city: str | None, cache: Path, second_opinion: str | None) -> None:
    """Find the people and organizations in each text of FILE, one JSON object {"id", "text"} a line.

    Writes {"id", "mentions"} for each, in the same order, on standard output, and progress on standard error. Offsets
    count code points, the end exclusive.
    """
    words.use_cache(cache)
    try:
        backend = opinions.load(second_opinion) if second_opinion else None
        read = 0
        for line in texts.named(file, city, backend):
            sys.stdout.buffer.write(line)
            read += 1
            if sys.stderr.isatty():
                click.echo(f"\r{read} texts", nl=False, err=True)
    except (opinions.OpinionError, texts.TextsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"\r{read} texts read.", err=True)


if __name__ == "__main__":
    main()
