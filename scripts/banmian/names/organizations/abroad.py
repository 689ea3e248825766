"""Bodies of other countries: 美国国务院, 美国防部, 埃及文化部, 法国农业和渔业部."""

from __future__ import annotations

from functools import cache

from .. import lexicons, places

_MOST_SUBJECTS = 3


@cache
def shorts() -> dict[str, str]:
    """美 -> 美国."""
    return {short: country for country, columns in lexicons.table("countries.tsv").items() for short in columns}


def heads() -> frozenset[str]:
    """The characters, two or one, with which a country's name may start."""
    return places.countries().heads() | frozenset(shorts())


def read(text: str, start: int, begins: frozenset[int]) -> tuple[int, int, str, str] | None:
    """(end of the country, end, full name, type) of the body of a country that starts at `start`."""
    end = places.countries().end(text, start)
    organization = _organization(text, end, text[start:end]) if end > start else None
    if organization is not None:
        return organization
    if start not in begins or text[start] not in shorts():
        return None
    country = shorts()[text[start]]
    if text.startswith(lexicons.group("not_after_short"), start + 1):
        return None
    return _organization(text, start + 1, country)


def _organization(text: str, at: int, country: str) -> tuple[int, int, str, str] | None:
    end = lexicons.phrases("country_bodies.tsv").end(text, at)
    ministry = _ministry(text, at)
    if ministry > end:
        return at, ministry, country + text[at:ministry], "government"
    if end == at:
        return None
    suffix, kind = lexicons.table("country_bodies.tsv")[text[at:end]]
    if suffix in lexicons.group("team_heads") and text[end : end + 1] in lexicons.group("team_not_before"):
        return None
    if _is_other_word(text, end):
        return None
    return at, end, country + suffix, kind


def _is_other_word(text: str, end: int) -> bool:
    """Whether the department that ends at `end` stands in a word of another meaning (国防部门)."""
    return text[end - 1 : end + 1] in lexicons.group("word_for_department")


def _ministry(text: str, at: int) -> int:
    """Where a department ends that is named by what it deals with (外交通商部); `at` where there is none."""
    subjects = lexicons.phrases("ministry_subjects.txt")
    end = at
    for _ in range(_MOST_SUBJECTS):
        begin = end
        if end > at:
            begin += next((len(mark) for mark in lexicons.group("subject_joiners") if text.startswith(mark, end)), 0)
        next_end = subjects.end(text, begin)
        if next_end == begin:
            break
        end = next_end
        head = next((head for head in lexicons.group("ministry_heads") if text.startswith(head, end)), "")
        if head and not _is_other_word(text, end + len(head)):
            return end + len(head)
    return at
