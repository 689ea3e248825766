"""Latin words that a hyphen divides at the end of a printed line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from banmian.page.marks import Part, Unit

_DIVIDED = re.compile(r"(?P<word>[A-Za-z]{2,})[-\u2010\u00ad]$")
_REST = re.compile(r"[a-z]+")
_WORDS = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def divides(above: str, below: str) -> bool:
    """Whether a hyphen after a letter ends `above` and a small letter begins `below`."""
    return _DIVIDED.search(above) is not None and _REST.match(below) is not None


class Hyphens:
    """Tells a hyphen that divides a word from one that belongs to it, by the words that the page prints elsewhere."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = frozenset(word.lower() for text in texts for word in _WORDS.findall(text))

    def divides(self, above: str, below: str) -> bool:
        """Whether the hyphen that ends `above` is there only because the line ends."""
        left, right = _DIVIDED.search(above), _REST.match(below)
        if not left or not right:
            return False
        whole = f"{left['word']}{right.group()}".lower()
        return whole in self._words or f"{left['word']}-{right.group()}".lower() not in self._words

    def without(self, above: Unit, below: Unit) -> Unit:
        """The upper line with such a hyphen made markup, any other line as it is."""
        if not self.divides(above.text, below.text) or above.parts[-1].kind != "content":
            return above
        last = above.parts[-1]
        parts = (*above.parts[:-1], Part("content", last.start, last.end - 1), Part("markup", last.end - 1, last.end))
        return replace(above, parts=parts, text=above.text[:-1])
