"""Where organizations are named in one text: by the grammar of public bodies, by head words, by renown, in lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import lexicons
from ..text import Text, is_han
from . import ellipsis, heads, lists, public, renown, teams, units
from .public import Body


def find(text: Text) -> list[Body]:
    """All organizations of `text` that it names by itself, in order, none inside another."""
    found = longest(_public(text) + _by_head(text) + renown.find(text) + teams.find(text))
    found = longest([units.extended(text, body) for body in found])
    found = longest(found + lists.find(text, found))
    return longest(found + ellipsis.find(text, found))


def longest(bodies: Sequence[Body]) -> list[Body]:
    """The bodies in order without those that overlap a longer one (of equals, the first given stays)."""
    kept: list[Body] = []
    taken: set[int] = set()
    for body in sorted(bodies, key=lambda body: body.start - body.end):
        if not any(at in taken for at in range(body.start, body.end)):
            taken.update(range(body.start, body.end))
            kept.append(body)
    return sorted(kept, key=lambda body: body.start)


def _public(text: Text) -> list[Body]:
    found = []
    at = 0
    while at < len(text.plain):
        body = public.read(text.plain, at, text.begins)
        if body is not None and not _is_part(text, body):
            found.append(_with_town(text, body))
            at = body.end
        else:
            at = max(at + 1, public.guard(text.plain, at))
    return found


def _is_part(text: Text, body: Body) -> bool:
    """Whether the body is only a piece of a longer word or a general noun (各中央企业)."""
    before = text.plain[body.start - 1 : body.start]
    if body.rule == "national" and _ends_in_a_word(text, body):
        return True
    if body.rule != "national" or not before or not is_han(before):
        return False
    short = body.start not in text.begins and body.end - body.start < 4
    return short or before in lexicons.words("anaphoric_heads.txt")


def _ends_in_a_word(text: Text, body: Body) -> bool:
    """Whether the body's last character belongs with what follows: 共同|社会 is no 共同社."""
    return body.end not in text.ends and body.end - 1 in text.begins and body.end - body.start <= 4


def _with_town(text: Text, body: Body) -> Body:
    """The body of a town with the town's own name, which no list of places knows: 石楼|镇政府."""
    if body.place not in lexicons.group("small_places"):
        return body
    breaks = lexicons.words("breaks.txt")
    start = body.start
    while start and body.start - start < 4 and start in text.begins and text.plain[start - 1] not in "\n":
        begin = next((start - n for n in (1, 2, 3, 4) if start - n in text.begins), start)
        word = text.plain[begin:start]
        if not word or word in breaks or not all(is_han(character) for character in word):
            break
        start = begin
    return replace(body, start=start, place=text.plain[start : body.start] + body.place) if start < body.start else body


def _by_head(text: Text) -> list[Body]:
    found = []
    for start, end, head in heads.find(text):
        surface = text.plain[start:end]
        found.append(Body(start, end, "head", heads.kind(head), surface, "", surface))
    return found
