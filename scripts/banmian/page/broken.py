"""What is plainly broken in a reading: text that begins or ends in the midst of a sentence, headings without text."""

from __future__ import annotations

from collections.abc import Mapping

from banmian.page.article import Reading
from banmian.page.links import Links

# No line begins with these, nor ends a sentence.
_NOT_FIRST = frozenset("。!?…,、;:%)》」』】〉”’")
# So much likelier a column cuts a text there than that a paragraph begins so; in log odds.
_CUT = -2.0
# A line that is more surely text than this is no heading.
_UNLIKELY = -4.0
# A line of text; shorter ones may stand without a stop.
_TEXT = 12


def begins_inside(links: Links, line: int) -> bool:
    """Whether the text of the line surely begins in the midst of a sentence, and not because of a jump."""
    side, unit = links.sides[line], links.units[line]
    if unit.resumes or unit.dateline or unit.item:
        return False
    inside = side.goes_on and not side.opens_paragraph and side.start <= _CUT
    return side.text[0] in _NOT_FIRST or bool(side.closes) or inside


def ends_inside(links: Links, line: int) -> bool:
    """Whether the text of the line ends in the midst of a sentence, or lost the stop that ended it."""
    side, unit = links.sides[line], links.units[line]
    if unit.leaves or line in links.items:
        return False
    return side.stop == "pause" or side.dangles or (side.stop == "open" and len(side.text) >= _TEXT)


def may_be_heading(kinds: Mapping[str, float], links: Links, line: int) -> bool:
    """Whether a line of text by itself could as well be a heading: of a line with these `kinds`, in log odds."""
    if links.units[line].leaves or line in links.items:
        return False
    likely = [odds for kind, odds in kinds.items() if kind != "body"]
    return max(likely, default=_UNLIKELY) > _UNLIKELY and links.sides[line].stop == "open"


def breaks(links: Links, reading: Reading) -> int:
    """At how many of its two ends the text of a reading is broken off."""
    if not reading.body:
        return 0
    return begins_inside(links, reading.body[0]) + ends_inside(links, reading.body[-1])
