"""A surname or given name alone, for one whom the article names in full: what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import lexicons
from ..people import addresses
from ..text import Text

_PERSON = "person"


def parts(names: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The surnames, and the given names of two characters, of the people among `names` (characters, kind)."""
    divided = (addresses.divided(name) for name, kind in names if kind == _PERSON)
    return frozenset(part for both in divided if both for part in both if part)


def features(text: Text, start: int, end: int, full: Mapping[str, int]) -> dict[str, float]:
    """What speaks for a surname or given name at text[start:end]; `full` is each part -> where its bearer stands first.

    None where the part is nobody's.
    """
    plain = text.plain
    part = plain[start:end]
    if end - start == 1:
        kind = "surname"
    elif part in full:
        kind = "given name"
    else:
        return {}
    told = {
        "addressed": plain.startswith(lexicons.group("addressed"), end),
        "called": plain.startswith(lexicons.group("called"), end),
        "title behind": lexicons.phrases("titles.tsv").end(plain, end) > end,
        "familiar": plain[start - 1 : start] in lexicons.group("familiar"),
        "named before": full.get(part, start) < start,
        "named behind": full.get(part, start) > start,
        "acts": addresses.stands_for_a_person(text, start, end),
        "word": part in lexicons.group("surname_words"),
    }
    return {f"{kind} alone": 1.0} | {f"{kind} alone, {name}": 1.0 for name, true in told.items() if true}
