"""The grammar of public bodies: a place or a level, a body, and bodies inside it (浙江省公安厅交警总队)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from .. import lexicons, places
from ..text import is_han
from . import abroad, heads
from .body import Organization

# 第十七届, 十七届, 17届
_TERM = re.compile(lexicons.pattern("term"))
# The groups of words that stand for a place, the longer words first.
_LEVELS = ("autonomous_region", "nation", "small_places", "levels")


# What reads a body at an offset of a text; the offsets where words begin are told.
_Reader = Callable[[str, int, frozenset[int]], Organization | None]


@cache
def _readers() -> Mapping[str, Sequence[_Reader]]:
    """The two characters with which a body may start, or its only one -> what may read one there, in order."""
    levels = {level[:2] for name in _LEVELS for level in lexicons.group(name)}
    heads: Sequence[tuple[_Reader, Set[str]]] = (
        (_with_prefix, _prefixes().heads()),
        (_national, lexicons.phrases("national.tsv").heads()),
        (_at_place, places.names().heads()),
        (_at_level, levels),
        (_at_short_place, lexicons.phrases("short_places.tsv").heads()),
        (_of_country, abroad.heads()),
    )
    every = {head for _, own in heads for head in own}
    return {head: [reader for reader, own in heads if head in own or head[0] in own] for head in every}


@cache
def _heads() -> lexicons.Heads:
    pairs = frozenset(head for head in _readers() if len(head) > 1)
    return lexicons.Heads(pairs, frozenset(_readers()) - pairs)


@cache
def _levels() -> Mapping[str, Sequence[str]]:
    """The words that stand for a place, by their first character."""
    levels: dict[str, list[str]] = {}
    for name in _LEVELS:
        for level in lexicons.group(name):
            levels.setdefault(level[0], []).append(level)
    return levels


def candidates(text: str) -> list[int]:
    """The offsets in `text` where a body may start."""
    return _heads().everywhere(text)


@cache
def _prefixed() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """What stands before the place -> what stands after it -> (full form, type)."""
    organizations: dict[str, dict[str, tuple[str, str]]] = {}
    for key, (template, kind) in lexicons.table("prefixed.tsv").items():
        before, after = key.split("~")
        organizations.setdefault(before, {})[after] = (template, kind)
    return organizations


@cache
def _prefixes() -> lexicons.Phrases:
    return lexicons.Phrases(_prefixed())


@cache
def _departments() -> lexicons.Phrases:
    """Every short or long form of a department: 经信委, 规划和自然资源局 ..."""
    return lexicons.Phrases(
        stem + head
        for stem in lexicons.words("stems.tsv")
        for head in lexicons.words("stem_heads.tsv")
        # Stems of one character stand only before a short head: 教委, not 教委员会.
        if len(stem) > 1 or len(head) == 1
    )


def read(text: str, start: int, begins: frozenset[int]) -> Organization | None:
    """The longest body that starts at `start`; `begins` are the offsets where the dictionary sees a word begin."""
    readers = _readers()
    own = readers.get(text[start : start + 2]) or readers.get(text[start], ())
    organization = _longest([reader(text, start, begins) for reader in own])
    return organization if organization is not None and organization.end > stop_phrase_end(text, start) else None


def stop_phrase_end(text: str, start: int) -> int:
    """Where the word ends that starts at `start` and only holds the name of a body; `start` where there is none."""
    return lexicons.phrases("stop_phrases.txt").end(text, start)


def _longest(organizations: Iterable[Organization | None]) -> Organization | None:
    """The longest of the bodies, of equals the first."""
    longest: Organization | None = None
    for one in organizations:
        if one is not None and (longest is None or one.end > longest.end):
            longest = one
    return longest


def _national(text: str, start: int, _: frozenset[int]) -> Organization | None:
    end = lexicons.phrases("national.tsv").end(text, start)
    if end == start or text[end - 1 : end + 1] in lexicons.group("word_for_department"):
        return None
    full, kind, *inner = lexicons.table("national.tsv")[text[start:end]]
    return inside(text, Organization(start, end, "national", kind, full, "", inner[0] if inner and inner[0] else full))


def _with_prefix(text: str, start: int, _: frozenset[int]) -> Organization | None:
    organizations = []
    for prefix_end in _prefixes().ends(text, start):
        place_end = places.end(text, prefix_end)
        if place_end == prefix_end and text[prefix_end : prefix_end + 1] in lexicons.group("levels"):
            place_end += 1
        if place_end == prefix_end:
            continue
        place = text[prefix_end:place_end]
        for after, (template, kind) in _prefixed()[text[start:prefix_end]].items():
            if text.startswith(after, place_end):
                # Before a body of its own the committee is short: 中共杭州市委宣传部.
                inner = template.removesuffix(lexicons.group("party_full")[0]) if kind == "party" else template
                organization = Organization(start, place_end + len(after), "prefixed", kind, template, place, inner)
                organizations.append(inside(text, organization))
    return _longest(organizations)


def _at_place(text: str, start: int, _: frozenset[int]) -> Organization | None:
    place_end = places.end(text, start)
    if place_end == start:
        return None
    # A place may be read with or without the level after it, and goes down to towns (番禺区石楼镇党委).
    ends = [*places.small_ends(text, place_end), place_end]
    if text[place_end - 1] in lexicons.group("levels") and place_end - start > 2:
        ends.append(place_end - 1)
    elif text[place_end : place_end + 1] in lexicons.group("levels") and not places.is_zone(text[start:place_end]):
        ends.append(place_end + 1)
    return _longest(after_place(text, start, end) for end in ends)


def _at_level(text: str, start: int, begins: frozenset[int]) -> Organization | None:
    known = _levels().get(text[start], ())
    level = next((level for level in known if text.startswith(level, start)), "")
    if not level:
        return None
    before = text[start - 1] if start else "\n"
    if before in lexicons.words("anaphoric_heads.txt") or before in lexicons.group("level_not_after"):
        return None
    if is_han(before) and start not in begins and not text.startswith(lexicons.group("free_starts"), start):
        return None
    return after_place(text, start, start + len(level))


def _at_short_place(text: str, start: int, begins: frozenset[int]) -> Organization | None:
    """A body after the short form of its place (沪高院, 哈市公安局)."""
    end = lexicons.phrases("short_places.tsv").end(text, start)
    # 京沪高院 would be two courts: such a chain is left out.
    if end == start or start not in begins or (start and text[start - 1] in lexicons.table("short_places.tsv")):
        return None
    (full,) = lexicons.table("short_places.tsv")[text[start:end]]
    organization = _longest((*_bound(text, start, end), _department(text, start, end)))
    return replace(organization, place=full) if organization is not None and organization.end - end >= 2 else None


def _of_country(text: str, start: int, begins: frozenset[int]) -> Organization | None:
    organization = abroad.read(text, start, begins)
    if organization is not None:
        _, end, full, kind = organization
        return Organization(start, end, "country", kind, full, "", full)
    country_end = places.countries().end(text, start)
    return _generic(text, start, country_end) if country_end > start else None


def after_place(text: str, start: int, place_end: int) -> Organization | None:
    """The body after the place or level text[start:place_end]."""
    known = _longest((*_bound(text, start, place_end), _department(text, start, place_end)))
    return known or _of_term(text, start, place_end) or _generic(text, start, place_end)


def _of_term(text: str, start: int, place_end: int) -> Organization | None:
    """A legislature with the number of its term between place and name: 市十七届人大, 省第十三届人民代表大会."""
    term = _TERM.match(text, place_end)
    if term is None:
        return None
    end = lexicons.phrases("bodies.tsv").end(text, term.end())
    if end == term.end():
        return None
    template, kind, *_ = lexicons.table("bodies.tsv")[text[term.end() : end]]
    if kind != "legislature":
        return None
    return Organization(start, end, "bound", kind, template, text[start:place_end], template)


def _bound(text: str, start: int, place_end: int) -> list[Organization]:
    place = text[start:place_end]
    organizations = []
    for end in lexicons.phrases("bodies.tsv").ends(text, place_end):
        printed = text[place_end:end]
        template, kind, inner, needs = (*lexicons.table("bodies.tsv")[printed], "", "")[:4]
        if not _has(needs, text, end, place):
            continue
        if template.startswith(lexicons.group("of_governments")) and places.has_no_peoples_government(place):
            # A zone has a committee of management: what else is said of it, or of Taiwan, stays as printed.
            template, inner = "{}" + printed, ""
        # 长沙海关 is no body of 长沙市 that could be named after it: only a bare level is completed.
        template = template.replace("{printed}", place if len(place) > 1 else "{}")
        organization = Organization(start, end, "bound", kind, template, place, inner or template)
        organizations.append(inside(text, organization))
    return organizations


def _has(needs: str, text: str, end: int, place: str) -> bool:
    """Whether a row of bodies.tsv has what it `needs` after `place`; its short form ends at `end`."""
    held = {
        "level": place.endswith(lexicons.group("levels")),
        "village": place.endswith(lexicons.group("villages")),
        "name": len(place) > 1,
        "session": text.startswith(lexicons.group("delegation_after"), end),
    }
    return all(held[need] for need in needs.split())


def _department(text: str, start: int, place_end: int) -> Organization | None:
    end = _departments().end(text, place_end)
    if end == place_end:
        return None
    printed = text[place_end:end]
    full_heads, stems = lexicons.table("stem_heads.tsv"), lexicons.table("stems.tsv")
    head = next(printed[-n:] for n in (3, 2, 1) if printed[-n:] in full_heads and printed[:-n] in stems)
    full_head, kind = full_heads[head]
    template = "{}" + stems[printed[: -len(head)]][0] + full_head
    return inside(text, Organization(start, end, "department", kind, template, text[start:place_end], template))


def inside(text: str, organization: Organization) -> Organization:
    """`organization`, or the body inside it whose name follows (市委 -> 市委组织部 -> 市委组织部办公室)."""
    organs = lexicons.phrases("suborgans.tsv")
    end = organs.end(text, organization.end)
    while end > organization.end and not heads.of_title(text, organization.end, end):
        full, kind, parents = lexicons.table("suborgans.tsv")[text[organization.end : end]]
        if parents and organization.type != parents:
            return organization
        template = organization.inner + full
        kind = organization.type if kind == "-" else kind
        organization = replace(organization, end=end, type=kind, template=template, inner=template)
        end = organs.end(text, organization.end)
    return _unit_inside(text, organization)


def _unit_inside(text: str, organization: Organization) -> Organization:
    """A unit of a body with a name of its own: 市公安局网络安全保卫支队, 市卫健委疾控处."""
    found = heads.reach(text, organization.end, 12)
    if found is None or found[1] not in lexicons.group("units"):
        return organization
    end, head = found
    template = organization.inner + text[organization.end : end]
    return replace(
        organization, end=end, type=heads.own_kind(head) or organization.type, template=template, inner=template
    )


def _generic(text: str, start: int, place_end: int) -> Organization | None:
    """A place and a head with any words of names between: 上海人工智能实验室, 市城市更新领导小组."""
    found = heads.reach(text, place_end)
    if found is None or text[start : found[0]].endswith(heads.not_names()):
        return None
    end, head = found
    place = text[start:place_end]
    # 成都|市委市政府 is no name of 成都: the level belongs to the place.
    if len(place) > 1 and text[place_end] in lexicons.group("no_word_inside"):
        return None
    kind, need = heads.kind(head), heads.need(head)
    bare = len(place) == 1 or place in lexicons.group("autonomous_region")
    if place in lexicons.group("nation") and kind not in ("committee", "association"):
        return None
    content = text[place_end : end - len(head)]
    if bare and content.startswith(lexicons.group("after_level_not")):
        # 县|级医院, 市|属学校 are kinds.
        return None
    if not content:
        if need not in ("name", "firm", "any") or (bare and kind not in ("health", "research", "government")):
            return None
    elif not _names(content, kind, need, abroad=place in places.countries() and place not in lexicons.group("home")):
        return None
    template = "{}" + text[place_end:end] if bare else text[start:end]
    return Organization(start, end, "place_and_head", kind, template, place, template)


def _names(content: str, kind: str, need: str, *, abroad: bool) -> bool:
    """Whether words between place and head make a name: unknown ones for companies, not only general ones abroad."""
    if need == "oov" or (need == "place" and kind == "company"):
        return heads.unknown(content)
    return not (abroad and heads.general(content))
