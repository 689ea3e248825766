"""What a visitor typed, as a query of SQLite's FTS5.

`escape_fts` is exact: it finds what contains the characters that were typed, and nothing else. `escape_fts_width` takes
full- and half-width punctuation for the same: what a keyboard types and a page prints often differ in nothing else.
`escape_fts_forms` also accepts a run of the query in other characters (simplified, traditional, radicals) and the other
names of what it names, `escape_fts_words` also the words that jieba cuts it into. All take any string and never
lead to an error. How it is typed stands in syntax.py.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from banmian import words
from banmian.site.guards.bounds import RUN
from banmian.site.syntax import Item, alternatives, is_or, items
from banmian.store.index import INDEXES
from banmian.store.segmentation import segment
from banmian.words.characters import other_forms, simplified

# FTS5 gives no row for a phrase without a token, and no error.
NOTHING = '""'

# How many ways of writing a run are looked for, with that in which it was typed, and how many other names.
_FORMS, _NAMES = 4, 3
# Unicode's full-width forms of ASCII but for the quotation mark, which would end a phrase.
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if code != ord('"')}
_HALF_WIDTH = {full: half for half, full in _FULL_WIDTH.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks for: what was typed, with other names of what a run of it names, as (typed, other).

    `literal`: nothing else than what was typed.
    """

    text: str
    names: tuple[tuple[str, str], ...] = ()
    literal: bool = False

    @classmethod
    def of(cls, text: str | None, names: str | None) -> Asked:
        """As SQL has it: names as JSON, NULL for what is to be found literally."""
        return cls(text or "", () if names is None else _read_names(names), names is None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must stand somewhere in what is found: one of `forms`, or failing these all of `words`, each in a form.

    With `prefix` the last word of a form may go on.
    """

    forms: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    prefix: bool


def wanted(asked: Asked) -> list[Wanted]:
    """What is looked for, so that it can be found again in a text; -words are left out."""
    return [
        Wanted((item.text,), (), item.prefix)
        if asked.literal
        else Wanted(_all_forms(item, asked.names), _words(item), item.prefix)
        for item in _positive(asked.text)
    ]


def added(asked: Asked) -> list[tuple[str, str]]:
    """The forms that are looked for beside what was typed, as (typed, form); other widths are left out."""
    if asked.literal:
        return []
    return [
        (item.text, form) for item in _positive(asked.text) for form in (*_scripts(item), *_names(item, asked.names))
    ]


def runs(query: str | None) -> list[tuple[str, str]]:
    """What may be a name in what was typed: (typed, form), in each of its forms."""
    return [(item.text, form) for item in _positive(query or "") for form in (item.text, *_scripts(item))]


def each(query: str, all_of: bool = False) -> list[str]:
    """What must be there, thing by thing, as it may be typed again; none where there are alternatives.

    With `all_of` everything that was typed, whatever is said of it.
    """
    found = list(dict.fromkeys(items(query)))
    if all_of:
        return [item.typed for item in found]
    return [] if any(map(is_or, found)) else [item.typed for item in found if not item.negative]


def some_of(query: str) -> str | None:
    """A search for any of the words of this one; None where it has alternatives already, or one word."""
    found = list(dict.fromkeys(items(query)))
    if any(map(is_or, found)):
        return None
    without = " ".join(item.typed for item in found if item.negative)
    parts = [part for item in found if not item.negative for part in _parts(item)]
    return " OR ".join(f"{part} {without}".strip() for part in dict.fromkeys(parts)) if len(set(parts)) > 1 else None


def _parts(item: Item) -> list[str]:
    """Its words of several characters, or itself as it may be typed again."""
    return [forms[0] for forms in _words(item) if len(forms[0]) > 1] or [item.typed]


def once(query: str) -> str:
    """The query without what stands in it twice, where it has no alternatives; as typed where nothing does."""
    found = list(items(query))
    typed = dict.fromkeys(item.typed for item in found)
    return query if any(map(is_or, found)) or len(typed) == len(found) else " ".join(typed)


def escape_fts(query: str | None) -> str:
    """An FTS5 expression for rows that contain exactly what was typed.

    Nothing is found where nothing searchable was typed: an empty string, quotation marks alone, only -words.
    """
    return _expression(query, _exact, _exact)


def escape_fts_width(query: str | None) -> str:
    """Like escape_fts, but a phrase also matches with all its punctuation full-width, or all of it half-width.

    A -word must not be there in other characters either.
    """
    return _expression(query, _any_width, _any_script)


def escape_fts_forms(query: str | None, names: str | None = None) -> str:
    """Like escape_fts_width, but a phrase also matches in other characters, and by the other names that it has.

    `names` is JSON: [[typed, other name], ...].
    """
    known = _read_names(names)
    return _expression(query, lambda item: _any_form(item, known), _any_script)


def escape_fts_words(query: str | None, names: str | None = None) -> str:
    """Like escape_fts_forms, but a run without spaces also matches where all the words are that jieba cuts it into."""
    known = _read_names(names)
    return _expression(query, lambda item: _any_form_or_words(item, known), _any_script)


def escape_fts_other_forms(query: str | None, names: str | None = None) -> str:
    """Like escape_fts_forms, for the rows that escape_fts does not find: of one thing the other forms alone.

    To look for what was typed once more takes as long as all of them.
    """
    known = _read_names(names)
    if not _is_one(query):
        return escape_fts_forms(query, names)
    return _expression(query, lambda item: _or(_others(item, known)), _any_script)


def escape_fts_other_words(query: str | None, names: str | None = None) -> str:
    """Like escape_fts_words, in the same way."""
    known = _read_names(names)
    if not _is_one(query):
        return escape_fts_words(query, names)
    return _expression(query, lambda item: _or([*_others(item, known), *_apart(item)]), _any_script)


def in_field(expression: str, field: str | None) -> str:
    """The expression for one column of the index alone; of all where none is named, of none where it is unknown."""
    if not field:
        return expression
    return f"{{{field}}} : ({expression})" if field in INDEXES[0].columns else NOTHING


def _positive(query: str) -> list[Item]:
    return [item for item in dict.fromkeys(items(query)) if not item.negative and not is_or(item)]


def _expression(query: str | None, wanted: Callable[[Item], str], absent: Callable[[Item], str]) -> str:
    made = [_alternative(group, wanted, absent) for group in alternatives(query or "")]
    return " OR ".join(found for found in made if found) or NOTHING


def _alternative(group: list[Item], wanted: Callable[[Item], str], absent: Callable[[Item], str]) -> str:
    """What must be there, joined with AND, without what must not; '' where nothing must be there."""
    there = " AND ".join(dict.fromkeys(wanted(item) for item in group if not item.negative))
    without = " OR ".join(dict.fromkeys(absent(item) for item in group if item.negative))
    if there and without:
        return f"(({there}) NOT ({without}))"
    return f"({there})" if there else ""


def _exact(item: Item) -> str:
    return _any_of((item.text,), item.prefix)


def _any_width(item: Item) -> str:
    return _any_of(_widths(item.text), item.prefix)


def _any_script(item: Item) -> str:
    return _any_form(item, ())


def _any_form(item: Item, names: tuple[tuple[str, str], ...]) -> str:
    return _any_of(_all_forms(item, names), item.prefix)


def _any_of(forms: Sequence[str], prefix: bool) -> str:
    return _or([_phrase(form) + ("*" if prefix else "") for form in forms])


def _any_form_or_words(item: Item, names: tuple[tuple[str, str], ...]) -> str:
    return _or([_any_form(item, names), *_apart(item)])


def _apart(item: Item) -> list[str]:
    """One expression for all of its words, none where it is one."""
    parts = [_any_of(forms, False) for forms in _words(item)]
    return [f"({' AND '.join(parts)})"] if parts else []


def _others(item: Item, names: tuple[tuple[str, str], ...]) -> list[str]:
    """Its forms without what was typed."""
    return [_any_of((form,), item.prefix) for form in _all_forms(item, names) if form != item.text]


def _or(expressions: Sequence[str]) -> str:
    """Any of them; '' where there is none."""
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})" if expressions else ""


def _is_one(query: str | None) -> bool:
    """Whether one thing must be there, and no other will do instead."""
    return len(_positive(query or "")) == 1 and len(list(alternatives(query or ""))) == 1


def _all_forms(item: Item, names: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    texts = (item.text, *_scripts(item), *_names(item, names))
    return tuple(dict.fromkeys(form for text in texts for form in _widths(text)))


def _widths(text: str) -> tuple[str, ...]:
    """As typed, and with its punctuation half- or full-width."""
    return tuple(dict.fromkeys((text, text.translate(_HALF_WIDTH), text.translate(_FULL_WIDTH))))


def _scripts(item: Item) -> tuple[str, ...]:
    """The other characters in which it may be written; none of what nobody types by hand."""
    return () if item.prefix or len(item.text) > RUN else _written(item.text)


@lru_cache(maxsize=1024)
def _written(text: str) -> tuple[str, ...]:
    return () if text.isascii() else tuple(other_forms(text, _FORMS - 1))


def _names(item: Item, names: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Its other names; what contains it is found by it."""
    own = {item.text, *_scripts(item)}
    found = (other for typed, other in names if typed == item.text and not any(form in other for form in own))
    return tuple(dict.fromkeys(found))[:_NAMES]


@lru_cache(maxsize=64)
def _read_names(names: str | None) -> tuple[tuple[str, str], ...]:
    """The pairs in a JSON text; none where it is no list of pairs, since anybody may write the SQL that gives it."""
    try:
        found = json.loads(names or "[]")
        return tuple((str(typed), str(other)) for typed, other in found)
    except (ValueError, TypeError, RecursionError):
        return ()


@lru_cache(maxsize=64)
def _words(item: Item) -> tuple[tuple[str, ...], ...]:
    """The words that a run is cut into, each in its forms; none where it is one, or nobody typed it by hand.

    Traditional characters are cut as simplified ones, which jieba's words are of.
    """
    if item.quoted or item.prefix or len(item.text) > RUN:
        return ()
    at, parts = 0, []
    for word in words.cut(simplified(item.text)):
        typed = item.text[at : at + len(word)]
        at += len(word)
        if _says_something(typed):
            parts.append(typed)
    return () if parts == [item.text] else tuple((part, *_written(part)) for part in dict.fromkeys(parts))


def _says_something(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _phrase(text: str) -> str:
    return '"' + segment(text) + '"'


def _runs(query: str | None) -> str:
    return json.dumps(runs(query), ensure_ascii=False)


def register(connection: sqlite3.Connection) -> None:
    """Make the functions of this module known to SQL on `connection`."""
    one: tuple[Callable[..., str], ...] = (escape_fts, escape_fts_width, escape_fts_forms, escape_fts_words)
    others = (escape_fts_other_forms, escape_fts_other_words)
    two: tuple[Callable[..., str], ...] = (escape_fts_forms, escape_fts_words, *others, in_field)
    for arguments, functions in ((1, one), (2, two)):
        for function in functions:
            connection.create_function(function.__name__, arguments, function, deterministic=True)
    connection.create_function("search_runs", 1, _runs, deterministic=True)
