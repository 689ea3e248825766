"""Names without an office: what speaks for each, in its characters and in the words beside it, weighed together.

The weights (data/evidence.tsv) are the log odds of a logistic regression over the features of this module, rounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from banmian import words

from .. import lexicons
from ..text import CLAUSE_ENDS, Text, is_han
from . import likelihood
from .shapes import is_noun

_SURE_LEAD, _LEAST_LEAD = 16.0, -6.0
_USUAL_WORD = 30
_MARGIN = 0.3
_MARKS_BEFORE = {"“": "quoted", "《": "title begins", "(": "bracket before", "·": "dot before"}
_MARKS_AFTER = {
    "": "end after",
    "、": "item after",
    "《": "work after",
    "(": "bracket after",
    "”": "quote after",
    "》": "title ends",
    ":": "colon after",
    "·": "dot after",
    "-": "hyphen after",
    ",": "comma after",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a name at text[start:end]: `lead` over words alone, and the features that it shows.

    `known` is whether it is a word of the dictionary, which holds many names.
    """

    start: int
    end: int
    lead: float
    features: tuple[str, ...]
    known: bool


def find(text: Text, taken: Collection[int]) -> list[Candidate]:
    """The candidates that are likelier names than not, by some margin: a false name harms more than a missed one."""
    return [candidate for candidate in candidates(text, taken) if weight(candidate) > _MARGIN]


def weight(candidate: Candidate) -> float:
    """The log odds that the candidate is a person's name."""
    lead = min(max(candidate.lead, _LEAST_LEAD), _SURE_LEAD)
    score = lead * _weights().get(f"lead {candidate.features[0]}", 0.0)
    return score + sum(_weights().get(feature, 0.0) for feature in candidate.features)


@cache
def _weights() -> Mapping[str, float]:
    return {feature: float(weight) for feature, (weight,) in lexicons.table("evidence.tsv").items()}


def candidates(text: Text, taken: Collection[int]) -> Iterator[Candidate]:
    """What may be a name, at each word's beginning: the best end there, with its features."""
    spans = list(_spans(text, taken))
    counts = Counter(text.plain[start:end] for start, end, _, _ in spans)
    for start, end, word_end, lead in spans:
        again = counts[text.plain[start:end]] > 1
        yield Candidate(start, end, lead, _features(text, start, end, word_end, again), end == word_end)


def _spans(text: Text, taken: Collection[int]) -> Iterator[tuple[int, int, int, float]]:
    """(start, end, end of the word that begins there, lead) of what may be a name."""
    letters = lexicons.words("transliterations.txt")
    japanese, never = lexicons.phrases("japanese_surnames.txt"), lexicons.words("not_people.txt")
    plain = text.plain
    for start, word_end in text.words:
        if start in taken or not is_han(plain[start]):
            continue
        chinese = likelihood.surname_lengths(plain, start)
        foreign = plain[start] in letters and plain[start + 1 : start + 2] in letters
        if not (chinese or foreign or japanese.end(plain, start) > start) or plain[start:word_end] in never:
            continue
        end, lead = likelihood.best(plain, start, 0.0)
        if end == start or lead < _LEAST_LEAD or any(at in taken for at in range(start, end)):
            continue
        place = any(len(word) > 1 and plain.startswith(word, end) for word in lexicons.group("place_followers"))
        if not place and not is_noun(plain[start:end]):
            yield start, end, word_end, lead


def _features(text: Text, start: int, end: int, word_end: int, again: bool) -> tuple[str, ...]:
    kind = _kind(text.plain[start:end])
    repeated = (f"{kind.split(' ')[0]} stands again",) if again else ()
    inside = _inside(text, start, end, word_end, kind)
    return (kind, *inside, *repeated, *_before(text, start), *_after(text, end, kind))


def _kind(name: str) -> str:
    """The language that the name reads as, and its length."""
    language = "chinese" if likelihood.like_chinese(name) else "foreign"
    if language == "foreign" and lexicons.phrases("japanese_surnames.txt").end(name, 0) > 0:
        return "japanese"
    return f"{language} {min(len(name), 4)}"


def _inside(text: Text, start: int, end: int, word_end: int, kind: str) -> Iterator[str]:
    name = text.plain[start:end]
    language = kind.split(" ")[0]
    if end == word_end:
        yield f"{language} usual word" if words.frequency(name) > _USUAL_WORD else f"{language} word"
    elif word_end > end:
        yield "splits its word"
    if language == "chinese":
        yield f"surname {likelihood.surname_rank(name)}"
        if likelihood.usual(name):
            yield "usual given name"
        if name[:1] in lexicons.group("surname_words"):
            yield "surname is a word"
    if name.endswith(lexicons.group("place_endings")):
        yield "ends like a place"


def _before(text: Text, start: int) -> Iterator[str]:
    plain = text.plain
    mark = plain[start - 1 : start]
    if not mark or mark in CLAUSE_ENDS:
        yield "begins a clause"
    elif mark == "、":
        yield "item before"
    elif mark in _MARKS_BEFORE:
        yield _MARKS_BEFORE[mark]
    elif not is_han(mark):
        yield "other mark before"
    elif lexicons.phrases("before_names.txt").start(plain, start) < start:
        yield "led in"
    elif plain.startswith(lexicons.group("name_joiners"), start - 1):
        yield "joined before"
    elif mark in lexicons.words("transliterations.txt") and start - 1 in text.begins:
        yield "letter before"
    elif mark in lexicons.group("possessives"):
        yield "of before"
    else:
        yield "word before"


def _after(text: Text, end: int, kind: str) -> Iterator[str]:
    plain = text.plain
    mark = plain[end : end + 1]
    if plain.startswith(lexicons.group("place_followers"), end):
        yield "place goes on"
    if lexicons.phrases("team_followers.txt").end(plain, end) > end:
        yield "team goes on"
    acts = lexicons.phrases("verbs_after_names.txt").end(plain, end) - end
    if lexicons.phrases("statement_verbs.txt").end(plain, end) > end:
        yield "speaks"
    elif acts > 1 or lexicons.phrases("verbs_of_people.txt").end(plain, end) > end:
        yield "acts"
    elif acts == 1 and mark not in lexicons.group("possessives"):
        yield "may act"
    elif mark in _MARKS_AFTER:
        yield _MARKS_AFTER[mark]
    elif not is_han(mark):
        yield "other mark after"
    elif mark in lexicons.group("possessives"):
        yield "of after"
    elif mark in lexicons.words("transliterations.txt") and kind.startswith("foreign"):
        yield "letter after"
    elif plain.startswith(lexicons.group("name_joiners"), end):
        yield "joined after"
    elif end in text.begins:
        yield "word after"
    else:
        yield "inside a word after"
