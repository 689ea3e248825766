"""Sentences in Chinese and English, from the tables of them: which form of the English is said is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from banmian.words.lists import rows


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in Chinese and English; `one` is the English for a single thing."""

    chinese: str
    english: str
    one: str | None = None

    def words(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """The words in both languages, without their values; the English is `one` where the value `count` is 1."""
        return self.chinese, self.one if self.one is not None and values.get("count") == 1 else self.english


def sentences(package: str, name: str) -> Mapping[str, Sentence]:
    """By key, the sentences of data/`name` of a package: Chinese, English and, in some rows, the singular."""
    return {key: Sentence(*words) for key, *words in rows(package, name)}
