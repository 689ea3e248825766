"""The folder BUILD/public: the database that strangers are served, and what must lie beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from banmian.pipeline.stamps import DATABASE
from banmian.seeds.withdrawn import SECRETS
from banmian.store.files import sha256
from banmian.store.shown import made_of, write_public


def folder_of(build_folder: Path) -> Path:
    """Where the public's database of a folder of results lies."""
    return build_folder / "public"


def make(build_folder: Path) -> Path:
    """Make the public's database of the one that is published; where it lies. Raises CheckError, OSError."""
    target = folder_of(build_folder) / DATABASE
    write_public(build_folder / DATABASE, target)
    _bring_secrets(build_folder)
    return target


def renew(build_folder: Path) -> Path | None:
    """Make it anew where there is one that was made of another database: what was withdrawn is gone with one build.

    Returns where it lies if it was made. Raises CheckError, OSError.
    """
    source = build_folder / DATABASE
    known = made_of(folder_of(build_folder) / DATABASE)
    if not (folder_of(build_folder) / DATABASE).exists() or not source.exists() or known == sha256(source):
        return None
    return make(build_folder)


def _bring_secrets(build_folder: Path) -> None:
    """The site knows addresses that are withdrawn by what lies beside its database."""
    known, here = build_folder / SECRETS, folder_of(build_folder) / SECRETS
    if known.exists():
        shutil.copyfile(known, here)
    else:
        here.unlink(missing_ok=True)
