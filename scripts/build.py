"""The command line: seeds -> edition.db -> exports, what an editor should look at, names in any text."""

from __future__ import annotations

import os
import sqlite3
import sys
from datetime import date
from pathlib import Path

import click
import handing_on
import outcome
from banmian.pipeline import database, keys, opinions, public, stamps, texts, workers
from banmian.pipeline.alone import alone
from banmian.pipeline.garbage import sought_seldom
from banmian.pipeline.plausible import ImplausibleError
from banmian.pipeline.workers import Hands
from banmian.seeds import Seeds, SeedsError, read_seeds
from banmian.seeds.dates import to_come
from banmian.seeds.folders import EDITIONS_FILE
from banmian.store import CheckError
from banmian.words.remarks import in_both
from handing_on import BUILT
from progress import Shown

FOLDER = click.Path(path_type=Path, file_okay=False)
FAILURES = (
    *(SeedsError, CheckError, opinions.OpinionError, workers.WorkersError, ImplausibleError),
    *(OSError, sqlite3.Error),
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
@click.option(
    "--scheduler",
    envvar="SCHEDULER",
    metavar="ADDRESS",
    help="The Dask scheduler whose workers read instead, such as tcp://10.0.0.1:8786; see the README.",
)
@click.option(
    "--strict", is_flag=True, envvar="STRICT", help="Publish nothing where a page or edition is far from usual."
)
@SECOND_OPINION
def build(
    seeds_folder: Path | None,
    build_folder: Path,
    jobs: int,
    scheduler: str | None,
    strict: bool,
    second_opinion: str | None,
) -> None:
    """Build edition.db, unless the one that is there is of these very seeds, this code and these libraries.

    What earlier builds read and what has not changed since is kept in BUILD/.cache and not read anew.
    """
    known = stamps.read(build_folder)
    folder = seeds_folder or (Path(known.folder) if known else Path("seeds"))
    if folder.resolve() == build_folder.resolve():
        raise click.UsageError("SEEDS and BUILD must be two folders")
    before = stamps.published(build_folder)
    try:
        with alone(build_folder, outcome.say_who_builds), sought_seldom():
            before = stamps.published(build_folder)
            problems = _build_what_changed(folder, build_folder, Hands(jobs, second_opinion, scheduler or None), strict)
    except FAILURES as error:
        click.echo(
            f"{outcome.what_became(build_folder, before)}.\n{error}{outcome.if_full(error, build_folder)}", err=True
        )
        sys.exit(1)
    except KeyboardInterrupt:
        stopped = "\nStopped" if before == stamps.published(build_folder) else "\nStopped after it was published"
        stays = outcome.what_stays(build_folder, before)
        click.echo(f"{stopped}{stays}. What was read is kept; build again to go on.", err=True)
        sys.exit(130)
    if problems:
        click.echo("Left out:\n" + "\n".join(f"  {problem}" for problem in problems), err=True)
        outcome.say_how_to_accept(build_folder)
        sys.exit(1)


def _build_what_changed(folder: Path, build_folder: Path, hands: Hands, is_strict: bool) -> list[str]:
    """Build unless all is as the stamp says; what had to be left out."""
    known = stamps.read(build_folder)
    # Before anything is read: what changes while it is read is another file for the next build.
    with Shown() as progress:
        progress.stage("seeds_seen")
        facts = stamps.facts(folder, hands.second_opinion)
    if known and known.is_of(facts, build_folder):
        click.echo(f"{build_folder / stamps.DATABASE} is up to date.")
        outcome.say_renewed(public.renew(build_folder))
        if (record := keys.accepted(build_folder)) is not None:
            outcome.stamp(build_folder, outcome.keep_keys(folder, facts, record), known.problems)
        return known.problems
    with Shown() as progress:
        progress.stage("seeds")
        seeds = read_seeds(folder)
    problems, record = _build(seeds, folder, build_folder, hands, is_strict)
    outcome.say_renewed(public.renew(build_folder))
    # Without a stamp the next build gives the same keys once more.
    outcome.stamp(build_folder, outcome.keep_keys(folder, facts, record), problems)
    return problems


def _build(
    seeds: Seeds, seeds_folder: Path, build_folder: Path, hands: Hands, is_strict: bool
) -> tuple[list[str], str | None]:
    """Build, say what was built, and return what had to be left out, and the record of keys if all is published."""
    outcome.say_what_was_not_read(seeds)
    if not seeds.editions:
        raise SeedsError(*seeds.problems)
    target = build_folder / stamps.DATABASE
    new = build_folder / stamps.NEW_DATABASE
    # With a page missing, what is published stays until a person accepts the new database.
    path = new if seeds.problems and target.exists() else target
    editions_file = seeds_folder / EDITIONS_FILE
    with Shown() as progress:
        built = database.build(seeds, build_folder, editions_file, path, hands, progress, is_strict)
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
    if known and Path(known.folder).resolve() != folder.resolve():
        raise click.UsageError(
            f"{build_folder / stamps.DATABASE} was built from {known.folder}, and its readers would see {folder}. "
            f"Name a folder of its own: make desk SEEDS={folder} BUILD={folder}-build "
            f"(or first run make build SEEDS={folder})"
        )
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
@SECOND_OPINION
def names_command(file: Path, city: str | None, second_opinion: str | None) -> None:
    """Find the people and organizations in each text of FILE, one JSON object {"id", "text"} a line.

    Writes {"id", "mentions"} for each, in the same order, on standard output, and progress on standard error. Offsets
    count code points, the end exclusive.
    """
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


for command in handing_on.COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
