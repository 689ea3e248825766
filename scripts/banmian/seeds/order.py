"""What an editor decided about the lines of a page: the entries of `order`, guarded by the text that they expect.

An entry whose text no longer stands on the page does no harm: the page is built without it, and the build says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from banmian.records import SPAN_KINDS, STATED, Remark, Ruling
from banmian.seeds.files import EDITIONS_FILE, PageFile
from banmian.seeds.lines import BEGINNING, ENDING, PrintedLine, Side, find, nearest, printed_lines
from banmian.seeds.problems import Problem
from banmian.seeds.yaml_nodes import Entry

ORDER_KEYS = ("file", "after", "before", "line", "as", "article", "reason")
LINKS = ("join", "paragraph", "apart")
_FOLLOWING = ("join", "paragraph")


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """One entry: what a line is (`line`, perhaps `article`), or how two lines stand to each other (`after`, `before`).

    `number` is its line in editions.yml.
    """

    file: str
    kind: str
    line: str
    other: str | None
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class Order:
    """The rulings on a page in source order, and which entries no longer apply."""

    rulings: tuple[Ruling, ...]
    stale: tuple[Remark, ...]


def read_order_entry(entry: Entry) -> OrderEntry:
    """The entry, checked but for the text of the page. Raises SeedsError where it is malformed."""
    for key in ("after", "before", "line", "article"):
        if "\n" in (entry.text(key) or ""):
            raise entry.error(entry.nodes[key], f"{key!r} runs over a line's end. State the text of one line")
    file, kind = entry.required("file"), entry.text("as")
    about_two = entry.text("after") is not None or entry.text("before") is not None
    if about_two == (entry.text("line") is not None):
        raise entry.error(None, "an order has either 'after' and 'before', the text of two lines, or 'line', of one")
    known = LINKS if about_two else STATED
    if kind is None:
        raise entry.error(entry.nodes.get("as"), f"'as' is empty. Fill in what you decided: {', '.join(known)}")
    if kind not in known:
        about = "two lines ('after', 'before')" if about_two else "a line ('line')"
        raise entry.error(entry.nodes["as"], f"unknown {kind!r} of {about}. Known: {', '.join(known)}")
    if about_two and entry.text("article") is not None:
        raise entry.error(entry.nodes["article"], "'article' goes with 'line', not with 'after' and 'before'")
    one, other = ("after", entry.required("before")) if about_two else ("line", entry.text("article"))
    return OrderEntry(file, kind, entry.required(one), other, entry.required("reason"), entry.line)


def rule(entries: Sequence[OrderEntry], file: PageFile, problems: list[Problem]) -> Order:
    """The entries as rulings on the page. Those that contradict each other are added to `problems`."""
    lines = printed_lines(file.text) if entries else []
    placed: list[tuple[OrderEntry, Ruling]] = []
    stale: list[Remark] = []
    for entry in entries:
        reasons: list[Remark] = []
        line = _find(lines, entry.line, ENDING if entry.kind in LINKS else BEGINNING, reasons)
        other = _find(lines, entry.other, BEGINNING, reasons) if entry.other is not None else None
        if reasons:
            stale.append(Remark("entry_stale", {"entry": entry.number, "ruled": entry.kind, "reasons": reasons}))
        elif line:
            placed.append((entry, Ruling(entry.kind, line.start, other.start if other else None, entry.reason)))
    problems += [Problem(EDITIONS_FILE, entry.number, reason) for entry, reason in _contradictions(placed)]
    rulings = sorted((ruling for _, ruling in placed), key=lambda r: (r.line, r.kind, r.other or 0))
    return Order(tuple(rulings), tuple(stale))


def _find(lines: Sequence[PrintedLine], guard: str, side: Side, reasons: list[Remark]) -> PrintedLine | None:
    """The only line known by `guard`; else None, and why is added to `reasons`."""
    found = find(lines, guard, side)
    if len(found) == 1:
        return found[0]
    if found:
        numbers = [line.number for line in found[:5]]
        reasons.append(Remark("not_one_line", {"text": guard, "count": len(found), "lines": numbers}))
    else:
        near = nearest(lines, guard, side)
        reasons += [Remark(f"no_line_{side.name}", {"text": guard}), *([near] if near else [])]
    return None


def _contradictions(placed: Sequence[tuple[OrderEntry, Ruling]]) -> Iterator[tuple[OrderEntry, str]]:
    """Each entry that can't stand beside one before it, with the reason."""
    kinds: dict[int, OrderEntry] = {}
    links: dict[tuple[str, int], OrderEntry] = {}
    pairs: dict[tuple[int, int], OrderEntry] = {}
    goes_on: dict[int, int] = {}
    for entry, ruling in sorted(placed, key=lambda one: one[1].kind in LINKS):
        line, other = ruling.line, ruling.other
        if line == other:
            yield entry, f"{entry.line!r} and {entry.other!r} are one line. State two"
        elif ruling.kind not in LINKS or other is None:
            if line in kinds:
                yield entry, f"what the line {entry.line!r} is, line {kinds[line].number} states too. Keep one"
            kinds[line] = entry
        else:
            earlier = pairs.get((line, other))
            heading = None
            if ruling.kind in _FOLLOWING:
                earlier = earlier or links.get(("after", line)) or links.get(("before", other))
                links["after", line] = links["before", other] = entry
                stated = [kinds[at] for at in (line, other) if at in kinds]
                heading = next((one for one in stated if not SPAN_KINDS[one.kind].paragraph), None)
                goes_on[line] = other
            pairs[line, other] = entry
            if earlier:
                both = f"what follows {entry.line!r}, or what {entry.other!r} follows"
                yield entry, f"{both}, line {earlier.number} states otherwise. Keep one"
            elif heading:
                yield (
                    entry,
                    f"no text goes on through a {heading.kind}, as which line {heading.number} states one of them",
                )
            elif _circle(goes_on, line):
                yield entry, f"the text of {entry.line!r} would go on in a circle. Remove one entry of it"


def _circle(goes_on: dict[int, int], line: int) -> bool:
    """Whether one comes back to `line` by going on from it."""
    at = goes_on.get(line)
    for _ in goes_on:
        if at is None or at == line:
            break
        at = goes_on.get(at)
    return at == line
