"""Sentences in Chinese and English, from the tables of them: which form of the English is said is decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from banmian.words.lists import rows

_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in Chinese and English; `one` is the English for a single thing."""

    chinese: str
    english: str
    one: str | None = None

    def words(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """The words in both languages, without their values; the English is `one` where the value `count` is 1."""
        return self.chinese, self.one if self.one is not None and _is_one(values.get("count")) else self.english


def _is_one(count: object) -> bool:
    """Whether this is the number 1, by itself or as HTML shows it."""
    return count == 1 or (isinstance(count, str) and _TAG.sub("", count) == "1")


def sentences(package: str, name: str) -> Mapping[str, Sentence]:
    """By key, the sentences of data/`name` of a package: Chinese, English and, in some rows, the singular."""
    return {key: Sentence(*words) for key, *words in rows(package, name)}
