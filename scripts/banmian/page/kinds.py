"""What a line may be, with scores: the readings that the whole page's score chooses among."""

from __future__ import annotations

from banmian.page.cuts import stop_of
from banmian.page.lexicon import patterns, words
from banmian.page.marks import Unit

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
    return _short_line(unit, stop, size)


def _short_line(unit: Unit, stop: str, size: int) -> Kinds:
    heading = (1.0 if unit.bold else 0.0) - (3.0 if stop == "full" else 0.0) - (1.5 if size > 26 else 0.0)
    kinds = {
        "body": -7.0 if size < 9 and stop == "open" else -4.0,
        "headline": heading - 3.0,
        "kicker": heading - 1.5,
        "subheadline": heading - 0.5,
        "crosshead": heading - (3.5 if not unit.bold else 1.0),
    }
    if size <= _LONGEST_RUBRIC and stop == "open" and not any(c in ",:;、 " for c in unit.text):
        kinds["rubric"] = 1.0 if any(unit.text.endswith(word) for word in words("rubrics")) else -2.5
    if unit.whole == "author":
        kinds["byline"] = _author(unit.text)
    return kinds


def _author(text: str) -> float:
    """Log odds that bare words are the name of an author."""
    marked = not ("\u4e00" <= text[0] <= "\u9fff")
    known = any(text.startswith(surname) for surname in words("surnames"))
    single = len(text) <= _LONGEST_NAME
    return (4.0 if marked else 0.0) + (1.0 if known else -3.0) + (0.0 if single or marked else -2.0)


def has_designation(text: str) -> bool:
    """Whether a byline names its author's office (记者 and the like)."""
    return patterns()["designation"].search(text) is not None
