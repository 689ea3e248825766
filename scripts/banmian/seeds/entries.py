"""Entries of `order` and `identities` as an editor completes them: guarded by text, what was decided left open."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from banmian.records import Remark
from banmian.seeds.lines import BEGINNING, ENDING, Guard, PrintedLine, guard_of, line_at
from banmian.words.remarks import in_both
from banmian.words.span_kinds import INNER, STATED

_REASON = in_both(Remark("read_in_context"))
_LINK_CHOICES = "join, paragraph or apart"
SPLIT_CHOICES = "same (one everywhere), or different (another one in the articles with these texts)"
PLACE_CHOICES = "same (it is the first, with the right city), or different (it stays as printed)"
MERGE_CHOICES = "same (all are the first), or different (they stay apart)"
NAME_CHOICES = "same (it is a name), or none (it is no name)"
_KIND_CHOICES = f"begins, {', '.join(STATED[:-1])} or {STATED[-1]}"


def link_entry(file: str, lines: Sequence[PrintedLine], left_end: int, right_start: int, published: str | None) -> str:
    """YAML that asks how the line at `right_start` stands to the one at `left_end`.

    `published` is what the page has now, if it has such a thing.
    """
    after = guard_of(lines, line_at(lines, left_end), ENDING)
    before = guard_of(lines, line_at(lines, right_start), BEGINNING)
    return _entry(file, {"after": after, "before": before}, _LINK_CHOICES, published)


def heading_entry(file: str, lines: Sequence[PrintedLine], start: int, body: int | None, published: str) -> str | None:
    """YAML that asks what the line at `start` is, and of which article: that of the body line at offset `body`.

    None where that text of the body stands in the same line (a byline before it): then it is only part of a line.
    """
    here, first = line_at(lines, start), None if body is None else line_at(lines, body)
    if here == first and published not in INNER:
        return None
    article = {} if first is None or here == first else {"article": guard_of(lines, first, BEGINNING)}
    return _entry(file, {"line": guard_of(lines, here, BEGINNING), **article}, _KIND_CHOICES, published)


def identity_entry(kind: str, names: Sequence[str], texts: Sequence[str], choices: str) -> str:
    """YAML that asks whether `names` are the same, or what one name means in the articles with one of `texts`."""
    lines = [f"- kind: {kind}", f"names: [{', '.join(map(quoted, names))}]"]
    lines += [f"in: [{', '.join(map(quoted, texts))}]"] if texts else []
    return "\n  ".join([*lines, f"as:  # {choices}", f"reason: {_REASON}"])


def _entry(file: str, guards: dict[str, Guard], choices: str, published: str | None) -> str:
    stated = [f"file: {quoted(file)}"]
    for key, guard in guards.items():
        stated.append(f"{key}: {quoted(guard.text)}")
        if guard.nth is not None:
            stated.append(f"{'nth' if key == 'line' else f'{key}_nth'}: {guard.nth}")
    now = f"; published: {published}" if published else ""
    return "\n  ".join([f"- {stated[0]}", *stated[1:], f"as:  # {choices}{now}", f"reason: {_REASON}"])


def quoted(text: str) -> str:
    """`text` as YAML that reads as it again, whatever stands in it."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6).strip()


def comment(text: str) -> str:
    """`text` as one line that can stand in a comment: what YAML forbids even there is shown as a blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
