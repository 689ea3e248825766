"""The JSON Schema of editions.yml, by which editors complete and check it: made of scripts/banmian/seeds/keys.yml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import click
import yaml
from banmian.seeds import public_people
from banmian.seeds.corrections import DOUBT_STATUSES
from banmian.seeds.facts import SHOWN
from banmian.seeds.folders import SUFFIXES
from banmian.seeds.identities import DECISIONS, IDENTITY_KINDS
from banmian.seeds.missing import KINDS
from banmian.seeds.order import IN_ARTICLE
from banmian.seeds.withdrawn import WITHDRAWN_KINDS
from banmian.words.span_kinds import LINKS, SPAN_KINDS, STATED

Json = dict[str, Any]

_WIDTH = 110

_LISTS = {
    ":decisions": DECISIONS,
    ":doubt_statuses": DOUBT_STATUSES,
    ":identity_kinds": IDENTITY_KINDS,
    ":lines_of_articles": IN_ARTICLE,
    ":links": LINKS,
    ":missing_kinds": KINDS,
    ":public_people": public_people.DECISIONS,
    ":shown": SHOWN,
    ":stated_kinds": STATED,
    ":withdrawn_kinds": WITHDRAWN_KINDS,
}
# Every scalar is read as the text that stands in the file: 1 and true are texts too.
_SCALARS = ["string", "number", "boolean"]
_SOME = {"anyOf": [{"type": "string", "minLength": 1}, {"type": ["number", "boolean"]}]}
_PAGES: Json = {"type": "string", "pattern": r"^[A-Za-z]{0,2}\d{1,3}((-|\.\.)[A-Za-z]{0,2}\d{1,3})?$"}
_DATES: Json = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?$"}


def _one_or_list(one: Json) -> Json:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


_PATH = rf"([^/.][^/]*/)*[^/]*({'|'.join(map(re.escape, SUFFIXES))})"
_TYPES: Mapping[str, Json] = {
    "text": {"type": _SCALARS},
    "word": {"type": _SCALARS, "pattern": r"^[^/\s]+$"},
    "secret": {"type": "string", "minLength": 16},
    "number": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+$"}]},
    "count": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^0*[1-9]\d*$"}]},
    "issn": {"type": "string", "pattern": r"^\d{4}-?\d{3}[\dXx]$"},
    "cn": {"type": "string", "pattern": r"^(CN ?)?\d{2}-\d{4}(/[0-9A-Z.-]+)?$"},
    "pages": _one_or_list({"anyOf": [{"type": "integer", "minimum": 0, "maximum": 999}, _PAGES]}),
    "dates": _one_or_list(_DATES),
    "namesake": {"type": "string", "pattern": r"^[^/\s]+-([2-9]|[1-9]\d+)$"},
    "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "texts": {"anyOf": [*_SOME["anyOf"], {"type": "array", "items": _SOME}]},
    "page": {"type": "string", "pattern": rf"^{_PATH}$"},
    "part": {"type": "string", "pattern": rf"^{_PATH}(#\d+)?$"},
    "files": {"type": "string", "pattern": r"\{(date|year|issue)\}|\.jsonl$"},
    "edition": {"type": "string", "pattern": r"^[^/\s]*\{(date|year|issue)\}[^/\s]*$"},
}


def editions_schema() -> Json:
    """The schema: the file is a mapping with lists of editions and of rules, or a list of editions."""
    kinds = yaml.safe_load((resources.files("banmian.seeds") / "keys.yml").read_text("utf-8"))
    editions, rules, withdrawn, people = (
        {"type": ["array", "null"], "items": {"$ref": f"#/definitions/{kind}"}}
        for kind in ("edition", "rule", "withdrawn", "people")
    )
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Made by scripts/docs/editions_schema.py (make docs) of scripts/banmian/seeds/keys.yml.",
        "title": "editions.yml",
        "anyOf": [
            {
                "type": "object",
                "properties": {"editions": editions, "rules": rules, "withdrawn": withdrawn, "people": people},
                "additionalProperties": False,
            },
            editions,
        ],
        "definitions": {kind: _entry(keys) for kind, keys in kinds.items()},
    }


def _entry(keys: Mapping[str, Any]) -> Json:
    described: dict[str, dict[str, Any]] = {
        key: {"meaning": about} if isinstance(about, str) else about for key, about in keys.items()
    }
    forms = keys.get("forms", [])
    described.pop("forms", None)
    schema: Json = {
        "type": "object",
        "properties": {key: _value(about) for key, about in described.items()},
        "required": [key for key, about in described.items() if about.get("required")],
        "additionalProperties": False,
    }
    lists = [key for key, about in described.items() if "texts or entries" in about.get("is", ())]
    going = [_going_with(key, about["with"]) for key, about in described.items() if "with" in about]
    needing = [(key, about["needs"]) for key, about in described.items() if "needs" in about]
    going += [_needing(key, value, other) for key, needs in needing for value, other in needs.items()]
    schema |= {"allOf": going} if going else {}
    return schema | ({"oneOf": [_form(form, lists) for form in forms]} if forms else {})


def _going_with(key: str, other: str) -> Json:
    """A key that says more of another one: without that one it is empty."""
    empty: Json = {"properties": {key: {"enum": [None, ""]}}}
    return {"anyOf": [empty, {"required": [other], "properties": {other: _SOME}}]}


def _needing(key: str, value: str, other: str) -> Json:
    """A key that with this value needs another one."""
    not_so: Json = {"properties": {key: {"not": {"enum": [value]}}}}
    return {"anyOf": [not_so, {"required": [other], "properties": {other: _SOME}}]}


def _value(about: Mapping[str, Any]) -> Json:
    of, required = about.get("is", "text"), about.get("required", False)
    if isinstance(of, str):
        schema = _SOME if required and of == "text" else _TYPES[of]
    elif "entries" in of:
        schema = {"type": "array", "items": {"$ref": f"#/definitions/{of['entries']}"}}
    elif "texts or entries" in of:
        entry = {"$ref": f"#/definitions/{of['texts or entries']}"}
        schema = {"type": "array", "minItems": 1, "items": {"anyOf": [*_SOME["anyOf"], entry]}}
    else:
        schema = _one_of(of["one of"])
    if required and (of == "texts" or "entries" in of):
        schema = schema | {"minItems": 1}
    elif not required:
        # A key without a value is as good as none.
        schema = {"anyOf": [schema, {"enum": [None] if "entries" in of else [None, ""]}]}
    return {"description": about["meaning"]} | schema


def _one_of(names: Iterable[str]) -> Json:
    values = [value for name in names for value in _LISTS.get(name, (name,))]
    labels = [SPAN_KINDS[value].chinese if value in SPAN_KINDS else value for value in values]
    return {"enum": values, "enumDescriptions": labels}


def _form(form: Mapping[str, Any], lists: Iterable[str]) -> Json:
    """One way to fill in an entry: these keys and none of those, `as` (or the key that it says) one of a few.

    The values of `lists` are lists.
    """
    filled: Json = {key: {"type": "array"} if key in lists else _SOME for key in form["needs"]}
    empty = {key: {"enum": [None, ""]} for key in form["without"]}
    return {"required": form["needs"], "properties": {**filled, **empty, form.get("by", "as"): _one_of(form["as"])}}


@click.command()
@click.option("--to", "path", type=click.Path(path_type=Path), default=Path("seeds/editions.schema.json"))
def main(path: Path) -> None:
    """Make seeds/editions.schema.json anew."""
    path.write_text(as_json(editions_schema()), "utf-8")


def as_json(schema: Json) -> str:
    """The schema as a file, what fits into a line on one."""
    return _written(schema, 0) + "\n"


def _written(value: Any, indent: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if indent + len(flat) <= _WIDTH or not isinstance(value, dict | list):
        return flat
    inner, outer = "\n" + " " * (indent + 2), "\n" + " " * indent
    if isinstance(value, list):
        return f"[{inner}{f',{inner}'.join(_written(item, indent + 2) for item in value)}{outer}]"
    pairs = (f"{json.dumps(key, ensure_ascii=False)}: {_written(item, indent + 2)}" for key, item in value.items())
    return f"{{{inner}{f',{inner}'.join(pairs)}{outer}}}"


if __name__ == "__main__":
    main()
