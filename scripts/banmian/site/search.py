"""What a visitor typed, as a query of SQLite's FTS5.

`escape_fts` is exact: it finds what contains the characters that were typed, and nothing else. `escape_fts_width` takes
full- and half-width punctuation for the same: what a keyboard types and a page prints often differ in nothing else.
`escape_fts_words` also accepts the words that jieba cuts a run without spaces into. All take any string and never lead
to an error.

The syntax is the one that search boxes have: words apart from each other must all be there, "quotation marks" hold a
phrase with its spaces together, -word must not be there, OR stands between alternatives (and binds less than a space),
and a * after an ASCII word takes in every longer word that begins so. Everything else is text.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from banmian import words
from banmian.store.segmentation import segment

# FTS5 gives no row for a phrase without a token, and no error.
NOTHING = '""'

# An ASCII quotation mark that is never closed runs to the end.
_ITEM = re.compile(r'(?P<minus>-(?=[^\s]))?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<plain>[^\s"]+))')
# The first letters of Unicode's categories that are tokens of the index (segmentation.TOKENIZER); Co is one of C*.
TOKENS = frozenset("LNPS")
# Unicode's full-width forms of ASCII but for the quotation mark, which would end a phrase.
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if code != ord('"')}
_HALF_WIDTH = {full: half for half, full in _FULL_WIDTH.items()}


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    negative: bool
    quoted: bool
    prefix: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must stand somewhere in what is found: one of `forms`, or failing these all of `words`.

    With `prefix` the last word of a form may go on.
    """

    forms: tuple[str, ...]
    words: tuple[str, ...]
    prefix: bool


def wanted(query: str | None) -> list[Wanted]:
    """What escape_fts_words looks for, so that it can be found again in a text; -words are left out."""
    return [
        Wanted(_forms(item), _words(item), item.prefix)
        for item in dict.fromkeys(_items(query or ""))
        if not item.negative and not _is_or(item)
    ]


def escape_fts(query: str | None) -> str:
    """An FTS5 expression for rows that contain exactly what was typed.

    Nothing is found where nothing searchable was typed: an empty string, quotation marks alone, only -words.
    """
    return _expression(query, _exact)


def escape_fts_width(query: str | None) -> str:
    """Like escape_fts, but a phrase also matches with all its punctuation full-width, or all of it half-width."""
    return _expression(query, _any_width)


def escape_fts_words(query: str | None) -> str:
    """Like escape_fts_width, but a run without spaces also matches where all the words are that jieba cuts it into."""
    return _expression(query, _any_width_or_words)


def _expression(query: str | None, wanted: Callable[[_Item], str]) -> str:
    alternatives = [_alternative(items, wanted) for items in _alternatives(query or "")]
    return " OR ".join(found for found in alternatives if found) or NOTHING


def _alternatives(query: str) -> Iterator[list[_Item]]:
    """The items between one OR and the next. OR at an end or beside another OR is a word."""
    items = list(_items(query))
    group: list[_Item] = []
    for n, item in enumerate(items):
        between = 0 < n < len(items) - 1 and bool(group) and not _is_or(items[n + 1])
        if _is_or(item) and between:
            yield group
            group = []
        else:
            group.append(item)
    yield group


def _is_or(item: _Item) -> bool:
    return item.text == "OR" and not item.quoted and not item.negative and not item.prefix


def _items(query: str) -> Iterator[_Item]:
    for match in _ITEM.finditer(_storable(query)):
        quoted = match["quoted"] is not None
        text = match["quoted"] if quoted else match["plain"]
        # A star after Han characters asks for nothing more: every phrase of characters is found inside longer words.
        starred = not quoted and len(text) > 1 and text.endswith("*") and text[-2].isalnum()
        text = text[:-1] if starred else text
        ascii_word = starred and segment(text[-1]).isascii()
        if any(map(_is_token, text)):
            yield _Item(text, match["minus"] is not None, quoted, ascii_word)


def _storable(query: str) -> str:
    """Half a surrogate pair and NUL, which no text can hold, become U+FFFD, which stands for what cannot be read."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", query)


def _is_token(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in TOKENS or category == "Co"


def _alternative(items: list[_Item], wanted: Callable[[_Item], str]) -> str:
    """What must be there, joined with AND, without what must not; '' where nothing must be there."""
    there = " AND ".join(wanted(item) for item in items if not item.negative)
    absent = " OR ".join((_exact if wanted is _exact else _any_width)(item) for item in items if item.negative)
    if there and absent:
        return f"(({there}) NOT ({absent}))"
    return f"({there})" if there else ""


def _exact(item: _Item) -> str:
    return _phrase(item.text) + ("*" if item.prefix else "")


def _any_width(item: _Item) -> str:
    phrases = [_exact(replace(item, text=form)) for form in _forms(item)]
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def _any_width_or_words(item: _Item) -> str:
    parts = _words(item)
    return f"({_any_width(item)} OR ({' AND '.join(map(_phrase, parts))}))" if parts else _any_width(item)


def _forms(item: _Item) -> tuple[str, ...]:
    """As typed, and with its punctuation half- or full-width."""
    return tuple(dict.fromkeys((item.text, item.text.translate(_HALF_WIDTH), item.text.translate(_FULL_WIDTH))))


def _words(item: _Item) -> tuple[str, ...]:
    """The words that a run is cut into; none where it is one."""
    parts = [] if item.quoted or item.prefix else [word for word in words.cut(item.text) if _says_something(word)]
    return () if parts == [item.text] else tuple(dict.fromkeys(parts))


def _says_something(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _phrase(text: str) -> str:
    return '"' + segment(text) + '"'


def register(connection: sqlite3.Connection) -> None:
    """Make the functions of this module known to SQL on `connection`."""
    for function in (escape_fts, escape_fts_width, escape_fts_words):
        connection.create_function(function.__name__, 1, function, deterministic=True)
