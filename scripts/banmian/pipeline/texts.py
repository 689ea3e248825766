"""Names in any text, without pages or a database: JSON lines {"id", "text"} -> JSON lines {"id", "mentions"}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banmian.names import Backend, read_names
from banmian.records import Article, Field, Names, Paragraph, Piece


class TextsError(Exception):
    """A line that is no {"id", "text"}: says the file, the line, and what is expected."""


def named(path: Path, city: str | None, backend: Backend | None) -> Iterator[bytes]:
    """For each line of `path` one of JSON, UTF-8, with the mentions in its text. Raises TextsError, OSError."""
    for record in _records(path):
        found = mentions_of(read_names([article_of(record["text"])], city, backend))
        yield _line({"id": record["id"], "mentions": found})


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


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        try:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record(path, number, line)
        except UnicodeDecodeError as error:
            raise TextsError(f"{path}: not UTF-8 ({error.reason}). Save it as UTF-8") from error


def _record(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise TextsError(f"{path}, line {number}: not JSON ({error}): {line.strip()[:40]}") from error
    if not isinstance(record, dict) or "id" not in record or not isinstance(record.get("text"), str):
        expected = '{"id": …, "text": "…"}'
        raise TextsError(f"{path}, line {number}: expected {expected}, found {line.strip()[:40]}")
    return record


def _line(record: dict[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair stands in JSON only as an escape.
        return json.dumps(record).encode() + b"\n"
