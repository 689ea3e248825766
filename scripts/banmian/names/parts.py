"""The part that a person plays where the name stands: speaker, attendee, subject, or only referred to."""

from __future__ import annotations

from banmian import words

from . import lexicons
from .people import Person
from .text import CLAUSE_ENDS, SENTENCE_ENDS, Text


def play(text: Text, people: list[Person], index: int, field: str) -> str:
    """The part of people[index]; `people` are all of the text, in order."""
    person = people[index]
    if person.part is not None:
        return person.part
    if person.role is not None and person.role.parts[-1].title in lexicons.group("reporter_titles"):
        return "reporter"
    last = _list_end(text, people, index)
    after = people[last].end
    role = people[last].role
    if role is not None and role.start >= after:
        after = role.end
    if text.plain[after : after + 1] == ":" and field != "body":
        return "speaker"
    if not _is_subject(text, person, people, index):
        return "attendee" if _attends_before(text, person) else "referenced"
    return _act(text, after, _next_person(text, people, last))


def _begin(person: Person) -> int:
    return person.role.start if person.role is not None and person.role.start < person.start else person.start


def _list_end(text: Text, people: list[Person], index: int) -> int:
    """The index of the last person of the list that people[index] stands in."""
    while index + 1 < len(people):
        end = people[index].end
        role = people[index].role
        if role is not None and role.start >= end:
            end = role.end
        following = people[index + 1].role
        begin = people[index + 1].start
        if following is not None and end <= following.start < begin:
            begin = following.start
        between = text.plain[end:begin]
        if between not in lexicons.group("clause_joiners") and between != " ":
            break
        index += 1
    return index


def _next_person(text: Text, people: list[Person], index: int) -> int:
    """Where the next subject's clause begins: what comes after is not what people[index] does."""
    for person in people[index + 1 :]:
        begin = _begin(person)
        if begin > people[index].end and text.plain[begin - 1] in CLAUSE_ENDS:
            return begin
    return len(text.plain)


def _is_subject(text: Text, person: Person, people: list[Person], index: int) -> bool:
    """Whether the name, with its role or its list, begins a clause or follows words of time and place."""
    while index and _list_end(text, people, index - 1) >= index:
        index -= 1
    begin = _begin(people[index])
    clause = begin
    while clause and text.plain[clause - 1] not in CLAUSE_ENDS and text.plain[clause - 1] != ")":
        clause -= 1
    lead = text.plain[clause:begin].rstrip(" ")
    if not lead:
        return True
    references = lexicons.phrases("reference_words.txt")
    if references.start(lead, len(lead)) < len(lead):
        return False
    adverbials = lexicons.phrases("adverbials.txt")
    return adverbials.start(lead, len(lead)) < len(lead) and _follows_as_verb(text, person)


def _follows_as_verb(text: Text, person: Person) -> bool:
    end = person.role.end if person.role is not None and person.role.start >= person.end else person.end
    verbs = lexicons.phrases("verbs_after_names.txt")
    following = verbs.end(text.plain, end)
    return following > end and text.plain[end:following] not in lexicons.group("not_verbs")


def _attends_before(text: Text, person: Person) -> bool:
    """Whether the list follows its verb: 出席会议的还有张三、李四; 参加活动的有..."""
    clause = person.start
    while clause and text.plain[clause - 1] not in SENTENCE_ENDS:
        clause -= 1
    before = text.plain[clause : person.start]
    attends = any(verb in before for verb in lexicons.group("attend_before"))
    return attends and any(word in before for word in lexicons.group("attend_list"))


def _act(text: Text, at: int, stop: int) -> str:
    """What the subject does from `at` on: the first clause decides, then those that go on without a new subject."""
    speech, attend = lexicons.phrases("speech_verbs.txt"), lexicons.words("attend_verbs.txt")
    end = at
    while end < stop and text.plain[end] not in SENTENCE_ENDS:
        end += 1
    clause_start = first_clause = True
    attends = False
    for word in words.cut(text.plain[at:end]):
        if word in (",", ";", ":"):
            clause_start, first_clause = True, False
        elif word not in lexicons.group("verb_fillers"):
            # The dictionary also has phrases that begin with the verb (通报情况).
            if (word in speech or speech.end(word, 0) > 1) and (first_clause or clause_start):
                return "speaker"
            attends = attends or (word in attend and first_clause)
            clause_start = False
    return "attendee" if attends else "subject"
