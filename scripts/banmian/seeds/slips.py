"""Slips of a Chinese keyboard in YAML: full-width signs and tabs, taken for text or refused without a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from banmian.seeds.problems import Problem

_COLON = re.compile(r"^\s*(?:-\s*)?(?:\{\s*)?([A-Za-z_]+)\s*：|[,，{]\s*([A-Za-z_]+)\s*：")
_COMMA = re.compile(r"[{\[].*，")
_QUOTED = re.compile(r"[:：,\[]\s*(“[^”]*”)\s*(?:[,}\]].*)?(?:#.*)?$")
_TAB = re.compile(r"^ *\t|: *\t+ *\S|- *\t")
# How many lines before the one at which reading failed a slip may be the reason of it.
_BEFORE = 3


def slips(path: Path, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The slips in a file that could not be read, those of colons and tabs anywhere, others close to the `problems`."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return
    close = {problem.line - before for problem in problems if problem.line for before in range(_BEFORE)}
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            continue
        if colon := _COLON.search(line):
            key = colon.group(1) or colon.group(2)
            yield Problem(
                path.name, number, f"a full-width colon (：) after {key!r}. Write a half-width one: '{key}: '"
            )
        if _TAB.search(line):
            yield Problem(path.name, number, "a tab before or after a key. Write blanks instead")
        if number in close and _COMMA.search(line):
            yield Problem(path.name, number, "a full-width comma (，) in { } or [ ]. Between keys or texts write ', '")
        if number in close and (quoted := _QUOTED.search(line)):
            reason = f'the marks of {quoted[1]} would be part of the text. Write "…" around it, or none'
            yield Problem(path.name, number, reason)
