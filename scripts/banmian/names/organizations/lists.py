"""Lists of organizations: 等 and a word for bodies close them and say what their items are (A、B、C等企业负责人)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter

from banmian import words

from .. import lexicons, places
from ..ordinary import breaks
from ..text import Text, is_han
from . import heads
from .body import Organization

_LONGEST_ITEM = 24
_LONGEST_CLOSER = 7


def find(text: Text, found: Sequence[Organization]) -> list[Organization]:
    """The items of such lists that are not in `found` yet."""
    ends = {one.end: one for one in found}
    listed: list[Organization] = []
    (closing,) = lexicons.group("list_closer")
    at = text.plain.find(closing)
    while at >= 0:
        closer = _closer(text.plain, at + 1)
        if closer:
            listed += _items(text, at, closer, ends)
        at = text.plain.find(closing, at + 1)
    return listed


def _closer(text: str, at: int) -> str:
    """The word that says what the items of a list are, after 等 and perhaps a number (等6家企业); '' where none."""
    numbers = lexicons.group("list_numbers")
    while at < len(text) and (text[at].isdigit() or text[at] in numbers):
        at += 1
    closers = lexicons.phrases("name_heads.txt")
    begin = end = at
    while begin < min(at + _LONGEST_CLOSER, len(text)) and is_han(text[begin]):
        # What kind of bodies they are may stand before the word (等高新技术企业).
        end = closers.end(text, begin)
        if end > begin and text[end : end + 1] not in lexicons.group("closer_not_before"):
            break
        begin += 1
    if end <= begin or any(word in breaks() for word in words.cut(text[at:begin])):
        return ""
    at = begin
    if text[end : end + 1] and text[end : end + 1] in lexicons.group("list_joiners"):
        # 高校和企业: the last word is the most general.
        return _closer(text, end + 1) or text[at:end]
    return text[at:end]


def _items(text: Text, end: int, closer: str, ends: Mapping[int, Organization]) -> list[Organization]:
    spans: list[tuple[int, int]] = []
    while True:
        start = ends[end].start if end in ends else _item_start(text, end)
        if not 2 <= end - start <= _LONGEST_ITEM:
            break
        spans.append((start, end))
        joiner = next((mark for mark in lexicons.group("list_joiners") if text.plain.endswith(mark, 0, start)), "")
        if not joiner:
            break
        end = start - len(joiner)
    new = [span for span in spans if span[1] not in ends]
    known = len(spans) - len(new)
    organizations = [span for span in new if not _is_place(text, span)]
    named = [span for span in organizations if heads.unknown(text.plain[slice(*span)]) or _has_head(text, span)]
    # Items of ordinary words (人工智能、大数据等企业) are names only in the company of names.
    if (len(named) + known) * 2 < len(organizations) + known or not named + [None] * known:
        return []
    if closer.endswith(lexicons.group("closer_of_departments")):
        # 公安、市场监管等部门: what has no head is a field of work.
        new = [span for span in new if _has_head(text, span) or _is_place(text, span)]
    return [_item(text, span, closer) for span in new if not _is_place(text, span) or closer[-1:] in _place_closers()]


def _place_closers() -> tuple[str, ...]:
    return lexicons.group("closer_place")


def _item(text: Text, span: tuple[int, int], closer: str) -> Organization:
    surface = text.plain[slice(*span)]
    if _is_place(text, span):
        return Organization(*span, "place_in_list", "government", surface, "", surface)
    head = surface[lexicons.phrases("heads.tsv").start(surface, len(surface)) :]
    kind = heads.kind(head) if head else _kind_of(closer)
    return Organization(*span, "list", kind, surface, "", surface)


def _has_head(text: Text, span: tuple[int, int]) -> bool:
    surface = text.plain[slice(*span)]
    start = lexicons.phrases("heads.tsv").start(surface, len(surface))
    stem = surface[:start]
    return start < len(surface) and len(stem) > 1 and stem not in lexicons.words("generic_words.txt")


def _is_place(text: Text, span: tuple[int, int]) -> bool:
    return places.end(text.plain, span[0]) == span[1]


def _kind_of(closer: str) -> str:
    for kind in ("education", "health", "media", "platform"):
        if closer.endswith(lexicons.group(f"closer_{kind}")):
            return kind
    return "company"


def _item_start(text: Text, end: int) -> int:
    """Where the item of a list begins that ends at `end`: after 、, a clause's end or a word that can't be in a name.

    Between two 、 a name may hold any character (无印良品); before the first 、 it must be told from the sentence.
    `end` where there is none.
    """
    start = end
    first: int | None = None
    at = bisect_right(text.words, end, key=itemgetter(1)) - 1
    while at >= 0 and end - text.words[at][0] <= _LONGEST_ITEM:
        begin, stop = text.words[at]
        word = text.forms[at]
        if word == "、":
            return start
        if not (is_han(word[0]) or word.isalnum()):
            break
        start = begin
        if word in breaks() and first is None:
            first = stop
        at -= 1
    return start if first is None else first
