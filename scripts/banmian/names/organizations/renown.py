"""Organizations that print without a head word and are of general renown: 微软, 北大, 国安."""

from __future__ import annotations

from functools import cache

from .. import lexicons
from ..text import Text, is_han
from . import heads, public
from .body import Organization

# A name of so many characters is taken where the dictionary cuts it otherwise.
_SURE = 4
_SHORTEST_GOVERNING = 3


def find(text: Text) -> list[Organization]:
    """The renowned organizations of `text`; those that are also other words only in their context."""
    found = []
    known = lexicons.phrases("known_organizations.tsv")
    contexts: dict[str, bool] = {}
    for begin, _ in known.everywhere(text.plain):
        end = _end(text, begin, known) if begin in text.begins else begin
        if end == begin or "·" in (text.plain[end : end + 1], text.plain[begin - 1 : begin]):
            continue
        if public.stop_phrase_end(text.plain, begin) > end or _names_a_thing(text, end):
            continue
        full, kind, *context = lexicons.table("known_organizations.tsv")[text.plain[begin:end]]
        if not all(contexts.setdefault(name, _speaks_of(text, name)) for name in context):
            continue
        if kind == "platform" and not text.plain.startswith(lexicons.group("platform_acts"), end):
            continue
        found.append(_with_head(text, Organization(begin, end, "renown", kind, full, "", full)))
    return found


def _end(text: Text, begin: int, known: lexicons.Phrases) -> int:
    """Where the longest known name ends that starts at `begin` and is cut there, or is long; `begin` where none."""
    for end in known.ends(text.plain, begin):
        latin = not is_han(text.plain[end - 1])
        if end in text.ends or (end - begin >= _SURE and not latin):
            return end
    return begin


def _names_a_thing(text: Text, end: int) -> bool:
    """Whether what follows makes the name that of a thing: 华为|手机, 万达|广场, 波音|737."""
    return text.plain[end : end + 1].isdigit() or text.plain.startswith(lexicons.group("thing_followers"), end)


def _speaks_of(text: Text, context: str) -> bool:
    return any(word in text.plain for word in lexicons.group(f"context_{context}"))


def _with_head(text: Text, organization: Organization) -> Organization:
    """The company with the head that the text prints after it (微软公司), the club with 队 or 俱乐部."""
    end = organization.end
    if organization.type == "company":
        while (longer := lexicons.phrases("heads.tsv").end(text.plain, end)) > end and longer in text.ends:
            if heads.kind(text.plain[end:longer]) != "company":
                break
            end = longer
    elif organization.type == "association":
        tail = next(
            (tail for tail in lexicons.group("club_tails") if text.plain.startswith(tail, organization.end)), ""
        )
        if not tail or text.plain[organization.end + len(tail) : organization.end + len(tail) + 1] in lexicons.group(
            "team_not_before"
        ):
            return organization
        end += len(tail)
    if end == organization.end:
        return organization
    full = text.plain[organization.start : end]
    return Organization(organization.start, end, "renown", organization.type, full, "", full)


@cache
def of_the_nation() -> frozenset[str]:
    """The full names of the bodies that need no place."""
    return frozenset(columns[0] for columns in lexicons.table("national.tsv").values())


@cache
def of_the_state() -> lexicons.Phrases:
    """The names of those that govern, in full and as printed, to be looked for in the name of a body of theirs."""
    rows = lexicons.table("national.tsv").items()
    governing = [(name, full) for name, (full, kind, *_) in rows if kind in ("government", "judiciary", "legislature")]
    return lexicons.Phrases(name for names in governing for name in names if len(name) >= _SHORTEST_GOVERNING)


def is_of_the_nation(name: str) -> bool:
    """Whether a body that needs no place is printed so, in full or short."""
    return name in lexicons.words("national.tsv")


def full_name(name: str) -> str:
    """The full name of the body that is known by this one, in whatever context; '' where it is not known."""
    full, _, *context = lexicons.table("known_organizations.tsv").get(name) or (("", "", "of some texts"))
    return (lexicons.table("national.tsv").get(name) or ("",))[0] or ("" if any(context) else full)


def is_known(name: str) -> bool:
    """Whether a body is known by this very name, whatever else an article calls so."""
    return name in of_the_nation() or name in lexicons.words("known_organizations.tsv")
