"""Bodies inside bodies that are found otherwise: 教育部|国际合作司, 人民日报|文艺部, 招商银行|信用卡中心."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from .. import lexicons, places
from ..text import Text, is_han
from . import heads, renown
from .body import Organization

_LONGEST_UNIT = 14
_RULES = ("head", "renown", "national", "place_and_head", "country", "bound", "department")


def extended(text: Text, organization: Organization) -> Organization:
    """`organization` with the unit whose name follows; the body itself where none does."""
    if organization.rule not in _RULES or not (is_han(last := text.plain[organization.end - 1]) or last == ")"):
        return organization
    organization = _site(text, _in_brackets(text, organization))
    found = _unit(text, organization)
    if found is None or _is_of_the_state(text, organization, found[0]):
        return organization
    return extended(text, _with_unit(text, organization, *found))


def _with_unit(text: Text, organization: Organization, end: int, head: str) -> Organization:
    inner = text.plain[organization.end : end]
    own = heads.own_kind(head)
    return replace(
        organization,
        end=end,
        type=own or organization.type,
        template=organization.template + inner,
        inner=organization.template + inner,
    )


def _is_of_the_state(text: Text, organization: Organization, end: int) -> bool:
    """Whether what follows is a body of the nation by itself: 中央组织部|教育部, not 香港特别行政区政府|教育局."""
    placed = places.end(text.plain, organization.start) > organization.start
    return not placed and text.plain[organization.end : end] in renown.of_the_state()


def _unit(text: Text, organization: Organization) -> tuple[int, str] | None:
    """(end, head) of the farthest unit right after `organization` that a body of its type may have."""
    allowed = lexicons.table("unit_heads.tsv")
    index = bisect_left(text.words, (organization.end, 0))
    found = None
    at = organization.end
    while index < len(text.words) and at - organization.end < _LONGEST_UNIT:
        begin, end = text.words[index]
        word = text.forms[index]
        joins = word in lexicons.group("unit_joiners") and found is None and begin > organization.end
        if begin != at or not (_may_stand(word) or joins):
            break
        start = (
            lexicons.phrases("unit_heads.tsv").start(text.plain[organization.end : end], end - organization.end)
            + organization.end
        )
        head = text.plain[start:end]
        if head and _fits(text, organization, start, end, word) and organization.type in allowed[head][0].split(" "):
            found = (end, head)
        elif heads.stops(word) and not joins and word not in lexicons.group("unit_subjects"):
            break
        at = end
        index += 1
    return found


def _in_brackets(text: Text, organization: Organization) -> Organization:
    """A company with what stands in brackets before its legal form: 渣打银行(中国)有限公司."""
    if organization.type != "company" or text.plain[organization.end : organization.end + 1] != "(":
        return organization
    close = text.plain.find(")", organization.end, organization.end + _LONGEST_UNIT)
    forms = lexicons.group("company_forms")
    form = next((form for form in forms if close > 0 and text.plain.startswith(form, close + 1)), "")
    if not form:
        return organization
    end = close + 1 + len(form)
    full = text.plain[organization.start : end]
    return replace(organization, end=end, template=full, place="", inner=full)


def _site(text: Text, organization: Organization) -> Organization:
    """The medium with the site of its name (参考消息|网), the company with its part of the world (沃尔玛|中国)."""
    plain, end = text.plain, organization.end
    press = organization.type in ("media", "education")
    tails = lexicons.group("site_tails") if press else lexicons.group("region_tails") + lexicons.group("business_tails")
    tail = next((tail for tail in tails if plain.startswith(tail, end)), "")
    if not tail or (organization.type == "company" and end + len(tail) not in text.ends):
        return organization
    if organization.type not in ("media", "education", "company"):
        return organization
    if plain.startswith(lexicons.group("site_not_before" if press else "business_not_before"), end + len(tail)):
        return organization
    company = organization.type == "company"
    # A daughter has a name of its own: 中信医疗 is not 中信集团医疗.
    full = (plain[organization.start : end] if company else organization.template) + tail
    kind = "company" if company else "media"
    return replace(organization, end=end + len(tail), type=kind, template=full, inner=full)


def _may_stand(word: str) -> bool:
    return is_han(word[0]) and word not in lexicons.group("no_word_inside") and word not in lexicons.group("dates")


def _fits(text: Text, organization: Organization, start: int, end: int, word: str) -> bool:
    """Whether the head is a word or ends one, has something before it if it is short, and is no part of a title."""
    head = text.plain[start:end]
    # 中文|系 and 考古系 are units, 关系 and 干部 are words of their own; a hospital's 眼科 is a unit.
    titled = lexicons.phrases("titles.tsv").end(text.plain, end) > end
    if organization.type == "health" and word.endswith(lexicons.group("wards")):
        return titled or text.plain[end : end + 1] not in lexicons.group("unit_not_before")
    if len(head) == 1 and (start - organization.end < 2 or len(word) == 2 or len(word) > 3):
        return False
    follows = text.plain[end : end + 1]
    return follows not in lexicons.group("unit_not_before") and not heads.of_title(text.plain, start, end)
