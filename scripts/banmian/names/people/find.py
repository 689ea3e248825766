"""Where people are named in one text: beside offices, in lists, before verbs of speech, and by known names."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from banmian import words

from .. import lexicons
from ..offices import Office, Role, title
from ..text import CLAUSE_ENDS, Text, is_han
from . import likelihood
from .shapes import dotted_end, famous_end, is_no_name, is_noun, reign_end, spaced_end, word_follows

# Log odds that a name stands at a place, before its characters are looked at.
_AFTER_ROLE, _AFTER_FULL_ROLE, _BEFORE_TITLE, _IN_LIST, _BEFORE_SPEECH = 2.5, 4.0, 1.0, 3.5, 1.5
_CLOSED, _FOLLOWED = 3.5, 2.0
_SURE = 20.0
# A name after 和 in a list has more than one reading.
_LEAD_AFTER_AND = 4.0
_SHORTEST_NAME = 2
# A name without an office is read before a verb only with such a lead.
_LEAD_BEFORE_VERB = 3.0
_LONGEST_BRACKETS = 12
_LONGEST_PART = 7
# What a name may stand right behind that begins a clause.
_OPENS = re.compile(f"[{re.escape(''.join(sorted(CLAUSE_ENDS)))}”)\\] ]")
# A word that is found so often is no given name.
_USUAL_WORD = 500


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name at text[start:end]; `name` is its form without spaces, `role` the office that touches it.

    `held` are the offices that a verb after the name gives (张三任市长).
    """

    start: int
    end: int
    name: str
    rule: str
    role: Role | None
    lead: float
    part: str | None = None
    held: tuple[Office, ...] = ()


def find(text: Text, roles: Sequence[Role], taken: Set[int]) -> list[Person]:
    """The people whom `text` shows by itself; none at an offset in `taken` (organizations)."""
    found: dict[int, Person] = {}
    ends: set[int] = set()
    before = {person.role.end: person for person in _before_titles(text, roles, taken) if person.role is not None}
    for role in roles:
        named = before.get(role.end)
        if named is not None and role.start < named.start:
            found.setdefault(named.start, named)
            continue
        for person in _after_role(text, _without_foreign_part(role, ends), taken):
            found.setdefault(person.start, person)
            ends.add(person.end)
    for person in [
        *_before_titles(text, roles, taken),
        *_before_verbs(text, taken),
        *_renowned(text, taken),
        *_dotted(text, taken),
    ]:
        found.setdefault(person.start, person)
    for person in list(found.values()):
        for other in [*_list_after(text, person, taken, found), *_list_before(text, person, taken, found)]:
            found.setdefault(other.start, other)
    return without_overlaps(found.values())


def _without_foreign_part(role: Role, ends: Collection[int]) -> Role:
    """The role without a first office that stands after another person's name (书记张三代表、区长|李四)."""
    if role.start in ends and len(role.offices) > 1 and role.offices[0].organization is None:
        return Role(role.offices[1].start, role.end, role.offices[1:])
    return role


def without_overlaps(people: Collection[Person]) -> list[Person]:
    """The people in order; where two overlap, the one with a role stays, else the longer one."""
    kept: list[Person] = []
    taken: set[int] = set()
    for person in sorted(people, key=lambda person: (person.role is None, person.start - person.end, person.start)):
        if person.start not in taken and person.end - 1 not in taken:
            taken.update(range(person.start, person.end))
            kept.append(person)
    return sorted(kept, key=lambda person: person.start)


def _at(text: Text, start: int, prior: float, taken: Set[int]) -> tuple[int, float]:
    """(end, lead) of the best name at `start`, spaced (陈 杰), dotted or plain; (start, ..) for none."""
    plain = text.plain
    sure = famous_end(plain, start)
    if sure == start:
        sure = dotted_end(plain, start)
    if sure > start:
        return (start, 0.0) if not taken.isdisjoint(range(start, sure)) else (sure, _SURE)
    end, lead = _best(plain, start, prior)
    spaced = spaced_end(plain, start)
    if spaced > start and end - start < 2 and start not in taken and spaced - 1 not in taken:
        return spaced, prior
    if lead <= 0 or not taken.isdisjoint(range(start, end)) or is_no_name(plain[start:end]):
        return start, lead
    return end if likelihood.like_chinese(plain[start:end]) else reign_end(plain, end), lead


def _best(plain: str, start: int, prior: float) -> tuple[int, float]:
    """(end, lead) of the best name at `start`: likelier with a mark or a verb after it than cut from words."""
    found = [(start, -math.inf)]
    for end, lead in likelihood.readings(plain, start):
        closed = end == len(plain) or not is_han(plain[end])
        bonus = _CLOSED if closed else _FOLLOWED if _verb_of_people(plain, end) else 0.0
        found.append((end, lead + prior + bonus))
    return max(found, key=lambda reading: (reading[1], -reading[0]))


def _verb_of_people(plain: str, at: int) -> bool:
    return lexicons.phrases("statement_verbs.txt").end(plain, at) > at or word_follows(plain, at)


def _person(text: Text, start: int, end: int, rule: str, role: Role | None, lead: float) -> Person:
    return Person(start, end, text.plain[start:end].replace(" ", ""), rule, role, lead)


def _after_role(text: Text, role: Role, taken: Set[int]) -> list[Person]:
    """The name after an office and the names that share it: 市领导张三、李四."""
    role = _with_brackets(text.plain, role)
    start = role.end + (text.plain[role.end : role.end + 1] == " ")
    if start >= len(text.plain) or lexicons.phrases("not_after_titles.txt").end(text.plain, start) > start:
        return []
    last = role.offices[-1]
    reports = title(last.title).is_("reporter")
    end, lead = _at(text, start, _AFTER_FULL_ROLE if last.organization or last.place else _AFTER_ROLE, taken)
    if reports:
        end = _reporter_end(text, start, end, taken)
    if end == start:
        return []
    people = [_person(text, start, end, "after_office", role, lead)]
    marks = ("、", " ") if reports else ("、",)
    if role.collective or text.plain[end : end + 1] in marks:
        people += [replace(other, role=role) for other in _list_after(text, people[0], taken, {})]
    return people


def _with_brackets(plain: str, role: Role) -> Role:
    """The role with what brackets after it add to the office: 局长(代), 统战部部长(兼)."""
    close = _after_brackets(plain, role.end)
    added = close > role.end and plain[role.end + 1 : close - 1] in lexicons.words("title_brackets.txt")
    return replace(role, end=close) if added else role


def _reporter_end(text: Text, start: int, end: int, taken: Set[int]) -> int:
    """Where the name of a reporter ends: before a mark or 报道, two or three characters unless they are words."""
    for stop in (start + 2, start + 3):
        name = text.plain[start:stop]
        closed = text.plain.startswith((" ", *lexicons.group("report_ends")), stop)
        likely = likelihood.surname_lengths(name, 0) or all(len(word) == 1 for word in words.cut(name))
        if closed and likely and all(map(is_han, name)) and taken.isdisjoint(range(start, stop)):
            return stop
    return end


def _list_after(text: Text, person: Person, taken: Set[int], known: Mapping[int, Person]) -> list[Person]:
    """The names without an office that follow `person` in a list, up to one that is known."""
    found = []
    at = person.end
    while True:
        at = _after_brackets(text.plain, at)
        mark = next(
            (mark for mark in ("、", " ", *lexicons.group("name_joiners")) if text.plain.startswith(mark, at)), ""
        )
        start = at + len(mark)
        if not mark or start >= len(text.plain) or start in known:
            break
        end, lead = _at(text, start, _IN_LIST if mark == "、" else 0.0, taken)
        if mark == "、" and (end == start or lead < 2):
            end, lead = _item_end(text, start, taken), _IN_LIST
        if end == start or lead < (2 if mark in ("、", " ") else _LEAD_AFTER_AND):
            break
        found.append(_person(text, start, end, "list_of_people", None, lead))
        at = end
    return found


def _after_brackets(plain: str, at: int) -> int:
    """Past what stands in brackets after a name in a list: 黄晓燕(女,回族)."""
    close = plain.find(")", at, at + _LONGEST_BRACKETS) if plain[at : at + 1] == "(" else -1
    return close + 1 if close > 0 else at


def _list_before(text: Text, person: Person, taken: Set[int], known: Mapping[int, Person]) -> list[Person]:
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
                scores.append((likelihood.name_score(name) - likelihood.words_score(name) + _IN_LIST + _CLOSED, begin))
        if not scores or max(scores)[0] < 2 or max(scores)[1] in known:
            break
        lead, start = max(scores)
        found.append(_person(text, start, end, "list_of_people", None, lead))
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


def _before_titles(text: Text, roles: Sequence[Role], taken: Set[int]) -> list[Person]:
    """Names with a title after them: 王毅外长, 李华教授."""
    found = []
    famous = lexicons.words("famous_people.txt")
    for role in roles:
        first = role.offices[0]
        title_start = first.end - len(first.title)
        gap = title_start - first.organization.end if first.organization is not None else 0
        if (
            (first.organization is not None and gap < _SHORTEST_NAME)
            or first.place
            or title(first.title).place != "both"
        ):
            continue
        # The name stands before the title, or between it and the body: 市教育局|吴萍|局长.
        least = first.organization.end if first.organization is not None else 0
        role = Role(title_start, role.end, role.offices) if gap else role
        best: tuple[float, int] | None = None
        for start in range(max(least, role.start - 4), role.start - 1):
            name = text.plain[start : role.start]
            odds = likelihood.name_score(name) - likelihood.words_score(name) + _BEFORE_TITLE
            score = _SURE if name in famous else odds
            if (
                (start in text.begins or name in famous)
                and not is_no_name(name)
                and (best is None or (score, start) > best)
            ):
                best = (score, start)
        if best is not None and best[0] > 0 and taken.isdisjoint(range(best[1], role.start)):
            address = first.title in lexicons.group("forms_of_address")
            office = replace(first, start=role.start, title_start=role.start)
            only = None if address else Role(role.start, first.end, (office,))
            found.append(_person(text, best[1], role.start, "before_title", only, best[0]))
    return found


def _before_verbs(text: Text, taken: Set[int]) -> list[Person]:
    """Names that begin a clause and speak or act in it: 张三指出, 李四会见, and 张三:... at the head of a line."""
    found = []
    speech, acts = lexicons.phrases("statement_verbs.txt"), lexicons.phrases("verbs_after_names.txt")
    fillers = lexicons.group("verb_fillers")
    plain = text.plain
    for start in (0, *(mark.end() for mark in _OPENS.finditer(plain))):
        if not likelihood.surname_lengths(plain, start):
            continue
        line_start = start == 0 or plain[start - 1] == "\n"
        for end in range(start + 2, min(start + 4, len(plain)) + 1):
            if not taken.isdisjoint(range(start, end)) or is_noun(plain[start:end]):
                continue
            if end > start + 2 and plain[end - 1] in fillers:
                continue
            verb = next((end + len(word) for word in fillers if plain.startswith(word, end)), end)
            speaks = speech.end(plain, verb) > verb or (line_start and plain[end : end + 1] == ":")
            if not speaks and acts.end(plain, end) < end + 2:
                continue
            lead = likelihood.name_score(plain[start:end]) - likelihood.words_score(plain[start:end]) + _BEFORE_SPEECH
            if lead > (0 if speaks else _LEAD_BEFORE_VERB):
                found.append(_person(text, start, end, "before_speech" if speaks else "before_verb", None, lead))
    return found


def _dotted(text: Text, taken: Set[int]) -> list[Person]:
    """Names with dots, wherever they stand: 阿不都·热合曼, 比尔·盖茨."""
    found = []
    letters = lexicons.words("transliterations.txt") | frozenset(lexicons.group("dotted_letters"))
    dot = text.plain.find("·")
    while dot >= 0:
        start = dot
        while start and text.plain[start - 1] in letters and dot - start < 7 and start - 1 not in taken:
            if _joins(text.plain, start - 1):
                break
            start -= 1
        while start < dot and start not in text.begins:
            start += 1
        end = dotted_end(text.plain, start) if dot - start > 0 else start
        if end > dot and taken.isdisjoint(range(start, end)):
            found.append(_person(text, start, end, "dotted", None, _SURE))
        dot = text.plain.find("·", max(dot + 1, end))
    return found


def _joins(plain: str, at: int) -> bool:
    """Whether the character at `at` joins a name to another with a dot before it: 买买提|和|热依扎."""
    return plain[at] in lexicons.group("name_joiners") and "·" in plain[max(0, at - _LONGEST_PART) : at]


def _renowned(text: Text, taken: Set[int]) -> list[Person]:
    found = []
    for start, _ in lexicons.phrases("famous_people.txt").everywhere(text.plain):
        end = famous_end(text.plain, start)
        # Names of two characters may be part of a word: 陈云 in 陈云集.
        whole = end - start > 2 or (start in text.begins and end in text.ends)
        named_after = text.plain.startswith(lexicons.group("eponyms"), end)
        if end > start and whole and not named_after and taken.isdisjoint(range(start, end)):
            found.append(_person(text, start, end, "renown", None, _SURE))
    return found
