"""Remarks in words: what the stages have to say of a page, in Chinese and English, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

from banmian.records import Remark
from banmian.words.sentences import Sentence, sentences
from banmian.words.span_kinds import SPAN_KINDS


def chinese(remark: Remark) -> str:
    """The remark as a Chinese sentence."""
    return _CHINESE.said(remark)


def english(remark: Remark) -> str:
    """The remark as an English sentence."""
    return _ENGLISH.said(remark)


def in_languages(*remarks: Remark) -> tuple[str, str]:
    """The remarks in Chinese and in English, each in a row: 中文;中文 and English; English."""
    return _CHINESE.separator.join(map(chinese, remarks)), _ENGLISH.separator.join(map(english, remarks))


def in_both(*remarks: Remark) -> str:
    """The remarks for a terminal and for comments in YAML, 中文 · English; how pages show them, the site decides."""
    return " · ".join(in_languages(*remarks))


def as_json(value: object) -> str:
    """Values of a remark, or remarks, as JSON that `from_json` reads; a remark is an object with its `kind`."""
    return json.dumps(value, default=_plain, ensure_ascii=False)


def from_json(text: str) -> Any:
    """What `as_json` wrote. Raises ValueError where it is no JSON."""
    return json.loads(text, object_hook=_remark)


def _plain(remark: object) -> dict[str, object]:
    if not isinstance(remark, Remark):
        raise TypeError(f"{remark!r} is no value of a remark")
    return {"kind": remark.kind, **remark.values}


def _remark(found: dict[str, Any]) -> Remark | dict[str, Any]:
    return Remark(found.pop("kind"), found) if "kind" in found else found


@cache
def _sentences() -> Mapping[str, Sentence]:
    """The sentence of each kind: what is said of a page, and of what is wrong with the seeds."""
    return {**sentences("banmian.words", "remarks.tsv"), **sentences("banmian.words", "problems.tsv")}


class _Language(Formatter):
    """Puts the values of remarks into sentences of one language: `column` is its place in the table."""

    def __init__(self, column: int, separator: str, comma: str, quotes: str) -> None:
        self.column = column
        self.separator = separator
        self._comma = comma
        self._quotes = quotes

    def said(self, remark: Remark) -> str:
        return self.vformat(_sentences()[remark.kind].words(remark.values)[self.column], (), remark.values)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, list | tuple):
            separator = self.separator if any(isinstance(part, Remark) for part in value) else self._comma
            return separator.join(self.format_field(part, format_spec) for part in value)
        if isinstance(value, Remark):
            return self.said(value)
        if format_spec == "q":
            shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(value))
            return f"{self._quotes[0]}{shown}{self._quotes[1]}"
        if format_spec == ",":
            return f"{value:,}"
        if format_spec == "k" and value in SPAN_KINDS:
            return (SPAN_KINDS[value].chinese, SPAN_KINDS[value].english)[self.column]
        sentence = _sentences().get(f"{format_spec}.{value}")
        return str(value) if sentence is None else sentence.words({})[self.column]


_CHINESE = _Language(0, ";", "、", "“”")
_ENGLISH = _Language(1, "; ", ", ", "''")
