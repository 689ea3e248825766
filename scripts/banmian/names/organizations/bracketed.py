"""Names with brackets inside: 恒达机械(苏州)有限公司, 明信律师(上海)事务所, 中铁某局(集团)有限公司."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import lexicons, places
from ..text import Text, is_han
from . import heads
from .body import Organization

_BRACKETS = re.compile(lexicons.pattern("inner_brackets"))
_LONGEST_FRONT = 16
_LONGEST_PLACE = 8


def find(text: Text) -> list[Organization]:
    """The organizations whose legal form or head stands behind brackets; the words before them are the front."""
    found = []
    for match in _BRACKETS.finditer(text.plain):
        start = _start(text, match.start())
        inside = match.start() + 1
        # (记者张三) and (总经理李四) are no part of a name.
        if start == match.start() or lexicons.phrases("titles.tsv").end(text.plain, inside) > inside:
            continue
        surface = text.plain[start : match.end()]
        head = lexicons.phrases("heads.tsv").start(surface, len(surface))
        kind = heads.kind(surface[head:]) if head < len(surface) else "company"
        found.append(Organization(start, match.end(), "head", kind, surface, "", surface))
    return found


def with_legal_form(text: Text, organization: Organization) -> Organization:
    """`organization` with the legal form in brackets that ends its name: …合伙企业(有限合伙)."""
    forms = lexicons.group("bracketed_forms")
    form = next((form for form in forms if text.plain.startswith(form, organization.end)), "")
    if not form or organization.type != "company":
        return organization
    full = organization.template + form
    return replace(organization, end=organization.end + len(form), template=full, inner=full)


def with_place(text: Text, organization: Organization) -> Organization:
    """A school with the place in brackets that tells it from its sisters: 东海大学(江北)."""
    if organization.type != "education" or text.plain[organization.end : organization.end + 1] != "(":
        return organization
    close = text.plain.find(")", organization.end, organization.end + _LONGEST_PLACE)
    place = text.plain[organization.end + 1 : close] if close > 0 else ""
    known = places.end(text.plain, organization.end + 1) == close or place in lexicons.group("regions")
    if not place or not known:
        return organization
    full = organization.template + text.plain[organization.end : close + 1]
    return replace(organization, end=close + 1, template=full, inner=full)


def _start(text: Text, end: int) -> int:
    """Where the words begin that stand before the brackets and may be in a name; `end` where none does."""
    start = end
    for begin, stop in reversed(text.words_in(end - _LONGEST_FRONT, end)):
        word = text.plain[begin:stop]
        # 大成(江北)律师事务所 may begin with any word, if a clause does.
        first = start == end and len(word) > 1 and not is_han(text.plain[begin - 1 : begin] or "\n")
        known = first or word in lexicons.words("known_organizations.tsv")
        dated = word in lexicons.group("dates") or word in lexicons.group("datelines")
        if stop != start or (heads.stops(word) and not known) or not word.isalnum() or dated:
            break
        if word in lexicons.group("name_starts_not") or (start < end and word in lexicons.words("titles.tsv")):
            break
        start = begin
    return start
