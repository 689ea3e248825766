"""Shops, firms and schools whose names are words of the dictionary (由|宏达建筑公司|承建), and venues that act."""

from __future__ import annotations

from collections.abc import Iterator

from banmian import words

from .. import lexicons, places
from ..text import Text, all_han, is_han
from . import heads
from .body import Organization

_MOST_WORDS = 4
_LONGEST_NAME = 4
_SHORTEST_NAME = 2
# The dictionary's flags of verbs, adverbs, numbers and the like.
_NO_NAMES = frozenset("vdmrtcpbfiqu")


def find(text: Text) -> list[Organization]:
    """The names that end in a word of trade and begin where a name may, and those of venues that act."""
    return [*_ending_in(text, "trades.txt", "trade"), *_ending_in(text, "venues.txt", "venue")]


def _ending_in(text: Text, name: str, rule: str) -> Iterator[Organization]:
    """The names that end in one of the list `name`; of venues those before what only somebody does."""
    endings = lexicons.phrases(name)
    for end in endings.ends_everywhere(text.plain):
        head = endings.start(text.plain, end) if end in text.ends else end
        if head == end or (rule == "venue" and not text.plain.startswith(lexicons.group("venue_acts"), end)):
            continue
        start = _start(text, text.word_to(head), head)
        if start < head:
            surface = text.plain[start:end]
            yield Organization(start, end, rule, heads.type_of(surface, heads.UNKNOWN_TYPE), surface, "", surface)


def _start(text: Text, at: int, head: int) -> int:
    """Where the name begins that stands before `head`, where word `at` ends or goes on; `head` where none does.

    It is a word or two that are no common ones, and what the firm deals with may stand behind them.
    """
    generic, of_heads = lexicons.words("generic_words.txt"), lexicons.words("heads.tsv")
    start, named, first = head, 0, at
    while at >= 0 and first - at < _MOST_WORDS:
        begin, end = text.words[at][0], min(text.words[at][1], head)
        word = text.plain[begin:end]
        if begin == head or (end == head and word in lexicons.group("goes_to")):
            break
        if end != start or not all_han(word) or named + end - begin > _LONGEST_NAME or word in of_heads:
            break
        if named >= _SHORTEST_NAME and _is_free(text, at + 1):
            break
        if word not in generic or named:
            if heads.stops(word) or (len(word) > 1 and words.flag(word)[:1] in _NO_NAMES):
                break
            named += end - begin
        start = begin
        at -= 1
    told = named >= _SHORTEST_NAME and _is_free(text, at + 1)
    return start if told and text.plain[start] not in lexicons.words("anaphoric_heads.txt") else head


def _is_free(text: Text, index: int) -> bool:
    """Whether a name may begin with word `index`: at a clause's head, behind a place, class, preposition or verb."""
    begin = text.words[index][0]
    if index == 0 or text.words[index - 1][1] != begin or not is_han(text.plain[begin - 1]):
        return True
    word = text.forms[index - 1]
    placed = places.names().start(text.plain, begin) < begin
    leads = word in lexicons.group("name_starts_not") or word in lexicons.group("class_leads")
    return placed or leads or (len(word) > 1 and heads.stops(word))
