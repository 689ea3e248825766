"""Where organizations are named in one text: by the grammar of public bodies, by head words, by renown, in lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from banmian import words

from .. import lexicons, places
from ..ordinary import breaks
from ..text import Text, all_han, is_han
from . import bracketed, defined, ellipsis, heads, lists, press, public, renown, teams, trades, units
from .body import Organization

_SHORT = 4
# What the dictionary holds the name of a place for that no list of ours has; the longest name before its level.
_PLACES, _PEOPLE, _LONGEST_PLACE = ("ns", "nz"), "nr", 3


def find(text: Text) -> list[Organization]:
    """All organizations of `text` that it names by itself, in order, none inside another."""
    found = longest(_public(text) + _by_head(text) + bracketed.find(text) + renown.find(text) + teams.find(text))
    found = _joined(text, [part for one in found for part in _apart(text, one)])
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


def _apart(text: Text, organization: Organization) -> list[Organization]:
    """The organization, or the two of the state that stand side by side without a mark: 最高人民法院|最高人民检察院."""
    start, end = organization.start, organization.end
    state, surface = renown.of_the_state(), text.plain[start:end]
    placed = max(places.countries().end(text.plain, start), places.end(text.plain, start)) > start
    if placed or renown.is_known(surface) or renown.is_of_the_nation(surface):
        return [organization]
    for at in lexicons.phrases("national.tsv").ends(text.plain, start):
        if at < end and state.end(text.plain, at) == end:
            both = (public.read(text.plain[:at], start, text.begins), public.read(text.plain[:end], at, text.begins))
            parts = [part for part in both if part is not None]
            if [(part.start, part.end) for part in parts] == [(start, at), (at, end)]:
                return parts
    return [organization]


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
            whole = _with_country(text, _with_town(text, _with_unlisted_place(text, organization)))
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
    start = organization.start
    while start and organization.start - start < 4 and start in text.begins and text.plain[start - 1] not in "\n":
        begin = next((start - n for n in (1, 2, 3, 4) if start - n in text.begins), start)
        word = text.plain[begin:start]
        titled = word in lexicons.words("titles.tsv")
        if not word or word in breaks() or titled or not all_han(word):
            break
        start = begin
    town = text.plain[start : organization.start]
    # Where {} stands for the place, the town is part of it; else the template has the place as printed.
    name, inner = (form if "{}" in form else town + form for form in (organization.template, organization.inner))
    return replace(organization, start=start, place=town + organization.place, template=name, inner=inner)


def _with_unlisted_place(text: Text, organization: Organization) -> Organization:
    """The body of a bare level with the name before it that no list of places knows: 南湖|市教育局."""
    if organization.place not in lexicons.group("levels_of_unlisted"):
        return organization
    name = _name_before(text, organization.start, organization.place)
    if name == organization.start:
        return organization
    start = places.names().start(text.plain, name)
    before = text.plain[start : organization.start]
    forms = (form if "{}" in form else before + form for form in (organization.template, organization.inner))
    template, inner = forms
    return replace(organization, start=start, place=before + organization.place, template=template, inner=inner)


def _name_before(text: Text, end: int, level: str) -> int:
    """Where the name of a place starts that ends at `end`, by its form; `end` where none does.

    It is a word that the dictionary holds for the name of a place or a thing, or behind a place (昆明市|石林|县委) for
    anybody's; or two characters that are words by themselves, at the head of a clause, behind a place or a preposition.
    """
    last = _word_before(text, end)
    first = _word_before(text, last)
    if _are_unused(text, first, last, end):
        return first
    word = text.plain[last:end]
    flag = words.flag(word)[:2]
    named = flag in _PLACES or (flag == _PEOPLE and _behind_place(text, last))
    shaped = 1 < len(word) <= _LONGEST_PLACE and all_han(word) and word[-1] != level
    return last if named and shaped and not places.has_no_peoples_government(word) else end


def _are_unused(text: Text, first: int, last: int, end: int) -> bool:
    """Whether two characters at `first` and `last` are words of no other use, and stand where a name may begin."""
    pair = text.plain[first:end]
    used = end - last != 1 or last - first != 1 or not breaks().isdisjoint(pair)
    if used or not all_han(pair) or places.has_no_peoples_government(pair):
        return False
    before = text.plain[_word_before(text, first) : first]
    return not before or not is_han(before[-1]) or words.flag(before).startswith("p") or _behind_place(text, first)


def _behind_place(text: Text, at: int) -> bool:
    return places.names().start(text.plain, at) < at


def _word_before(text: Text, end: int) -> int:
    """Where the word starts that ends at `end`; `end` where none does."""
    index = bisect_right(text.words, (end, 0)) - 1
    return text.words[index][0] if index >= 0 and text.words[index][1] == end else end


def _by_head(text: Text) -> list[Organization]:
    found = []
    for start, end, head in heads.find(text):
        surface = text.plain[start:end]
        found.append(Organization(start, end, "head", heads.kind(head), surface, "", surface))
    return found
