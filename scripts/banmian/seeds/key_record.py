"""keys.jsonl: the keys that were given and those that are gone, one JSON object a line, sorted, read strictly."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from banmian.records import KEY_KINDS, GivenKey, Remark
from banmian.seeds.contents import is_there
from banmian.seeds.files import read_own
from banmian.seeds.identifiers import fault_of_id, unfit_for_text
from banmian.seeds.problems import Problem, SeedsError, not_json

# What a line has beside its key, by kind; of every kind what became of it.
_VALUES: Mapping[str, tuple[str, ...]] = {
    "edition": (),
    "page": ("edition", "file", "characters", "sample"),
    "article": ("page", "characters", "sample"),
    "organization": ("name", "articles", "at"),
    "person": ("name", "articles", "at"),
}
_GONE = ("gone", "to", "since")
_KNOWN = {kind: frozenset((kind, *values, *_GONE)) for kind, values in _VALUES.items()}
_HAPPENED = ("merged", "split", "withdrawn")
_NEEDED: Mapping[str, tuple[str, ...]] = {"page": _VALUES["page"], "article": ("characters", "sample")}
_LISTS = ("articles", "to")
_DIGESTS = ("sample", "at")
# What Git leaves in a file that two people changed.
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_BYTES = 3
# More characters than any page has, and what a database can hold.
_MOST = 10**12
# Three bytes are four signs.
_SAMPLE = re.compile(r"(?:[A-Za-z0-9_-]{4})*")


def read_key_record(path: Path) -> tuple[GivenKey, ...] | None:
    """The record of keys; None where there is no such file. Raises SeedsError with all that is wrong with its lines."""
    if not is_there(path):
        return None
    found: dict[tuple[str, str], tuple[int, GivenKey]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(read_own(path).removeprefix("\ufeff").split("\n"), 1):
        entry = _entry(line) if line.strip() else None
        if isinstance(entry, GivenKey) and (entry.kind, entry.key) in found:
            first, _ = found[entry.kind, entry.key]
            entry = Remark("recorded_twice", {"kind": entry.kind, "key": entry.key, "line": first})
        if isinstance(entry, Remark):
            problems.append(Problem(path.name, number, entry))
        elif entry is not None:
            found[entry.kind, entry.key] = (number, entry)
    for number, entry in found.values():
        # Editions that are there have no line: their pages name them.
        if unknown := [key for key in entry.to if (entry.kind, key) not in found and entry.kind != "edition"]:
            problems.append(Problem(path.name, number, Remark("no_such_key", {"kind": entry.kind, "keys": unknown})))
    if problems:
        raise SeedsError(*problems)
    return tuple(entry for _, entry in found.values())


def written_key_record(record: Iterable[GivenKey]) -> str:
    """The record as a file, which reads as it again: by kind, then by key."""
    return "".join(_line(one) + "\n" for one in sorted(record, key=lambda one: (KEY_KINDS.index(one.kind), one.key)))


def _line(one: GivenKey) -> str:
    values: dict[str, object] = {one.kind: one.key}
    for name in (*_VALUES[one.kind], *_GONE):
        value = getattr(one, name)
        if name == "sample" or (name == "at" and value):
            values[name] = _packed(value)
        elif name == "characters" or (value and not (name == "page" and value == _page_of(one.key))):
            values[name] = list(value) if name in _LISTS else value
    return _ENCODER.encode(values)


def _page_of(key: str) -> str:
    """The page whose id the key of an article names."""
    return key.rpartition("-")[0]


def _packed(sample: Sequence[int]) -> str:
    return base64.urlsafe_b64encode(b"".join(digest.to_bytes(_BYTES, "big") for digest in sample)).decode()


def _unpacked(packed: str) -> tuple[int, ...]:
    content = base64.urlsafe_b64decode(packed)
    return tuple(high << 16 | middle << 8 | low for high, middle, low in zip(*[iter(content)] * _BYTES, strict=True))


def _entry(line: str) -> GivenKey | Remark:
    """The key of a line, or what is wrong with it."""
    if line.startswith(_CONFLICT):
        return Remark("merge_conflict", {"text": line[:30]})
    try:
        stated = _DECODER.decode(line)
    except _TwiceError as error:
        return Remark("json_key_twice", {"key": str(error)})
    except (ValueError, RecursionError) as error:
        return not_json(error)
    kinds = [kind for kind in KEY_KINDS if isinstance(stated, dict) and kind in stated]
    # A page names its edition, an article its page.
    kind = kinds[-1] if kinds else None
    if kind is None:
        return Remark("no_key_of_record", {"known": list(KEY_KINDS)})
    if unknown := [name for name in stated if name not in _KNOWN[kind]]:
        return Remark("unknown_name_in_record", {"key": unknown[0], "kind": kind, "known": [*_VALUES[kind], *_GONE]})
    for name in (kind, *_NEEDED.get(kind, ())):
        if name not in stated:
            return Remark("name_missing_in_record", {"key": name, "kind": kind})
    for name, value in stated.items():
        if not _CHECKS.get(name, _is_text)(value) or (name == kind and fault_of_id(value)):
            return Remark("wrong_value_in_record", {"key": name, "text": json.dumps(value)[:40]})
    if (wanted := {"merged": 1, "split": 2}.get(stated.get("gone"), 0)) > len(stated.get("to", ())) or (
        not wanted and stated.get("to")
    ):
        return Remark("wrong_successors", {"kind": kind, "key": stated[kind]})
    return _given(kind, stated)


def _given(kind: str, stated: Mapping[str, Any]) -> GivenKey:
    values: dict[str, Any] = {name: value for name, value in stated.items() if name != kind}
    for name, value in values.items():
        if name in _LISTS:
            values[name] = tuple(value)
        elif name in _DIGESTS:
            values[name] = _unpacked(value)
    if kind == "article":
        values.setdefault("page", _page_of(stated[kind]))
    return GivenKey(kind, stated[kind], **values)


class _TwiceError(ValueError):
    """A name that stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return values


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and unfit_for_text(value, "") is None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST


def _is_sample(value: object) -> bool:
    return isinstance(value, str) and _SAMPLE.fullmatch(value) is not None


# Made once: an archive has a line for each of its articles and names.
_DECODER = json.JSONDecoder(object_pairs_hook=_once)
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "articles": _is_list,
    "to": _is_list,
    "characters": _is_count,
    "sample": _is_sample,
    "at": _is_sample,
    "gone": lambda value: value in _HAPPENED,
}
