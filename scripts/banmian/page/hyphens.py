"""Latin words that a hyphen divides at the end of a line, and compounds whose hyphen happens to stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from banmian.page.forms import Part
from banmian.page.lexicon import words
from banmian.page.marks import Unit

_ENDS = re.compile(r"(?P<word>[A-Za-z]+)[-\u2010\u00ad]$")
_BEGINS = re.compile(r"[A-Za-z0-9]")
_REST = re.compile(r"[a-z]+")
_WORDS = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def goes_on(above: str, below: str) -> bool:
    """Whether a hyphen after a letter ends `above` and a letter or digit begins `below`: one word or compound."""
    return _ENDS.search(above) is not None and _BEGINS.match(below) is not None


def divides(above: str, below: str) -> bool:
    """Whether a hyphen after two letters ends `above` and a small letter begins `below`."""
    ends = _ENDS.search(above)
    return ends is not None and len(ends["word"]) > 1 and _REST.match(below) is not None


class Hyphens:
    """Tells a hyphen that divides a word from one that belongs to it.

    By the words that the page prints elsewhere, else by parts that compounds are made of; capitals alone are an
    abbreviation, no part of a word in small letters.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = frozenset(word.lower() for text in texts for word in _WORDS.findall(text))

    def divides(self, above: str, below: str) -> bool:
        """Whether the hyphen that ends `above` is there only because the line ends."""
        left, right = _ENDS.search(above), _REST.match(below)
        if not left or not right or not divides(above, below):
            return False
        first, rest = left["word"].lower(), right.group()
        if f"{first}{rest}" in self._words:
            return True
        compound = left["word"].isupper() or not words("hyphenated").isdisjoint((first, rest))
        return not compound and f"{first}-{rest}" not in self._words

    def without(self, above: Unit, below: Unit) -> Unit:
        """The upper line with such a hyphen made markup, any other line as it is."""
        if not self.divides(above.text, below.text) or above.parts[-1].kind != "content":
            return above
        last = above.parts[-1]
        parts = (*above.parts[:-1], Part("content", last.start, last.end - 1), Part("markup", last.end - 1, last.end))
        return replace(above, parts=parts, text=above.text[:-1])
