"""edition.db -> a folder of CSV and JSON without running text: facts, offsets, names, offices, counts, dates."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import yaml

from banmian.store.data_package import data_package
from banmian.store.export import ExportError, write_export
from banmian.store.files import connect, write_checksums, write_json
from banmian.store.shown import without_text
from banmian.words.span_kinds import FIELDS

# The columns that hold text of articles, or may quote it by their purpose; what else quotes it is covered.
LEFT_OUT = {
    "articles": FIELDS,
    "corrections": ("printed", "corrected", "reason"),
    "doubts": ("printed", "suspected", "reason"),
    "identity_answers": ("texts", "missing"),
    "identity_candidates": ("evidence", "entry"),
    "paragraphs": ("text",),
    "phrases": ("phrase",),
    "readings": ("before", "after", "evidence", "runner_up_text", "entry"),
    "rulings": ("reason",),
    "source_spans": ("text",),
    "statements": ("text", "headline"),
    "warnings": ("details",),
}
_NOTICE = """# {title}: facts

What the articles say stands not here: no headline, body, paragraph, phrase or context. Here are the facts that were
found in them: which articles there are, when and where they were printed, who and what they name, with offsets, offices
as printed, and counts. `articles.address` and the offsets lead to the text wherever it may be read. This folder is
CC0 1.0 as a whole.

- Source · 来源: {source} {source_url}

## Editions · 期

{editions}

## Files · 文件

- `csv/`: every table, UTF-8 with a byte-order mark. **Cells that begin with `=`, `+`, `-`, `@`, a tab or a carriage
  return have an apostrophe put before them**: {harmless} cells here. `csv/*.csv-metadata.json` says what columns mean.
- `json/`: every table, unchanged.
- `datapackage.json`: types and keys of the tables, for programs (Data Package).
- `SHA256SUMS`: check with `sha256sum --check SHA256SUMS`.
"""
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


def export_facts(database_file: Path, metadata_file: Path, folder: Path) -> Path:
    """Write all tables without running text into `folder`, which is replaced as a whole. Same database, same bytes.

    Raises ExportError.
    """
    if not database_file.exists():
        raise ExportError(f"{database_file} does not exist. Run `make build` first")
    metadata = yaml.safe_load(metadata_file.read_text("utf-8")) | {"license": f"CC0 1.0 ({_CC0})"}
    # It speaks of the articles' text.
    metadata |= {"about": metadata["license"]}
    try:
        with without_text(database_file) as covered:
            write_export(covered, metadata, folder, LEFT_OUT, _NOTICE)
    except sqlite3.DatabaseError as error:
        raise ExportError(f"{database_file} can't be read ({error}). Remove it and run `make build`") from error
    connection = connect(database_file)
    package = {
        "name": "banmian-facts",
        "title": metadata["title"],
        "licenses": [{"name": "CC0-1.0", "path": _CC0, "title": "CC0 1.0"}],
        "sources": [{"title": metadata["source"]}],
        **data_package(connection, folder, metadata["databases"]["edition"]["tables"], LEFT_OUT, within=""),
    }
    connection.close()
    write_json(folder / "datapackage.json", package)
    (folder / "SHA256SUMS").unlink()
    write_checksums(folder)
    return folder
