"""Bodies inside bodies that are found otherwise: 教育部|国际合作司, 人民日报|文艺部, 招商银行|信用卡中心."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from .. import lexicons
from ..text import Text, is_han
from . import heads
from .public import Body

_LONGEST_UNIT = 14
_RULES = ("head", "renown", "national", "place_and_head", "country", "bound", "department")


def extended(text: Text, body: Body) -> Body:
    """`body` with the unit whose name follows; the body itself where none does."""
    if body.rule not in _RULES or not is_han(text.plain[body.end - 1]):
        return body
    body = _in_brackets(text, body)
    found = _unit(text, body)
    if found is None:
        return body
    end, head = found
    inner = text.plain[body.end : end]
    own = _own_type(head)
    return replace(body, end=end, type=own or body.type, template=body.template + inner, inner=body.template + inner)


def _own_type(head: str) -> str:
    """The type that a unit has of its own (a hospital of a university); '' where it takes its parent's."""
    if head not in lexicons.words("heads.tsv"):
        return ""
    kind = heads.kind(head)
    return kind if kind in lexicons.group("units_with_own_type") else ""


def _unit(text: Text, body: Body) -> tuple[int, str] | None:
    """(end, head) of the farthest unit right after `body` that a body of its type may have."""
    allowed = lexicons.table("unit_heads.tsv")
    index = bisect_left(text.words, (body.end, 0))
    found = None
    at = body.end
    while index < len(text.words) and at - body.end < _LONGEST_UNIT:
        begin, end = text.words[index]
        word = text.plain[begin:end]
        if begin != at or not _may_stand(word):
            break
        start = lexicons.phrases("unit_heads.tsv").start(text.plain[body.end : end], end - body.end) + body.end
        head = text.plain[start:end]
        if head and _fits(text, body, start, end, word) and body.type in allowed[head][0].split(" "):
            found = (end, head)
        elif heads.stops(word):
            break
        at = end
        index += 1
    return found


def _in_brackets(text: Text, body: Body) -> Body:
    """A company with what stands in brackets before its legal form: 渣打银行(中国)有限公司."""
    if body.type != "company" or text.plain[body.end : body.end + 1] != "(":
        return body
    close = text.plain.find(")", body.end, body.end + _LONGEST_UNIT)
    forms = lexicons.group("company_forms")
    form = next((form for form in forms if close > 0 and text.plain.startswith(form, close + 1)), "")
    if not form:
        return body
    end = close + 1 + len(form)
    full = text.plain[body.start : end]
    return replace(body, end=end, template=full, place="", inner=full)


def _may_stand(word: str) -> bool:
    return is_han(word[0]) and word not in lexicons.group("no_word_inside") and word not in lexicons.group("dates")


def _fits(text: Text, body: Body, start: int, end: int, word: str) -> bool:
    """Whether the head is a word or ends one, has something before it if it is short, and is no part of a title."""
    head = text.plain[start:end]
    # 中文|系 and 考古系 are units, 关系 and 干部 are words of their own.
    if len(head) == 1 and (start - body.end < 2 or len(word) == 2 or len(word) > 3):
        return False
    follows = text.plain[end : end + 1]
    return follows not in lexicons.group("unit_not_before") and not heads.of_title(text.plain, start, end)
