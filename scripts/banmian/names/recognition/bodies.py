"""What speaks for and against an organization by its own words: its head, its place, whether it is known."""

from __future__ import annotations

from .. import lexicons, places
from ..text import Text


def features(text: Text, start: int, end: int) -> dict[str, float]:
    """What the organization at text[start:end] is like."""
    plain, of_heads = text.plain, lexicons.phrases("heads.tsv")
    surface = plain[start:end]
    told = {
        "place": is_place(surface),
        "place first": places.end(plain, start) > start,
        "head behind": of_heads.end(plain, end) > end,
        "anaphoric": surface[0] in lexicons.words("anaphoric_heads.txt"),
        "known": surface in lexicons.words("known_organizations.tsv"),
    }
    found = {name: 1.0 for name, true in told.items() if true}
    head = of_heads.start(surface, len(surface))
    if head == len(surface):
        return found | {"no head": 1.0}
    kind, need = lexicons.table("heads.tsv")[surface[head:]][:2]
    return found | {f"head of {kind}": 1.0, f"head needs {need}": 1.0, "head alone": float(head == 0)}


def is_place(surface: str) -> bool:
    """Whether the surface is a bare place or country."""
    return places.end(surface, 0) == len(surface) or surface in places.countries()


def is_class(surface: str) -> bool:
    """Whether the surface is a class of bodies by itself."""
    return surface in lexicons.words("classes.txt") or surface in lexicons.group("class_leads")
