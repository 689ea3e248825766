"""What an editor says about lines of a page, as entries of editions.yml: lines are named by number, entries by text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from banmian.desk.corrections import Edit, as_read, edits
from banmian.desk.yaml_edits import Entry
from banmian.records import Correction, Page, Remark
from banmian.seeds.lines import BEGINNING, ENDING, PrintedLine, Side, guard_of, printed_lines
from banmian.seeds.order import IN_ARTICLE
from banmian.seeds.records import PageSource
from banmian.words.remarks import in_both
from banmian.words.span_kinds import LINKS, SPAN_KINDS, STATED

# What an editor may say; the last four are not of `order`.
SAID = (*LINKS, "begins", "article", *STATED, "correct", "suspect", "doubt", "checked")
AT_DESK = in_both(Remark("decided_at_desk"))
# 3, 4-9, 4=kicker (or its Chinese name): numbers of lines, and what they are.
_LINES = re.compile(r"([0-9]{1,7})(?:-([0-9]{1,7}))?(?:[==](\w+))?")
_KINDS = {name: kind for kind in IN_ARTICLE for name in (kind, SPAN_KINDS[kind].chinese)}
_APART = re.compile(r"[\s,，、;；]+")
# So many lines of one kind, one after the other, are stated from the first to the last.
_RUN = 3


class DecisionError(ValueError):
    """What was said can't be an entry; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(in_both(remark))
        self.remark = remark


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor said: `kind` is one of SAID, `lines` names lines, the first of `article` another of their article.

    `text` is what the line should be (correct) or may be (suspect), or the part of it that is doubted (doubt),
    `suspected` what that may be.
    """

    kind: str
    lines: str
    article: str = ""
    text: str = ""
    suspected: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """Entries, each with the list that it belongs to, and the corrections whose place they take."""

    entries: tuple[tuple[str, Entry], ...]
    replaced: tuple[Correction, ...] = ()


def entries_of(said: Said, source: PageSource, read: Callable[[PageSource], Page]) -> Decided:
    """What was said, as entries; `read` gives the page where it must be known. Raises DecisionError."""
    lines = printed_lines(source.text)
    named = _named(said.lines, lines)
    if said.kind not in SAID or said.kind == "checked":
        raise DecisionError(Remark("desk_says_nothing"))
    if not named:
        raise DecisionError(Remark("desk_no_line"))
    signed = {"reason": said.reason.strip() or AT_DESK, **({"by": said.by} if said.by else {})}
    about = {"file": source.label}
    if said.kind in ("correct", "suspect"):
        key, name = ("corrections", "corrected") if said.kind == "correct" else ("doubts", "suspected")
        found, replaced = _edited(said.kind, named[0][0], source.corrections, said.text)
        entries = tuple(
            (key, {**about, "start": one.start, "printed": one.printed, name: one.wanted, **signed}) for one in found
        )
        return Decided(entries, tuple(replaced) if said.kind == "correct" else ())
    if said.kind == "doubt":
        return Decided((("doubts", {**about, **_doubt(named[0][0], said), **signed}),))
    ordered = _ordered(said, lines, named, lambda line: kind_of(read(source), line))
    return Decided(tuple(("order", {**about, **one, **signed}) for one in ordered))


def _ordered(
    said: Said,
    lines: Sequence[PrintedLine],
    named: Sequence[tuple[PrintedLine, str | None]],
    kind: Callable[[PrintedLine], str],
) -> Iterator[Entry]:
    if said.kind in LINKS:
        if len(named) < 2:
            raise DecisionError(Remark("desk_two_lines"))
        for (one, _), (other, _) in pairwise(named):
            yield {
                **_guard(lines, one, ENDING, "after", "after_nth"),
                **_guard(lines, other, BEGINNING, "before", "before_nth"),
                "as": said.kind,
            }
    elif said.kind == "article":
        yield {"lines": list(_items(lines, [(line, own or kind(line)) for line, own in named])), "as": "article"}
    else:
        article = _named(said.article, lines)[:1]
        of = _guard(lines, article[0][0], BEGINNING, "article", "article_nth") if article else {}
        for line, _ in named:
            beside = {} if (article and article[0][0] == line) or said.kind == "begins" else of
            yield {**_guard(lines, line, BEGINNING, "line", "nth"), "as": said.kind, **beside}


def _named(said: str, lines: Sequence[PrintedLine]) -> list[tuple[PrintedLine, str | None]]:
    """The lines that are named, in this order, and what each is said to be."""
    by_number: dict[int, PrintedLine] = {}
    for line in lines:
        by_number.setdefault(line.number, line)
    found: list[tuple[PrintedLine, str | None]] = []
    for part in filter(None, _APART.split(said)):
        match = _LINES.fullmatch(part)
        if match is None or (match[3] and match[3] not in _KINDS):
            raise DecisionError(Remark("desk_not_lines", {"text": part, "known": list(IN_ARTICLE)}))
        first, last = int(match[1]), int(match[2] or match[1])
        inside = [line for number, line in by_number.items() if first <= number <= last]
        if not inside or first not in by_number or last not in by_number:
            raise DecisionError(Remark("desk_no_such_line", {"text": part}))
        found += [(line, _KINDS.get(match[3])) for line in inside]
    if len({line.start for line, _ in found}) < len(found):
        raise DecisionError(Remark("desk_line_twice"))
    return found


def _guard(lines: Sequence[PrintedLine], line: PrintedLine, side: Side, key: str, nth: str) -> dict[str, str | int]:
    guard = guard_of(lines, line, side)
    return {key: guard.text, **({nth: guard.nth} if guard.nth else {})}


def _items(lines: Sequence[PrintedLine], told: Sequence[tuple[PrintedLine, str]]) -> Iterator[Entry | str]:
    """The lines of an article, each with what it is."""
    place = {line.start: at for at, line in enumerate(lines)}
    at = 0
    while at < len(told):
        end = at + 1
        while end < len(told) and told[end][1] == told[at][1] and _follows(place, told[end - 1][0], told[end][0]):
            end += 1
        if end - at < _RUN:
            end = at + 1
        line, kind = told[at]
        item: dict[str, str | int] = dict(_guard(lines, line, BEGINNING, "line", "nth"))
        if end - at > 1:
            item |= _guard(lines, told[end - 1][0], BEGINNING, "to", "to_nth")
        if kind != "body":
            item["as"] = kind
        yield str(item["line"]) if item.keys() == {"line"} else item
        at = end


def _follows(place: dict[int, int], one: PrintedLine, other: PrintedLine) -> bool:
    return place[other.start] == place[one.start] + 1


def kind_of(page: Page, line: PrintedLine) -> str:
    """What the page takes the line for as a line of an article; body where it takes it for none."""
    inside = [span.kind for span in page.spans if span.start < line.end and span.end > line.start]
    kinds = [kind for kind in inside if SPAN_KINDS[kind].stated]
    return "body" if "body" in kinds or not kinds or kinds[0] not in IN_ARTICLE else kinds[0]


def _edited(
    kind: str, line: PrintedLine, corrections: Sequence[Correction], wanted: str
) -> tuple[list[Edit], list[Correction]]:
    """What makes the line read `wanted`. Raises DecisionError where it does already, or can't."""
    new = wanted.strip()
    if not new or "\n" in new or new == as_read(line, corrections):
        raise DecisionError(Remark("desk_same_text"))
    found, replaced = edits(line, corrections, new)
    if not found and kind == "suspect":
        raise DecisionError(Remark("desk_same_text"))
    return found, replaced


def _doubt(line: PrintedLine, said: Said) -> Entry:
    printed = said.text.strip() or line.printed
    at = line.printed.find(printed)
    if at < 0:
        raise DecisionError(Remark("desk_not_in_line", {"text": printed}))
    suspected = {"suspected": said.suspected.strip()} if said.suspected.strip() else {}
    return {"start": line.start + at, "printed": printed, **suspected}
