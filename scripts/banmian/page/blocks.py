"""Lines that an engine writes as one block: tables, comments, and what it notes about the file at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from banmian.page.lexicon import pattern

_LONGEST_TABLE = 400
_LONGEST_NOTE = 40


def _form(name: str) -> re.Pattern[str]:
    return pattern(name, "signs")


def blocks_of(texts: Sequence[str]) -> dict[int, str]:
    """The lines, by their place in `texts`, that are part of a block: table, or markup for what is no text at all."""
    blocks = dict.fromkeys(_front_matter(texts), "markup")
    blocks |= dict.fromkeys(_comments(texts), "markup")
    blocks |= dict.fromkeys(_piped(texts), "table")
    return blocks | dict.fromkeys(_tagged(texts), "table")


def _tagged(texts: Sequence[str]) -> Iterator[int]:
    """The lines of tables in HTML or LaTeX, from the one that opens the table to the one that closes it."""
    at = 0
    while at < len(texts):
        if not _form("table_opens").search(texts[at]):
            at += 1
            continue
        last = next((to for to in range(at, min(len(texts), at + _LONGEST_TABLE)) if _closes(texts[to])), at)
        yield from range(at, last + 1)
        at = last + 1


def _closes(text: str) -> bool:
    """Whether the last table that the line opens or goes on with ends in it."""
    closing = [match.end() for match in _form("table_closes").finditer(text)]
    return bool(closing) and not _form("table_opens").search(text, closing[-1])


def _piped(texts: Sequence[str]) -> Iterator[int]:
    """The lines of tables whose cells stand between bars: two or more rows, or one below which a rule is drawn."""
    at = 0
    while at < len(texts):
        last = at
        while last < len(texts) and "|" in texts[last]:
            last += 1
        rows = texts[at:last]
        rule = next((number for number, row in enumerate(rows) if _is_rule(row)), None)
        if len(rows) > 1 and all(row[0] == row[-1] == "|" for row in rows):
            yield from range(at, last)
        elif rule is not None and len(rows) > 1:
            yield from range(at + max(0, rule - 1), last)
        at = max(last, at + 1)


def _is_rule(text: str) -> bool:
    return _form("pipe_rule").fullmatch(text) is not None


def _comments(texts: Sequence[str]) -> Iterator[int]:
    """The lines of comments that stand on several; one that nothing closes is text."""
    at = 0
    while at < len(texts):
        last = at
        if texts[at].startswith("<!--") and "-->" not in texts[at]:
            ahead = range(at + 1, min(len(texts), at + _LONGEST_NOTE))
            last = next((to for to in ahead if texts[to].endswith("-->")), at)
            yield from range(at, last + 1) if last > at else ()
        at = last + 1


def _front_matter(texts: Sequence[str]) -> range:
    """The lines at the head of the file in which an engine says what it found, between two rules."""
    if not texts or texts[0] != "---":
        return range(0)
    last = next((at for at, text in enumerate(texts[1:_LONGEST_NOTE], 1) if text == "---"), 0)
    told = all(_form("front_matter").fullmatch(text) for text in texts[1:last])
    return range(last + 1) if last > 1 and told else range(0)
