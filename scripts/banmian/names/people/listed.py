"""Names without an office that stand in a list with a known one: 李华、王强 beside 、张三."""

from __future__ import annotations

from collections.abc import Mapping, Set

from banmian import words

from .. import lexicons
from ..text import Text, is_han
from . import likelihood
from .person import CLOSED, Person, made, name_at
from .shapes import is_no_name, is_noun

# Log odds that a name stands in a list behind one, before its characters are looked at.
_IN_LIST = 3.5
# A name after 和 in a list has more than one reading.
_LEAD_AFTER_AND = 4.0
_LONGEST_BRACKETS = 12
# A word that is found so often is no given name.
_USUAL_WORD = 500


def after(text: Text, person: Person, taken: Set[int], known: Mapping[int, Person]) -> list[Person]:
    """The names without an office that follow `person` in a list, up to one that is known."""
    found = []
    at = person.end
    while True:
        at = past_brackets(text.plain, at)
        mark = next(
            (mark for mark in ("、", " ", *lexicons.group("name_joiners")) if text.plain.startswith(mark, at)), ""
        )
        start = at + len(mark)
        if not mark or start >= len(text.plain) or start in known:
            break
        end, lead = name_at(text, start, _IN_LIST if mark == "、" else 0.0, taken)
        if mark == "、" and (end == start or lead < 2):
            end, lead = _item_end(text, start, taken), _IN_LIST
        if end == start or lead < (2 if mark in ("、", " ") else _LEAD_AFTER_AND):
            break
        found.append(made(text, start, end, "list_of_people", None, lead))
        at = end
    return found


def past_brackets(plain: str, at: int) -> int:
    """Past what stands in brackets after a name in a list: 黄晓燕(女,回族)."""
    close = plain.find(")", at, at + _LONGEST_BRACKETS) if plain[at : at + 1] == "(" else -1
    return close + 1 if close > 0 else at


def before(text: Text, person: Person, taken: Set[int], known: Mapping[int, Person]) -> list[Person]:
    """The names without an office that stand before `person` in a list: 李华、王强 before 、张三."""
    found: list[Person] = []
    start = person.start
    while person.role is None and text.plain[start - 1 : start] == "、":
        end = start - 1
        scores = []
        for begin in range(max(0, end - 4), end - 1):
            free = begin == 0 or not is_han(text.plain[begin - 1])
            if free and taken.isdisjoint(range(begin, end)) and not is_noun(text.plain[begin:end]):
                name = text.plain[begin:end]
                scores.append((likelihood.name_score(name) - likelihood.words_score(name) + _IN_LIST + CLOSED, begin))
        if not scores or max(scores)[0] < 2 or max(scores)[1] in known:
            break
        lead, start = max(scores)
        found.append(made(text, start, end, "list_of_people", None, lead))
    return found


def _item_end(text: Text, start: int, taken: Set[int]) -> int:
    """Where the item of a list of people ends that is no likely name: at the next 、, and no known word."""
    end = start
    while end < len(text.plain) and is_han(text.plain[end]) and end - start < 4:
        end += 1
    item = text.plain[start:end]
    closed = text.plain[end : end + 1] == "、" and 2 <= len(item) <= 3
    if not closed or words.frequency(item) or not taken.isdisjoint(range(start, end)) or is_no_name(item):
        return start
    # A surname before a word (厉无畏), or characters that are no words together.
    likely = likelihood.surname_lengths(item, 0) and words.frequency(item[1:]) < _USUAL_WORD
    return end if likely or all(len(word) == 1 for word in words.cut(item)) else start
