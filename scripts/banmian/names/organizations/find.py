"""Where organizations are named in one text: by the grammar of public bodies, by head words, by renown, in lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from .. import lexicons
from ..text import Text, all_han, is_han
from . import bracketed, defined, ellipsis, heads, lists, press, public, renown, teams, trades, units
from .body import Organization

_SHORT = 4


def find(text: Text) -> list[Organization]:
    """All organizations of `text` that it names by itself, in order, none inside another."""
    found = longest(_public(text) + _by_head(text) + bracketed.find(text) + renown.find(text) + teams.find(text))
    found = _joined(text, found)
    found = [one for one in longest(found + _free(trades.find(text), found)) if not _is_thing(text, one)]
    found = longest(
        [bracketed.with_legal_form(text, units.extended(text, bracketed.with_place(text, one))) for one in found]
    )
    found = longest(found + press.find(text, {at for one in found for at in range(one.start, one.end)}))
    found = longest(found + lists.find(text, found))
    found = longest(found + defined.find(text, found))
    return longest(found + ellipsis.find(text, found))


def _free(more: Sequence[Organization], found: Sequence[Organization]) -> list[Organization]:
    """Those of `more` that overlap none that is `found`."""
    taken = {at for one in found for at in range(one.start, one.end)}
    return [one for one in more if taken.isdisjoint(range(one.start, one.end))]


def _is_thing(text: Text, organization: Organization) -> bool:
    """Whether it is a thing that bears the name of who makes it: 开着|比亚迪汽车, 一台|苹果."""
    made = organization.type == "company" and organization.rule in ("renown", "head", "trade")
    return made and text.plain.endswith(lexicons.group("thing_leads"), 0, organization.start)


def _joined(text: Text, found: Sequence[Organization]) -> list[Organization]:
    """The organizations, a company of renown and one that follows at once as the one that both spell: 中信|建投证券."""
    joined: list[Organization] = []
    for one in found:
        last = joined[-1] if joined else None
        companies = last is not None and last.type == one.type == "company" and last.rule == "renown"
        if last is not None and companies and one.rule == "head" and last.end == one.start:
            surface = text.plain[last.start : one.end]
            joined[-1] = replace(one, start=last.start, template=surface, inner=surface)
        else:
            joined.append(one)
    return joined


def longest(organizations: Sequence[Organization]) -> list[Organization]:
    """The bodies in order without those that overlap a longer one (of equals, the first given stays)."""
    kept: list[Organization] = []
    taken: set[int] = set()
    for organization in sorted(organizations, key=lambda one: one.start - one.end):
        if taken.isdisjoint(range(organization.start, organization.end)):
            taken.update(range(organization.start, organization.end))
            kept.append(organization)
    return sorted(kept, key=lambda one: one.start)


def _public(text: Text) -> list[Organization]:
    found = []
    stops = dict(lexicons.phrases("stop_phrases.txt").everywhere(text.plain))
    at = 0
    for start in sorted({*stops, *public.candidates(text.plain)}):
        if start < at:
            continue
        organization = public.read(text.plain, start, text.begins)
        if organization is not None and not _is_part(text, organization):
            whole = _with_country(text, _with_town(text, organization))
            # 乡村学校, 社区服务中心 are kinds.
            unnamed = whole.place in lexicons.group("small_places")
            kind = unnamed and (whole.rule == "place_and_head" or whole.template.endswith(lexicons.group("named_only")))
            found += [] if kind else [whole]
            at = organization.end
        else:
            at = stops.get(start, start + 1)
    return found


def _is_part(text: Text, organization: Organization) -> bool:
    """Whether the body is only a piece of a longer word or a general noun (各中央企业)."""
    before = text.plain[organization.start - 1 : organization.start]
    if (
        organization.rule == "national"
        and _ends_in_a_word(text, organization)
        and not _shares_a_title(text, organization)
    ):
        return True
    if organization.rule == "place_and_head" and len(organization.place) > 1 and organization.start not in text.begins:
        return True
    if organization.rule != "national" or not before or not is_han(before):
        return False
    short = organization.start not in text.begins and organization.end - organization.start < 4
    return short or before in lexicons.words("anaphoric_heads.txt")


def _ends_in_a_word(text: Text, organization: Organization) -> bool:
    """Whether the body is the front of a word, or its last character belongs to the next: 中国网|民, 共同|社会."""
    if organization.end in text.ends or text.plain.startswith(lexicons.group("official_tails"), organization.end):
        return False
    first, last = text.words[bisect_right(text.words, (organization.end, 0)) - 1]
    alone = first == organization.end - 1 and organization.end - organization.start <= _SHORT
    return alone or (first == organization.start and last == organization.end + 1)


def _with_country(text: Text, organization: Organization) -> Organization:
    """The national body with its country's name before it: 中国|国家航天局."""
    home = next((home for home in lexicons.group("home") if text.plain.endswith(home, 0, organization.start)), "")
    start = organization.start - len(home)
    told = home and organization.rule == "national" and start in text.begins and organization.type != "association"
    return replace(organization, start=start) if told else organization


def _shares_a_title(text: Text, organization: Organization) -> bool:
    """Whether the last character of the organization belongs to the title after it as well: 行政院长."""
    shared = text.plain[organization.end - 1 : organization.end + 1]
    return shared in lexicons.words("titles.tsv") and shared.endswith(lexicons.group("chiefs"))


def _with_town(text: Text, organization: Organization) -> Organization:
    """The body of a town with the town's own name, which no list of places knows: 石楼|镇政府."""
    if organization.place not in lexicons.group("small_places"):
        return organization
    breaks = lexicons.words("breaks.txt")
    start = organization.start
    while start and organization.start - start < 4 and start in text.begins and text.plain[start - 1] not in "\n":
        begin = next((start - n for n in (1, 2, 3, 4) if start - n in text.begins), start)
        word = text.plain[begin:start]
        titled = word in lexicons.words("titles.tsv")
        if not word or word in breaks or titled or not all_han(word):
            break
        start = begin
    town = text.plain[start : organization.start]
    # Where {} stands for the place, the town is part of it; else the template has the place as printed.
    name, inner = (form if "{}" in form else town + form for form in (organization.template, organization.inner))
    return replace(organization, start=start, place=town + organization.place, template=name, inner=inner)


def _by_head(text: Text) -> list[Organization]:
    found = []
    for start, end, head in heads.find(text):
        surface = text.plain[start:end]
        found.append(Organization(start, end, "head", heads.kind(head), surface, "", surface))
    return found
