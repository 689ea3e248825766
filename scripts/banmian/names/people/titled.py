"""Names beside offices: behind one (市长张三), shared by a list, before one (王毅外长, 李华教授)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from banmian import words

from .. import lexicons
from ..offices import Role, title
from ..text import Text, all_han
from . import bylines, likelihood, listed
from .person import SURE, Person, made, name_at
from .shapes import is_no_name

# Log odds that a name stands at a place, before its characters are looked at.
_AFTER_ROLE, _AFTER_FULL_ROLE, _BEFORE_TITLE = 2.5, 4.0, 1.0
_SHORTEST_NAME = 2
# How the dictionary marks people, places and other names.
_FLAGS_OF_NAMES = ("nr", "ns", "nz")
# What a title implies that is one of a place: {}人民政府.
_OF_PLACE = "{}"
# The lead of names that run together.
_IN_RUN = 5.0


def after_role(text: Text, role: Role, taken: Set[int]) -> list[Person]:
    """The name after an office and the names that share it: 市领导张三、李四."""
    role = _with_brackets(text.plain, role)
    start = role.end + (text.plain[role.end : role.end + 1] == " ")
    if start >= len(text.plain) or lexicons.phrases("not_after_titles.txt").end(text.plain, start) > start:
        return []
    last = role.offices[-1]
    reports = title(last.title).is_("reporter")
    end, lead = name_at(text, start, _AFTER_FULL_ROLE if last.organization or last.place else _AFTER_ROLE, taken)
    if reports and (run := bylines.together(text.plain, start, taken)):
        return [made(text, *span, "after_office", role, _IN_RUN) for span in run]
    if reports:
        end = _reporter_end(text, start, end, taken)
    if end == start or (_is_word(text.plain[start:end]) and not (last.organization or last.place)):
        return []
    people = [made(text, start, end, "after_office", role, lead)]
    marks = ("、", " ") if reports else ("、",)
    if role.collective or text.plain[end : end + 1] in marks:
        people += [replace(other, role=role) for other in listed.after(text, people[0], taken, {})]
    return people


def _is_word(name: str) -> bool:
    """Whether it is a word of the dictionary that it knows for no name: 呼吁 in 记者呼吁."""
    return words.frequency(name) > 0 and not words.flag(name).startswith(_FLAGS_OF_NAMES)


def _with_brackets(plain: str, role: Role) -> Role:
    """The role with what brackets after it add to the office: 局长(代), 统战部部长(兼)."""
    close = listed.past_brackets(plain, role.end)
    added = close > role.end and plain[role.end + 1 : close - 1] in lexicons.words("title_brackets.txt")
    return replace(role, end=close) if added else role


def _reporter_end(text: Text, start: int, end: int, taken: Set[int]) -> int:
    """Where the name of a reporter ends: before a mark or 报道, two or three characters unless they are words."""
    for stop in (start + 2, start + 3):
        name = text.plain[start:stop]
        closed = text.plain.startswith((" ", *lexicons.group("report_ends")), stop)
        likely = likelihood.surname_lengths(name, 0) or all(len(word) == 1 for word in words.cut(name))
        if closed and likely and all_han(name) and taken.isdisjoint(range(start, stop)):
            return stop
    return end


def _is_of_a_place(text: Text, role: Role, taken: Set[int]) -> bool:
    """Whether the office is that of a place, and its bearer stands behind it: what stands before it is the place."""
    if _OF_PLACE not in title(role.offices[0].title).implies:
        return False
    end, _ = name_at(text, role.end, _AFTER_ROLE, taken)
    return end > role.end


def before_titles(text: Text, roles: Sequence[Role], taken: Set[int]) -> list[Person]:
    """Names with a title after them: 王毅外长, 李华教授."""
    found = []
    famous = lexicons.words("famous_people.txt")
    for role in roles:
        first = role.offices[0]
        title_start = first.end - len(first.title)
        gap = title_start - first.organization.end if first.organization is not None else 0
        if (
            (first.organization is not None and gap < _SHORTEST_NAME)
            or first.place
            or title(first.title).place != "both"
            or _is_of_a_place(text, role, taken)
        ):
            continue
        # The name stands before the title, or between it and the body: 市教育局|吴萍|局长.
        least = first.organization.end if first.organization is not None else 0
        role = Role(title_start, role.end, role.offices) if gap else role
        best: tuple[float, int] | None = None
        for start in range(max(least, role.start - 4), role.start - 1):
            name = text.plain[start : role.start]
            if name[0] in lexicons.group("name_starts_not") and likelihood.like_chinese(name[1:]):
                # 向廖俊波同志: what leads in the name is no surname.
                continue
            odds = likelihood.name_score(name) - likelihood.words_score(name) + _BEFORE_TITLE
            score = SURE if name in famous else odds
            if (
                (start in text.begins or name in famous)
                and not is_no_name(name)
                and (best is None or (score, start) > best)
            ):
                best = (score, start)
        if best is not None and best[0] > 0 and taken.isdisjoint(range(best[1], role.start)):
            address = first.title in lexicons.group("forms_of_address")
            office = replace(first, start=role.start, title_start=role.start)
            only = None if address else Role(role.start, first.end, (office,))
            found.append(made(text, best[1], role.start, "before_title", only, best[0]))
    return found
