"""Articles that are already apart: one JSON object a line, read with the same care for offsets as a page.

The raw line is the source: what stands between quotation marks is headline, body and so on; keys and signs of JSON are
markup. An escape (\\n, \\u4e2d) is one character of a field that was printed as several.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from banmian.records import Article, Field, Paragraph, Piece, Remark, Span
from banmian.seeds.identifiers import fault_of_id, unfit_for_text
from banmian.seeds.problems import ArticleError, not_json
from banmian.words.span_kinds import FIELDS

TEXT_KEYS = tuple(field for field in FIELDS if field != "body")
BODY_KEYS = ("body", "paragraphs")
FACT_KEYS = ("date", "page", "url")

_ATOM = re.compile(
    r'(?P<plain>[^"\\\x00-\x1f]+)|\\(?:u(?P<pair>[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w)|u(?P<hex>\w{4})|(?P<sign>.))'
)
_SPACE = re.compile(r"[ \t\r\n]*")
# The escapes of JSON that are one letter or sign.
_SIGNS = {sign: str(json.loads(f'"\\{sign}"')) for sign in 'nrtbf"\\/'}
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One line: the article, its facts (date, page, url as text) and unknown keys.

    `spans` gives the spans that spell the line, of the article with this index on its page.
    """

    article: Article
    spans: Callable[[int], Iterator[Span]]
    facts: Mapping[str, str]
    unknown: tuple[str, ...]


class _Atom(NamedTuple):
    """A run of characters of a JSON string that stand for themselves, or one that an escape stands for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Value:
    """The value of a key: the insides of its strings where it is text, else only its place."""

    key: str
    start: int
    end: int
    strings: tuple[tuple[int, int], ...]


def read_article_line(line: str, offset: int) -> ArticleLine:
    """One line of a file of articles; `offset` is where the line begins in the file.

    Raises ArticleError, with what to do, where the line is no such article.
    """
    values = _values(line)
    keys = [value.key for value in values]
    body = [key for key in BODY_KEYS if key in keys]
    if len(body) != 1:
        raise ArticleError(Remark("two_bodies" if body else "no_body"))
    builder = _Builder(line, offset)
    for value in values:
        if value.key in TEXT_KEYS or value.key in BODY_KEYS:
            builder.add_text("body" if value.key in BODY_KEYS else value.key, value)
        else:
            builder.add_furniture(value)
    facts = {value.key: _fact(line, value) for value in values if value.key in FACT_KEYS}
    unknown = tuple(key for key in keys if key not in (*TEXT_KEYS, *BODY_KEYS, *FACT_KEYS))
    return ArticleLine(builder.article(), builder.spans, {k: v for k, v in facts.items() if v}, unknown)


class _Builder:
    """Collects the segments of each field, and then the spans that spell the line."""

    def __init__(self, line: str, offset: int) -> None:
        self._line, self._offset = line, offset
        self._fields: dict[str, list[list[_Atom]]] = {}
        self._furniture: list[tuple[int, int]] = []

    def add_text(self, field: str, value: _Value) -> None:
        segments = self._fields.setdefault(field, [])
        for start, end in value.strings:
            segments += _segments(self._line, start, end)

    def add_furniture(self, value: _Value) -> None:
        self._furniture.append((value.start, value.end))

    def article(self) -> Article:
        fields = {name: self._field(self._fields[name]) for name in FIELDS if self._fields.get(name)}
        paragraphs, at = [], 0
        for position, segment in enumerate(self._fields.get("body", ()), 1):
            length = sum(len(atom.text) for atom in segment)
            paragraphs.append(Paragraph(position, "paragraph", at, at + length))
            at += length + 1
        return Article(fields, tuple(paragraphs))

    def _field(self, segments: list[list[_Atom]]) -> Field:
        pieces, at = [], 0
        for segment in segments:
            for atom in segment:
                start, end = atom.start + self._offset, atom.end + self._offset
                pieces.append(Piece(at, at + len(atom.text), start, end))
                at += len(atom.text)
            at += 1
        return Field("\n".join("".join(atom.text for atom in segment) for segment in segments), tuple(pieces))

    def spans(self, index: int) -> Iterator[Span]:
        """The line cut into spans, whole, of the article with this index."""
        known: list[tuple[int, int, str, int | None, int | None]] = []
        known += [(start, end, "furniture", None, None) for start, end in self._furniture]
        for name, segments in self._fields.items():
            for place, segment in enumerate(segments, 1):
                paragraph, position = (place, 1) if name == "body" else (None, place)
                known.append((segment[0].start, segment[-1].end, name, paragraph, position))
        at = 0
        for start, end, kind, part, number in sorted(known, key=lambda span: span[0]):
            yield from self._between(at, start)
            article = None if kind == "furniture" else index
            yield Span(start + self._offset, end + self._offset, kind, article, part, number, self._line[start:end])
            at = end
        yield from self._between(at, len(self._line))

    def _between(self, start: int, end: int) -> Iterator[Span]:
        """Signs of JSON, and blanks where there is nothing else."""
        if start < end:
            text = self._line[start:end]
            kind = "blank" if text.isspace() else "markup"
            yield Span(start + self._offset, end + self._offset, kind, None, None, None, text)


def _values(line: str) -> list[_Value]:
    try:
        record = _DECODER.decode(line.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError) as error:
        raise ArticleError(not_json(error)) from error
    if not isinstance(record, dict):
        raise ArticleError(Remark("no_json_object"))
    at = line.index("{") + 1
    values: list[_Value] = []
    while line[at := _skip(line, at)] != "}":
        key, at = _DECODER.raw_decode(line, at)
        if key in (value.key for value in values):
            raise ArticleError(Remark("json_key_twice", {"key": key}))
        if unfit := unfit_for_text(key):
            raise ArticleError(Remark("no_character", {"escape": unfit}))
        at = _skip(line, _skip(line, at) + 1)
        value = _value(line, key, at)
        values.append(value)
        at = _skip(line, value.end)
        at += line[at] == ","
    return values


def _value(line: str, key: str, at: int) -> _Value:
    content, end = _DECODER.raw_decode(line, at)
    is_list = key == "paragraphs"
    if key not in TEXT_KEYS and key not in BODY_KEYS:
        return _Value(key, at, end, ())
    if content is None:
        return _Value(key, at, end, ())
    if not isinstance(content, list if is_list else str) or (is_list and not all(isinstance(c, str) for c in content)):
        raise ArticleError(Remark("must_be_texts" if is_list else "must_be_text", {"key": key}))
    if not is_list:
        return _Value(key, at, end, ((at + 1, end - 1),))
    strings, inner = [], at + 1
    while line[inner := _skip(line, inner)] != "]":
        _, stop = _DECODER.raw_decode(line, inner)
        strings.append((inner + 1, stop - 1))
        inner = _skip(line, stop)
        inner += line[inner] == ","
    return _Value(key, at, end, tuple(strings))


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _segments(line: str, start: int, end: int) -> list[list[_Atom]]:
    """The string line[start:end] as its lines, without white space around them; empty ones are left out."""
    text = line[start:end]
    if text.count("\\") == text.count("\\n"):
        return list(_plain_segments(text, start))
    segments: list[list[_Atom]] = [[]]
    for match in _ATOM.finditer(line, start, end):
        atom = _Atom(_decoded(match), match.start(), match.end())
        if atom.text in "\n\r":
            segments.append([])
        else:
            segments[-1].append(atom)
    return [trimmed for segment in segments if (trimmed := _trimmed(segment))]


def _plain_segments(text: str, start: int) -> Iterator[list[_Atom]]:
    """The same of a string that escapes nothing but ends of lines, as nearly all do."""
    for part in text.split("\\n"):
        if kept := part.strip():
            begins = start + len(part) - len(part.lstrip())
            yield [_Atom(kept, begins, begins + len(kept))]
        start += len(part) + len("\\n")


def _decoded(match: re.Match[str]) -> str:
    text = match["plain"] or _SIGNS.get(match["sign"]) or str(json.loads(f'"{match.group()}"'))
    if text == "\0" or "\ud800" <= text[0] <= "\udfff":
        raise ArticleError(Remark("no_character", {"escape": match.group()}))
    return text


def _trimmed(segment: list[_Atom]) -> list[_Atom]:
    while segment and segment[0].text.isspace():
        segment = segment[1:]
    while segment and segment[-1].text.isspace():
        segment = segment[:-1]
    if segment:
        first = segment[0]
        kept = first.text.lstrip()
        segment = [_Atom(kept, first.start + len(first.text) - len(kept), first.end), *segment[1:]]
        last = segment[-1]
        kept = last.text.rstrip()
        segment = [*segment[:-1], _Atom(kept, last.start, last.end - len(last.text) + len(kept))]
    return segment


def _fact(line: str, value: _Value) -> str | None:
    """A date, page or address as text; None where it is null."""
    content, _ = _DECODER.raw_decode(line, value.start)
    if content is None or content == "":
        return None
    if not isinstance(content, str | int) or isinstance(content, bool):
        raise ArticleError(Remark("must_be_text_or_number", {"key": value.key}))
    text = str(content).strip()
    if unfit := unfit_for_text(text, ""):
        raise ArticleError(Remark("no_character", {"escape": unfit}))
    if text and value.key == "page" and (fault := fault_of_id(text)):
        raise ArticleError(fault)
    return text or None
