"""The part that a person plays where the name stands: speaker, attendee, subject, or only referred to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from banmian import words

from .. import lexicons
from ..offices import title
from ..text import CLAUSE_ENDS, SENTENCE_ENDS, Text
from .person import Person

_LONGEST_CLAUSE, _LONGEST_SENTENCE = 60, 400
# The next subject is looked for among so many people.
_NEAR = 20


def play(text: Text, people: Sequence[Person], field: str) -> list[str]:
    """The part of each of the people of `text`, who are given in order."""
    played: list[str] = []
    first = 0
    while first < len(people):
        last = first
        while last + 1 < len(people) and _joined(text, people[last], people[last + 1]):
            last += 1
        together = _play(text, people, first, last, field)
        played += [_own(person) or together for person in people[first : last + 1]]
        first = last + 1
    return played


def _own(person: Person) -> str | None:
    """The part that the name has by itself: in a byline, or as that of a reporter."""
    if person.part is None and person.role is not None:
        return "reporter" if title(person.role.offices[-1].title).is_("reporter") else None
    return person.part


def _play(text: Text, people: Sequence[Person], first: int, last: int, field: str) -> str:
    """The part of a list of people, which they play together."""
    after = _end(text, people[last])
    if text.plain[after : after + 1] == ":" and field != "body":
        return "speaker"
    if not _is_subject(text, people[first], after, field):
        return "attendee" if _attends_before(text, people[first]) else "referenced"
    return _act(text, after, _next_person(text, people, last))


def _begin(person: Person) -> int:
    return person.role.start if person.role is not None and person.role.start < person.start else person.start


def _end(text: Text, person: Person) -> int:
    """Where the name ends, with the title after it even where another one before it counts (书记张三代表)."""
    if person.role is not None and person.role.start >= person.end:
        return person.role.end
    end = lexicons.phrases("titles.tsv").end(text.plain, person.end)
    after = title(text.plain[person.end : end])
    goes_on = after.is_("verb") and text.plain[end : end + 1] not in ("、", ",")
    return end if after.place in ("both", "known") and not goes_on else person.end


def _joined(text: Text, person: Person, following: Person) -> bool:
    """Whether both stand in one list: only a joiner, or nothing, between them and their offices."""
    begin = _begin(following) if _begin(following) >= _end(text, person) else following.start
    between = text.plain[_end(text, person) : begin]
    return not between.strip(" ") or between in lexicons.group("clause_joiners")


def _next_person(text: Text, people: Sequence[Person], last: int) -> int:
    """Where the next subject's clause begins: what comes after is not what people[last] does."""
    for person in people[last + 1 : last + 1 + _NEAR]:
        begin = _begin(person)
        if begin > people[last].end and text.plain[begin - 1] in CLAUSE_ENDS:
            return begin
    return len(text.plain)


def _is_subject(text: Text, person: Person, after: int, field: str) -> bool:
    """Whether the name, with its role or its list, begins a clause or follows words of time and place.

    In headings a space divides clauses too.
    """
    begin = _begin(person)
    clause = begin
    while clause and begin - clause < _LONGEST_CLAUSE and not _ends_clause(text.plain, clause - 1):
        clause -= 1
    lead = text.plain[clause:begin].rstrip(" ")
    if not lead or (field != "body" and text.plain[begin - 1] == " "):
        return True
    if lead.endswith(lexicons.group("before_speakers")) and _speaks_at(text.plain, after):
        return True
    if lexicons.phrases("reference_words.txt").start(lead, len(lead)) < len(lead):
        return False
    adverbials = lexicons.phrases("adverbials.txt")
    return adverbials.start(lead, len(lead)) < len(lead) and _verb_follows(text.plain, after)


def _ends_clause(text: str, at: int) -> bool:
    """Whether text[at] ends a clause: a mark, a closing bracket, or a quotation mark after a full stop."""
    closes = text[at] == ")" or (text[at] == "”" and text[at - 1 : at] in SENTENCE_ENDS)
    return closes or text[at] in CLAUSE_ENDS


def _speaks_at(text: str, at: int) -> bool:
    return lexicons.phrases("statement_verbs.txt").end(text, at) > at


def _verb_follows(text: str, at: int) -> bool:
    while at < len(text) and (text[at].isdigit() or text[at] in lexicons.group("time_signs")):
        at += 1
    end = lexicons.phrases("verbs_after_names.txt").end(text, at)
    return end > at and text[at:end] not in lexicons.group("not_verbs")


def _attends_before(text: Text, person: Person) -> bool:
    """Whether the list follows its verb: 出席会议的还有张三、李四; 参加活动的有..."""
    clause = person.start
    while clause and person.start - clause < _LONGEST_SENTENCE and text.plain[clause - 1] not in SENTENCE_ENDS:
        clause -= 1
    before = text.plain[clause : person.start]
    attends = any(verb in before for verb in lexicons.group("attend_before"))
    return attends and any(word in before for word in lexicons.group("attend_list"))


def _act(text: Text, at: int, stop: int) -> str:
    """What the subject does from `at` on: the first clause decides, then those that go on without a new subject."""
    speech, attend = lexicons.phrases("speech_verbs.txt"), lexicons.phrases("attend_verbs.txt")
    end = at
    while end < stop and text.plain[end] not in SENTENCE_ENDS:
        end += 1
    clause_start = first_clause = True
    attends = False
    cut = words.cut(text.plain[at : min(end, at + _LONGEST_SENTENCE)])
    for word, following in zip_longest(cut, cut[1:], fillvalue=""):
        if word in (",", ";", ":"):
            clause_start, first_clause = True, False
        elif word not in lexicons.group("verb_fillers"):
            # The dictionary also has phrases that begin with the verb (通报情况).
            says = word in speech or speech.end(word, 0) > 1 or speech.start(word, len(word)) < len(word) - 1
            if says and (first_clause or clause_start) and following not in lexicons.group("not_speaking"):
                return "speaker"
            present = attend.start(word, len(word)) < len(word)
            attends = attends or (present and first_clause and following not in lexicons.group("not_attending"))
            clause_start = False
    return "attendee" if attends else "subject"
