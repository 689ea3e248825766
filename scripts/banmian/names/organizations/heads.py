"""Names that end in a head word (大学, 集团, 委员会): how far they reach, and what makes them names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from banmian import words

from .. import lexicons, places
from ..ordinary import breaks
from ..text import Text, all_han, cut, is_han

# The type of an organization whose name says nothing of it.
UNKNOWN_TYPE = "company"
_LONGEST_CONTENT = 26
_LETTERS = re.compile(r"[^\W_]+")
# The types that units have of their own.
_OWN = frozenset(("health", "education", "research", "media"))
# The walk to the left of a head takes at most so many words.
_MOST_WORDS = 9
# A name that is known only by being unknown to the dictionary (依图|科技) is short.
_LONGEST_BRAND = 6
_SHORTEST_NAME = 2
# The dictionary's flags of verbs, idioms and phrases.
_NO_NAMES = ("v", "i", "l")


def kind(head: str) -> str:
    """The type of organization that `head` says."""
    return lexicons.table("heads.tsv")[head][0]


def own_kind(head: str) -> str:
    """The type that a unit with `head` has of its own (a hospital of a university); '' where it takes its parent's."""
    found = kind(head) if head in lexicons.words("heads.tsv") else ""
    return found if found in _OWN else ""


def type_of(name: str, other: str) -> str:
    """The type that the head of `name` says; `other` where it ends in none."""
    head = lexicons.phrases("heads.tsv").start(name, len(name))
    return kind(name[head:]) if head < len(name) else other


def need(head: str) -> str:
    """What stands before `head` to make a name: place, name, any, oov or firm (see heads.tsv)."""
    return lexicons.table("heads.tsv")[head][1]


# The same text is asked about place after place.
@lru_cache(maxsize=16)
def ends(text: str) -> Sequence[int]:
    """The offsets in `text`, in order, where a head may end."""
    return lexicons.phrases("heads.tsv").ends_everywhere(text)


def reach(text: str, start: int, longest: int = _LONGEST_CONTENT) -> tuple[int, str] | None:
    """(end, head) of the farthest head after words from `start` on that may stand inside a name."""
    heads = lexicons.phrases("heads.tsv")
    stretch = _LETTERS.match(text, start, start + longest)
    # Most stretches hold no head at all, and to cut them into words takes long.
    if stretch is None or not heads.stands_in(stretch[0]):
        return None
    levels, dates = lexicons.group("no_word_inside"), lexicons.group("dates")
    found = None
    at = start
    for word in cut(stretch[0]):
        if stops(word) or word in dates or (word in levels and at > start):
            break
        chief = word.endswith(lexicons.group("chiefs")) and word in lexicons.words("titles.tsv")
        if chief or (found is not None and word in lexicons.group("verbs_between")):
            break
        at += len(word)
        head_start = heads.start(text, at)
        if start <= head_start < at and _fits(text[head_start:at], word) and not of_title(text, head_start, at):
            found = (at, text[head_start:at])
    return found


def of_title(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] belongs to the title that follows: 市财政局党组书记 is secretary of 市财政局."""
    return text[start:end] in lexicons.group("title_leads") and text.startswith(lexicons.group("title_followers"), end)


def _fits(head: str, word: str) -> bool:
    """Whether the head is no accident of a word: 结局 does not end in the head 局, 教育局 does."""
    return len(head) > 1 or word == head or word[:-1] in lexicons.words("stems.tsv")


def unknown(content: str) -> bool:
    """Whether the content holds a name: Latin letters, unknown characters together, or a rare word that may be one."""
    run = 0
    for word in words.cut(content):
        if word.isascii():
            return True
        run = run + 1 if len(word) == 1 else 0
        rare = len(word) > 1 and words.frequency(word) < 20 and words.flag(word)[:1] not in _NO_NAMES
        if run >= 2 or rare:
            return True
    return False


@cache
def stops(word: str) -> bool:
    """Whether no name holds `word`: one of breaks(), a phrase with one (充分利用), a number of things (七十多家)."""
    if word in breaks() or word in lexicons.group("datelines"):
        return True
    if len(word) == 4 and (word[:2] in breaks() or word[2:] in breaks()):
        return True
    counted = word.rstrip("".join(lexicons.group("counted")))
    return bool(counted) and counted != word and all(c in lexicons.group("numerals") or c.isdigit() for c in counted)


def general(content: str) -> bool:
    """Whether the content says only what kind of body it is (中小|银行)."""
    return all(word in lexicons.words("generic_words.txt") for word in words.cut(content))


@cache
def not_names() -> tuple[str, ...]:
    """Endings of phrases that only look like organizations (国际金融中心)."""
    return tuple(sorted(lexicons.words("not_organizations.txt")))


def find(text: Text) -> list[tuple[int, int, str]]:
    """(start, end, head) of names that end in a head and hold a place or something unknown: 东方科技, 西湖大学."""
    found = []
    heads = lexicons.phrases("heads.tsv")
    for end in ends(text.plain):
        head_start = heads.start(text.plain, end) if end in text.ends else end
        if end - head_start < 2 or of_title(text.plain, head_start, end):
            continue
        head = text.plain[head_start:end]
        start = _start(text, text.word_to(end), head_start, need(head))
        if start is not None:
            found.append((start, end, head))
    return found


def _start(text: Text, index: int, head_start: int, needed: str) -> int | None:
    """Where the name begins that ends with word `index`; None if nothing before the head makes it a name.

    Walks left over words that may stand in a name, and stops at the leftmost one that is unknown or a place.
    """
    if needed == "place" or text.plain.endswith(not_names(), 0, text.words[index][1]):
        return None
    first = text.words[index][0]
    start = first if first < head_start and _is_institution(text.forms[index]) else None
    singles = 0
    at = index - 1
    while at >= 0 and index - at <= _MOST_WORDS:
        begin, end = text.words[at]
        word = text.forms[at]
        if _ends_names(word):
            break
        if _ends_a_class(text, end):
            # Behind what says that it is a firm its name may be any word.
            start = end if start is None and needed == "oov" and end < head_start else start
            break
        if _counts(text, at):
            return None
        if start == end and word in lexicons.group("verbs_between"):
            break
        if lexicons.table("titles.tsv").get(word, ())[2:3] == ("office",):
            break
        region = word in lexicons.group("regions")
        if region or places.end(text.plain, begin) == end or places.countries().end(text.plain, begin) == end:
            start = begin if needed != "oov" or start is not None else start
            singles = 0
        elif len(word) == 1:
            singles += 1
            start = begin if singles >= 2 else start
        else:
            singles = 0
            start = begin if _names_something(word) or (needed != "oov" and _is_rare(word)) else start
        at -= 1
    start = _without_preposition(text, start, head_start)
    if start is None and needed == "firm" and first == head_start:
        start = _proper(text, index)
    if start is None and needed == "any":
        start = _described(text, index, at + 1, head_start)
    if start is not None and needed == "oov" and head_start - start > _LONGEST_BRAND:
        return None
    return start


def _ends_a_class(text: Text, end: int) -> bool:
    """Whether what says of which class the next body is ends there: 房企, 母校."""
    begins = (end - len(lead) for lead in lexicons.group("class_leads") if text.plain.endswith(lead, 0, end))
    return any(begin in text.begins for begin in begins)


@cache
def _ends_names(word: str) -> bool:
    """Whether no name goes on to the left over `word`: a mark, a number, a date, what stops() knows."""
    told = is_han(word[0]) or word.isalnum()
    return stops(word) or word in lexicons.group("dates") or not told or word[0].isdigit()


@cache
def _names_something(word: str) -> bool:
    return word.isascii() or _is_institution(word) or _sounds_foreign(word)


@cache
def _is_rare(word: str) -> bool:
    """Whether the word is so rare that it makes a name, and no kind of body."""
    organization = lexicons.phrases("heads.tsv").start(word, len(word)) < len(word)
    return words.frequency(word) < 20 and word not in lexicons.words("generic_words.txt") and not organization


def _without_preposition(text: Text, start: int | None, head_start: int) -> int | None:
    """`start` without the preposition or the like that two single characters may begin with (从|任文|中学).

    Behind another preposition a name begins: 于|任家坪|中学.
    """
    at = start if start is not None else head_start
    if text.plain[at - 1 : at] in lexicons.group("before_names_of_places"):
        return start
    while head_start - at > _SHORTEST_NAME and at in text.begins and at + 1 in text.begins:
        at += 1
        if text.plain[at - 1] in lexicons.group("name_starts_not"):
            start = at
    return start


def _counts(text: Text, index: int) -> bool:
    """Whether word `index` is a measure after a number, so that what follows are any bodies: 几|家|银行."""
    begin = text.words[index][0]
    before = text.plain[begin - 1 : begin]
    number = before.isdigit() or before in lexicons.group("numerals")
    return bool(before) and number and text.forms[index] in lexicons.group("counted")


def _sounds_foreign(word: str) -> bool:
    """Whether a rare word is spelt with the characters of foreign names, as brands like to be (阿维塔)."""
    return words.frequency(word) < 10 and all(c in lexicons.words("transliterations.txt") for c in word)


def _described(text: Text, index: int, first: int, head_start: int) -> int | None:
    """Where ordinary words make a name with a head like 协会 (长江水利|委员会): two or more, not all of them common."""
    generic = lexicons.words("generic_words.txt")
    while first < index and text.forms[first] in lexicons.group("name_starts_not"):
        first += 1
    start = text.words[first][0]
    content = list(text.forms[first:index])
    if text.words[index][0] < head_start:
        content.append(text.plain[text.words[index][0] : head_start])
    telling = [word for word in content if len(word) > 1 and word not in generic]
    short = len(content) < 2 and len(content[0] if content else "") < 4
    if short or len(content) > 5 or not telling or content[0] in lexicons.words("anaphoric_heads.txt"):
        return None
    return start if start < head_start else None


def _proper(text: Text, index: int) -> int | None:
    """Where an ordinary word right before a firm head makes a name with it: 西湖大学, 汉江医院, but not 重点大学."""
    if index == 0 or text.words[index - 1][1] != text.words[index][0]:
        return None
    begin, word = text.words[index - 1][0], text.forms[index - 1]
    common = stops(word) or word in lexicons.words("generic_words.txt")
    free = begin == 0 or not is_han(text.plain[begin - 1]) or _is_break(text, index - 2) or _is_kind(text, index - 2)
    if len(word) == 1 and index > 1 and begin - text.words[index - 2][0] == 1:
        # Two characters of which each may be a word, behind a mark or a preposition: 从|任文|中学.
        before = text.plain[begin - 2 : begin - 1]
        told = not before or not is_han(before) or before in lexicons.group("name_starts_not")
        pair = text.plain[begin - 1 : begin + 1]
        kind = pair[0] in lexicons.words("anaphoric_heads.txt") or word in lexicons.group("counted")
        return begin - 1 if told and not kind and all_han(pair) else None
    return begin if len(word) > 1 and not common and is_han(word[0]) and free else None


def _is_break(text: Text, index: int) -> bool:
    return text.forms[index] in breaks()


def _is_kind(text: Text, index: int) -> bool:
    """Whether word `index` is a kind of body, to which the name after it is added: 重点中学|南山中学."""
    word = text.forms[index]
    return lexicons.phrases("heads.tsv").start(word, len(word)) < len(word) and not _is_institution(word)


@cache
def _is_institution(word: str) -> bool:
    """Whether a word of the dictionary names one institution (复旦大学), not a kind (理工大学)."""
    heads = lexicons.phrases("heads.tsv")
    stem = word[: heads.start(word, len(word))]
    if stem == word:
        return False
    parts = words.cut(stem)
    if any(part in places.names() or part in lexicons.group("regions") for part in parts):
        return True
    generic = lexicons.words("generic_words.txt")
    return len(stem) >= 2 and all(part not in generic and part not in breaks() for part in (stem, *parts))
