"""Where what was searched for stands in a text, found as the index finds it, and marked. Pure functions of text."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from banmian.site.search import Asked, wanted
from banmian.site.snippets import as_brackets
from banmian.site.syntax import TOKENS
from banmian.store.segmentation import NEWLINE, SEPARATOR, SPACE, segment
from banmian.words.characters import other_forms
from banmian.words.span_kinds import HEADINGS

# The fields of an article that are searched, in the order in which they are read.
FIELDS = (*HEADINGS, "body")
# Characters before and after a hit.
_AROUND = 24
_ALNUM = "0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_Span = tuple[int, int, int]
_NOT_AS_IT_IS = re.compile("[&<>\"'\n]")
_TAG = re.compile(r"<[^>]*>|&[^;]{1,8};")


class Place(NamedTuple):
    """field[start:end] is a hit: code points, end exclusive. A tuple: one character makes thousands."""

    field: str
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """How the place is called on the page of its article."""
        return f"hit-{self.field}-{self.start}"


def prepare() -> None:
    """Read the tables that the first search would wait for."""
    other_forms(" ", 1)
    _between_tokens()


def places_in(row: Mapping[str, Any] | sqlite3.Row, asked: Asked) -> list[Place]:
    """Every place in an article where what was asked for stands, field by field as it is read.

    Of what is nowhere there in any of its forms, the places of its words.
    """
    texts = [(number, row[field]) for number, field in enumerate(FIELDS) if row[field]]
    patterns = _patterns(asked)
    # Most searches are for one run of characters: its places are in order, and none stands within another.
    if len(patterns) == 1 and len(patterns[0][0].literals) == 1:
        only = [Place(FIELDS[number], *span) for number, text in texts for span in patterns[0][0].spans(text)]
        if only:
            return only
    found: set[_Span] = set()
    for whole, words in patterns:
        there = {(number, *span) for number, text in texts for span in whole.spans(text)}
        if not there and words:
            there = {(number, *span) for number, text in texts for span in words.spans(text)}
        found |= there
    return [Place(FIELDS[number], start, end) for number, start, end in _outermost(found)]


def _outermost(found: Iterable[_Span]) -> list[_Span]:
    """Those that do not stand within another one, in order; each begins before the next, or is longer."""
    kept: list[_Span] = []
    for span in sorted(found, key=lambda span: (span[0], span[1], -span[2])):
        if not kept or kept[-1][0] != span[0] or span[2] > kept[-1][2]:
            kept.append(span)
    return kept


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What finds phrases: the `literals`, where all of them are characters that stand in a text as they stand here."""

    pattern: re.Pattern[str]
    literals: Sequence[str]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        if self.literals and not _between_tokens().search(text):
            for literal in self.literals:
                at = text.find(literal)
                while at >= 0:
                    yield at, at + len(literal)
                    at = text.find(literal, at + 1)
            return
        at = 0
        while found := self.pattern.search(text, at):
            yield found.span()
            at = found.start() + 1


@lru_cache(maxsize=64)
def _patterns(asked: Asked) -> Sequence[tuple[_Phrases, _Phrases | None]]:
    """For each thing wanted what finds its forms, and what finds its words."""
    return [
        (_phrases(one.forms, one.prefix), _phrases([form for forms in one.words for form in forms], False))
        if one.words
        else (_phrases(one.forms, one.prefix), None)
        for one in wanted(asked)
    ]


def _phrases(forms: Sequence[str], prefix: bool) -> _Phrases:
    literals = forms if not prefix and all(map(_is_literal, "".join(forms))) else ()
    return _Phrases(_pattern(forms, prefix), literals)


def _is_literal(character: str) -> bool:
    """Whether it is a token by itself that is written in one way alone."""
    one_case = character.lower() == character.upper()
    digit = (character.isascii() and character.isdigit()) or "\uff10" <= character <= "\uff19"
    return one_case and not digit and not character.isspace() and not _is_ignored(character)


@cache
def _between_tokens() -> re.Pattern[str]:
    return re.compile(f"[{_ignored()}]")


def _pattern(forms: Sequence[str], prefix: bool) -> re.Pattern[str]:
    return re.compile("|".join(_phrase(form, prefix) for form in forms), re.IGNORECASE)


def _phrase(form: str, prefix: bool) -> str:
    """A pattern of one phrase: its tokens next to each other, runs of ASCII letters and digits as whole words."""
    tokens = [token for token in segment(form).replace(SEPARATOR, "\0").split("\0") if token]
    tokens = [part for token in tokens for part in re.split(f"[{_ignored()}]+", token) if part]
    made = [_token(token) for token in tokens]
    if prefix:
        made[-1] = f"(?<![{_ALNUM}]){_letters(tokens[-1])}[{_ALNUM}]*"
    return f"[{_ignored()}]*".join(made)


def _token(token: str) -> str:
    if token == SPACE:
        return r"[^\S\n]"
    if token == NEWLINE:
        return r"\n"
    if token.isascii() and token.isalnum():
        return f"(?<![{_ALNUM}]){_letters(token)}(?![{_ALNUM}])"
    return re.escape(token)


def _letters(word: str) -> str:
    return "".join(f"[{letter}{chr(ord(letter) + 0xFEE0)}]" for letter in word)


@cache
def _ignored() -> str:
    """What stands between tokens without being one, as the inside of a set of characters."""
    codes = [code for code in (*range(0x10000), *range(0xE0000, 0xE0200)) if _is_ignored(chr(code))]
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


def _is_ignored(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in TOKENS and category not in ("Co", "Cs") and not character.isspace()


def context(text: str, place: Place) -> Markup:
    """The hit, marked, with what stands before and after it in its field; paragraphs run on."""
    before, after = max(0, place.start - _AROUND), min(len(text), place.end + _AROUND)
    start, hit, end = text[before : place.start], text[place.start : place.end], text[place.end : after]
    if _NOT_AS_IT_IS.search(text, before, after):
        # NUL, which no text holds, keeps the parts apart: to escape them at once takes a third of the time.
        start, hit, end = str(escape("\0".join((start, hit, end)).replace("\n", " "))).split("\0")
    cut = ("\u2026" if before else "", "\u2026" if after < len(text) else "")
    return Markup(f"{cut[0]}{start}<mark>{hit}</mark>{end}{cut[1]}")


def marked(html: Markup, start: int, places: Sequence[Place], anchored: bool = True) -> Markup:
    """`html`, whose text begins at offset `start` of the field of `places`, with what of them stands in it as <mark>.

    A mark is cut where an element begins or ends; where its place begins it has the anchor of the place,
    if `anchored`.
    """
    source, parts = str(html), list[str]()
    at, last = start, 0
    for tag in _TAG.finditer(source):
        text = source[last : tag.start()]
        parts.append(_marked(text, at, places, anchored))
        at += len(text)
        if tag[0][0] == "&":
            parts.append(_marked(tag[0], at, places, anchored))
            at += 1
        else:
            parts.append(tag[0])
        last = tag.end()
    parts.append(_marked(source[last:], at, places, anchored))
    return Markup("".join(parts))


def _marked(text: str, at: int, places: Sequence[Place], anchored: bool) -> str:
    """One run of text, or one character written as an entity, which begins at offset `at`."""
    size = 1 if text.startswith("&") else len(text)
    html, done = [], at
    for place in places:
        first, end = max(place.start, done), min(place.end, at + size)
        if first < end:
            anchor = f' id="{place.anchor}"' if anchored and first == place.start else ""
            inside = text if text.startswith("&") else text[first - at : end - at]
            html += [text[done - at : first - at], f"<mark{anchor}>{inside}</mark>"]
            done = end
    return "".join([*html, "" if done == at + size else text[done - at :]])


def excerpt(query: str | None, names: str | None, *texts: str | None) -> str | None:
    """The hits of FIELDS in readable text, at most three with what stands around them; None where none is there.

    `names` is JSON, as escape_fts_forms has it, or None for what was typed alone.
    """
    row = dict(zip(FIELDS, texts, strict=True))
    found = places_in(row, Asked.of(query, names))[:3]
    around = (context(str(row[place.field]), place) for place in found)
    return " ".join(map(as_brackets, around)) or None


def register(connection: sqlite3.Connection) -> None:
    """The SQL function excerpt(query, names, ...) over FIELDS."""
    connection.create_function("excerpt", 2 + len(FIELDS), excerpt, deterministic=True)
