"""SQLite's functions on strings that take time in proportion to the product of two lengths, in time of their sum.

SQLite can't be stopped within one call: on strings of a million bytes instr and replace take half a minute.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

_Value = str | bytes | int | float | None


def register(connection: sqlite3.Connection, longest: int) -> None:
    """instr, replace, trim, ltrim and rtrim as SQLite documents them; results over `longest` characters are refused."""

    def replace(text: _Value, old: _Value, new: _Value) -> _Value:
        if text is None or old is None:
            return None
        if not (old := _text(old)):
            return _text(text) if isinstance(text, bytes) else text
        if new is None:
            return None
        text, new = _text(text), _text(new)
        # Before it is made: the result may be the square of what was given.
        if len(new) > len(old) and len(text) + text.count(old) * (len(new) - len(old)) > longest:
            raise OverflowError
        return text.replace(old, new)

    connection.create_function("instr", 2, _instr, deterministic=True)
    connection.create_function("replace", 3, replace, deterministic=True)
    for name, left, right in (("trim", True, True), ("ltrim", True, False), ("rtrim", False, True)):
        connection.create_function(name, 1, _trimmer(left, right), deterministic=True)
        connection.create_function(name, 2, _trimmer(left, right), deterministic=True)


def _instr(text: _Value, part: _Value) -> int | None:
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _trimmer(left: bool, right: bool) -> Callable[..., str | None]:
    def trim(text: _Value, characters: _Value = " ") -> str | None:
        if text is None or characters is None:
            return None
        text, away = _text(text), set(_text(characters))
        start, end = 0, len(text)
        while left and start < end and text[start] in away:
            start += 1
        while right and end > start and text[end - 1] in away:
            end -= 1
        return text[start:end]

    return trim


def _text(value: str | bytes | int | float) -> str:
    """`value` as SQLite casts it to text."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, float):
        number, _, exponent = f"{value:.15g}".partition("e")
        number = number if "." in number else f"{number}.0"
        return f"{number}e{exponent}" if exponent else number
    return str(value)
