"""What speaks for and against an organization by its own words: its head, its place, whether it is a class."""

from __future__ import annotations

from banmian import words

from .. import lexicons, places
from ..organizations import heads
from ..text import Text

# The rules of names that stand for a longer one.
SHORT = frozenset(("short_form", "defined"))


def features(text: Text, start: int, end: int) -> dict[str, float]:
    """What the organization at text[start:end] is like."""
    plain, of_heads = text.plain, lexicons.phrases("heads.tsv")
    surface = plain[start:end]
    acting = plain.startswith(lexicons.group("venue_acts"), end)
    told = {
        "place": is_place(surface),
        "place first": places.end(plain, start) > start,
        "head behind": of_heads.end(plain, end) > end,
        "anaphoric": surface[0] in lexicons.words("anaphoric_heads.txt"),
        "known": surface in lexicons.words("known_organizations.tsv"),
        "class": _is_class(surface),
        "thing before": plain.endswith(lexicons.group("thing_leads"), 0, start),
        f"venue{' that acts' if acting else ''}": _ends(surface, "venues.txt"),
        "trade": _ends(surface, "trades.txt"),
        "acts": acting,
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
    return surface in lexicons.words("classes.txt")


def _ends(surface: str, name: str) -> bool:
    """Whether the surface ends in a word of the list `name`."""
    return lexicons.phrases(name).start(surface, len(surface)) < len(surface)


def _is_class(surface: str) -> bool:
    """Whether the surface only says what kind of body it is: words that name none, and its head."""
    generic = lexicons.words("generic_words.txt")
    of_heads = lexicons.phrases("heads.tsv")
    ending = next((ending for ending in heads.not_names() if surface.endswith(ending)), "")
    rest = words.cut(surface.removesuffix(ending))
    return all(word in generic or of_heads.start(word, len(word)) == 0 for word in rest)
