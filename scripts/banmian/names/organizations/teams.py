"""Teams and printed media that only marks or the subject of the text show: 延边敖东队, 《费加罗报》."""

from __future__ import annotations

from .. import lexicons, places
from ..text import Text, is_han
from . import heads, public
from .body import Organization

_LONGEST_TITLE = 14
_LONGEST_CLUB = 6


def find(text: Text) -> list[Organization]:
    """Teams named after a place or by a word that is no common one, in texts on sport; newspapers between 《 and 》."""
    return [*_media(text), *_teams(text)]


def _media(text: Text) -> list[Organization]:
    found = []
    at = text.plain.find("《")
    while at >= 0:
        end = text.plain.find("》", at, at + _LONGEST_TITLE)
        title = text.plain[at + 1 : end] if end > at else ""
        tail = next((tail for tail in lexicons.group("magazine") if text.plain.startswith(tail, end + 1)), "")
        if (title and tail and is_han(title[0])) or _is_newspaper(title):
            found.append(Organization(at + 1, end, "title", "media", title, "", title))
        at = text.plain.find("《", at + 1)
    return found


def _is_newspaper(title: str) -> bool:
    named = title.endswith(lexicons.group("newspaper")) and not title.endswith(lexicons.group("not_newspaper"))
    return named and len(title) > 2 and all(is_han(character) or character.isalnum() for character in title)


def _teams(text: Text) -> list[Organization]:
    if not any(word in text.plain for word in lexicons.group("context_sport")):
        return []
    found = []
    for index, (begin, end) in enumerate(text.words):
        if text.forms[index] not in lexicons.group("team_heads") or public.stop_phrase_end(text.plain, begin) > begin:
            continue
        if text.plain[end : end + 1] in lexicons.group("team_not_before"):
            continue
        start = _club_start(text, index)
        if start < begin and _is_name(text.plain[start:begin]):
            surface = text.plain[start:end]
            found.append(Organization(start, end, "team", "association", surface, "", surface))
    return found


def _club_start(text: Text, index: int) -> int:
    """Where the words begin that stand before the head at word `index` and may name a club."""
    head = start = text.words[index][0]
    for begin, end in reversed(text.words[max(0, index - 4) : index]):
        word = text.plain[begin:end]
        place = places.end(text.plain, begin) == end
        if head - begin > _LONGEST_CLUB or not is_han(word[0]) or (heads.stops(word) and not place):
            break
        if word in lexicons.group("name_starts_not") or word in lexicons.group("name_joiners"):
            break
        start = begin
        if place:
            break
    return start


def _is_name(content: str) -> bool:
    """Whether a club may be called so: a place, or two to six characters that are no common words."""
    place = places.end(content, 0)
    rest = content[place:]
    if place and not rest:
        return True
    if place:
        return len(rest) <= 4 and not heads.general(rest)
    return len(content) > 1 and heads.unknown(content) and not heads.general(content)
