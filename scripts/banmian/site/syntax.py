"""How a search is typed.

The syntax is the one that search boxes have: words apart from each other must all be there, "quotation marks" hold a
phrase with its spaces together, -word must not be there, OR stands between alternatives (and binds less than a space),
and a * after an ASCII word takes in every longer word that begins so. Everything else is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from banmian.store.segmentation import segment

# An ASCII quotation mark that is never closed runs to the end.
_ITEM = re.compile(r'(?P<minus>-(?=[^\s]))?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<plain>[^\s"]+))')
# The first letters of Unicode's categories that are tokens of the index (segmentation.TOKENIZER); Co is one of C*.
TOKENS = frozenset("LNPS")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a search: a word, a run of characters, or what stands in quotation marks."""

    text: str
    negative: bool
    quoted: bool
    prefix: bool

    @property
    def typed(self) -> str:
        """As it may be typed again."""
        text = f'"{self.text}"' if self.quoted else self.text
        return ("-" if self.negative else "") + text + ("*" if self.prefix else "")


def alternatives(query: str) -> Iterator[list[Item]]:
    """The items between one OR and the next. OR at an end or beside another OR is a word."""
    found = list(items(query))
    group: list[Item] = []
    for n, item in enumerate(found):
        between = 0 < n < len(found) - 1 and bool(group) and not is_or(found[n + 1])
        if is_or(item) and between:
            yield group
            group = []
        else:
            group.append(item)
    yield group


def is_or(item: Item) -> bool:
    """Whether it is the word between alternatives."""
    return item.text == "OR" and not item.quoted and not item.negative and not item.prefix


def items(query: str) -> Iterator[Item]:
    """Everything searchable that was typed, in its order."""
    for match in _ITEM.finditer(_storable(query)):
        quoted = match["quoted"] is not None
        text = match["quoted"] if quoted else match["plain"]
        # A star after Han characters asks for nothing more: every phrase of characters is found inside longer words.
        starred = not quoted and len(text) > 1 and text.endswith("*") and text[-2].isalnum()
        text = text[:-1] if starred else text
        ascii_word = starred and segment(text[-1]).isascii()
        if any(map(_is_token, text)):
            yield Item(text, match["minus"] is not None, quoted, ascii_word)


def _storable(query: str) -> str:
    """Half a surrogate pair and NUL, which no text can hold, become U+FFFD, which stands for what cannot be read."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", query)


def _is_token(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in TOKENS or category == "Co"
