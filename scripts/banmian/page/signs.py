"""What an engine writes beside the text of a line: tags, formulas, emphasis, links, pictures, escapes, signs of lists.

Only what is surely a sign is one; the forms stand in signs.txt. They meet the text as it is in the file: full-width
characters are printed ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from banmian.page.lexicon import pattern

Range = tuple[int, int]

_MARKS = frozenset("\\$*_~`<&[")
_EMPHASIS = ("asterisk", "underline", "struck", "code")


def _form(name: str) -> re.Pattern[str]:
    return pattern(name, "signs")


def signs(text: str) -> list[Range]:
    """The ranges of `text`, a line without the blanks around it, that are signs: in order, none touches the next.

    Headings' # and the two asterisks of bold words are left to those who read what they mark.
    """
    listed = _form("list").match(text)
    found = [listed.span()] if listed else []
    if not _MARKS.isdisjoint(text):
        for match in _form("sign").finditer(text):
            found += _signs_in(match)
        taken = {at for start, end in found for at in range(start, end)}
        found += [(start, end) for start, end in _emphasis(text) if taken.isdisjoint(range(start, end))]
    return _united(found)


def has_picture(text: str) -> bool:
    """Whether the line refers to a picture."""
    return _form("picture").search(text) is not None


def is_item(text: str) -> bool:
    """Whether the sign of a list opens the line."""
    return not text.startswith(">") and _form("list").match(text) is not None


def level_of(text: str) -> tuple[int, int]:
    """How deep a heading the line is by its mark (0: none), and where the mark ends."""
    match = _form("heading").match(text)
    if match is None:
        return 0, 0
    number, subs = match.group("number"), match.group("subs")
    if number:
        return int(number), match.end()
    return (1 + subs.count("sub") if subs is not None else len(match.group("hashes"))), match.end()


def _signs_in(match: re.Match[str]) -> list[Range]:
    """The ranges of one sign's form that are no text."""
    name = match.lastgroup
    if name in ("section", "link"):
        return _around(match, f"{name}_words")
    if name == "image":
        caption = _form("caption").fullmatch(match.group("image_words").strip())
        return _around(match, "image_words") if caption else [match.span()]
    if name == "formula":
        return _formula(match, "round_words" if match.group("round_words") else "dollar_words")
    return [match.span(f"{name}_rest")] if name else [match.span()]


def _around(match: re.Match[str], words: str) -> list[Range]:
    start, end = match.span(words)
    return [(match.start(), start), (end, match.end())]


def _formula(match: re.Match[str], words: str) -> list[Range]:
    """The signs of a formula, and the blanks that engines set around it between characters that have none."""
    text, (start, end), (first, last) = match.string, match.span(), match.span(words)
    inner = [(first + sign.start(), first + sign.end()) for sign in _form("formula_sign").finditer(text[first:last])]
    if start > 1 and text[start - 1] == " " and not text[start - 2].isascii():
        start -= 1
    if end + 1 < len(text) and text[end] == " " and not text[end + 1].isascii():
        end += 1
    return [(start, first), *inner, (last, end)]


def _emphasis(text: str) -> Iterator[Range]:
    """Pairs of marks around words: as CommonMark has it, one opens before what is printed and one closes after it."""
    for name in _EMPHASIS:
        opened: Range | None = None
        for match in _form(f"emphasis_{name}").finditer(text):
            start, end = match.span()
            if opened is None:
                opened = (start, end) if _stands_at(text[end : end + 1], text[start - 1 : start]) else None
            elif _stands_at(text[start - 1 : start], text[end : end + 1]):
                # Of three asterisks the outer one is taken: the two that stay are bold.
                three = name == "asterisk" and end - start == 3
                yield (opened[0], opened[0] + 1) if three else opened
                yield (end - 1, end) if three else (start, end)
                opened = None


def _stands_at(inside: str, outside: str) -> bool:
    """Whether a mark between these characters can hold on to the inner one."""
    return bool(inside.strip()) and (inside.isalnum() or not outside.isalnum())


def _united(ranges: list[Range]) -> list[Range]:
    united: list[Range] = []
    for start, end in sorted(ranges):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        elif start < end:
            united.append((start, end))
    return united
