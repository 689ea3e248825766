"""Corrections and doubts as editions.yml states them: places of a page, guarded by what is printed there."""

from __future__ import annotations

import itertools

from banmian.records import Correction, Doubt, Remark
from banmian.seeds.files import PageFile
from banmian.seeds.folders import EDITIONS_FILE
from banmian.seeds.lines import nearest_text, printed_lines
from banmian.seeds.problems import Problem
from banmian.seeds.signed import check_signed
from banmian.seeds.yaml_nodes import Entry

DOUBT_STATUSES = ("open", "confirmed", "refuted")


def checked_correction(entry: Entry) -> Entry:
    """The entry, checked but for the text of the page. Raises SeedsError where it is malformed."""
    _check(entry)
    printed, corrected = entry.required("printed"), entry.required("corrected")
    if "\n" in corrected:
        entry.fault(entry.nodes["corrected"], Remark("line_end_in", {"key": "corrected", "text": corrected}))
    if corrected and corrected == printed:
        entry.fault(entry.nodes["corrected"], Remark("same_correction", {"text": printed}))
    entry.checked()
    return entry


def checked_doubt(entry: Entry) -> Entry:
    """The entry, checked but for the text of the page. Raises SeedsError where it is malformed."""
    _check(entry)
    entry.text("suspected")
    status = entry.text("status") or DOUBT_STATUSES[0]
    if status not in DOUBT_STATUSES:
        entry.fault(entry.nodes["status"], Remark("unknown_status", {"text": status, "known": list(DOUBT_STATUSES)}))
    entry.checked()
    return entry


def _check(entry: Entry) -> None:
    entry.number("start")
    check_signed(entry)
    for key in ("file", "printed", "reason"):
        entry.required(key)
    if "\n" in (printed := entry.required("printed")):
        entry.fault(entry.nodes["printed"], Remark("line_end_in", {"key": "printed", "text": printed}))


def read_correction(entry: Entry, file: PageFile, problems: list[Problem]) -> Correction | None:
    """The correction of a checked entry; None where its text is not found, which is added to `problems`."""
    place = _place(entry, file, problems)
    stated = [entry.required(key) for key in ("printed", "corrected", "reason")]
    return Correction(*place, *stated) if place else None


def read_doubt(entry: Entry, file: PageFile, problems: list[Problem]) -> Doubt | None:
    """The doubt of a checked entry; None where its text is not found, which is added to `problems`."""
    place = _place(entry, file, problems)
    printed, suspected, reason = entry.required("printed"), entry.text("suspected"), entry.required("reason")
    return Doubt(*place, printed, suspected, reason, entry.text("status") or DOUBT_STATUSES[0]) if place else None


def _place(entry: Entry, file: PageFile, problems: list[Problem]) -> tuple[int, int] | None:
    """Where `printed` stands, guarded: at `start`, or without `start` at its only place in the file."""
    printed, start = entry.required("printed"), entry.number("start")
    places = [at for at in range(len(file.text)) if file.text.startswith(printed, at)] if printed else []
    if start is None and len(places) == 1:
        return places[0], places[0] + len(printed)
    if start in places:
        return start, start + len(printed)
    near = None if places else nearest_text(printed_lines(file.text), printed)
    values: dict[str, object] = {"text": printed, "file": file.name, "places": places[:5]}
    if start is not None:
        values |= {"start": start, "there": file.text[start : start + len(printed)]}
        kind = "elsewhere" if places else "not_at_start"
    else:
        kind = "not_one_place" if places else "nowhere"
    node = entry.nodes["printed" if start is None else "start"]
    remark = Remark(kind, values)
    if near:
        remark = Remark("with_near", {"what": remark, "near": near})
    problems.append(Problem(EDITIONS_FILE, node.start_mark.line + 1, remark))
    return None


def corrections_apart(corrections: list[Correction], file: PageFile, problems: list[Problem]) -> tuple[Correction, ...]:
    """Sorted by start. Two that overlap are a Problem: nobody could say what the text then is."""
    ordered = sorted(corrections, key=lambda correction: correction.start)
    for one, other in itertools.pairwise(ordered):
        if other.start < one.end:
            line = file.text.count("\n", 0, other.start) + 1
            problems.append(Problem(file.name, line, Remark("corrections_overlap", {"at": other.start})))
    return tuple(ordered)


def doubts_apart(doubts: list[Doubt], file: PageFile, problems: list[Problem]) -> tuple[Doubt, ...]:
    """Sorted by start. A place has one doubt."""
    ordered = sorted(doubts, key=lambda doubt: doubt.start)
    for one, other in itertools.pairwise(ordered):
        if other.start == one.start:
            line = file.text.count("\n", 0, other.start) + 1
            problems.append(Problem(file.name, line, Remark("doubts_overlap", {"at": other.start})))
    return tuple(ordered)
