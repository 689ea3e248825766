"""Which lines that are marked as headings read like one, and which like text."""

from __future__ import annotations

import re

from banmian.words.characters import half_width

LONGEST_LEADLESS = 12
_LONGEST_MARKED = 60
_SURELY_TEXT = 30
_MARK = re.compile(r"#{1,6}[ \t\u3000]+(?:\*\*(?P<bold>[^*]+)\*\*|(?P<plain>[^#*].*))")
_STOP = "。"
_SIGNS = frozenset("#*\\$_~`<&[")
# What may set a dateline off from what it opens.
_SET_OFF = frozenset(" (:,)[]【】〔〕")


def reads_as_text(text: str) -> bool:
    """Whether the text of a line that is marked as a heading is that of a paragraph: by its length and its stops."""
    inner = text.rstrip("*")
    stopped = _STOP in inner[:-1] or (inner.endswith(_STOP) and len(inner) > _SURELY_TEXT)
    return len(text) > _LONGEST_MARKED or stopped


def surely_heading(line: str) -> bool:
    """Whether # marks a line, without the blanks around it, as a heading and nothing in it may make it something else.

    The page stage says it of more lines: here no dateline may open it and no sign of an engine stand in it.
    """
    found = _MARK.fullmatch(line)
    text = half_width(found["bold"] or found["plain"]) if found else ""
    led = len(text) > LONGEST_LEADLESS and not _SET_OFF.isdisjoint(text)
    return bool(text) and not led and _SIGNS.isdisjoint(text) and not reads_as_text(text)
