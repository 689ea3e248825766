"""Papers, sites and stations by where they stand: before 讯 at the head of a text, before 记者, after 来源."""

from __future__ import annotations

import re
from collections.abc import Set

from .. import lexicons, places
from ..text import Text
from . import heads
from .body import Organization

_LONGEST_NAME = 12
_LONGEST_SHORT = 5
# From the head of a line to its dateline: 【...】, brackets, and the rest of (西部新闻网|兰州9月2日讯).
_HEAD = re.compile(r"^[ \[(【“]{0,2}([^\W\d_][\w-]{1,24}?)(?=[ \](【“:(]*$|[ \[(【:,])", re.MULTILINE)
_SOURCE = re.compile(lexicons.pattern("named_source"))
_TITLE_OF_REPORTER = re.compile(lexicons.pattern("before_reporters"))


def find(text: Text, taken: Set[int]) -> list[Organization]:
    """The media of `text` that their place shows, none at an offset in `taken` (organizations found before)."""
    spans = [*_in_datelines(text), *_before_reporters(text), *_sources(text), *_titles(text)]
    return [_medium(text, *span) for span in spans if taken.isdisjoint(range(*span))]


def _medium(text: Text, start: int, end: int) -> Organization:
    surface = text.plain[start:end]
    return Organization(start, end, "press", "media", surface, "", surface)


def _in_datelines(text: Text) -> list[tuple[int, int]]:
    """What stands before place, day and 讯 at the head of a line: 江海在线|讯, 西部新闻网|兰州9月2日讯."""
    found = []
    for match in _HEAD.finditer(text.plain):
        start, end = match.span(1)
        mark = next((mark for mark in lexicons.group("report_marks") if text.plain.endswith(mark, start, end)), "")
        stop = _without_day(text, start, end - len(mark)) if mark else start
        for begin in _parts(text.plain, start, stop):
            finish = min(at for at in (*_dashes(text.plain, begin, stop), stop) if at > begin)
            if _is_medium(text, begin, finish, bare=finish == end - len(mark)):
                found.append((begin, finish))
    return found


def _parts(plain: str, start: int, stop: int) -> list[int]:
    """Where the media of a dateline begin that several share: 广西新闻网|-南国今报."""
    return [start, *(at + 1 for at in _dashes(plain, start, stop))] if stop > start else []


def _dashes(plain: str, start: int, stop: int) -> list[int]:
    return [at for at in range(start, stop) if plain[at] == "-"]


def _without_day(text: Text, start: int, end: int) -> int:
    """Where the name ends before the place and the day of a dateline."""
    while end > start and (text.plain[end - 1].isdigit() or text.plain[end - 1] in lexicons.group("dates")):
        end -= 1
    place = places.names().start(text.plain, end)
    return place if start < place else end


def _is_medium(text: Text, start: int, end: int, *, bare: bool) -> bool:
    """Whether the name of a medium stands there: it ends in its head, or is short and touches 讯 by itself."""
    name = text.plain[start:end]
    if not 2 <= len(name) <= _LONGEST_NAME or name.endswith(lexicons.group("press_not")):
        return False
    if not bare and end not in text.ends:
        return False
    content = [text.plain[slice(*word)] for word in text.words_in(start, end)]
    if any(heads.stops(word) and word not in lexicons.group("press_heads") for word in content):
        return False
    named = name.endswith(lexicons.group("press_heads")) and name not in lexicons.group("press_heads")
    return named or (bare and len(name) <= _LONGEST_SHORT)


def _before_reporters(text: Text) -> list[tuple[int, int]]:
    """The name with the head of a medium before 记者, or any unknown one that begins a clause there: 每经|记者."""
    found = []
    for match in _TITLE_OF_REPORTER.finditer(text.plain):
        end = match.start()
        start = _name_start(text, end)
        if start < end and _is_medium(text, start, end, bare=False):
            found.append((start, end))
    return found


def _name_start(text: Text, end: int) -> int:
    """Where the words begin that stand before `end` and may name a medium; `end` where none does."""
    start = end
    for begin, stop in reversed(text.words_in(end - _LONGEST_NAME, end)):
        word = text.plain[begin:stop]
        known = word in lexicons.group("press_heads")
        if stop != start or not word[0].isalnum() or (heads.stops(word) and not known):
            break
        start = begin
    return start


def _sources(text: Text) -> list[tuple[int, int]]:
    """The items after 来源 and a colon: 来源:江海在线、海报新闻."""
    found = []
    for match in _SOURCE.finditer(text.plain):
        at = match.start(1)
        for item in re.split("[、/ ]", match[1]):
            if 2 <= len(item) <= _LONGEST_NAME and (item.isascii() or item.endswith(lexicons.group("press_heads"))):
                found.append((at, at + len(item)))
            at += len(item) + 1
    return found


def _titles(text: Text) -> list[tuple[int, int]]:
    """The name between 《 and 》 that has reporters or a magazine's head after it, wherever the text repeats it."""
    names = {match[1] for match in re.finditer(lexicons.pattern("title_of_medium"), text.plain)}
    return [match.span(1) for match in re.finditer("《([^《》\n]{2,12})》", text.plain) if match[1] in names]
