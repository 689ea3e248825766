"""What a line may be, with scores: the readings that the whole page's score chooses among."""

from __future__ import annotations

from collections.abc import Mapping

from banmian.page.cuts import stop_of
from banmian.page.lexicon import weighted, words
from banmian.page.marks import Unit
from banmian.surnames import surnames
from banmian.words import frequency

_LONGEST_HEADING = 40
_LONGEST_RUBRIC = 8
_LONGEST_NAME = 4
_FIXED = {"jump": "jump", "furniture": "furniture", "caption": "caption"}

Kinds = dict[str, float]


def kinds_of(unit: Unit) -> Kinds:
    """The kinds that the line may have by itself, in log odds; a single one is certain."""
    if unit.whole in _FIXED and not unit.level:
        return {_FIXED[unit.whole]: 0.0}
    if unit.dateline:
        return {"body": 0.0}
    if unit.level:
        return {"headline": 0.0} if unit.level < 3 else {"headline": 0.0, "crosshead": -1.0}
    if unit.whole == "byline":
        return {"byline": 0.0}
    stop, size = stop_of(unit.text), len(unit.text)
    if size > _LONGEST_HEADING or "。" in unit.text[:-1]:
        return {"body": 0.0}
    if stop == "full" and (unit.text[-1] not in "!?…" or size < 4):
        return {"body": 0.0}
    if unit.text[-1] in ",、;。":
        return {"body": 0.0}
    return {kind.removeprefix("short "): weighted(kind, features) for kind, features in kind_features(unit).items()}


def kind_features(unit: Unit) -> dict[str, Mapping[str, float]]:
    """What speaks for each kind that a short line without marks may have."""
    text, size, stop = unit.text, len(unit.text), stop_of(unit.text)
    common = {
        "bold": float(unit.bold),
        "stop": float(stop == "full"),
        "quote": float(stop == "maybe"),
        "pause inside": float("," in text),
        "short": float(size < 7),
        "long": float(size > 20),
        "very long": float(size > 27),
        "dangles": float(any(text.endswith(word) for word in words("dangling"))),
    }
    kinds: dict[str, Mapping[str, float]] = dict.fromkeys(
        ("short body", "headline", "kicker", "subheadline", "crosshead"), common
    )
    if size <= _LONGEST_RUBRIC and stop == "open" and not any(c in ",:;、 " for c in text):
        kinds["rubric"] = {"known": float(any(text.endswith(word) for word in words("rubrics"))), "size": size / 4}
    if unit.whole == "author":
        kinds["byline"] = {
            "marked": float(not "\u4e00" <= text[0] <= "\u9fff"),
            "surname": float(text[:1] in surnames() or text[:2] in surnames()),
            "single": float(size <= _LONGEST_NAME),
            "word": float(frequency(text) > 0),
            "rubric": float(any(text.endswith(word) for word in words("rubrics"))),
        }
    return kinds
