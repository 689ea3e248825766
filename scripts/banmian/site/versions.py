"""The version of a database's tables: the pages and queries of the site fit one of them alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from banmian.site.messages import both
from banmian.store.files import connect
from banmian.store.schema import SCHEMA_VERSION

_VERSION = "SELECT value FROM build_info WHERE name = 'schema_version'"


def refusal(connection: sqlite3.Connection) -> str | None:
    """Why the site can't show this database, in words; None where it can, or where it is none of ours."""
    try:
        row = connection.execute(_VERSION).fetchone()
    except sqlite3.Error:
        return None
    if not row or row[0] == SCHEMA_VERSION:
        return None
    return both("errors.other_version", found=row[0], needed=SCHEMA_VERSION)


def require(path: Path) -> None:
    """Raises click.ClickException, at which a server does not begin, where the site can't show the database."""
    connection = connect(path)
    try:
        reason = refusal(connection)
    finally:
        connection.close()
    if reason:
        raise click.ClickException(f"{path}: {reason}")
