"""Where people are named in one text: beside offices, in lists, before verbs of speech, and by known names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence, Set

from banmian import words

from .. import lexicons
from ..offices import Role
from ..text import CLAUSE_ENDS, Text, is_han
from . import acted_on, likelihood, listed, name_parts, spaced, titled
from .person import SURE, Person, made, without_overlaps
from .shapes import dotted_end, dotted_letters, famous_end, is_noun

# Log odds that a name stands at a place, before its characters are looked at.
_BEFORE_SPEECH = 1.5
# A name without an office is read before a verb only with such a lead.
_LEAD_BEFORE_VERB = 3.0
# One that does what anything may do must look much more like one: by its length.
_LEAD_BEFORE_ANY_VERB = {2: 9.0, 3: 6.0, 4: 6.0}
_LONGEST_PART = 7
# How the dictionary marks verbs and prepositions.
_VERBS = ("v", "p")
# Of the names at one place the one of the lowest rule counts.
_RANKS = {
    "before_speech": 0,
    "before_verb": 0,
    "renown": 1,
    "dotted": 2,
    "name_parts": 3,
    "spaced": 4,
    "acted_on": 5,
}
# A name in Latin letters in brackets, no abbreviation.
_LATIN = re.compile(r"\((?=[A-ZÀ-Ý])([^\W\d_](?:[^\W\d_]|[ .·'’-]){3,40})(?<=[a-zà-ÿA-Z])\)")
# What a name may stand right behind that begins a clause.
_OPENS = re.compile(f"[{re.escape(''.join(sorted(CLAUSE_ENDS)))}”)\\] ]")


def by_words(text: Text) -> list[Person]:
    """The people whom the words beside them or their names show, whatever bodies and offices `text` has."""
    return [*_before_verbs(text), *_renowned(text), *_of_parts(text), *acted_on.find(text)]


def find(text: Text, roles: Sequence[Role], taken: Set[int], by_words: Iterable[Person]) -> list[Person]:
    """The people whom `text` shows by itself, those `by_words` too; none at an offset in `taken` (organizations)."""
    found: dict[int, Person] = {}
    ends: set[int] = set()
    before_titles = titled.before_titles(text, roles, taken)
    before = {person.role.end: person for person in before_titles if person.role is not None}
    for role in roles:
        named = before.get(role.end)
        if named is not None and role.start < named.start:
            found.setdefault(named.start, named)
            continue
        for person in titled.after_role(text, _without_foreign_part(role, ends), taken):
            found.setdefault(person.start, person)
            ends.add(person.end)
    free = [person for person in by_words if taken.isdisjoint(range(person.start, person.end))]
    for person in [
        *before_titles,
        *sorted([*free, *_dotted(text, taken), *spaced.find(text, taken)], key=_rank),
    ]:
        found.setdefault(person.start, person)
    for person in list(found.values()):
        for other in [*listed.after(text, person, taken, found), *listed.before(text, person, taken, found)]:
            found.setdefault(other.start, other)
    for person in _in_brackets(text, found.values(), taken):
        found.setdefault(person.start, person)
    return without_overlaps(found.values())


def _rank(person: Person) -> int:
    return _RANKS[person.rule]


def _without_foreign_part(role: Role, ends: Collection[int]) -> Role:
    """The role without a first office that stands after another person's name (书记张三代表、区长|李四)."""
    if role.start in ends and len(role.offices) > 1 and role.offices[0].organization is None:
        return Role(role.offices[1].start, role.end, role.offices[1:])
    return role


def _before_verbs(text: Text) -> list[Person]:
    """Names that begin a clause and speak or act in it: 张三指出, 李四会见, and 张三:... at the head of a line."""
    found = []
    speech, deeds = lexicons.phrases("statement_verbs.txt"), lexicons.phrases("verbs_after_names.txt")
    fillers = lexicons.group("verb_fillers")
    plain = text.plain
    for start in (0, *(mark.end() for mark in _OPENS.finditer(plain))):
        if not likelihood.surname_lengths(plain, start):
            continue
        line_start = start == 0 or plain[start - 1] == "\n"
        for end in range(start + 2, min(start + 4, len(plain)) + 1):
            if end > start + 2 and plain[end - 1] in fillers:
                continue
            verb = next((end + len(word) for word in fillers if plain.startswith(word, end)), end)
            speaks = speech.end(plain, verb) > verb or (line_start and plain[end : end + 1] == ":")
            does = deeds.end(plain, end) > end + 1
            acts = does or (_verb_follows(text, end) and all(map(likelihood.given_rank, plain[start + 1 : end])))
            if not (speaks or acts) or is_noun(plain[start:end]):
                continue
            lead = likelihood.name_score(plain[start:end]) - likelihood.words_score(plain[start:end]) + _BEFORE_SPEECH
            if lead > (0 if speaks else _LEAD_BEFORE_VERB if does else _LEAD_BEFORE_ANY_VERB[end - start]):
                found.append(made(text, start, end, "before_speech" if speaks else "before_verb", None, lead))
    return found


def _verb_follows(text: Text, end: int) -> bool:
    """Whether a verb or a preposition of the dictionary follows the word that ends at `end`: 捡到, 向."""
    if end not in text.ends or end == len(text.plain):
        return False
    word = text.plain[slice(*text.words[text.word_to(end) + 1])]
    return words.flag(word)[:1] in _VERBS and is_han(word[0])


def _dotted(text: Text, taken: Set[int]) -> list[Person]:
    """Names with dots, wherever they stand: 阿不都·热合曼, 比尔·盖茨."""
    found = []
    letters = dotted_letters()
    dot = text.plain.find("·")
    while dot >= 0:
        start = dot
        while start and text.plain[start - 1] in letters and dot - start < 7 and start - 1 not in taken:
            if _joins(text.plain, start - 1):
                break
            start -= 1
        while start < dot and start not in text.begins:
            start += 1
        whole = name_parts.start(text.plain, dot)
        start = whole if whole < dot and (whole in text.begins or whole < start) else start
        end = dotted_end(text.plain, start) if dot - start > 0 else start
        if end > dot and taken.isdisjoint(range(start, end)):
            found.append(made(text, start, end, "dotted", None, SURE))
        dot = text.plain.find("·", max(dot + 1, end))
    return found


def _in_brackets(text: Text, people: Collection[Person], taken: Set[int]) -> list[Person]:
    """The names in Latin letters that brackets add to a foreigner's: 博斯蒂克|(Raphael Bostic)."""
    behind = [(_LATIN.match(text.plain, person.end), person) for person in people]
    return [
        made(text, *match.span(1), "latin", None, person.lead)
        for match, person in behind
        if match is not None and taken.isdisjoint(range(*match.span(1)))
    ]


def _of_parts(text: Text) -> list[Person]:
    """Names made of several parts that a list holds, wherever they begin like a word: 央金卓玛."""
    found = []
    for start, _ in lexicons.phrases("name_parts.tsv").everywhere(text.plain):
        end = name_parts.end(text.plain, start)
        free = start in text.begins
        place = text.plain.startswith(lexicons.group("place_followers"), end)
        if free and not place and name_parts.stands_alone(text.plain[start:end]) and text.plain[end : end + 1] != "·":
            found.append(made(text, start, end, "name_parts", None, SURE))
    return found


def _joins(plain: str, at: int) -> bool:
    """Whether the character at `at` joins a name to another with a dot before it: 买买提|和|热依扎."""
    return plain[at] in lexicons.group("name_joiners") and "·" in plain[max(0, at - _LONGEST_PART) : at]


def _renowned(text: Text) -> list[Person]:
    found = []
    for start, _ in lexicons.phrases("famous_people.txt").everywhere(text.plain):
        end = famous_end(text.plain, start)
        # Names of two characters may be part of a word: 陈云 in 陈云集.
        whole = end - start > 2 or (start in text.begins and end in text.ends)
        named_after = text.plain.startswith(lexicons.group("eponyms"), end)
        if end > start and whole and not named_after:
            found.append(made(text, start, end, "renown", None, SURE))
    return found
