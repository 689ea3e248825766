"""Which lines after a picture tell of it, where they do not say so themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from banmian.page.cuts import Strings, crossing, read_side, stop_of
from banmian.page.lexicon import pattern
from banmian.page.marks import Unit
from banmian.words.span_kinds import SPAN_KINDS

_LONGEST_BESIDE = 120
_LONGEST_SCENE = 70
_LONGEST_APART = 30
_LONGEST_TITLE = 40
_MOST_SENTENCES = 2
_OPENS = 3.0
_APART = tuple(name for name, kind in SPAN_KINDS.items() if kind.apart)


def with_captions_told(units: Sequence[Unit]) -> list[Unit]:
    """The units, those that follow a picture and read like its caption with that form.

    A caption is short and one sentence, or two where it stands in the line below the picture on a page that sets its
    blocks apart by empty lines; it does not go on with a sentence that the picture breaks.
    """
    found = list(units)
    set_apart, has_headings = _sets_apart(units), any(unit.level for unit in units)
    for at, unit in enumerate(units[:-1]):
        shown = unit.picture and unit.whole == "furniture"
        if shown and _may_tell(units[at + 1]) and _tells(units, at, set_apart, has_headings):
            found[at + 1] = replace(units[at + 1], whole="caption")
    return found


def _sets_apart(units: Sequence[Unit]) -> bool:
    """Whether empty lines stand between most blocks of the page."""
    texts = [unit for unit in units if unit.whole != "table"]
    apart = sum(right.line.number > left.line.number + 1 for left, right in pairwise(texts))
    return 2 * apart > len(texts)


def _may_tell(unit: Unit) -> bool:
    """Whether the line can be a caption by itself."""
    plain = unit.whole is None and not (unit.level or unit.bold or unit.dateline or unit.item or unit.picture)
    return plain and len(unit.text) <= _LONGEST_BESIDE and pattern("numbered").match(unit.text) is None


def _tells(units: Sequence[Unit], picture: int, sets_apart: bool, has_headings: bool) -> bool:
    """Whether the line after the picture is its caption by what stands around both, and on such a page."""
    told = units[picture + 1]
    beside = told.line.number == units[picture].line.number + 1 and sets_apart
    before = _next_text(units, range(picture - 1, -1, -1))
    after = _next_text(units, range(picture + 2, len(units)))
    if before and _is_text(before) and stop_of(before.text) != "full" and _goes_on(before, told, after):
        return False
    is_scene = pattern("scene").match(told.text) is not None
    if stop_of(told.text) != "full":
        known = beside or is_scene or has_headings
        return len(told.text) <= _LONGEST_TITLE and known and told.text[-1] not in ",、;:"
    sentences = told.text.rstrip("。").count("。") + 1
    if beside:
        return sentences <= _MOST_SENTENCES
    opens = pattern("opening_clause").match(told.text) is not None
    longest = _LONGEST_SCENE if is_scene else 0 if opens else _LONGEST_APART
    return sentences == 1 and len(told.text) <= longest


def _next_text(units: Sequence[Unit], places: Iterable[int]) -> Unit | None:
    """The first unit at these places that is none of a kind that stands apart."""
    return next((units[at] for at in places if units[at].whole not in _APART), None)


def _is_text(unit: Unit) -> bool:
    return not unit.level and unit.whole is None and not unit.bold


def _goes_on(before: Unit, told: Unit, after: Unit | None) -> bool:
    """Whether the text before the picture goes on in the line below it rather than in the one after that."""
    if after is None or not _is_text(after) or after.dateline:
        return True
    return _flow(before, told) >= _flow(before, after)


def _flow(before: Unit, after: Unit) -> float:
    """How well the text of one line goes on in another, in log odds."""
    right = read_side(after.text)
    found = crossing(read_side(before.text), right, Strings([]))
    return (
        found.fluency + min(found.gain, 16.0) / 4 + right.goes_on - 3 * right.opens_clause - 3 * right.opens_paragraph
    )
