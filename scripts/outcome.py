"""What a build left out, and what became of it: in words for the terminal, its stamp, and the record of keys."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Any

import click
from banmian.pipeline import keys, stamps
from banmian.records import Remark
from banmian.seeds import Seeds
from banmian.seeds.folders import KEYS_FILE
from banmian.words.remarks import in_both

# How many of the files that are no pages are named.
_SHOWN = 20
# How a system, and SQLite, says that there is no room for more: none on the disk, or none for this user or process.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


def say_what_was_not_read(seeds: Seeds) -> None:
    """Name the files that are no pages, and those that look like pages and were not read."""
    if seeds.skipped:
        more = f" and {len(seeds.skipped) - _SHOWN:,} more" if len(seeds.skipped) > _SHOWN else ""
        click.echo(f"Skipped, not pages: {', '.join(seeds.skipped[:_SHOWN])}{more}")
    if seeds.unknown:
        more = f"\n  and {len(seeds.unknown) - _SHOWN:,} more" if len(seeds.unknown) > _SHOWN else ""
        click.echo("Not read:\n" + "\n".join(f"  {problem}" for problem in seeds.unknown[:_SHOWN]) + more)


def say_who_builds(process: str) -> None:
    """Say that a build waits for that of another process."""
    click.echo(f"Another build (process {process}) is at work here; waiting for it.", err=True)


def what_became(build_folder: Path, before: tuple[object, object]) -> str:
    """What an error leaves; `before` is what was published when the build began."""
    now = stamps.published(build_folder)
    if before == now:
        return f"Nothing was built{what_stays(build_folder, before)}"
    if before[0] == now[0]:
        return f"The new database lies beside the published one in {build_folder}; what failed came after it"
    return f"The database was built and is published in {build_folder}; what failed came after it"


def what_stays(build_folder: Path, before: tuple[object, object]) -> str:
    """That what was published stays, where something was and nothing else is by now; else nothing."""
    is_as_before = before == stamps.published(build_folder)
    return ", what was published stays" if is_as_before and (build_folder / stamps.DATABASE).exists() else ""


def if_full(error: Exception, build_folder: Path) -> str:
    """What to do where the error is that the disk is full; else nothing."""
    is_full = getattr(error, "errno", None) in _FULL or getattr(error, "sqlite_errorcode", None) in _FULL_SQLITE
    return f"\n{in_both(Remark('disk_full', {'folder': str(build_folder)}))}" if is_full else ""


def say_renewed(path: Path | None) -> None:
    """Say that the public's database was made, where it was."""
    if path is not None:
        click.echo(f"Made {path}, which holds what editions.yml lets the public see.")


def say_how_to_accept(build_folder: Path) -> None:
    """Say how a new database that lacks pages is published, where one waits."""
    target, new = build_folder / stamps.DATABASE, build_folder / stamps.NEW_DATABASE
    if new.exists():
        text = f"{target} stays as it was. To publish the new database without what was left out: mv {new} {target}"
        click.echo(text, err=True)


def stamp(build_folder: Path, facts: dict[str, Any], problems: list[str]) -> None:
    """Without a stamp the next build writes everything once more, but what was published is right."""
    try:
        stamps.write(build_folder, facts, problems)
    except OSError as error:
        click.echo(f"Note: {build_folder} can't be written ({error}), so the next build will be a whole one.", err=True)


def keep_keys(seeds_folder: Path, facts: dict[str, Any], record: str | None) -> dict[str, Any]:
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
