"""How likely a run of characters is a person's name, and how likely the words are that else stand there.

Both are log probabilities of the same stretch of text, so that they can be compared: a name is read where the name and
the words after it are together likelier than words alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from banmian import words
from banmian.words.surnames import surnames

from .. import lexicons
from ..text import all_han
from . import name_parts

# Rank in the data files -> log probability of one character at its place in a name.
_SURNAME = {"1": -4.2, "2": -7.0, "3": -9.5}
_GIVEN = {"1": -4.8, "2": -6.6, "3": -8.6}
_GIVEN_UNLISTED, _GIVEN_UNLIKELY = -10.5, -14.0
_FOREIGN_START = -4.0
_FOREIGN = {"1": -4.1, "2": -4.8, "3": -6.4}
_JAPANESE_SURNAME, _JAPANESE_GIVEN, _JAPANESE_UNLISTED = -11.0, -5.0, -9.0
_LENGTH = {1: math.log(0.2), 2: math.log(0.8)}
_MARRIED, _MARRIED_LENGTH = -2.0, 4
# One part of a name of a people of the west or north, and what a single short one is less likely.
_PARTS_START, _PART, _ONE_SHORT_PART = -6.0, -6.5, -4.0
_UNKNOWN_WORD = -15.5
# A word of fewer characters is no name; a longer one is not looked for.
_SHORTEST_NAME, _LONGEST_WORD = 3, 4
# What is looked at of a text to read a name: Chinese characters (is_han), so many at most.
_STRETCH = re.compile("[\u4e00-\u9fff\u3400-\u4dbf〇々]{1,9}")
_LONGEST_NAME, _LONGEST_JAPANESE_GIVEN = 8, 3
# A word of three characters with such a score as a name counts as one.
_LIKE_A_NAME = -23.0
_USUAL, _USUAL_REST = 800, 300


@cache
def _given() -> Mapping[str, float]:
    scores = {character: _GIVEN[rank] for character, (rank,) in lexicons.table("given_names.tsv").items()}
    return scores | dict.fromkeys(lexicons.words("not_given.txt"), _GIVEN_UNLIKELY)


@cache
def _letters() -> Mapping[str, float]:
    return {letter: _FOREIGN[rank] for letter, (rank,) in lexicons.table("transliterations.txt").items()}


@cache
def _surnames() -> Mapping[str, float]:
    return {surname: _SURNAME[rank] for surname, rank in surnames().items()}


def surname_lengths(text: str, start: int) -> list[int]:
    """The lengths of the surnames that start at `start` (欧阳 and 欧: [2, 1])."""
    known = _surnames()
    lengths = [2] if text[start : start + 2] in known and start + 2 <= len(text) else []
    return [*lengths, 1] if text[start : start + 1] in known else lengths


@lru_cache(maxsize=1 << 16)
def name_score(name: str) -> float:
    """The log probability of `name` among names; -inf where it starts with no surname and is no transliteration."""
    return max(_chinese(name), _foreign(name), _japanese(name), _of_parts(name))


def _chinese(name: str) -> float:
    best = -math.inf
    for length in surname_lengths(name, 0):
        rest = name[length:]
        if len(rest) in _LENGTH and all_han(rest):
            score = _surnames()[name[:length]] + _LENGTH[len(rest)]
            best = max(best, score + sum([_given().get(character, _GIVEN_UNLISTED) for character in rest]))
    if len(name) == _MARRIED_LENGTH and _usual_surname(name[0]) and _usual_surname(name[1]):
        # A married woman's name in Hong Kong and Taiwan: her husband's surname before her own.
        best = max(best, _MARRIED + _surnames()[name[0]] + _chinese(name[1:]))
    return best


def _usual_surname(character: str) -> bool:
    return surnames().get(character, "3") != "3"


def _foreign(name: str) -> float:
    letters = _letters()
    if 2 <= len(name) <= _LONGEST_NAME and letters.keys() >= set(name):
        return _FOREIGN_START + sum([letters[character] for character in name])
    return -math.inf


def _japanese(name: str) -> float:
    """The log probability of a Japanese surname with a given name of up to three characters (高桥一郎)."""
    end = lexicons.phrases("japanese_surnames.txt").end(name, 0)
    if not 1 <= len(name) - end <= _LONGEST_JAPANESE_GIVEN or end == 0:
        return -math.inf
    given_names = lexicons.words("japanese_given.txt")
    scores = (_JAPANESE_GIVEN if character in given_names else _JAPANESE_UNLISTED for character in name[end:])
    return _JAPANESE_SURNAME + sum(scores)


def _of_parts(name: str) -> float:
    """The log probability of a name made of the parts of name_parts.tsv (央金卓玛)."""
    parts = name_parts.count(name)
    if not parts:
        return -math.inf
    return _PARTS_START + parts * _PART + (_ONE_SHORT_PART if len(name) == 2 else 0.0)


# The names of an article stand again and again, and several rules ask.
@lru_cache(maxsize=1 << 13)
def like_chinese(name: str, by: float = 0.0) -> bool:
    """Whether `name` reads as surname and given name rather than as a transliteration, `by` so much likelier."""
    return _chinese(name) - by > max(_foreign(name), _japanese(name), _of_parts(name))


def given_rank(character: str) -> int:
    """How usual `character` is in given names: 1 very, 2 usual, 3 seldom; 0 where no list has it."""
    return int(lexicons.table("given_names.tsv").get(character, ("0",))[0])


@cache
def like_a_name(word: str) -> bool:
    """Whether a word of the dictionary is a person's name: rare, and no surname before a usual word (高质量)."""
    if words.frequency(word) > _USUAL:
        return False
    if len(word) > 3:
        return _foreign(word) > -math.inf
    return words.frequency(word[1:]) <= _USUAL_REST and _chinese(word) > _LIKE_A_NAME


def words_scores(text: str) -> list[float]:
    """For each offset of `text` the log probability of what follows as the likeliest words of the dictionary."""
    counts, of_all = words.counts(), _log_of_all()
    size = len(text)
    scores = [0.0] * (size + 1)
    for start in range(size - 1, -1, -1):
        best = _SINGLES[text[start]] + scores[start + 1]
        end, last = start + 2, min(start + _LONGEST_WORD, size)
        # What begins no word is in no table.
        while end <= last and (count := counts.get(word := text[start:end])) is not None:
            # The dictionary holds many people's names: they are no evidence against a name.
            if count and (end - start < _SHORTEST_NAME or not like_a_name(word)):
                score = math.log(count) - of_all + scores[end]
                best = score if score > best else best
            end += 1
        scores[start] = best
    return scores


class _Singles(dict[str, float]):
    """Character -> its log probability as a word, which is at least that of an unknown one; filled as it is asked."""

    def __missing__(self, character: str) -> float:
        count = words.frequency(character)
        self[character] = max(_UNKNOWN_WORD, math.log(count) - _log_of_all()) if count else _UNKNOWN_WORD
        return self[character]


_SINGLES = _Singles()


@cache
def _log_of_all() -> float:
    return math.log(words.total())


def words_score(text: str) -> float:
    """The log probability of `text` as the likeliest words of the dictionary."""
    return words_scores(text)[0]


def window(text: str, start: int) -> int:
    """Where the stretch ends that readings of a name at `start` are compared on: at a mark, or some characters on."""
    found = _STRETCH.match(text, start)
    return found.end() if found is not None else start


def lead(text: str, start: int, end: int) -> float:
    """How much likelier the name text[start:end] and the words after it are than words alone."""
    alone = words_scores(text[start : window(text, start)])
    return name_score(text[start:end]) + alone[end - start] - alone[0]


def best(text: str, start: int, prior: float) -> tuple[int, float]:
    """(end, lead) of the best name at `start`; the lead over words alone is negative where no name is likelier.

    `prior` is the log odds that a name stands here at all, before its characters are looked at.
    """
    found = [(lead + prior, -size) for size, lead in _readings(text[start : window(text, start)])]
    if not found:
        return start, -math.inf
    lead, size = max(found)
    return start - size, lead


def readings(text: str, start: int) -> list[tuple[int, float]]:
    """(end, lead over words alone) of each name that may stand at `start`."""
    return [(start + size, lead) for size, lead in _readings(text[start : window(text, start)])]


# A name that stands again often has the same behind it, and several rules ask for it.
@lru_cache(maxsize=1 << 15)
def _readings(stretch: str) -> Sequence[tuple[int, float]]:
    """(length, lead over words alone) of each name that `stretch` may begin with."""
    scores = [(end, score) for end in _ends(stretch) if (score := name_score(stretch[:end])) > -math.inf]
    if not scores:
        return ()
    alone = words_scores(stretch)
    return [(end, score + alone[end] - alone[0]) for end, score in scores]


def _ends(stretch: str) -> list[int]:
    """Where a name may end that `stretch` begins with, in order: elsewhere name_score() knows none."""
    ends = set(range(2, max(_spelt_end(stretch), name_parts.end(stretch, 0)) + 1))
    for length in surname_lengths(stretch, 0):
        ends.update([length + given for given in _LENGTH])
    if _usual_surname(stretch[:1]) and _usual_surname(stretch[1:2]):
        ends.add(_MARRIED_LENGTH)
    for surname in lexicons.phrases("japanese_surnames.txt").ends(stretch, 0):
        ends.update(range(surname + 1, surname + _LONGEST_JAPANESE_GIVEN + 1))
    longest = min(len(stretch), _LONGEST_NAME)
    return sorted([end for end in ends if end <= longest])


def _spelt_end(stretch: str) -> int:
    """Where the characters end with which foreign names are spelt."""
    letters = _letters()
    return next((at for at, one in enumerate(stretch) if one not in letters), len(stretch))
