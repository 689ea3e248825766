"""What an editor decided about the lines of a page: the entries of `order`, guarded by the text that they expect.

An entry whose text no longer stands on the page does no harm: the page is built without it, and the build says so.
Entries that can't all be followed are contradictions (contradictions.py): the page is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from banmian.records import Remark, Ruling
from banmian.seeds.contradictions import Placed, contradictions
from banmian.seeds.files import PageFile
from banmian.seeds.folders import EDITIONS_FILE
from banmian.seeds.lines import BEGINNING, ENDING, Guard, PrintedLine, Side, find, find_all, nearest, printed_lines
from banmian.seeds.problems import Problem, SeedsError
from banmian.seeds.signed import SIGNED_KEYS, check_signed
from banmian.seeds.yaml_nodes import NULL, Entry, collected
from banmian.words.span_kinds import LINKS, SPAN_KINDS, STATED

_GUARDS = ("after", "before", "line", "article")
ORDER_KEYS = (
    "file",
    "after",
    "after_nth",
    "before",
    "before_nth",
    "line",
    "nth",
    "lines",
    "as",
    "article",
    "article_nth",
    "reason",
    *SIGNED_KEYS,
)
_SUBJECTS = ("after", "before", "line", "lines")
_ITEM_KEYS = ("line", "nth", "to", "to_nth", "as")
_NTH = {"line": "nth"}
_OF_LINE = ("begins", *STATED)
_OF_LINES = ("article",)
# What can be a line of an article.
IN_ARTICLE = tuple(kind for kind in STATED if not SPAN_KINDS[kind].loose)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an article, or all from it to the line `to`, and what it is."""

    line: Guard
    to: Guard | None
    kind: str


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """One entry of `order`; `number` is its line in editions.yml.

    What a line is or begins (`line`, perhaps `other`, of the same article), how two lines stand to each other (`line`,
    `other`), or which lines are an article (`items`).
    """

    file: str
    kind: str
    line: Guard
    other: Guard | None
    reason: str
    number: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """The rulings on a page in source order, and which entries no longer apply."""

    rulings: tuple[Ruling, ...]
    stale: tuple[Remark, ...]


def read_order_entry(entry: Entry) -> OrderEntry:
    """The entry, checked but for the text of the page. Raises SeedsError where it is malformed."""
    file, kind, reason = entry.required("file"), entry.text("as"), entry.required("reason")
    check_signed(entry)
    about_two = entry.text("after") is not None or entry.text("before") is not None
    about_many = "lines" in entry.nodes and entry.nodes["lines"].tag != NULL
    if [about_two, about_many, entry.text("line") is not None].count(True) != 1:
        empty = [key for key in _SUBJECTS if key in entry.nodes and not entry.text(key)]
        for subject in empty:
            entry.fault(entry.nodes[subject], Remark("key_empty", {"key": subject}))
        if not empty and not entry.strays:
            entry.fault(None, Remark("order_of_what"))
        raise SeedsError(*entry.faults)
    known, about = (LINKS, "two") if about_two else (_OF_LINES, "several") if about_many else (_OF_LINE, "one")
    if kind is None and ("as" in entry.nodes or not entry.strays):
        entry.fault(entry.nodes.get("as"), Remark("as_empty", {"known": list(known)}))
    elif kind is not None and kind not in known:
        entry.fault(entry.nodes["as"], _unknown_as(kind, about, known))
    if (about_two or about_many) and entry.text("article") is not None:
        entry.fault(entry.nodes["article"], Remark("article_with_line"))
    if about_many:
        _refuse_stray_numbers(entry, ())
        items = tuple(collected(lambda node: _item(entry, node), _listed(entry), entry.faults))
        entry.checked()
        return OrderEntry(file, kind or "", items[0].line, None, reason, entry.line, items)
    keys = ("after", "before") if about_two else ("line", "article")
    for key in keys if about_two else keys[:1]:
        entry.required(key)
    one, other = (_guard(entry, key) for key in keys)
    _refuse_stray_numbers(entry, keys)
    entry.checked()
    assert one is not None
    return OrderEntry(file, kind or "", one, other, reason, entry.line)


def _listed(entry: Entry) -> list[yaml.Node]:
    node = entry.nodes["lines"]
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        entry.fault(node, Remark("lines_no_list"))
        return []
    return list(node.value)


def _item(entry: Entry, node: yaml.Node) -> Item:
    """One of `lines`: a text, or a mapping with the text and more. Raises SeedsError where it is malformed."""
    if isinstance(node, yaml.ScalarNode) and node.value:
        if "\n" in node.value:
            raise SeedsError(Problem(entry.file, node.start_mark.line + 1, _over_line_end("lines")))
        return Item(Guard(str(node.value)), None, "body")
    item = Entry(entry.file, node, _ITEM_KEYS, "item")
    item.required("line")
    line, to, kind = _guard(item, "line"), _guard(item, "to"), item.text("as") or "body"
    _refuse_stray_numbers(item, ("line", "to"))
    if kind not in IN_ARTICLE:
        item.fault(item.nodes["as"], _unknown_as(kind, "item", IN_ARTICLE))
    item.checked()
    assert line is not None
    return Item(line, to, kind)


def _unknown_as(text: str, about: str, known: Sequence[str]) -> Remark:
    """That nothing known is decided; with what is meant, where it is one of `known` in Chinese or mistyped."""
    in_chinese = [kind for kind in known if kind in SPAN_KINDS and SPAN_KINDS[kind].chinese == text]
    values: dict[str, object] = {"text": text, "about": about, "known": list(known)}
    near = in_chinese or get_close_matches(text, known, 1)
    return Remark("unknown_as_but", {**values, "other": near[0]}) if near else Remark("unknown_as", values)


def _over_line_end(key: str) -> Remark:
    return Remark("text_over_line_end", {"key": key})


def _guard(entry: Entry, key: str) -> Guard | None:
    text, nth = entry.text(key), entry.number(_NTH.get(key, f"{key}_nth"), least=1)
    if text is None:
        return None
    if "\n" in text:
        entry.fault(entry.nodes[key], _over_line_end(key))
    return Guard(text, nth)


def _refuse_stray_numbers(entry: Entry, keys: Sequence[str]) -> None:
    """A number without the text that it counts would be dropped in silence."""
    for key in (*_GUARDS, "to"):
        number = _NTH.get(key, f"{key}_nth")
        if entry.text(number) is not None and (key not in keys or entry.text(key) is None):
            entry.fault(entry.nodes[number], Remark("nth_of_nothing", {"number": number, "key": key}))


def rule(entries: Sequence[OrderEntry], file: PageFile, problems: list[Problem]) -> Order:
    """The entries as rulings on the page. Those that contradict each other are added to `problems`."""
    lines = printed_lines(file.text) if entries else []
    placed: list[Placed] = []
    stale: list[Remark] = []
    for entry in entries:
        reasons: list[Remark] = []
        ruling = _placed(lines, entry, reasons)
        if ruling:
            placed.append(Placed(entry.number, ruling))
        else:
            stale.append(Remark("entry_stale", {"entry": entry.number, "ruled": entry.kind, "reasons": reasons}))
    problems += [Problem(EDITIONS_FILE, found.number, found.remark) for found in contradictions(placed, lines)]
    rulings = sorted((one.ruling for one in placed), key=lambda r: (r.line, r.kind, r.other or 0, r.reason))
    return Order(tuple(rulings), tuple(stale))


def _placed(lines: Sequence[PrintedLine], entry: OrderEntry, reasons: list[Remark]) -> Ruling | None:
    """The entry as a ruling; None where a line of it is not found, and why is added to `reasons`."""
    if entry.items:
        found = [line for item in entry.items for line in _of_item(lines, item, reasons)]
        if reasons:
            return None
        return Ruling(entry.kind, found[0][0], found[-1][0], entry.reason, tuple(found))
    first, second = ("after", "before") if entry.kind in LINKS else ("line", "article")
    one = _find(lines, first, entry.line, ENDING if entry.kind in LINKS else BEGINNING, reasons)
    other = _find(lines, second, entry.other, BEGINNING, reasons) if entry.other else None
    if reasons or one is None:
        return None
    return Ruling(entry.kind, one.start, other.start if other else None, entry.reason)


def _of_item(lines: Sequence[PrintedLine], item: Item, reasons: list[Remark]) -> Iterator[tuple[int, str]]:
    first = _find(lines, "line", item.line, BEGINNING, reasons)
    last = _find(lines, "to", item.to, BEGINNING, reasons) if item.to else first
    if first and last:
        if last.start < first.start:
            reasons.append(Remark("to_before_line", {"text": item.line.text, "to": item.to.text if item.to else ""}))
        yield from ((line.start, item.kind) for line in lines if first.start <= line.start <= last.start)


def _find(
    lines: Sequence[PrintedLine], key: str, guard: Guard, side: Side, reasons: list[Remark]
) -> PrintedLine | None:
    """The only line known by `guard`, the text of `key`; else None, and why is added to `reasons`."""
    stated = {"key": key, "text": guard.text}
    found = find(lines, guard.text, side) if guard.nth is None else find_all(lines, guard.text, side)
    if guard.nth is not None and found:
        if guard.nth <= len(found):
            return found[guard.nth - 1]
        reasons.append(Remark("no_such_number", {**stated, "count": len(found), "number": guard.nth}))
    elif len(found) == 1:
        return found[0]
    elif found:
        numbers = [line.number for line in found[:5]]
        reasons.append(Remark("not_one_line", {**stated, "count": len(found), "lines": numbers}))
    else:
        near = nearest(lines, guard.text, side)
        reasons += [Remark(f"no_line_{side.name}", stated), *([near] if near else [])]
    return None
