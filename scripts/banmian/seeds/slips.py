"""Slips in YAML, above all those of a Chinese keyboard: full-width signs, tabs, a missing blank, a wrong indent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from banmian.records import Remark
from banmian.seeds.files import read_own
from banmian.seeds.problems import Problem, SeedsError
from banmian.words.remarks import english

_COLON = re.compile(r"^\s*(?:-\s*)?(?:\{\s*)?([A-Za-z_]+)\s*：|[,，{]\s*([A-Za-z_]+)\s*：")
_COMMA = re.compile(r"[{\[].*，")
_QUOTED = re.compile(r"[:：,\[]\s*(“[^”]*”)\s*(?:[,}\]].*)?(?:#.*)?$")
_TAB = re.compile(r"^ *\t|: *\t+ *\S|- *\t")
_BRACKET = re.compile(r"(?:^\s*-|:)\s*([｛［【])|\{[^}]*(｝)|\[[^\]]*([］】])")
_WIDE_BLANK = re.compile(r"^[ \t]*(?:-\s*)?\u3000+\S")
_NO_BLANK = re.compile(r"^\s*(?:-\s*)?([a-z_]+):(?=[^\s/])")
_HYPHEN = re.compile(r"^\s*-([a-z_]+):")
_HASH = re.compile(r"^\s*(?:-\s*)?(line|after|before|article|to|printed|corrected|suspected):\s+#")
_KEY = re.compile(r"^(\s*(?:- +)?)[A-Za-z_]+:(?:\s|$)")
# What the parser says where a key stands in a wrong column, or a text has a colon in it.
_OF_INDENT = ("mapping values are not allowed", "expected <block end>")
# How many lines before the one at which reading failed a slip may be the reason of it.
_BEFORE = 3


def explained(path: Path, problems: Sequence[Problem], keys: Collection[str]) -> list[Problem]:
    """The `problems` of a file and the slips that may be their reason, by line; `keys` are those that it may have.

    What the parser says gives way to a slip, or is put in the words of an editor.
    """
    try:
        lines = read_own(path).split("\n")
    except SeedsError:
        return list(problems)
    found = list(_slips(path.name, lines, problems, keys))
    # Where reading ended, any slip may be why; within an item of a list, one close above.
    causes = {slip.line + after for slip in found if slip.line for after in range(_BEFORE)}
    others = [
        problem
        for at, problem in enumerate(problems)
        if not (_of_parser(problem) and ((found and at == 0) or problem.line in causes))
    ]
    plain = [_indent(lines, problem) if _of_parser(problem) else problem for problem in others]
    said = {(problem.line, english(problem.remark)): problem for problem in [*found, *plain]}
    return sorted(said.values(), key=lambda problem: problem.line or 0)


def _of_parser(problem: Problem) -> bool:
    return problem.remark.kind.startswith("not_yaml")


def _slips(file: str, lines: Sequence[str], problems: Sequence[Problem], keys: Collection[str]) -> Iterator[Problem]:
    """The slips, those of colons and tabs anywhere, others close to the `problems`."""
    close = {problem.line - before for problem in problems if problem.line for before in range(_BEFORE)}
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            continue
        if colon := _COLON.search(line):
            key = colon.group(1) or colon.group(2)
            yield Problem(file, number, Remark("wide_colon", {"key": key}))
        if _TAB.search(line):
            yield Problem(file, number, Remark("tab"))
        if number in close:
            yield from (Problem(file, number, slip) for slip in _close_slips(line, keys))


def _close_slips(line: str, keys: Collection[str]) -> Iterator[Remark]:
    if commented := _HASH.search(line):
        yield Remark("hash_begins_comment", {"key": commented[1]})
    if _COMMA.search(line):
        yield Remark("wide_comma")
    if quoted := _QUOTED.search(line):
        yield Remark("wide_quotes", {"text": quoted[1]})
    if bracket := _BRACKET.search(line):
        sign = bracket[1] or bracket[2] or bracket[3]
        yield Remark("wide_bracket", {"sign": sign})
    if _WIDE_BLANK.search(line):
        yield Remark("wide_blank")
    if (hyphen := _HYPHEN.search(line)) and hyphen[1] in keys:
        yield Remark("no_blank_after_hyphen", {"key": hyphen[1]})
    if (blank := _NO_BLANK.search(line)) and blank[1] in keys:
        yield Remark("no_blank_after_colon", {"key": blank[1]})


def _indent(lines: Sequence[str], problem: Problem) -> Problem:
    """What the parser says, with what is expected where a key stands in no column of those above."""
    said = str(problem.remark.values.get("said"))
    if not any(words in said for words in _OF_INDENT):
        return problem
    number = problem.line or 0
    here = _KEY.match(lines[number - 1]) if 0 < number <= len(lines) else None
    above = next(
        (at for at in range(number - 1, 0, -1) if lines[at - 1].strip() and not lines[at - 1].lstrip().startswith("#")),
        0,
    )
    before = _KEY.match(lines[above - 1]) if above else None
    if here and lines[number - 1].count(": ") > 1:
        return Problem(problem.file, number, Remark("colon_in_text"))
    if here and before and len(here[1]) != len(before[1]):
        values = {"column": len(here[1]) + 1, "above": above, "other": len(before[1]) + 1}
        return Problem(problem.file, number, Remark("wrong_indent", values))
    return problem
