"""What a line may be, with scores: the readings that the whole page's score chooses among."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from banmian.page.crossheads import Marks, heading_features, is_numbered, mark_of, marks_of, opens_article
from banmian.page.cuts import stop_of
from banmian.page.heading_lines import HeadingLines
from banmian.page.lexicon import pattern, weighted, words
from banmian.page.marks import Unit
from banmian.page.topic import Topics
from banmian.words import frequency
from banmian.words.span_kinds import SPAN_KINDS
from banmian.words.surnames import surnames

_LONGEST_HEADING = 40
_LONGEST_RUBRIC = 8
_LONGEST_NAME = 4
_MOST_LINES = 3
_HOPELESS_MARKED = 2.5
_HOPELESS = 5.0
_MUCH_LONGER = 1.4
_ASTRAY = 0.4
# From here on a page is so surely in order that the text below a heading is its own.
_IN_ORDER = 0.5
_ORNAMENTS = "□■◎●◆◇○△▲☆★/ "

Kinds = dict[str, float]


def kinds_of_page(units: Sequence[Unit], topics: Topics, in_order: float) -> list[Kinds]:
    """The kinds that each line of a page may have, in log odds; a single one is certain.

    What stands around a line tells of headlines as far as the file is `in_order` (0 to 1).
    """
    kinds, marks = possible_kinds(units, topics, in_order), marks_of(units)
    for at, own in enumerate(kinds):
        if len(own) > 1 and 0 < at < len(units) - 1:
            _weigh(own, units[at], heading_features(units, at, marks, topics), in_order)
    return kinds


def possible_kinds(units: Sequence[Unit], topics: Topics, in_order: float) -> list[Kinds]:
    """The kinds that each line of a page may have, in log odds as far as the lines by themselves tell.

    A crosshead stands before a body line that does not open an article. Items of a list, one after the other, are body.
    """
    items = [is_item(unit) for unit in units]
    listed = [one and any(items[max(0, at - 1) : at] + items[at + 1 : at + 2]) for at, one in enumerate(items)]
    kinds = [{"body": 0.0} if one else kinds_of(unit) for unit, one in zip(units, listed, strict=True)]
    marks = marks_of(units)
    together = set()
    for first, last in runs(units):
        together |= set(range(first, last))
        kinds[first:last] = _heading_kinds(units, first, last, marks, topics if in_order > _IN_ORDER else None)
    inside = [_may_be_crosshead(units, kinds, at, marks) for at in range(len(units))]
    for at, own in enumerate(kinds):
        if at in together:
            continue
        if not inside[at]:
            own.pop("crosshead", None)
        elif "headline" in own or "crosshead" in own:
            own.setdefault("crosshead", 0.0)
    return kinds


def _weigh(own: Kinds, unit: Unit, features: Mapping[str, float], in_order: float) -> None:
    """Add to the kinds of a line what stands around it; what then is hopeless is none of them."""
    if "crosshead" in own:
        own["crosshead"] += weighted(crosshead_family(unit), features)
    if "headline" in own and not unit.level:
        own["headline"] += weighted("headline around", features) * in_order
    # A marked line that hardly is a crosshead is surely a headline, on which the search builds.
    if own.get("crosshead", 0.0) < max(own.values()) - (_HOPELESS_MARKED if unit.level else _HOPELESS):
        own.pop("crosshead", None)


def crosshead_family(unit: Unit) -> str:
    """The weights by which the line is told to be a crosshead."""
    return "marked crosshead" if unit.level else "crosshead around"


def runs(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Where lines marked with # stand together, no more than a heading has: the first, and one past the last."""
    first = 0
    for at in range(len(units) + 1):
        if at == len(units) or not units[at].level or units[at].whole is not None:
            if 2 <= at - first <= _MOST_LINES:
                yield first, at
            first = at + 1


def _heading_kinds(units: Sequence[Unit], first: int, last: int, marks: Marks, topics: Topics | None) -> list[Kinds]:
    """The kinds of marked lines that stand together: one heading of several lines, the lowest perhaps a crosshead.

    The shallowest mark is the headline's. Where the marks don't tell and the text below is the heading's own (`topics`
    are given), heading_lines.py does; else a dash opens a subheadline, and a line that is much longer than its
    neighbour is a kicker above it or a subheadline below it. Where columns moved they may be headlines of several
    articles.
    """
    run = units[first:last]
    if marks.stray:
        return [{"headline": 0.0} for _ in run]
    if topics and is_of_one_mark(run):
        return [{kind: 0.0} for kind in HeadingLines(units, marks, topics).likeliest(first, last)]
    top = min(unit.level for unit in run)
    found: list[str] = []
    for at, unit in enumerate(run):
        others = [len(other.text) for other in run if other is not unit and other.level == top]
        much_longer = len(unit.text) > _MUCH_LONGER * max(others, default=0) and bool(others)
        if at and is_numbered(unit):
            found.append("crosshead")
        elif unit.level > top:
            above = any(other.level == top for other in run[:at])
            inside = marks.counts[mark_of(unit)] > 2 and not marks.leads[mark_of(unit)]
            found.append(("crosshead" if inside and at == len(run) - 1 else "subheadline") if above else "kicker")
        elif at and (unit.text[0] in "-—" or much_longer):
            found.append("subheadline")
        elif not at and (unit.text[-1] in ":" or (much_longer and len(run) == 2)):
            found.append("kicker")
        else:
            found.append("headline")
    if "headline" not in found:
        found = ["headline"] * len(run)
    return [{kind: 0.0} for kind in found]


def is_of_one_mark(run: Sequence[Unit]) -> bool:
    """Whether marked lines that stand together are one heading of which no mark and no number tells the parts."""
    return len({unit.level for unit in run}) == 1 and not any(map(is_numbered, run[1:]))


def is_item(unit: Unit) -> bool:
    """Whether the line is an item of a list, by its sign or by a number or ornament that opens it."""
    return unit.item or (not unit.level and pattern("item").match(unit.text) is not None)


def _may_be_crosshead(units: Sequence[Unit], kinds: Sequence[Kinds], at: int, marks: Marks) -> bool:
    """Whether text of one article can stand before and after the line.

    Where columns moved, leads below no heading tell of headlines elsewhere: of many the marked lines are headlines.
    """
    if units[at].level and marks.astray() >= _ASTRAY:
        return False
    if not 0 < at < len(units) - 1 or opens_article(units[at + 1]) or units[at].whole is not None:
        return False
    before, after = kinds[at - 1], kinds[at + 1]
    if "body" not in after or ("headline" in after and not units[at].level and not units[at].bold):
        return False
    return before.keys() == {"body"} and stop_of(units[at - 1].text) != "pause"


def kinds_of(unit: Unit) -> Kinds:
    """The kinds that the line may have by itself, in log odds; a single one is certain."""
    if unit.whole and unit.whole in SPAN_KINDS and SPAN_KINDS[unit.whole].apart:
        return {unit.whole: 0.0}
    if unit.dateline:
        return {"body": 0.0}
    if unit.whole == "byline" or (unit.whole == "author" and not unit.level and _is_signature(unit.text)):
        return {"byline": 0.0}
    if unit.whole == "rubric_frame":
        return {"rubric": 0.0}
    if unit.level:
        return {"headline": 0.0}
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
        "dash": float(text[0] in "-—"),
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
