"""One organization, many names: the short forms that a text makes of a long name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from banmian import words

from . import heads, lexicons, places
from .grammar import Body
from .text import Text, is_han


def short_forms(surface: str, kind: str) -> set[str]:
    """The shorter forms of `surface` that a text may use: without its place, up to a word after its unknown part."""
    core = surface[_place_end(surface) :]
    forms = {core} if _tells(core) else set()
    cut = words.cut(core)
    at = unknown = 0
    for index, word in enumerate(cut[:-1]):
        at += len(word)
        unknown = unknown + 1 if len(word) == 1 else unknown
        if unknown >= 2 and at >= 3 and heads.unknown(core[:at]) and (len(cut[index + 1]) > 1 or kind == "company"):
            forms.add(core[:at])
    forms |= _units(core)
    for ending in lexicons.group("company_endings"):
        if core.endswith(ending) and len(core) - len(ending) >= 4:
            forms.add(core.removesuffix(ending))
    return {form for form in forms if form != surface and len(form) >= 3}


def _units(core: str) -> set[str]:
    """The unit of a body under its own name: 秦淮分局 of 公安局秦淮分局."""
    endings = lexicons.phrases("heads.tsv")
    at = 0
    found = set()
    for word in words.cut(core)[:-1]:
        at += len(word)
        rest = core[at:]
        head = endings.start(rest, len(rest))
        named = head >= 2 and rest[:head] not in lexicons.words("generic_words.txt")
        if endings.start(core, at) < at and named and rest[head:] in lexicons.group("units"):
            found.add(rest)
    return found


def _place_end(surface: str) -> int:
    end = places.end(surface, 0)
    return end if end else int(surface[:1] in lexicons.group("levels"))


def _tells(core: str) -> bool:
    """Whether the name without its place still names one body in this text: long enough, not a common word."""
    return len(core) >= 6 and words.frequency(core) == 0


def again(text: Text, forms: lexicons.Phrases, known: dict[str, Body], taken: Collection[int]) -> list[Body]:
    """Every place where one of `forms` stands for the body that it is short for."""
    found = []
    at = 0
    while at < len(text.plain):
        end = forms.end(text.plain, at)
        if end > at and not any(inside in taken for inside in range(at, end)):
            body = known[text.plain[at:end]]
            found.append(Body(at, end, "short_form", body.type, body.template, body.place, body.inner))
            at = end
        else:
            at += 1
    return found


def forms_of(bodies: Sequence[tuple[str, Body]]) -> dict[str, Body]:
    """Short form -> the one body that it is short for, of (surface, body); forms that two bodies share are left out."""
    known: dict[str, Body] = {}
    shared: set[str] = set()
    for surface, body in sorted(bodies, key=lambda entry: (-len(entry[0]), entry[0])):
        if surface in known:
            continue
        for form in short_forms(surface, body.type):
            if form in known and known[form].template != body.template:
                shared.add(form)
            known.setdefault(form, body)
    return {
        form: body for form, body in known.items() if form not in shared and all(is_han(c) or c.isalnum() for c in form)
    }
