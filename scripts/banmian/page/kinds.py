"""What a line may be, with scores: the readings that the whole page's score chooses among."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from banmian.page.cuts import stop_of
from banmian.page.lexicon import pattern, weighted, words
from banmian.page.marks import Unit
from banmian.records import SPAN_KINDS
from banmian.words import frequency
from banmian.words.surnames import surnames

_LONGEST_HEADING = 40
_LONGEST_RUBRIC = 8
_LONGEST_NAME = 4
_DEEP = 3
_DEEP_HEADLINE = -6.0
_ORNAMENTS = "□■◎●◆◇○△▲☆★/ "

Kinds = dict[str, float]


def kinds_of_page(units: Sequence[Unit]) -> list[Kinds]:
    """The kinds that each line of a page may have, in log odds; a single one is certain.

    A crosshead stands between two body lines, the lower of which does not open an article. Where marks have several
    depths, the deeper ones are crossheads. Items of a list, one after the other, are body.
    """
    items = [not unit.level and pattern("item").match(unit.text) is not None for unit in units]
    listed = [one and any(items[max(0, at - 1) : at] + items[at + 1 : at + 2]) for at, one in enumerate(items)]
    kinds = [{"body": 0.0} if one else kinds_of(unit) for unit, one in zip(units, listed, strict=True)]
    ranks = Counter(min(unit.level, _DEEP) for unit in units if unit.level)
    for at, (unit, own) in enumerate(zip(units, kinds, strict=True)):
        deep = unit.level >= _DEEP and ranks[1] + ranks[2] > 0
        if deep and "headline" in own:
            own |= {"headline": _DEEP_HEADLINE, "crosshead": 0.0}
        between = 0 < at < len(units) - 1 and kinds[at - 1].keys() == kinds[at + 1].keys() == {"body"}
        if not between or units[at + 1].dateline or stop_of(units[at - 1].text) == "pause":
            if not deep:
                own.pop("crosshead", None)
        elif unit.level and "headline" in own:
            own["crosshead"] = weighted("marked crosshead", _around(units[at - 1], unit, ranks))
        elif "crosshead" in own:
            own["crosshead"] += weighted("crosshead around", _around(units[at - 1], unit, ranks))
    return kinds


def _around(before: Unit, unit: Unit, ranks: Mapping[int, int]) -> dict[str, float]:
    """What a line's marks and the line before it say of its being a crosshead."""
    return {
        "deep": float(unit.level >= _DEEP),
        "second rank": float(unit.level == 2 and ranks[1] > 1),
        "marked page": float(not unit.level and ranks[1] + ranks[2] > 2),
        "numbered": float(pattern("numbered").match(unit.text) is not None),
        "after break": float(stop_of(before.text) != "full"),
        "tail digit": float(unit.text[-1].isdigit()),
        "long": float(len(unit.text) > 18),
        "very long": float(len(unit.text) > 24),
    }


def kinds_of(unit: Unit) -> Kinds:
    """The kinds that the line may have by itself, in log odds; a single one is certain."""
    if unit.whole and unit.whole in SPAN_KINDS and SPAN_KINDS[unit.whole].apart:
        return {unit.whole: 0.0}
    if unit.dateline:
        return {"body": 0.0}
    if unit.level:
        return {"headline": 0.0}
    if unit.whole == "byline" or (unit.whole == "author" and _is_signature(unit.text)):
        return {"byline": 0.0}
    if unit.whole == "rubric_frame":
        return {"rubric": 0.0}
    if pattern("notice").fullmatch(unit.text):
        return {"headline": 0.0, "rubric": 0.0}
    stop, size = stop_of(unit.text), len(unit.text)
    if size > _LONGEST_HEADING or "。" in unit.text[:-1]:
        return {"body": 0.0}
    if stop == "full" and (unit.text[-1] not in "!?…" or size < 4):
        return {"body": 0.0}
    if unit.text[-1] in ",、;。":
        return {"body": 0.0}
    return {kind.removeprefix("short "): weighted(kind, features) for kind, features in kind_features(unit).items()}


def _is_signature(text: str) -> bool:
    """Whether the line is a mark and names, or several names that begin with surnames."""
    marked, names = text[0] in _ORNAMENTS, text.lstrip(_ORNAMENTS).split()
    return (marked or len(names) > 1) and all(name[0] in surnames() or name[:2] in surnames() for name in names)


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
            "marked": float(text[0] in _ORNAMENTS),
            "surname": float(text[:1] in surnames() or text[:2] in surnames()),
            "single": float(size <= _LONGEST_NAME),
            "word": float(frequency(text) > 0),
            "rubric": float(any(text.endswith(word) for word in words("rubrics"))),
        }
    return kinds
