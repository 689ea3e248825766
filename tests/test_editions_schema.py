"""The schema by which editors complete editions.yml, held to what seeds/ reads."""

from __future__ import annotations

import copy
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
import yaml
from banmian.seeds import SeedsError, read_seeds
from banmian.seeds.corrections import DOUBT_STATUSES
from banmian.seeds.identities import DECISIONS
from banmian.seeds.order import IN_ARTICLE
from banmian.words.span_kinds import LINKS, STATED
from conftest import ROOT
from docs.editions_schema import as_json, editions_schema

SCHEMA = json.loads((ROOT / "seeds" / "editions.schema.json").read_text("utf-8"))
VALID = fastjsonschema.compile(SCHEMA)
KINDS = SCHEMA["definitions"]
TEXT = "市民公园昨天开放。\n\n首批树苗已经运到。\n"
PAGE = {"file": "a.txt"}
SIGNED = {"by": "LW", "confirmed_by": "ZM"}
CHECKED = {"checked_by": "LW", "confirmed_by": "ZM"}
# One entry of each kind with all its keys, or several where not all can stand together.
ENTRIES: dict[str, list[dict[str, Any]]] = {
    "edition": [
        {
            **dict.fromkeys(("newspaper", "newspaper_basis", "date_basis", "city", "city_basis", "language"), "某报"),
            "id": "one",
            "issn": "0317-8471",
            "cn": "CN 31-0062",
            "issue": "12",
            "variant": "早版",
            "holder": "某馆",
            "pages_expected": 4,
            "missing": [],
            "rights": "某人",
            "shown": "full",
            "note": 1,
            "date": "2024-03-04",
            "pages": [PAGE],
            "corrections": [],
            "doubts": [],
            "order": [],
            "identities": [],
        },
        {"id": 1, "date_earliest": "2024-03-04", "date_latest": "2024-03-05", "pages": [PAGE]},
    ],
    "rule": [
        {
            **dict.fromkeys(("newspaper", "newspaper_basis", "date_basis", "city", "city_basis", "language"), "某报"),
            "files": "{date}/{page}.txt",
            "id": "wb-{date}",
            "issn": "0317-8471",
            "cn": "31-0062/G2",
            "variant": "早版",
            "holder": "某馆",
            "pages_expected": "4",
            "missing": [],
            "rights": "某人",
            "shown": "none",
            "note": 1,
        },
        {"files": "*.jsonl"},
    ],
    "page": [{**PAGE, "number": "A1", "number_basis": "见报头", "name": "要闻", "name_basis": "见报头", **CHECKED}],
    "correction": [{**PAGE, "start": 0, "printed": "市民", "corrected": "人民", "reason": "见下文", **SIGNED}],
    "doubt": [
        {**PAGE, "start": 0, "printed": "市民", "suspected": "人民", "reason": "不详", "status": "open", **SIGNED}
    ],
    "order": [
        {
            **PAGE,
            "after": "开放。",
            "after_nth": 1,
            "before": "首批",
            "before_nth": 1,
            "as": "paragraph",
            "reason": "次序如此",
        },
        {
            **PAGE,
            "line": "市民",
            "nth": 1,
            "as": "crosshead",
            "article": "首批",
            "article_nth": "1",
            "reason": "居中",
        },
        {**PAGE, "lines": ["市民", {"line": "首批"}], "as": "article", "reason": "一篇", **SIGNED},
    ],
    "item": [{"line": "市民", "nth": 1, "to": "首批", "to_nth": 1, "as": "body"}],
    "identity": [
        {"kind": "person", "names": "张伟", "in": ["市民"], "as": "different", "key": "张伟-2", "reason": "两人"},
        {"kind": "organization", "names": ["江南大学", "江大"], "as": "same", "reason": "同一所", **SIGNED},
    ],
}
ENTRIES |= {
    "missing": [
        {"pages": [3, "5-8", "A1..A4"], "why": "not held", "reason": "不详"},
        {"pages": 2, "why": "not printed", "reason": "不详"},
    ],
    "people": [{"names": ["张伟"], "as": "private", "reason": "不任公职", **SIGNED}],
    "withdrawn": [
        {
            "kind": "person",
            "text": "某人",
            "in": ["one"],
            "reason": "本人要求",
            "date": "2026-11-01",
            "secret": "0123456789abcdef",
        },
        {
            "kind": "article",
            "text": "某行",
            "file": "a.txt",
            "reason": "本人要求",
            "date": "2026-11-01",
            "secret": "0123456789abcdef",
        },
    ],
    "missing_issue": [
        {"dates": "1998-02-01..1998-02-03", "variant": "早版", "why": "not printed", "reason": "春节"},
        {"dates": ["1998-02-01"], "why": "unreadable", "reason": "虫蛀"},
    ],
}
LISTED = {
    "missing": "missing",
    "page": "pages",
    "correction": "corrections",
    "doubt": "doubts",
    "order": "order",
    "identity": "identities",
}


def editions(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """A file with one edition, which holds the entry or is it."""
    if kind == "edition":
        return {"editions": [entry]}
    if kind == "rule":
        return {"rules": [entry]}
    if kind in ("withdrawn", "people"):
        return {kind: [entry]}
    if kind == "missing_issue":
        return {"rules": [{"files": "{date}.txt", "missing": [entry]}]}
    if kind == "item":
        kind, entry = "order", {**PAGE, "lines": [entry], "as": "article", "reason": "一篇", **SIGNED}
    return {"editions": [{"id": "one", "pages": [PAGE], LISTED[kind]: [entry]}]}


def is_valid(content: Any) -> bool:
    try:
        VALID(copy.deepcopy(content))
    except fastjsonschema.JsonSchemaException:
        return False
    return True


def refusal(folder: Path, content: Any) -> str:
    """What seeds/ has against this editions.yml; '' where it takes it."""
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "editions.yml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    try:
        read_seeds(folder)
    except SeedsError as error:
        return str(error)
    return ""


class Loader(yaml.SafeLoader):
    """YAML as an editor's language server reads it: dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_it_is_made_of_the_keys_that_are_described() -> None:
    assert as_json(editions_schema()) == (ROOT / "seeds" / "editions.schema.json").read_text("utf-8"), "run: make docs"


def test_the_examples_hold_every_key() -> None:
    for kind, entries in ENTRIES.items():
        assert set().union(*entries) == set(KINDS[kind]["properties"]), kind


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_keys_are_those_that_are_read(tmp_path: Path, kind: str) -> None:
    unknown = editions(kind, {**ENTRIES[kind][0], "nonsense": 1})
    known = re.search(r"Known keys: (.*)", refusal(tmp_path, unknown))
    assert known
    assert set(known[1].split(", ")) == set(KINDS[kind]["properties"])
    assert not is_valid(unknown)


def variants(kind: str) -> Iterator[dict[str, Any]]:
    """Each entry as it is, with each key left out, empty, or holding something of another type."""
    for entry in ENTRIES[kind]:
        yield entry
        for key in entry:
            yield {name: value for name, value in entry.items() if name != key}
            for wrong in (None, "", [], ["某"], {"a": "某"}, [[]], "某 某", -1, "2024-3-04", "某/某"):
                # The key of a namesake goes with its name.
                others = {name: value for name, value in entry.items() if (key, name) != ("names", "key")}
                yield {**others, key: wrong}


@pytest.mark.parametrize("kind", ENTRIES)
def test_what_is_read_is_valid_and_nothing_else(tmp_path: Path, kind: str) -> None:
    contents = [editions(kind, entry) for entry in variants(kind)]
    assert len(contents) > 5
    refused = [(content, refusal(tmp_path, content)) for content in contents]
    assert [(content, said) for content, said in refused if is_valid(content) == bool(said)] == []


@pytest.mark.parametrize(
    ("kind", "entry", "decisions"),
    [
        ("doubt", {**PAGE, "printed": "市民", "reason": "不详"}, {"status": DOUBT_STATUSES}),
        ("order", {**PAGE, "after": "开放。", "before": "首批", "reason": "次序如此"}, {"as": LINKS}),
        ("order", {**PAGE, "line": "市民", "reason": "居中"}, {"as": ("begins", *STATED)}),
        ("item", {"line": "市民"}, {"as": IN_ARTICLE}),
        ("identity", {"kind": "person", "names": "张伟", "reason": "不详"}, {"as": DECISIONS}),
    ],
)
def test_decisions_are_those_that_are_read(
    tmp_path: Path, kind: str, entry: dict[str, Any], decisions: dict[str, tuple[str, ...]]
) -> None:
    ((key, values),) = decisions.items()
    for value in (*values, "nonsense"):
        content = editions(kind, {**entry, key: value})
        assert is_valid(content) == (value in values) == (not refusal(tmp_path, content)), value


@pytest.mark.parametrize("content", [{}, {"editions": None}, [], {"edition": []}, "某报", [{"id": "one"}]])
def test_the_file_may_be_a_list_or_hold_one(tmp_path: Path, content: Any) -> None:
    assert is_valid(content) == (not refusal(tmp_path, content))


def test_the_editions_of_this_house_are_valid() -> None:
    text = (ROOT / "seeds" / "editions.yml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=editions.schema.json\n")
    VALID(yaml.load(text, Loader))


@pytest.mark.parametrize("document", ["README.md", "seeds/README.md"])
def test_the_examples_of_the_documents_are_valid(document: str) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", (ROOT / document).read_text("utf-8"), re.DOTALL)
    assert examples or document == "README.md"
    for example in examples:
        stated = yaml.load(textwrap.dedent(example), Loader)
        VALID(
            stated
            if {"editions", "rules", "withdrawn", "people"} & stated.keys()
            else {"editions": [{"id": "one", "pages": [PAGE], **stated}]}
        )
