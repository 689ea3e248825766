"""Names in any text, without pages or a database: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from banmian import opinions, words
from banmian.names import read_names
from banmian.records import Article, Field, Names, Paragraph, Piece


def article_of(text: str) -> Article:
    """An article whose body is `text`; its lines are the paragraphs."""
    paragraphs, at = [], 0
    for position, line in enumerate(text.split("\n"), 1):
        paragraphs.append(Paragraph(position, "paragraph", at, at + len(line)))
        at += len(line) + 1
    pieces = (Piece(0, len(text), 0, len(text)),) if text else ()
    return Article({"body": Field(text, pieces)} if text else {}, tuple(paragraphs))


def mentions_of(names: Names) -> list[dict[str, Any]]:
    """The mentions as records; `name` is the full name, `type` that of an organization."""
    types = {organization.key: organization.type for organization in names.organizations}
    full = {person.key: person.name for person in names.people}
    full |= {organization.key: organization.name for organization in names.organizations}
    return [
        {
            "start": mention.start,
            "end": mention.end,
            "kind": mention.kind,
            "surface": mention.surface,
            "name": full[mention.name],
            "type": types[mention.name] if mention.kind == "organization" else None,
            "role": mention.role,
            "part": mention.part,
            "rule": mention.rule,
        }
        for mention in names.mentions
    ]


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file as {"id", "text"}. Raises ClickException with file, line and what is expected."""
    with path.open(encoding="utf-8") as file:
        try:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record(path, number, line)
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{path}: not UTF-8 ({error.reason}). Save it as UTF-8") from error


def _record(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise click.ClickException(f"{path}, line {number}: not JSON ({error}): {line.strip()[:40]}") from error
    if not isinstance(record, dict) or "id" not in record or not isinstance(record.get("text"), str):
        expected = '{"id": …, "text": "…"}'
        raise click.ClickException(f"{path}, line {number}: expected {expected}, found {line.strip()[:40]}")
    return record


def _line(record: dict[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair stands in JSON only as an escape.
        return json.dumps(record).encode() + b"\n"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--city", help="The city that 市 means, such as 上海市; without it names that need one stay as printed.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(tempfile.gettempdir()) / "banmian",
    help="Where jieba keeps its dictionary once it is read.",
)
@click.option(
    "--second-opinion",
    envvar=opinions.VARIABLE,
    metavar="MODULE:FUNCTION",
    help="A function (text) -> [(start, end, kind)] that may add names where the rules find none.",
)
def main(file: Path, city: str | None, cache: Path, second_opinion: str | None) -> None:
    """Find the people and organizations in each text of FILE, one JSON object {"id", "text"} a line.

    Writes {"id", "mentions"} for each, in the same order. Offsets count code points, the end exclusive.
    """
    words.use_cache(cache)
    try:
        backend = opinions.load(second_opinion) if second_opinion else None
    except opinions.OpinionError as error:
        raise click.ClickException(str(error)) from error
    for record in records(file):
        found = mentions_of(read_names([article_of(record["text"])], city, backend))
        sys.stdout.buffer.write(_line({"id": record["id"], "mentions": found}))


if __name__ == "__main__":
    main()
