"""The shapes of names: dotted and spaced ones, names of general renown, and what only looks like a name."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache

from banmian import words

from .. import lexicons, places
from ..ordinary import breaks
from ..text import all_han, is_han
from . import likelihood, name_parts

# How much likelier a longer name must be than one of general renown.
_LONGER = 3.0
_LONGEST_PART = 7
# No part of a name before a dot is longer than what name_parts looks at.
_FARTHEST_DOT = 13
_FOLLOWING = ("verbs_after_names.txt", "verbs_of_people.txt", "statement_verbs.txt")


@cache
def dotted_letters() -> frozenset[str]:
    """The characters that the parts of names with dots are spelt with."""
    return lexicons.words("transliterations.txt") | frozenset(lexicons.group("dotted_letters"))


def dotted_end(text: str, start: int) -> int:
    """Where the name with dots ends that starts at `start` (艾力·买买提, 比尔·盖茨); `start` where there is none."""
    if text.find("·", start, start + _FARTHEST_DOT) < 0:
        return start
    letters = dotted_letters()
    end = name_parts.end(text, start)
    end = end if text[end : end + 1] == "·" else start
    while end < len(text) and text[end] in letters and end - start < 7:
        end += 1
    if end == start or text[end : end + 1] != "·" or not is_han(text[end + 1 : end + 2] or " "):
        return start
    while text[end : end + 1] == "·" and end + 1 < len(text) and is_han(text[end + 1]):
        begin = end + 1
        end = _before_joiner(text, begin, _part_end(text, begin, letters))
    return reign_end(text, end)


def _part_end(text: str, start: int, letters: Collection[str]) -> int:
    """Where the part of a name ends that starts behind a dot: its first word, and what is no word of the text after it.

    That is what is spelt with `letters`, and single characters that are no function words (伊不拉|音, 亚历|山大).
    """
    if (known := name_parts.end(text, start)) > start + 1:
        return known
    stop = start
    while stop < len(text) and is_han(text[stop]) and stop - start <= _LONGEST_PART:
        stop += 1
    end = start
    for word in words.cut(text[start:stop]):
        spelt = all(character in letters for character in word)
        single = len(word) == 1 and not word_follows(text, end) and word not in breaks()
        follows = word_follows(text, end) and not spelt
        if end > start and (follows or not (spelt or single) or word in lexicons.group("before_speakers")):
            break
        if end > start and not spelt and end + len(word) < stop and text[end + len(word)] not in letters:
            follow = text[end + len(word) : end + len(word) + 1]
            if follow not in breaks():
                break
        end += len(word)
    return min(end, start + _LONGEST_PART)


def _before_joiner(text: str, start: int, end: int) -> int:
    """`end`, or where 和 joins another name to the dotted one: 约翰·史密斯|和汤姆·汉森."""
    for joiner in lexicons.group("name_joiners"):
        at = text.find(joiner, start + 2, end)
        if at > 0 and (end - at > 2 or text[end : end + 1] == "·"):
            end = at
    return end


def reign_end(text: str, end: int) -> int:
    """Where a name that ends at `end` ends with the number of its bearer: 伊丽莎白二世."""
    return (
        end + 2
        if text[end + 1 : end + 2] in lexicons.group("reigns") and text[end] in lexicons.group("list_numbers")
        else end
    )


def word_follows(text: str, at: int) -> bool:
    """Whether a word that follows names starts at `at`, as 表示 or 日前."""
    return _following().end(text, at) > at + 1


@cache
def _following() -> lexicons.Phrases:
    return lexicons.Phrases(frozenset().union(*map(lexicons.words, _FOLLOWING)))


def spaced_end(text: str, start: int) -> int:
    """Where a name of two or three characters with spaces between ends (陈 杰, 李 小 红)."""
    if not likelihood.surname_lengths(text[start : start + 1], 0):
        return start
    for end in (start + 5, start + 3):
        apart = text[start + 1 : end : 2].isspace() and all_han(text[start:end:2])
        if end <= len(text) and apart and "\n" not in text[start:end]:
            return end if not is_han(text[end : end + 1] or " ") or word_follows(text, end) else start
    return start


def famous_end(plain: str, start: int) -> int:
    """Where the name of general renown ends that starts at `start`, unless a longer name is far likelier (李强|国)."""
    end = lexicons.phrases("famous_people.txt").end(plain, start)
    if plain[end : end + 1] == "·":
        return start
    if end - start != 2:
        return end
    longer, lead = likelihood.best(plain, start, 0.0)
    return start if longer > end and lead > likelihood.lead(plain, start, end) + _LONGER else end


# Several rules ask the same of one name.
@lru_cache(maxsize=1 << 13)
def is_no_name(name: str) -> bool:
    """Whether it is known to be something else: an address, a place, a word of not_people.txt."""
    return name in _no_names() or not _masks().isdisjoint(name) or is_address(name)


@cache
def _no_names() -> frozenset[str]:
    lists = (lexicons.words(name) for name in ("countries.tsv", "foreign_places.txt", "not_people.txt"))
    return frozenset(places.printed_forms()).union(*lists)


@cache
def _masks() -> frozenset[str]:
    return frozenset(lexicons.group("masks"))


def is_noun(name: str) -> bool:
    """Whether the name, without an office beside it, is rather a common noun (马方, 朱村) or a place."""
    return is_no_name(name) or (len(name) == 2 and name.endswith(lexicons.group("no_name_endings")))


def is_address(name: str) -> bool:
    """Whether it is a surname with a form of address or an office (李阿姨, 陈姓, 欧阳校长): no name of its own."""
    titles, alone = lexicons.table("titles.tsv"), lexicons.group("addressed_alone")
    lengths = likelihood.surname_lengths(name, 0)
    title = any(name[n:] in alone or (len(name) - n > 1 and name[n:] in titles) for n in lengths)
    return title or (name.endswith(lexicons.group("forms_of_address")) and len(name) <= 4)
