"""The questions that are asked already: files of SQL with a head (scripts/banmian/site/queries/*.sql).

The head is YAML in comments at the beginning of the file:

    -- title: 中文 · English
    -- description: 中文 · English
    -- group: people                one of the groups in about.yml: what the question is about
    -- order: 1                     its place in the group
    -- parameters:
    --   person:                    :person in the SQL
    --     meaning: 中文 · English
    --     type: text               or integer, date
    --     default: 全部 · all       what an empty one means: words, or the number or date itself
    --     choices: {sql: ...}      a SELECT of values, or of values and labels, the likeliest first
    --                              or {values: table.column}, the values that fields.yml allows there, or [value, ...]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from docs.fields import DescriptionError, Fields, halves

QUERIES = Path(str(resources.files("banmian.site"))) / "queries"
TYPES = ("text", "integer", "date")
_HEAD = ("title", "description", "group", "order")
_PARAMETER = ("meaning", "type", "default")


@dataclass(frozen=True, slots=True)
class Query:
    """A question: `about` is its head, checked, with the choices of each parameter resolved."""

    name: str
    about: Mapping[str, Any]
    sql: str


def read_queries(fields: Fields, groups: Iterable[str], folder: Path = QUERIES) -> list[Query]:
    """The questions in the order of their groups. Raises DescriptionError, naming the file, where a head is wrong."""
    rank = {group: place for place, group in enumerate(groups)}
    queries = [read_query(path.stem, path.read_text("utf-8"), fields) for path in sorted(folder.glob("*.sql"))]
    for query in queries:
        if query.about["group"] not in rank:
            raise _wrong(query.name, f"no group {query.about['group']!r}. about.yml has: {', '.join(rank)}")
    return sorted(queries, key=lambda query: (rank[query.about["group"]], query.about["order"], query.name))


def read_query(name: str, text: str, fields: Fields) -> Query:
    """The question that `text`, the content of a file, asks. Raises DescriptionError where its head is wrong."""
    lines = text.splitlines()
    size = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    try:
        head = yaml.safe_load("\n".join(line.removeprefix("--").removeprefix(" ") for line in lines[:size]))
    except yaml.YAMLError as error:
        raise _wrong(name, f"the head is not YAML: {error}") from error
    sql = "\n".join(lines[size:]).strip()
    _require(name, "the head", head, _HEAD, ("parameters",))
    parameters = head.get("parameters", {})
    asked = dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)\b", re.sub(r"'(?:[^']|'')*'", "", sql)))
    if set(asked) != set(parameters):
        raise _wrong(name, f"the SQL asks for {sorted(asked)}, the head explains {sorted(parameters)}. Make them agree")
    explained = {key: _parameter(name, key, about, fields) for key, about in parameters.items()}
    return Query(name, {**head, "parameters": explained}, sql)


def _parameter(name: str, key: str, about: Any, fields: Fields) -> dict[str, Any]:
    _require(name, f"the parameter {key}", about, _PARAMETER, ("choices",))
    if about["type"] not in TYPES:
        raise _wrong(name, f"{key} has the type {about['type']!r}. Known: {', '.join(TYPES)}")
    parameter = {part: about[part] for part in _PARAMETER}
    choices = about.get("choices")
    match choices:
        case None:
            return parameter
        case {"sql": str(sql)} if len(choices) == 1:
            return {**parameter, "choices_sql": sql}
        case {"values": str(place)} if len(choices) == 1 and place.count(".") == 1:
            values = fields.of(*place.split(".")).values
            if not values:
                raise _wrong(name, f"fields.yml allows {place} any value. State the choices of {key}")
            return {**parameter, "choices": {value: _label(value, label) for value, label in values.items()}}
        case [*values]:
            return {**parameter, "choices": {str(value): str(value) for value in values}}
    raise _wrong(name, f"the choices of {key} must be {{sql: ...}}, {{values: table.column}} or a list: {choices}")


def _label(value: str, label: str) -> str:
    chinese, english = halves(label)
    return " · ".join(filter(None, (chinese, value + (f" ({english})" if english else ""))))


def _require(name: str, what: str, about: Any, needed: Iterable[str], possible: Iterable[str]) -> None:
    keys = set(about) if isinstance(about, dict) else set()
    if lacking := [key for key in needed if key not in keys or about[key] in (None, "")]:
        raise _wrong(name, f"{what} lacks {', '.join(lacking)}")
    if unknown := sorted(keys - {*needed, *possible}):
        raise _wrong(name, f"{what} has an unknown key: {', '.join(unknown)}")


def _wrong(name: str, reason: str) -> DescriptionError:
    return DescriptionError(f"site/queries/{name}.sql: {reason}")
