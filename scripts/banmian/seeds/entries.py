"""Entries of `order` and `identities` as an editor completes them: guarded by text, what was decided left open."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from banmian.records import STATED
from banmian.seeds.lines import BEGINNING, ENDING, PrintedLine, guard_of, line_at

_REASON = "编者通读上下文 · read in context"
_LINK_CHOICES = "join, paragraph or apart"
SPLIT_CHOICES = "same (one everywhere), or different (another one in the articles with these texts)"
PLACE_CHOICES = "same (it is the first, with the right city), or different (it stays as printed)"
MERGE_CHOICES = "same (all are the first), or different (they stay apart)"
NAME_CHOICES = "same (it is a name), or none (it is no name)"
_KIND_CHOICES = f"{', '.join(STATED[:-1])} or {STATED[-1]}"


def link_entry(
    file: str, lines: Sequence[PrintedLine], left_end: int, right_start: int, published: str | None
) -> str | None:
    """YAML that asks how the line at `right_start` stands to the one at `left_end`.

    None where one of the lines has the text of another. `published` is what the page has now, if it has such a thing.
    """
    after = guard_of(lines, line_at(lines, left_end), ENDING)
    before = guard_of(lines, line_at(lines, right_start), BEGINNING)
    if after is None or before is None:
        return None
    return _entry(file, {"after": after, "before": before}, _LINK_CHOICES, published)


def heading_entry(file: str, lines: Sequence[PrintedLine], start: int, body: int | None, published: str) -> str | None:
    """YAML that asks what the line at `start` is, and of which article: that of the body line at offset `body`.

    None where the line has the text of another, or where that text of the body stands in it too (a byline before it).
    """
    here, first = line_at(lines, start), None if body is None else line_at(lines, body)
    line = guard_of(lines, here, BEGINNING)
    if line is None or here == first:
        return None
    article = None if first is None else guard_of(lines, first, BEGINNING)
    return _entry(file, {"line": line, **({"article": article} if article else {})}, _KIND_CHOICES, published)


def identity_entry(kind: str, names: Sequence[str], texts: Sequence[str], choices: str) -> str:
    """YAML that asks whether `names` are the same, or what one name means in the articles with one of `texts`."""
    lines = [f"- kind: {kind}", f"names: [{', '.join(map(quoted, names))}]"]
    lines += [f"in: [{', '.join(map(quoted, texts))}]"] if texts else []
    return "\n  ".join([*lines, f"as:  # {choices}", f"reason: {_REASON}"])


def _entry(file: str, guards: dict[str, str], choices: str, published: str | None) -> str:
    stated = [f"{key}: {quoted(value)}" for key, value in {"file": file, **guards}.items()]
    now = f"; published: {published}" if published else ""
    return "\n  ".join([f"- {stated[0]}", *stated[1:], f"as:  # {choices}{now}", f"reason: {_REASON}"])


def quoted(text: str) -> str:
    """`text` as YAML that reads as it again, whatever stands in it."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6).strip()
